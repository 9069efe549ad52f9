"""What the words of a name are taken for, and the tables that say so."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.data import table
from sanctscreen.text.keys import sound_key
from sanctscreen.text.normalize import normalize
from sanctscreen.text.written import spell

FIXTURES = Path(__file__).parents[2] / "fixtures" / "names"

#: One meaning in many languages and scripts: class, canon and the forms that share them.
TRANSLATIONS = [
    ("generic", "bank", "bank banque banco banca bankası банк 은행 銀行 بانک بنك בנק τραπεζα"),
    ("sector", "petroleum", "petroleum oil нефть نفت نفط 석유 petróleo pétrole 石油"),
    ("sector", "shipping", "shipping naviera судоходство كشتيرانی 해운 denizcilik 航运"),
    ("sector", "mining", "mining minera горный 광업 معادن madencilik"),
    ("sector", "insurance", "insurance seguros страхование 보험 بیمه تأمين sigorta"),
    ("generic", "trading", "trading comercio торговля 무역 tejarat بازرگانی ticaret handel"),
    ("direction", "national", "national nacional национальный milli ملی الوطنية"),
    ("direction", "state", "state государственная державна devlet دولتی"),
    ("direction", "north", "north norte северный shimal شمال kuzey"),
    ("legal", "llc", "ooo ооо тов gmbh sarl тоо doo"),
    ("legal", "jsc", "jsc оао зао ag spa 주식회사 株式会社"),
]

#: Words that tell sister companies apart: no two of a row may mean the same.
APART = [
    ("traders", "transporters"),
    ("sons", "daughters", "brothers"),
    ("trade", "transport", "traffic"),
    ("import", "export", "import export"),
    ("oil", "gas", "oil and gas"),
    ("north", "south", "east", "west"),
    ("steel", "iron", "copper", "aluminium"),
    ("university", "college", "school", "institute", "academy"),
    ("shipping", "ship management", "shipbuilding", "navigation"),
    ("army", "air force", "navy", "police"),
    ("insurance", "investment", "finance", "leasing"),
]


def _cases() -> list[tuple[str, str, str]]:
    with (FIXTURES / "classes.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["name"], row["reading"], row["expected"]) for row in csv.DictReader(lines)]


def _meaning(form: str) -> tuple[str, str]:
    """Return class and canon of a form that should stand for one word."""
    words = normalize(form).words
    return (words[0].wordclass, words[0].canon) if len(words) == 1 else ("", form)


@pytest.mark.parametrize(("name", "reading", "expected"), _cases())
def test_words_have_the_class_of_the_reading(name: str, reading: str, expected: str) -> None:
    """Each word has the spelling, the class and the meaning that a reader would give it."""
    words = normalize(name, reading=reading).words

    assert "; ".join(f"{each.text}|{each.wordclass}|{each.canon}" for each in words) == expected


@pytest.mark.parametrize(("wordclass", "canon", "forms"), TRANSLATIONS)
def test_translations_share_a_meaning(wordclass: str, canon: str, forms: str) -> None:
    """A word and its translations, in whatever script, have one class and one canon."""
    assert {form: _meaning(form) for form in forms.split()} == dict.fromkeys(
        forms.split(), (wordclass, canon)
    )


@pytest.mark.parametrize("forms", APART)
def test_words_of_sister_companies_stay_apart(forms: tuple[str, ...]) -> None:
    """Words that tell two firms of one family apart never mean the same."""
    assert len({_meaning(form) for form in forms}) == len(forms)


@given(st.lists(st.sampled_from([row["form"] for row in table("concepts")]), min_size=1))
def test_business_words_mean_nothing_in_a_persons_name(forms: list[str]) -> None:
    """Read as a person, no word counts as a business word, a legal form or a place."""
    found = {word.wordclass for word in normalize(" ".join(forms), reading="person").words}

    assert found.isdisjoint({"generic", "sector", "direction", "legal", "place"})


@given(st.sampled_from([row["form"] for row in table("legal_forms")]))
def test_a_legal_form_alone_is_no_name(form: str) -> None:
    """No listed legal form leaves a name word behind in an organisation's name."""
    assert "name" not in {word.wordclass for word in normalize(form).words}


@pytest.mark.parametrize("row", table("abbreviations"), ids=lambda row: row["short"])
def test_an_abbreviation_stands_for_a_known_form(row: dict[str, str]) -> None:
    """What an abbreviation is short for is a form of the table of business words."""
    assert row["long"] in {each["form"] for each in table("concepts")}


def test_a_concept_has_one_class() -> None:
    """All forms of a concept weigh alike."""
    classes = defaultdict(set)
    for row in table("concepts"):
        classes[row["concept"]].add(row["weight_class"])

    assert {concept for concept, found in classes.items() if len(found) > 1} == set()


def test_one_spelling_has_one_meaning() -> None:
    """Two business words that are spelled alike once romanised mean the same."""
    meanings = defaultdict(set)
    for row in table("concepts"):
        meanings[spell(row["form"])].add(row["concept"])

    assert {words: found for words, found in meanings.items() if len(found) > 1} == {}


def test_numerals_are_whole_numbers() -> None:
    """The value of a numeral is written in digits."""
    assert [row["form"] for row in table("numerals") if not row["value"].isdecimal()] == []


def test_a_short_name_differs_from_the_name() -> None:
    """No nickname stands for itself, and each has a language code of two letters."""
    rows = table("nicknames")

    assert [
        row for row in rows if row["nickname"] == row["name"] or len(row["language"]) != 2
    ] == []


def test_an_adjective_stands_for_a_known_concept_or_place() -> None:
    """What a stem stands for is a concept of the business words, or a place."""
    known = {row["concept"] for row in table("concepts")}
    known |= {f"place:{row['code']}" for row in table("countries")}

    assert [row for row in table("adjectives") if row["concept"] not in known] == []


def test_a_stem_of_an_adjective_has_one_meaning() -> None:
    """No two stems of one sound stand for different concepts."""
    meanings = defaultdict(set)
    for row in table("adjectives"):
        meanings[sound_key(row["stem"])].add(row["concept"])

    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("seed", ["1", "3"])
def test_a_name_reads_the_same_in_every_process(seed: str) -> None:
    """Two scattered legal forms as long as each other are told apart by their order alone."""
    name = "Management Open Company Stock Company Holding Amkodor Joint"
    code = f"from sanctscreen.text.normalize import normalize; print(normalize({name!r}).text)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == "management company holding amkodor open joint stock company"
