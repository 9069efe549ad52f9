"""Habits of Arabic, Persian and Urdu names: consonants that count, and names of two words.

These scripts are abjads: a name's consonants are written, its vowels guessed by whoever
romanises it. "Abd al-Rahman", "Abdurrahman" and "Abderrahmane" are one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from sanctscreen.data import table
from sanctscreen.text.keys import abjad

#: The article inside a name like Abdul Rahman, which merges with the letter after it.
_SERVANT = re.compile("^bdl(?=.)")
_DOUBLED = re.compile(r"(.)\1+")
#: Fewer consonants are shared by too many names.
LEAST_CONSONANTS = 2


@lru_cache(maxsize=65_536)
def abjad_key(word: str) -> str:
    """Return the consonants of a word as an Arabic spelling would have them, or nothing.

    >>> abjad_key("abderrahmane") == abjad_key("abdalrahman") == "bdrhmn"
    True
    """
    consonants = _SERVANT.sub("bd", _DOUBLED.sub(r"\1", abjad(word)))
    return consonants if len(consonants) >= LEAST_CONSONANTS else ""


def is_arabic(words: Sequence[str]) -> bool:
    """Tell whether a romanised name follows Arabic, Persian or Urdu habits.

    >>> is_arabic(["mohammad", "karimi"]), is_arabic(["ivan", "petrov"])
    (True, False)
    """
    return any(word in _marks() or word in _links() for word in words)


def servant_names(words: Sequence[str]) -> list[tuple[int, int]]:
    """Divide a person's words into stretches, so that "abd al rahman" is one.

    >>> servant_names(["ali", "abd", "al", "rahman"])
    [(0, 1), (1, 4)]
    """
    stretches: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        end = start + 1
        if _marks().get(words[start]) == "servant" and end < len(words):
            end += 1 + (words[end] in _articles() and end + 1 < len(words))
        stretches.append((start, end))
        start = end
    return stretches


@cache
def _marks() -> dict[str, str]:
    return {row["form"]: row["class"] for row in table("arabic_marks")}


@cache
def _articles() -> frozenset[str]:
    return frozenset(row["form"] for row in table("particles") if row["class"] == "article")


@cache
def _links() -> frozenset[str]:
    """Return the kunyas and patronymic links; articles are shared with European names."""
    rows = table("particles")
    return frozenset(row["form"] for row in rows if row["class"] in {"kunya", "patronymic"})
