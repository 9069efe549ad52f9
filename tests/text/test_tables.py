"""Every table: readable, with its headers, without doubled keys, and true to its examples."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import sanctscreen.data
from sanctscreen.data import columns, headers, read_bytes, table
from sanctscreen.data.refresh import provenance
from sanctscreen.text.keys import korean_key, sound_key
from sanctscreen.text.romanize import guess_language, romanize, romanize_word
from sanctscreen.text.scripts import scripts
from sanctscreen.text.written import spell

DATA = Path(sanctscreen.data.__file__).parent
TABLES = sorted(path.relative_to(DATA).with_suffix("").as_posix() for path in DATA.rglob("*.tsv"))
SCRIPT_TABLES = [name for name in TABLES if name.startswith("romanize/") and len(name) == 13]
LETTER_TABLES = [name for name in SCRIPT_TABLES if name != "romanize/Hang"]

#: Columns that identify a row; in any other table no two rows are the same.
KEYS = {
    "abbreviations": ("short", "long"),
    "abjad_key": ("from", "position"),
    "concepts": ("form",),
    "confusables": ("char",),
    "countries": ("form",),
    "csv_columns": ("header",),
    "identifier_types": ("label",),
    "korean_key": ("from", "position"),
    "legal_forms": ("form",),
    "numerals": ("form",),
    "particles": ("form",),
    "romanize/Arab_words": ("word",),
    "romanize/Hang": ("jamo", "position"),
    "romanize/Hang_surnames": ("hangul",),
    "romanize/Hang_words": ("hangul",),
    "slavic_key": ("from", "position"),
    "sound_key": ("from", "position"),
    "titles": ("form", "class"),
    "word_classes": ("class",),
} | dict.fromkeys(LETTER_TABLES, ("from", "language", "position"))

#: Tables whose Latin forms are looked up in normalised words.
SPELLED = [name for name in ("countries", "legal_forms", "concepts", "titles") if name in TABLES]

POSITIONS = {"", "start", "end", "after_vowel", "before_sign"}


@pytest.mark.parametrize("name", TABLES)
def test_table_loads_with_its_headers(name: str) -> None:
    """Each table says its source and licence and has rows of equal width."""
    assert table(name)
    assert all(all(headers(name)[required]) for required in ("source", "licence"))


@pytest.mark.parametrize("name", TABLES)
def test_columns_hold_what_rows_hold(name: str) -> None:
    """Read by columns, a table says the same."""
    rows = table(name)

    assert columns(name) == {column: tuple(row[column] for row in rows) for column in rows[0]}


@pytest.mark.parametrize("name", [*SPELLED, "numerals", "particles"])
def test_forms_part_their_words_by_one_space(name: str) -> None:
    """A form in Latin letters stands in its table as it is looked up."""
    forms = [row["form"] for row in table(name)]

    assert [form for form in forms if form.split(" ") != form.split()] == []


@pytest.mark.parametrize("name", TABLES)
def test_table_has_no_doubled_key(name: str) -> None:
    """No key stands in two rows, so that none silently hides another."""
    rows = table(name)
    key = KEYS.get(name, tuple(rows[0]))
    counts = Counter(tuple(row[column] for column in key) for row in rows)

    assert [cells for cells, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", TABLES)
def test_cells_hold_no_stray_spaces_and_are_composed(name: str) -> None:
    """Cells are in Unicode NFC, and, but for patterns, without spaces at either end."""
    rows = table(name)
    cells = [cell for row in rows for column, cell in row.items() if column != "pattern"]

    assert [cell for cell in cells if cell != unicodedata.normalize("NFC", cell).strip()] == []


def test_provenance_is_what_the_tables_say() -> None:
    """PROVENANCE.md is up to date with the headers of the tables."""
    assert provenance() == read_bytes("PROVENANCE.md").decode("utf-8"), (
        "run: python -m sanctscreen.data.refresh provenance"
    )


@pytest.mark.parametrize("name", SPELLED)
def test_latin_forms_are_normalised(name: str) -> None:
    """An ASCII form stands as the pipeline would spell it, so that a reader sees what is found."""
    forms = [row["form"] for row in table(name) if row["form"].isascii()]

    assert [form for form in forms if form != " ".join(spell(form))] == []


@pytest.mark.parametrize("name", ["countries", "legal_forms", "titles"])
def test_no_form_has_one_letter(name: str) -> None:
    """No single Latin letter means anything: it is an initial."""
    assert [
        row["form"] for row in table(name) if row["form"].isascii() and len(row["form"]) < 2
    ] == []


def test_country_forms_are_long_enough() -> None:
    """A country is told by three letters at least, but for UK and RF."""
    short = {
        row["form"] for row in table("countries") if row["form"].isascii() and len(row["form"]) < 3
    }

    assert short == {"uk", "rf"}


def test_a_spelling_names_one_country() -> None:
    """Two forms that are spelled alike after romanisation mean the same country."""
    codes: dict[tuple[str, ...], set[str]] = {}
    for row in table("countries"):
        codes.setdefault(spell(row["form"]), set()).add(row["code"])

    assert {form: found for form, found in codes.items() if len(found) > 1} == {}


def _examples(names: list[str]) -> list[tuple[str, str, str]]:
    found = [(name, line) for name in names for line in headers(name).get("example", ())]
    return [(name, *line.split(" -> ", 1)) for name, line in found]


@pytest.mark.parametrize(
    ("name", "original", "expected"),
    _examples([name for name in TABLES if name.startswith("romanize/")]),
)
def test_example_of_a_romanisation_table(name: str, original: str, expected: str) -> None:
    """The examples in a script table's header hold."""
    assert romanize(original).text == expected


