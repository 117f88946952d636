"""Signing in: recognised by user name and password, and not by trying for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kunnig.audit.models import Entry
from kunnig.kernel.verdict import Refused
from kunnig.people import actions, policies, queries
from kunnig.people.models import SignInFailure
from tests.factories import PersonFactory
from tests.people import NOON

PASSWORD = "tjugo kilo lingon"


@pytest.fixture
def signed_up(amina):
    amina.username = None
    amina.save(update_fields=["username"])
    return actions.open_sign_in(
        person_id=amina.pk, username="Amina.H", password=PASSWORD, by=amina, at=NOON
    )


def recognise(username="amina.h", password=PASSWORD, at=NOON, address="192.0.2.1"):
    return actions.recognise(username=username, password=password, address=address, at=at)


def fail(times, username="amina.h", at=NOON):
    for _ in range(times):
        with pytest.raises(Refused, match="user name or the password is wrong"):
            recognise(username, "wrong", at)


@pytest.fixture
def a_short_way(monkeypatch):
    """An address that may try three times: sixty would prove the same, and take long."""
    monkeypatch.setattr(policies, "FAILURES_FROM_ONE_ADDRESS", 3)


def test_a_sign_in_is_opened_and_traced(signed_up):
    assert (signed_up.username, signed_up.check_password(PASSWORD)) == ("amina.h", True)
    assert [(line.verb, line.about, line.actor) for line in Entry.objects.all()] == [
        ("person.sign_in_opened", str(signed_up.pk), str(signed_up.pk))
    ]


@pytest.mark.parametrize("username", ["amina.h", "AMINA.H", " Amina.H "])
def test_capitals_in_a_user_name_do_not_matter(signed_up, username):
    assert recognise(username) == signed_up


@pytest.mark.parametrize(("username", "password"), [("amina.h", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(signed_up, username, password):
    with pytest.raises(Refused) as refusal:
        recognise(username, password)

    assert str(refusal.value) == "The user name or the password is wrong."


def test_who_has_been_closed_is_not_recognised(signed_up):
    signed_up.is_active = False
    signed_up.save()

    fail(1)


def test_who_never_chose_a_password_is_not_recognised(ingrid):
    ingrid.set_unusable_password()
    ingrid.save()

    with pytest.raises(Refused):
        recognise("ingrid", "")


def test_ten_failures_let_a_user_name_rest_for_a_quarter_of_an_hour(signed_up):
    fail(10)

    with pytest.raises(Refused, match="Too many attempts"):
        recognise()
    with pytest.raises(Refused, match="Too many attempts"):
        recognise(at=NOON + timedelta(minutes=14))
    assert recognise(at=NOON + timedelta(minutes=15)) == signed_up


def test_a_user_name_nobody_has_rests_as_well(db):
    fail(10, username="nobody")

    assert not policies.may_try_to_sign_in("NOBODY", "", NOON)


def test_the_failures_of_one_do_not_stop_another(signed_up, db):
    fail(10, username="somebody else")

    assert recognise() == signed_up


def test_being_recognised_forgets_ones_own_failures_only(signed_up):
    fail(3)
    fail(1, username="somebody else")

    recognise()

    keys = sorted(SignInFailure.objects.values_list("tried", flat=True))
    assert keys == sorted(
        [policies.tried("somebody else")] + 4 * [policies.tried_from("192.0.2.1")]
    )


def test_many_names_tried_from_one_address_let_the_address_rest(signed_up, a_short_way):
    for username in ("one", "two", "three"):
        fail(1, username=username)

    with pytest.raises(Refused, match="Too many attempts"):
        recognise()
    assert recognise(address="192.0.2.2") == signed_up
    assert recognise(at=NOON + timedelta(minutes=15)) == signed_up


def test_who_is_recognised_again_and_again_wears_out_no_address(signed_up, a_short_way):
    for _ in range(4):
        assert recognise() == signed_up


def test_ones_own_password_and_ones_code_are_not_tried_for_ever(signed_up, a_short_way):
    def tried(password, address):
        return actions.check_own_password(by=signed_up, password=password, address=address, at=NOON)

    assert tried(PASSWORD, "192.0.2.3")
    for number in range(10):
        assert not tried("wrong", f"192.0.2.{number + 100}")
    assert "Too many attempts" in str(tried(PASSWORD, "192.0.2.3").reason)
    with pytest.raises(Refused, match="Too many attempts"):
        recognise()

    for _ in range(3):
        actions.choose_table_code(person_id=signed_up.pk, code="739154", by=signed_up, at=NOON)
        actions.check_table_code(
            person_id=signed_up.pk, code="739155", address="192.0.2.9", at=NOON
        )
    right = {"person_id": signed_up.pk, "code": "739154", "at": NOON}
    assert "Too many attempts" in str(actions.check_table_code(**right, address="192.0.2.9").reason)
    assert actions.check_table_code(**right, address="192.0.2.10")


def test_nothing_of_what_was_tried_can_be_read_and_old_failures_go(signed_up):
    fail(2)
    assert "amina" not in SignInFailure.objects.first().tried

    fail(1, username="somebody else", at=NOON + timedelta(minutes=15))

    assert SignInFailure.objects.count() == 2  # the name, and where from


@pytest.mark.parametrize("username", ["", "two words", "a" * 151])
def test_a_user_name_is_one_word(ingrid, username):
    amina = PersonFactory()
    with pytest.raises(Refused, match=r"one word|user name of 2 to 60"):
        actions.open_sign_in(
            person_id=amina.pk, username=username, password=PASSWORD, by=ingrid, at=NOON
        )


def test_a_user_name_is_nobody_elses(signed_up, ingrid):
    with pytest.raises(Refused, match=r"cannot be used here. amina\.h\d{3} can."):
        actions.open_sign_in(
            person_id=PersonFactory().pk,
            username="AMINA.H",
            password=PASSWORD,
            by=ingrid,
            at=NOON,
        )


def test_ones_own_password_is_changed_and_traced(signed_up):
    Entry.objects.all().delete()

    actions.set_password(
        person_id=signed_up.pk, password="tio liter hjortron", by=signed_up, at=NOON
    )

    assert recognise(password="tio liter hjortron") == signed_up
    assert [line.verb for line in Entry.objects.all()] == ["person.password_changed"]


def test_a_password_given_by_somebody_else_is_told_apart_and_not_kept(signed_up, ingrid):
    Entry.objects.all().delete()

    mark = policies.password_mark(signed_up)
    given = {"person_id": signed_up.pk, "instead_of": mark, "by": ingrid, "at": NOON}
    person = actions.give_password(**given, password="tio liter hjortron")
    with pytest.raises(Refused, match="made already"):
        actions.give_password(**given, password="elva liter hjortron")

    assert person.must_choose_password
    assert [line.verb for line in Entry.objects.all()] == ["person.password_given"]
    with pytest.raises(Refused, match="another password than the one you were given"):
        actions.set_password(
            person_id=signed_up.pk, password="tio liter hjortron", by=signed_up, at=NOON
        )
    chosen = actions.set_password(
        person_id=signed_up.pk, password="elva liter blod", by=signed_up, at=NOON
    )
    assert not chosen.must_choose_password


def test_nobody_else_chooses_the_password_that_one_keeps(signed_up, ingrid):
    with pytest.raises(Refused, match="Only the person"):
        actions.set_password(
            person_id=signed_up.pk, password="tio liter hjortron", by=ingrid, at=NOON
        )


def test_a_first_password_is_never_written_over_another(signed_up, ingrid):
    for username in ("amina.h", "another"):
        with pytest.raises(Refused, match="can sign in already"):
            actions.open_sign_in(
                person_id=signed_up.pk,
                username=username,
                password="tio liter hjortron",
                by=ingrid,
                at=NOON,
            )


def test_only_a_password_that_somebody_else_made_has_to_be_changed(signed_up, ingrid):
    person = actions.open_sign_in(
        person_id=PersonFactory().pk, username="nils", password=PASSWORD, by=ingrid, at=NOON
    )

    assert person.must_choose_password
    assert not signed_up.must_choose_password


def test_where_there_is_no_way_in_there_is_no_new_password(ingrid):
    with pytest.raises(Refused, match="no user name yet"):
        actions.give_password(
            person_id=PersonFactory().pk, password=PASSWORD, instead_of="", by=ingrid, at=NOON
        )


@pytest.mark.parametrize("password", ["kort", "password1234"])
def test_a_password_that_everybody_tries_is_refused(signed_up, password):
    with pytest.raises(Refused, match="password"):
        actions.set_password(person_id=signed_up.pk, password=password, by=signed_up, at=NOON)


def test_a_language_is_remembered_and_traced(amina):
    actions.set_language(person_id=amina.pk, language="en", by=amina, at=NOON)

    amina.refresh_from_db()
    assert amina.language == "en"
    assert [line.verb for line in Entry.objects.all()] == ["person.language_chosen"]


def test_a_language_the_house_does_not_speak_is_refused(amina):
    with pytest.raises(Refused, match="languages listed"):
        actions.set_language(person_id=amina.pk, language="tlh", by=amina, at=NOON)


def test_a_user_name_without_a_password_only_tells_who_it_is(amina, ingrid):
    rut = PersonFactory()
    actions.open_sign_in(person_id=rut.pk, username="rut", password=None, by=ingrid, at=NOON)

    assert queries.known_as("rut") == rut
    assert set(queries.who_sign_in()) == {amina, ingrid, rut}
    with pytest.raises(Refused):
        recognise("rut", "")
