"""Which units the items of some queries meet, and how far they agree."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import spread
from sanctscreen.index.bound import Pairs
from sanctscreen.index.lexicon import Lexicon
from sanctscreen.index.queries import Items
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


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

    def partners(self, query: Ints, units: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the items of queries that meet some units.

        Args:
            query: the query of each unit.
            units: the units.

        Returns:
            which of the units, the item, and at which of its places; units come in order.
        """
        keys, items, places = self._by_unit
        wanted = query << 32 | units
        lows = keys.searchsorted(wanted)
        which, at = spread(lows, keys.searchsorted(wanted, side="right") - lows)
        return which, items[at], places[at]

    @cached_property
    def _by_unit(self) -> tuple[Ints, Ints, Ints]:
        """Queries and units in order, with the items that meet them and at which places."""
        items, places = self.spread(np.arange(len(self.query)))
        keys = self.query[items] << 32 | self.units(places)
        order = keys.argsort(kind="stable")
        return keys[order], items[order], places[order]
