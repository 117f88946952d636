"""What papers say, as people would get them: Amina's two, and the longest that we promise."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kunnig.credentials.formats import law
from kunnig.credentials.formats.snapshot import (
    Approval,
    AskedOf,
    Both,
    Entry,
    Evidence,
    Fact,
    Frame,
    Group,
    Holder,
    InDepthSnapshot,
    InitialSnapshot,
    Issuer,
    LifeField,
    MappedTarget,
    Origin,
    Said,
    Sitting,
    Told,
)
from kunnig.credentials.states import PaperKind

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
TODAY = NOON.date()
SWEDISH = Both("svenska", "Swedish")
ARABIC = Both("arabiska", "Arabic")
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    '<path fill="#3a2f6b" d="M4 4h40v24c0 10-9 15-20 18C13 43 4 38 4 28z"/>'
    '<path fill="#fff" d="M12 26l6-10 5 7 4-5 9 8v4H12z"/></svg>'
)
VERIFY_AT = "https://kunnig.example/verify/"


def in_swedish(text: str) -> Said:
    return Said(text, "sv", SWEDISH)


def in_arabic(text: str, rendering: str) -> Said:
    return Said(text, "ar", ARABIC, rendering)


ISSUER = Issuer(
    organisation="Norsjö kommun",
    board="Utbildningsnämnden",
    contact="0918-140 00, utbildning@norsjo.example",
    logo_svg=LOGO,
)
AMINA = Holder(name="Amina Haddad", birth_date=date(1984, 5, 17), home_municipality="Norsjö")
ORIGIN = Origin(
    case_number="2026-KQ7XM",
    version=1,
    mapping_hash="9b" * 32,
    mappers=("Ingrid Lundmark",),
    sittings=(
        Sitting(date(2026, 11, 3), Both("vi möttes", "we met"), interpreted=True),
        Sitting(date(2026, 11, 10), Both("på video", "by video"), interpreted=False),
    ),
    locked_on=TODAY,
    approval=Approval(
        by="Amina Haddad",
        approved_at=NOON,
        how=Both("vid bordet, med egen kod", "at the table, with a code of their own"),
    ),
)

FROM_WHEN = Both("Från när?", "From when?")
COUNTRY = Both("I vilket land?", "In which country?")
EXTENT = Both("Hur mycket?", "How much?")
USUAL_DAY = Both("Vad gjorde du en vanlig dag?", "What did you do on a usual day?")
HARDEST = Both("Vad var svårast?", "What was hardest?")
ANSWERED_FOR = Both("Vad ansvarade du för?", "What did you answer for?")

CARE_FOR_MOTHER = in_arabic(
    "كنت أساعد أمي كل صباح على الاستحمام وارتداء الملابس، وأقيس ضغط الدم والسكر مرتين في اليوم، "
    "وأكتب الأرقام في دفتر صغير.\n\nكنت أطبخ لها طعامًا بلا ملح.",
    "Varje morgon hjälpte jag mamma att duscha och klä på sig, mätte blodtryck och blodsocker två "
    "gånger om dagen och skrev siffrorna i en liten bok.\n\nJag lagade mat utan salt åt henne.",
)
SHIFT = in_swedish(
    "Jag började sju. Först rapport från natten, sedan morgonhjälp hos fem personer. Jag delade "
    "frukost, bäddade, duschade den som ville och skrev i pärmen vad jag hade sett."
)
LAUNDRY = in_arabic(
    "كنت مسؤولة عن غرفة الغسيل وعن مفاتيح المخزن.",
    "Jag ansvarade för tvättstugan och för nycklarna till förrådet.",
)


def frame(kind: PaperKind, **changes: Any) -> Frame:
    words = law.on(TODAY).words[kind]
    whole = Frame(
        language="en",
        issuer=ISSUER,
        holder=AMINA,
        origin=ORIGIN,
        law=Both(words["sv"], words["en"]),
        verify_at=VERIFY_AT,
    )
    return replace(whole, **changes)


def initial(**changes: Any) -> InitialSnapshot:
    """Return Amina's summary of her initial mapping: two pages."""
    whole = InitialSnapshot(
        frame=frame(PaperKind.INITIAL),
        goal=(
            Told(
                Both("Vad vill du göra?", "What do you want to do?"),
                in_arabic("أريد أن أعمل ممرضة مساعدة.", "Jag vill arbeta som undersköterska."),
            ),
        ),
        life=(
            LifeField(
                Both("Arbete", "Work"),
                entries=(
                    Entry(
                        in_swedish("Vikarie på äldreboende, Norsjö"),
                        facts=(
                            Fact(FROM_WHEN, said=in_swedish("våren 2023")),
                            Fact(COUNTRY, said=in_swedish("Sverige")),
                            Fact(EXTENT, chosen=Both("Deltid", "Part time")),
                        ),
                        told=(Told(USUAL_DAY, SHIFT),),
                    ),
                ),
            ),
            LifeField(
                Both("Hem och familj", "Home and family"),
                entries=(
                    Entry(
                        in_arabic("رعاية أمي المريضة", "Vårdade min mamma"),
                        facts=(
                            Fact(FROM_WHEN, said=in_swedish("1998, kanske tidigare")),
                            Fact(COUNTRY, said=in_arabic("سوريا", "Syrien")),
                        ),
                        told=(Told(USUAL_DAY, CARE_FOR_MOTHER),),
                    ),
                ),
            ),
            LifeField(
                Both("Språk", "Languages"),
                entries=(
                    Entry(
                        in_swedish("Arabiska"),
                        facts=(
                            Fact(Both("Tala", "Speak"), chosen=Both("Mycket bra", "Very well")),
                            Fact(Both("Skriva", "Write"), chosen=Both("Mycket bra", "Very well")),
                        ),
                    ),
                ),
            ),
        ),
        evidence=(
            Evidence(
                kind=Both("Intyg från arbetsgivare", "Statement from an employer"),
                title="Arbetsintyg, Tallbackens äldreboende",
                issuer="Norsjö kommun",
                country="Sverige",
                issued="2025",
                original_seen_by="Ingrid Lundmark",
                original_seen_on=date(2026, 11, 3),
            ),
        ),
        own_thoughts=(),
        conclusions=(
            Told(
                Both("Vad som kan vara värt att validera", "What may be worth validating"),
                in_swedish("Vård och omsorg: hygien, mat och observation av hälsa."),
            ),
            Told(
                Both("Alternativ vi talade om", "Alternatives we talked about"),
                in_swedish("Validering mot Vård- och omsorgsarbete 1, eller kurs från början."),
            ),
            Told(
                Both("Nästa steg", "The next step"),
                in_swedish("Ingrid bokar en fördjupad kartläggning före jul."),
            ),
        ),
    )
    return replace(whole, **changes)


