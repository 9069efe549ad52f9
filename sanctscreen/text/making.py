"""The words that names are compared by: class, weight, keys and codes of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sanctscreen.text import keys
from sanctscreen.text.codes import name_codes, written_codes
from sanctscreen.text.habits import Habits
from sanctscreen.text.phrases import Meaning
from sanctscreen.text.rarity import attested, class_weight, name_weight
from sanctscreen.text.scripts import scripts
from sanctscreen.text.words import STATE, Reading, Word, WordClass
from sanctscreen.text.written import Written

#: Scripts that leave vowels out.
_ABJADS = frozenset({"Arab", "Hebr"})
#: Classes of words that one side may know the meaning of, and the other only spell.
_SPOKEN = frozenset({"generic", "sector", "religious"})
#: Longer numbers are not read as numbers.
MOST_DIGITS = 19


def make_word(
    parts: Sequence[Written], meaning: Meaning | None, reading: Reading, habits: Habits
) -> Word:
    """Make the word of one phrase, or of one written word with no class.

    The same word again is the same object.
    """
    if len(parts) == 1:
        text, origin, others = parts[0].text, parts[0].origin, parts[0].alternatives
    else:
        text, others = " ".join([part.text for part in parts]), ()
        origin = " ".join([part.origin for part in parts])
    if meaning is not None:
        return _known_word(text, origin, others, meaning)
    return _other_word(text, origin, others, reading, habits)


@lru_cache(maxsize=8_192)
def _known_word(text: str, origin: str, others: tuple[str, ...], meaning: Meaning) -> Word:
    wordclass, canon, countries = meaning
    codes = frozenset({f"{wordclass}:{canon}", *(f"{STATE}{each}" for each in countries)})
    if wordclass in _SPOKEN:
        codes |= written_codes((text, *others), vowelled=_is_vowelled(origin))
    return _classed(text, origin, wordclass, canon, codes)


@lru_cache(maxsize=24_576)
def _other_word(
    text: str, origin: str, others: tuple[str, ...], reading: Reading, habits: Habits
) -> Word:
    if text.isdecimal():
        canon = str(int(text)) if len(text) <= MOST_DIGITS else text
        return _classed(text, origin, "number", canon, frozenset({f"number:{canon}"}))
    if len(text) == 1:
        return _classed(text, origin, "initial", "", frozenset())
    vowelled, spellings = _is_vowelled(origin), (text, *others)
    codes = name_codes(spellings, origin, reading=reading, habits=habits, vowelled=vowelled)
    key, weight, foreign = keys.sound_key(text), name_weight(text), not origin.isascii()
    return Word(text, origin, "name", "", weight, key, codes, attested(text), foreign)


def _classed(
    text: str, origin: str, wordclass: WordClass, canon: str, codes: frozenset[str]
) -> Word:
    """Make a word whose class decides its weight; such words are known to exist."""
    weight, foreign = class_weight(wordclass), not origin.isascii()
    return Word(text, origin, wordclass, canon, weight, keys.sound_key(text), codes, True, foreign)


def _is_vowelled(origin: str) -> bool:
    """Tell whether a word was written with its vowels."""
    return origin.isascii() or not _ABJADS & scripts(origin)
