"""Lists that htmx narrows while the person types: the part is the page's own."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import sign_in
from tests.factories import AccessFactory, CaseFactory
from tests.stories import practice_target

pytestmark = pytest.mark.django_db

ASKS = {"HX-Request": "true", "HX-Target": "found"}


def as_words(text):
    return " ".join(text.split())


def test_the_part_of_a_list_of_cases_is_what_the_whole_page_shows(client, county, karin):
    case = CaseFactory(board=county.norsjo_board, person__name="Yonas Tekle")
    AccessFactory(case=case, person=karin)
    client.force_login(karin)
    asked = {"tab": "board", "words": "yonas"}

    whole = client.get(reverse("validator:cases"), asked).content.decode()
    part = client.get(reverse("validator:cases"), asked, headers=ASKS).content.decode()

    assert part.strip().startswith('<div id="found"')
    assert case.number in part
    assert as_words(part) in as_words(whole)


def test_the_part_of_a_list_of_targets_is_what_the_whole_page_shows(client):
    target = practice_target()
    asked = {"words": target.code}

    whole = client.get(reverse("public:targets"), asked).content.decode()
    part = client.get(reverse("public:targets"), asked, headers=ASKS).content.decode()

    assert part.strip().startswith('<div id="found"')
    assert target.code in part
    assert as_words(part) in as_words(whole)


@pytest.mark.django_db(transaction=True)
def test_a_list_narrows_while_the_person_types(page, live_server, client, county, karin):
    for name in ("Yonas Tekle", "Kerstin Lind"):
        case = CaseFactory(board=county.norsjo_board, person__name=name)
        AccessFactory(case=case, person=karin)
    sign_in(page.context, live_server, client, karin)
    page.goto(f"{live_server.url}{reverse('validator:cases')}?tab=board")
    expect(page.get_by_role("link", name="Kerstin Lind")).to_be_visible()

    page.get_by_role("searchbox").press_sequentially("yonas")

    expect(page.get_by_role("link", name="Kerstin Lind")).to_have_count(0)
    expect(page.get_by_role("link", name="Yonas Tekle")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert "words=yonas" in page.url
