"""One case that anybody leads on by any verb, and what is seen of it at any time."""

from __future__ import annotations

import contextlib
import inspect
from datetime import timedelta
from uuid import uuid4

from kunnig.cases import actions as cases
from kunnig.cases import queries
from kunnig.cases.models import Case
from kunnig.cases.states import CaseState, Part, Path
from kunnig.credentials import actions as credentials
from kunnig.credentials.queries import papers
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions as mapping
from kunnig.mapping import interview
from kunnig.mapping import queries as mappings
from kunnig.mapping.states import MappingKind, MappingState, Mode, SelfEstimate
from kunnig.people import actions as people
from kunnig.people.states import Protection
from kunnig.portfolio import actions as portfolio
from kunnig.portfolio import queries as portfolios
from kunnig.portfolio.states import EvidenceKind
from tests.people import NOON
from tests.stories import TABLE_CODE, VERIFY_AT
from tests.stories import given as told

WORDS = ("Stor text", "Pauser", "Tolk")
# Who takes the next step of a case, and by which verb, as its one open mapping stands.
NEXT_WITH = {
    MappingState.DRAFT: ("share", "ingrid"),
    MappingState.SHARED: ("approve", "candidate"),
    MappingState.APPROVED: ("lock", "ingrid"),
}
# The same as the case stands, while no mapping is being written.
NEXT_IN = {
    CaseState.REGISTERED: ("begin", "ingrid"),
    CaseState.MAPPED: ("decide", "ingrid"),
    CaseState.PATH_DECIDED: ("begin_in_depth", "ingrid"),
    CaseState.IN_DEPTH_MAPPED: ("anew", "ingrid"),
    CaseState.CLOSED: ("reopen", "ingrid"),
}

# Whose access to a case has no end: those let in for a period leave when it is over.
AT_WORK = ("ingrid", "karin", "lotta", "petra")


