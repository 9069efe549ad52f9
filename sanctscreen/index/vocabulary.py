"""The distinct words and joins of the listed names, and how far another word may agree with each.

Every value here is at least what `sanctscreen.evidence` computes for the same pair, so that a
sum of them bounds a score from above. A *unit* is a distinct listed word, or distinct listed
neighbours written together; the words come first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

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
    spelling,
)
from sanctscreen.index.handles import (
    JOINED_MOST,
    Handles,
    consonants,
    filed,
    filed_joined,
    requests,
)
from sanctscreen.index.joins import Joined
from sanctscreen.index.spellings import SLACK, Outlines, Spellings, room_for
from sanctscreen.text.codes import SYLLABLES
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
AnyInts = NDArray[np.integer[Any]]


#: How far a word agrees with a unit at the most, and what share then costs nothing.
Ways = dict[int, tuple[float, float]]


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
    _text_outlines: Outlines = field(init=False)
    _key_outlines: Outlines = field(init=False)

    @classmethod
    def of(cls, words: Sequence[Word], joins: Sequence[Joined]) -> Vocabulary:
        """Catalogue distinct words and joins; their places are the numbers of the units."""
        units: list[Word | Joined] = [*words, *joins]
        named = [word.wordclass in DISTINCTIVE for word in words] + [True] * len(joins)
        return cls(
            np.array([each.weight for each in units], dtype=np.float64),
            bytes(each.attested for each in units),
            np.array(named, dtype=bool),
            bytes(word.wordclass not in BY_MEANING for word in words),
            bytes(SYLLABLES in word.codes for word in words),
            Handles.of((handle, at) for at, word in enumerate(words) for handle in filed(word)),
            Spellings.of([word.text for word in words], _JOIN_FAR),
            Spellings.of([word.key for word in words], _JOIN_HEARD),
            Spellings.of([each.text for each in joins], _JOIN_FAR),
            Spellings.of([each.key for each in joins], _JOIN_HEARD),
            Handles.of(
                (code, at) for at, each in enumerate(joins) for code in filed_joined(each.codes)
            ),
            np.array(sorted(range(len(words)), key=lambda at: words[at].text), dtype=np.int32),
            np.array([at for at, word in enumerate(words) if word.cut], dtype=np.int32),
        )

    @property
    def words(self) -> int:
        """How many of the units are words."""
        return len(self.spelled)

    def alike(self, word: Word, least: float) -> Ways:
        """Find the units that agree with a word.

        Args:
            word: a word of a query.
            least: a similarity, `FLOOR` or above. Words that agree less by spelling or sound may
                be left out; see `most_below`.
        """
        spellings = self.joined_texts, self.joined_keys, self.joined_handles
        [ways] = _near_joined([word], *spellings, first=self.words)
        self._by_spelling(word, least, ways)
        self._by_handle(word, ways)
        self._by_cut(word, ways)
        return ways

    def alike_joins(self, given: Sequence[Joined]) -> list[Ways]:
        """Find, for some neighbours written together, the words that agree with them."""
        return _near_joined(given, self.texts, self.keys, self.handles, first=0)

    def most(self, texts: Outlines, keys: Outlines, units: AnyInts) -> Floats:
        """Return how far words agree with units by spelling or sound at the most.

        Args:
            texts: outlines of the words' spellings.
            keys: outlines of their sound keys.
            units: for each of the words.
        """
        most = np.zeros(len(units))
        for mine, own, kept in (
            (texts, self._text_outlines, 1.0),
            (keys, self._key_outlines, SOUND),
        ):
            theirs = own.of(units)
            near = np.flatnonzero(mine.may_be_near(theirs, room_for(farthest_for(FLOOR / kept))))
            distances = mine.of(near).least_distances(theirs.of(near))
            most[near] = np.maximum(most[near], kept * _similarities(distances))
        return most * np.frombuffer(self.spelled, dtype=np.uint8)[units]

    def _by_spelling(self, word: Word, least: float, ways: Ways) -> None:
        """Judge a word by the distance of spellings and of sound keys."""
        is_spelled, syllables = word.wordclass not in BY_MEANING, SYLLABLES in word.codes
        far = farthest_for(least) if is_spelled else 0.0
        for unit, distance in zip(*self.texts.near(word.text, far), strict=True):
            if not distance:
                _add(ways, unit, 1.0)
            elif self.spelled[unit]:
                kept = BOTH_ATTESTED if word.attested and self.attested[unit] else 1.0
                kept = BOTH_SYLLABLES if syllables and self.syllables[unit] else kept
                _add(ways, unit, kept * spelling(distance))
        far = farthest_for(min(SOUND, least) / SOUND)
        heard = self.keys.near(word.key, far) if is_spelled else ([], [])
        for unit, distance in zip(*heard, strict=True):
            if self.spelled[unit] and not (syllables and self.syllables[unit]):
                both = distance and word.attested and self.attested[unit]
                _add(ways, unit, (BOTH_ATTESTED if both else 1.0) * SOUND * spelling(distance))

    def _by_handle(self, word: Word, ways: Ways) -> None:
        """Judge a word by what it shares, and, if that is its consonants, by its vowels."""
        codes, asked = list(consonants(word)), list(requests(word))
        found = self.handles.find([*codes, *(each.handle for each in asked)])
        for which, unit in found:
            if which >= len(codes):
                _, similarity, free = asked[which - len(codes)]
                _add(ways, unit, similarity, free)
            elif self.spelled[unit]:
                distance = OSA.normalized_distance(word.key, self.keys.at(unit))
                both = word.attested and self.attested[unit]
                if not both or distance <= VOWELS_MOST + SLACK:
                    _add(ways, unit, SOUND * spelling(VOWELS * distance))

    def _by_cut(self, word: Word, ways: Ways) -> None:
        """Find the words that a cut word begins, and the cut words that begin it."""
        if word.cut:
            low = bisect_left(self.by_text, word.text, key=self.texts.at)
            for unit in self.by_text[low:].tolist():
                if not self.texts.at(unit).startswith(word.text):
                    break
                _add(ways, unit, CUT_SIMILARITY)
        for end in range(1, len(word.text)):
            for unit in self._cut.get(word.text[:end], ()):
                _add(ways, unit, CUT_SIMILARITY)

    def __post_init__(self) -> None:
        """Look the words up whose end may be missing, and the words' letters."""
        object.__setattr__(self, "_text_outlines", self.texts.outlines())
        object.__setattr__(self, "_key_outlines", self.keys.outlines())
        for unit in self.cut.tolist():
            self._cut.setdefault(self.texts.at(unit), []).append(unit)


