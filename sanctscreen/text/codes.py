"""Codes that two differently spelled words share when they may be the same name.

A code is ``"type:value"``; ``data/agreements.tsv`` says how far words agree that share one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from sanctscreen.data import table
from sanctscreen.text.arabic import abjad_key
from sanctscreen.text.classes import Reading
from sanctscreen.text.keys import korean_key, shape_key, skeleton, sound_key

#: Marks a word of syllables, in which every vowel counts; words do not agree by it.
SYLLABLES = "syllables:"
#: Fewer consonants than this are shared by too many names.
LEAST_CONSONANTS = 3


class Habits(NamedTuple):
    """Whose spelling habits a name follows."""

    korean: bool = False
    arabic: bool = False
    chinese: bool = False


def name_codes(spellings: tuple[str, ...], *, reading: Reading, habits: Habits) -> frozenset[str]:
    """Return the codes of a name word.

    >>> sorted(name_codes(("bob",), reading="person", habits=Habits()))
    ['nickname:robert', 'shape:bob']

    Args:
        spellings: the word as displayed, then its other romanisations.
        reading: how the name is read; only people have nicknames.
        habits: whose spelling habits the name follows.
    """
    codes = {f"shape:{shape_key(spellings[0])}"}
    if habits.korean or habits.chinese:
        codes.add(SYLLABLES)
    else:
        codes.update(_skeletons(spellings[:1]))
    if habits.korean:
        codes.update(_korean(spellings))
    if habits.arabic:
        codes.update(_arabic(spellings))
    if reading == "person":
        codes.update(f"nickname:{name}" for name in _given_names().get(spellings[0], ()))
    return frozenset(codes)


def _skeletons(spellings: Iterable[str]) -> Iterator[str]:
    for each in spellings:
        consonants = skeleton(sound_key(each))
        if len(consonants) >= LEAST_CONSONANTS:
            yield f"skeleton:{consonants}"


def _korean(spellings: Iterable[str]) -> Iterator[str]:
    for each in spellings:
        if key := korean_key(each):
            yield f"korean:{key}"
        for surname in korean_surnames().get(each, ()):
            yield f"surname:{surname}"


def _arabic(spellings: Iterable[str]) -> Iterator[str]:
    for each in spellings:
        if key := abjad_key(each):
            yield f"abjad:{key}"
        for written in _arabic_words().get(each, ()):
            yield f"arabic:{written}"


@cache
def _arabic_words() -> dict[str, set[str]]:
    """Return the words in Arabic letters that each Latin spelling may stand for."""
    words: dict[str, set[str]] = defaultdict(set)
    for row in table("romanize/Arab_words"):
        for spelling in row["spellings"].replace("_", "").split():
            words[spelling].add(row["word"])
    return dict(words)


@cache
def _given_names() -> dict[str, set[str]]:
    """Return the given names that a nickname may stand for; a given name stands for itself."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in table("nicknames"):
        names[row["nickname"]].add(row["name"])
        names[row["name"]].add(row["name"])
    return dict(names)


@cache
def korean_surnames() -> dict[str, set[str]]:
    """Return the surnames in Hangul that each Latin spelling may stand for."""
    surnames: dict[str, set[str]] = defaultdict(set)
    for row in table("romanize/Hang_surnames"):
        for spelling in row["spellings"].split():
            surnames[spelling].add(row["hangul"])
    return dict(surnames)
