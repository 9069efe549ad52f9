"""Facts beside the name move a score by stated points and are always shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen.evidence.facts import weigh
from sanctscreen.evidence.places import birthplace_fact
from sanctscreen.model import Identifier, Name, PartialDate, Party


def listed(**fields: object) -> Party:
    return Party(id="t:1", kind="person", names=["OSTROVSKAYA, Milena"], **fields)


def screen(party: Party, **fields: object) -> ss.ScreeningResult:
    who = ss.Counterparty(**{"name": "Milena Ostrovskaya", "kind": "person", **fields})
    return ss.Screener(ss.PartyList(parties=[party])).screen(who)


@pytest.mark.parametrize(
    ("born", "listed_birth", "fact"),
    [
        ("1971-02-14", "1971-02-14", "birth_same_day"),
        ("1971-02-03", "1971-03-02", "birth_swapped"),
        ("1971", "1971-02-14", "birth_compatible"),
        ("1971-02-14", "1971", "birth_compatible"),
        ("1971-02-14", "1972", "birth_near"),
        ("1971-02-14", "1972-02-14", "birth_conflict"),
        ("1971-02-14", "1980", "birth_conflict"),
    ],
)
def test_birth_is_judged_as_precisely_as_both_sides_know_it(
    born: str, listed_birth: str, fact: str
) -> None:
    """A date of birth agrees, may agree or conflicts, by what both sides state."""
    party = listed(dates_of_birth=[PartialDate.parse(listed_birth)])
    (found,) = weigh(ss.Counterparty(name="x", date_of_birth=born), party)

    assert fact == found.name


@pytest.mark.parametrize(
    ("born", "listed_birth", "fact"),
    [
        ("Tikrit, Iraq", "Al-Awja, near Tikrit, Iraq", "birthplace_same"),
        ("Drohobych", "Drogobych, Ukraine", "birthplace_same"),
        ("Москва", "Moscow, Russia", "birthplace_same"),
        ("TORONTO, CA", "Toronto, Ontario, Canada", "birthplace_same"),
        ("IR", "Esfahan, Iran", "birthplace_country"),
        ("Shiraz, Iran", "Esfahan Province, Iran", "birthplace_country"),
        ("Kabul Province, Afghanistan", "Kandahar Province, Afghanistan", "birthplace_country"),
        ("Omsk", "Tula, Russia", "birthplace_differs"),
        ("Kiev, USSR", "Tula, Russia", "birthplace_differs"),
        ("Tripoli, Lebanon", "Tripoli, Libya", "birthplace_differs"),
        ("Lyon, France", "Oran, Algeria", "birthplace_conflict"),
        ("FR", "Algeria", "birthplace_conflict"),
    ],
)
def test_places_of_birth_are_compared_as_far_as_they_are_known(
    born: str, listed_birth: str, fact: str
) -> None:
    """Towns agree by their spelling, countries by their codes; states that are gone say nothing."""
    who = ss.Counterparty(name="x", place_of_birth=born)
    found = [each.name for each in weigh(who, listed(places_of_birth=[listed_birth]))]

    assert found == [fact]


def test_a_place_of_birth_moves_a_score_a_little_and_is_always_shown() -> None:
    """A point of evidence beside the hit, too small to hide a name that agrees."""
    party = listed(places_of_birth=["Varna, Bulgaria", "Sofia, Bulgaria"])
    plain = screen(party, name="Milena Ostrovskaja").hits[0].score
    same = screen(party, name="Milena Ostrovskaja", place_of_birth="Sofia").hits[0]
    other = screen(party, name="Milena Ostrovskaja", place_of_birth="Porto, Portugal").hits[0]

    assert (same.score, other.score) == (min(99, plain + 3), plain - 5)
    assert str(same.facts[0]) == "birthplace same: born in Sofia, listed Sofia, Bulgaria (+3)"
    assert other.facts[0].name == "birthplace_conflict"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_places_of_birth_come_to_a_fact(stated: str, listed_birth: str) -> None:
    """Whatever stands in the fields, in whichever order they are given."""
    assert birthplace_fact(stated, listed_birth) == birthplace_fact(listed_birth, stated)


def test_best_of_several_listed_births_counts() -> None:
    """A party with two dates of birth agrees with a counterparty born on either."""
    births = [PartialDate.parse("1950-01-01"), PartialDate.parse("1971-02-14")]
    (found,) = weigh(
        ss.Counterparty(name="x", date_of_birth="1971-02-14"), listed(dates_of_birth=births)
    )

    assert found.name == "birth_same_day"


def test_conflicting_birth_sets_a_hit_aside_and_shows_it() -> None:
    """A namesake with another date of birth is no hit, and is not hidden either."""
    party = listed(dates_of_birth=[PartialDate.parse("1950-01-01")])
    result = screen(party, date_of_birth="1990-05-05")

    assert result.decision == "clear"
    assert [hit.party.id for hit in result.set_aside] == ["t:1"]
    assert "1990-05-05, listed 1950-01-01 (-35)" in str(result.set_aside[0])
    assert result.record()["set_aside"]


def test_conflict_is_shown_even_where_a_weak_alias_matches_as_well() -> None:
    """A weak alias that supports the name does not hide that another fact set the party aside."""
    party = ss.Party(
        id="t:1",
        kind="person",
        names=[
            Name(full="Ivan Petrovsky", type="primary"),
            Name(full="Ivan Petrovski", quality="weak"),
        ],
        dates_of_birth=[PartialDate.parse("1950-01-01")],
    )
    who = ss.Counterparty(name="Ivan Petrovsky", kind="person", date_of_birth="1990-05-05")
    result = ss.Screener(ss.PartyList(parties=[party])).screen(who)

    assert [hit.matched_name for hit in result.set_aside] == ["Ivan Petrovsky"]


def test_unstated_fact_moves_nothing() -> None:
    """A fact that only one side states leaves the score of the name as it is."""
    party = listed(dates_of_birth=[PartialDate.parse("1950-01-01")], gender="female")

    assert screen(party).hits[0].score == 100
    assert screen(listed(), date_of_birth="1990-05-05", gender="male").hits[0].score == 100


def test_countries_are_compared_whatever_they_are_called() -> None:
    """A country's code and its name in a list are the same country."""
    party = listed(nationalities=["Russia"])
    shared = weigh(ss.Counterparty(name="x", countries=["RU"]), party)
    other = weigh(ss.Counterparty(name="x", countries="Norway"), party)

    assert [shared[0].name, other[0].name] == ["country_shared", "country_conflict"]


def test_gender_in_conflict_lowers_the_score() -> None:
    """Another gender speaks against a hit, and is shown."""
    result = screen(listed(gender="female"), gender="male")

    assert result.hits[0].score == 90
    assert "gender conflict" in str(result.hits[0])


def test_facts_never_make_unequal_names_equal() -> None:
    """However much speaks for a hit, 100 stays for equal names."""
    party = listed(dates_of_birth=[PartialDate.parse("1971-02-14")], nationalities=["Russia"])
    result = screen(party, name="Milena Ostrovskaja", date_of_birth="1971-02-14", countries=["RU"])

    assert result.hits[0].score == 99


def test_shared_identifier_is_a_hit_whatever_the_name() -> None:
    """A passport number that both share is a match by itself."""
    party = listed(identifiers=[Identifier(type="passport", value="A 123-456", country="Russia")])
    result = screen(party, name="Somebody Else", identifiers={"passport": "a123456"})

    assert result.decision == "match"
    assert result.hits[0].score == 99
    assert "identifier: passport A123456" in str(result.hits[0])
