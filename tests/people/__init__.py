"""The cast: the people and the small county that every test speaks of (house style 3.12).

Each fixture is one person who stands in the database with the role and the qualification they
have. `NOON` is when everything happens. The tests of the room `people` lie in the same folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from kunnig.organisations.states import Role
from kunnig.people.states import Protection
from kunnig.training.states import Reach
from tests.factories import (
    NOON,
    TODAY,
    AssignmentFactory,
    OrganisationFactory,
    PersonFactory,
    QualificationFactory,
    the_region,
)

__all__ = ["NOON", "TODAY", "County"]


@dataclass(frozen=True, slots=True)
class County:
    """A region with two neighbours, whose schools have the same name."""

    region: object
    norsjo: object
    norsjo_board: object
    norsjo_unit: object
    mala: object
    mala_board: object
    mala_unit: object


def municipality(name, code):
    """Return a municipality, its board and its school unit."""
    place = OrganisationFactory(municipality=True, name=name, code=code)
    board = OrganisationFactory(parent=place, name="Utbildningsnämnden")
    place.board = board
    place.save(update_fields=["board"])
    return place, board, OrganisationFactory(school_unit=True, board=board)


@pytest.fixture
def county(db):
    """Region Västerbotten with Norsjö and Malå."""
    return County(
        the_region(),
        *municipality("Norsjö kommun", "2417"),
        *municipality("Malå kommun", "2418"),
    )


def employed(name, organisation, role, *, reach=None, ends_on=date(2027, 12, 31)):
    """Return someone with a role since 2020, and a qualification if `reach` is given."""
    person = PersonFactory(name=name, username=name.split()[0].lower())
    AssignmentFactory(person=person, organisation=organisation, role=role)
    if reach is not None:
        QualificationFactory(
            person=person, reach=reach, starts_on=date(2025, 1, 1), ends_on=ends_on
        )
    return person


@pytest.fixture
def amina(db):
    """The candidate: assistant nurse, with twelve years of work behind her."""
    return PersonFactory(name="Amina Haddad", username="amina", birth_date=date(1988, 3, 14))


@pytest.fixture
def goran(db):
    """The second candidate: truck driver, poor eyesight."""
    return PersonFactory(name="Göran Åström", username="goran", birth_date=date(1961, 9, 2))


@pytest.fixture
def rania(db):
    """A candidate who lives under protection."""
    return PersonFactory(
        name="Rania Castellanos",
        username="rania",
        birth_date=date(1994, 6, 21),
        protection=Protection.PROTECTED_REGISTRATION,
    )


@pytest.fixture
def karin(county):
    """The counsellor in Norsjö, qualified."""
    return employed("Karin Lundmark", county.norsjo_unit, Role.COUNSELLOR, reach=Reach.FULL)


@pytest.fixture
def ingrid(county):
    """The validator in Norsjö, qualified."""
    return employed("Ingrid Sandström", county.norsjo_unit, Role.VALIDATOR, reach=Reach.FULL)


@pytest.fixture
def lars(county):
    """A validator in Norsjö whose qualification has lapsed."""
    return employed(
        "Lars Burman",
        county.norsjo_unit,
        Role.VALIDATOR,
        reach=Reach.FULL,
        ends_on=date(2026, 10, 31),
    )


@pytest.fixture
def mirjam(county):
    """The assessor, with the tool's short part."""
    return employed("Mirjam Okafor", county.norsjo_unit, Role.ASSESSOR, reach=Reach.SHORT)


@pytest.fixture
def per_ola(county):
    """The second assessor, without any part of the training."""
    return employed("Per-Ola Nyström", county.norsjo_unit, Role.ASSESSOR)


@pytest.fixture
def tomas(county):
    """The grading teacher, with the tool's short part."""
    return employed("Tomas Lindgren", county.norsjo_unit, Role.TEACHER, reach=Reach.SHORT)


@pytest.fixture
def eva(county):
    """The principal of the school in Norsjö."""
    return employed("Eva Marklund", county.norsjo_unit, Role.PRINCIPAL)


@pytest.fixture
def lotta(county):
    """The municipal coordinator of Norsjö."""
    return employed("Lotta Bergdahl", county.norsjo_board, Role.MUNICIPAL_COORDINATOR)


@pytest.fixture
def petra(county):
    """The municipal coordinator next door, in Malå."""
    return employed("Petra Norberg", county.mala_board, Role.MUNICIPAL_COORDINATOR)


@pytest.fixture
def maj(county):
    """The region's coordinator, who sees no case."""
    return employed("Maj Wikström", county.region, Role.REGIONAL_COORDINATOR)


@pytest.fixture
def asta(county):
    """The administrator, who sees no case either."""
    return employed("Asta Hedlund", county.region, Role.ADMINISTRATOR)
