"""Which units the items of some queries meet, and how far they agree."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import spread, where
from sanctscreen.index.bound import Pairs
from sanctscreen.index.lexicon import Lexicon
from sanctscreen.index.queries import Items
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Slots of a table that tells quickly which pairs do not meet, for each pair that does.
SLOTS = 8
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Met:
    """Items, and the units of each."""

    def __init__(self, items: Items, lexicon: Lexicon[Any], vocabulary: Vocabulary) -> None:
        """Take the items of some queries; the lexicon has looked them up."""
        self.query, self.before, self.is_last = items.query, items.before, items.is_last
        self.times = items.times.astype(np.float64)
        self.weight = np.ascontiguousarray(items.facts["weight"])
        self.distinctive = np.ascontiguousarray(items.facts["distinctive"])
        self._items, self._units, self._vocabulary = items, lexicon.units, vocabulary

    def spread(self, items: Ints) -> tuple[Ints, Ints]:
        """Return the places of all units of some items, each with its item."""
        facts = self._items.facts[items]
        which, places = spread(facts["start"], facts["count"])
        return items[which], places

    def units(self, places: Ints) -> Ints:
        """Return the units at some places."""
        units: Ints = self._units["unit"][places]
        return units

    def pairs(self, items: Ints, places: Ints) -> Pairs:
        """Weigh items against the units at some places."""
        met = self._units[places]
        units = met["unit"]
        mine = self.weight[items], self._items.facts["attested"][items]
        theirs = self._vocabulary.weights[units], self._vocabulary.known[units]
        return Pairs.of(mine, theirs, met["similarity"], met["free"])

    def places(self, items: Ints, units: Ints) -> tuple[Ints, Ints]:
        """Return which of some items and units meet, and at which places."""
        which, at = self._meetings.find(self._number[items] << 32 | units)
        return which, self._places[at]

    @cached_property
    def _number(self) -> Ints:
        """A number for each item, the same for the same word."""
        return np.unique(self._items.number, return_inverse=True)[1]

    @cached_property
    def _places(self) -> Ints:
        """The places of the units of each number, in order."""
        _, first = np.unique(self._items.number, return_index=True)
        return self.spread(first)[1]

    @cached_property
    def _meetings(self) -> _Marked:
        _, first = np.unique(self._items.number, return_index=True)
        items, places = self.spread(first)
        return _Marked.of(self._number[items] << 32 | self.units(places))


class _Marked(NamedTuple):
    """Keys in order, and a table with a mark for each of them, and seldom for another."""

    keys: Ints
    table: Bools
    bits: int

    @classmethod
    def of(cls, keys: Ints) -> _Marked:
        bits = (SLOTS * len(keys)).bit_length()
        table = np.zeros(1 << bits, dtype=bool)
        table[_slots(keys, bits)] = True
        return cls(keys, table, bits)

    def find(self, wanted: Ints) -> tuple[Ints, Ints]:
        """Return which of some keys there are, and where."""
        some = where(self.table[_slots(wanted, self.bits)])
        wanted = wanted[some]
        at = self.keys.searchsorted(wanted)
        found = where(self.keys.take(at, mode="clip") == wanted) if len(at) else at
        return some[found], at[found]


def _slots(keys: Ints, bits: int) -> NDArray[np.uint64]:
    slots: NDArray[np.uint64] = keys.astype(np.uint64) * _MIX >> np.uint64(64 - bits)
    return slots
