"""The distinct words and joins of the listed names, and how far another word may agree with each.

Every value here is at least what `sanctscreen.evidence` computes for the same pair, so that a
sum of them bounds a score from above. A *unit* is a distinct listed word, or distinct listed
neighbours written together; the words come first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from sanctscreen.evidence.joins import JOIN_FLOOR
from sanctscreen.evidence.names import DISTINCTIVE
from sanctscreen.evidence.words import (
    BEND,
    BOTH_ATTESTED,
    BOTH_SYLLABLES,
    BY_MEANING,
    CUT_SIMILARITY,
    FLOOR,
    SLOPE,
    SOUND,
    VOWELS,
    VOWELS_MOST,
    farthest_for,
)
from sanctscreen.index.arrays import where
from sanctscreen.index.ends import SLACK
from sanctscreen.index.handles import (
    JOINED_MOST,
    Handles,
    asked_joined,
    consonants,
    filed,
    requests,
)
from sanctscreen.index.joins import Joined, Joins
from sanctscreen.index.spellings import Spellings
from sanctscreen.index.stretches import Stretches
from sanctscreen.text.codes import SYLLABLES
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
AnyInts = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The units: what they weigh, how they are spelled, what they are filed under.

    Attributes:
        weights: of each unit.
        attested: whether the unit is known to exist.
        distinctive: whether the unit names a party, rather than say what it is.
        spelled: of each word, whether it agrees by spelling.
        syllables: of each word, whether its letters are syllables.
        handles: words by what they share, see `sanctscreen.index.handles`.
        texts: the words' spellings.
        keys: the words' sound keys.
        joined_texts: the joins' spellings.
        joined_keys: the joins' sound keys.
        joined_handles: joins by what they share with words.
        by_text: the words in the order of the alphabet.
        cut: the words whose end may be missing.
    """

    weights: Floats
    attested: bytes
    distinctive: Bools
    spelled: bytes
    syllables: bytes
    handles: Handles
    texts: Spellings
    keys: Spellings
    joined_texts: Spellings
    joined_keys: Spellings
    joined_handles: Handles
    by_text: Ints
    cut: Ints
    _cut: dict[str, list[int]] = field(default_factory=dict, init=False)
    known: Bools = field(init=False)
    _spelled: Bools = field(init=False)
    _syllables: Bools = field(init=False)

    @classmethod
    def of(cls, words: Sequence[Word], joins: Joins) -> Vocabulary:
        """Catalogue distinct words and joins; their places are the numbers of the units."""
        named = [word.wordclass in DISTINCTIVE for word in words] + [True] * len(joins.texts)
        return cls(
            np.concatenate([[word.weight for word in words], joins.weights]),
            bytes(word.attested for word in words) + joins.attested.tobytes(),
            np.array(named, dtype=bool),
            bytes(word.wordclass not in BY_MEANING for word in words),
            bytes(SYLLABLES in word.codes for word in words),
            Handles.of([(handle, at) for at, word in enumerate(words) for handle in filed(word)]),
            Spellings.of([word.text for word in words], _JOIN_FAR),
            Spellings.of([word.key for word in words], _JOIN_HEARD),
            Spellings.of(joins.texts, _JOIN_FAR),
            Spellings.of(joins.keys, _JOIN_HEARD),
            Handles.of(joins.handles),
            np.array(sorted(range(len(words)), key=lambda at: words[at].text), dtype=np.int32),
            np.array([at for at, word in enumerate(words) if word.cut], dtype=np.int32),
        )

    @property
    def words(self) -> int:
        """How many of the units are words."""
        return len(self.spelled)

    def alike(self, words: Sequence[Word]) -> Meetings:
        """Find the units that agree with words."""
        spellings = self.joined_texts, self.joined_keys, self.joined_handles
        return Meetings.gathered(
            [
                *_near_joined(words, *spellings, first=self.words),
                self._spelled_alike(words),
                self._heard_alike(words),
                self._of_same_consonants(words),
                self._requested(words),
                self._cut_short(words),
            ]
        )

    def alike_joins(self, given: Sequence[Joined]) -> Meetings:
        """Find, for some neighbours written together, the words that agree with them."""
        return Meetings.gathered(_near_joined(given, self.texts, self.keys, self.handles, first=0))

    def _spelled_alike(self, words: Sequence[Word]) -> Meetings:
        """Judge words by the distance of spellings; some agree by the very same one alone."""
        near = _near(self.texts, [each.text for each in words], _farthest(words, 1.0))
        which, units, distances = near
        is_same, facts = distances == 0.0, _Facts.of(words)
        kept = np.where(facts.attested[which] & self.known[units], BOTH_ATTESTED, 1.0)
        kept[facts.syllables[which] & self._syllables[units]] = BOTH_SYLLABLES
        similarity = np.where(is_same, 1.0, kept * _similarities(distances))
        counts = is_same | self._spelled[units]
        return Meetings(which, units, similarity, similarity).some(counts)

    def _heard_alike(self, words: Sequence[Word]) -> Meetings:
        """Judge words by the distance of sound keys."""
        near = _near(self.keys, [each.key for each in words], _farthest(words, SOUND))
        which, units, distances = near
        facts = _Facts.of(words)
        both = (distances > 0.0) & facts.attested[which] & self.known[units]
        similarity = np.where(both, BOTH_ATTESTED, 1.0) * SOUND * _similarities(distances)
        counts = facts.spelled[which] & self._spelled[units]
        counts &= ~(facts.syllables[which] & self._syllables[units])
        return Meetings(which, units, similarity, similarity).some(counts)

    def _of_same_consonants(self, words: Sequence[Word]) -> Meetings:
        """Judge words that share their consonants by their vowels."""
        asked = [(at, code) for at, word in enumerate(words) for code in consonants(word)]
        places, units = self.handles.find([code for _, code in asked])
        which = np.array([at for at, _ in asked], dtype=np.int64)[places]
        keys = [words[at].key for at in which.tolist()]
        heard = [self.keys.at(unit) for unit in units.tolist()]
        distances = cpdist(keys, heard, scorer=OSA.normalized_distance, dtype=np.float64)
        both = _Facts.of(words).attested[which] & self.known[units]
        counts = self._spelled[units] & (~both | (distances <= VOWELS_MOST + SLACK))
        similarity = SOUND * _similarities(VOWELS * distances)
        return Meetings(which, units, similarity, similarity).some(counts)

    def _requested(self, words: Sequence[Word]) -> Meetings:
        """Judge words by what they share."""
        asked = [(at, *each) for at, word in enumerate(words) for each in requests(word)]
        places, units = self.handles.find([handle for _, handle, _, _ in asked])
        facts = np.array([(at, similarity, free) for at, _, similarity, free in asked])
        which, similarity, free = facts.reshape(-1, 3)[places].T
        return Meetings(which.astype(np.int64), units, similarity, free)

    def _cut_short(self, words: Sequence[Word]) -> Meetings:
        """Find the words that a cut word begins, and the cut words that begin it."""
        found = [
            (at, unit) for at, word in enumerate(words) for unit in self._beginning_alike(word)
        ]
        which, units = np.array(found, dtype=np.int64).reshape(-1, 2).T
        similarity = np.full(len(found), CUT_SIMILARITY)
        return Meetings(which, units, similarity, similarity)

    def _beginning_alike(self, word: Word) -> Iterator[int]:
        if word.cut:
            low = bisect_left(self.by_text, word.text, key=self.texts.at)
            begun = takewhile(
                lambda unit: self.texts.at(unit).startswith(word.text), self.by_text[low:].tolist()
            )
            yield from begun
        for end in range(1, len(word.text) if self._cut else 1):
            yield from self._cut.get(word.text[:end], ())

    def __post_init__(self) -> None:
        """Look the words up whose end may be missing."""
        for name, flags in (
            ("known", self.attested),
            ("_spelled", self.spelled),
            ("_syllables", self.syllables),
        ):
            object.__setattr__(self, name, np.frombuffer(flags, dtype=bool))
        for unit in self.cut.tolist():
            self._cut.setdefault(self.texts.at(unit), []).append(unit)


