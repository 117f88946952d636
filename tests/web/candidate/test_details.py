"""What is noted of oneself, and the keys that only oneself has."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kunnig.people import actions
from tests.factories import IdentifierFactory
from tests.people import NOON
from tests.web.validator import cost_of, faults_of, text_of

DETAILS = "/my/details/"
PASSWORD = "/my/details/password/"
CODE = "/my/details/table-code/"
OLD, NEW = "hej-gamla-vinden", "tre-nya-lingonris"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def with_password(amina):
    amina.set_password(OLD)
    amina.save(update_fields=["password"])
    return amina


def test_numbers_are_masked_also_to_oneself(knock, amina):
    IdentifierFactory(person=amina, value="50-112233")

    text = text_of(knock("amina").get(DETAILS))

    assert "Amina Haddad" in text
    assert "14 March 1988" in text
    assert "The migration agency ••••" in text
    assert "112233" not in text


def test_a_protected_person_is_told_that_they_are(knock, rania):
    assert "Your data are protected." in text_of(knock("rania").get(DETAILS))


def test_the_password_is_changed_by_who_knows_the_old_one(knock, with_password):
    client = knock("amina")

    response = client.post(PASSWORD, {"current": OLD, "password": NEW})

    with_password.refresh_from_db()
    assert response.url == DETAILS
    assert with_password.check_password(NEW)
    assert client.get(DETAILS).status_code == 200


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"current": "wrong", "password": NEW}, "current"),
        ({"current": "", "password": NEW}, "current"),
        ({"current": OLD, "password": ""}, "password"),
        ({"current": OLD, "password": "kort"}, "password"),
        ({"current": OLD, "password": "1q2w3e4r5t6y"}, "password"),
    ],
)
def test_a_password_is_not_changed_without_the_old_or_to_a_poor_one(
    knock, with_password, sent, fault
):
    response = knock("amina").post(PASSWORD, sent)

    assert list(faults_of(response)) == [fault]
    with_password.refresh_from_db()
    assert with_password.check_password(OLD)


def test_passwords_are_never_sent_back(knock, with_password):
    response = knock("amina").post(PASSWORD, {"current": OLD, "password": "kort"})

    assert OLD not in response.content.decode()


def test_a_code_is_chosen_and_approves_from_then_on(knock, amina):
    response = knock("amina").post(CODE, {"code": "739154", "again": "739154"})

    assert response.url == DETAILS
    assert actions.check_table_code(person_id=amina.pk, code="739154", at=NOON)
    assert "You have chosen a code" in text_of(knock("amina").get(DETAILS))


def test_on_whose_screen_a_code_was_chosen_is_told(knock, amina, ingrid, county):
    actions.choose_table_code(
        person_id=amina.pk, code="739154", authority=county.norsjo_board, by=ingrid, at=NOON
    )

    text = text_of(knock("amina").get(DETAILS))

    assert "It was chosen on the screen of Ingrid Sandström on 25 November 2026 at 12:00." in text


@pytest.mark.parametrize(
    ("code", "again", "fault"),
    [
        ("739154", "739155", "again"),
        ("739154", "", "again"),
        ("1234", "1234", "code"),
        ("140388", "140388", "code"),
        ("111111", "111111", "code"),
        ("", "", "code"),
    ],
)
def test_a_code_that_is_easy_or_mistyped_is_not_taken(knock, amina, code, again, fault):
    response = knock("amina").post(CODE, {"code": code, "again": again})

    assert fault in faults_of(response)
    amina.refresh_from_db()
    assert not amina.table_code


def test_the_language_is_remembered_where_one_signs_in(knock, amina, client):
    knock("amina").post(reverse("public:language"), {"language": "en", "next": DETAILS})

    amina.refresh_from_db()
    assert amina.language == "en"


def test_the_page_costs_little(knock, amina):
    IdentifierFactory.create_batch(3, person=amina)

    assert cost_of(knock("amina"), DETAILS) <= 5
