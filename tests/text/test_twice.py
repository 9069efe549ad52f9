"""Names that are written twice are looked up in either way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen.testing import tiny_screener
from sanctscreen.text.fields import LONGEST
from sanctscreen.text.twice import ways


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ivan Petrov Иван Петров", ["Ivan Petrov", "Иван Петров"]),
        ("ПЕТРОВ, Иван / PETROV, Ivan", ["PETROV, Ivan", "ПЕТРОВ, Иван"]),
        ("Иван Ivan Петров Petrov", ["Ivan Petrov", "Иван Петров"]),
        ("Завод 17 Красный (Factory 17 Red)", ["Factory 17 Red", "Завод 17 Красный"]),
        ("ООО «Ромашка» (Romashka LLC)", ["Romashka LLC", "ООО «Ромашка"]),
        ("Wang Xiaoming 王小明", ["Wang Xiaoming", "王小明"]),
        ("Kim Chol Su/김철수", ["Kim Chol Su", "김철수"]),
        ("محمد علي MOHAMMED ALI", ["MOHAMMED ALI", "محمد علي"]),
        ("Kalina Bank KALINA BANK", ["Kalina Bank"]),
        ("Kalina Bank; Kalina Bank.", ["Kalina Bank"]),
        ("Müller Söhne, Müller Söhne", ["Müller Söhne"]),
        ("Иван Петров Иван Петров", ["Иван Петров"]),
        ("ООО Romashka", []),
        ("Банк VTB", []),
        ("Sirhan Sirhan", []),
        ("Kalina Bank of Kalina Bank", []),
        ("Iван Ivanавiч", []),
        ("", []),
        ("()", []),
        ("Kalina Bank " * 40, []),
    ],
)
def test_ways_in_which_a_name_is_written(name: str, expected: list[str]) -> None:
    assert list(ways(name)) == expected


def test_long_texts_are_no_names() -> None:
    half = "a" * 68 + " " + "b" * 71

    assert len(f"{half} {half}") == LONGEST
    assert ways(f"{half} {half}") == (half,)
    assert ways(f"{half}c {half}c") == ()


LATIN = ["KALINA MARITIME BANK", "OSTROVSKAYA, Milena Igorevna", "Oreshnik Trading House", "Ann Li"]
OTHER = ["Морской банк Калина", "Милена Игоревна Островская", "محمد علي", "王小明", "김철수"]
BETWEEN = [" ", " / ", " (", ", "]
SCREENER = tiny_screener()


@given(st.sampled_from(LATIN), st.sampled_from(OTHER), st.sampled_from(BETWEEN), st.booleans())
def test_either_way_finds_what_it_finds_alone(
    latin: str, other: str, between: str, first: bool
) -> None:
    """A transcription beside a name hides nobody."""
    both = f"{latin}{between}{other}" if first else f"{other}{between}{latin}"

    assert found(latin) | found(other) <= found(both)


@given(st.sampled_from(LATIN), st.sampled_from([" ", ", ", " / "]))
def test_a_name_said_again_is_found(name: str, between: str) -> None:
    assert found(name) <= found(f"{name}{between}{name.title()}")


def test_comparing_two_names_does_the_same() -> None:
    both = "OSTROVSKAYA, Milena (ОСТРОВСКАЯ, Милена)"

    assert ss.compare(both, "Milena Ostrovskaya", kind="person").score == 100
    assert ss.compare("Milena Ostrovskaya", both, kind="person").score == 100


def found(name: str) -> set[str]:
    return {hit.party.id for hit in SCREENER.screen(name).hits}
