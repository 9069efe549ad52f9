"""Habits of Arabic, Persian and Urdu names: consonants that count, and names of two words.

These scripts are abjads: a name's consonants are written, its vowels guessed by whoever
romanises it. "Abd al-Rahman", "Abdurrahman" and "Abderrahmane" are one name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from sanctscreen.data import table
from sanctscreen.text.keys import abjad, has_readings

#: The article at the start of a word that is long enough to stand without it.
_ARTICLE = re.compile("^[ae]l(?=.{3})")
#: A letter written double after a vowel is long; Arabic writes it once.
_DOUBLED = re.compile(r"(?<=[aeiouy])(sh|th|dh|kh|gh|.)\1+")
_VOWELS = str.maketrans("oewyv", "uiuiu", " ")
_CONSONANT = re.compile("[sktdgczp]h|[^aiu]")
#: Words that end so are names of Arabic origin: Habibullah, Sirajuddin, Noureddine.
_ENDING = re.compile("(?:[au]ll?ah|[au]dd?in|eddine?|[aeu]l?rahman)$")
#: Fewer consonants are shared by too many names, if both sides have their vowels.
ABJAD_CONSONANTS = 2
#: Fewer consonants than this say too little of words that are written together on one side.
JOINED_CONSONANTS = 3
#: Shorter spellings of Arabic words are words of other languages as well.
TELLING = 5
#: How many readings the table gives a letter at the most.
READINGS = 3


@lru_cache(maxsize=2_048)
def consonants(word: str) -> tuple[str, ...]:
    """Return the consonants of a romanised word as an Arabic spelling has them, by each reading.

    >>> consonants("abderrahmane")[0] == consonants("abdalrahman")[0] == "bdrhmn"
    True
    """
    single = _single(word)
    if not has_readings("abjad_key", single):
        return (_merged(abjad(single)),) * READINGS
    return tuple(_merged(abjad(single, habit)) for habit in range(READINGS))


def _single(word: str) -> str:
    return _DOUBLED.sub(lambda found: found[1], word)


def _merged(consonants: str) -> str:
    """Leave out the article inside a name like Abdul Rahman: it merges with the letter after it."""
    inside = consonants.startswith("bdl") and len(consonants) > len("bdl")
    return "bd" + consonants[3:] if inside else consonants


@lru_cache(maxsize=2_048)
def abjad_keys(word: str, readings: int = READINGS) -> frozenset[str]:
    """Return the keys by which two spellings of an Arabic name are found to be one; maybe none.

    >>> sorted(abjad_keys("alsayed")), sorted(abjad_keys("abu"))
    (['lsd', 'sd'], ['b'])

    Args:
        word: a romanised word.
        readings: how many readings of its letters to take, the likeliest first.
    """
    keys = consonants(word)[:readings]
    if _ARTICLE.match(word):
        keys += consonants(word[2:])[:readings]
    return frozenset(keys) - {""}


@lru_cache(maxsize=2_048)
def outline(word: str) -> str:
    """Return a word's vowels as far as Arabic letters tell them apart, its consonants as ``_``.

    >>> outline("soleyman"), outline("sulayman"), outline("slyman")
    ('_u_ii_a_', '_u_ai_a_', '__i_a_')
    """
    return _CONSONANT.sub("_", _single(word).translate(_VOWELS))


def is_arabic(words: Sequence[str]) -> bool:
    """Tell whether a romanised name follows Arabic, Persian or Urdu habits.

    >>> is_arabic(["mohammad", "karimi"]), is_arabic(["ivan", "petrov"])
    (True, False)
    """
    return any(map(_is_arabic_word, words))


@lru_cache(maxsize=8_192)
def _is_arabic_word(word: str) -> bool:
    if word in _marks() or word in _links():
        return True
    return len(word) >= TELLING and (word in arabic_words() or _ENDING.search(word) is not None)


def servant_names(words: Sequence[str]) -> list[tuple[int, int]]:
    """Divide a person's words into stretches, so that "abd al rahman" is one.

    >>> servant_names(["ali", "abd", "al", "rahman"])
    [(0, 1), (1, 4)]
    """
    if _servants().isdisjoint(words):
        return [(at, at + 1) for at in range(len(words))]
    stretches: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        end = start + 1
        if words[start] in _servants() and end < len(words):
            end += 1 + (words[end] in _articles() and end + 1 < len(words))
        stretches.append((start, end))
        start = end
    return stretches


def is_article(word: str) -> bool:
    """Tell whether a romanised word is the article, in front of whatever letter."""
    return word in _articles()


@cache
def arabic_words() -> dict[str, frozenset[str]]:
    """Return the words in Arabic letters that each Latin spelling may stand for."""
    words: dict[str, set[str]] = defaultdict(set)
    for row in table("romanize/Arab_words"):
        for spelling in row["spellings"].replace("_", "").split():
            words[spelling].add(row["word"])
    return {spelling: frozenset(found) for spelling, found in words.items()}


@cache
def _marks() -> dict[str, str]:
    return {row["form"]: row["class"] for row in table("arabic_marks")}


@cache
def _servants() -> frozenset[str]:
    """Return what names of servants of God begin with."""
    return frozenset(form for form, kind in _marks().items() if kind == "servant")


@cache
def _articles() -> frozenset[str]:
    return frozenset(row["form"] for row in table("particles") if row["class"] == "article")


@cache
def _links() -> frozenset[str]:
    """Return the kunyas and patronymic links; articles are shared with European names."""
    rows = table("particles")
    return frozenset(row["form"] for row in rows if row["class"] in {"kunya", "patronymic"})
