"""Photos and documents of evidence: sent from a page, seen through the doors, never run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kunnig.files.models import StoredFile
from kunnig.files.states import LARGEST
from kunnig.mapping import queries
from kunnig.portfolio.models import Evidence, EvidenceFile, RefereeWords
from kunnig.portfolio.queries import evidence_in, files_in
from kunnig.web.uploads import NoLargerThanTaken
from tests.factories import TODAY
from tests.files import sent
from tests.web.casefile.forms import fields_of
from tests.web.casefile.test_evidence import added, at

pytestmark = pytest.mark.django_db

RIGHT_TO_LEFT = "\u202e"


def sending(content, name="foto.jpg", told_to_be="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type=told_to_be)


@pytest.fixture
def shown(knock, case):
    """A photo that Amina has sent from her telephone, with what she tells of it."""
    added(knock("amina"), case, "candidate", sent=sending(sent.picture("HEIF"), "IMG_1.HEIC"))
    return EvidenceFile.objects.get()


def url_of(tie, case, audience="validator", name="file"):
    return at(name, case, audience, evidence=tie.evidence_id, file=tie.pk)


def text_of(response):
    return response.content.decode()


def test_a_photo_is_sent_with_what_is_told_and_shown_to_those_who_may_see_it(
    knock, case, shown, goran
):
    page = at("piece", case, "candidate", evidence=shown.evidence_id)
    assert url_of(shown, case, "candidate") in text_of(knock("amina").get(page))
    assert "Photo of Grades from Aleppo" in text_of(knock("amina").get(page))

    for who, audience in (("amina", "candidate"), ("ingrid", "validator")):
        response = knock(who).get(url_of(shown, case, audience))
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Disposition"] == "inline; filename*=UTF-8''IMG_1.jpg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "private, no-store"
        assert response.content.startswith(b"\xff\xd8\xff")
        assert sent.PLACE not in response.content
    for who in ("petra", "goran", "mirjam", "asta"):
        assert knock(who).get(url_of(shown, case)).status_code == 404


def test_a_document_is_saved_never_shown(knock, case):
    added(knock("ingrid"), case, sent=sending(sent.document(), "intyg.pdf"))
    tie = EvidenceFile.objects.get()

    response = knock("ingrid").get(url_of(tie, case))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''intyg.pdf"
    assert "Save intyg.pdf" in text_of(
        knock("ingrid").get(at("piece", case, evidence=tie.evidence_id))
    )


HOSTILE = {
    "a drawing with a script": (sent.SVG, "bild.svg", "image/svg+xml", "kind of file"),
    "a web page called a photo": (sent.HTML, "foto.jpg", "image/jpeg", "kind of file"),
    "nothing": (b"", "foto.jpg", "image/jpeg", "file is empty"),
    "a bomb": (sent.bomb(), "foto.png", "image/png", "too many pixels"),
    "a torn photo": (sent.picture(size=(99, 99))[:-400], "a.jpg", "image/jpeg", "cannot be read"),
    "what is too big": (sent.picture() + bytes(LARGEST), "a.jpg", "image/jpeg", "at most 25 MB"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_harms_is_refused_beside_its_box_and_nothing_told_is_lost(knock, case, what):
    content, name, told_to_be, words = HOSTILE[what]

    response = added(
        knock("amina"), case, "candidate", sent=sending(content, name, told_to_be), issuer="Skolan"
    )

    assert response.status_code == 422
    text = text_of(response)
    assert words in text
    assert 'aria-invalid="true"' in text
    assert 'value="Skolan"' in text
    assert 'value="Grades from Aleppo"' in text
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_name_that_fools_is_shown_as_what_it_is(knock, case):
    fooling = sending(sent.picture(), f"foto{RIGHT_TO_LEFT}gpj.html")

    added(knock("ingrid"), case, sent=fooling)

    tie = EvidenceFile.objects.get()
    assert tie.file.name == "fotogpj.jpg"
    assert RIGHT_TO_LEFT not in text_of(
        knock("ingrid").get(at("piece", case, evidence=tie.evidence_id))
    )


def test_a_file_is_asked_for_once_more_when_something_else_is_missing(knock, case):
    response = added(knock("ingrid"), case, title="", sent=sending(sent.picture()))

    assert response.status_code == 422
    assert "Choose the file once more" in text_of(response)


def test_what_is_sent_beyond_the_largest_is_not_handed_on():
    handler = NoLargerThanTaken()

    assert handler.receive_data_chunk(b"x", LARGEST) == b"x"
    assert handler.receive_data_chunk(b"x", LARGEST + 1) is None


def test_one_more_is_sent_once_taken_away_and_put_back(knock, case, shown):
    client = knock("ingrid")
    to = at("attach", case, evidence=shown.evidence_id)
    page = at("piece", case, evidence=shown.evidence_id)
    asked = fields_of(client.get(to), "novalidate") | {"is_translation": "on"}
    assert client.post(to, asked | {"sent": sending(sent.HTML)}).status_code == 422

    for _press in range(2):
        response = client.post(to, asked | {"sent": sending(sent.picture("PNG"), "o.png")})
        assert response["Location"] == page

    first, second = files_in(case).order_by("is_translation")
    assert (second.is_translation, second.file.kind) == (True, "png")
    client.post(url_of(first, case, name="take_away_file"))
    assert [*files_in(case)] == [second]
    assert client.get(url_of(first, case)).status_code == 404
    text = text_of(client.get(page))
    assert "Taken away: IMG_1.jpg" in text
    client.post(url_of(first, case, name="put_back_file"))
    assert {*files_in(case)} == {first, second}


def test_it_is_described_anew_and_must_be_seen_again(knock, case, shown):
    knock("ingrid").post(at("note_original", case, evidence=shown.evidence_id))
    to = at("describe_evidence", case, "candidate", evidence=shown.evidence_id)
    client = knock("amina")
    told = fields_of(client.get(to), "novalidate")
    assert told["title"] == ["Grades from Aleppo"]

    response = client.post(to, told | {"issued": "1999", "translation": "Betyg"}, follow=True)

    evidence = Evidence.objects.get()
    assert (evidence.issued, evidence.translation) == ("1999", "Betyg")
    assert evidence.original_seen_by is None
    assert "must see the original again" in text_of(response)


def test_it_is_taken_out_and_put_back_and_brought_from_another_case(
    knock, case, shown, amina, petra, county
):
    client = knock("ingrid")
    out = at("take_evidence_out", case, evidence=shown.evidence_id)
    back = at("take_evidence_in", case, evidence=shown.evidence_id)

    assert client.post(out)["Location"] == at("evidence", case)
    assert not evidence_in(case).exists()
    assert client.get(url_of(shown, case)).status_code == 404
    assert back in text_of(client.get(at("evidence", case)))
    client.post(back)
    assert evidence_in(case).count() == 1
    assert client.post(back).status_code == 404  # it is there already


def test_it_is_tied_to_questions_on_its_own_page(knock, case, in_depth, shown, question):
    to = at("tie_evidence", case, evidence=shown.evidence_id)
    client = knock("ingrid")
    assert str(question.pk) in text_of(client.get(to))

    client.post(to, {"question": [str(question.pk), "nonsense"]})

    assert [each.question for each in queries.supported_by(shown.evidence_id, case)] == [
        question.pk
    ]
    text = text_of(client.get(at("piece", case, evidence=shown.evidence_id)))
    assert reverse("validator:question", args=[in_depth.pk, question.pk]) in text
    out = client.post(at("take_evidence_out", case, evidence=shown.evidence_id), follow=True)
    assert "Take away the tick" in text_of(out)
    assert "checked" in text_of(client.get(to))
    client.post(to, {})
    assert queries.supported_by(shown.evidence_id, case) == []


def test_what_is_added_from_a_question_supports_it(knock, case, in_depth, question):
    client = knock("amina")
    asked = at("add_evidence", case, "candidate")
    of_question = reverse("candidate:question", args=[in_depth.pk, question.pk])
    link = f"{asked}?next={of_question}&amp;question={question.pk}"
    assert link in text_of(client.get(of_question))
    form = fields_of(
        client.get(asked, {"question": question.pk, "next": of_question}), "novalidate"
    )

    for _press in range(2):
        filled = {"kind": "photo", "title": "A cake", "sent": sending(sent.picture())}
        assert client.post(asked, form | filled)["Location"] == of_question

    (supported,) = queries.supported_by(Evidence.objects.get().pk, case)
    assert supported.question == question.pk


def test_without_an_open_mapping_there_is_nothing_to_tie_to(knock, case, shown):
    to = at("tie_evidence", case, evidence=shown.evidence_id)

    for response in (knock("ingrid").get(to), knock("ingrid").post(to, {})):
        assert "No in-depth mapping is open" in text_of(response)


def test_what_somebody_said_is_noted_once_and_read_by_the_person(knock, case, shown):
    to = at("note_referee", case, evidence=shown.evidence_id)
    client = knock("ingrid")
    said = fields_of(client.get(to), "novalidate") | {"words": "Hon kan", "means": "phone"}
    tomorrow = client.post(to, said | {"told_on": str(TODAY + timedelta(days=1))})
    assert (tomorrow.status_code, "in the future" in text_of(tomorrow)) == (422, True)

    for _press in range(2):
        client.post(to, said | {"told_on": str(TODAY)})

    assert RefereeWords.objects.count() == 1
    own = at("piece", case, "candidate", evidence=shown.evidence_id)
    text = text_of(knock("amina").get(own))
    assert "Hon kan" in text
    assert "section 27 of the Swedish Administrative Procedure Act" in text
    theirs = at("note_referee", case, "candidate", evidence=shown.evidence_id)
    assert "Somebody else must hear" in text_of(knock("amina").get(theirs))


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_page_costs_the_same_however_many_photos(
    knock, case, how_many, django_assert_num_queries
):
    client = knock("ingrid")
    added(client, case)
    evidence = Evidence.objects.get()
    to = at("attach", case, evidence=evidence.pk)
    for _one in range(how_many):
        asked = fields_of(client.get(to), "novalidate")
        client.post(to, asked | {"sent": sending(sent.picture())})

    client.get(at("piece", case, evidence=evidence.pk))  # which tells what was done, once
    with django_assert_num_queries(17):
        client.get(at("piece", case, evidence=evidence.pk))