ESTIMATES = {
    "not_done": Both("Jag har inte gjort det", "I have not done it"),
    "with_help": Both("Jag har gjort det med hjälp", "I have done it with help"),
    "on_my_own": Both("Jag har gjort det på egen hand", "I have done it on my own"),
    "can_teach": Both("Jag kan lära andra", "I can teach others"),
}
BASES = {
    "assessable": Both("Går att bedöma", "Can be assessed"),
    "test_needed": Both("Prov behövs", "Test needed"),
    "no_basis": Both("Inget underlag än", "No basis yet"),
}
QUESTIONS = (
    Both("Hur hjälper du en person att tvätta sig?", "How do you help somebody wash?"),
    Both(
        "Vad gör du för att smitta inte ska spridas?",
        "What do you do so that infection does not spread?",
    ),
    Both("Hur ser du att någon mår sämre?", "How do you notice that somebody feels worse?"),
    Both("Hur äter den som har svårt att svälja?", "How does one eat who has trouble swallowing?"),
)


def question(number: int) -> AskedOf:
    """Return what was told about one question; they differ as people's answers do."""
    estimate = tuple(ESTIMATES)[(number * 7 + 3) % 4]
    basis = ("assessable", "test_needed", "assessable", "no_basis")[number % 4]
    return AskedOf(
        code=f"{'ABCDEFGHIJ'[(number - 1) // 4]}{(number - 1) % 4 + 1}",
        asked=QUESTIONS[number % 4],
        estimate=estimate,
        estimate_words=ESTIMATES[estimate],
        basis=basis,
        basis_words=BASES[basis],
        claim=None if estimate == "not_done" else (CARE_FOR_MOTHER, SHIFT, LAUNDRY)[number % 3],
        learnt=(in_swedish("Vikarie på äldreboende, Norsjö"),) if number % 2 else (),
        evidence=(1,) if number % 3 == 0 else (),
        note=in_swedish("Visade på plats hur hon gör.") if number % 5 == 0 else None,
    )


