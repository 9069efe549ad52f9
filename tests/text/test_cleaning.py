"""Digits read as letters and initialisms left out: what is read so, and what stays."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctscreen.text.digits import letters_for_digits, letters_within, read_digits
from sanctscreen.text.initials import drop_initialism
from sanctscreen.text.normalize import doubt, normalize

FIXTURE = Path(__file__).parents[2] / "fixtures" / "names" / "cleaned.csv"
CASES = list(csv.DictReader(FIXTURE.read_text(encoding="utf-8").splitlines()))
LATIN, VIETNAMESE = range(0xC0, 0x180), range(0x1EA0, 0x1EFA)
STEPS = {"digits": read_digits, "initials": drop_initialism}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_step_cleans_as_the_table_says(case: dict[str, str]) -> None:
    """Each name comes out as an analyst would read it."""
    assert STEPS[case["step"]](case["name"]) == case["expected"]


@given(st.text(alphabet="ab1 05.-()", max_size=40))
def test_digits_are_read_letter_by_letter(text: str) -> None:
    """Reading digits never moves, adds or drops a character."""
    read = read_digits(text)

    assert len(read) == len(text)
    assert all(a == b or a.isdigit() for a, b in zip(text, read, strict=True))


@given(st.text(alphabet="abc ()-/", max_size=40))
def test_an_initialism_leaves_a_name_behind(text: str) -> None:
    """Whatever is dropped, letters are left where there were some."""
    assert any(map(str.isalpha, drop_initialism(text))) == any(map(str.isalpha, text))


@given(
    st.one_of(
        st.text(max_size=12),
        st.text(alphabet="ab1 .(\ufffdßжقिあ王김ᄀ\U00013000\u0301\u200b", max_size=8),
        st.text(st.characters(max_codepoint=0x1FF), max_size=12),
    ),
    st.sampled_from(["unidecode", "none"]),
)
@example("(ab)", "none")
@example("ab " * 20_000, "none")
@example("\U00013000 bank", "none")
@example("Ð\x9dÐ¸ÐºÑ\x83Ð»Ð¸Ð½", "none")
def test_a_doubt_is_what_normalising_says(name: str, fallback: str) -> None:
    """Asked for by itself, the reason why a name cannot be screened is the same."""
    normal = normalize(name, fallback=fallback)

    assert doubt(name, fallback=fallback) == (normal.unscreenable or normal.damage)


def test_no_european_letter_raises_a_doubt() -> None:
    """Each of them has a spelling in ASCII, alone as well."""
    letters = filter(str.isalpha, map(chr, [*LATIN, *VIETNAMESE]))

    assert [each for each in letters if not normalize(each, fallback="none").words] == []


@given(
    st.text(alphabet="esto1l06 ", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8),
)
def test_digits_within_a_text_are_read_as_those_of_each_stretch(
    text: str, stretches: list[tuple[int, int]]
) -> None:
    """Read at once or one by one, the same letters come out."""
    expected = [letters_for_digits(text[first:end]) for first, end in stretches]

    assert letters_within(text, stretches) == expected
