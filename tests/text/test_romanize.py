"""Romanisation: known cases, and what must hold for every text."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.text.romanize import (
    MOST_ALTERNATIVES,
    guess_language,
    romanize,
    romanize_word,
    segment_hangul,
    split_surname,
)

FIXTURE = Path(__file__).parents[2] / "fixtures" / "names" / "romanize.csv"
with FIXTURE.open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))

ASCII_WORDS = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*|")
SCRIPTS = (
    "абвгґдђеёєжѕзиіїйјклљмнњопрстћќуўфхцчџшщъыьэюя가각광선은행조김박αβγδουμπمحمدالאבגქართհայ"
    "कमि北京日本ーアァっéßøłİΣ'- 1٢"
)
TEXTS = st.text() | st.text(alphabet=SCRIPTS) | st.text(st.characters(max_codepoint=0xD7FF))
WORDS = TEXTS.map(lambda text: "".join(text.split()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['script']}-{case['original']}")
def test_known_case(case: dict[str, str]) -> None:
    """A name from the fixture is displayed as official lists spell it."""
    found = romanize(case["original"], language=case["language"] or None)

    assert found.text == case["expected"]


@given(TEXTS)
def test_every_text_romanises_to_ascii_words(text: str) -> None:
    """Whatever the text, the result is lower-case ASCII words and nothing is raised."""
    assert ASCII_WORDS.fullmatch(romanize(text).text)


@given(WORDS)
def test_every_word_keeps_its_promises(word: str) -> None:
    """Alternatives are few, in ASCII, and never the displayed form."""
    found = romanize_word(word)

    assert ASCII_WORDS.fullmatch(found.text)
    assert all(ASCII_WORDS.fullmatch(other) for other in found.alternatives)
    assert found.text not in found.alternatives
    assert len(set(found.alternatives)) == len(found.alternatives) <= MOST_ALTERNATIVES
    assert found.fallback_letters.isalpha() or not found.fallback_letters


@given(TEXTS)
def test_a_romanised_text_stays_as_it_is(text: str) -> None:
    """Romanising twice gives what romanising once gave."""
    once = romanize(text).text

    assert romanize(once).text == once


@given(WORDS)
def test_the_same_word_gives_the_same_result(word: str) -> None:
    """A result does not depend on what was romanised before."""
    first = romanize_word(word)
    romanize_word.cache_clear()

    assert romanize_word(word) == first


@given(WORDS)
def test_without_a_fallback_its_letters_are_dropped_and_named(word: str) -> None:
    """With no fallback the same letters are reported as dropped instead of spelled."""
    spelled, dropped = romanize_word(word), romanize_word(word, fallback="none")

    assert dropped.fallback_letters == ""
    assert sorted(dropped.dropped) == sorted(spelled.fallback_letters + spelled.dropped)


@given(WORDS)
def test_segments_add_up_to_the_word(word: str) -> None:
    """Segmenting loses and adds nothing."""
    assert "".join(segment_hangul(word)) == word


def test_unknown_fallback_is_refused() -> None:
    """A misspelled fallback is an error, not a silent default."""
    with pytest.raises(ValueError, match="unknown fallback 'unicode'"):
        romanize_word("Ж", fallback="unicode")


def test_fallback_letters_are_reported() -> None:
    """Letters without a table of ours are named, so that a reviewer sees who spelled them."""
    assert romanize_word("ᏣᎳᎩ").fallback_letters == "ᏣᎳᎩ"
    assert romanize("МРБ Ꮳ").fallback_letters == "Ꮳ"


def test_a_letter_nobody_knows_is_dropped_and_named() -> None:
    """A letter that gives nothing is reported."""
    assert romanize_word("ᏣᎳᎩ", fallback="none").dropped == "ᏣᎳᎩ"
    assert romanize_word("ᏣᎳᎩ", fallback="none").text == ""


def test_a_very_long_word_is_no_trouble() -> None:
    """Ten thousand letters are romanised like ten."""
    assert romanize_word("щ" * 10_000).text == "shch" * 10_000
    assert len(romanize_word("광" * 10_000).text) == len("kwang" * 10_000)
    assert segment_hangul("조선" * 5_000) == ("조선",) * 5_000


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("박", "park"),
        ("박", "bak"),
        ("리", "lee"),
        ("이", "yi"),
        ("최", "choi"),
        ("정", "jung"),
        ("광선", "gwangseon"),
        ("정은", "jeongeun"),
        ("정은", "chongun"),
        ("Müller", "mueller"),
        ("Фёдор", "fyodor"),
        ("Милошевић", "miloshevich"),
        ("Жириновский", "zhirinovsky"),
    ],
)
def test_other_habits_are_alternatives(word: str, spelling: str) -> None:
    """A spelling by another habit is kept beside the displayed one."""
    assert spelling in romanize_word(word).alternatives


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Иванов", None),
        ("Ivanov", None),
        ("조선", None),
        ("Україна", "uk"),
        ("Володимир Зеленський, Київ", "uk"),
        ("Уладзімір Пятроўскі", "be"),
        ("Ђоковић", "sr"),
        ("Ѓорѓи", "mk"),
        ("Първанов", "bg"),
        ("объект", None),
        ("съёмка", None),
        ("Қасым-Жомарт", "kk"),
        ("Әлиев", "kk"),
        ("Тоҷикистон", "tg"),
        ("Ўзбекистон Республикаси, Қарши", "uz"),
    ],
)
def test_language_is_told_by_letters(text: str, language: str | None) -> None:
    """Letters that only some languages have tell the language; others tell nothing."""
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("조선광선은행", ("조선", "광선", "은행")),
        ("조선무역은행", ("조선", "무역", "은행")),
        ("조선대성은행", ("조선", "대성", "은행")),
        ("동방은행", ("동방", "은행")),
        ("조선단군무역회사", ("조선", "단군", "무역", "회사")),
        ("대동신용은행", ("대동", "신용", "은행")),
        ("원양해운관리회사", ("원양", "해운", "관리", "회사")),
        ("찬찬찬은행", ("찬찬찬", "은행")),
        ("은행", ("은행",)),
        ("김정은", ("김정은",)),
        ("조선은", ("조선은",)),
        ("bank", ("bank",)),
        ("", ("",)),
    ],
)
def test_unspaced_korean_names_are_segmented(word: str, parts: tuple[str, ...]) -> None:
    """Known words are cut out, the unknown rest and short unknown words stay whole."""
    assert segment_hangul(word) == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("김정은", ("김", "정은")),
        ("남궁옥분", ("남궁", "옥분")),
        ("렴영", ("렴영",)),
        ("정은", ("정은",)),
        ("갸갸갸", ("갸갸갸",)),
        ("kim", ("kim",)),
        ("", ("",)),
    ],
)
def test_a_korean_surname_is_split_from_a_full_name(word: str, parts: tuple[str, ...]) -> None:
    """Only a known surname before a given name of two syllables is split off."""
    assert split_surname(word) == parts
