"""The codes of countries, from whatever a file or a list calls them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, groupby, islice

from sanctscreen.data import table
from sanctscreen.text.written import spell


def country_codes(countries: Iterable[str]) -> set[str]:
    """Return the ISO 3166 codes, in lower case, of countries; what is none is left out.

    >>> sorted(country_codes(["Kuba", "IRN", "Korea, North", "Iran (Islamic Republic of)"]))
    ['cu', 'ir', 'kp']

    Args:
        countries: codes of two or three letters, or names in any language that
            ``data/countries.tsv`` has. Regions with sanctions of their own have their own codes.
    """
    return {code for country in countries for code in _codes(country)}


#: How forms and registers shorten the words of countries' names.
SHORT = {
    "rep": "republic",
    "dem": "democratic",
    "isl": "islamic",
    "fed": "federation",
    "ir": "islamic republic",
    "dr": "democratic republic",
    "peo": "peoples",
    "st": "saint",
}
#: Words that many leave out of a country's name or add to it; the last ones only where what is
#: left names one country (the Republic of China is not China).
MUTE, OFTEN_MUTE = frozenset({"the", "of", "and"}), frozenset({"republic", "state", "islamic"})
#: Two letters with points are as often no country (``N.A.``), unless a name follows.
LEAST_LETTERS = 3


@lru_cache(maxsize=8192)
def _codes(country: str) -> tuple[str, ...]:
    """Return the code of a country, by its name as it stands if that is one."""
    forms = [tuple(spell(form)) for form in _forms(country)]
    known = _names()
    exact = (known.get(" ".join(words)) for words in forms)
    by_mutes = zip(*map(_loose_names, forms), strict=True)
    loose = (_loosely_named().get(name) for names in by_mutes for name in names)
    return tuple(islice(filter(None, chain(exact, loose)), 1))


def _forms(country: str) -> Iterator[str]:
    """Yield ``Korea, North`` and ``Iran (Islamic Republic of)`` the other way round as well.

    Of ``Korea (DPRK)`` what stands in brackets is a name by itself.
    """
    yield country
    for mark in ",(":
        before, found, after = country.partition(mark)
        if found:
            rest = after.rstrip(") ")
            yield f"{rest} {before}"
            if mark == "(":
                yield from (rest, before)


def _loose_names(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield a name without its mute words: letters joined, short words written out."""
    full = [part for word in _letters_joined(words) for part in SHORT.get(word, word).split()]
    yield from (tuple(each for each in full if each not in mute) for mute in _MUTES)


def _letters_joined(words: Sequence[str]) -> Iterator[str]:
    """Join letters that stand alone, as in ``D.P.R.K.`` and ``I.R. Iran``."""
    for alone, group in groupby(words, key=lambda word: len(word) == 1):
        letters = [*group]
        several = alone and (len(letters) >= LEAST_LETTERS or len(letters) < len(words))
        yield from ["".join(letters)] if several else letters


#: What is left out, from less to more.
_MUTES = (MUTE, MUTE | OFTEN_MUTE)


@cache
def _loosely_named() -> dict[tuple[str, ...], str]:
    """Return names without mute words, where these stand for one country alone."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, code in _names().items():
        if len(name) > LEAST_LETTERS:
            for short in dict.fromkeys(_loose_names(name.split())):
                found[short].add(code)
    found.pop((), None)
    sure = {name: min(codes) for name, codes in found.items() if len(codes) == 1}
    return {tuple(name.split()): code for name, code in _names().items() if len(name) > 2} | sure


@cache
def _names() -> dict[str, str]:
    """Return names and codes with the code that each stands for; names come first."""
    rows = [row for row in table("countries") if row["form"].isascii()]
    names = {row["form"]: row["code"] for row in rows}
    two = {row["code"]: row["code"] for row in rows}
    three = {row["alpha3"]: row["alpha2"] for row in table("country_codes")}
    return three | two | names
