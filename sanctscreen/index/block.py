"""What the candidates of some queries can score at the most."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import COMMON, NAMED
from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.index.arrays import runs, spread, where
from sanctscreen.index.bound import Costs, Pairs, Rest
from sanctscreen.index.candidates import ROW
from sanctscreen.index.ends import SLACK
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names
from sanctscreen.index.queries import Queries
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Words of listed names that are held at once.
WORDS = 100_000


class Block:
    """Queries, what their words and joins met, and the names that these stand in."""

    def __init__(
        self, queries: Queries, met: tuple[Met, Met], vocabulary: Vocabulary, names: Names
    ) -> None:
        """Take queries and what they met."""
        self._queries, self._vocabulary, self._names = queries, vocabulary, names
        self._words, self._joins = met

    def reachable(self, candidates: Ints, costs: Costs) -> Ints:
        """Return the candidates whose score may reach the threshold."""
        if not len(candidates):
            return candidates
        sizes = self._names.words.counts(candidates & ROW)
        ends = runs(sizes.cumsum() // WORDS).tolist()
        parts = [candidates[low:high] for low, high in pairwise([*ends, len(candidates)])]
        return np.concatenate([some[self._may_reach(some, costs)] for some in parts])

    def _may_reach(self, candidates: Ints, costs: Costs) -> Bools:
        sums, queries = _Sums.of(len(candidates)), self._queries
        self._add_words(candidates, sums)
        self._add_joins(candidates, sums, self._words, self._vocabulary.words)
        self._add_joins(candidates, sums, self._joins, 0)
        query, agreed = candidates >> 32, sums.totals[_AGREED]
        rest = self._rest(candidates, sums)
        reached = costs.may_reach(queries.share[query], agreed, rest)
        if queries.inside.any():
            rest = rest._replace(left=np.zeros(len(query)))  # what stands around a name is no rest
            stands_out = costs.may_reach(queries.outstanding[query], agreed, rest)
            reached |= stands_out & queries.inside[query] & (agreed >= LEAST_WEIGHT - SLACK)
        return reached

    def _rest(self, candidates: Ints, sums: _Sums) -> Rest:
        """Return what is left over on both sides."""
        query, rows = candidates >> 32, candidates & ROW
        left = self._queries.total[query] - sums.totals[_LEFT]
        right = self._names.weights[rows] - sums.totals[_RIGHT]
        # What a full field had no room for costs nothing, but what stands before any pair does.
        cut = self._names.is_cut[rows] & sums.right_end
        left[cut] = np.minimum(left, sums.left_before)[cut]
        cut = self._queries.is_cut[query] & sums.left_end
        right[cut] = np.minimum(right, sums.right_before)[cut]
        lacking = np.maximum(0.0, 1.0 - sums.totals[_NAMED] / NAMED)
        return Rest(np.maximum(left, 0.0), np.maximum(right, 0.0), lacking)

    def _add_words(self, candidates: Ints, sums: _Sums) -> None:
        """Add what words agree on, word against word."""
        items, query, slots = self._words, candidates >> 32, self._names.words
        starts, counts = slots.stretches(candidates & ROW)
        of, slot = spread(starts, counts)
        which, item, places = items.partners(query[of], slots.values[slot])
        slot, of = slot[which], of[which]
        named = items.distinctive[item] | self._vocabulary.distinctive[slots.values[slot]]
        sums.add_best(of, item, slot, _values(items.pairs(item, places), named), items.times)
        sums.left_end[of[items.is_last[item]]] = True
        sums.right_end[of[slot + 1 == (starts + counts)[of]]] = True
        np.minimum.at(sums.left_before, of, items.before[item])
        np.minimum.at(sums.right_before, of, self._names.before[slot])

    def _add_joins(self, candidates: Ints, sums: _Sums, items: Met, first: int) -> None:
        """Add what neighbours written together agree on, from a unit on."""
        which, places = items.spread(np.arange(len(items.query)))
        units = items.units(places)
        joined = where(units >= first)
        if not len(joined):
            return
        which, places = which[joined], places[joined]
        pair, rows = self._names.rows.spread(units[joined])
        wanted = items.query[which[pair]] << 32 | rows
        at = candidates.searchsorted(wanted)
        known = where(candidates.take(at, mode="clip") == wanted)
        pair, at = pair[known], at[known]
        which, places = which[pair], places[pair]
        pairs = items.pairs(which, places)
        named = np.ones(len(at), dtype=bool)
        np.add.at(sums.totals.T, at, (_values(pairs, named) * items.times[which]).T)
        sums.left_end[at] = sums.right_end[at] = True
        sums.left_before[at] = sums.right_before[at] = 0.0


#: The rows of what is added up: weight that agrees, that costs nothing on either side, and that
#: agrees and names a party.
_AGREED, _LEFT, _RIGHT, _NAMED = range(4)


def _values(pairs: Pairs, named: Bools) -> Floats:
    """Return what is added up of some pairs, a column for each."""
    counted = pairs.agreed * np.where(named, 1.0, COMMON)
    return np.array([pairs.agreed, pairs.left, pairs.right, counted])


class _Sums(NamedTuple):
    """What is added up for each candidate."""

    totals: Floats
    left_end: Bools
    right_end: Bools
    left_before: Floats
    right_before: Floats

    @classmethod
    def of(cls, count: int) -> _Sums:
        flags, most = np.zeros((2, count), dtype=bool), np.full((2, count), np.inf)
        return cls(np.zeros((4, count)), *flags, *most)

    def add_best(self, which: Ints, item: Ints, slot: Ints, values: Floats, times: Floats) -> None:
        """Add the best pairs of each candidate: by its items or by its words, if that is less.

        Args:
            which: the candidates of the pairs; they come in order.
            item: the items of these; an item has as many pairs as its query has it, at most.
            slot: the places in the listed names; they come in order.
            values: a column for each pair.
            times: how often queries have the items.
        """
        if not len(which):
            return
        starts = runs((which << 32) + slot)
        some, by_slot = _summed(which[starts], np.maximum.reduceat(values, starts, axis=1))
        order = np.lexsort((item, which))
        item, which = item[order], which[order]
        starts = runs((which << 32) + item)
        factor = np.minimum(times[item[starts]], np.diff(starts, append=len(which)))
        most = np.maximum.reduceat(values[:, order], starts, axis=1) * factor
        self.totals[:, some] += np.minimum(by_slot, _summed(which[starts], most)[1])


def _summed(which: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Sum the columns of each candidate, whose columns stand together."""
    starts = runs(which)
    return which[starts], np.add.reduceat(values, starts, axis=1)
