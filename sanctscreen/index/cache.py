"""What was found for a word is kept for the next query, within a bound on memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.joins import Joined
from sanctscreen.index.spellings import outlined
from sanctscreen.index.vocabulary import Ways
from sanctscreen.text.words import Word

Key = TypeVar("Key", bound=Hashable)

#: Bytes that are kept, in each of two generations, and what an entry takes beside its arrays.
KEPT, OVERHEAD = 16_000_000, 900


class Entry(NamedTuple):
    """The units that a word may agree with.

    Attributes:
        least: words that agree less than this by spelling or sound may be left out.
        units: in order.
        similarity: how far the word agrees with each at the most.
        free: what share of the lighter weight costs nothing at the most.
        rows: in how many places of listed names they stand.
        outline: letters and length of the word's spelling, then of its sound key.
    """

    least: float
    units: NDArray[np.int32]
    similarity: NDArray[np.float64]
    free: NDArray[np.float64]
    rows: int
    outline: tuple[int, int, int, int]

    @classmethod
    def of(cls, word: Word | Joined, least: float, ways: Ways, starts: NDArray[np.int32]) -> Entry:
        """Sort what was found; ``starts`` tells where the names of each unit begin."""
        if not ways and isinstance(word, Joined):
            return NOTHING
        found = sorted(ways)
        units = np.array(found, dtype=np.int32)
        values = np.array([ways[unit] for unit in found], dtype=np.float64).reshape(-1, 2)
        rows = int((starts[units + 1] - starts[units]).sum()) if found else 0
        outline = *outlined(word.text), *outlined(word.key)
        return cls(least, units, values[:, 0], values[:, 1], rows, outline)


#: What most neighbours agree with when they are written together.
_NO_VALUES = np.zeros(0)
NOTHING = Entry(0.0, np.zeros(0, dtype=np.int32), _NO_VALUES, _NO_VALUES, 0, (0, 0, 0, 0))


class Kept(Generic[Key]):
    """Entries in two generations: when the young fill up, the old are let go."""

    def __init__(self, find: Callable[[list[Key], float], list[Entry]]) -> None:
        self._find = find
        self._young: dict[Key, Entry] = {}
        self._old: dict[Key, Entry] = {}
        self._bytes = 0

    def get(self, key: Key, least: float) -> Entry:
        """Return what is kept, if it goes down to a similarity, or find it and keep it."""
        found = self._young.get(key)
        if found is not None and found.least <= least:
            return found
        found = self._old.get(key)
        if found is None or found.least > least:
            [found] = self._find([key], least)
        self._put(key, found)
        return found

    def prepare(self, keys: Iterable[Key], least: float) -> None:
        """Find and keep what is new among many keys, which costs less than one by one."""
        new = [key for key in dict.fromkeys(keys) if key not in self._young]
        for key, found in zip(new, self._find(new, least), strict=True):
            self._put(key, found)

    def _put(self, key: Key, entry: Entry) -> None:
        if self._bytes > KEPT:
            self._old, self._young, self._bytes = self._young, {}, 0
        self._young[key] = entry
        self._bytes += OVERHEAD + 20 * len(entry.units)
