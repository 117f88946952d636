"""Founding a real installation: the region, and an administrator who can sign in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kunnig.organisations import queries as organisations
from kunnig.organisations.states import Role
from kunnig.people.actions import recognise
from kunnig.people.models import Person
from tests.people import NOON

PASSWORD = "tjugo kilo lingon"


def found(monkeypatch, password=PASSWORD):
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    out = StringIO()
    call_command(
        "found",
        "Region Västerbotten",
        "24",
        administrator="Asta Hedlund",
        username="asta",
        stdout=out,
    )
    return out.getvalue()


@pytest.mark.django_db
def test_the_first_administrator_can_sign_in_and_the_password_is_not_repeated(monkeypatch):
    told = found(monkeypatch)

    asta = recognise(username="asta", password=PASSWORD, address="", at=NOON)
    assert told == "Region Västerbotten is founded. asta can sign in.\n"
    assert (asta.name, organisations.region().name) == ("Asta Hedlund", "Region Västerbotten")
    assert [each.role for each in asta.assignments.all()] == [Role.ADMINISTRATOR]


@pytest.mark.django_db
def test_it_is_founded_once_and_a_second_try_leaves_nobody_behind(monkeypatch):
    found(monkeypatch)
    Person.objects.update(username="somebody")

    with pytest.raises(CommandError, match="already has"):
        found(monkeypatch)
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_short_password_founds_nothing(monkeypatch):
    with pytest.raises(CommandError, match="too short"):
        found(monkeypatch, "kort")
    assert organisations.region() is None
