"""The pages of the manual that are made from the code, so that they are never wrong.

    python -m scripts.docs     write them

Settings come from their declarations, state diagrams from the state tables, the list of decisions
from their headings.
"""

from __future__ import annotations

import os
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunnig.kernel.states import StateTable

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
STATES = DOCS / "states"
MADE = "Made from the code by `make docs`; change it there."
SETTINGS_ARE = (
    "Every setting is a variable of the environment. Any of them may lie in a file instead: then "
    "`NAME_FILE` names the file. A value that is not valid stops the start and says so."
)
HEADING = re.compile(r"# (?P<title>.+)\n\n(?P<status>.+)\n")


def pages() -> dict[Path, str]:
    """Return every page that is made, and what it should say."""
    return {
        DOCS / "manual" / "en" / "settings.md": settings_page(),
        DOCS / "decisions" / "README.md": decisions_page(),
        **states_pages(),
    }


def settings_page() -> str:
    """Return the manual's page of settings."""
    from kunnig.config import env, settings  # noqa: F401, PLC0415, TID251 -- it declares them

    lines = [
        "# Settings",
        "",
        MADE,
        "",
        SETTINGS_ARE,
        "",
        "| Variable | Meaning | Valid | Default |",
        "|---|---|---|---|",
    ]
    for each in env.DECLARED.values():
        default = f"`{each.default}`" if each.default else ""
        lines.append(f"| `{each.name}` | {each.meaning} | {each.valid} | {default} |")
    return "\n".join([*lines, ""])


def decisions_page() -> str:
    """Return the list of what was decided."""
    lines = [
        "# Decisions",
        "",
        MADE,
        "",
        "Each is at most 400 words and is never edited once accepted, only superseded by another.",
        "",
    ]
    for file in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        told = HEADING.match(file.read_text(encoding="utf-8"))
        if told is None:
            raise ValueError(f"{file.name} must open with its title and its status.")
        lines.append(f"- [{file.stem[:4]} {told['title']}]({file.name}) – {told['status']}")
    return "\n".join([*lines, ""])


def states_pages() -> dict[Path, str]:
    """Return a page with the diagram of each state table, and one that lists them."""
    found = {}
    lines = ["# States", "", MADE, ""]
    for name, table in state_tables():
        enum = type(next(iter(table.rows)))
        file = f"{name.lower().replace('_', '-')}.md"
        title = name.replace("_", " ").capitalize()
        found[STATES / file] = (
            f"# {title}\n\n{MADE}\n\n{enum.__doc__}\n\n```mermaid\n{table.diagram()}```\n"
        )
        lines.append(f"- [{title}]({file})")
    return {STATES / "README.md": "\n".join([*lines, ""]), **found}


def state_tables() -> Iterator[tuple[str, StateTable[Any]]]:
    """Yield every state table of the house with the name that it has in its room."""
    from kunnig.kernel.states import StateTable  # noqa: PLC0415 -- after Django is set up

    for file in sorted((ROOT / "src" / "kunnig").glob("*/states.py")):
        module = import_module(f"kunnig.{file.parent.name}.states")
        for name, value in vars(module).items():
            if isinstance(value, StateTable):
                yield name, value


def write() -> None:
    """Write every page, and take away state diagrams whose table is gone."""
    wanted = pages()
    for page in set(STATES.glob("*.md")) - wanted.keys():
        page.unlink()
    for page, text in wanted.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kunnig.config.settings")
    django.setup()
    write()