def in_depth(questions: int = 16, **changes: Any) -> InDepthSnapshot:
    """Return Amina's summary of her in-depth mapping, with as many questions as asked for."""
    numbers = range(1, questions + 1)
    groups = tuple(
        Group(
            code="ABCDEFGHIJ"[start // 4],
            title=Both("Hygien och omvårdnad", "Hygiene and care"),
            questions=tuple(question(n) for n in numbers[start : start + 4]),
        )
        for start in range(0, questions, 4)
    )
    whole = InDepthSnapshot(
        frame=frame(PaperKind.IN_DEPTH),
        targets=(
            MappedTarget(
                code="VAOVAR01",
                name="Vård- och omsorgsarbete 1",
                english_name="Health and social care work 1",
                subject="Vård och omsorg",
                version=1,
                valid_from=date(2011, 7, 1),
                owner="Skolverket",
                groups=groups,
            ),
        ),
        evidence=initial().evidence,
    )
    return replace(whole, **changes)


IN_ARABIC = {
    "arabiska": "العربية",
    "svenska": "السويدية",
    "vi möttes": "التقينا",
    "på video": "عبر الفيديو",
    "vid bordet, med egen kod": "على الطاولة، برمز خاص به",
    "Från när?": "من متى؟",
    "I vilket land?": "في أي بلد؟",
    "Hur mycket?": "ما المقدار؟",
    "Vad gjorde du en vanlig dag?": "ماذا كنت تفعل في يوم عادي؟",
    "Vad vill du göra?": "ماذا تريد أن تفعل؟",
    "Arbete": "العمل",
    "Deltid": "دوام جزئي",
    "Hem och familj": "البيت والأسرة",
    "Språk": "اللغات",
    "Intyg från arbetsgivare": "شهادة من صاحب العمل",
    "Går att bedöma": "قابل للتقييم",
    "Hygien och omvårdnad": "النظافة والرعاية",
    "Hur hjälper du en person att tvätta sig?": "كيف تساعد شخصًا على الاغتسال؟",
}
ANYTHING_IN_ARABIC = "نص بالعربية (مثال 1)، وفيه كلمة Kunnig ورقم 2026."


def beside_arabic(whole: Any) -> Any:
    """Return the same paper, or any part of one, with Arabic beside the Swedish."""
    if isinstance(whole, Both):
        return Both(whole.sv, IN_ARABIC.get(whole.sv, ANYTHING_IN_ARABIC))
    if isinstance(whole, tuple):
        return tuple(map(beside_arabic, whole))
    if isinstance(whole, Frame):
        (kind,) = (k for k, words in law.on(TODAY).words.items() if words["sv"] == whole.law.sv)
        beside = Both(whole.law.sv, law.on(TODAY).words[kind]["ar"])
        parts = {"origin": beside_arabic(whole.origin), "law": beside, "language": "ar"}
        return replace(whole, **parts)
    if is_dataclass(whole) and not isinstance(whole, type):
        parts = {each.name: getattr(whole, each.name) for each in fields(whole)}
        return replace(whole, **{name: beside_arabic(part) for name, part in parts.items()})
    return whole