class Meetings(NamedTuple):
    """Words and units that may agree, pair by pair.

    Attributes:
        which: the place of the word.
        units: the unit.
        similarity: how far they agree at the most.
        free: what share of the lighter weight costs nothing at the most.
    """

    which: AnyInts
    units: AnyInts
    similarity: Floats
    free: Floats

    def some(self, which: Bools | AnyInts) -> Meetings:
        """Return some of the pairs."""
        chosen: list[Any] = [values[which] for values in self]
        return Meetings(*chosen)

    @classmethod
    def gathered(cls, several: Sequence[Meetings]) -> Meetings:
        """Keep the most of each pair, in order, and leave out what is not enough."""
        every = cls(*map(np.concatenate, zip(*several, strict=True)))
        every = every.some(every.similarity >= FLOOR - SLACK)
        pairs = every.which.astype(np.int64) << 32 | every.units
        order = np.argsort(pairs, kind="stable")
        starts = np.flatnonzero(np.diff(pairs[order], prepend=-1))
        if not len(starts):
            return every
        first = every.some(order[starts])
        similarity = np.maximum.reduceat(every.similarity[order], starts)
        free = np.maximum(np.maximum.reduceat(every.free[order], starts), similarity)
        return first._replace(similarity=similarity, free=free)


class _Facts(NamedTuple):
    """What is true of some words."""

    attested: Bools
    syllables: Bools
    spelled: Bools

    @classmethod
    def of(cls, words: Sequence[Word]) -> _Facts:
        """Gather the facts of some words."""
        facts = [
            (word.attested, SYLLABLES in word.codes, word.wordclass not in BY_MEANING)
            for word in words
        ]
        return cls(*np.array(facts, dtype=bool).reshape(-1, 3).T)


