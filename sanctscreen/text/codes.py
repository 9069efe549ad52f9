"""Codes that two differently spelled words share when they may be the same name.

A code is ``"type:value"``; ``data/agreements.tsv`` says how far words agree that share one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from sanctscreen.text import chinese, han
from sanctscreen.text.arabic import (
    ABJAD_CONSONANTS,
    JOINED_CONSONANTS,
    abjad_keys,
    arabic_words,
    consonants,
    is_article,
)
from sanctscreen.text.given_names import given_name_codes
from sanctscreen.text.habits import Habits
from sanctscreen.text.hangul import surnames_by_spelling
from sanctscreen.text.keys import korean_key, shape_key, skeleton, sound_key, squeezed
from sanctscreen.text.slavic import slavic_skeleton
from sanctscreen.text.surnames import gendered_codes
from sanctscreen.text.words import Reading, Word

#: Marks a word of syllables, in which every vowel counts; words do not agree by it.
SYLLABLES = "syllables:"
#: Marks a word from a script that leaves vowels out, and the code by which it agrees with others.
UNVOWELLED, WRITTEN = "unvowelled:", "written:"
#: Says of a code of the sort before that it takes a letter for another than it mostly stands for.
GUESSED = "guessed:"
#: The code by which words of names of Arabic habits agree with each other.
ABJAD = "abjad:"
#: The sound key of another spelling that a word of another script may have.
SPELLED = "spelled:"
#: The code by which words of East Slavic names agree.
SLAVIC = "slavic:"
#: The code by which Korean words agree.
KOREAN = "korean:"
#: The codes that say how syllables are read, and how many of one type are made by joining.
READ, MOST_JOINED = ("hanja:", "mandarin:", "wade:", "cantonese:"), 16
#: In longer words a letter too many is a small share of the spelling anyway.
MOST_DOUBLED = 5
#: Fewer consonants than this are shared by too many names.
LEAST_CONSONANTS = 3


def name_codes(
    spellings: tuple[str, ...],
    origin: str,
    *,
    reading: Reading,
    habits: Habits,
    vowelled: bool = True,
) -> frozenset[str]:
    """Return the codes of a name word.

    >>> sorted(name_codes(("rana",), "rana", reading="person", habits=Habits()))
    ['doubled:rana', 'shape:rana', 'written:rn']

    Args:
        spellings: the word as displayed, then its other romanisations.
        origin: the word as written.
        reading: how the name is read; only people have nicknames.
        habits: whose spelling habits the name follows.
        vowelled: whether the word was written with its vowels.
    """
    codes = {f"shape:{shape_key(spellings[0])}", *_doubled(spellings[0])}
    if habits.korean or habits.han:
        codes.add(SYLLABLES)
    else:
        codes.update(_skeletons(spellings), _spelled(spellings))
        codes |= written_codes(spellings, vowelled=vowelled)
    if habits.korean:
        codes.update(_korean(spellings))
    if habits.arabic:
        codes.update(_arabic(spellings))
    if habits.slavic and (bare := slavic_skeleton(spellings[0])):
        codes.add(f"{SLAVIC}{bare}")
    if habits.han:
        codes.update(han.codes(origin))
    if habits.chinese:
        codes.update(chinese.codes(spellings[0], habits.chinese))
    if reading == "person":
        codes.update(f"kanji:{each}" for each in han.japanese_names() & {spellings[0]})
        codes.update(given_name_codes(spellings[0]))
        codes.update(gendered_codes(spellings[0]))
    return frozenset(codes)


def written_codes(spellings: tuple[str, ...], *, vowelled: bool) -> frozenset[str]:
    """Return the codes by which words agree of which one was written without its vowels.

    Args:
        spellings: the word as displayed, then its other romanisations.
        vowelled: whether this word was written with its vowels.
    """
    some = [each.replace(" ", "") for each in (spellings[:1] if vowelled else spellings)]
    sure = frozenset[str]().union(*[abjad_keys(each, 1) for each in some])
    keys = sure.union(*[abjad_keys(each) for each in some])
    codes = [f"{WRITTEN}{key}" for key in keys] + [f"{GUESSED}{key}" for key in keys - sure]
    return frozenset(codes if vowelled else [*codes, UNVOWELLED])


def joined_codes(words: Sequence[Word]) -> frozenset[str]:
    """Return the codes of neighbouring words that are written together.

    >>> from sanctscreen.text.normalize import normalize
    >>> sorted(joined_codes(normalize("شمس الدين", reading="person").words))
    ['unvowelled:', 'written:cmsdn', 'written:cmsldn']
    >>> sorted(joined_codes(normalize("Kim Jong Un", reading="person").words[1:]))
    ['hanja:congon', 'korean:congon']
    """
    sorts = [_sorts(word.codes) for word in words]
    arabic, unvowelled, korean, read = zip(*sorts, strict=True)
    codes = _joined_readings(words) if all(read) else frozenset[str]()
    if any(arabic):
        codes = codes.union(_joined_arabic(words), {UNVOWELLED} if any(unvowelled) else ())
    elif any(korean):
        codes |= {f"{KOREAN}{korean_key(''.join(word.text for word in words))}"}
    return codes


class _Sorts(NamedTuple):
    """Which sorts of codes a word has that matter where it is joined."""

    arabic: bool
    unvowelled: bool
    korean: bool
    read: bool


@lru_cache(maxsize=2_048)
def _sorts(codes: frozenset[str]) -> _Sorts:
    def has(sort: str | tuple[str, ...]) -> bool:
        return any(code.startswith(sort) for code in codes)

    return _Sorts(has(ABJAD), UNVOWELLED in codes, SYLLABLES in codes and has(KOREAN), has(READ))


def _joined_readings(words: Sequence[Word]) -> frozenset[str]:
    """Return what syllables read together, in each language that all of them may be in."""
    kinds, *others = (_readings(word.codes) for word in words)
    for theirs in others:
        if not kinds:
            break
        kinds = {
            kind: tuple(islice(map("".join, product(kinds[kind], theirs[kind])), MOST_JOINED))
            for kind in kinds.keys() & theirs.keys()
        }
    return frozenset(f"{kind}{each}" for kind, values in kinds.items() for each in values)


@lru_cache(maxsize=2_048)
def _readings(codes: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the readings of a word's syllables, by type."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in sorted(code for code in codes if code.startswith(READ)):
        kind, colon, value = code.partition(":")
        found[kind + colon].append(value)
    return {kind: tuple(values) for kind, values in found.items()}


def _joined_arabic(words: Sequence[Word]) -> list[str]:
    """Return the consonants of words together, with the articles among them and without."""
    parts = [_joined_part(word.text) for word in words]
    spoken = [part for part, article in parts if not article]
    together = {"".join([part for part, _ in parts])}
    if len(spoken) > 1:
        together.add("".join(spoken))
    least = JOINED_CONSONANTS if len(spoken) > 1 else ABJAD_CONSONANTS
    return [f"{WRITTEN}{key}" for key in together if len(key) >= least]


@lru_cache(maxsize=4_096)
def _joined_part(text: str) -> tuple[str, bool]:
    """Return the consonants of a word among others, and whether it is the article."""
    return consonants(text.replace(" ", ""))[0], is_article(text)


def _doubled(word: str) -> Iterator[str]:
    single = squeezed(word)
    if len(single) <= MOST_DOUBLED:
        yield f"doubled:{single}"


def _skeletons(spellings: Iterable[str]) -> Iterator[str]:
    for each in spellings:
        consonants = skeleton(sound_key(each))
        if len(consonants) >= LEAST_CONSONANTS:
            yield f"skeleton:{consonants}"


def _spelled(spellings: tuple[str, ...]) -> Iterator[str]:
    for each in spellings[1:]:
        yield f"{SPELLED}{sound_key(each)}"


def _korean(spellings: Iterable[str]) -> Iterator[str]:
    for each in spellings:
        if key := korean_key(each):
            yield f"{KOREAN}{key}"
            yield f"hanja:{key}"
        for surname in surnames_by_spelling().get(each, ()):
            yield f"surname:{surname}"
            yield f"hansurname:{surname}"


def _arabic(spellings: Iterable[str]) -> Iterator[str]:
    for each in spellings:
        keys = (key for key in abjad_keys(each) if len(key) >= ABJAD_CONSONANTS)
        yield from (f"{ABJAD}{key}" for key in keys)
        for written in arabic_words().get(each, ()):
            yield f"arabic:{written}"
