"""Habits of Chinese names in Latin letters: pinyin, Wade-Giles, and families' own spellings.

"Teng Hsiao-p'ing" and "Deng Xiaoping" are one name. Lists drop the apostrophes of Wade and
Giles, so that one spelling stands for several syllables: "chang" is zhang or chang.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from sanctscreen.data import table
from sanctscreen.text.keys import cantonese_key

PINYIN, WADE, CANTONESE = "pinyin", "wade", "cantonese"
_LONGEST = 6  # letters of a syllable
#: What Wade-Giles may stand for is bounded, since each syllable may be several.
MOST_READINGS = 8
#: A Chinese name has two to four syllables, and so no more words.
MOST_WORDS = 4
_NONE = frozenset[str]()


def systems(words: Sequence[str]) -> frozenset[str]:
    """Return the romanisations that a person's name may follow; none if it is not Chinese.

    >>> sorted(systems(["mao", "tse", "tung"])), sorted(systems(["ivan", "petrov"]))
    (['cantonese', 'wade'], [])
    """
    if not 2 <= len(words) <= MOST_WORDS or surnames().keys().isdisjoint((words[0], words[-1])):
        return _NONE
    found = _systems_of(words[0])
    for word in words[1:]:
        found &= _systems_of(word)
    return found


@lru_cache(maxsize=4_096)
def codes(word: str, found: frozenset[str]) -> frozenset[str]:
    """Return the codes of a word in Latin letters, see `sanctscreen.text.han.codes`.

    >>> sorted(codes("teng", frozenset({"wade"})))[-4:]
    ['mandarin:deng', 'mandarin:teng', 'wade:deng', 'wade:teng']

    Args:
        word: a word of a Chinese name.
        found: the romanisations that the name may follow.
    """
    pinyin = {word} if PINYIN in found else set()
    wade = set(_from_wade(word)) if WADE in found else set()
    values = {f"mandarin:{each}" for each in pinyin or wade}
    values |= {f"wade:{each}" for each in pinyin | wade}
    values |= {f"clan:{each}" for each in surnames().get(word, ())}
    if CANTONESE in found:
        values.add(f"cantonese:{cantonese_key(word)}")
    return frozenset(values)


@cache
def surnames() -> dict[str, set[str]]:
    """Return the surnames, in characters, that each Latin spelling may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("romanize/Hani_surnames"):
        for spelling in (row["pinyin"], *row["spellings"].split()):
            found[spelling].add(row["surname"])
        for spelling in _wade().get(row["pinyin"], ()):
            found[spelling].add(row["surname"])
    return dict(found)


@lru_cache(maxsize=8_192)
def _systems_of(word: str) -> frozenset[str]:
    found = {name for name, pattern in _patterns() if pattern.fullmatch(word)}
    if word in surnames() or _cantonese().fullmatch(cantonese_key(word)):
        found.add(CANTONESE)
    if word in surnames() and len(found) == 1:  # families spell as they like
        found = {PINYIN, WADE, CANTONESE}
    return frozenset(found)


def _from_wade(word: str) -> list[str]:
    """Return what a word of Wade-Giles syllables is in pinyin."""
    return list(islice(_read(word), MOST_READINGS))


def _read(word: str) -> Iterator[str]:
    if not word:
        yield ""
    for end in range(min(len(word), _LONGEST), 0, -1):
        for pinyin in _pinyin().get(word[:end], ()):
            yield from (pinyin + rest for rest in _read(word[end:]))


@cache
def _pinyin() -> dict[str, list[str]]:
    """Return the syllables in pinyin that each one of Wade and Giles stands for."""
    found: dict[str, list[str]] = defaultdict(list)
    for pinyin, spellings in _wade().items():
        for spelling in spellings:
            found[spelling].append(pinyin)
    return dict(found)


@cache
def _wade() -> dict[str, list[str]]:
    return {row["pinyin"]: row["wade_giles"].split() for row in table("romanize/Hani_wade_giles")}


@cache
def _cantonese() -> re.Pattern[str]:
    """Return a pattern for the keys of words of Cantonese."""
    return _words_of({cantonese_key(row["cantonese"]) for row in table("romanize/Hani_cantonese")})


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return, for each romanisation of Mandarin, a pattern for words of its syllables."""
    return (PINYIN, _words_of(_wade())), (WADE, _words_of(_pinyin()))


def _words_of(syllables: Collection[str]) -> re.Pattern[str]:
    """Return a pattern for words of up to three syllables."""
    choices = "|".join(sorted(syllables, key=len, reverse=True))
    return re.compile(f"(?:{choices}){{1,3}}")