@pytest.mark.parametrize(("name", "word", "expected"), _examples(["sound_key", "korean_key"]))
def test_example_of_a_key_table(name: str, word: str, expected: str) -> None:
    """The examples in a key table's header hold."""
    assert {"sound_key": sound_key, "korean_key": korean_key}[name](word) == expected


@pytest.mark.parametrize("name", SCRIPT_TABLES)
def test_script_table_has_an_example(name: str) -> None:
    """Each script table shows at least one romanised word."""
    assert headers(name).get("example")


@pytest.mark.parametrize("name", LETTER_TABLES)
def test_rows_of_a_script_table_can_be_reached(name: str) -> None:
    """Letters are in the script and the case they are looked up in, and give plain ASCII."""
    for row in table(name):
        letters = row["from"]
        assert scripts(letters) <= {name[-4:]}
        assert letters == unicodedata.normalize("NFKC", letters.casefold())
        assert row["position"] in POSITIONS
        assert re.fullmatch("[a-z_ ]*", row["to"])


@pytest.mark.parametrize("name", LETTER_TABLES)
def test_default_rows_cover_every_language(name: str) -> None:
    """Each letter has a rule for a word of unknown language that holds anywhere."""
    rows = table(name)
    anywhere = {row["from"] for row in rows if not row["language"] and not row["position"]}
    letters = {row["from"] for row in rows if len(row["from"]) == 1}  # not digraphs

    assert letters <= anywhere


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("\u0400", "\u045f"),  # Cyrillic
        ("\u0490", "\u04ff"),  # Cyrillic of other languages
        ("\u0386", "\u03ce"),  # Greek
        ("\u10d0", "\u10f0"),  # Georgian
        ("\u0531", "\u0587"),  # Armenian
        ("\u05d0", "\u05ea"),  # Hebrew
        ("\u0620", "\u064a"),  # Arabic
        ("\u06a9", "\u06af"),  # Persian kaf and gaf
        ("\u3041", "\u3096"),  # Hiragana
        ("\u30a1", "\u30fa"),  # Katakana
        ("\uac00", "\ud7a3"),  # Hangul
        ("\u00df", "\u017f"),  # Latin
        ("\u1e00", "\u1eff"),  # Latin with several marks
    ],
    ids=ascii,
)
def test_living_letters_are_covered(first: str, last: str) -> None:
    """Letters of living languages are romanised by our tables, never by the fallback."""
    letters = [chr(code) for code in range(ord(first), ord(last) + 1)]
    left = [romanize_word(letter).fallback_letters for letter in letters if letter.isalpha()]

    assert "".join(left) == ""


def test_language_patterns_know_their_languages() -> None:
    """Each Cyrillic language with rules of its own is told by some pattern, but for two."""
    rows = table("romanize/languages")
    told = {row["language"] for row in rows if row["script"] == "Cyrl"}
    ruled = {row["language"] for row in table("romanize/Cyrl")} - {""}

    assert told <= ruled
    assert ruled - told == {"ky", "mn"}  # these share all their letters with Kazakh
    assert guess_language("Қасым") == "kk"


@pytest.mark.parametrize(
    ("position", "first", "count"),
    [
        ("initial", 0x1100, 19),
        ("voiced", 0x1100, 19),
        ("medial", 0x1161, 21),
        ("final", 0x11A8, 27),
    ],
)
def test_hangul_rows_stand_in_unicode_order(position: str, first: int, count: int) -> None:
    """The row number is the jamo's number in a syllable's code point; no final comes first."""
    jamo = [row["jamo"] for row in table("romanize/Hang") if row["position"] == position]
    names = [unicodedata.name(chr(first + at)).split()[-1] for at in range(count)]

    assert names == [unicodedata.name(each).split()[-1] for each in jamo if each]
    assert jamo.count("") == (position == "final") == (jamo[0] == "")


def test_confusables_are_single_letters_of_their_script() -> None:
    """A look-alike is one letter of the script it is filed under, and reads as one Latin letter."""
    for row in table("confusables"):
        assert scripts(row["char"]) <= {row["script"], "Zzzz"}
        assert len(row["char"]) == 1
        assert scripts(row["latin"]) == {"Latn"}
        assert len(row["latin"]) == 1


def test_confusables_are_unique_whatever_their_case() -> None:
    """Case is folded before the table is used, so one row per letter."""
    counts = Counter(row["char"].casefold() for row in table("confusables"))

    assert [char for char, count in counts.items() if count > 1] == []
