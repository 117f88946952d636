"""Checking a paper: who has its code is told how it stands, and no more than the holder chose."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from kunnig.credentials import actions
from kunnig.credentials.actions import AskedTooOftenError
from kunnig.kernel import numbers
from kunnig.people.models import Person
from kunnig.web.http import asked_from, page, posted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kunnig.web.http import PersonRequest

LONGEST_TYPED = 120  # a code with all that may be typed or pasted around it


class CodeForm(forms.Form):
    """The code of a paper, however it is typed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_TYPED,
        help_text=_("It stands beside the square: letters and digits in groups of four."),
        error_messages={"required": _("Write the code that stands beside the square.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Return the code as it is stored; what is too short or too long is no code."""
        code = numbers.as_stored(self.cleaned_data["code"])
        if len(code) != numbers.CODE_LENGTH:
            raise forms.ValidationError(
                gettext(
                    "A code has %(wanted)s letters and digits; this has %(count)s. "
                    "The number of the paper is something else."
                )
                % {"wanted": numbers.CODE_LENGTH, "count": len(code)}
            )
        return code


@login_not_required
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: PersonRequest) -> HttpResponse:
    """Ask for a code, and say how the paper stands that it belongs to."""
    form = CodeForm(posted(request))
    if form.is_valid():
        return answered(request, form.cleaned_data["code"])
    return page(request, "public/verify.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def verify_code(request: PersonRequest, code: str) -> HttpResponse:
    """Say how the paper stands whose square somebody has pointed a camera at."""
    return answered(request, numbers.as_stored(code[:LONGEST_TYPED]))


@sensitive_variables("code")
def answered(request: PersonRequest, code: str) -> HttpResponse:
    """Return the answer about a code, or that too many were asked about."""
    context = {"form": CodeForm(initial={"code": numbers.grouped(code)}), "code": code}
    try:
        answer = actions.verify(
            code=code,
            address=asked_from(request),
            at=request.at,
            by=signed_in(request),
        )
    except AskedTooOftenError as refusal:
        response = page(request, "public/verify.html", {**context, "refusal": refusal})
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(int(actions.WITHIN.total_seconds()))
        return response
    shown = {"answer": answer, "code": numbers.grouped(code)}
    response = page(request, "public/verify.html", {"form": CodeForm(), **shown})
    response["X-Robots-Tag"] = "noindex"
    return response


def signed_in(request: HttpRequest) -> Person | None:
    """Return who asks, if they have signed in."""
    return request.user if isinstance(request.user, Person) else None
