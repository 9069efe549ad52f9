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
    BOTH_ATTESTED,
    BOTH_SYLLABLES,
    BY_MEANING,
    CUT_SIMILARITY,
    FLOOR,
    SOUND,
    VOWELS,
    VOWELS_MOST,
    farthest_for,
)
from sanctscreen.index.arrays import where
from sanctscreen.index.handles import (
    Handles,
    Request,
    consonants,
    filed,
    requests,
)
from sanctscreen.index.joins import Joined, Joins
from sanctscreen.index.meetings import NO_MEETINGS, Meetings, near, near_joined, similarities
from sanctscreen.index.parts import SLACK
from sanctscreen.index.spellings import Spellings
from sanctscreen.text.codes import SYLLABLES
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
AnyInts = NDArray[np.integer[Any]]

#: How many edits are told by parts of words and of joins; joins are many, and those who ask for
#: them, words, are short.
EDITS, EDITS_JOINED = 5, 1


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
            Spellings.of([word.text for word in words], _JOIN_FAR, EDITS),
            Spellings.of([word.key for word in words], _JOIN_HEARD, EDITS),
            Spellings.of(joins.texts, _JOIN_FAR, EDITS_JOINED),
            Spellings.of(joins.keys, _JOIN_HEARD, EDITS_JOINED),
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
        facts = _Facts.of(words)
        joined = self.joined_texts, self.joined_keys, self.joined_handles
        return Meetings.gathered(
            [
                *near_joined(words, *joined, first=self.words),
                self._spelled_alike(words, facts),
                self._heard_alike(words, facts),
                self._sharing(words, facts),
                self._cut_short(words),
            ]
        )

    def alike_joins(self, given: Sequence[Joined]) -> Meetings:
        """Find, for some neighbours written together, the words that agree with them."""
        return Meetings.gathered(near_joined(given, self.texts, self.keys, self.handles, first=0))

    def _spelled_alike(self, words: Sequence[Word], facts: _Facts) -> Meetings:
        """Judge words by the distance of spellings; some agree by the very same one alone."""
        which, units, distances = near(self.texts, [each.text for each in words], facts.far(1.0))
        is_same = distances == 0.0
        kept = np.where(facts.attested[which] & self.known[units], BOTH_ATTESTED, 1.0)
        kept[facts.syllables[which] & self._syllables[units]] = BOTH_SYLLABLES
        similarity = np.where(is_same, 1.0, kept * similarities(distances))
        similarity *= is_same | self._spelled[units]
        return Meetings.by_likeness(which, units, similarity)

    def _heard_alike(self, words: Sequence[Word], facts: _Facts) -> Meetings:
        """Judge words by the distance of sound keys."""
        which, units, distances = near(self.keys, [each.key for each in words], facts.far(SOUND))
        both = (distances > 0.0) & facts.attested[which] & self.known[units]
        similarity = np.where(both, BOTH_ATTESTED, 1.0) * SOUND * similarities(distances)
        similarity *= facts.spelled[which] & self._spelled[units]
        similarity *= ~(facts.syllables[which] & self._syllables[units])
        return Meetings.by_likeness(which, units, similarity)

    def _sharing(self, words: Sequence[Word], facts: _Facts) -> Meetings:
        """Judge words by what they share, and, if that is their consonants, by their vowels."""
        asked = [
            (at, *each)
            for at, word in enumerate(words)
            for each in (*requests(word), *_vowels(word))
        ]
        places, units = self.handles.find([handle for _, handle, _, _ in asked])
        shared = np.array([(at, *how) for at, _, *how in asked]).reshape(-1, 3)
        which, similarity, initial = shared[places].T
        which = which.astype(np.intp)
        vowels = where(similarity == 0.0)
        if len(vowels):
            similarity[vowels] = self._by_vowels(words, which[vowels], units[vowels], facts)
        return Meetings(which, units, similarity, initial > 0.0)

    def _by_vowels(
        self, words: Sequence[Word], which: AnyInts, units: AnyInts, facts: _Facts
    ) -> Floats:
        """Return how far words agree that have the same consonants."""
        keys = [words[at].key for at in which.tolist()]
        listed = [self.keys.at(unit) for unit in units.tolist()]
        distances = cpdist(keys, listed, scorer=OSA.normalized_distance, dtype=np.float64)
        both = facts.attested[which] & self.known[units]
        counts = self._spelled[units] & (~both | (distances <= VOWELS_MOST + SLACK))
        agreed: Floats = SOUND * similarities(VOWELS * distances) * counts
        return agreed

    def _cut_short(self, words: Sequence[Word]) -> Meetings:
        """Find the words that a cut word begins, and the cut words that begin it."""
        found = [
            (at, unit) for at, word in enumerate(words) for unit in self._beginning_alike(word)
        ]
        if not found:
            return NO_MEETINGS
        which, units = np.array(found).T
        similarity = np.full(len(found), CUT_SIMILARITY)
        return Meetings.by_likeness(which, units, similarity)

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

    def far(self, kept: float) -> list[float]:
        """Return how far apart spellings may be if so much is kept of a similarity.

        Words that agree by meaning alone agree by no spelling but their own.
        """
        far = farthest_for(FLOOR / kept)
        return [far if spelled else 0.0 for spelled in self.spelled.tolist()]


def _vowels(word: Word) -> Iterator[Request]:
    """Yield what words share that agree by their vowels then, which is yet to be told."""
    return (Request(code, 0.0) for code in consonants(word))


_JOIN_FAR, _JOIN_HEARD = farthest_for(JOIN_FLOOR), farthest_for(JOIN_FLOOR / SOUND)
