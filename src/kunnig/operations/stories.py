"""The people of the demo county, each told of through the actions of the rooms.

What they say lies in `data/stories`, one file a person, with how many days ago each thing was
done. A story is told once: what stands is left as it is, and one that was interrupted goes on.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import datetime, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from kunnig.audit import actions as audit
from kunnig.audit.models import Entry, label_of
from kunnig.cases import actions as cases
from kunnig.cases.models import Case, Closing
from kunnig.cases.states import HomeGround, IdentityCheck, Origin, Part, Path
from kunnig.credentials import actions as credentials
from kunnig.credentials.formats.languages import suited_to
from kunnig.kernel.verdict import Refused
from kunnig.mapping import actions as mappings
from kunnig.mapping import interview
from kunnig.mapping.actions import Given, Result
from kunnig.mapping.interview import Shape
from kunnig.mapping.models import Mapping
from kunnig.mapping.queries import fingerprint, targets_of
from kunnig.mapping.states import MappingKind, MappingState, Mode, Side
from kunnig.operations.county import INFORMATION_TEXT, place_and_board, stable
from kunnig.organisations import queries as places
from kunnig.organisations.models import Assignment
from kunnig.people import actions as people
from kunnig.people.formats import identifiers
from kunnig.people.states import IdentifierKind, Protection
from kunnig.portfolio.actions import Described
from kunnig.portfolio.queries import evidence_in
from kunnig.portfolio.states import EvidenceKind
from kunnig.standards.queries import questions_of, targets_open_for_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from kunnig.people.formats.identifiers import Number
    from kunnig.people.models import Person

SWEDISH = "sv"
SELF = "self"  # the person whom the story is about
PACE = timedelta(minutes=7)  # for each part of a sitting
# The people who have no device approve at the table with this. No page shows it.
TABLE_CODE = "402917"


@cache
def written() -> tuple[dict[str, Any], ...]:
    """Return the stories as they are written down."""
    folder = files("kunnig.operations").joinpath("data/stories")
    found = sorted(folder.iterdir(), key=lambda each: each.name)
    return tuple(tomllib.loads(each.read_text(encoding="utf-8")) for each in found)


def tell_all(now: datetime, tell: Callable[[str], None]) -> int:
    """Tell every story as far as it goes, and return how many were new. Raises `Refused`.

    Not one transaction: each try of a table code is counted in one of its own.
    """
    added = 0
    for number, story in enumerate(written(), start=1):
        tell(f"{number}/{len(written())} {story['name']}")
        added += Teller(story, now).tell()
    return added


class Teller:
    """Tells one story: opens the case, and takes it as far as the story goes."""

    case: Case

    def __init__(self, story: dict[str, Any], now: datetime) -> None:
        self.story = story
        self.now = now
        self.place, self.board = place_and_board(story["municipality"])

    def tell(self) -> int:
        """Tell what is not told yet, and return 1 for a person nobody had heard of."""
        standing = Case.objects.filter(operation=self.operation("case")).first()
        self.case = standing or self.open()
        self.map(MappingKind.INITIAL)
        self.choose_way()
        self.map(MappingKind.IN_DEPTH)
        self.close()
        return int(standing is None)

    # --- What a story says, read ---

    def operation(self, act: str) -> UUID:
        """Return the operation of one act of this story."""
        return stable(f"{self.story['key']}/{act}")

    def moment(self, told: tuple[int, Any]) -> datetime:
        """Return the moment so many days ago, at that time of day."""
        days, clock = told
        day = timezone.localdate(self.now) - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, clock))

    @cached_property
    def colleagues(self) -> dict[str, Person]:
        """Who works for the board, by name, with their assignments as a sign-in brings them."""
        held = Prefetch("assignments", Assignment.objects.select_related("organisation__parent"))
        found = places.colleagues(self.board, self.now).prefetch_related(held)
        return {person.name: person for person in found}

    def who(self, name: str) -> Person:
        """Return the colleague of this name, or the person themselves."""
        return self.case.person if name == SELF else self.colleagues[name]

    # --- The case ---

    @transaction.atomic
    def open(self) -> Case:
        """Open the case, with what the board notes at once."""
        story, at = self.story, self.moment(self.story["registered"])
        self.case = self.register(at)
        by = self.who(story["by"])
        if "username" in story:
            people.open_sign_in(
                person_id=self.case.person_id,
                username=story["username"],
                password=None,
                by=by,
                at=at,
            )
        if "protection" in story:
            level = Protection(story["protection"])
            cases.protect(case_id=self.case.pk, level=level, by=by, at=at)
        if "adaptations" in story:
            cases.note_adaptation(case_id=self.case.pk, text=story["adaptations"], by=by, at=at)
        for each in story.get("let_in", ()):
            self.let_in(each, by)
        for each in story.get("evidence", ()):
            self.describe(each, by)
        return self.case

    def register(self, at: datetime) -> Case:
        """Register the case: by the person themselves, or by a colleague."""
        story = self.story
        details: dict[str, Any] = {
            "board": self.board,
            "home_municipality": self.place,
            "home_ground": HomeGround(story["ground"]),
            "origin": Origin(story["origin"]),
            "language": story["language"],
            "information_text": INFORMATION_TEXT,
            "goal": story["goal"],
            "purpose": story.get("purpose", ""),
            "own_reference": story.get("own_reference", ""),
            "needs_interpreter": story.get("needs_interpreter", False),
            "is_practice": story.get("is_practice", False),
            "operation": self.operation("case"),
            "at": at,
        }
        known: dict[str, Any] = {
            "name": story["name"],
            "birth_date": story["birth_date"],
            "identifiers": self.numbers(),
        }
        if story["by"] == SELF:
            person = people.register(**known, by=None, at=at)
            return cases.register(person=person, by=person, **details)
        return cases.register_for(**known, by=self.colleagues[story["by"]], **details)

    def numbers(self) -> tuple[Number, ...]:
        """Return the personal number of the story, if it has one."""
        if "personal_number" not in self.story:
            return ()
        today, number = timezone.localdate(self.now), self.story["personal_number"]
        return (identifiers.read(IdentifierKind.PERSONAL_NUMBER, number, on=today),)

    def let_in(self, told: dict[str, Any], by: Person) -> None:
        """Let a colleague in to a part of the case."""
        at = self.moment(told["when"])
        cases.let_in(
            case_id=self.case.pk,
            person=self.colleagues[told["name"]],
            part=Part(told["part"]),
            ground=told["ground"],
            starts_on=timezone.localdate(at),
            ends_on=None,
            by=by,
            at=at,
        )

    def describe(self, told: dict[str, Any], by: Person) -> None:
        """Describe one piece of evidence, and note when its original was seen."""
        evidence = mappings.add_evidence(
            case_id=self.case.pk,
            described=Described(
                kind=EvidenceKind(told["kind"]),
                title=told["title"],
                issuer=told["issuer"],
                country=told["country"],
                issued=told["issued"],
                description=told["description"],
            ),
            operation=self.operation(f"evidence/{told['key']}"),
            by=by,
            at=self.moment(told["when"]),
        )
        if "seen" in told:
            mappings.note_original(
                case_id=self.case.pk, evidence_id=evidence.pk, by=by, at=self.moment(told["seen"])
            )

    def choose_way(self) -> None:
        """Decide what follows the initial mapping."""
        told = self.story.get("path")
        if told is None:
            return
        at = self.moment(told["when"])
        cases.decide_path(
            case_id=self.case.pk,
            path=Path(told["path"]),
            reason=told["reason"],
            decided_on=timezone.localdate(at),
            operation=self.operation("path"),
            by=self.who(told["by"]),
            at=at,
        )

    def close(self) -> None:
        """Close the case, unless it was closed before."""
        told = self.story.get("closing")
        if told is None or Closing.objects.filter(case=self.case).exists():
            return
        cases.close(
            case_id=self.case.pk,
            reason=told["reason"],
            by=self.who(told["by"]),
            at=self.moment(told["when"]),
        )

    # --- The mappings ---

    def map(self, kind: MappingKind) -> None:
        """Take a mapping from its first word to its paper, as far as the story goes."""
        told = self.story.get(kind.value)
        if told is None:
            return
        first = Mapping.objects.filter(case=self.case, kind=kind, version=1).first()
        mapping = first or self.write(kind, told)
        self.approve(mapping, told)
        self.lock(mapping, told)

    @transaction.atomic
    def write(self, kind: MappingKind, told: dict[str, Any]) -> Mapping:
        """Begin a mapping, hold its sittings, and share it."""
        by, at = self.who(told["by"]), self.moment(told["started"])
        if kind is MappingKind.INITIAL:
            mapping = mappings.start_initial(case_id=self.case.pk, by=by, at=at)
        else:
            among = targets_open_for_mapping(at)
            targets = [among.get(code=code) for code in told["targets"]]
            mapping = mappings.start_in_depth(case_id=self.case.pk, targets=targets, by=by, at=at)
        sheet = _Sheet(self, mapping, told)
        for number, sitting in enumerate(told["sittings"]):
            sheet.sit(number, sitting)
        if "shared" in told:
            mappings.share(mapping_id=mapping.pk, by=by, at=self.moment(told["shared"]))
        return mapping

    def approve(self, mapping: Mapping, told: dict[str, Any]) -> None:
        """Let the person approve once; what a visitor took back since stays taken back."""
        mapping.refresh_from_db()
        lines = Entry.objects.filter(target=label_of(mapping), verb__in=mappings.APPROVALS.values())
        if mapping.standing is not MappingState.SHARED or lines.exists():
            return
        shown = fingerprint(mapping)
        if "approved" in told:
            mappings.approve(
                mapping_id=mapping.pk,
                shown_hash=shown,
                by=self.case.person,
                at=self.moment(told["approved"]),
            )
        if "approved_at_table" in told:
            by, at = self.who(told["by"]), self.moment(told["approved_at_table"])
            cases.choose_table_code(
                case_id=self.case.pk,
                code=TABLE_CODE,
                identity=IdentityCheck.DOCUMENT,
                by=by,
                at=at,
            )
            mappings.approve_at_table(
                mapping_id=mapping.pk, shown_hash=shown, code=TABLE_CODE, by=by, at=at
            )

    @transaction.atomic
    def lock(self, mapping: Mapping, told: dict[str, Any]) -> None:
        """Lock what was approved, and make its paper."""
        mapping.refresh_from_db()
        by = self.who(told["by"])
        if "locked" in told and mapping.standing is MappingState.APPROVED:
            mappings.lock(mapping_id=mapping.pk, by=by, at=self.moment(told["locked"]))
        if "paper" in told:
            credentials.issue(
                mapping_id=mapping.pk,
                operation=self.operation(f"paper/{mapping.kind}"),
                language=suited_to(mapping.case.language),
                verify_at=f"{settings.BASE_ADDRESS}{reverse('public:verify')}",
                by=by,
                at=self.moment(told["paper"]),
            )


class _Sheet:
    """Writes what is said in one mapping of a story, sitting by sitting."""

    def __init__(self, teller: Teller, mapping: Mapping, told: dict[str, Any]) -> None:
        self.teller = teller
        self.mapping = mapping
        self.told = told
        self.versions: Counter[tuple[str, Side]] = Counter()

    def sit(self, number: int, sitting: dict[str, Any]) -> None:
        """Open the mapping and hold one sitting, one part after the other. Raises `Refused`."""
        by = self.teller.who(sitting.get("by", self.told["by"]))
        at, case = self.teller.moment(sitting["when"]), self.teller.case
        audit.record_reading(of=self.mapping, about=case.person, by=by, at=at, file=case)
        if "mode" in sitting:
            mappings.note_sitting(
                mapping_id=self.mapping.pk,
                mode=Mode(sitting["mode"]),
                interpreter=sitting.get("interpreter", ""),
                by=by,
                at=at,
            )
        for part, said in sitting.items():
            given = [
                each
                for prefix, words in self.things(part, said)
                for ask, text in words.items()
                for each in self.given(f"{prefix}/{ask}", text, number, by)
            ]
            if given:
                self.say(given, by, at)
                at += PACE

    def say(self, given: list[Given], by: Person, at: datetime) -> None:
        """Write what was said of one part. Raises `Refused` if a word is not taken."""
        outcomes = mappings.answer(mapping_id=self.mapping.pk, given=given, by=by, at=at)
        for outcome in outcomes:
            if outcome.result is not Result.SAVED:
                raise Refused(f"{outcome.path}: {outcome.reason}")

    def things(self, part: str, said: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what is told of: a section, each entry of one, or one question of a target."""
        if part in self.questions:
            yield f"q/{self.questions[part]}", said
        elif isinstance(said, dict):
            yield part, said
        elif part in interview.BY_CODE:
            for entry in said:
                key = self.entry(f"{part}/{entry['id']}")
                yield f"{part}/{key}", {ask: entry[ask] for ask in entry if ask != "id"}

    def given(self, path: str, said: str | list[str], sitting: int, by: Person) -> Iterator[Given]:
        """Yield the answers at one place: in the words it was told in, then in Swedish if it is."""
        ask = interview.ask_at(path)
        if ask is None:
            raise Refused(f"{path}: there is no such question.")
        if ask.shape is Shape.REFERENCES:
            said = " ".join(map(self.reference, said))
        original, *rendering = [said] if isinstance(said, str) else said
        is_told = ask.is_told or ask.code == interview.TITLE
        spoken = self.teller.story["language"] if is_told else SWEDISH
        sides = [(ask.side, original, spoken)]
        sides += [(Side.RENDERING, text, SWEDISH) for text in rendering]
        for side, text, language in sides:
            yield Given(
                operation=self.teller.operation(f"{self.mapping.kind}/{sitting}/{path}/{side}"),
                author=by.pk,
                path=path,
                side=side,
                base=self.versions[path, side],
                text=text,
                language=language,
            )
            self.versions[path, side] += 1

    def entry(self, name: str) -> UUID:
        """Return the key of an entry of the initial mapping, such as `work/kitchen`."""
        return self.teller.operation(name)

    def reference(self, name: str) -> str:
        """Return the key of what an answer refers to: an entry, or a piece of evidence."""
        evidence = self.evidence.get(self.teller.operation(f"evidence/{name}"))
        return str(evidence or self.entry(name))

    @cached_property
    def evidence(self) -> dict[UUID, UUID]:
        """The evidence of the case, by the operation that added it."""
        return {each.operation: each.pk for each in evidence_in(self.teller.case)}

    @cached_property
    def questions(self) -> dict[str, UUID]:
        """The questions of an in-depth mapping, by target and code, such as `EXUEXU01 A1`."""
        codes = {link.question_set_id: link.target.code for link in targets_of(self.mapping)}
        asked = questions_of(list(codes), SWEDISH)
        return {f"{codes[each.set_id]} {each.code}": each.id for each in asked}
