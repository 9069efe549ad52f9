"""The codes of countries, from whatever a file or a list calls them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

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


@lru_cache(maxsize=8192)
def _codes(country: str) -> tuple[str, ...]:
    known = _names()
    found = (known.get(" ".join(spell(form))) for form in _forms(country))
    return tuple(code for code in found if code)[:1]


def _forms(country: str) -> Iterator[str]:
    """Yield ``Korea, North`` and ``Iran (Islamic Republic of)`` the other way round as well."""
    yield country
    for mark in ",(":
        before, found, after = country.partition(mark)
        if found:
            yield f"{after.rstrip(') ')} {before}"


@cache
def _names() -> dict[str, str]:
    """Return names and codes with the code that each stands for; names come first."""
    rows = [row for row in table("countries") if row["form"].isascii()]
    names = {row["form"]: row["code"] for row in rows}
    two = {row["code"]: row["code"] for row in rows}
    three = {row["alpha3"]: row["alpha2"] for row in table("country_codes")}
    return three | two | names
