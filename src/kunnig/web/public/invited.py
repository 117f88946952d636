"""Where an invitation is used: the code or the link, then a password of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.cases import actions as cases
from kunnig.kernel.verdict import Refused
from kunnig.web.http import asked_from, page, posted
from kunnig.web.public.views import after_sign_in, spoken_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kunnig.people.models import Person
    from kunnig.web.http import PersonRequest

LONGEST_TYPED = 80  # a code or a link's secret, with all that may be typed or pasted around it


class InvitationForm(forms.Form):
    """The code of a letter, however it is typed; of a link, the page knows it already."""

    secret = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_TYPED,
        help_text=_(
            "It stands in your letter: letters and digits. Large or small does not matter."
        ),
        error_messages={"required": _("Write the code that stands in your letter")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "k-short",
                "dir": "ltr",
            }
        ),
    )


class OwnPasswordForm(forms.Form):
    """A first password of one's own."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Three words that do not belong together are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write a new password")},
    )


@login_not_required
@sensitive_post_parameters("secret", "password")
@sensitive_variables("secret", "password")
@never_cache
@require_http_methods(["GET", "POST"])
def invited(request: PersonRequest) -> HttpResponse:
    """Ask for the code, then for a password of one's own; then open the person's pages."""
    form = InvitationForm(posted(request))
    if not form.is_valid():
        return page(request, "public/invited.html", {"form": form})
    secret = form.cleaned_data["secret"]
    try:
        invitation = cases.find_invitation(
            secret=secret, address=asked_from(request), at=request.at
        )
    except Refused as refusal:
        form.add_error("secret", str(refusal))
        return page(request, "public/invited.html", {"form": form})
    return _choosing(request, secret, invitation.case.person)


@sensitive_variables("secret", "password")
def _choosing(request: PersonRequest, secret: str, person: Person) -> HttpResponse:
    """Ask for a password, and let the person in by it."""
    form = OwnPasswordForm(request.POST if "password" in request.POST else None)
    if form.is_valid():
        try:
            chosen = cases.accept(
                secret=secret, address=asked_from(request), at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            login(request, chosen)
            words = gettext(
                "Your password is chosen. Your user name is %(username)s. Write it down."
            )
            messages.success(request, words % {"username": chosen.username})
            return spoken_to(redirect(after_sign_in(request, chosen)), chosen.language)
    return page(
        request,
        "public/choose_password.html",
        {"form": form, "secret": secret, "username": person.username},
    )


@login_not_required
@sensitive_variables("secret")
@never_cache
@require_safe
def invited_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a button to whoever opens a link: nothing is looked up or used before it is pressed.

    Mail servers open links before people do. A link tells the language of the text it stood in.
    """
    language = request.GET.get("language", "")
    if language in dict(settings.LANGUAGES):
        return spoken_to(redirect("public:invited_by_link", secret=secret), language)
    response = page(request, "public/invited.html", {"secret": secret[:LONGEST_TYPED]})
    response["X-Robots-Tag"] = "noindex"
    return response
