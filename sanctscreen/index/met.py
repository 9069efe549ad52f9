"""Which units the items of some queries meet, and how far they agree."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import runs, spread, where
from sanctscreen.index.bound import Costs, Pairs
from sanctscreen.index.lexicon import Lexicon
from sanctscreen.index.queries import Items
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


#: A key after all others.
_LAST = np.iinfo(np.int64).max


class Met:
    """Items, and the units of each."""

    def __init__(
        self, items: Items, lexicon: Lexicon[Any], vocabulary: Vocabulary, costs: Costs
    ) -> None:
        """Take the items of some queries; the lexicon has looked them up."""
        self.query, self.before, self.is_last = items.query, items.before, items.is_last
        self.times = items.times.astype(np.float64)
        self.weight = np.ascontiguousarray(items.facts["weight"])
        self.heaviest = np.ascontiguousarray(items.facts["heaviest"])
        self.distinctive = np.ascontiguousarray(items.facts["distinctive"])
        self._items, self._units, self._vocabulary = items, lexicon.units, vocabulary
        self._costs = costs

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
        return Pairs.of(mine, theirs, met, self._costs)

    def partners(self, query: Ints, units: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the items of queries that meet some units.

        Args:
            query: the query of each unit.
            units: the units.

        Returns:
            which of the units, the item, and at which of its places; units come in order.
        """
        met = self._by_unit
        wanted = query << 32 | units
        at = met.keys.searchsorted(wanted)
        known = where(met.keys[at] == wanted)
        starts, at = met.starts, at[known]
        which, at = spread(starts[at], starts[at + 1] - starts[at])
        return known[which], met.items[at], met.places[at]

    @cached_property
    def _by_unit(self) -> _ByUnit:
        items, places = self.spread(np.arange(len(self.query)))
        keys = self.query[items] << 32 | self.units(places)
        order = keys.argsort(kind="stable")
        keys = keys[order]
        starts = np.concatenate([runs(keys), [len(keys)]])
        known = np.concatenate([keys[starts[:-1]], [_LAST]])
        return _ByUnit(known, starts, items[order], places[order])


class _ByUnit(NamedTuple):
    """What items of queries meet units.

    Attributes:
        keys: queries and units in order, as ``query << 32 | unit``, and one that is none.
        starts: where the items of each begin, and the end of the last.
        items: the items that meet a unit.
        places: at which of their places.
    """

    keys: Ints
    starts: Ints
    items: Ints
    places: Ints
