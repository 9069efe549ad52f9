"""Some queries at once, as flat arrays: which names they touch, and what these can score.

An *item* is a distinct word of a query, or distinct neighbours of it written together. A
*candidate* is a listed name that a query touches, as ``query << 32 | row``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import JOIN_MOST
from sanctscreen.evidence.names import COMMON, NAMED
from sanctscreen.evidence.passages import LEAST_SCORE, LEAST_WEIGHT
from sanctscreen.evidence.words import FLOOR
from sanctscreen.index.bound import Costs, Pairs, Rest, share
from sanctscreen.index.cache import Entry
from sanctscreen.index.names import Names, stretches
from sanctscreen.index.spellings import SLACK, Outlines
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Pairs of words that are held at once.
PAIRS = 400_000
#: The bits of a candidate that name the row.
ROW = (1 << 32) - 1


class Item(NamedTuple):
    """A word or join of a query.

    Attributes:
        entry: what it may agree with.
        weight: of one occurrence.
        attested: whether it is known to exist.
        distinctive: whether it names a party, rather than say what it is.
        before: what a rest of the words before it can cost.
        is_last: whether it is the last word of the query.
        times: how often the query has it.
        is_seed: whether names that it touches are looked at.
        is_cut_seed: whether at least those are that fill their field.
    """

    entry: Entry
    weight: float
    attested: bool
    distinctive: bool
    before: float
    is_last: bool
    times: int
    is_seed: bool
    is_cut_seed: bool


class Query(NamedTuple):
    """A query, taken apart.

    Attributes:
        threshold: the least score of a hit.
        inside: whether listed names may stand inside it.
        is_cut: whether its end may be missing.
        total: what a rest of it can cost.
        weight: of all its words.
        words: its distinct words.
        joins: its distinct joins.
    """

    threshold: float
    inside: bool
    is_cut: bool
    total: float
    weight: float
    words: list[Item]
    joins: list[Item]


class Block:
    """Queries, flattened."""

    def __init__(
        self, queries: Sequence[Query], vocabulary: Vocabulary, names: Names, costs: Costs
    ) -> None:
        """Flatten some queries."""
        self._vocabulary, self._names, self._costs = vocabulary, names, costs
        self._words = _Items([query.words for query in queries])
        self._joins = _Items([query.joins for query in queries])
        facts = np.array(
            [(share(each.threshold), each.total, each.weight) for each in queries]
        ).reshape(-1, 3)
        self._shares, self._totals, self._weights = facts.T
        self._inside = np.array([query.inside for query in queries], dtype=bool)
        self._is_cut = np.array([query.is_cut for query in queries], dtype=bool)
        least = [share(max(each.threshold, LEAST_SCORE)) for each in queries]
        self._outstanding = np.array(least)

    def candidates(self) -> Ints:
        """Return the names that the queries touch, in order."""
        found = [*self._touched(self._words), *self._touched(self._joins)]
        return np.unique(np.concatenate(found))

    def reachable(self, candidates: Ints) -> Ints:
        """Return the candidates whose score may reach the threshold."""
        candidates = candidates[self._is_long_enough(candidates)]
        if not len(candidates):
            return candidates
        sizes = self._words.count[candidates >> 32] * self._slots(candidates)
        ends = np.flatnonzero(np.diff(np.cumsum(sizes) // PAIRS, prepend=0))
        parts = np.split(candidates, ends) if len(ends) else [candidates]
        return np.concatenate([some[self._may_reach(some)] for some in parts])

    def _slots(self, candidates: Ints) -> Ints:
        return self._names.words.counts(candidates & ROW)

    def _touched(self, items: _Items) -> Sequence[Ints]:
        """Return what seeds touch, and what the others do where the end may be missing."""
        which, places = items.spread(np.flatnonzero(items.is_seed))
        hopeful = self._is_hopeful(items, which, places)
        which, places = which[hopeful], places[hopeful]
        pair, rows = self._names.rows.spread(items.units[places])
        found = [items.query[which[pair]] << 32 | rows]
        others = np.flatnonzero(items.is_cut_seed & ~items.is_seed)
        if len(self._names.cut_rows.values) and len(others):
            which, places = items.spread(others)
            pair, rows = self._names.cut_rows.spread(items.units[places])
            found.append(items.query[which[pair]] << 32 | rows)
        return found

    def _is_hopeful(self, items: _Items, which: Ints, places: Ints) -> Bools:
        """Tell which pairs may be part of a hit, if all other words agree in full."""
        pairs = self._pairs(items, which, places)
        query = items.query[which]
        agreed = pairs.agreed + self._weights[query] - items.weight[which]
        shares = self._shares[query]
        lost = shares * self._costs.double * pairs.cost
        hopeful: Bools = ((1.0 - shares) * agreed >= lost - SLACK) | self._inside[query]
        return hopeful

    def _pairs(self, items: _Items, which: Ints, places: Ints) -> Pairs:
        units = items.units[places]
        return self._weighed(items, which, units, items.similarity[places], items.free[places])

    def _weighed(
        self, items: _Items, which: Ints, units: Ints, similarity: Floats, free: Floats
    ) -> Pairs:
        known = np.frombuffer(self._vocabulary.attested, dtype=bool)
        mine = items.weight[which], items.attested[which]
        return Pairs.of(mine, (self._vocabulary.weights[units], known[units]), similarity, free)

    def _is_long_enough(self, candidates: Ints) -> Bools:
        """Leave out names with too few words to leave no more of a query than it may omit."""
        query, rows = candidates >> 32, candidates & ROW
        shares = self._shares[query]
        most = self._words.heaviest[query] * JOIN_MOST * self._slots(candidates)
        omitted = self._costs.single * np.maximum(self._totals[query] - most, 0.0)
        reached: Bools = (1.0 - shares) * most >= shares * omitted - SLACK
        reached |= self._inside[query] | self._names.is_cut[rows]
        return reached

    def _may_reach(self, candidates: Ints) -> Bools:
        sums = _Sums(len(candidates))
        self._add_words(candidates, sums)
        self._add_joins(candidates, sums, self._words, len(self._vocabulary.spelled))
        self._add_joins(candidates, sums, self._joins, 0)
        query, rows = candidates >> 32, candidates & ROW
        left = np.maximum(self._totals[query] - sums.left, 0.0)
        right = np.maximum(self._names.weights[rows] - sums.right, 0.0)
        # What a full field had no room for costs nothing, but what stands before any pair does.
        cut = self._names.is_cut[rows] & sums.right_end
        left[cut] = np.minimum(left, sums.left_before)[cut]
        cut = self._is_cut[query] & sums.left_end
        right[cut] = np.minimum(right, sums.right_before)[cut]
        rest = Rest(left, right, np.maximum(0.0, 1.0 - sums.named / NAMED))
        within = self._costs.may_reach(self._shares[query], sums.agreed, rest)
        rest = rest._replace(left=np.zeros_like(left))  # what stands around a name is no rest
        stands_out = self._costs.may_reach(self._outstanding[query], sums.agreed, rest)
        stands_out &= self._inside[query] & (sums.agreed >= LEAST_WEIGHT - SLACK)
        reached: Bools = within | stands_out
        return reached

    def _add_words(self, candidates: Ints, sums: _Sums) -> None:
        """Add what words agree on, word against word."""
        items, query, rows = self._words, candidates >> 32, candidates & ROW
        slots = self._names.words.starts[rows]
        counts = self._slots(candidates)
        which, place = stretches(np.zeros_like(counts), items.count[query] * counts)
        item = items.first[query][which] + place // counts[which]
        slot = slots[which] + place % counts[which]
        similarity, free = self._similarity(item, self._names.words.values[slot])
        some = np.flatnonzero(similarity)
        which, item, slot = which[some], item[some], slot[some]
        units = self._names.words.values[slot]
        pairs = self._weighed(items, item, units, similarity[some], free[some])
        named = items.distinctive[item] | self._vocabulary.distinctive[units]
        sums.add_best(_Places(which, item, slot), pairs, named, items.times)
        sums.left_end[which[items.is_last[item]]] = True
        sums.right_end[which[slot + 1 == self._names.words.starts[rows[which] + 1]]] = True
        np.minimum.at(sums.left_before, which, items.before[item])
        np.minimum.at(sums.right_before, which, self._names.before[slot])

    def _similarity(self, item: Ints, units: Ints) -> tuple[Floats, Floats]:
        """Look up, or else bound by their letters, how far items agree with units."""
        items = self._words
        keys = items.entry[item] << 32 | units
        at = np.searchsorted(items.keys, keys)
        at[at == len(items.keys)] = 0
        found = items.keys[at] == keys if len(items.keys) else np.zeros(len(keys), dtype=bool)
        similarity, free = np.zeros(len(item)), np.zeros(len(item))
        similarity[found], free[found] = items.similarity[at[found]], items.free[at[found]]
        unsure = np.flatnonzero(~found & (items.least[item] > FLOOR))
        if len(unsure):
            some = item[unsure]
            outlines = items.texts.of(some), items.sounds.of(some)
            most = np.minimum(self._vocabulary.most(*outlines, units[unsure]), items.least[some])
            similarity[unsure] = free[unsure] = np.where(most >= FLOOR - SLACK, most, 0.0)
        return similarity, free

    def _add_joins(self, candidates: Ints, sums: _Sums, items: _Items, first: int) -> None:
        """Add what neighbours written together agree on, from a unit on."""
        which, places = items.spread(np.arange(len(items.entry)))
        joined = items.units[places] >= first
        which, places = which[joined], places[joined]
        pair, rows = self._names.rows.spread(items.units[places])
        wanted = items.query[which[pair]] << 32 | rows
        at = np.searchsorted(candidates, wanted)
        at[at == len(candidates)] = 0
        known = np.flatnonzero(candidates[at] == wanted) if len(candidates) else at
        pair, at = pair[known], at[known]
        pairs = self._pairs(items, which[pair], places[pair])
        sums.add(at, pairs, items.times[which[pair]])
        sums.left_end[at] = sums.right_end[at] = True
        sums.left_before[at] = sums.right_before[at] = 0.0


class _Items:
    """The items of some queries, one after another, and the units that they may agree with."""

    def __init__(self, given: Sequence[list[Item]]) -> None:
        every = [item for items in given for item in items]
        self.count = np.array([len(items) for items in given], dtype=np.int64)
        self.first = np.cumsum(self.count) - self.count
        self.query = np.repeat(np.arange(len(given)), self.count)
        self.weight = np.array([item.weight for item in every], dtype=np.float64)
        self.times = np.array([item.times for item in every], dtype=np.float64)
        self.attested = np.array([item.attested for item in every], dtype=bool)
        self.distinctive = np.array([item.distinctive for item in every], dtype=bool)
        self.before = np.array([item.before for item in every], dtype=np.float64)
        self.is_last = np.array([item.is_last for item in every], dtype=bool)
        self.is_seed = np.array([item.is_seed for item in every], dtype=bool)
        self.is_cut_seed = np.array([item.is_cut_seed for item in every], dtype=bool)
        self.least = np.array([item.entry.least for item in every], dtype=np.float64)
        self.heaviest = np.zeros(len(given))
        np.maximum.at(self.heaviest, self.query, self.weight)
        self._lay(every)

    def _lay(self, every: list[Item]) -> None:
        """Lay the units end to end; items of one entry share a stretch."""
        entries = {id(item.entry): item.entry for item in every}
        number = {name: at for at, name in enumerate(entries)}
        self.entry = np.array([number[id(item.entry)] for item in every], dtype=np.int64)
        distinct = list(entries.values())
        counts = np.array([len(entry.units) for entry in distinct], dtype=np.int64)
        self._counts, self._starts = counts, np.cumsum(counts) - counts
        self.units = np.concatenate([_NO_UNITS, *(entry.units for entry in distinct)])
        self.similarity = np.concatenate([_NOTHING, *(entry.similarity for entry in distinct)])
        self.free = np.concatenate([_NOTHING, *(entry.free for entry in distinct)])
        self.keys = np.repeat(np.arange(len(distinct)), counts) << 32 | self.units
        outlines = np.array([entry.outline for entry in distinct], dtype=np.uint64)
        outlines = outlines.reshape(-1, 4)[self.entry]
        self.texts = Outlines(outlines[:, 0], outlines[:, 1].astype(np.int64))
        self.sounds = Outlines(outlines[:, 2], outlines[:, 3].astype(np.int64))

    def spread(self, items: Ints) -> tuple[Ints, Ints]:
        """Return the places of all units of some items, each with its item."""
        entries = self.entry[items]
        which, places = stretches(self._starts[entries], self._counts[entries])
        return items[which], places


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


_NOTHING = np.zeros(0)
_NO_UNITS = np.zeros(0, dtype=np.int32)
