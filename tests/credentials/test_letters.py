"""The letters of papers: every language that people speak here, and what cannot be printed."""

import pytest

from kunnig.credentials.formats import letters

LOST = letters.UNPRINTABLE
IN_THEIR_OWN_LETTERS = {
    "am": "ሰላም፣ በየቀኑ ምግብ እሠራ ነበር።",
    "ar": "كنت أساعد أمي كل صباح",
    "bg": "Всяка сутрин помагах на майка си",
    "bn": "আমি প্রতিদিন রান্না করতাম",
    "ckb": "هەموو بەیانییەک یارمەتی دایکمم دەدا",
    "el": "Κάθε πρωί βοηθούσα τη μητέρα μου",
    "fa": "هر روز صبح به مادرم کمک می‌کردم",
    "hi": "मैं हर दिन खाना बनाता था",
    "ka": "ყოველ დილით დედას ვეხმარებოდი",
    "kmr": "Her sibe min alîkariya diya xwe dikir",
    "my": "ကျွန်တော် နေ့တိုင်း ချက်ပြုတ်ခဲ့တယ်",
    "ne": "म हरेक दिन खाना पकाउँथें",
    "ps": "هره ورځ مې له مور سره مرسته کوله",
    "ru": "Каждое утро я помогал маме",
    "se": "Juohke iđida mun veahkehin eatnán ŋ č š ž đ ŧ",
    "sma": "Fïerhten aerede manne tjidtjem viehkiehtim",
    "so": "Subax kasta hooyaday ayaan caawin jiray",
    "sr": "Свако јутро сам помагао мајци",
    "sv": "Varje morgon hjälpte jag mamma – ”så här”, 40 % …",
    "ta": "நான் தினமும் சமைத்தேன்",
    "th": "ฉันทำอาหารทุกวัน",
    "ti": "ኩሉ ንግሆ ንኣደይ እሕግዛ ነይረ",
    "tr": "Her sabah anneme yardım ederdim, ığüşöç",  # noqa: RUF001 -- a letter of Turkish
    "uk": "Щоранку я допомагав мамі, ґєїі",
    "ur": "میں ہر صبح اپنی ماں کی مدد کرتا تھا",
    "vi": "Mỗi sáng tôi giúp mẹ",
    "yi": "איך האָב געהאָלפֿן מיין מאַמע",
}


@pytest.mark.parametrize("words", IN_THEIR_OWN_LETTERS.values(), ids=list(IN_THEIR_OWN_LETTERS))
def test_the_languages_of_the_county_are_printed_as_they_were_written(words):
    assert letters.printable(words) == words


def test_what_no_font_has_is_shown_as_a_sign_once_for_each_stretch():
    assert letters.printable("Tack 🙂🙂 för 中文 hjälpen") == f"Tack {LOST} för {LOST} hjälpen"


def test_letters_with_their_marks_are_printed_whole_or_not_at_all():
    assert letters.printable("cafe\u0301") == "cafe\u0301"
    assert letters.printable("🙂\ufe0f!") == f"{LOST}!"


def test_control_characters_are_no_words():
    assert letters.printable("a\x00b\x07c") == f"a{LOST}b{LOST}c"


def test_lines_and_paragraphs_are_kept_whatever_machine_wrote_them():
    assert letters.printable("en\r\ntvå\r\n \r\n\r\ntre\rfyra\n") == "en\ntvå\n\ntre\nfyra"


def test_a_word_without_end_may_break():
    printed = letters.printable("x" * 100)

    assert printed.replace(letters.SOFT_BREAK, "") == "x" * 100
    assert max(map(len, printed.split(letters.SOFT_BREAK))) == letters.LONGEST_PART


def test_an_address_can_be_copied_from_the_paper():
    assert letters.printable("utbildning@norsjo.example") == "utbildning@norsjo.example"


def test_lists_and_records_are_gone_through_and_numbers_left_alone():
    words = {"a": ["🙂", {"b": "å"}], "c": 3, "d": None}

    assert letters.printable(words) == {"a": [LOST, {"b": "å"}], "c": 3, "d": None}


def test_a_paper_brings_only_the_fonts_that_its_words_need():
    assert letters.other_families("Varje morgon, كل صباح") == []
    assert letters.other_families("ሰላም och Щоранку") == ["Noto Sans", "Noto Sans Ethiopic"]


def test_papers_are_set_in_our_own_fonts_only():
    assert set(letters.FIRST_FAMILIES) < set(letters.families())
