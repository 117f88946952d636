"""Every component in every state, for those who build pages; not in production."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_safe

from kunnig.web.components.parts import Card, Step, Tab
from kunnig.web.http import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MORNING = datetime(2026, 11, 25, 10, 42)  # noqa: DTZ001 -- a time on a picture
HERE = "#content"


class SampleForm(forms.Form):
    """One field of each kind, faulty on purpose."""

    name = forms.CharField(
        label="Name",
        help_text="As the person wants to be called.",
        error_messages={"required": "Write the person’s name"},
    )
    telephone = forms.RegexField(
        r"^\d{3}-\d{3} \d{2} \d{2}$",
        label="Telephone",
        widget=forms.TextInput(attrs={"class": "k-short", "inputmode": "tel"}),
        error_messages={
            "invalid": "The number has too few digits. It should be like 070-174 06 05"
        },
    )
    municipality = forms.ChoiceField(
        label="Home municipality",
        choices=[("norsjo", "Norsjö"), ("lycksele", "Lycksele")],
        widget=forms.Select(attrs={"class": "k-short"}),
    )
    interpreter = forms.ChoiceField(
        label="Is an interpreter needed?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Answer whether an interpreter is needed"},
    )
    days = forms.MultipleChoiceField(
        label="Which days suit?",
        choices=[("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label="Anything to think of?",
        help_text="For example hearing, sight, wheelchair, children who come along.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    told = forms.BooleanField(
        label="The person has been told how their data are used",
        error_messages={"required": "Tell the person first"},
    )


SAMPLE = {
    "name": "",
    "telephone": "070-174 06",
    "municipality": "lycksele",
    "note": "Finds stairs hard.",
}
STEPS = [
    Step("You got in touch", "done", text="8 September"),
    Step(
        "The first conversation",
        "done",
        HERE,
        "You told of your life and your work.",
        "Read what you told",
    ),
    Step("You go through what you can do", "now", text="18 of 24 parts are ready."),
    Step("You show what you can do", "later", text="An assessor sees you work."),
    Step("You get your paper", "later", text="Even if not everything is ready."),
]
PARTS = [
    Step("Your goal", "done", HERE),
    Step("School and courses", "done", HERE),
    Step("Work", "now", HERE),
    Step("Home and family", "later", HERE),
    Step("Associations and leisure", "later"),
]
TABS = [
    Tab("All", HERE, is_current=True, count=7),
    Tab("Conversations", HERE, count=2),
    Tab("Without count", HERE),
]
LEVELS = [
    Card("0", "Have not done", "لم أفعل ذلك", "ar", "rtl"),
    Card("1", "Done with help"),
    Card("2", "Done on my own"),
    Card("3", "Can teach others"),
]
ENOUGH = [
    Card("yes", "Assessable", "Story and evidence are enough."),
    Card("test", "Test needed", "Goes into the plan."),
    Card("no", "No basis", "Evidence is missing."),
]


def states() -> dict[str, Any]:
    """Return the values that the gallery shows."""
    return {
        "form": SampleForm(SAMPLE),
        "at": MORNING,
        "steps": STEPS,
        "parts": PARTS,
        "tabs": TABS,
        "levels": LEVELS,
        "enough": ENOUGH,
        "here": HERE,
        "ranks": list(enumerate(str(card.words) for card in LEVELS)),
    }


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; `?dir=rtl` and `?scheme=dark` turn the page."""
    if not settings.DEBUG:
        raise Http404
    turned = {name: request.GET.get(name, "") for name in ("dir", "scheme")}
    answer = page(request, "components/gallery.html", {**states(), **turned})
    answer.status_code = 200
    return answer
