"""Words and the units that they may agree with, and how they find each other by spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from sanctscreen.evidence.words import BEND, FLOOR, SLOPE, SOUND, VOWELS_MOST
from sanctscreen.index.arrays import runs, where
from sanctscreen.index.handles import JOINED_MOST, Handles, asked_joined
from sanctscreen.index.joins import Joined
from sanctscreen.index.parts import SLACK
from sanctscreen.index.spellings import Spellings
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
AnyInts = NDArray[np.integer[Any]]


class Meetings(NamedTuple):
    """Words and units that may agree, pair by pair.

    Attributes:
        which: the place of the word.
        units: the unit.
        similarity: how far they agree at the most.
        initial: whether one may be an initial of the other.
    """

    which: AnyInts
    units: AnyInts
    similarity: Floats
    initial: Bools

    def some(self, which: Bools | AnyInts) -> Meetings:
        """Return some of the pairs."""
        chosen: list[Any] = [values[which] for values in self]
        return Meetings(*chosen)

    @classmethod
    def gathered(cls, several: Sequence[Meetings]) -> Meetings:
        """Keep the most of each pair, in order, and leave out what is not enough."""
        given = [each for each in several if len(each.units)]
        if not given:
            return several[0]
        every = cls(*map(np.concatenate, zip(*given, strict=True)))
        every = every.some(where(every.similarity >= FLOOR - SLACK))
        pairs = every.which.astype(np.int64) << 32 | every.units
        order = pairs.argsort(kind="stable")
        starts = runs(pairs[order])
        if not len(starts):
            return every
        first = every.some(order[starts])
        similarity = np.maximum.reduceat(every.similarity[order], starts)
        initial = np.logical_or.reduceat(every.initial[order], starts)
        return first._replace(similarity=similarity, initial=initial)

    @classmethod
    def by_likeness(cls, which: AnyInts, units: AnyInts, similarity: Floats) -> Meetings:
        """Take pairs of which none is an initial and its word."""
        return cls(which, units, similarity, np.zeros(len(units), dtype=bool))


_NONE = np.zeros(0, dtype=np.intp), np.zeros(0)
NO_MEETINGS = Meetings.by_likeness(_NONE[0], _NONE[0], _NONE[1])


def near(
    spellings: Spellings, texts: Sequence[str], farthest: Sequence[float]
) -> tuple[AnyInts, AnyInts, Floats]:
    """Return the strings that are within a distance of texts: which text, which string, how far."""
    every = [spellings.near(*each) for each in zip(texts, farthest, strict=True)]
    counts = [len(found) for found, _ in every]
    units, distances = map(np.concatenate, zip(_NONE, *every, strict=True))
    return np.arange(len(every)).repeat(counts), units, distances


def near_joined(
    given: Sequence[Word | Joined],
    texts: Spellings,
    keys: Spellings,
    handles: Handles,
    *,
    first: int,
) -> list[Meetings]:
    """Find units, from the first on, that agree with words, where one is neighbours joined."""
    return [
        _sharing_joined(given, keys, handles, first),
        _joined_alike([each.text for each in given], texts, first, 1.0),
        _joined_alike([each.key for each in given], keys, first, SOUND),
    ]


def _sharing_joined(
    given: Sequence[Word | Joined], keys: Spellings, handles: Handles, first: int
) -> Meetings:
    """Find the units, from the first on, that share a code with a word or join."""
    asked = [(at, *code) for at, each in enumerate(given) for code in asked_joined(each.codes)]
    if not asked:
        return NO_MEETINGS
    places, units = handles.find([code for _, code, _ in asked])
    facts = np.array([(at, sure) for at, _, sure in asked], dtype=np.int64).reshape(-1, 2)
    which, enough = facts[places].T
    similarity = np.full(len(units), JOINED_MOST)
    doubtful = where(enough == 0)
    if len(doubtful):
        heard = [given[at].key for at in which[doubtful].tolist()]
        listed = [keys.at(unit) for unit in units[doubtful].tolist()]
        distances = cpdist(heard, listed, scorer=OSA.normalized_distance, dtype=np.float64)
        similarity[doubtful[distances > VOWELS_MOST + SLACK]] = 0.0
    return Meetings.by_likeness(which, units + first, similarity)


def _joined_alike(given: list[str], spellings: Spellings, first: int, kept: float) -> Meetings:
    """Find the units, from the first on, that are near the spelling of a word or join."""
    places = spellings.hopeful(given)
    if not places:
        return NO_MEETINGS
    some, texts = np.array(places), [given[at] for at in places]
    which, units, distances = near(spellings, texts, [spellings.farthest] * len(texts))
    similarity = kept * similarities(distances)
    return Meetings.by_likeness(some[which], units + first, similarity)


def similarities(distances: Floats) -> Floats:
    """Turn many edit distances into similarities, see `sanctscreen.evidence.words.spelling`."""
    return np.maximum(0.0, 1.0 - SLOPE * distances - BEND * distances * distances)
