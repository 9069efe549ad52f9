"""Which listed names some queries touch, so that they may be hits at all.

A *candidate* is a listed name that a query touches, as ``query << 32 | row``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import JOIN_MOST
from sanctscreen.index.arrays import distinct, where
from sanctscreen.index.bound import Costs
from sanctscreen.index.ends import SLACK
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names, Postings
from sanctscreen.index.queries import Queries
from sanctscreen.index.seeds import Seeds

Ints = NDArray[np.integer[Any]]
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
    found: list[Ints] = []
    for items, are_seeds, are_cut in zip(
        met, (seeds.words, seeds.joins), (seeds.cut, np.ones_like(seeds.joins)), strict=True
    ):
        which, places = items.spread(where(are_seeds))
        if len(which):
            hopeful = where(_hopeful(queries, items, costs, which, places))
            found.append(_rows(names.rows, items, which[hopeful], places[hopeful]))
        if len(names.cut_rows.values):
            which, places = items.spread(where(are_cut & ~are_seeds))
            found.append(_rows(names.cut_rows, items, which, places))
    touched = distinct(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    return touched[_is_long_enough(queries, met[0], touched, names, costs)]


def _rows(rows: Postings, items: Met, which: Ints, places: Ints) -> Ints:
    """Return the names of the units at some places, for the queries of their items."""
    pair, found = rows.spread(items.units(places))
    return items.query[which[pair]] << 32 | found


def _hopeful(queries: Queries, items: Met, costs: Costs, which: Ints, places: Ints) -> Bools:
    """Tell which pairs may be part of a hit, if all other words agree in full."""
    pairs, query = items.pairs(which, places), items.query[which]
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
