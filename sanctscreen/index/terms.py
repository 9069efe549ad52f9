"""The distinct words of the listed names, and how far another word may agree with each.

Every value here is at least what `sanctscreen.evidence` computes for the same pair, so that a
sum of them bounds a score from above.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import JOIN_FLOOR, JOIN_MOST, UNKNOWN
from sanctscreen.evidence.words import (
    BEND,
    BOTH_ATTESTED,
    BOTH_SYLLABLES,
    BY_MEANING,
    CONSONANTS,
    CUT_SIMILARITY,
    FLOOR,
    INITIAL_SIMILARITY,
    SLOPE,
    SOUND,
    VOWELS,
    VOWELS_MOST,
    code_similarity,
    farthest_for,
)
from sanctscreen.index.spellings import SLACK, Near, Spellings
from sanctscreen.text.codes import SYLLABLES
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
_Pairs = tuple[Ints, Floats]

Key = TypeVar("Key")

#: Values are stored in single precision, rounded up by more than it loses.
ROUNDED_UP = 1 + 1e-6


class Joined(NamedTuple):
    """Neighbouring words written together; ``attested`` if any of them is."""

    text: str
    key: str
    weight: float
    attested: bool


@lru_cache(maxsize=1_024)
def joined(words: tuple[Word, ...]) -> tuple[Joined, ...]:
    """Return every stretch of neighbours that may be joined."""
    found: list[Joined] = []
    for start in range(len(words) - 1):
        text = key = ""
        weight, attested = 0.0, False
        for at, word in enumerate(words[start : start + JOIN_MOST]):
            text += word.text.replace(" ", "")
            key += word.key.replace(" ", "")
            weight += word.weight
            attested |= word.attested
            if at:
                found.append(Joined(text, key, weight, attested))
    return tuple(found)


class Reach(NamedTuple):
    """What one word may reach in each listed name where it reaches anything.

    Attributes:
        rows: the names, in order.
        agreed: weight that agrees at the most.
        left: how much of this word's weight costs nothing, at the most.
        right: how much of the listed name's weight costs nothing, at the most.
        partners: how many words of the listed name it may agree with.
    """

    rows: Ints
    agreed: NDArray[np.float32]
    left: NDArray[np.float32]
    right: NDArray[np.float32]
    partners: NDArray[np.uint16]

    def of(self, places: NDArray[np.intp]) -> Reach:
        """Return what it reaches in some of the names."""
        return Reach(
            self.rows[places],
            self.agreed[places],
            self.left[places],
            self.right[places],
            self.partners[places],
        )

    def repeated(self, times: int) -> Reach:
        """Return what a word reaches that stands in the query so many times.

        No two of them can have the same partner.
        """
        if times == 1:
            return self
        factor = np.minimum(self.partners, times).astype(np.float32)
        return self._replace(
            agreed=self.agreed * factor, left=self.left * factor, right=self.right * factor
        )

    @property
    def size(self) -> int:
        """Bytes that the arrays take, roughly."""
        return 18 * len(self.rows) + 400


_NO_WEIGHT = np.zeros(0, dtype=np.float32)
NOTHING = Reach(
    np.zeros(0, dtype=np.int32), _NO_WEIGHT, _NO_WEIGHT, _NO_WEIGHT, np.zeros(0, dtype=np.uint16)
)


class Spread(NamedTuple):
    """What some query words may reach, pair by pair of word and listed name; see `Reach`."""

    items: Ints
    rows: Ints
    agreed: Floats
    left: Floats
    right: Floats


class _Found(NamedTuple):
    """Which words may agree with which terms, how far, and what share costs nothing."""

    items: Ints
    terms: Ints
    similarity: Floats
    free: Floats


class Postings:
    """In which names each term stands, with the term's weight."""

    def __init__(self, terms: Sequence[tuple[float, bool]], pairs: array[int]) -> None:
        """Sort (term, row) pairs, given flat, by term; each term has weight and attestation."""
        flat = np.frombuffer(pairs, dtype=np.int32) if pairs else np.zeros(0, dtype=np.int32)
        ids, rows = flat[0::2], flat[1::2]
        order = np.argsort(ids, kind="stable")
        self._rows = rows[order]
        self._counts = np.bincount(ids, minlength=len(terms)).astype(np.int32)
        self._starts = np.concatenate([[0], np.cumsum(self._counts)]).astype(np.int32)
        self._weights = np.array([weight for weight, _ in terms], dtype=np.float64)
        self.attested = np.array([known for _, known in terms], dtype=bool)

    def spread(self, found: _Found, given: Sequence[Word] | Sequence[Joined]) -> Spread:
        """Carry similarities over from terms to the names that hold them."""
        items, terms, similarity, free = found
        mine = np.array([each.weight for each in given], dtype=np.float64)[items]
        attested = np.array([each.attested for each in given], dtype=bool)[items]
        theirs, counts = self._weights[terms], self._counts[terms]
        light, heavy = np.minimum(theirs, mine), np.maximum(theirs, mine)
        known = np.where(theirs > mine, self.attested[terms], attested)
        doubted = np.where(known, heavy, np.maximum(light, heavy * UNKNOWN))
        lacking = 1.0 - free
        agreed = similarity * light
        left = mine - lacking * np.minimum(mine, doubted)
        right = theirs - lacking * np.minimum(theirs, doubted)
        before = np.cumsum(counts) - counts
        places = np.repeat(self._starts[terms] - before, counts) + np.arange(counts.sum())
        values = (np.repeat(each, counts) for each in (agreed, left, right))
        return Spread(np.repeat(items, counts), self._rows[places], *values)