def _farthest(words: Sequence[Word], kept: float) -> list[float]:
    """Return how far apart spellings may be if so much is kept of a similarity.

    Words that agree by meaning alone agree by no spelling but their own.
    """
    far = farthest_for(FLOOR / kept)
    return [0.0 if word.wordclass in BY_MEANING else far for word in words]


def _near(
    spellings: Spellings, texts: Sequence[str], farthest: Sequence[float]
) -> tuple[AnyInts, AnyInts, Floats]:
    """Return the strings that are within a distance of texts: which text, which string, how far."""
    every = [spellings.near(*each) for each in zip(texts, farthest, strict=True)]
    counts = [len(found) for found, _ in every]
    units, distances = map(np.concatenate, zip(_NO_STRINGS, *every, strict=True))
    return np.repeat(np.arange(len(every)), counts), units, distances


def _near_joined(
    given: Sequence[Word | Joined],
    texts: Spellings,
    keys: Spellings,
    handles: Handles,
    *,
    first: int,
) -> list[Meetings]:
    """Find units, from the first on, that agree with words, where one is neighbours joined."""
    asked = [(at, *code) for at, each in enumerate(given) for code in asked_joined(each.codes)]
    places, units = handles.find([code for _, code, _ in asked])
    facts = np.array([(at, sure) for at, _, sure in asked], dtype=np.int64).reshape(-1, 2)
    which, enough = facts[places].T
    doubtful = where(enough == 0)
    heard = [given[at].key for at in which[doubtful].tolist()]
    listed = [keys.at(unit) for unit in units[doubtful].tolist()]
    distances = cpdist(heard, listed, scorer=OSA.normalized_distance, dtype=np.float64)
    similarity = np.full(len(units), JOINED_MOST)
    similarity[doubtful[distances > VOWELS_MOST + SLACK]] = 0.0
    return [
        Meetings(which, units + first, similarity, similarity),
        _joined_alike([each.text for each in given], texts, first, 1.0),
        _joined_alike([each.key for each in given], keys, first, SOUND),
    ]


def _joined_alike(given: list[str], spellings: Spellings, first: int, kept: float) -> Meetings:
    """Find the units, from the first on, that are near the spelling of a word or join."""
    some = spellings.hopeful(Stretches.among(given))
    texts = [given[at] for at in some.tolist()]
    which, units, distances = _near(spellings, texts, [spellings.farthest] * len(texts))
    similarity = kept * _similarities(distances)
    return Meetings(some[which], units + first, similarity, similarity)


def _similarities(distances: Floats) -> Floats:
    """Turn many edit distances into similarities, see `sanctscreen.evidence.words.spelling`."""
    return np.maximum(0.0, 1.0 - SLOPE * distances - BEND * distances * distances)


_NO_STRINGS = np.zeros(0, dtype=np.int32), np.zeros(0)
_JOIN_FAR, _JOIN_HEARD = farthest_for(JOIN_FLOOR), farthest_for(JOIN_FLOOR / SOUND)
