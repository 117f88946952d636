"""Taking answers in: every acknowledged word is kept, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kunnig.kernel import languages
from kunnig.mapping import interview, policies, queries
from kunnig.mapping.actions.changing import locked, void_approval
from kunnig.mapping.actions.sittings import sit
from kunnig.mapping.models import Answer
from kunnig.mapping.states import Side
from kunnig.portfolio.queries import evidence_in
from kunnig.portfolio.queries import own as own_experiences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.mapping.models import Mapping
    from kunnig.people.models import Person
    from kunnig.training.models import Qualification

LONGEST_ANSWER = 20_000
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Given:
    """One answer on its way in. `base` is the version it was written over, 0 for none.

    `operation` is made where it was written, and never used for anything else; `author` is who
    was signed in there and then.
    """

    operation: UUID
    author: UUID
    path: str
    side: Side
    base: int
    text: str
    language: str
    device_at: datetime | None = None


class Result(StrEnum):
    """What became of one answer."""

    SAVED = "saved"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one answer; in a conflict, what stands there instead, and whose it is."""

    operation: UUID
    path: str
    side: Side
    result: Result
    version: int
    at: datetime | None
    theirs: str = ""
    by_name: str = ""
    reason: str = ""
    language: str = ""  # that what was saved is marked with
    renders_older: bool = False  # what stands in Swedish renders other words than these


@transaction.atomic
def answer(*, mapping_id: UUID, given: Sequence[Given], by: Person, at: datetime) -> list[Outcome]:
    """Keep one answer (autosave) or many (a plain form), each with an outcome of its own.

    An operation that came before is answered again, not done again. Over the version it was
    written on, an answer is saved; over another, it is a conflict for a person to settle.
    Raises `Refused` when `by` may not write in the mapping at all.
    """
    mapping = locked(mapping_id)
    verdict, qualification = policies.right_to_write(by, mapping, at)
    verdict.require()
    return take_in(mapping, given, qualification, by, at)


def take_in(
    mapping: Mapping,
    given: Sequence[Given],
    qualification: Qualification | None,
    by: Person,
    at: datetime,
) -> list[Outcome]:
    """Take in answers to a mapping that is locked for it, by somebody who may write in it."""
    desk = _Desk(mapping, given, qualification, by, at)
    outcomes = [desk.take(_in_its_language(each, mapping.case)) for each in given]

    if desk.has_written:
        void_approval(mapping, by, at)
        sit(mapping, by, at)
    return outcomes


def _in_its_language(given: Given, case: Case) -> Given:
    """Return an answer with its language, where its letters are to tell it."""
    if given.language != languages.BY_LETTERS:
        return given
    return replace(given, language=languages.by_letters(given.text, case.language))