class Words:
    """The distinct words of the listed names."""

    def __init__(self, names: Iterable[Sequence[Word]]) -> None:
        """Catalogue the words; the places of the names are the rows of a `Reach`."""
        ids: dict[Word, int] = {}
        pairs = array("i")
        for row, words in enumerate(names):
            for word in words:
                pairs.extend((ids.setdefault(word, len(ids)), row))
        self._postings = Postings([(word.weight, word.attested) for word in ids], pairs)
        self._texts = Spellings([word.text for word in ids])
        self._keys = Spellings([word.key for word in ids])
        self._spelled = np.array([word.wordclass not in BY_MEANING for word in ids], dtype=bool)
        self._syllables = np.array([SYLLABLES in word.codes for word in ids], dtype=bool)
        self._by_code = _arrays((code, at) for word, at in ids.items() for code in word.codes)
        self._by_letter = _arrays((_beginning(word), at) for word, at in ids.items())
        self._by_cut = _arrays((word.text, at) for word, at in ids.items() if word.cut)

    def spread_joins(self, given: Sequence[Joined]) -> Spread:
        """Spread neighbouring query words that are written together."""
        return self._postings.spread(_near_joined(given, self._texts, self._keys), given)

    def spread(self, given: Sequence[Word]) -> Spread:
        """Spread query words over the names that have similar ones."""
        spelled = self._texts.near([word.text for word in given], farthest_for(FLOOR))
        sounded = self._keys.near([word.key for word in given], farthest_for(FLOOR / SOUND))
        found = []
        for item, word in enumerate(given):
            terms, similarity, free = self._similar(word, _of(spelled, item), _of(sounded, item))
            found.append(_Found(np.full(len(terms), item, dtype=np.int32), terms, similarity, free))
        whole = _Found(*(np.concatenate(each) for each in zip(*found, strict=True)))
        return self._postings.spread(whole, given)

    def _similar(self, word: Word, spelled: _Pairs, sounded: _Pairs) -> tuple[Ints, Floats, Floats]:
        best = np.zeros(len(self._spelled))
        for terms, similarity in self._ways(word, spelled, sounded):
            best[terms] = np.maximum(best[terms], similarity)
        free = best
        initials = self._by_letter.get((_PARTNER.get(word.wordclass, ""), word.text[:1]))
        if initials is not None:  # an initial contradicts nothing, so that no cost is certain
            best[initials] = np.maximum(best[initials], INITIAL_SIMILARITY)
            free = best.copy()
            free[initials] = 1.0
        terms = np.flatnonzero(best >= FLOOR - SLACK).astype(np.int32)
        return terms, best[terms], free[terms]

    def _ways(
        self, word: Word, spelled: _Pairs, sounded: _Pairs
    ) -> Iterator[tuple[Ints, Floats | float]]:
        """Yield terms with a bound on their similarity, by each way in which words agree."""
        terms, distances = spelled
        yield terms[distances == 0], 1.0
        if word.wordclass not in BY_MEANING:
            yield self._kept(word, terms, _similarities(distances), BOTH_SYLLABLES)
            terms, distances = sounded
            yield self._kept(word, terms, SOUND * _similarities(distances), 0.0)
            yield self._same_sound(word, terms[distances == 0])
        for code in word.codes:
            terms = self._by_code.get(code, _NONE)
            if len(terms) and code.startswith(CONSONANTS):
                yield self._by_consonants(word, terms)
            elif len(terms):
                yield terms, code_similarity(code)
        yield from self._by_beginning(word)

    def _same_sound(self, word: Word, terms: Ints) -> tuple[Ints, float]:
        both = self._syllables[terms] & (SYLLABLES in word.codes)
        return terms[self._spelled[terms] & ~both], SOUND

    def _kept(
        self, word: Word, terms: Ints, similarity: Floats, syllables: float
    ) -> tuple[Ints, Floats]:
        """Lower similarities in spelling where both words exist, or both are syllables."""
        factor = np.where(self._postings.attested[terms] & word.attested, BOTH_ATTESTED, 1.0)
        if SYLLABLES in word.codes:
            factor = np.where(self._syllables[terms], syllables, factor)
        return terms, np.where(self._spelled[terms], factor * similarity, 0.0)

    def _by_consonants(self, word: Word, terms: Ints) -> tuple[Ints, Floats]:
        """Judge words that share their consonants by how far their vowels differ."""
        if word.wordclass in BY_MEANING:
            return terms, np.zeros(len(terms))
        distances = self._keys.distances(word.key, terms)
        similarity = SOUND * _similarities(VOWELS * distances)
        if word.attested:
            apart = self._postings.attested[terms] & (distances > VOWELS_MOST + SLACK)
            similarity[apart] = 0.0
        return terms, similarity

    def _by_beginning(self, word: Word) -> Iterator[tuple[Ints, float]]:
        """Yield the terms that a cut word begins, and the cut ones that begin this word."""
        if word.cut:
            yield self._texts.beginning(word.text), CUT_SIMILARITY
        if self._by_cut:
            for end in range(1, len(word.text)):
                if (terms := self._by_cut.get(word.text[:end])) is not None:
                    yield terms, CUT_SIMILARITY


