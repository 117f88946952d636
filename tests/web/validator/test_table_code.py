"""Letting the person choose a code of their own, on the device of somebody at work."""

from __future__ import annotations

import pytest

from kunnig.audit.models import Entry
from kunnig.cases.states import Part
from tests.factories import AccessFactory
from tests.web.validator import faults_of, text_of, url

CODE = "739154"
WRITTEN = {"identity": "document", "code": CODE, "again": CODE}


def test_a_code_is_chosen_and_the_device_is_taken_back(knock, case, amina):
    client = knock("ingrid")

    response = client.post(url("table_code", case.pk), WRITTEN)

    assert response.url == url("case", case.pk)
    assert "Amina has chosen a code. Take the device back." in text_of(client.get(response.url))
    amina.refresh_from_db()
    assert amina.table_code
    assert "identity.document" in {line.verb for line in Entry.objects.all()}


@pytest.mark.parametrize(
    ("fault", "beside", "words"),
    [
        ({"identity": ""}, "identity", "Say how you know who it is"),
        ({"code": "", "again": ""}, "code", "Write a code"),
        ({"code": "12ab56"}, "code", "Write digits only."),
        ({"code": "7391"}, "code", "Choose between 6 and 12 digits."),
        ({"code": "123456", "again": "123456"}, "code", "easy to guess"),
        ({"code": "19880314", "again": "19880314"}, "code", "date of birth"),
        ({"again": "739155"}, "again", "The two codes are not the same"),
        ({"again": ""}, "again", "Write the code again"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_no_code_is_ever_shown(
    knock, case, amina, fault, beside, words
):
    response = knock("ingrid").post(url("table_code", case.pk), WRITTEN | fault)

    assert words in faults_of(response)[beside][0]
    page = response.content.decode()
    assert CODE not in page
    assert "19880314" not in page
    amina.refresh_from_db()
    assert amina.table_code == ""


def test_a_new_code_takes_the_place_of_the_old(knock, case, amina):
    client = knock("ingrid")
    client.post(url("table_code", case.pk), WRITTEN)
    amina.refresh_from_db()
    before = amina.table_code

    page = text_of(client.get(url("table_code", case.pk)))
    client.post(
        url("table_code", case.pk), {"identity": "known", "code": "480263", "again": "480263"}
    )

    assert "There is a code already." in page
    amina.refresh_from_db()
    assert amina.table_code != before


def test_one_let_in_to_a_part_is_told_why_not(knock, case, mirjam):
    AccessFactory(case=case, person=mirjam, part=Part.IN_DEPTH)

    response = knock("mirjam").post(url("table_code", case.pk), WRITTEN)

    assert "Only those who work with the whole case" in faults_of(response)["__all__"][0]


def test_the_page_is_kept_by_no_cache(knock, case):
    response = knock("ingrid").get(url("table_code", case.pk))

    assert "no-store" in response["Cache-Control"]
