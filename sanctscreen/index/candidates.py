"""Which listed names some queries touch, so that they may be hits at all.

A *candidate* is a listed name that a query touches, as ``query << 32 | row``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import JOIN_MOST
from sanctscreen.index.arrays import distinct, runs, where
from sanctscreen.index.bound import Costs, Pairs, Rest
from sanctscreen.index.ends import SLACK
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names, Postings
from sanctscreen.index.queries import Queries
from sanctscreen.index.seeds import Seeds

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: The bits of a candidate that name the row.
ROW = (1 << 32) - 1


def candidates(
    queries: Queries, met: tuple[Met, Met], seeds: Seeds, names: Names, costs: Costs
) -> Ints:
    """Return the names that may be hits by what the seeds of the queries meet, in order.

    Args:
        queries: the queries.
        met: what their words met, and what their joins did.
        seeds: whose meetings count.
        names: the listed names.
        costs: what a rest costs at the least.
    """
    meetings = [
        _Meetings.of(queries, items, where(are_seeds), names, costs)
        for items, are_seeds in zip(met, (seeds.words, seeds.joins), strict=True)
    ]
    touched = _Meetings(*(np.concatenate(each, axis=-1) for each in zip(*meetings, strict=True)))
    found = [touched.reachable(queries, _aside(met, seeds, queries), names, costs)]
    if len(names.cut_rows.values):
        for items, are_seeds in ((met[0], ~seeds.cut | seeds.words), (met[1], seeds.joins)):
            which, places = items.spread(where(~are_seeds))
            found.append(_rows(names.cut_rows, items, which, places)[1])
    every = distinct(np.concatenate(found))
    return every[_is_long_enough(queries, met[0], every, names, costs)]


class _Meetings(NamedTuple):
    """Items and listed names that have a similar word.

    Attributes:
        candidates: the names, for the queries of the items.
        values: the weight that agrees at the most, and how much of the query costs nothing then.
    """

    candidates: Ints
    values: Floats

    @classmethod
    def of(cls, queries: Queries, items: Met, some: Ints, names: Names, costs: Costs) -> _Meetings:
        """Return the meetings of some items that may be part of a hit."""
        which, places = items.spread(some)
        pairs = items.pairs(which, places)
        hopeful = where(_hopeful(queries, items, costs, which, pairs))
        which, places = which[hopeful], places[hopeful]
        pair, candidates = _rows(names.rows, items, which, places)
        values = np.array([pairs.agreed, pairs.left])[:, hopeful] * items.times[which]
        return cls(candidates, values[:, pair])

    def reachable(self, queries: Queries, aside: Floats, names: Names, costs: Costs) -> Ints:
        """Return the names that may be hits if all that was set aside agrees in full.

        What stands inside a text says nothing by what it lacks.

        Args:
            queries: the queries.
            aside: for each query the weight that was set aside.
            names: the listed names.
            costs: what a rest costs at the least.
        """
        free = queries.inside[self.candidates >> 32]
        some = where(~free)
        some = some[self.candidates[some].argsort()]
        candidates = self.candidates[some]
        starts = runs(candidates)
        if not len(starts):
            return self.candidates
        candidates, query = candidates[starts], candidates[starts] >> 32
        agreed, left = np.add.reduceat(self.values[:, some], starts, axis=1)
        left = np.maximum(queries.total[query] - left - aside[query], 0.0)
        rest = Rest(left, np.zeros(len(left)), np.zeros(len(left)))
        reached = costs.may_reach(queries.share[query], agreed + aside[query], rest)
        reached |= names.is_cut[candidates & ROW]
        return np.concatenate([candidates[reached], self.candidates[free]])


def _aside(met: tuple[Met, Met], seeds: Seeds, queries: Queries) -> Floats:
    """Return the weight that each query sets aside."""
    aside = np.zeros(len(queries.share))
    for items, are_seeds in zip(met, (seeds.words, seeds.joins), strict=True):
        aside += np.bincount(items.query, items.weight * items.times * ~are_seeds, len(aside))
    return aside


def _rows(rows: Postings, items: Met, which: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Return the names of the units at some places, each with its place among these."""
    pair, found = rows.spread(items.units(places))
    return pair, items.query[which[pair]] << 32 | found


def _hopeful(queries: Queries, items: Met, costs: Costs, which: Ints, pairs: Pairs) -> Bools:
    """Tell which pairs may be part of a hit, if all other words agree in full."""
    query = items.query[which]
    agreed = pairs.agreed + queries.weight[query] - items.weight[which]
    share = queries.share[query]
    lost = share * costs.double * pairs.cost
    hopeful: Bools = ((1.0 - share) * agreed >= lost - SLACK) | queries.inside[query]
    return hopeful


def _is_long_enough(
    queries: Queries, words: Met, touched: Ints, names: Names, costs: Costs
) -> Bools:
    """Leave out names with too few words to leave no more of a query than it may omit."""
    query, rows = touched >> 32, touched & ROW
    heaviest = np.zeros(len(queries.share))
    np.maximum.at(heaviest, words.query, words.weight)
    most = heaviest[query] * JOIN_MOST * names.words.counts(rows)
    share = queries.share[query]
    omitted = costs.single * np.maximum(queries.total[query] - most, 0.0)
    reached: Bools = (1.0 - share) * most >= share * omitted - SLACK
    reached |= queries.inside[query] | names.is_cut[rows]
    return reached