def _add(ways: Ways, unit: int, similarity: float, free: float = 0.0) -> None:
    """Note how far a word agrees with a unit, if it is enough and more than is known."""
    if similarity >= FLOOR - SLACK:
        known = ways.get(unit, (0.0, 0.0))
        ways[unit] = max(known[0], similarity), max(known[1], similarity, free)


def _near_joined(
    given: Sequence[Word | Joined],
    texts: Spellings,
    keys: Spellings,
    handles: Handles,
    *,
    first: int,
) -> list[Ways]:
    """Find units that agree with words, where one of the two is neighbours joined."""
    every: list[Ways] = [{} for _ in given]
    _add_near(every, [each.text for each in given], texts, first, 1.0)
    _add_near(every, [each.key for each in given], keys, first, SOUND)
    asked = [(at, code) for at, each in enumerate(given) for code in filed_joined(each.codes)]
    for which, unit in handles.find([code for _, code in asked]) if asked else ():
        _add(every[asked[which][0]], first + unit, JOINED_MOST)
    return every


def _add_near(
    every: list[Ways], given: list[str], spellings: Spellings, first: int, kept: float
) -> None:
    """Add the units, from the first on, that are near the spelling of a word or join."""
    for at in spellings.hopeful(given):
        units, distances = spellings.near(given[at], spellings.farthest)
        for unit, distance in zip(units, distances, strict=True):
            _add(every[at], first + unit, kept * spelling(distance))


def _similarities(distances: Floats) -> Floats:
    """Turn many edit distances into similarities, see `sanctscreen.evidence.words.spelling`."""
    return np.maximum(0.0, 1.0 - SLOPE * distances - BEND * distances * distances)


_JOIN_FAR, _JOIN_HEARD = farthest_for(JOIN_FLOOR), farthest_for(JOIN_FLOOR / SOUND)
