"""What the candidates of some queries can score at the most."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import COMMON, NAMED
from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.index.bound import Costs, Pairs, Rest
from sanctscreen.index.candidates import ROW
from sanctscreen.index.ends import SLACK
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names
from sanctscreen.index.queries import Queries
from sanctscreen.index.stretches import spread
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Pairs of words that are held at once.
PAIRS = 400_000


class Block:
    """Queries, what their words and joins met, and the names that these stand in."""

    def __init__(
        self, queries: Queries, met: tuple[Met, Met], vocabulary: Vocabulary, names: Names
    ) -> None:
        """Take queries and what they met."""
        self._queries, self._vocabulary, self._names = queries, vocabulary, names
        self._words, self._joins = met
        self._count = np.bincount(self._words.query, minlength=len(queries.share))
        self._first = np.cumsum(self._count) - self._count

    def reachable(self, candidates: Ints, costs: Costs) -> Ints:
        """Return the candidates whose score may reach the threshold."""
        if not len(candidates):
            return candidates
        sizes = self._count[candidates >> 32] * self._names.words.counts(candidates & ROW)
        ends = np.flatnonzero(np.diff(np.cumsum(sizes) // PAIRS, prepend=0))
        parts = np.split(candidates, ends) if len(ends) else [candidates]
        return np.concatenate([some[self._may_reach(some, costs)] for some in parts])

    def _may_reach(self, candidates: Ints, costs: Costs) -> Bools:
        sums, queries, names = _Sums(len(candidates)), self._queries, self._names
        self._add_words(candidates, sums)
        self._add_joins(candidates, sums, self._words, self._vocabulary.words)
        self._add_joins(candidates, sums, self._joins, 0)
        query, rows = candidates >> 32, candidates & ROW
        left = np.maximum(queries.total[query] - sums.left, 0.0)
        right = np.maximum(names.weights[rows] - sums.right, 0.0)
        # What a full field had no room for costs nothing, but what stands before any pair does.
        cut = names.is_cut[rows] & sums.right_end
        left[cut] = np.minimum(left, sums.left_before)[cut]
        cut = queries.is_cut[query] & sums.left_end
        right[cut] = np.minimum(right, sums.right_before)[cut]
        rest = Rest(left, right, np.maximum(0.0, 1.0 - sums.named / NAMED))
        within = costs.may_reach(queries.share[query], sums.agreed, rest)
        rest = rest._replace(left=np.zeros_like(left))  # what stands around a name is no rest
        stands_out = costs.may_reach(queries.outstanding[query], sums.agreed, rest)
        stands_out &= queries.inside[query] & (sums.agreed >= LEAST_WEIGHT - SLACK)
        reached: Bools = within | stands_out
        return reached

    def _add_words(self, candidates: Ints, sums: _Sums) -> None:
        """Add what words agree on, word against word."""
        items, query, rows = self._words, candidates >> 32, candidates & ROW
        slots = self._names.words
        counts = slots.counts(rows)
        which, place = spread(np.zeros_like(counts), self._count[query] * counts)
        item = self._first[query][which] + place // counts[which]
        slot = slots.starts[rows][which] + place % counts[which]
        some, places = items.places(item, slots.values[slot])
        which, item, slot = which[some], item[some], slot[some]
        named = items.distinctive[item] | self._vocabulary.distinctive[slots.values[slot]]
        sums.add_best(_Places(which, item, slot), items.pairs(item, places), named, items.times)
        sums.left_end[which[items.is_last[item]]] = True
        sums.right_end[which[slot + 1 == slots.starts[rows[which] + 1]]] = True
        np.minimum.at(sums.left_before, which, items.before[item])
        np.minimum.at(sums.right_before, which, self._names.before[slot])

    def _add_joins(self, candidates: Ints, sums: _Sums, items: Met, first: int) -> None:
        """Add what neighbours written together agree on, from a unit on."""
        which, places = items.spread(np.arange(len(items.query)))
        units = items.units(places)
        joined = np.flatnonzero(units >= first)
        which, places = which[joined], places[joined]
        pair, rows = self._names.rows.spread(units[joined])
        wanted = items.query[which[pair]] << 32 | rows
        at = np.searchsorted(candidates, wanted)
        known = np.flatnonzero(candidates.take(at, mode="clip") == wanted)
        pair, at = pair[known], at[known]
        pairs = items.pairs(which[pair], places[pair])
        sums.add(at, pairs, items.times[which[pair]])
        sums.left_end[at] = sums.right_end[at] = True
        sums.left_before[at] = sums.right_before[at] = 0.0


class _Places(NamedTuple):
    """For each of some pairs: which candidate, which item and which place in the listed name."""

    which: Ints
    item: Ints
    slot: Ints


class _Sums:
    """What is added up for each candidate."""

    def __init__(self, count: int) -> None:
        self.agreed, self.left, self.right, self.named = (np.zeros(count) for _ in range(4))
        self.left_end, self.right_end = (np.zeros(count, dtype=bool) for _ in range(2))
        self.left_before, self.right_before = (np.full(count, np.inf) for _ in range(2))

    def add_best(self, places: _Places, pairs: Pairs, named: Bools, times: Floats) -> None:
        """Add the best pairs of each candidate: by its items or by its words, if that is less.

        Pairs come in the order of candidates and items.
        """
        which, item, slot = places
        if not len(which):
            return
        starts, count = _starts(which, item), len(self.agreed)
        factor = np.minimum(times[item[starts]], np.diff(starts, append=len(which)))
        order = np.lexsort((slot, which))
        slot_starts = _starts(which[order], slot[order])
        for total, values in (
            (self.agreed, pairs.agreed),
            (self.left, pairs.left),
            (self.right, pairs.right),
            (self.named, pairs.agreed * np.where(named, 1.0, COMMON)),
        ):
            by_item = _summed(which, values, starts, count, factor)
            by_slot = _summed(which[order], values[order], slot_starts, count)
            np.add(total, np.minimum(by_item, by_slot), out=total)

    def add(self, which: Ints, pairs: Pairs, times: Floats) -> None:
        """Add every pair, each so many times."""
        for total, values in (
            (self.agreed, pairs.agreed),
            (self.left, pairs.left),
            (self.right, pairs.right),
            (self.named, pairs.agreed),
        ):
            added = np.bincount(which, weights=values * times, minlength=len(total))
            np.add(total, added, out=total)


def _starts(which: Ints, of: Ints) -> Ints:
    """Return where another candidate, or another thing of it, begins."""
    changes = (np.diff(which) != 0) | (np.diff(of) != 0)
    return np.concatenate([[0], np.flatnonzero(changes) + 1])


def _summed(
    which: Ints, values: Floats, starts: Ints, count: int, times: Floats | float = 1.0
) -> Floats:
    """Sum, for each of ``count`` candidates, the most of each stretch of values."""
    most = np.maximum.reduceat(values, starts) * times
    summed = np.zeros(count)
    np.add.at(summed, which[starts], most)
    return summed