class Joins:
    """Neighbouring words of the listed names, written together."""

    def __init__(self, names: Iterable[tuple[Word, ...]]) -> None:
        """Catalogue the joins; the places of the names are the rows of a `Reach`."""
        ids: dict[Joined, int] = {}
        pairs = array("i")
        for row, words in enumerate(names):
            for each in joined(words):
                pairs.extend((ids.setdefault(each, len(ids)), row))
        self._postings = Postings([(each.weight, each.attested) for each in ids], pairs)
        self._texts = Spellings([each.text for each in ids])
        self._keys = Spellings([each.key for each in ids])

    def spread(self, given: Sequence[Word]) -> Spread:
        """Spread query words over the names whose words make them when joined."""
        return self._postings.spread(_near_joined(given, self._texts, self._keys), given)


def best_of(parts: Sequence[Spread], count: int) -> list[Reach]:
    """Keep, for each of ``count`` query words and each name, the most that any term reaches."""
    items, rows, *values = (np.concatenate(each) for each in zip(*parts, strict=True))
    if not len(rows):
        return [NOTHING] * count
    pairs = items.astype(np.int64) << 32 | rows
    order = np.argsort(pairs)
    pairs = pairs[order]
    starts = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    agreed, left, right = (
        (np.maximum.reduceat(each[order], starts) * ROUNDED_UP).astype(np.float32)
        for each in values
    )
    pairs = pairs[starts]
    rows = (pairs & 0xFFFFFFFF).astype(np.int32)
    partners = np.minimum(np.diff(starts, append=len(order)), 65_535).astype(np.uint16)
    whole = Reach(rows, agreed, left, right, partners)
    ends = np.searchsorted(pairs >> 32, np.arange(count + 1)).tolist()
    return [
        whole.of(np.arange(at.start, at.stop)) if at.start < at.stop else NOTHING
        for at in map(slice, ends[:-1], ends[1:])
    ]


#: The class of word that an initial, or a name word, may stand against by its first letter.
_PARTNER = {"initial": "name", "name": "initial"}
_NONE = np.zeros(0, dtype=np.int32)


def _beginning(word: Word) -> tuple[str, str]:
    return word.wordclass, word.text[:1]


def _near_joined(
    given: Sequence[Word] | Sequence[Joined], texts: Spellings, keys: Spellings
) -> _Found:
    """Find terms that agree with words, where one of the two is neighbours joined."""
    spelled = texts.near([each.text for each in given], farthest_for(JOIN_FLOOR))
    sounded = keys.near([each.key for each in given], farthest_for(JOIN_FLOOR / SOUND))
    written, heard = _similarities(spelled.distances), SOUND * _similarities(sounded.distances)
    similarity = np.concatenate([written, heard])
    return _Found(
        np.concatenate([spelled.items, sounded.items]),
        np.concatenate([spelled.ids, sounded.ids]),
        similarity,
        similarity,
    )


def _of(near: Near, item: int) -> _Pairs:
    """Return the strings near one of the texts, with their distances."""
    low, high = np.searchsorted(near.items, [item, item + 1]).tolist()
    return near.ids[low:high], near.distances[low:high]


def _similarities(distances: Floats) -> Floats:
    """Turn many edit distances into similarities, see `sanctscreen.evidence.words.spelling`."""
    return np.maximum(0.0, 1.0 - SLOPE * distances - BEND * distances * distances)


def _arrays(pairs: Iterable[tuple[Key, int]]) -> dict[Key, Ints]:
    """Gather places by key."""
    found: dict[Key, list[int]] = defaultdict(list)
    for key, at in pairs:
        found[key].append(at)
    return cast("dict[Key, Ints]", {key: np.array(ats, np.int32) for key, ats in found.items()})
