"""Which listed names some queries touch, so that they may be hits at all.

A *candidate* is a listed name that a query touches, as ``query << 32 | row``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.index.arrays import distinct, runs, where
from sanctscreen.index.bound import Costs, Pairs, Rest
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names, Postings
from sanctscreen.index.parts import SLACK
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
    words, joins = met
    found: list[Ints] = [np.zeros(0, dtype=np.int64)]
    looked_at = (words, where(seeds.words)), (joins, where(seeds.joins))
    meetings = [
        _Meetings.of(queries, items, some, names, costs) for items, some in looked_at if len(some)
    ]
    if meetings:
        touched = _Meetings(*(np.concatenate(each, -1) for each in zip(*meetings, strict=True)))
        if len(touched.candidates):
            aside = _Aside.of(met, seeds, len(queries.share))
            found.append(touched.reachable(queries, aside, names, costs))
    for items, are in (words, seeds.cut & ~seeds.words), (joins, ~seeds.joins):
        if len(names.cut_rows.values) and len(some := where(are)):
            found.append(_rows(names.cut_rows, items, *items.spread(some))[1])
    return distinct(np.concatenate(found))


class _Meetings(NamedTuple):
    """Items and listed names that have a similar word.

    Attributes:
        candidates: the names, for the queries of the items.
        values: the weight that agrees at the most, and how much of either side costs nothing then.
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
        values = np.array([pairs.agreed, pairs.left, pairs.right])[:, hopeful] * items.times[which]
        return cls(candidates, values[:, pair])

    def reachable(self, queries: Queries, aside: _Aside, names: Names, costs: Costs) -> Ints:
        """Return the names that may be hits if all that was set aside agrees in full.

        Args:
            queries: the queries.
            aside: what each of them sets aside.
            names: the listed names.
            costs: what a rest costs at the least.
        """
        order = self.candidates.argsort()
        candidates = self.candidates[order]
        starts = runs(candidates)
        candidates = candidates[starts]
        query, rows = candidates >> 32, candidates & ROW
        agreed, left, right = np.add.reduceat(self.values[:, order], starts, axis=1)
        agreed += aside.weight[query]
        left = np.maximum(queries.total[query] - left - aside.weight[query], 0.0)
        right = np.maximum(names.weights[rows] - right - aside.partners[query], 0.0)
        nothing = np.zeros(len(left))
        # What a full field had no room for costs nothing.
        rest = Rest(left * ~names.is_cut[rows], right * ~queries.is_cut[query], nothing)
        reached = costs.may_reach(queries.share[query], agreed, rest)
        if queries.inside.any():
            rest = rest._replace(left=nothing)  # what stands around a name is no rest
            stands_out = costs.may_reach(queries.outstanding[query], agreed, rest)
            reached |= stands_out & queries.inside[query] & (agreed >= LEAST_WEIGHT - SLACK)
        kept: Ints = candidates[reached]
        return kept


class _Aside(NamedTuple):
    """What queries set aside.

    Attributes:
        weight: of it in each query.
        partners: the most that words of a listed name can weigh that agree with it.
    """

    weight: Floats
    partners: Floats

    @classmethod
    def of(cls, met: tuple[Met, Met], seeds: Seeds, count: int) -> _Aside:
        """Sum up what is no seed."""
        weight, partners = np.zeros((2, count))
        for items, are_seeds in zip(met, (seeds.words, seeds.joins), strict=True):
            times = items.times * ~are_seeds
            weight += np.bincount(items.query, items.weight * times, count)
            partners += np.bincount(items.query, items.heaviest * times, count)
        return cls(weight, partners)


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
