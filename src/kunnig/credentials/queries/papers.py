"""Reading papers: one's own, those of a case, and what somebody who has a code is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kunnig.cases import queries as cases
from kunnig.cases.states import Part
from kunnig.credentials.formats.snapshot import Frame, newest, read
from kunnig.credentials.models import Paper
from kunnig.credentials.states import PaperKind, Standing
from kunnig.kernel import numbers
from kunnig.kernel.languages import name_of
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import SETTLED
from kunnig.people.states import Protection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kunnig.cases.models import Case
    from kunnig.people.models import Person

_NEWEST_FIRST = ("-issued_at", "id")


@dataclass(frozen=True, slots=True)
class Verification:
    """What somebody who checks a paper is told: no more than the holder chose."""

    standing: Standing
    kind: PaperKind | None = None
    issued_on: date | None = None
    issuer: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """What a list shows of one paper."""

    id: UUID
    case: UUID
    kind: PaperKind
    number: str
    issued_at: datetime
    version: int
    shows_name: bool
    standing: Standing
    languages: str

    @property
    def language(self) -> str:
        """The language that stands beside Swedish."""
        return self.languages.partition(" ")[2]

    @property
    def language_name(self) -> str:
        """What that language is called."""
        return name_of(self.language)


UNKNOWN = Verification(Standing.UNKNOWN)


def own(person: Person) -> QuerySet[Paper]:
    """Return the papers that are about `person`, newest first."""
    return _shown(Paper.objects.filter(case__person=person))


def visible_to(person: Person, at: datetime) -> QuerySet[Paper]:
    """Return the papers `person` may open at work: who may open a mapping may open its paper."""
    initial = cases.visible_to(person, at, Part.INITIAL).values("pk")
    in_depth = cases.visible_to(person, at, Part.IN_DEPTH).values("pk")
    return _shown(
        Paper.objects.filter(
            Q(kind=PaperKind.INITIAL, case__in=initial)
            | Q(kind=PaperKind.IN_DEPTH, case__in=in_depth)
        )
    )


def of_case(case: Case) -> QuerySet[Paper]:
    """Return all papers of `case`, newest first; narrow it to who asks with `visible_to`."""
    return _shown(Paper.objects.filter(case=case))


def in_force(case: Case, kind: PaperKind) -> Paper | None:
    """Return the paper of a kind that no later one has replaced, if there is one."""
    return Paper.objects.filter(case=case, kind=kind, successor=None).first()


def _shown(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    return papers.select_related("case__person", "mapping", "successor", "issued_by").order_by(
        *_NEWEST_FIRST
    )


def rows(papers: QuerySet[Paper]) -> list[PaperRow]:
    """Return what a list shows of some papers, in one question however many they are."""
    found = papers.annotate(is_overtaken=Exists(_newer_mappings())).values_list(
        "id",
        "case",
        "kind",
        "number",
        "issued_at",
        "mapping__version",
        "shows_name",
        "languages",
        "successor",
        "is_overtaken",
    )
    return [
        PaperRow(key, case, PaperKind(kind), number, at, version, shows, _standing(after), told_in)
        for key, case, kind, number, at, version, shows, told_in, *after in found
    ]


def _newer_mappings() -> QuerySet[Mapping]:
    """Return the locked mappings that overtake the paper of an outer query."""
    return Mapping.objects.filter(
        case=OuterRef("case"),
        kind=OuterRef("mapping__kind"),
        version__gt=OuterRef("mapping__version"),
        state__in=sorted(SETTLED),
    )


def _standing(after: Iterable[object]) -> Standing:
    """Say how a paper stands after a successor and a newer mapping that are there or not."""
    return Standing.REPLACED if any(after) else Standing.UNCHANGED


def with_code(typed: str) -> Paper | None:
    """Return the paper that a code belongs to; a protected person's is as if it were not there."""
    return (
        Paper.objects.filter(
            code=numbers.as_stored(typed), case__person__protection=Protection.NONE
        )
        .select_related("case__person")
        .first()
    )


def verification_of(paper: Paper | None) -> Verification:
    """Return what somebody who has the code of `paper` is told; None is for an unknown code.

    A paper is replaced by a newer paper of its kind in the case, or by a newer locked mapping.
    """
    if paper is None:
        return UNKNOWN
    (row,) = rows(Paper.objects.filter(pk=paper.pk))
    frame = read(Frame, newest(paper.snapshot)["frame"])
    return Verification(
        standing=row.standing,
        kind=row.kind,
        issued_on=timezone.localdate(row.issued_at),
        issuer=frame.issuer.full_name,
        name=frame.holder.name if row.shows_name else "",
    )
