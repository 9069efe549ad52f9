"""What a counterparty and a party state beside their names, and how it moves the score.

A fact counts only where both sides state it. It moves a score by the points that
``data/fact_points.tsv`` gives, and it is always shown: a conflict sets a hit aside, it never
hides it. An identifier that both share is a match by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from sanctscreen.data import table
from sanctscreen.evidence.identifiers import BANK
from sanctscreen.evidence.places import birthplace_fact
from sanctscreen.model import Counterparty, PartialDate, Party
from sanctscreen.text.countries import country_codes

#: Lists and customers err by about a year where a date of birth was remembered, not read.
NEAR = timedelta(days=366)


ALPHA_2 = 2
#: Facts that make a hit by themselves, whatever the names.
IDENTIFIER, ACCOUNT = "identifier", "account"
SHARED = frozenset({IDENTIFIER, ACCOUNT})


class Fact(NamedTuple):
    """One fact that both sides state.

    Attributes:
        name: the row of ``fact_points.tsv``; or ``identifier`` for one that both share, and
            ``account`` for an account that the party keeps as a bank.
        points: how it moves the score.
        statement: what was compared, in words.
    """

    name: str
    points: float
    statement: str

    def __str__(self) -> str:
        points = f" ({self.points:+g})" if self.points else ""
        return f"{self.name.replace('_', ' ')}: {self.statement}{points}"


def weigh(who: Counterparty, party: Party) -> tuple[Fact, ...]:
    """Return every fact that both the counterparty and the party state."""
    every = (_birth(who, party), _birthplace(who, party), _country(who, party), _gender(who, party))
    return tuple(fact for fact in every if fact)


def weak_alias(name: str, *, alone: bool) -> Fact:
    """Return the fact that a weak alias matches: alone it raises no hit (OFAC FAQ 122)."""
    return _fact("weak_alias_alone" if alone else "weak_alias", name)


def is_weak_alone(facts: Iterable[Fact]) -> bool:
    """Tell whether nothing but a weak alias led to a party, which is then set aside."""
    return any(fact.name == "weak_alias_alone" for fact in facts)


def shared_fact(identifier: str) -> Fact:
    """Return the fact that both share an identifier, given by type and value.

    >>> shared_fact("bic NBRBBY2X").name, shared_fact("account at bank NBRB BY").name
    ('identifier', 'account')
    """
    return Fact(ACCOUNT if identifier.startswith(BANK) else IDENTIFIER, 0.0, identifier)


def is_account_alone(facts: Iterable[Fact]) -> bool:
    """Tell whether the identifiers say no more than that the party keeps an account."""
    shared = {fact.name for fact in facts} & SHARED
    return shared == {ACCOUNT}


def most_gained(who: Counterparty) -> float:
    """Return the most points that the facts of a counterparty could add."""
    return _most(bool(who.date_of_birth), bool(who.place_of_birth), bool(who.countries))


@cache
def _most(birth: bool, birthplace: bool, country: bool) -> float:
    """Return the most points that facts could add, if these are known."""
    known = {"birth_same_day": birth, "birthplace_same": birthplace, "country_shared": country}
    return sum(max(0.0, _points()[name]) for name, is_known in known.items() if is_known)


def _fact(name: str, statement: str) -> Fact:
    return Fact(name, _points()[name], statement)


def _birth(who: Counterparty, party: Party) -> Fact | None:
    born = who.date_of_birth
    if born is None or not party.dates_of_birth:
        return None
    names = [(_birth_fact(born, each), each) for each in party.dates_of_birth]
    name, listed = max(names, key=lambda each: _points()[each[0]])
    return _fact(name, f"born {born}, listed {listed}")


def _birth_fact(born: PartialDate, listed: PartialDate) -> str:
    whole = born.earliest == born.latest and listed.earliest == listed.latest
    if born.earliest <= listed.latest and listed.earliest <= born.latest:
        return "birth_same_day" if whole else "birth_compatible"
    if whole and _swapped(born, listed):
        return "birth_swapped"
    slack = NEAR * (2 if listed.circa or born.circa else 1)
    apart = max(born.earliest - listed.latest, listed.earliest - born.latest)
    return "birth_near" if apart <= slack and not whole else "birth_conflict"


def _swapped(born: PartialDate, listed: PartialDate) -> bool:
    one, other = born.earliest, listed.earliest
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _birthplace(who: Counterparty, party: Party) -> Fact | None:
    stated = who.place_of_birth
    if not stated or not party.places_of_birth:
        return None
    names = [(birthplace_fact(stated, each), each) for each in party.places_of_birth]
    name, listed = max(
        names, key=lambda each: (_points()[each[0]], each[0] == "birthplace_country")
    )
    return _fact(name, f"born in {stated}, listed {listed}")


def _country(who: Counterparty, party: Party) -> Fact | None:
    mine, theirs = country_codes(who.countries), country_codes(_countries_of(party))
    if not mine or not theirs:
        return None
    name = "country_shared" if mine & theirs else "country_conflict"
    return _fact(name, f"{_codes(mine)}, listed {_codes(theirs)}")


def _codes(codes: set[str]) -> str:
    """Write ISO 3166 codes as ISO does; regions with sanctions of their own have none."""
    return ", ".join(each.upper() if len(each) == ALPHA_2 else each for each in sorted(codes))


def _countries_of(party: Party) -> Iterator[str]:
    yield from (*party.nationalities, *party.citizenships, *party.places)
    yield from (each.country for each in party.addresses if each.country)
    yield from (each.country for each in party.identifiers if each.country)
    yield from (place.rpartition(",")[2] for place in party.places_of_birth)


def _gender(who: Counterparty, party: Party) -> Fact | None:
    if not who.gender or not party.gender:
        return None
    name = "gender_same" if who.gender == party.gender else "gender_conflict"
    return _fact(name, f"{who.gender}, listed {party.gender}")


@cache
def _points() -> dict[str, float]:
    return {row["fact"]: float(row["points"]) for row in table("fact_points")}
