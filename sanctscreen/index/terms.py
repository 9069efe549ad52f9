"""The distinct words of the listed names, and how far another word may agree with each.

Every value here is at least what `sanctscreen.evidence` computes for the same pair, so that a
sum of them bounds a score from above.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import JOIN_FLOOR, JOINED_KOREAN, JOINED_WRITTEN
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
from sanctscreen.index.reach import Alike, Joined, Postings, Spread, joined
from sanctscreen.index.spellings import SLACK, Near, Spellings
from sanctscreen.text.codes import KOREAN, READ, SPELLED, SYLLABLES, UNVOWELLED, WRITTEN
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
_Pairs = tuple[Ints, Floats]

Key = TypeVar("Key")


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
        self._unvowelled = np.array([UNVOWELLED in word.codes for word in ids], dtype=bool)
        self._by_code = _arrays((code, at) for word, at in ids.items() for code in word.codes)
        self._by_letter = _arrays((_beginning(word), at) for word, at in ids.items())
        self._by_cut = _arrays((word.text, at) for word, at in ids.items() if word.cut)

    def spread_joins(self, given: Sequence[Joined]) -> Spread:
        """Spread neighbouring query words that are written together."""
        near = _near_joined(given, self._texts, self._keys)
        return self._postings.spread(_with_coded(near, given, self._by_code), given)

    def spread(self, given: Sequence[Word]) -> Spread:
        """Spread query words over the names that have similar ones."""
        spelled = self._texts.near([word.text for word in given], farthest_for(FLOOR))
        sounded = self._keys.near([word.key for word in given], farthest_for(FLOOR / SOUND))
        found = []
        for item, word in enumerate(given):
            terms, similarity, free = self._similar(word, _of(spelled, item), _of(sounded, item))
            found.append(Alike(np.full(len(terms), item, dtype=np.int32), terms, similarity, free))
        whole = Alike(*(np.concatenate(each) for each in zip(*found, strict=True)))
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
            elif code.startswith(WRITTEN):
                yield self._by_writing(word, terms), code_similarity(code)
            elif len(terms):
                yield terms, code_similarity(code)
        yield from self._by_other_spelling(word)
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

    def _by_writing(self, word: Word, terms: Ints) -> Ints:
        """Leave the pairs out in which both words have their vowels."""
        return terms if UNVOWELLED in word.codes else terms[self._unvowelled[terms]]

    def _by_other_spelling(self, word: Word) -> Iterator[tuple[Ints, float]]:
        """Yield the terms that sound like another spelling of the word, or the other way round."""
        yield self._by_code.get(f"{SPELLED}{word.key}", _NONE), code_similarity(SPELLED)
        keys = [code.removeprefix(SPELLED) for code in word.codes if code.startswith(SPELLED)]
        if keys:
            yield self._keys.near(keys, 0.0).ids, code_similarity(SPELLED)

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
        self._by_code = _arrays((code, at) for each, at in ids.items() for code in each.codes)

    def spread(self, given: Sequence[Word]) -> Spread:
        """Spread query words over the names whose words make them when joined."""
        near = _near_joined(given, self._texts, self._keys)
        return self._postings.spread(_with_coded(near, given, self._by_code), given)


#: The class of word that an initial, or a name word, may stand against by its first letter.
_PARTNER = {"initial": "name", "name": "initial"}
_NONE = np.zeros(0, dtype=np.int32)


def _beginning(word: Word) -> tuple[str, str]:
    return word.wordclass, word.text[:1]


def _near_joined(
    given: Sequence[Word] | Sequence[Joined], texts: Spellings, keys: Spellings
) -> Alike:
    """Find terms that agree with words, where one of the two is neighbours joined."""
    spelled = texts.near([each.text for each in given], farthest_for(JOIN_FLOOR))
    sounded = keys.near([each.key for each in given], farthest_for(JOIN_FLOOR / SOUND))
    written, heard = _similarities(spelled.distances), SOUND * _similarities(sounded.distances)
    similarity = np.concatenate([written, heard])
    return Alike(
        np.concatenate([spelled.items, sounded.items]),
        np.concatenate([spelled.ids, sounded.ids]),
        similarity,
        similarity,
    )


def _with_coded(
    near: Alike, given: Sequence[Word] | Sequence[Joined], by_code: dict[str, Ints]
) -> Alike:
    """Add the terms that agree with words by a code, where one of the two is neighbours joined."""
    parts = [near]
    for item, codes in enumerate([each.codes for each in given]):
        for code in codes:
            if (
                code.startswith((WRITTEN, KOREAN, *READ))
                and (terms := by_code.get(code)) is not None
            ):
                items = np.full(len(terms), item, dtype=np.int32)
                similarity = np.full(len(terms), max(JOINED_WRITTEN, JOINED_KOREAN))
                parts.append(Alike(items, terms, similarity, similarity))
    return Alike(*(np.concatenate(column) for column in zip(*parts, strict=True)))


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
