"""Korean: syllables to Latin letters by three romanisations, and unspaced names to words.

A Hangul syllable is an initial consonant, a vowel and a final one, which its code point counts.
Lists follow the DPRK system or McCune-Reischauer, never only the Revised Romanization of the South.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from sanctscreen.data import table

_SYLLABLES = re.compile("[가-힣]+")
_SYSTEMS = ("dprk", "mr", "rr")
_VOICING = tuple("aeiounmlg")  # ng is the only final with g


def is_syllables(word: str) -> bool:
    """Tell whether ``word`` is Hangul syllables and nothing else."""
    return _SYLLABLES.fullmatch(word) is not None


def leading_syllables(word: str, start: int = 0) -> str:
    """Return the Hangul syllables that ``word`` has at ``start``; empty if there are none."""
    found = _SYLLABLES.match(word, start)
    return found.group() if found else ""


@lru_cache(maxsize=4_096)
def spellings(word: str) -> tuple[str, ...]:
    """Spell one word of Hangul syllables in every way the tables know, the displayed one first.

    >>> spellings("광선")
    ('kwangson', 'gwangseon')
    >>> spellings("박")[:3]
    ('pak', 'park', 'bak')
    """
    known = [*surnames().get(word, ()), *_words().get(word, ())]
    return tuple(dict.fromkeys([*known, *(_by_system(word, system) for system in _SYSTEMS)]))


@lru_cache(maxsize=4_096)
def segment_hangul(word: str) -> tuple[str, ...]:
    """Split an unspaced Korean name into known words; what is unknown stays whole.

    Known words are taken from the start, then from the end, then from between, the longest
    first. A word of at most three syllables (a person's name, as a rule) is split only where
    all of it is known.

    >>> segment_hangul("조선광선은행")
    ('조선', '광선', '은행')
    >>> segment_hangul("김정은")
    ('김정은',)
    """
    if len(word) < 4 and not (is_syllables(word) and _known_run().fullmatch(word)):
        return (word,)
    if not _SYLLABLES.search(word):
        return (word,)
    start = _known_run().match(word)
    head = start.end() if start else 0
    tail = _tail_start(word, head)
    return (
        *_known().findall(word[:head]),
        *(part for part in _known_split().split(word[head:tail]) if part),
        *_known().findall(word[tail:]),
    )


@lru_cache(maxsize=4_096)
def split_surname(word: str) -> tuple[str, ...]:
    """Split a person's unspaced Hangul name into surname and given name.

    A surname of two syllables wins over one of one. A word of another length than a full name
    has, or without a known surname at its start, stays whole.

    >>> split_surname("김정은"), split_surname("남궁옥분"), split_surname("정은")
    (('김', '정은'), ('남궁', '옥분'), ('정은',))
    """
    if is_syllables(word):
        for length in (2, 1):
            if word[:length] in surnames() and len(word) - length == 2:
                return (word[:length], word[length:])
    return (word,)


def _tail_start(word: str, head: int) -> int:
    """Return where the known words at the end begin, not before ``head``."""
    longest = max(map(len, _words()))
    tail, found = len(word), True
    while found:
        found = False
        for length in range(min(longest, tail - head), 1, -1):
            if word[tail - length : tail] in _words():
                tail, found = tail - length, True
                break
    return tail


def _by_system(word: str, system: str) -> str:
    initials, voiced, vowels, finals = _jamo(system)
    spelled = ""
    for syllable in word:
        at, final = divmod(ord(syllable) - ord("가"), len(finals))
        initial, vowel = divmod(at, len(vowels))
        consonant = (voiced if spelled.endswith(_VOICING) else initials)[initial]
        spelled += consonant + vowels[vowel] + finals[final]
    return spelled.replace("lr", "ll")  # all three systems write a doubled ㄹ so


@cache
def _jamo(system: str) -> tuple[list[str], ...]:
    """Return the spellings by position, each in Unicode order, as the table has them."""
    positions = ("initial", "voiced", "medial", "final")
    rows = table("romanize/Hang")
    return tuple([row[system] for row in rows if row["position"] == each] for each in positions)


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """Return the Latin spellings of each Korean surname in Hangul."""
    rows = table("romanize/Hang_surnames")
    return {row["hangul"]: tuple(row["spellings"].split()) for row in rows}


@cache
def surnames_by_spelling() -> dict[str, set[str]]:
    """Return the surnames in Hangul that each Latin spelling may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for hangul, spellings in surnames().items():
        for spelling in spellings:
            found[spelling].add(hangul)
    return dict(found)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {row["hangul"]: (row["latin"],) for row in table("romanize/Hang_words")}


@cache
def _any_known() -> str:
    return "|".join(sorted(_words(), key=len, reverse=True))


@cache
def _known() -> re.Pattern[str]:
    return re.compile(_any_known())


@cache
def _known_split() -> re.Pattern[str]:
    return re.compile(f"({_any_known()})")


@cache
def _known_run() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_known()})+")
