"""Plain records to test with; nothing clever, so no test needs to read this file."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from kunnig.cases.models import Access, Case
from kunnig.cases.states import HomeGround, Origin, Part
from kunnig.credentials.formats.pdf import TEMPLATE_VERSION
from kunnig.credentials.formats.snapshot import as_json, hashed
from kunnig.credentials.models import Paper
from kunnig.credentials.states import PaperKind
from kunnig.kernel import numbers
from kunnig.kernel.text import folded
from kunnig.mapping.models import Mapping
from kunnig.mapping.states import ApprovedHow, MappingKind, MappingState
from kunnig.organisations.models import Assignment, Organisation, PlanningFigure
from kunnig.organisations.states import OrganisationKind, Role
from kunnig.people.models import Identifier, Person
from kunnig.people.states import IdentifierKind
from kunnig.standards.models import Syllabus, Target
from kunnig.standards.states import LeadsTo, Mandate, SyllabusKind, TargetKind
from kunnig.training.models import Qualification
from kunnig.training.states import Reach
from tests.credentials import samples

# The moment at which every test happens.
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
TODAY = NOON.date()


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person Number {n:04}")
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
            name=factory.Sequence(lambda n: f"Kommun {n:04}"),
            code=factory.Sequence(lambda n: f"T{n:04}"),
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
            name=factory.Sequence(lambda n: f"Folkhögskola {n:04}"),
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


class CaseFactory(DjangoModelFactory[Case]):
    """A case with a board of its own; nobody responsible, nobody let in."""

    class Meta:
        model = Case

    number = factory.Sequence(lambda n: f"2026-C{n:04}")
    person = factory.SubFactory(PersonFactory)
    board = factory.SubFactory(OrganisationFactory)
    home_municipality = factory.LazyAttribute(lambda case: case.board.parent)
    home_ground = HomeGround.REGISTERED
    origin = Origin.SELF
    language = "ar"
    goal = "Work in health care"
    information_text = "2026-11"
    registered_by = factory.SelfAttribute("person")
    registered_at = NOON
    operation = factory.LazyFunction(uuid4)


class AccessFactory(DjangoModelFactory[Access]):
    class Meta:
        model = Access

    case = factory.SubFactory(CaseFactory)
    person = factory.SubFactory(PersonFactory)
    part = Part.WHOLE
    ground = "Works with the case"
    starts_on = date(2026, 1, 1)
    granted_by = factory.SubFactory(PersonFactory)
    granted_at = NOON


class MappingFactory(DjangoModelFactory[Mapping]):
    """A draft; `approved` and `locked` are traits that a person and a mapper stand behind."""

    class Meta:
        model = Mapping

    class Params:
        shared = factory.Trait(state=MappingState.SHARED, shared_at=NOON)
        approved = factory.Trait(
            state=MappingState.APPROVED,
            shared_at=NOON,
            approved_by=factory.SelfAttribute("case.person"),
            approved_at=NOON,
            approved_how=ApprovedHow.OWN_DEVICE,
            approved_hash="0" * 64,
        )
        locked = factory.Trait(
            approved=True,
            state=MappingState.LOCKED,
            locked_by=factory.SubFactory(PersonFactory),
            locked_at=NOON,
            content_hash="0" * 64,
        )

    case = factory.SubFactory(CaseFactory)
    kind = MappingKind.INITIAL
    started_by = factory.SelfAttribute("case.person")
    started_at = NOON


def newer_version(mapping):
    """Return a newer version of a locked mapping, locked too: the older counts no longer."""
    Mapping.objects.filter(pk=mapping.pk).update(state=MappingState.SUPERSEDED)
    return MappingFactory(
        case=mapping.case,
        kind=mapping.kind,
        version=mapping.version + 1,
        supersedes=mapping,
        locked=True,
    )


class SyllabusFactory(DjangoModelFactory[Syllabus]):
    """A subject with courses that the agency has published and that is in force."""

    class Meta:
        model = Syllabus

    code = factory.Sequence(lambda n: f"S{n:04}")
    version = 1
    name = factory.Sequence(lambda n: f"Ämne {n:04}")
    kind = SyllabusKind.COURSES
    owner = "Skolverket"
    mandate = Mandate.NATIONAL
    valid_from = date(2024, 7, 1)
    content_hash = factory.Sequence(lambda n: f"{n:064}")
    source = "a test"
    imported_at = NOON


class TargetFactory(DjangoModelFactory[Target]):
    """A course without content or questions, found by its code, name and subject."""

    class Meta:
        model = Target

    syllabus = factory.SubFactory(SyllabusFactory)
    kind = TargetKind.COURSE
    code = factory.Sequence(lambda n: f"SAM{n:04}")
    name = factory.Sequence(lambda n: f"Kurs {n:04}")
    points = 100
    sort_order = 1
    leads_to = LeadsTo.INTYG
    search_key = factory.LazyAttribute(
        lambda target: folded(f"{target.code} {target.name} {target.syllabus.name}")
    )


class PaperFactory(DjangoModelFactory[Paper]):
    """Amina's summary of a locked initial mapping, or of an in-depth one with the trait."""

    class Meta:
        model = Paper

    class Params:
        in_depth = factory.Trait(
            mapping=factory.SubFactory(MappingFactory, locked=True, kind=MappingKind.IN_DEPTH),
            kind=PaperKind.IN_DEPTH,
        )

    mapping = factory.SubFactory(MappingFactory, locked=True)
    case = factory.SelfAttribute("mapping.case")
    kind = PaperKind.INITIAL
    number = factory.LazyFunction(lambda: numbers.drawn(2026, taken=lambda _: False))
    code = factory.LazyFunction(numbers.unguessable)
    snapshot = factory.LazyAttribute(lambda paper: as_json(sample_of(paper.kind)))
    content_hash = factory.LazyAttribute(lambda paper: hashed(paper.snapshot))
    template_version = TEMPLATE_VERSION
    law_version = "2025-09"
    issued_by = factory.SelfAttribute("case.person")
    issued_at = NOON
    operation = factory.LazyFunction(uuid4)


def sample_of(kind):
    """Return what a paper of `kind` says in most tests."""
    return samples.in_depth() if kind == PaperKind.IN_DEPTH else samples.initial()
