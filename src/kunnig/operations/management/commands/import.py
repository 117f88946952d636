"""`kunnig import KIND`: take in what others publish, each kind by one action of its room."""  # noqa: N999 -- the command is called `import`

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kunnig.standards.actions import syllabuses
from kunnig.standards.actions.syllabuses import ImportReport, Outcome
from kunnig.standards.formats import sources
from kunnig.standards.formats.checked import Unreadable
from kunnig.standards.states import GradeStep

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

# How often progress is told where it cannot be written over.
EVERY = 50


class Command(BaseCommand):
    """Translate the command line into one import, and its report into lines."""

    help = "Take in syllabuses, or the standard for practice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the command line."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        from_agency = kinds.add_parser(
            "syllabuses",
            help="answers of the Syllabus API: a file, a folder, or fetched by code",
        )
        from_agency.add_argument("path", type=Path, nargs="?", help="a file or a folder of files")
        from_agency.add_argument(
            "--fetch", nargs="+", default=[], metavar="CODE", help="subjects to ask the agency for"
        )
        from_agency.add_argument(
            "--dry-run", action="store_true", help="read and compare, write nothing"
        )
        kinds.add_parser("practice", help="the standard for practice that comes with the house")

    def handle(self, *, kind: str, **options: Any) -> None:
        """Import once; a second run finds all unchanged."""
        if kind == "practice":
            report = syllabuses.load_practice(at=timezone.now())
        else:
            report = self._syllabuses(options["path"], options["fetch"], options["dry_run"])
        for line in told(report):
            self.stdout.write(line)
        if options.get("dry_run"):
            self.stdout.write("Nothing was written: this was a dry run.")
        for remark in report.remarks:
            self.stderr.write(f"note: {remark}")
        for fault in report.faults:
            self.stderr.write(self.style.ERROR(f"fault: {fault}"))
        if report.faults:
            raise CommandError(f"{report.outcomes[Outcome.FAULTY]} not taken in.")

    def _syllabuses(self, path: Path | None, codes: list[str], is_dry_run: bool) -> ImportReport:  # noqa: FBT001 -- as the command line gives it
        found = syllabuses.from_agency(settings.SYLLABUS_API, codes)
        if path is not None:
            try:
                found = [*sources.in_path(path), *found]
            except Unreadable as unreadable:
                raise CommandError(str(unreadable)) from unreadable
        if not found:
            raise CommandError("Give a file, a folder, or --fetch with codes of subjects.")
        report = syllabuses.import_syllabuses(
            found,
            at=timezone.now(),
            is_dry_run=is_dry_run,
            progress=lambda number, name: self._tell_progress(number, len(found), name),
        )
        if self.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")
        return report

    def _tell_progress(self, number: int, of: int, name: str) -> None:
        """Write where the import stands: over the last line on a screen, now and then elsewhere."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{number}/{of} {name}", ending="")
            self.stderr.flush()
        elif number % EVERY == 0 or number == of:
            self.stderr.write(f"{number}/{of} {name}")


def told(report: ImportReport) -> list[str]:
    """Return what was read and what came of it, in lines."""
    outcomes = report.outcomes
    steps = ", ".join(
        f"{step} {report.criteria[step]:,}" for step in GradeStep if report.criteria[step]
    )
    return [
        f"Read {report.subjects:,} subjects with {report.targets:,} courses or levels, "
        f"{report.points:,} points of content and {report.criteria.total():,} criteria"
        + (f" ({steps})." if steps else "."),
        ", ".join(
            [
                f"{outcomes[Outcome.NEW]:,} new",
                f"{outcomes[Outcome.CHANGED]:,} changed",
                f"{outcomes[Outcome.UNCHANGED]:,} unchanged",
                f"{outcomes[Outcome.FAULTY]:,} faulty.",
            ]
        ),
        f"Question sets: {report.written_sets:,} written, {report.generated_sets:,} generated.",
        *(f"Changed: {change}." for change in report.changed),
    ]
