"""Places of birth, as a customer file and a list write them: town, region, country.

Towns are compared as names are, since they are romanised in as many ways; countries by their
codes. States that are no more contradict nobody: whoever was born in the USSR was born in what
is Russia, Ukraine or Uzbekistan now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from sanctscreen.data import table
from sanctscreen.evidence.names import align
from sanctscreen.text.countries import country_codes
from sanctscreen.text.normalize import NormalName, normalize
from sanctscreen.text.words import Word

#: From this similarity on two words are spellings of one town.
SAME = 0.8
#: No place needs more characters; what a file holds beyond them is not compared.
LONGEST = 300
#: ISO 3166-3: the Soviet Union, Yugoslavia, Czechoslovakia, the German Democratic Republic.
DISSOLVED = frozenset({"su", "yu", "cs", "dd"})
#: The two letters of an ISO 3166-1 code; regions with sanctions of their own have longer ones.
_CODE = 2
_PARTS = re.compile(r"[,;()/]")


def birthplace_fact(stated: str, listed: str) -> str:
    """Return which fact two places of birth come to, as a row of ``fact_points.tsv``.

    >>> birthplace_fact("Drohobych", "Drogobych, Lviv region, Ukraine")
    'birthplace_same'
    >>> birthplace_fact("Omsk, USSR", "Tula, Russia")
    'birthplace_differs'
    >>> birthplace_fact("Lyon, France", "Oran, Algeria")
    'birthplace_conflict'
    """
    stated, listed = stated[:LONGEST], listed[:LONGEST]
    mine, theirs = _countries(stated), _countries(listed)
    apart = bool(mine and theirs and not mine & theirs)
    if _is_same_town(stated, listed):
        return "birthplace_differs" if apart else "birthplace_same"
    if apart:
        return "birthplace_conflict"
    return "birthplace_country" if mine & theirs else "birthplace_differs"


def _is_same_town(stated: str, listed: str) -> bool:
    """Tell whether a word that names a town or region stands on both sides."""
    pairs = align(_towns(stated), _towns(listed)).pairs
    return any(
        pair.similarity >= SAME and all(map(_names_a_place, (pair.left, pair.right)))
        for pair in pairs
    )


def _names_a_place(words: Iterable[Word]) -> bool:
    return any(len(word.text) > _CODE and word.text not in _unspecific() for word in words)


@lru_cache(maxsize=4096)
def _towns(text: str) -> NormalName:
    """Normalise a place without its countries."""
    kept = [part for part in _PARTS.split(text) if not country_codes([part])]
    return normalize(" ".join(kept), reading="person")


@lru_cache(maxsize=4096)
def _countries(text: str) -> frozenset[str]:
    """Return the codes of the countries that a place names, of those that there are still."""
    codes = country_codes([text, *_PARTS.split(text)]) - DISSOLVED
    return frozenset(code for code in codes if len(code) == _CODE)


@cache
def _unspecific() -> frozenset[str]:
    return frozenset(row["word"] for row in table("place_words"))
