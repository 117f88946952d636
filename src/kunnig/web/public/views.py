"""Pages for anyone: the front page, the door in and out, the language, and what Kunnig is."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kunnig.kernel.verdict import Refused
from kunnig.organisations import queries as organisations
from kunnig.people import actions as people
from kunnig.people.models import Person
from kunnig.web.http import asked_from, page, posted
from kunnig.web.layout import navigation
from kunnig.web.public import kept
from kunnig.web.public.forms import LanguageForm, SignInForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kunnig.web.http import PersonRequest
    from kunnig.web.public.kept import Kept

Answer = TypeVar("Answer", bound="HttpResponse")


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Say what Kunnig is for, and how it goes."""
    return page(
        request, "public/front.html", {"boards": organisations.boards(), "is_demo": settings.DEMO}
    )


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: PersonRequest) -> HttpResponse:
    """Let a person in by user name and password."""
    form = SignInForm(posted(request))
    if form.is_valid():
        try:
            person = people.recognise(
                **form.cleaned_data, address=asked_from(request), at=request.at
            )
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            login(request, person)
            written = kept.carried(request)
            if written is not None and asked_for(request):
                return _sent_on(request, written, person)
            return spoken_to(redirect(after_sign_in(request, person)), person.language)
    return _door(request, form, kept.carried(request))


def _door(
    request: HttpRequest, form: SignInForm, written: Kept | None, *, onto: str = ""
) -> HttpResponse:
    """Answer with the page of signing in; what was written signed out goes with it."""
    context = {
        "form": form,
        "next": onto or asked_for(request),
        "kept": written,
        "is_demo": settings.DEMO,
    }
    return page(request, "public/sign_in.html", context)


def signed_out(request: HttpRequest, written: Kept) -> HttpResponse:
    """Say that what was sent is not saved, and carry it over the signing in."""
    answer = _door(request, SignInForm(), written, onto=request.get_full_path())
    answer.status_code = HTTPStatus.UNAUTHORIZED
    answer["Cache-Control"] = "private, no-store"
    return answer


def _sent_on(request: PersonRequest, written: Kept, person: Person) -> HttpResponse:
    """Let whoever wrote it save what was written before; nobody else sees or saves it."""
    if not written.is_by(person):
        words = _("Somebody else wrote on the page before you signed in. It was not saved.")
        messages.warning(request, words)
        return spoken_to(redirect(after_sign_in(request, person)), person.language)
    context = {
        "kept": written,
        "next": asked_for(request),
        "must_choose": person.must_choose_password,
    }
    return spoken_to(page(request, "public/send_on.html", context), person.language)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let a person out, and leave nothing of theirs on the machine."""
    logout(request)
    answer = redirect("public:front")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@login_not_required
@require_http_methods(["GET", "POST"])
def language(request: PersonRequest) -> HttpResponse:
    """Choose the language to be spoken to in, here and wherever the person signs in."""
    form = LanguageForm(posted(request))
    if form.is_valid():
        if isinstance(request.user, Person):
            person = request.user
            people.set_language(person_id=person.pk, by=person, at=request.at, **form.cleaned_data)
        return spoken_to(redirect(asked_for(request) or "public:front"), **form.cleaned_data)
    return page(request, "public/language.html", {"form": form, "next": asked_for(request)})


@login_not_required
@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """Say whom to turn to in each municipality."""
    return page(request, "public/municipalities.html", {"boards": organisations.boards()})


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say who runs Kunnig, what it builds on, and whose work it uses."""
    return page(request, "public/about.html", {})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible Kunnig is, what is missing, and whom to tell."""
    return page(request, "public/accessibility.html", {"contact": settings.CONTACT})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say which data Kunnig holds of a person, why, and what the person may ask."""
    return page(request, "public/privacy.html", {"contact": settings.CONTACT})


def asked_for(request: HttpRequest) -> str:
    """Return where the person was going, if it is a page of ours."""
    where = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        where, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return where if ours else ""


def after_sign_in(request: PersonRequest, person: Person) -> str:
    """Return where a person goes who has just signed in."""
    return asked_for(request) or navigation.home_of(organisations.roles_of(person, request.at))


def spoken_to(answer: Answer, language: str) -> Answer:
    """Return the answer with the chosen language kept in a cookie."""
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer
