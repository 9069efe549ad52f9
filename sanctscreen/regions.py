"""Embargoed regions in addresses: a finding of its own, looked for only where it is asked for.

A region is no party: it has no score and no threshold. Whether dealings with it are forbidden
depends on who deals in what, so a finding asks for review and is never a match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sanctscreen.data import table
from sanctscreen.text.countries import country_codes
from sanctscreen.text.written import spell

#: In place of the names of regions: every one of them.
ALL = "all"


class RegionFinding(NamedTuple):
    """An embargoed region that an address, a country or a text names.

    Attributes:
        region: its name in ``data/embargoes.tsv``, such as ``crimea``.
        title: what it is called.
        acts: the acts that restrict dealings with it.
        form: the words that name it, as the table has them.
        text: where they stand.
    """

    region: str
    title: str
    acts: str
    form: str
    text: str

    def __str__(self) -> str:
        where = f"{self.form!r} in {self.text!r}"
        is_country = self.text.strip().casefold() == self.form
        return f"embargoed region: {self.title} ({repr(self.text) if is_country else where})"


class _Region(NamedTuple):
    """A row of the table of regions."""

    region: str
    code: str
    title: str
    acts: str


def find_regions(
    wanted: Sequence[str], texts: Iterable[str], countries: Iterable[str] = ()
) -> tuple[RegionFinding, ...]:
    """Return each embargoed region that is named, once, with the first words that name it.

    >>> [str(each) for each in find_regions(["all"], ["Lenin St 5, Simferopol, Krimea"])]
    ["embargoed region: Crimea and Sevastopol ('simferopol' in 'Lenin St 5, Simferopol, Krimea')"]

    Args:
        wanted: the regions to look for; ``all`` for every one.
        texts: addresses, or free text.
        countries: codes or names of countries, as stated.
    """
    found: dict[str, RegionFinding] = {}
    for region, form, text in (*_stated(countries), *_inside(texts)):
        if ALL in wanted or region.region in wanted:
            told = RegionFinding(region.region, region.title, region.acts, form, text)
            found.setdefault(region.region, told)
    return tuple(found.values())


def _stated(countries: Iterable[str]) -> Iterator[tuple[_Region, str, str]]:
    by_code = {each.code: each for each in _regions().values()}
    for stated in countries:
        for code in sorted(country_codes([stated]) & by_code.keys()):
            yield by_code[code], code, stated


def _inside(texts: Iterable[str]) -> Iterator[tuple[_Region, str, str]]:
    for text in texts:
        words = spell(text)
        for at, word in enumerate(words):
            for form, region in _forms().get(word, ()):
                if words[at : at + len(form)] == form:
                    yield region, " ".join(form), text
        yield from _written_together(words, text)


def _written_together(words: Sequence[str], text: str) -> Iterator[tuple[_Region, str, str]]:
    """Find names in Chinese characters, which no space parts from the words around them."""
    for word in words:
        if not word.isascii():
            for forms in _forms().values():
                for form, region in forms:
                    if not form[0].isascii() and form[0] in word:
                        yield region, form[0], text


@cache
def _regions() -> Mapping[str, _Region]:
    return {row["region"]: _Region(**row) for row in table("embargoes")}


@cache
def _forms() -> Mapping[str, list[tuple[tuple[str, ...], _Region]]]:
    """Return the forms by their first words, the longest first."""
    forms: dict[str, list[tuple[tuple[str, ...], _Region]]] = defaultdict(list)
    for row in table("embargoed_places"):
        if words := spell(row["form"]):
            forms[words[0]].append((words, _regions()[row["region"]]))
    return {word: sorted(each, key=lambda form: -len(form[0])) for word, each in forms.items()}
