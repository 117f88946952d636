"""Giving a role, ending it, letting somebody sign in, and telling how a workplace is reached."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kunnig.organisations.models import Assignment
from kunnig.organisations.states import Role
from kunnig.people.models import Person
from tests.factories import AssignmentFactory, CaseFactory
from tests.web.validator import cost_of, faults_of, links_of, text_of

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
PASSWORD = "tre-nya-lingonris"
OUTSIDERS = ["amina", "ingrid", "karin", "eva", "mirjam"]
pytestmark = pytest.mark.usefixtures("noon")


def url(name, *keys, audience="coordinator"):
    return reverse(f"{audience}:{name}", args=keys)


def handed(response):
    """Return the password that a page hands over: the machine has made it."""
    return re.search(r"Password (([a-z2-9]{4}-){2}[a-z2-9]{4}) ", text_of(response))[1]


def given_to(client, person):
    """Give a colleague a new password, and return the answer."""
    page = url("give_password", person.pk)
    mark = re.search(r'name="instead_of" value="(\w+)"', client.get(page).content.decode())
    return client.post(page, {"instead_of": mark[1]})


def words(organisation, role="validator", **others):
    return {
        "name": "Nils Öberg",
        "email": "nils.oberg@norsjo.example",
        "role": role,
        "organisation": organisation.pk,
        "starts_on": "2026-11-25",
        "ends_on": "",
        **others,
    }


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("audience", ["coordinator", "region", "administration"])
def test_others_find_none_of_the_pages(knock, county, lars, who, audience):
    held = lars.assignments.get()
    pages = [
        url("employ", audience=audience),
        url("give_role", lars.pk, audience=audience),
        url("end_role", held.pk, audience=audience),
        url("open_sign_in", lars.pk, audience=audience),
        url("give_password", lars.pk, audience=audience),
        url("describe", county.norsjo_board.pk, audience=audience),
    ]

    for page in pages:
        assert knock(who).get(page).status_code == 404
        assert knock(who).post(page, words(county.norsjo_unit)).status_code == 404
    assert Assignment.objects.filter(ends_on__isnull=False).count() == 0


# A new colleague.


def test_a_coordinator_adds_a_colleague_once(knock, county):
    for _sent_twice in range(2):
        response = knock("lotta").post(url("employ"), words(county.norsjo_unit))

    nils = Person.objects.get(name="Nils Öberg")
    held = nils.assignments.get()
    assert response.url == url("open_sign_in", nils.pk)
    assert (held.role, held.organisation, held.starts_on, held.ends_on) == (
        Role.VALIDATOR,
        county.norsjo_unit,
        date(2026, 11, 25),
        None,
    )


def test_only_one_s_own_workplaces_and_roles_are_offered(knock, county):
    page = knock("lotta").get(url("employ")).content.decode()

    assert "Vuxenutbildningen, Norsjö kommun" in page
    assert "Malå" not in page
    assert "Regional coordinator" not in page


def test_a_neighbour_s_workplace_is_not_taken(knock, county):
    response = knock("lotta").post(url("employ"), words(county.mala_unit))

    assert list(faults_of(response)) == ["organisation"]
    assert not Person.objects.filter(name="Nils Öberg").exists()


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"name": ""}, "name"),
        ({"email": "nils"}, "email"),
        ({"role": ""}, "role"),
        ({"role": "regional_coordinator"}, "role"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"ends_on": "2026-11-24"}, "ends_on"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(knock, county, sent, fault):
    response = knock("lotta").post(url("employ"), words(county.norsjo_unit, **sent))

    assert list(faults_of(response)) == [fault]
    assert not Person.objects.filter(name="Nils Öberg").exists()


def test_a_role_is_refused_where_it_is_not_held(knock, county):
    response = knock("lotta").post(url("employ"), words(county.norsjo, role="principal"))

    assert faults_of(response) == {"role": ["This role is not held in such an organisation."]}


def test_the_region_appoints_a_coordinator(knock, county):
    page = url("employ", audience="region")
    asked = knock("maj").get(page, {"at": county.mala_board.pk})

    knock("maj").post(page, words(county.mala_board, role="municipal_coordinator"))

    assert f'value="{county.mala_board.pk}" selected' in asked.content.decode()
    held = Assignment.objects.get(person__name="Nils Öberg")
    assert (held.role, held.organisation) == (Role.MUNICIPAL_COORDINATOR, county.mala_board)


def test_an_administrator_appoints_the_region_s_coordinator(knock, county):
    page = url("employ", audience="administration")

    knock("asta").post(page, words(county.region, role="regional_coordinator"))

    assert Assignment.objects.get(person__name="Nils Öberg").role == Role.REGIONAL_COORDINATOR


# One more role, and the end of one.


def test_a_colleague_is_given_one_more_role(knock, county, lars):
    for _sent_twice in range(2):
        response = knock("lotta").post(
            url("give_role", lars.pk), words(county.norsjo_unit, role="counsellor")
        )

    assert response.url == url("home")
    assert sorted(lars.assignments.values_list("role", flat=True)) == ["counsellor", "validator"]


def test_the_same_role_twice_at_a_time_is_refused_in_words(knock, county, lars):
    response = knock("lotta").post(url("give_role", lars.pk), words(county.norsjo_unit))

    assert response.status_code == 422
    assert "already has the role there" in text_of(response)


def test_the_region_comes_back_to_the_municipality(knock, county, ingrid):
    response = knock("maj").post(
        url("give_role", ingrid.pk, audience="region"),
        words(county.norsjo_board, role="municipal_coordinator"),
    )

    assert response.url == reverse("region:municipality", args=[county.norsjo.pk])


def test_a_role_ends_on_a_day(knock, lotta, lars):
    held = lars.assignments.get()

    response = knock("lotta").post(url("end_role", held.pk), {"ends_on": "2026-12-31"})

    held.refresh_from_db()
    assert response.url == url("home")
    assert held.ends_on == date(2026, 12, 31)


def test_whoever_ends_a_role_is_told_which_open_cases_it_leaves(knock, lotta, lars, county, amina):
    page = url("end_role", lars.assignments.get().pk)
    assert "responsible for" not in text_of(knock("lotta").get(page))
    CaseFactory(person=amina, board=county.norsjo_board, responsible=lars)

    response = knock("lotta").get(page)

    assert "Lars Burman is responsible for one open case." in text_of(response)
    assert f"{reverse('validator:cases')}?tab=board" in response.content.decode()


def test_a_role_does_not_end_in_the_past(knock, lotta, lars):
    held = lars.assignments.get()

    response = knock("lotta").post(url("end_role", held.pk), {"ends_on": "2026-11-01"})

    assert faults_of(response) == {"ends_on": ["A role cannot end in the past."]}


@pytest.mark.parametrize("who", ["petra", "maj", "asta"])
def test_a_role_is_ended_only_by_whoever_gives_it(knock, lars, who):
    page = url("end_role", lars.assignments.get().pk)

    assert knock(who).get(page).status_code == 404
    assert knock(who).post(page, {"ends_on": "2026-12-31"}).status_code == 404


def test_nobody_ends_their_own_role(knock, lotta):
    assert knock("lotta").get(url("end_role", lotta.assignments.get().pk)).status_code == 404


# Signing in.


@pytest.fixture
def newcomer(lars):
    """Lars, before he can sign in."""
    lars.username = None
    lars.save(update_fields=["username"])
    return lars


def test_a_colleague_is_let_in(knock, lotta, newcomer):
    lars = newcomer
    client = knock("lotta")
    sent = {"username": "lars.burman", "password": PASSWORD}
    response = client.post(url("open_sign_in", lars.pk), sent)

    lars.refresh_from_db()
    assert lars.username == "lars.burman"
    assert lars.check_password(handed(response))
    again = client.post(url("open_sign_in", lars.pk), sent)
    assert "can sign in already" in faults_of(again)["__all__"][0]
    assert handed(response) not in again.content.decode()


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"username": "ingrid"}, "username"),
        ({"username": "two words"}, "username"),
    ],
)
def test_a_user_name_that_will_not_do_is_said_to(knock, lotta, newcomer, ingrid, sent, fault):
    response = knock("lotta").post(url("open_sign_in", newcomer.pk), sent)

    assert list(faults_of(response)) == [fault]
    newcomer.refresh_from_db()
    assert newcomer.username is None


def test_nobody_signs_in_as_a_colleague_who_has_a_password(knock, lotta, ingrid):
    ingrid.set_password("hej-gamla-vinden")
    ingrid.save()
    client = knock("lotta")

    page = client.get(url("open_sign_in", ingrid.pk))
    response = client.post(url("open_sign_in", ingrid.pk), {"username": "ingrid"})

    assert 'name="username"' not in page.content.decode()
    assert url("give_password", ingrid.pk) in links_of(page)
    assert "can sign in already" in faults_of(response)["__all__"][0]
    ingrid.refresh_from_db()
    assert ingrid.check_password("hej-gamla-vinden")


def test_who_has_forgotten_gets_a_password_that_opens_nothing_but_its_change(
    knock, client, lotta, ingrid
):
    given = handed(given_to(knock("lotta"), ingrid))
    client.logout()
    sent = {"username": "ingrid", "password": given}
    client.post(reverse("public:sign_in"), sent)
    own = reverse("candidate:password")

    for name in ("validator:home", "validator:cases", "candidate:home", "candidate:details"):
        assert client.get(reverse(name)).url == own
    assert client.get(reverse("public:about")).status_code == 200
    page = client.get(own)
    told = "Lotta Bergdahl (Municipal coordinator) gave you a new password"
    assert f"{told} on 25 November 2026 at 12:00." in text_of(page)
    assert reverse("validator:cases") not in links_of(page)

    kept = client.post(own, {"current": given, "password": given})
    changed = client.post(own, {"current": given, "password": "elva-liter-blod"})

    assert list(faults_of(kept)) == ["password"]
    assert changed.url == reverse("validator:home")
    assert client.get(reverse("validator:cases")).status_code == 200
    assert told in text_of(client.get(reverse("candidate:details")))


def test_a_new_password_is_shown_once(knock, lotta, ingrid):
    client = knock("lotta")
    first = given_to(client, ingrid)

    for sent in ({}, {"instead_of": "x", "password": PASSWORD}):
        again = client.post(url("give_password", ingrid.pk), sent)
        assert "was shown once" in faults_of(again)["__all__"][0]
        assert handed(first) not in again.content.decode()
    ingrid.refresh_from_db()
    assert ingrid.check_password(handed(first))


def test_there_is_no_new_password_without_a_user_name(knock, lotta, newcomer):
    page = knock("lotta").get(url("give_password", newcomer.pk))

    assert "no user name yet" in text_of(page)
    assert 'name="instead_of"' not in page.content.decode()


def test_the_sign_in_of_those_one_gives_no_role_is_not_opened(knock, maj, ingrid):
    page = url("open_sign_in", ingrid.pk, audience="region")

    response = knock("maj").get(page)
    refused = knock("maj").post(page, {"username": "mine"})

    assert "Only who answers for all the person" in text_of(response)
    assert 'name="username"' not in response.content.decode()
    assert refused.status_code == 422
    ingrid.refresh_from_db()
    assert ingrid.username == "ingrid"


# How a workplace is reached.


def contact(**others):
    return {"telephone": "0918-140 00", "email": "", "address": "Skolgatan 1", **others}


def test_the_contact_is_changed_and_the_logo_kept(knock, county, lotta):
    board = county.norsjo_board
    board.logo_svg = LOGO
    board.save(update_fields=["logo_svg"])

    response = knock("lotta").post(url("describe", board.pk), contact())

    board.refresh_from_db()
    assert response.url == url("home")
    assert (board.telephone, board.address, board.logo_svg) == (
        "0918-140 00",
        "Skolgatan 1",
        LOGO,
    )


def test_a_telephone_number_is_one(knock, county, lotta):
    page = url("describe", county.norsjo_board.pk)

    response = knock("lotta").post(page, contact(telephone="hej hej"))

    assert faults_of(response) == {"telephone": ["Write a telephone number, such as 0918-140 00"]}


def test_a_logo_is_a_plain_drawing(knock, county, lotta):
    page = url("describe", county.norsjo_board.pk)

    def sent(content):
        file = SimpleUploadedFile("logo.svg", content, "image/svg+xml")
        return knock("lotta").post(page, contact(logo=file))

    script = LOGO.replace("<path", "<script>alert(1)</script><path").encode()
    for bad in (script, b"\xff\xfe", b"<svg>" + b" " * 100_001):
        assert list(faults_of(sent(bad))) == ["logo"]
    assert sent(LOGO.encode()).status_code == 302
    county.norsjo_board.refresh_from_db()
    assert county.norsjo_board.logo_svg == LOGO


def test_neighbours_do_not_change_each_other_s_contact(knock, county, petra):
    assert knock("petra").get(url("describe", county.norsjo_board.pk)).status_code == 404


def test_the_forms_cost_little(knock, county, lars):
    held = lars.assignments.get()
    AssignmentFactory.create_batch(3, organisation=county.norsjo_unit)

    for page in (url("employ"), url("give_role", lars.pk), url("end_role", held.pk)):
        assert cost_of(knock("lotta"), page) <= 8
    assert url("home") in links_of(knock("lotta").get(url("employ")))
