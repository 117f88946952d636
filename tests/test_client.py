"""The browser of page tests must notice what it is there to notice."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone


@login_not_required
def writes(request):
    Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
    Session.objects.update(session_data="x")
    return HttpResponse()


@login_not_required
def speaks(request):
    return HttpResponse(request.GET["said"])


urlpatterns = [path("writes/", writes), path("speaks/", speaks)]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_asking_for_a_page_may_only_note_what_was_asked(client, monkeypatch):
    assert client.get("/writes/").status_code == 200

    monkeypatch.setattr(Session._meta, "db_table", "cases_case")
    with pytest.raises(AssertionError, match='asking for a page wrote: INSERT INTO "cases_case"'):
        client.get("/writes/")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    "said", ['<p style="color: red">', "<script>alert()</script>", '<a onclick="go()">', "<style>"]
)
def test_a_page_with_script_or_style_in_it_is_refused(client, said):
    with pytest.raises(AssertionError):
        client.get("/speaks/", {"said": said})


@pytest.mark.urls(__name__)
def test_an_ordinary_page_passes(client):
    assert client.get("/speaks/", {"said": '<script src="/a.js"></script>'}).status_code == 200
