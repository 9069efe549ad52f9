"""What listed words are filed under, and what a query word asks for: one place for both.

Words agree in two ways. By *measure*: their spellings or sound keys are near each other, or one
is the beginning of the other, which `sanctscreen.index.vocabulary` looks for. Or by *handle*:
they share something that can be looked up, and that is what this module names.

Whoever lets words agree in a new way (`sanctscreen.evidence.words.agree`) states here by which
handle such words find each other, with the most that they can agree by it. A code of a new type
needs nothing: words are filed under all their codes, and `code_similarity` reads the table.
A handle may find too much, and its similarity may be too high; never the other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import JOINED_EQUAL, JOINED_KOREAN, JOINED_WRITTEN
from sanctscreen.evidence.words import (
    CONSONANTS,
    FLOOR,
    INITIAL_SIMILARITY,
    code_similarity,
)
from sanctscreen.index.arrays import spread
from sanctscreen.text.codes import KOREAN, READ, SPELLED, UNVOWELLED, WRITTEN
from sanctscreen.text.words import Word

Ints = NDArray[np.int32]

#: The class of word that an initial, or a name word, may stand against by its first letter.
_PARTNER = {"initial": "name", "name": "initial"}


class Request(NamedTuple):
    """What a query word looks for.

    Attributes:
        handle: what the listed word is filed under.
        similarity: how far the two agree at the most, 0 to 1.
        initial: whether one may be an initial of the other.
    """

    handle: str
    similarity: float
    initial: bool = False


def filed(word: Word) -> Iterator[str]:
    """Yield what a listed word is filed under."""
    yield from word.codes
    if word.wordclass in _PARTNER:
        yield f"begins:{word.wordclass}:{word.text[:1]}"
    yield f"sounds:{word.key}"
    if UNVOWELLED in word.codes:
        yield from (f"{UNVOWELLED}{code}" for code in word.codes if code.startswith(WRITTEN))


def requests(word: Word) -> Iterator[Request]:
    """Yield what a query word asks for; `FLOOR` is the least that counts."""
    for code in word.codes:
        similarity = code_similarity(code)
        if code.startswith(WRITTEN) and UNVOWELLED not in word.codes:
            # Two words that both have their vowels do not agree by their consonants alone.
            yield Request(f"{UNVOWELLED}{code}", similarity)
        elif similarity >= FLOOR and not code.startswith(CONSONANTS):
            yield Request(code, similarity)
    for sound in (f"{SPELLED}{word.key}", *_other_sounds(word)):
        yield Request(sound, code_similarity(SPELLED))
    if word.wordclass in _PARTNER:
        partner = f"begins:{_PARTNER[word.wordclass]}:{word.text[:1]}"
        yield Request(partner, INITIAL_SIMILARITY, initial=True)


def _other_sounds(word: Word) -> Iterator[str]:
    """Yield under what words are filed that sound like another spelling of a word."""
    return (f"sounds:{code[len(SPELLED) :]}" for code in word.codes if code.startswith(SPELLED))


def consonants(word: Word) -> Iterator[str]:
    """Yield the codes by which words agree according to how far their vowels differ."""
    return (code for code in word.codes if code.startswith(CONSONANTS))


def filed_joined(codes: Iterable[str]) -> Iterator[str]:
    """Yield what neighbours written together are filed under, beside their letters."""
    codes = frozenset(codes)
    for code in _joining(codes):
        yield code
        if code.startswith(WRITTEN) and UNVOWELLED in codes:
            yield f"{UNVOWELLED}{code}"


def asked_joined(codes: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield what a word asks for among neighbours written together, or they among words.

    Beside each stands whether it is enough; where both sides have their vowels, these may not be
    far apart either.
    """
    codes = frozenset(codes)
    for code in _joining(codes):
        both_vowelled = code.startswith(WRITTEN) and UNVOWELLED not in codes
        yield code, not both_vowelled
        if both_vowelled:
            yield f"{UNVOWELLED}{code}", True


def _joining(codes: Iterable[str]) -> Iterator[str]:
    return (code for code in codes if code.startswith((WRITTEN, KOREAN, *READ)))


#: How far neighbours written together agree with a word by a code at the most.
JOINED_MOST = max(JOINED_EQUAL, JOINED_KOREAN, JOINED_WRITTEN)


@dataclass(frozen=True, slots=True)
class Handles:
    """Places filed under the checksums of strings; two strings of one checksum only add places."""

    sums: NDArray[np.uint32]
    places: Ints

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, int]]) -> Handles:
        """File places under strings."""
        encoded = (text.encode() for text, _ in pairs)
        sums = np.fromiter(map(crc32, encoded), dtype=np.uint32, count=len(pairs))
        units = np.fromiter((place for _, place in pairs), dtype=np.int32, count=len(pairs))
        order = np.lexsort((units, sums))
        return cls(sums[order], units[order])

    def find(self, texts: list[str]) -> tuple[NDArray[np.intp], Ints]:
        """Return which of some strings was found, and at which place, pair by pair."""
        wanted = np.array([crc32(text.encode()) for text in texts], dtype=np.uint32)
        lows = np.searchsorted(self.sums, wanted)
        which, places = spread(lows, np.searchsorted(self.sums, wanted, side="right") - lows)
        return which, self.places[places]
