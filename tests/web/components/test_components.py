"""The parts of pages, by what they say; how they look is on the gallery page."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from kunnig.web.components import controls, marks, rings
from kunnig.web.components.parts import Card, Fault, Step
from tests.factories import NOON


class PathForm(forms.Form):
    name = forms.CharField(error_messages={"required": "Write the name"})
    path = forms.ChoiceField(choices=[("a", "One"), ("b", "<Two>")], widget=forms.RadioSelect)


def rendered(source, **values):
    with translation.override("en"):
        return Template("{% load components %}" + source).render(Context(values))


def test_the_gallery_is_not_open_in_production(client, db):
    assert client.get(reverse("components:gallery")).status_code == 404


def test_the_gallery_shows_every_component(client, db, settings):
    settings.DEBUG = True

    response = client.get(reverse("components:gallery"))

    assert response.status_code == 200


def test_the_page_turns_where_the_gallery_is_asked_to(client, db, settings):
    settings.DEBUG = True

    response = client.get(reverse("components:gallery"), {"dir": "rtl", "scheme": "dark"})

    assert 'dir="rtl" data-color-scheme="dark"' in response.content.decode()


def test_saved_says_when():
    assert "Saved 12:00" in rendered('{% saved "saved" at %}', at=NOON)


def test_answers_that_wait_are_counted():
    assert "1 answer is not sent yet" in rendered('{% saved "waiting" count=1 %}')
    assert "2 answers are not sent yet" in rendered('{% saved "waiting" count=2 %}')


@pytest.mark.parametrize("moment", [NOON, NOON.date(), NOON.replace(tzinfo=None)])
def test_a_day_is_written_with_its_month_in_words(moment):
    with translation.override("en"):
        assert marks.day(moment) == "25 November 2026"


def test_facts_that_are_unknown_fall_away():
    text = rendered('{% facts "Case" number "Goal" goal %}', number="NOR-1", goal="")

    assert text == '<dl class="k-facts"><div><dt>Case</dt><dd>NOR-1</dd></div></dl>'


def test_what_people_write_is_never_read_as_markup():
    wild = "<script>alert(1)</script>"

    text = rendered(
        '{% voice by=it %}<p>{{ it }}</p>{% endvoice %}{% answer "a" it it %}{% have it %}'
        "{% facts it it %}{% panel it %}{% endpanel %}{% crumbs here=it %}"
        "{% error_summary faults=f %}",
        it=wild,
        f=[Fault(wild)],
    )

    assert "<script" not in text


def test_a_stem_is_the_same_for_one_person_and_another_for_the_next():
    first, again, other = (
        rings.rings(number, 5, core=8, outermost=100, middle=115) for number in (7, 7, 8)
    )

    assert first == again
    assert first != other


@pytest.mark.parametrize(("done", "total"), [(0, 0), (0, 1), (3, 24), (24, 24)])
def test_a_seal_has_a_ring_for_each_part_and_dashes_those_to_come(done, total):
    text = str(marks.seal(42, done, total))

    assert (text.count("<path"), text.count("to-come")) == (total, total - done)


def test_a_meter_has_a_box_for_each_part():
    text = str(marks.meter(2, 1, 5))

    assert (text.count("<span"), text.count('"on"'), text.count('"half"')) == (5, 2, 1)


def test_the_summary_leads_into_the_first_radio_of_a_question():
    with translation.override("en"):
        faults = list(controls.faults_of(PathForm({})))

    assert faults == [
        Fault("Write the name", "id_name"),
        Fault("This field is required.", "id_path_0"),
    ]


def test_a_form_that_is_not_sent_has_no_summary():
    assert rendered("{% error_summary form %}", form=PathForm()) == ""


def test_faults_of_the_whole_form_are_in_the_summary():
    form = PathForm({"name": "Amina", "path": "a"})
    form.add_error(None, "This was locked meanwhile.")

    assert "<li>This was locked meanwhile.</li>" in rendered("{% error_summary form %}", form=form)


def test_radios_become_cards_that_remember_the_choice():
    text = str(controls.choices_of(PathForm({"path": "b"})["path"], by="self"))

    assert 'data-by="self"' in text
    assert 'name="path" type="radio" value="b" checked' in text
    assert "&lt;Two&gt;" in text
    assert text.count("checked") == 1


def test_cards_of_plain_values_may_hold_an_empty_one():
    text = str(controls.cards("level", [Card("", "Not asked"), Card("1", "With help")], "1"))

    assert 'value=""' in text
    assert text.count(" checked") == 1


def test_an_answer_is_named_by_its_question_and_turns_with_its_text():
    text = rendered('{% answer "q" "Own words" "كنت" language="ar" question="q-q" hint="q-h" %}')

    assert '<span id="id_q_label">Own words</span>' in text
    assert 'aria-labelledby="q-q id_q_label"' in text
    assert 'aria-describedby="q-h"' in text
    assert 'dir="auto" id="id_q" lang="ar"' in text


def test_a_form_writes_label_help_and_fault_of_each_field():
    text = rendered("{{ form }}", form=PathForm({"path": "a"}))

    assert '<label class="ds-label" for="id_name">' in text
    assert '<legend class="ds-label">' in text
    assert 'id="id_name_error"' in text


def test_the_rail_says_where_one_is_for_those_who_see_it_folded():
    steps = [Step("Goal", "done", "/1"), Step("Work", "now", "/2"), Step("Home", "later")]

    text = rendered('{% rail steps "Parts" %}', steps=steps)

    assert "<summary>Parts, 2 of 3: Work</summary>" in text
    assert text.count('aria-current="step"') == 2


def test_a_list_of_one_page_has_no_way_to_another():
    assert rendered("{% pages %}") == ""


def test_a_removal_is_a_form_that_says_the_loss():
    text = rendered('{% removal "Remove it?" "Remove it" "/back" %}<p>Lost.</p>{% endremoval %}')

    assert '<form class="k-panel k-stack k-measure" method="post"' in text
    assert "<p>Lost.</p>" in text
