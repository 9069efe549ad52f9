"""Name fields that hold more than a name: each name in them is looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.data import table
from sanctscreen.testing import tiny_screener
from sanctscreen.text.alternatives import alternatives, is_plain, sought
from sanctscreen.text.fields import LONGEST, names_in
from sanctscreen.text.twice import ways

SCREENER = tiny_screener()
#: Names of the tiny list, and whose they are.
NAMED = {
    "Milena Igorevna Ostrovskaya": "test:3",
    "OSTROVSKAYA, Milena Igorevna": "test:3",
    "Abd al-Rahman al-Zarrad": "test:4",
    "Oreshnik Trading House LLC": "test:1",
    "Kalina Maritime Bank": "test:2",
    "Sea Lantern 6": "test:5",
}
MARKS = [(row["mark"], row["place"]) for row in table("field_marks")]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ann Lee c/o Kalina Bank", ["Ann Lee", "Kalina Bank"]),
        ("ATTN: Kalina Bank", ["Kalina Bank"]),
        ("Estate of Ivan Petrov", ["Ivan Petrov"]),
        ("Ann Lee; Ivan Petrov", ["Ann Lee", "Ivan Petrov"]),
        ("Ann Lee / Ivan Petrov", ["Ann Lee", "Ivan Petrov"]),
        ("Ann Lee - Ivan Petrov", ["Ann Lee", "Ivan Petrov"]),
        ("Ann Lee and/or Ivan Petrov", ["Ann Lee", "Ivan Petrov"]),
        ("Иван Петров или Анна Ли", ["Иван Петров", "Анна Ли"]),
        ("Ivan Petrov (born 12 May 1970)", ["Ivan Petrov"]),
        ("PETROV, Ivan, DOB: 12.05.1970", ["PETROV, Ivan"]),
        ("Петров Иван паспорт 4510 123456", ["Петров Иван"]),
        ("M/V KALINA IMO 9187629", ["M/V KALINA"]),
        ("Mohammad Ali s/o Ahmad Khan", ["Mohammad Ali"]),
        ("PETROVA, Anna (wife of Ivan Petrov)", ["PETROVA, Anna"]),
        ("Ali s/o Ahmad", []),
        ("KALINA IMO 9187629", ["KALINA"]),
        ("BAKRI, Sa'id, 12 Main Street", ["BAKRI, Sa'id"]),
        ("BAKRI, Sa’id 12 Main Street", []),
        ("Kalina Cote d'Or Trading House", []),
        ("Kalina Inn 24 GmbH", []),
        ("Kalina Bank, 12 Main Street", ["Kalina Bank"]),
        ("PETROV, Ivan, 12 Main Street", ["PETROV, Ivan"]),
        ("Kalina Bank, Hamburg, Germany", ["Kalina Bank"]),
        ("Kalina Bank, P.O. Box 12, Hamburg", ["Kalina Bank"]),
        ("Ivan Petrov", []),
        ("PETROV, Ivan", []),
        ("Kalina Trading Co., Ltd.", []),
        ("Ivan Petrov, Jr.", []),
        ("Moshe Or", []),
        ("Or Cohen", []),
        ("By Trade OU", []),
        ("Al-Kalina", []),
        ("Kalina/Oreshnik", []),
        ("Born Trading House", []),
        ("Kalina Bank (Hamburg)", []),
        ("Kalina Bank.", []),
        ("c/o", []),
        ("", []),
        ("Ann Lee c/o Kalina Bank" + " " * LONGEST, []),
    ],
)
def test_names_in_a_field(field: str, names: list[str]) -> None:
    assert list(names_in(field)) == names


@pytest.mark.parametrize("mark", [mark for mark, place in MARKS if place in {"party", "between"}])
def test_another_party_in_the_field_hides_nobody(mark: str) -> None:
    """Whoever stands before or behind a mark is found, in any case of letters."""
    for name, party in NAMED.items():
        assert party in found(f"Jonathan Millerson {mark} {name}")
        assert party in found(f"{name} {mark.upper()} Jonathan Millerson")


@pytest.mark.parametrize("mark", [mark for mark, place in MARKS if place == "details"])
def test_details_behind_a_name_hide_nobody(mark: str) -> None:
    """A number or date behind a name, with what it is, is no part of it."""
    for name, party in NAMED.items():
        assert party in found(f"{name} {mark} 12345678")
        assert party in found(f"{name} ({mark.title()}: XZ 1234 5678 Quarterly)")


@given(
    st.sampled_from(sorted(NAMED)),
    st.sampled_from(
        ["12 Main Street", "Hamburg, Germany", "Nevsky pr. 5, Moscow", "Apt 3, Lee Rd"]
    ),
)
def test_an_address_behind_a_name_hides_nobody(name: str, address: str) -> None:
    assert NAMED[name] in found(f"{name}, {address}")


@given(st.text(max_size=60))
def test_any_field_is_read(field: str) -> None:
    """Parts are texts of the field, and none is the field itself."""
    for part in names_in(field):
        assert part in field
        assert part != field


PIECES = st.sampled_from(
    ["Ann", "Lee", "ann", "Kalina", "Bank", "Bank.", "O'Brien", "S.A.", "& Sons", "-", "Ex-Im", ","]
    + [" ", "12", "Иван", "Müller", "(ex", "'aka", "x,aka", "Groß", "GROSS", "İn", "ın", "ſon"]
    + ["PROPRİETOR", "fıls de", "Straße", "STRASSE", "trading aſ", "e\u0301x", "Né", "NÉE"]
    + [mark for mark, _ in MARKS]
    + [row["mark"] for row in table("alternative_marks")]
)


@given(st.lists(PIECES, max_size=9), st.sampled_from([" ", " ", ", ", "; ", ": "]))
def test_a_name_that_is_one_at_first_sight_is_plain(pieces: list[str], between: str) -> None:
    """What is told for little is what looking for every mark would tell."""
    name = between.join(pieces)
    every = {way for each in (*alternatives(name), *names_in(name)) for way in (each, *ways(each))}

    assert set(sought(name)) == every
    assert every == {name} or not is_plain(name)


def test_a_field_of_many_commas_holds_few_names() -> None:
    """Each name is looked up, so that their number must not grow with the field."""
    assert names_in(", ".join("abcdefghij")) == ("a, b, c",)
    assert len(names_in(", ".join(["Ann Lee", *"abcdefghijklmnop"]))) == 3


def test_marks_are_in_lower_case_and_each_stands_once() -> None:
    marks = [mark for mark, _ in MARKS]

    assert marks == [" ".join(mark.casefold().split()) for mark in marks]
    assert len(marks) == len(set(marks))
    assert {place for _, place in MARKS} == {"party", "between", "relative", "details"}


def found(name: str) -> set[str]:
    return {hit.party.id for hit in SCREENER.screen(name).hits}
