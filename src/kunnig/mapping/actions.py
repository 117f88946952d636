"""What changes a mapping: every acknowledged word is kept, once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import actions as cases
from kunnig.cases.states import CaseState
from kunnig.kernel.verdict import Refused
from kunnig.mapping import interview, policies, queries
from kunnig.mapping.models import Answer, Mapping, MappingTarget, Sitting
from kunnig.mapping.states import WRITABLE, ApprovedHow, MappingKind, MappingState, Mode, Side
from kunnig.people import actions as people
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio.queries import evidence_in
from kunnig.portfolio.queries import own as own_experiences
from kunnig.portfolio.states import LifeField
from kunnig.standards.queries import current_question_set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from kunnig.cases.models import Case
    from kunnig.mapping.formats.beside import Beside
    from kunnig.people.models import Person
    from kunnig.portfolio.models import Evidence
    from kunnig.portfolio.states import EvidenceKind
    from kunnig.standards.models import Target
    from kunnig.training.models import Qualification

LONGEST_ANSWER = 20_000
LONGEST_LINE = 300
# Work that goes on after so long a break is a sitting of its own.
LONGEST_BREAK = timedelta(hours=2)
# How long a sitting was is known to the minute: not every key that is pressed moves its end.
SITTING_STEP = timedelta(minutes=1)


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
    renders_older: bool = False  # what stands in Swedish renders other words than these


def _locked(mapping_id: UUID) -> Mapping:
    """Hold the case's row, then the mapping's: one order, no deadlock; and no row more is read."""
    case = cases.locked_through(mappings=mapping_id)
    mapping = Mapping.objects.select_for_update(of=("self",)).get(pk=mapping_id)
    mapping.case = case
    return mapping


def _trace(verb: str, mapping: Mapping, by: Person, at: datetime) -> None:
    case = mapping.case
    audit.record(verb=verb, target=mapping, about=case.person, file=case, by=by, at=at)


@transaction.atomic
def start_initial(*, case_id: UUID, by: Person, at: datetime) -> Mapping:
    """Begin the initial mapping of a case, or return the one that is open. Raises `Refused`."""
    case = cases.locked(case_id)
    running = queries.open_in(case, MappingKind.INITIAL)
    if running is not None and policies.may_map(by, case, MappingKind.INITIAL, at):
        return running
    policies.may_start(by, case, MappingKind.INITIAL, at).require()

    mapping = Mapping.objects.create(
        case=case, kind=MappingKind.INITIAL, started_by=by, started_at=at
    )
    cases.advance(case, CaseState.MAPPING)
    _trace("mapping.started", mapping, by, at)
    return mapping


@transaction.atomic
def start_in_depth(
    *, case_id: UUID, targets: Sequence[Target], by: Person, at: datetime
) -> Mapping:
    """Begin an in-depth mapping against one target or more. Raises `Refused`."""
    case = cases.locked(case_id)
    policies.may_start(by, case, MappingKind.IN_DEPTH, at).require()
    if not targets:
        raise Refused(_("Choose at least one target."))

    mapping = Mapping.objects.create(
        case=case, kind=MappingKind.IN_DEPTH, started_by=by, started_at=at
    )
    for target in targets:
        _add(mapping, target)
    cases.advance(case, CaseState.IN_DEPTH)
    _trace("mapping.started", mapping, by, at)
    return mapping


def _add(mapping: Mapping, target: Target) -> None:
    MappingTarget.objects.get_or_create(
        mapping=mapping,
        target=target,
        defaults={"question_set": current_question_set(target)},
    )


@transaction.atomic
def add_target(*, mapping_id: UUID, target: Target, by: Person, at: datetime) -> Mapping:
    """Hold an open in-depth mapping against one more target. Raises `Refused`."""
    mapping = _locked(mapping_id)
    policies.may_write(by, mapping, at).require()
    if not mapping.is_in_depth:
        raise Refused(_("Only an in-depth mapping has targets."))

    _void_approval(mapping, by, at)
    _add(mapping, target)
    _trace("mapping.target_added", mapping, by, at)
    return mapping


@transaction.atomic
def start_new_version(*, mapping_id: UUID, by: Person, at: datetime) -> Mapping:
    """Copy a locked mapping into a new version to go on with; the old one stands until then.

    Each answer keeps who said it and when. The one that `by` has begun already is returned.
    Raises `Refused`.
    """
    old = _locked(mapping_id)
    begun = Mapping.objects.filter(supersedes=old, started_by=by, state__in=WRITABLE).first()
    if begun is not None:
        return begun
    policies.may_start_new_version(by, old, at).require()

    new = Mapping.objects.create(
        case=old.case,
        kind=old.kind,
        version=old.version + 1,
        supersedes=old,
        started_by=by,
        started_at=at,
    )
    for link in queries.targets_of(old):
        MappingTarget.objects.create(
            mapping=new, target=link.target, question_set_id=link.question_set_id
        )
    _copy_answers(old, new)
    if old.is_in_depth:
        cases.advance(old.case, CaseState.IN_DEPTH)
    _trace("mapping.new_version_started", new, by, at)
    return new


def _copy_answers(old: Mapping, new: Mapping) -> None:
    sheet = queries.sheet_of(old)
    latest = Answer.objects.filter(mapping=old).order_by("path", "side", "version")
    newest = {(answer.path, answer.side): answer for answer in latest}
    Answer.objects.bulk_create(
        Answer(
            mapping=new,
            path=answer.path,
            side=answer.side,
            version=1,
            value=answer.value,
            language=answer.language,
            renders=_copied_renders(sheet, answer),
            by_id=answer.by_id,
            qualification_id=answer.qualification_id,
            at=answer.at,
            operation=uuid.uuid5(new.pk, f"{answer.path} {answer.side}"),
        )
        # In the order they were first told: so they stand in the new version too.
        for answer in sorted(newest.values(), key=lambda each: _begun(sheet, each))
    )


def _begun(sheet: queries.Sheet, answer: Answer) -> int:
    return sheet.get(answer.path, Side(answer.side)).begun


def _copied_renders(sheet: queries.Sheet, answer: Answer) -> int | None:
    """Keep a gap a gap: a rendering of an older original renders version 0 of the copy."""
    if answer.side != Side.RENDERING:
        return None
    return int(answer.renders == sheet.get(answer.path).version)


@transaction.atomic
def answer(*, mapping_id: UUID, given: Sequence[Given], by: Person, at: datetime) -> list[Outcome]:
    """Keep one answer (autosave) or many (a plain form), each with an outcome of its own.

    An operation that came before is answered again, not done again. Over the version it was
    written on, an answer is saved; over another, it is a conflict for a person to settle.
    Raises `Refused` when `by` may not write in the mapping at all.
    """
    mapping = _locked(mapping_id)
    verdict, qualification = policies.right_to_write(by, mapping, at)
    verdict.require()
    desk = _Desk(mapping, given, qualification, by, at)
    outcomes = [desk.take(each) for each in given]

    if desk.has_written:
        _void_approval(mapping, by, at)
        _sit(mapping, by, at)
    return outcomes


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
        self.sheet = queries.sheet_of(mapping, paths={each.path for each in given})

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
        return _fault_of_value(given, asked) or self._fault_of_references(given, asked)

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
        case, keys = self.mapping.case, set(interview.references_in(given.text))
        if asked is interview.EVIDENCE:
            known = set(evidence_in(case).filter(pk__in=keys).values_list("pk", flat=True))
        else:
            known = {*queries.entries_told_in(case)}
            known |= set(own_experiences(case.person).values_list("pk", flat=True))
        return "" if keys <= known else _("That is not in the case.")

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


def _void_approval(mapping: Mapping, by: Person, at: datetime) -> None:
    """Take back an approval when something changes after it."""
    if mapping.standing is not MappingState.APPROVED:
        return
    mapping.move_to(MappingState.SHARED)
    mapping.approved_by = None
    mapping.approved_at = None
    mapping.approved_how = ""
    mapping.approved_hash = ""
    mapping.save(
        update_fields=["state", "approved_by", "approved_at", "approved_how", "approved_hash"]
    )
    _trace("mapping.approval_voided", mapping, by, at)


def _void_what_changed(case: Case, by: Person, at: datetime) -> None:
    """Take back each approval in a case of what a paper would now say otherwise."""
    approved = Mapping.objects.filter(case=case, state=MappingState.APPROVED).order_by("kind")
    for mapping in approved.select_for_update(of=("self",)):
        mapping.case = case
        if not policies.is_as_shown(mapping.approved_hash, queries.fingerprint(mapping)):
            _void_approval(mapping, by, at)


def _sit(mapping: Mapping, by: Person, at: datetime) -> bool:
    """Count the work to the sitting that runs, or begin one with a line; say whether one began."""
    sitting = (
        Sitting.objects.filter(mapping=mapping, by=by, last_at__gt=at - LONGEST_BREAK)
        .order_by("-started_at")
        .first()
    )
    if sitting is not None:
        if at - sitting.last_at >= SITTING_STEP:
            sitting.last_at = at
            sitting.save(update_fields=["last_at"])
        return False
    mode = Mode.ALONE if by == mapping.case.person else ""
    sitting = Sitting.objects.create(mapping=mapping, by=by, started_at=at, last_at=at, mode=mode)
    _trace_sitting("sitting.began", sitting, mapping, by, at)
    return True


def _trace_sitting(verb: str, sitting: Sitting, mapping: Mapping, by: Person, at: datetime) -> None:
    case = mapping.case
    audit.record(verb=verb, target=sitting, about=case.person, file=case, by=by, at=at)


@transaction.atomic
def note_sitting(
    *, mapping_id: UUID, mode: Mode, interpreter: str, by: Person, at: datetime
) -> Sitting:
    """Note how one's sitting is held and who interprets; begins one if none runs.

    What a paper says of it is approved too: a change takes the approval back. Raises `Refused`.
    """
    mapping = _locked(mapping_id)
    policies.may_write(by, mapping, at).require()

    began = _sit(mapping, by, at)
    sitting = Sitting.objects.filter(mapping=mapping, by=by).order_by("-started_at")[0]
    if (sitting.mode, sitting.interpreter) != (mode, interpreter):
        sitting.mode = mode
        sitting.interpreter = interpreter
        sitting.save(update_fields=["mode", "interpreter"])
        if not began:
            _trace_sitting("sitting.noted", sitting, mapping, by, at)
    _void_what_changed(mapping.case, by, at)
    return sitting


@transaction.atomic
def add_evidence(
    *,
    case_id: UUID,
    kind: EvidenceKind,
    title: str,
    issuer: str,
    country: str,
    issued: str,
    description: str,
    operation: UUID,
    by: Person,
    at: datetime,
) -> Evidence:
    """Add evidence to the portfolio and the case; see there. Raises `Refused`.

    It stands on every paper of the case: what was approved without it is so no longer.
    """
    evidence = portfolio.add_evidence(
        case_id=case_id,
        kind=kind,
        title=title,
        issuer=issuer,
        country=country,
        issued=issued,
        description=description,
        operation=operation,
        by=by,
        at=at,
    )
    _void_what_changed(cases.locked(case_id), by, at)
    return evidence


@transaction.atomic
def note_original(*, case_id: UUID, evidence_id: UUID, by: Person, at: datetime) -> Evidence:
    """Note in the portfolio that an original was seen; see there. Raises `Refused`.

    It stands on every paper of the case: what was approved without it is so no longer.
    """
    evidence = portfolio.note_original(case_id=case_id, evidence_id=evidence_id, by=by, at=at)
    _void_what_changed(cases.locked(case_id), by, at)
    return evidence


@transaction.atomic
def share(*, mapping_id: UUID, by: Person, at: datetime) -> Mapping:
    """Say that the mapping is ready for the person to read and approve. Raises `Refused`.

    One that is shared already is returned.
    """
    mapping = _locked(mapping_id)
    if mapping.standing is not MappingState.DRAFT and policies.may_write(by, mapping, at):
        return mapping
    policies.may_share(by, mapping, at).require()

    mapping.move_to(MappingState.SHARED)
    mapping.shared_at = at
    mapping.save(update_fields=["state", "shared_at"])
    _trace("mapping.shared", mapping, by, at)
    return mapping


@transaction.atomic
def approve(*, mapping_id: UUID, shown_hash: str, by: Person, at: datetime) -> Mapping:
    """Let the person approve what was shown to them, signed in. Raises `Refused`."""
    mapping = _locked(mapping_id)
    if by != mapping.case.person:
        raise Refused(_("Only the person approves. At the table, they use a code of their own."))
    return _approve(mapping, shown_hash, ApprovedHow.OWN_DEVICE, by=by, at=at)


def approve_at_table(
    *, mapping_id: UUID, shown_hash: str, code: str, by: Person, at: datetime
) -> Mapping:
    """Let the person approve on the mapper's device, with a code that only they know.

    A wrong code is counted even though nothing is approved. What is approved already is returned.
    Raises `Refused`.
    """
    mapping = Mapping.objects.select_related("case__person").get(pk=mapping_id)
    if _is_approved(mapping, shown_hash) and policies.may_write(by, mapping, at):
        return mapping
    policies.may_approve(by, mapping, at).require()
    people.check_table_code(person_id=mapping.case.person_id, code=code, at=at).require()
    with transaction.atomic():
        return _approve(_locked(mapping_id), shown_hash, ApprovedHow.AT_THE_TABLE, by=by, at=at)


# The trail tells where the person was when they approved.
APPROVALS = {
    ApprovedHow.OWN_DEVICE: "mapping.approved",
    ApprovedHow.AT_THE_TABLE: "mapping.approved_at_table",
}


def _is_approved(mapping: Mapping, shown_hash: str) -> bool:
    return mapping.standing is MappingState.APPROVED and mapping.approved_hash == shown_hash


def _approve(
    mapping: Mapping, shown_hash: str, how: ApprovedHow, *, by: Person, at: datetime
) -> Mapping:
    if _is_approved(mapping, shown_hash):
        return mapping
    policies.may_approve(by, mapping, at).require()
    policies.is_as_shown(shown_hash, queries.fingerprint(mapping)).require()

    mapping.move_to(MappingState.APPROVED)
    mapping.approved_by = mapping.case.person
    mapping.approved_at = at
    mapping.approved_how = how
    mapping.approved_hash = shown_hash
    mapping.save(
        update_fields=["state", "approved_by", "approved_at", "approved_how", "approved_hash"]
    )
    _trace(APPROVALS[how], mapping, by, at)
    return mapping


def lock(*, mapping_id: UUID, by: Person, at: datetime) -> Mapping:
    """Lock what the person approved: it supersedes the version before and moves the case on.

    What a paper prints beside the answers is kept with them, and the entries of an initial
    mapping fill the person's portfolio. What `by` has locked already is returned. Raises
    `Refused`; where something has changed since the approval, that is taken back even so.
    """
    with transaction.atomic():
        mapping = _locked(mapping_id)
        if mapping.standing is MappingState.LOCKED and mapping.locked_by_id == by.pk:
            return mapping
        policies.may_lock(by, mapping, at).require()
        beside = queries.beside(mapping)
        now = queries.fingerprint(mapping, lies_beside=beside)
        verdict = policies.is_as_shown(mapping.approved_hash, now)
        if verdict:
            _lock(mapping, beside, by, at)
        else:
            _void_approval(mapping, by, at)
    verdict.require()
    return mapping


def _lock(mapping: Mapping, beside: Beside, by: Person, at: datetime) -> None:
    # The old one first: at no moment does the database hold two locked versions.
    if mapping.supersedes_id is not None:
        _supersede(mapping.supersedes_id, by, at)
    mapping.move_to(MappingState.LOCKED)
    mapping.locked_by = by
    mapping.locked_at = at
    mapping.content_hash = mapping.approved_hash
    mapping.beside = beside.as_kept()
    mapping.save(update_fields=["state", "locked_by", "locked_at", "content_hash", "beside"])
    _trace("mapping.locked", mapping, by, at)
    _pass_on(mapping, by, at)
    # Experiences that are called otherwise now stand so on the other mapping's paper.
    _void_what_changed(mapping.case, by, at)


def _supersede(mapping_id: UUID, by: Person, at: datetime) -> None:
    old = _locked(mapping_id)
    old.move_to(MappingState.SUPERSEDED)
    old.save(update_fields=["state"])
    _trace("mapping.superseded", old, by, at)


def _pass_on(mapping: Mapping, by: Person, at: datetime) -> None:
    if mapping.is_in_depth:
        cases.advance(mapping.case, CaseState.IN_DEPTH_MAPPED)
        return
    if not mapping.case.is_practice:
        sheet = queries.sheet_of(mapping)
        portfolio.take_in(
            case=mapping.case,
            tellings=_tellings(sheet),
            taken_away=[key for each in interview.SECTIONS for key in sheet.removed_entries(each)],
            by=by,
            at=at,
        )
    cases.advance(mapping.case, CaseState.MAPPED)


def _tellings(sheet: queries.Sheet) -> list[portfolio.Telling]:
    return [
        portfolio.Telling(
            id=entry,
            field=LifeField(section.code),
            title=sheet.title(section, entry),
            told={
                ask.code: {
                    "original": current.text,
                    "language": current.language,
                    "rendering": sheet.text(path, Side.RENDERING),
                }
                for ask in section.asks
                if (path := f"{section.code}/{entry}/{ask.code}")
                and (current := sheet.get(path)).text
            },
        )
        for section in interview.SECTIONS
        if section.has_entries
        for entry in sheet.entries(section)
    ]
