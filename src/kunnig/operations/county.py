"""The demo county: what `kunnig demo` lays out, part by part, through the actions of the rooms.

Each part is one function that adds what is not there yet and leaves alone what is. To show more
of the house, write another and name it in `PARTS`. The candidates are met in `stories`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from kunnig.kernel.verdict import Refused
from kunnig.operations import logos
from kunnig.organisations import actions as organisations
from kunnig.organisations import queries as places
from kunnig.organisations.states import OrganisationKind, Role
from kunnig.people import actions as people
from kunnig.people.queries import known_as
from kunnig.standards.actions import syllabuses
from kunnig.training import actions as training
from kunnig.training.states import Reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kunnig.organisations.models import Organisation
    from kunnig.people.models import Person

SINCE = date(2024, 8, 1)  # when everybody in the demo county began
INFORMATION_TEXT = "2026-11"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the county: what it is called, and the function that adds what is missing."""

    name: str
    lay: Callable[[datetime], int]


@cache
def planned() -> dict[str, Any]:
    """Return the county as it is written down."""
    text = files("kunnig.operations").joinpath("data/county.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def lay_out(at: datetime, tell: Callable[[str], None]) -> int:
    """Lay out the county, all of it or nothing, and return how much was new. Raises `Refused`."""
    added = 0
    with transaction.atomic():
        for number, part in enumerate(PARTS, start=1):
            tell(f"{number}/{len(PARTS)} {part.name}")
            added += part.lay(at)
    return added


# --- Parts ---------------------------------------------------------------------------------------


def lay_region(at: datetime) -> int:
    """Lay the first stone. Raises `Refused` where somebody else's county stands already."""
    asta = planned()["administrator"]
    standing = known_as(asta["username"])
    if standing is not None and not standing.has_usable_password():
        return 0
    if standing is not None or places.region() is not None:
        raise Refused("The demo county is for an empty installation; this one is in use.")
    person = people.register(name=asta["name"], birth_date=None, identifiers=(), by=None, at=at)
    people.open_sign_in(
        person_id=person.pk, username=asta["username"], password=None, by=person, at=at
    )
    organisations.found(**planned()["region"], administrator=person, at=at)
    return 1


def lay_municipalities(at: datetime) -> int:
    """Add the municipalities, each with its board and its schools, and the other providers."""
    asta, region = _person(planned()["administrator"]["username"]), places.region()
    standing = set(places.municipalities().values_list("code", flat=True))
    missing = [
        (number, each)
        for number, each in enumerate(planned()["municipalities"])
        if each["code"] not in standing
    ]
    for number, each in missing:
        _lay_municipality(number, each, region, asta, at)
    if missing:
        for each in planned()["providers"]:
            organisations.make(
                kind=OrganisationKind.PROVIDER, parent=region, by=asta, at=at, **each
            )
    return len(missing)


def _lay_municipality(
    number: int, each: dict[str, Any], region: Organisation | None, asta: Person, at: datetime
) -> None:
    place = organisations.make(
        kind=OrganisationKind.MUNICIPALITY,
        name=each["name"],
        code=each["code"],
        parent=region,
        by=asta,
        at=at,
    )
    board = organisations.make(
        kind=OrganisationKind.BOARD,
        name=each["board"],
        parent=place,
        logo_svg=logos.drawn(number, each["letters"]),
        telephone=f"0980-319 {201 + number}",
        email=f"vux.{each['code']}@example.org",
        address=f"Kommunhuset, {each['town']}",
        by=asta,
        at=at,
    )
    for unit, name in enumerate(each["units"]):
        organisations.make(
            kind=OrganisationKind.SCHOOL_UNIT,
            name=name,
            parent=place,
            board=board,
            telephone=f"070-174 06 {5 + 3 * number + unit:02}",
            email=f"{each['code']}-{unit + 1}@example.org",
            address=f"Skolgatan {2 * unit + 1}, {each['town']}",
            by=asta,
            at=at,
        )


def employ_colleagues(at: datetime) -> int:
    """Add the colleagues of the tour, each in the role that their coordinator gives them."""
    missing = [each for each in planned()["colleagues"] if known_as(each["username"]) is None]
    for each in missing:
        role = Role(each["role"])
        person = _employ(each["name"], role, _workplace(each), _person(each["by"]), at)
        people.open_sign_in(
            person_id=person.pk,
            username=each["username"],
            password=None,
            by=_person(each["by"]),
            at=at,
        )
        if "qualification" in each:
            _qualify(person, each["qualification"], at)
    return len(missing)


def employ_neighbours(at: datetime) -> int:
    """Add a coordinator and validators in the other municipalities; nobody signs in as they."""
    maj, added = _person("maj"), 0
    for number, each in enumerate(planned()["municipalities"]):
        _, board = place_and_board(each["code"])
        if places.validators_in(board, at):
            continue
        if "coordinator" in each:
            role = Role.MUNICIPAL_COORDINATOR
            coordinator = _employ(each["coordinator"], role, board, maj, at)
        else:
            coordinator = _person("petra")
        unit = places.school_units_of(board)[0]
        for name in each.get("validators", ()):
            person = _employ(name, Role.VALIDATOR, unit, coordinator, at)
            spring = {"reach": "full", "from": -600 + 20 * number, "to": 130 + 20 * number}
            _qualify(person, spring | {"ground": "Grundutbildning för validerare"}, at)
            added += 1
    return added


def plan_validators(at: datetime) -> int:
    """Set the planning figures of those municipalities that have none."""
    maj, standing = _person("maj"), places.planned_validators()
    figures = {each["code"]: each["planned"] for each in planned()["municipalities"]}
    missing = [
        place
        for place in places.municipalities()
        if place.pk not in standing and place.code in figures
    ]
    for place in missing:
        organisations.plan(municipality=place, validators=figures[place.code], by=maj, at=at)
    return len(missing)


def load_standards(at: datetime) -> int:
    """Take in the standard for practice and the invented examples."""
    report = syllabuses.load_own_standards(at=at)
    return sum(
        count
        for outcome, count in report.outcomes.items()
        if outcome is not syllabuses.Outcome.UNCHANGED
    )


PARTS = (
    Part("The region and its administrator", lay_region),
    Part("Municipalities, boards and schools", lay_municipalities),
    Part("Colleagues", employ_colleagues),
    Part("Validators in the other municipalities", employ_neighbours),
    Part("Planning figures", plan_validators),
    Part("Standards", load_standards),
)


# --- What the parts share ------------------------------------------------------------------------


def stable(name: str) -> UUID:
    """Return the operation of one act of the demo county: the same each time it is laid out."""
    return uuid5(NAMESPACE_URL, f"urn:kunnig:demo:{name}")


def _person(username: str) -> Person:
    person = known_as(username)
    if person is None:
        raise Refused(f"Nobody in the demo county is called {username}.")
    return person


def place_and_board(code: str) -> tuple[Organisation, Organisation]:
    """Return the municipality with this code, and its board."""
    place = places.municipalities().select_related("board__parent").get(code=code)
    if place.board is None:
        raise Refused(f"{place} has no board.")
    return place, place.board


def _workplace(each: dict[str, Any]) -> Organisation:
    """Return the unit, else the board, else the region where a colleague works."""
    region = places.region()
    if "municipality" not in each and region is not None:
        return region
    _, board = place_and_board(each["municipality"])
    return places.school_units_of(board).get(name=each["unit"]) if "unit" in each else board


def _employ(name: str, role: Role, where: Organisation, by: Person, at: datetime) -> Person:
    return organisations.employ(
        name=name,
        email="",
        organisation=where,
        role=role,
        starts_on=SINCE,
        ends_on=None,
        by=by,
        at=at,
    ).person


def _qualify(person: Person, qualification: dict[str, Any], at: datetime) -> None:
    today = timezone.localdate(at)
    training.grant(
        person_id=person.pk,
        reach=Reach(qualification["reach"]),
        ground=qualification["ground"],
        starts_on=today + timedelta(days=qualification["from"]),
        ends_on=today + timedelta(days=qualification["to"]),
        by=_person("maj"),
        at=at,
    )
