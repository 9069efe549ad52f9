"""Whose meetings are looked at: by which words of a query a hit must be found.

The commonest words are set aside, as long as a query that agrees in nothing else omits too much;
``docs/performance.md`` proves it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.index.arrays import lengths, runs, where
from sanctscreen.index.bound import Costs
from sanctscreen.index.parts import SLACK
from sanctscreen.index.queries import Items, Queries

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: A query whose words stand in more places than this sets the commonest of them aside.
FEW = 12


class Seeds(NamedTuple):
    """Whose meetings are looked at.

    Attributes:
        words: for each word, whether every name that it meets is.
        cut: for each word, whether at least those are that fill their field.
        joins: for each of the joins, whether every name that it meets is.
    """

    words: Bools
    cut: Bools
    joins: Bools

    @classmethod
    def of(cls, queries: Queries, costs: Costs) -> Seeds:
        """Set the commonest words and joins aside that together weigh less than is needed."""
        words, joins = queries.words, queries.joins
        query = np.concatenate([words.query, joins.query])
        rows, weights = (
            np.concatenate(both) for both in zip(*map(_load, (words, joins)), strict=True)
        )
        need = costs.need(queries.total, queries.share)
        need = np.where(queries.inside, np.minimum(need, LEAST_WEIGHT), need) - SLACK
        crowded = np.bincount(query, rows, len(need)) > FEW
        light = where(crowded[query] & (rows > 0) & (weights < need[query]))
        light = light[np.lexsort((-rows[light], query[light]))]
        aside = np.zeros(len(query), dtype=bool)
        aside[light] = _running(query[light], weights[light]) < need[query[light]]
        words_aside, joins_aside = aside[: len(words.query)], aside[len(words.query) :]
        cut = _ends_of_cut(queries, costs, words_aside)
        if joins_aside.any():
            cut |= np.isin(words.query, joins.query[joins_aside])
        return cls(~words_aside, cut, ~joins_aside)


def _load(items: Items) -> tuple[Ints, Floats]:
    """Return in how many places of names items stand, and what they weigh in their queries."""
    return items.facts["rows"], items.facts["weight"] * items.times


def _ends_of_cut(queries: Queries, costs: Costs, aside: Bools) -> Bools:
    """Return the common words that alone may agree with a name whose end may be missing.

    Such a name says nothing against what follows the last word that agrees; so these are the
    words before one up to which what was set aside weighs enough.
    """
    words = queries.words
    weight = np.where(aside, words.facts["weight"] * words.times, 0.0)
    total = _running(words.query, np.where(aside, 0.0, words.facts["charged"]) + weight)
    need = costs.need(total, queries.share[words.query])
    ends = where(aside & (_running(words.query, weight) >= need - SLACK))
    last = np.full(len(queries.share), -1)
    last[words.query[ends]] = ends
    cut: Bools = aside & (np.arange(len(aside)) <= last[words.query])
    return cut


def _running(query: Ints, values: Floats) -> Floats:
    """Return running sums within each query; values come in the order of the queries."""
    sums, starts = values.cumsum(), runs(query)
    counts = lengths(starts, len(query))
    running: Floats = sums - (sums[starts] - values[starts]).repeat(counts)
    return running