class _Desk:
    """Takes answers in, one by one, with what it needs to know fetched once."""

    def __init__(
        self,
        mapping: Mapping,
        given: Sequence[Given],
        qualification: Qualification | None,
        by: Person,
        at: datetime,
    ) -> None:
        self.mapping = mapping
        self.qualification = qualification
        self.by = by
        self.at = at
        self.has_written = False
        self.earlier = {
            each.operation: each
            for each in Answer.objects.filter(operation__in=[each.operation for each in given])
        }
        paths = {each.path for each in given}
        self.sheet = queries.sheet_of(mapping, paths=paths | interview.claims_beside(paths))

    def take(self, given: Given) -> Outcome:
        """Say what becomes of one answer, and keep it if it is to be kept."""
        if (earlier := self.earlier.get(given.operation)) is not None:
            return self._again(given, earlier)
        if reason := self._fault_of(given):
            return Outcome(
                given.operation, given.path, given.side, Result.REFUSED, 0, None, reason=reason
            )
        current = self.sheet.get(given.path, given.side)
        if self._stands_already(given, current):
            return self._saved(given, current.version, current.at)
        if given.base != current.version:
            return Outcome(
                given.operation,
                given.path,
                given.side,
                Result.CONFLICT,
                current.version,
                current.at,
                theirs=current.text,
                by_name=current.by_name,
            )
        return self._keep(given, current.version + 1)

    def _again(self, given: Given, earlier: Answer) -> Outcome:
        kept = (earlier.mapping_id, earlier.path, earlier.side, earlier.by_id, earlier.value)
        # Other words under an operation that was used would be acknowledged and lost.
        if kept != (self.mapping.pk, given.path, given.side, self.by.pk, given.text):
            return Outcome(
                given.operation,
                given.path,
                given.side,
                Result.REFUSED,
                0,
                None,
                reason=_("This change was already used for something else."),
            )
        return self._saved(given, earlier.version, earlier.at)

    def _saved(self, given: Given, version: int, at: datetime | None) -> Outcome:
        return Outcome(
            given.operation,
            given.path,
            given.side,
            Result.SAVED,
            version,
            at,
            language=given.language,
            renders_older=self.sheet.renders_older(given.path),
        )

    def _stands_already(self, given: Given, current: queries.Current) -> bool:
        """Say whether the very same words stand there: nothing to keep, nothing to choose."""
        if given.text != current.text or (given.text and given.language != current.language):
            return False
        return given.side is not Side.RENDERING or not self.sheet.lacks_rendering(given.path)

    def _fault_of(self, given: Given) -> str:
        if given.author != self.by.pk:
            return _("Someone else was signed in when this was written. It is kept on the device.")
        if not (verdict := policies.may_write_side(self.by, self.mapping, given.side)):
            return str(verdict.reason)
        asked = self._asked(given.path)
        if asked is None:
            return _("There is no such question.")
        return (
            _fault_of_value(given, asked)
            or self._fault_of_references(given, asked)
            or self._fault_of_conclusion(given, asked)
        )

    def _asked(self, path: str) -> interview.Ask | None:
        if not self.mapping.is_in_depth:
            place = interview.place_of(path)
            return None if place is None else place.ask
        asked = interview.asked_in_depth(path)
        return asked[1] if asked and asked[0] in self.questions else None

    @cached_property
    def questions(self) -> frozenset[UUID]:
        """The keys of the questions that the mapping asks."""
        return queries.question_keys(self.mapping)

    def _fault_of_references(self, given: Given, asked: interview.Ask) -> str:
        if asked.shape is not interview.Shape.REFERENCES or not given.text:
            return ""
        keys = set(interview.references_in(given.text))
        known = self.evidence if asked is interview.EVIDENCE else self.learnt
        return "" if keys <= known else _("That is not in the case.")

    @cached_property
    def evidence(self) -> frozenset[UUID]:
        """The evidence that answers may refer to."""
        return frozenset(evidence_in(self.mapping.case).values_list("pk", flat=True))

    @cached_property
    def learnt(self) -> frozenset[UUID]:
        """The experiences that answers may refer to."""
        case = self.mapping.case
        own = own_experiences(case.person).values_list("pk", flat=True)
        return queries.entries_told_in(case) | frozenset(own)

    def _fault_of_conclusion(self, given: Given, asked: interview.Ask) -> str:
        if asked is not interview.BASIS:
            return ""
        (claim,) = interview.claims_beside([given.path])
        verdict = policies.may_conclude(given.text, self.sheet.text(claim))
        return "" if verdict else str(verdict.reason)

    def _keep(self, given: Given, version: int) -> Outcome:
        original = self.sheet.get(given.path)
        kept = Answer.objects.create(
            mapping=self.mapping,
            path=given.path,
            side=given.side,
            version=version,
            value=given.text,
            language=given.language,
            renders=original.version if given.side is Side.RENDERING else None,
            by=self.by,
            qualification=self.qualification,
            at=self.at,
            device_at=given.device_at,
            operation=given.operation,
        )
        self.earlier[given.operation] = kept
        self.sheet = self.sheet.with_answer(kept, self.by)
        self.has_written = True
        return self._saved(given, version, self.at)


def _fault_of_value(given: Given, asked: interview.Ask) -> str:
    if (given.side is Side.NOTE) != asked.by_staff:
        return _("There is no such question.")
    if asked.shape is interview.Shape.CHOICE:
        known = {"", *(value for value, _label in asked.choices)}
        return "" if given.text in known else _("Choose one of the answers.")
    if asked.shape is interview.Shape.REFERENCES:
        try:
            interview.references_in(given.text)
        except ValueError:
            return _("That is not in the case.")
    longest = LONGEST_ANSWER if asked.shape is interview.Shape.TEXT else LONGEST_LINE
    if asked.shape is not interview.Shape.REFERENCES and len(given.text) > longest:
        return _("The text is too long. Write at most %(longest)s characters.") % {
            "longest": longest
        }
    return ""
