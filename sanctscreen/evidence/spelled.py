"""Some strings, to find those that are within some edits of another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

#: Fewer strings than this are all near enough to be judged.
FEW = 6


class Spelled:
    """Strings, known by their places."""

    def __init__(self, strings: Iterable[str]) -> None:
        """Take the strings."""
        self._strings = list(strings)

    def near(self, text: str, farthest: float) -> Sequence[int]:
        """Return the places of the strings within an edit distance, a share of the longer one."""
        if len(self._strings) < FEW:
            return range(len(self._strings))
        some = self._hopeful(text, farthest)
        if not len(some):
            return ()
        from rapidfuzz.process import cdist

        distances = cdist(
            [text],
            [self._strings[at] for at in some.tolist()],
            scorer=OSA.normalized_distance,
            score_cutoff=farthest,
        )
        found: list[int] = some[np.flatnonzero(distances[0] <= farthest)].tolist()
        return found

    def _hopeful(self, text: str, farthest: float) -> NDArray[np.intp]:
        """Return the strings whose letters leave the distance possible.

        An edit changes two letters of the two strings together at most, or their length by one.
        """
        lengths, letters = self._outlines
        edits = farthest * np.maximum(lengths, len(text))
        differing = np.bitwise_count(letters ^ np.uint64(_letters(text)))
        return np.flatnonzero((np.abs(lengths - len(text)) <= edits) & (differing <= 2.0 * edits))

    @cached_property
    def _outlines(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        lengths = np.array([len(each) for each in self._strings], dtype=np.int64)
        return lengths, np.array([_letters(each) for each in self._strings], dtype=np.uint64)


def _letters(text: str) -> int:
    """Return which letters occur in a text, as bits; some letters share a bit."""
    letters = 0
    for each in set(text):
        letters |= 1 << (ord(each) & 63)
    return letters
