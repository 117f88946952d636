"""Amina Haddad comes to Ingrid in Norsjö; what she has done becomes a paper anyone can check."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kunnig.cases.models import Case
from kunnig.credentials.models import Paper
from kunnig.credentials.states import PaperKind
from kunnig.kernel import numbers
from kunnig.mapping.models import Answer
from kunnig.standards.models import Question
from tests.journeys.conftest import HER_NUMBER, PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

AMINA = "Amina Haddad"
CODE = "739154"
HERS, SWEDISH = "%(name)s’s own words", "In Swedish"
WISH = ("أريد أن أعمل في رعاية المسنين", "Jag vill arbeta med äldre")
WHY = "لأنني اعتنيت بجدتي أربع سنوات"
MATTERS = ("ابنتي في المدرسة حتى الرابعة", "Min dotter är i skolan till fyra")
WORK = "مساعدة ممرضة في حلب"
A_DAY = ("كنت أغسل المرضى وأساعدهم على الأكل", "Jag tvättade patienter och hjälpte dem att äta")
HOME = "رعاية جدتي"
CLAIM = ("لم أرفعها وحدي، بل رفعناها معًا", "Jag lyfte henne aldrig ensam, vi lyfte tillsammans")
NOTE = "Berättar säkert, med egna exempel från två platser"
EVIDENCE = "Praktikintyg från Fjällbruden"


@dataclass
class Meeting:
    """Who sits where, and how many of the questions there is time for."""

    ingrid: object
    amina: object
    questions: int

    @property
    def hers(self):
        return {"name": "Amina"}


@pytest.mark.parametrize(
    ("way", "language", "questions"),
    [
        pytest.param("pointer", "sv", 99, id="with a pointer"),
        pytest.param("keyboard", "en", 2, id="by keyboard only"),
        pytest.param("no scripts", "sv", 3, id="without scripts"),
        pytest.param("phone", "sv", 2, id="on a phone"),
    ],
)
def test_amina_s_own_words_become_a_paper_that_a_stranger_can_check(
    sit_down, clock, amina_signs_in, ingrid_signs_in, course, way, language, questions
):
    def device():
        return sit_down(way, language=language)

    ingrid = device()
    signs_in(ingrid, "ingrid")
    registers_the_case(ingrid)
    first_sitting(ingrid)
    ingrid.page.context.close()

    clock.go_on(days=2)
    meeting = Meeting(device(), device(), questions)
    signs_in(meeting.ingrid, "ingrid")
    signs_in(meeting.amina, "amina")
    second_sitting(meeting)
    they_write_at_the_same_time(meeting)
    amina_approves_on_her_own_device(meeting)
    ingrid_locks(meeting.ingrid)
    they_choose_the_way(meeting.ingrid)
    they_begin_in_depth(meeting.ingrid, course)
    they_go_through_the_questions(meeting, course)
    amina_approves_at_the_table(meeting.ingrid)
    locks(meeting.ingrid)
    they_make_the_papers(meeting)
    a_stranger_checks_the_paper(device())
    amina_sees_who_has_read(meeting.amina)


def signs_in(who, username):
    who.go("public:front")
    who.press_on(who.page.locator("header").get_by_role("link", name=who.say("Sign in")))
    who.is_at("Sign in")
    who.write("User name", username)
    who.write("Password", PASSWORD)
    who.press_on(who.page.locator("main").get_by_role("button", name=who.say("Sign in")))


# The case and the initial mapping.


def registers_the_case(ingrid):
    ingrid.reads("Nothing waits for you.")
    ingrid.go("validator:cases")
    ingrid.follow("New case")
    ingrid.is_at("Whom is the case about?")
    ingrid.write("Name", AMINA)
    ingrid.pick("Kind of number", "Personal identity number")
    ingrid.write("Number", HER_NUMBER)
    ingrid.press("Go on")
    ingrid.is_at("New case for <bdi>%(name)s</bdi>", name=AMINA)
    ingrid.choose("Why is it the home municipality?", "Registered there")
    ingrid.pick("Where does the person come from?", "Swedish for immigrants (sfi)")
    ingrid.write("Goal", "Undersköterska")
    ingrid.write("Purpose", "Läsa vidare utan att börja om")
    ingrid.pick("Language", "Arabic")
    ingrid.choose("Is an interpreter needed?", "Yes")
    ingrid.unfold("What the person shall be told")
    ingrid.choose("Information the person has been given", "Version %s")
    ingrid.press("Open the case")
    ingrid.is_at(AMINA)
    ingrid.hears(Case.objects.get().number)


def first_sitting(ingrid):
    ingrid.press("Begin")
    ingrid.unfold("This sitting: how you meet, and who interprets")
    ingrid.pick("How do you meet?", "We met")
    ingrid.write("Who interprets?", "Tolk 417")
    ingrid.press("Note the sitting")
    ingrid.reads("The sitting is noted.")
    writes(ingrid, "What do you want to do?", *WISH)
    writes(ingrid, "What matters in your life when you plan this?", *MATTERS)
    ingrid.until_saved()
    ingrid.press("Save and continue")
    ingrid.turn_to("Work")
    adds(ingrid, "What was the work?", WORK, "Work")
    ingrid.choose("How much?", "Full time")
    writes(ingrid, "What did you do on a usual day?", *A_DAY)
    ingrid.write("From when?", "våren 2012")
    ingrid.pause()


def writes(ingrid, question, told, rendered):
    """Write what Amina says, in her words and in Swedish."""
    ingrid.write(question, told, whose=HERS, name="Amina")
    ingrid.write(question, rendered, whose=SWEDISH, name="Amina")


def adds(ingrid, question, words, what):
    ingrid.write(question, words)
    ingrid.press("Add: %(what)s", what=ingrid.say(what))
    ingrid.reads("Written in")


def second_sitting(meeting):
    ingrid = meeting.ingrid
    ingrid.reads("Initial mapping under way")
    ingrid.follow("Go on")
    ingrid.is_at("Initial mapping")
    for words in (*WISH, *MATTERS, WORK, *A_DAY):
        ingrid.hears(words)
    assert Answer.objects.filter(value="våren 2012").exists()
    ingrid.follow("Go on writing")
    ingrid.turn_to("Home and family")
    adds(ingrid, "What have you done at home?", HOME, "Something done at home")
    writes(ingrid, "What was hardest?", *CLAIM)
    ingrid.until_saved()
    ingrid.press("Save and continue")
    ingrid.hears(HOME)


def they_write_at_the_same_time(meeting):
    ingrid, amina = meeting.ingrid, meeting.amina
    why = "Why do you want it?"
    for who in (ingrid, amina):
        if who is amina:
            who.follow("Go on")
        who.turn_to("Your goal")
        who.named("textbox", why, within=who.page.locator("form[data-autosave]")).first.wait_for()
    amina.write(why, WHY, whose="Your own words")
    amina.until_saved()
    amina.press("Save and continue")
    ingrid.write(why, "Hon vill hjälpa", whose=HERS, **meeting.hers)
    if not ingrid.HAS_SCRIPTS:
        ingrid.press("Save and continue")
    ingrid.is_asked_to_choose(AMINA)
    ingrid.hears(WHY)
    ingrid.choose_the_text_of(AMINA)
    kept = Answer.objects.filter(path="goal/why").order_by("-version").first()
    assert kept.value == WHY
    if ingrid.HAS_SCRIPTS:
        ingrid.press("Save and continue")


def amina_approves_on_her_own_device(meeting):
    ingrid, amina = meeting.ingrid, meeting.amina
    ingrid.follow("Read the whole mapping")
    ingrid.press("Ask for approval")
    ingrid.reads("The mapping is ready to be read and approved.")
    amina.follow("My details")
    amina.follow("Choose a code")
    amina.write("Your new code", CODE)
    amina.write("The same code again", CODE)
    amina.press("Choose the code")
    amina.reads("Your code is chosen. Keep it to yourself.")
    amina.follow("My case")
    amina.follow("Read and approve")
    for words in (*WISH, *MATTERS, WORK, *A_DAY, WHY, HOME, *CLAIM):
        amina.hears(words)
    amina.press("I approve this")
    amina.reads("You have approved what you told.")


def ingrid_locks(ingrid):
    ingrid.follow("To do")
    ingrid.follow("Read and lock")
    locks(ingrid)


def locks(ingrid):
    ingrid.press("Lock the mapping")
    ingrid.reads("The mapping is locked. Nobody can change it.")


# The way, and the in-depth mapping.


def they_choose_the_way(ingrid):
    to_the_case(ingrid)
    ingrid.follow("Choose the way")
    ingrid.choose("Which way?", "Validation as a student, within a course or level")
    ingrid.write("Why this way?", "Antagen till kursen, vi talade också om prövning")
    ingrid.press("Decide the way")
    ingrid.reads("The way is decided.")


def they_begin_in_depth(ingrid, course):
    ingrid.follow("Choose the target")
    ingrid.write("Code, name or subject", course.code)
    ingrid.press("Search")
    ingrid.press_on(ingrid.page.get_by_role("link", name=course.name).last)
    ingrid.press("Begin the in-depth mapping")
    ingrid.is_at("In-depth mapping")


def they_go_through_the_questions(meeting, course):
    ingrid = meeting.ingrid
    codes = codes_of(course)
    ingrid.follow("Go on with %(code)s", code=codes[0])
    for place, code in enumerate(codes[: meeting.questions]):
        answers(ingrid, code, is_first=place == 0)
        ingrid.until_saved()
        if code == codes[-1]:
            ingrid.press("Save and see the whole")
        else:
            ingrid.press("Save, next: %(code)s", code=codes[place + 1])
    if meeting.questions < len(codes):
        ingrid.follow("In-depth mapping")
    ingrid.is_at("In-depth mapping")
    done = min(meeting.questions, len(codes))
    ingrid.hears(
        ingrid.say_of(
            len(codes),
            "%(assessable)s of %(total)s question can be assessed",
            "%(assessable)s of %(total)s questions can be assessed",
            assessable=done,
            total=len(codes),
        )
    )


def codes_of(course):
    """Return the codes of the questions, in their order."""
    questions = Question.objects.filter(group__question_set__target=course)
    return list(questions.order_by("group__number", "number").values_list("code", flat=True))


def answers(ingrid, code, *, is_first):
    if is_first:
        adds_evidence(ingrid)
    ingrid.choose("How well do you know this?", "I have done it on my own")
    if is_first:
        ingrid.write("What %(name)s tells", CLAIM[0], whose=HERS, name="Amina")
        ingrid.write("What %(name)s tells", CLAIM[1], whose=SWEDISH, name="Amina")
        ingrid.tick(HOME)
    else:  # Swedish, told by its letters
        ingrid.write("What %(name)s tells", CLAIM[1], whose=HERS, name="Amina")
    if not is_first:  # what was added from a question is ticked there already
        ingrid.tick("Supports %(code)s", code=code)
    ingrid.write("Your note", NOTE)
    ingrid.choose("Is there enough to assess?", "Can be assessed")


def adds_evidence(ingrid):
    ingrid.follow("Add evidence")
    ingrid.choose("What is it?", "Certificate or licence")
    ingrid.write("What do you call it?", EVIDENCE)
    ingrid.write("From whom?", "Fjällbruden")
    ingrid.write("From when?", "juni 2026")
    ingrid.press("Add the evidence")
    ingrid.hears(EVIDENCE)


def amina_approves_at_the_table(ingrid):
    ingrid.follow("Read it all and ask for approval")
    ingrid.press("Ask for approval")
    for words in (*CLAIM, NOTE, EVIDENCE):
        ingrid.hears(words)
    ingrid.write("Your own code", CODE)
    ingrid.press("I am %(name)s, and I approve this", name="Amina")
    ingrid.reads("%(name)s has approved the mapping.", name=AMINA)


# The papers.


def to_the_case(ingrid):
    ingrid.press_on(ingrid.page.locator("main nav").get_by_role("link", name=AMINA))


def they_make_the_papers(meeting):
    ingrid, amina = meeting.ingrid, meeting.amina
    to_the_case(ingrid)
    ingrid.follow("Papers")
    for _ in ("the initial mapping", "the in-depth mapping"):
        ingrid.press("Make the paper")
        ingrid.reads("The paper %(number)s is made. You can fetch it here.")
    amina.follow("My papers")
    made = amina.fetch("Fetch as PDF")
    assert made.startswith(b"%PDF")
    assert Paper.objects.count() == 2


def a_stranger_checks_the_paper(stranger):
    paper = Paper.objects.get(kind=PaperKind.IN_DEPTH)
    stranger.go("public:front")
    stranger.follow("Check a paper")
    stranger.write("Code", paper.number)
    stranger.press("Check the paper")
    stranger.reads("One thing needs correcting")
    stranger.write("Code", numbers.grouped(paper.code).lower())
    stranger.press("Check the paper")
    stranger.reads("Unchanged. Not an assessment.")
    stranger.reads("Summary of in-depth mapping – not assessed")
    for words in (*AMINA.split(), EVIDENCE, NOTE):
        stranger.hears_nothing_of(words)


def amina_sees_who_has_read(amina):
    amina.follow("Who has read?")
    amina.hears("Ingrid Sandström")
    amina.reads("Somebody who has the code")
