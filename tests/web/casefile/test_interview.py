"""The initial mapping as an interview, written by the plain form: nothing needs a script."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from kunnig.audit.models import Entry
from kunnig.cases.states import Part
from kunnig.mapping import queries
from kunnig.mapping.interview import SECTIONS
from kunnig.mapping.models import Answer, Mapping, Sitting
from kunnig.mapping.states import Mode, Side
from tests.stories import settled
from tests.web.casefile.forms import fields_of

pytestmark = pytest.mark.django_db

WISH = "wish-original"


def page(draft, section="goal", audience="validator"):
    return reverse(f"{audience}:interview", kwargs={"pk": draft.pk, "section": section})


def texts(draft, path="goal/wish", side=Side.ORIGINAL):
    answers = Answer.objects.filter(mapping=draft, path=path, side=side).order_by("version")
    return list(answers.values_list("value", flat=True))


def test_a_mapping_begins_with_one_button_and_only_once(knock, case):
    url = reverse("validator:start_initial", kwargs={"pk": case.pk})

    answers = [knock("ingrid").post(url) for _press in range(2)]

    draft = Mapping.objects.get()
    assert {answer["Location"] for answer in answers} == {page(draft)}


def test_who_may_not_map_is_told_why(knock, case):
    url = reverse("validator:start_initial", kwargs={"pk": case.pk})

    response = knock("eva").post(url, follow=True)

    assert "Only validators and counsellors of the board map." in response.content.decode()
    assert not Mapping.objects.exists()


@pytest.mark.parametrize("section", [section.code for section in SECTIONS])
def test_every_part_is_a_page_with_the_others_beside_it(knock, draft, section):
    response = knock("ingrid").get(page(draft, section))

    text = response.content.decode()
    assert response.status_code == 200
    for each in SECTIONS:
        assert page(draft, each.code) in text


def test_how_the_mapper_is_to_write_is_told_to_the_mapper_alone(knock, draft):
    for_the_mapper = ("The person reads this.", "Who does what, and when.")
    url = page(draft, "next", "candidate")

    own = knock("amina").get(url).content.decode()

    assert "Alternatives we talked about" in own
    assert not any(words in own for words in for_the_mapper)
    theirs = knock("ingrid").get(page(draft, "next")).content.decode()
    assert all(words in theirs for words in for_the_mapper)


def test_neighbours_and_colleagues_not_let_in_do_not_find_it(knock, draft):
    for who in ("petra", "maj", "lars", "mirjam", "goran"):
        for audience in ("validator", "candidate", "assessor"):
            response = knock(who).get(page(draft, audience=audience))
            assert response.status_code == 404, (who, audience)


def test_the_candidate_finds_their_own_and_the_mapper_not_through_that_door(knock, draft):
    assert knock("amina").get(page(draft, audience="candidate")).status_code == 200
    assert knock("amina").get(page(draft)).status_code == 404
    assert knock("ingrid").get(page(draft, audience="candidate")).status_code == 404


def test_a_part_that_is_not_asked_is_not_found(knock, draft):
    assert knock("ingrid").get(page(draft, "faith")).status_code == 404


def test_one_form_saves_the_whole_page_and_goes_on_to_the_next_part(knock, draft):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft)))

    sent |= {
        WISH: "أريد أن أعمل\r\nمع كبار السن",
        "wish-rendering": "Jag vill arbeta",
        "why-original": "?",
    }
    response = client.post(page(draft), sent)

    assert response["Location"] == page(draft, "education")
    assert texts(draft) == ["أريد أن أعمل\nمع كبار السن"]
    assert texts(draft, side=Side.RENDERING) == ["Jag vill arbeta"]
    assert texts(draft, "goal/why") == ["?"]


def test_what_was_not_touched_is_not_written_again(knock, draft):
    client = knock("ingrid")
    client.post(page(draft), fields_of(client.get(page(draft))) | {WISH: "One\r\ntwo\r\n"})

    client.post(page(draft), fields_of(client.get(page(draft))))

    assert texts(draft) == ["One\ntwo\n"]


def test_a_form_sent_twice_saves_once(knock, draft):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft))) | {WISH: "Cook"}

    answers = [client.post(page(draft), sent) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert texts(draft) == ["Cook"]


def test_the_back_button_and_other_words_lose_nothing(knock, draft):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft)))
    client.post(page(draft), sent | {WISH: "Cook"})

    response = client.post(page(draft), sent | {WISH: "Bake"})

    assert response.status_code == 422
    assert {"Cook", "Bake"} <= {fields_of(response)["wish-original-mine"][0], *texts(draft)}


def test_two_who_write_in_different_fields_are_merged(knock, draft, say, amina):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft)))
    say(draft, "It is calm", by=amina, path="goal/why")

    response = client.post(page(draft), sent | {WISH: "Cook"})

    assert response.status_code == 302
    assert (texts(draft), texts(draft, "goal/why")) == (["Cook"], ["It is calm"])


def test_two_who_write_in_the_same_field_choose_between_both_texts(knock, draft, say, amina):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft)))
    say(draft, "Bake", by=amina)

    response = client.post(page(draft), sent | {WISH: "Cook", "why-original": "It is calm"})

    text = response.content.decode()
    assert response.status_code == 422
    assert "You and Amina Haddad have changed the same answer" in text
    assert "Someone else changed this" in text
    # What was in no conflict is saved at once, and nothing typed is lost.
    assert (texts(draft), texts(draft, "goal/why")) == (["Bake"], ["It is calm"])
    assert fields_of(response)["wish-original-mine"] == ["Cook"]


@pytest.mark.parametrize(
    ("choice", "together", "kept"),
    [
        ("mine", "", ["Bake", "Cook"]),
        ("theirs", "", ["Bake"]),
        ("mine", "Bake and cook", ["Bake", "Bake and cook"]),
    ],
)
def test_the_choice_in_a_conflict_is_a_persons(knock, draft, say, amina, choice, together, kept):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft)))
    say(draft, "Bake", by=amina)
    conflict = client.post(page(draft), sent | {WISH: "Cook"})

    chosen = fields_of(conflict) | {"wish-original-choice": choice, WISH: together}
    response = client.post(page(draft), chosen)

    assert response.status_code == 302
    assert texts(draft) == kept


def test_what_cannot_be_kept_comes_back_with_a_message_beside_it(knock, draft):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft)))

    response = client.post(page(draft), sent | {WISH: "x" * 20_001, "why-original": "Calm"})

    text = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error:" in " ".join(text.split())
    assert 'href="#wish-original"' in text
    assert 'aria-invalid="true"' in text
    assert fields_of(response)[WISH] == ["x" * 20_001]
    assert texts(draft, "goal/why") == ["Calm"]


def test_what_was_typed_while_someone_locked_it_stays_on_the_page(knock, told, ingrid):
    draft, _entry = told
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft)))
    settled(draft, by=ingrid)

    response = client.post(page(draft), sent | {WISH: "Cook"})

    assert response.status_code == 422
    assert "The mapping is locked" in response.content.decode()
    assert fields_of(response)[WISH] == ["Cook"]


def test_what_is_locked_is_read_not_written(knock, told, ingrid):
    draft, _entry = told
    settled(draft, by=ingrid)

    response = knock("ingrid").get(page(draft))

    text = response.content.decode()
    assert fields_of(response) == {}
    assert "autosave.js" not in text
    assert "The mapping is locked" in text
    assert reverse("validator:new_version", kwargs={"pk": draft.pk}) in text
    assert queries.sheet_of(draft).text("goal/wish") in text


def test_the_person_alone_sees_no_field_in_swedish_and_no_field_of_the_mappers(knock, draft):
    fields = fields_of(knock("amina").get(page(draft, "next", "candidate")))

    assert {name for name in fields if name.endswith("-base")} == {"own_thoughts-original-base"}


def test_the_mapper_writes_notes_that_the_person_reads(knock, draft):
    client = knock("ingrid")
    sent = fields_of(client.get(page(draft, "next")))
    client.post(page(draft, "next"), sent | {"areas-note": "Care of the elderly"})

    response = knock("amina").get(page(draft, "next", "candidate"))

    assert "Care of the elderly" in response.content.decode()


def test_words_are_marked_with_the_language_that_was_chosen(knock, draft):
    client = knock("ingrid")
    first = client.get(page(draft))
    # Until something is said, the letters tell: Latin ones are Swedish where Arabic is spoken.
    assert fields_of(first)["wish-original-language"] == ["qaa"]
    client.post(page(draft), fields_of(first) | {"why-original": "Det är lugnt"})
    assert fields_of(client.get(page(draft)))["why-original-language"] == ["sv"]
    client.post(page(draft), fields_of(first) | {"matters-original": "الأطفال"})
    assert fields_of(client.get(page(draft)))["matters-original-language"] == ["ar"]

    client.post(
        page(draft), fields_of(first) | {WISH: "Jag lagar mat", "wish-original-language": "sv"}
    )

    assert Answer.objects.get(path="goal/wish").language == "sv"
    assert "Not in Swedish" not in client.get(page(draft)).content.decode()


def test_words_that_changed_since_are_confirmed_in_swedish_by_a_person_only(
    knock, draft, say, amina, ingrid
):
    say(draft, "أطبخ", by=amina)
    say(draft, "Jag lagar mat", by=ingrid, side=Side.RENDERING, language="sv")
    say(draft, "أطبخ كثيرا", by=amina, base=1)
    client = knock("ingrid")

    client.post(page(draft), fields_of(client.get(page(draft))))
    assert list(queries.gaps_of(queries.sheet_of(draft))) == ["goal/wish"]

    confirmed = fields_of(client.get(page(draft))) | {"wish-rendering-confirm": "yes"}
    client.post(page(draft), confirmed)
    assert list(queries.gaps_of(queries.sheet_of(draft))) == []


def test_a_choice_can_be_taken_away(knock, draft):
    client = knock("ingrid")
    digital = page(draft, "digital")
    client.post(digital, fields_of(client.get(digital)) | {"find-original": "alone"})

    response = client.post(digital, fields_of(client.get(digital)) | {"clear": "find-original"})

    assert response["Location"] == digital
    assert texts(draft, "digital/find") == ["alone", ""]


def test_a_pause_leads_to_the_whole_mapping(knock, draft):
    client = knock("ingrid")

    response = client.post(page(draft), fields_of(client.get(page(draft))) | {"pause": "yes"})

    assert response["Location"] == reverse("validator:mapping", kwargs={"pk": draft.pk})


def test_reading_is_noted_once_for_the_mapper_and_never_for_the_person(knock, draft):
    knock("ingrid").get(page(draft))
    knock("amina").get(page(draft, audience="candidate"))

    assert [entry.verb for entry in Entry.objects.filter(is_reading=True)] == ["mapping.read"]


def test_how_a_sitting_is_held_is_noted(knock, draft):
    url = reverse("validator:sitting", kwargs={"pk": draft.pk})
    sent = {"mode": Mode.VIDEO, "interpreter": "Tolk 4411", "next": page(draft, "work")}

    response = knock("ingrid").post(url, sent)

    sitting = Sitting.objects.get()
    assert (sitting.mode, sitting.interpreter) == (Mode.VIDEO, "Tolk 4411")
    assert response["Location"] == page(draft, "work")
    told = knock("ingrid").get(reverse("validator:mapping", kwargs={"pk": draft.pk}))
    assert "<bdi>Ingrid Sandström</bdi>. By video, interpreter: Tolk 4411" in told.content.decode()


def test_a_sitting_sends_nobody_to_another_house(knock, draft):
    url = reverse("validator:sitting", kwargs={"pk": draft.pk})

    response = knock("ingrid").post(url, {"mode": Mode.VIDEO, "next": "https://example.com/"})

    assert response["Location"] == reverse("validator:mapping", kwargs={"pk": draft.pk})


def test_earlier_versions_of_an_answer_are_read_with_who_wrote_them(
    knock, draft, say, amina, ingrid
):
    say(draft, "Cook", by=amina)
    say(draft, "Bake", by=ingrid, base=1)
    url = reverse("validator:history_of_answer", kwargs={"pk": draft.pk})

    text = knock("ingrid").get(f"{url}?path=goal/wish&side=original").content.decode()

    assert text.index("Bake") < text.index("Cook")
    assert knock("ingrid").get(f"{url}?path=goal/nothing&side=original").status_code == 404
    assert knock("ingrid").get(f"{url}?path=goal/wish&side=x").status_code == 404


def bring_back(client, draft, version, *, base, operation=None):
    """Press the button of an earlier version, on a page that showed `base` as the latest."""
    url = reverse(
        "validator:history_of_answer",
        kwargs={"pk": draft.pk},
        query={"path": "goal/wish", "side": "original"},
    )
    sent = {"version": version, "base": base, "operation": operation or uuid4()}
    return client.post(url, sent, follow=True)


def test_an_earlier_version_is_brought_back_once_and_those_between_are_kept(
    knock, draft, say, amina, ingrid
):
    say(draft, "Cook", by=amina)
    say(draft, "Bake", by=ingrid, base=1)
    operation = uuid4()

    for _twice in range(2):
        answer = bring_back(knock("ingrid"), draft, 1, base=2, operation=operation)

        assert "The earlier words are back" in answer.content.decode()
        assert texts(draft) == ["Cook", "Bake", "Cook"]
    assert Answer.objects.get(path="goal/wish", version=3).by == ingrid
    assert bring_back(knock("ingrid"), draft, 9, base=3).status_code == 404


def test_nothing_is_brought_back_over_what_the_page_did_not_show(knock, draft, say, amina, ingrid):
    say(draft, "Cook", by=amina)
    say(draft, "Bake", by=ingrid, base=1)
    say(draft, "Drive", by=amina, base=2)

    answer = bring_back(knock("ingrid"), draft, 1, base=2)

    assert "Someone else changed this meanwhile" in answer.content.decode()
    assert texts(draft) == ["Cook", "Bake", "Drive"]


def test_who_may_not_write_brings_nothing_back(knock, draft, say, let_in, amina, ingrid, lars):
    say(draft, "Cook", by=amina)
    say(draft, "Bake", by=ingrid, base=1)

    let_in(draft.case, lars, Part.WHOLE)

    answer = bring_back(knock("lars"), draft, 1, base=2)

    assert "You need a current qualification" in answer.content.decode()
    assert "Bring these words back" not in answer.content.decode()
    assert texts(draft) == ["Cook", "Bake"]


def test_somebody_else_who_has_signed_in_since_saves_none_of_ones_words(knock, draft):
    url = page(draft, "goal")
    sent = fields_of(knock("ingrid").get(url), "novalidate") | {"wish-original": "Cook"}

    for _twice in range(2):
        response = knock("karin").post(url, sent)

        assert response.status_code == 422
        assert "Someone else was signed in when this was written." in response.content.decode()
        sent = fields_of(response, "novalidate")
        assert sent["wish-original"] == ["Cook"]
    assert texts(draft) == []


def test_what_is_sent_signed_out_comes_back_after_signing_in_and_only_to_its_author(
    client, draft, ingrid, karin
):
    password = "tjugo kilo lingon"
    for person in (ingrid, karin):
        person.set_password(password)
        person.username = person.name.split()[0].casefold()
        person.save(update_fields=["password", "username"])
    client.force_login(ingrid)
    sent = fields_of(client.get(page(draft))) | {WISH: "Jag vill arbeta"}
    client.logout()

    door = client.post(page(draft), sent)
    assert door.status_code == 401
    assert "Not saved: you are signed out" in door.content.decode()
    carried = fields_of(door, "action", reverse("public:sign_in"))

    def signs_in(person):
        known = {"username": person.username, "password": password}
        return client.post(reverse("public:sign_in"), carried | known, follow=True)

    assert "Jag vill arbeta" not in signs_in(karin).content.decode()
    client.logout()
    back = signs_in(ingrid)
    assert '<blockquote dir="auto">Jag vill arbeta</blockquote>' in back.content.decode()
    assert texts(draft) == []
    client.post(page(draft), fields_of(back, "action", page(draft)))
    assert texts(draft) == ["Jag vill arbeta"]