class Stage:
    """One case, and everything that anybody may try to do with it."""

    def __init__(self, case, cast, target):
        self.case, self.cast, self.target = case, {**cast, "candidate": case.person}, target
        self.at = NOON

    def again(self):
        """Return the same case as it stands in the database now."""
        case = Case.objects.select_related("person").get(pk=self.case.pk)
        return Stage(case, self.cast, self.target)

    def open_mapping(self):
        """Return the in-depth mapping that is being written, else the initial one."""
        written = (mappings.open_in(self.case, kind) for kind in reversed(MappingKind))
        return next((each for each in written if each is not None), None)

    def of_case(self, by):
        return {"case_id": self.case.pk, "by": by, "at": self.at}

    def of_mapping(self, by, kind=None):
        current = mappings.open_in(self.case, kind) if kind else self.open_mapping()
        if current is None:
            raise Refused
        return {"mapping_id": current.pk, "by": by, "at": self.at}

    def take(self, verb, who):
        """Let somebody try a verb, or whatever comes next; say which one was done."""
        if verb == "go_on":
            current = self.open_mapping()
            standing = Case.objects.get(pk=self.case.pk).standing
            verb, who = (
                NEXT_WITH[current.standing] if current else NEXT_IN.get(standing, ("begin", who))
            )
        with contextlib.suppress(Refused):
            getattr(self, verb)(self.cast[who])
            return verb
        return ""

    def seen(self):
        """Return all that the person and their staff are shown of the case at this time."""
        person, case = self.case.person, self.case
        seen = {("mine", each.pk, each.standing) for each in queries.own(person)}
        for each in mappings.own(person):
            seen.add(("mine", each.pk, each.standing, mappings.fingerprint(each)))
        seen |= {("done", *row) for row in portfolios.own(person).values_list("pk", "title")}
        seen |= {("can show", each.pk, each.title) for each in portfolios.own_evidence(person)}
        for paper in papers.own(person):
            seen.add(("in hand", paper.pk, papers.verification_of(paper)))
            seen.add(("asked about", papers.verification_of(papers.with_code(paper.code))))
        seen |= {("decided", each.pk, each.path) for each in queries.paths_of(case)}
        seen |= {("needs", each.pk, each.text) for each in queries.adaptations_of(case)}
        for name in AT_WORK:
            opened = mappings.visible_to(self.cast[name], self.at).filter(case=case)
            seen |= {(name, each.pk, mappings.fingerprint(each)) for each in opened}
            theirs = queries.visible_to(self.cast[name], self.at).filter(pk=case.pk)
            seen |= {(name, each.pk, each.standing) for each in theirs}
            shown = papers.visible_to(self.cast[name], self.at).filter(case=case)
            seen |= {(name, each.pk) for each in shown}
        return seen

    # One method for each verb; what is refused is refused.

    def change(self, by):
        cases.change_details(
            goal="Kock",
            purpose="",
            own_reference="",
            language="so",
            needs_interpreter=False,
            **self.of_case(by),
        )

    def adapt(self, by):
        cases.note_adaptation(text=WORDS[self.at.day % 3], **self.of_case(by))

    def let_in(self, by):
        today = self.at.date()
        cases.let_in(
            person=self.cast["mirjam"],
            part=Part.WHOLE,
            ground="Bedömer",
            starts_on=today,
            ends_on=today + timedelta(days=7),
            **self.of_case(by),
        )

    def end_access(self, by):
        for access in self.case.accesses.filter(ended_at=None):
            cases.end_access(access_id=access.pk, by=by, at=self.at)

    def hand_on(self, by):
        cases.change_responsible(person=self.cast["karin"], **self.of_case(by))

    def begin(self, by):
        mapping.start_initial(**self.of_case(by))

    def tell(self, by):
        where = self.of_mapping(by, MappingKind.INITIAL)
        sheet = mappings.sheet_of(self.open_mapping())
        words = f"Det var {self.at:%Y-%m-%d %H}"
        base = sheet.get("goal/wish").version
        mapping.answer(
            given=[told("goal/wish", words, by=by, base=base, language="sv")],
            **where,
        )

    def tell_of_work(self, by):
        where = self.of_mapping(by, MappingKind.INITIAL)
        mapping.answer(given=[told(f"work/{uuid4()}/what", "Kock", by=by)], **where)

    def take_away_work(self, by):
        where = self.of_mapping(by, MappingKind.INITIAL)
        entries = mappings.entries_told_in(self.case)
        mapping.answer(
            given=[told(f"work/{entry}/removed", "yes", by=by) for entry in entries], **where
        )

    def tell_in_depth(self, by):
        where = self.of_mapping(by, MappingKind.IN_DEPTH)
        current = self.open_mapping()
        question = min(mappings.question_keys(current))
        path = interview.path_to(question, interview.IN_DEPTH["estimate"])
        base = mappings.sheet_of(current).get(path).version
        estimate = list(SelfEstimate)[self.at.day % 4]
        mapping.answer(given=[told(path, estimate, by=by, base=base)], **where)

    def sit(self, by):
        mapping.note_sitting(mode=Mode.TELEPHONE, interpreter="Tolk 9", **self.of_mapping(by))

    def share(self, by):
        mapping.share(**self.of_mapping(by))

    def approve(self, by):
        where = self.of_mapping(by)
        mapping.approve(shown_hash=mappings.fingerprint(self.open_mapping()), **where)

    def approve_at_table(self, by):
        where, person = self.of_mapping(by), self.case.person
        people.choose_table_code(person_id=person.pk, code=TABLE_CODE, by=person, at=self.at)
        shown = mappings.fingerprint(self.open_mapping())
        mapping.approve_at_table(shown_hash=shown, code=TABLE_CODE, **where)

    def lock(self, by):
        mapping.lock(**self.of_mapping(by))

    def anew(self, by):
        self._anew(MappingKind.INITIAL, by)

    def anew_in_depth(self, by):
        self._anew(MappingKind.IN_DEPTH, by)

    def _anew(self, kind, by):
        locked = mappings.locked_in(self.case, kind)
        if locked is None:
            raise Refused
        mapping.start_new_version(mapping_id=locked.pk, by=by, at=self.at)

    def decide(self, by):
        cases.decide_path(
            path=Path.VALIDATION,
            reason="Antagen",
            decided_on=self.at.date(),
            operation=uuid4(),
            **self.of_case(by),
        )

    def begin_in_depth(self, by):
        mapping.start_in_depth(targets=[self.target], **self.of_case(by))

    def close(self, by):
        cases.close(reason="Flyttade", **self.of_case(by))

    def reopen(self, by):
        cases.reopen(reason="Kom tillbaka", **self.of_case(by))

    def protect(self, by):
        cases.protect(level=Protection.SECRECY_MARKING, **self.of_case(by))

    def lift(self, by):
        cases.protect(level=Protection.NONE, **self.of_case(by))

    def leave(self, by):
        day_before = self.at.date() - timedelta(days=1)
        for held in self.cast["ingrid"].assignments.filter(ends_on=None):
            cases.end_role(assignment_id=held.pk, ends_on=day_before, by=by, at=self.at)

    def show(self, by):
        portfolio.add_evidence(
            described=portfolio.Described(EvidenceKind.CERTIFICATE, f"Intyg {self.at:%Y-%m-%d %H}"),
            operation=uuid4(),
            **self.of_case(by),
        )

    def see_originals(self, by):
        for each in portfolios.evidence_in(self.case):
            portfolio.note_original(evidence_id=each.pk, **self.of_case(by))

    def hand_out(self, by):
        for kind in MappingKind:
            locked = mappings.locked_in(self.case, kind)
            if locked is None:
                raise Refused
            credentials.issue(
                mapping_id=locked.pk,
                language="en",
                operation=uuid4(),
                verify_at=VERIFY_AT,
                by=by,
                at=self.at,
            )

    def choose(self, by):
        for paper in papers.own(self.case.person):
            shows_name = not paper.shows_name
            credentials.choose(paper_id=paper.pk, shows_name=shows_name, by=by, at=self.at)


VERBS = [
    name
    for name, it in vars(Stage).items()
    if inspect.isfunction(it)
    and list(inspect.signature(it).parameters) == ["self", "by"]
    and not name.startswith("of_")
]
# The way of a case, and how many steps of it the cases have come that examples begin with.
WAY = [
    ("begin", "ingrid"),
    ("tell", "candidate"),
    ("tell_of_work", "ingrid"),
    ("share", "ingrid"),
    ("approve", "candidate"),
    ("lock", "ingrid"),
    ("decide", "ingrid"),
    ("begin_in_depth", "ingrid"),
    ("tell_in_depth", "candidate"),
    ("share", "ingrid"),
    ("approve", "candidate"),
    ("lock", "ingrid"),
    ("hand_out", "ingrid"),
]
BEGINNINGS = {
    "registered": 0,
    "told": 3,
    "approved": 5,
    "locked": 6,
    "path decided": 7,
    "told in depth": 9,
    "locked in depth": 12,
    "papers in hand": 13,
}
