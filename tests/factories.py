"""Plain records to test with; nothing clever, so no test needs to read this file."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from kunnig.organisations.models import Assignment, Organisation, PlanningFigure
from kunnig.organisations.states import OrganisationKind, Role
from kunnig.people.models import Identifier, Person
from kunnig.people.states import IdentifierKind
from kunnig.training.models import Qualification
from kunnig.training.states import Reach

# The moment at which every test happens.
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
TODAY = NOON.date()


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person Number {n}")
    birth_date = date(1980, 1, 31)
    registered_at = NOON


class IdentifierFactory(DjangoModelFactory[Identifier]):
    class Meta:
        model = Identifier

    person = factory.SubFactory(PersonFactory)
    kind = IdentifierKind.OTHER
    issuer = "The migration agency"
    value = factory.Sequence(lambda n: f"50-{n:06}")
    noted_by = factory.SubFactory(PersonFactory)
    noted_at = NOON


def the_region():
    """Return the one region of the test, made when first asked for."""
    found = Organisation.objects.filter(kind=OrganisationKind.REGION).first()
    return found or OrganisationFactory(region=True)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A board in a municipality of its own, unless a trait says otherwise."""

    class Meta:
        model = Organisation

    class Params:
        region = factory.Trait(
            kind=OrganisationKind.REGION, name="Region Västerbotten", code="24", parent=None
        )
        municipality = factory.Trait(
            kind=OrganisationKind.MUNICIPALITY,
            name=factory.Sequence(lambda n: f"Kommun {n}"),
            code=factory.Sequence(lambda n: f"{n:04}"),
            parent=factory.LazyFunction(the_region),
        )
        school_unit = factory.Trait(
            kind=OrganisationKind.SCHOOL_UNIT,
            name="Vuxenutbildningen",
            board=factory.SubFactory("tests.factories.OrganisationFactory"),
            parent=factory.LazyAttribute(lambda unit: unit.board.parent),
        )
        provider = factory.Trait(
            kind=OrganisationKind.PROVIDER,
            name=factory.Sequence(lambda n: f"Folkhögskola {n}"),
            parent=None,
        )

    kind = OrganisationKind.BOARD
    name = "Utbildningsnämnden"
    parent = factory.SubFactory("tests.factories.OrganisationFactory", municipality=True)


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.COUNSELLOR
    starts_on = date(2020, 1, 1)


class PlanningFigureFactory(DjangoModelFactory[PlanningFigure]):
    class Meta:
        model = PlanningFigure

    municipality = factory.SubFactory(OrganisationFactory, municipality=True)
    validators = 2


class QualificationFactory(DjangoModelFactory[Qualification]):
    class Meta:
        model = Qualification

    person = factory.SubFactory(PersonFactory)
    reach = Reach.FULL
    ground = "Basic training for validators"
    starts_on = date(2026, 1, 1)
    ends_on = date(2027, 12, 31)
    granted_by = factory.SubFactory(PersonFactory, name="Maj Wikström")
    granted_at = NOON
