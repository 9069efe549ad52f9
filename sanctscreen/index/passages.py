"""What a listed name can score at the most as a stretch of a text.

Of a text a stretch alone is scored of which each word agrees with one of the listed name, alone or
joined. So it lies within a *run*: words without a gap of which each may agree, or is spelled like
one that may.
``docs/performance.md`` proves the bound.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import NAMED
from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.index.arrays import distinct, lengths, runs, spread, where
from sanctscreen.index.bound import AGREED, BY_NAME, RIGHT, Costs, Rest
from sanctscreen.index.candidates import ROW
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names
from sanctscreen.index.pairings import Best, Pairings
from sanctscreen.index.parts import SLACK
from sanctscreen.index.queries import Queries
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Pairs of words that are held at once.
PAIRS = 200_000


class _Runs(NamedTuple):
    """The runs of some candidates: neighbouring places of a query, as ``candidate << 32 | place``.

    Attributes:
        covered: every place in a run, in order.
        run: the number of the run of each.
        of: the candidate of each run.
        last: the last place of each run.
    """

    covered: Ints
    run: Ints
    of: Ints
    last: Ints

    @classmethod
    def of_places(cls, covered: Ints) -> _Runs:
        """Divide places, in order and each once, into runs."""
        run = runs(covered - np.arange(len(covered)))
        number = np.zeros(len(covered), dtype=np.int64)
        number[run] = 1
        ends = run + lengths(run, len(covered)) - 1
        return cls(covered, number.cumsum() - 1, covered[run] >> 32, covered[ends] & ROW)


class Passages:
    """Texts, and the listed names that may stand inside them."""

    def __init__(
        self, queries: Queries, met: tuple[Met, Met], vocabulary: Vocabulary, names: Names
    ) -> None:
        """Take queries and what they met."""
        self._queries, self._vocabulary, self._names = queries, vocabulary, names
        self._words, self._joins = met

    def may_stand_out(self, candidates: Ints, costs: Costs) -> Bools:
        """Tell of which candidates a stretch of the query may score as a passage must."""
        reached = np.zeros(len(candidates), dtype=bool)
        if not len(candidates):
            return reached
        met = self._words, self._joins
        pairings = Pairings.among(candidates, met, self._vocabulary, self._names)
        if not len(pairings.of):
            return reached
        totals = Best.of(pairings.of, pairings.slot, pairings.values).summed(len(candidates))
        reached |= self._stands_out(candidates, totals, costs, ~reached)
        pairings = pairings.some(where(reached[pairings.of]))
        for some in self._parts(pairings):
            self._look_at_runs(candidates, some, reached, costs)
        return reached

    def _parts(self, pairings: Pairings) -> list[Pairings]:
        """Divide pairings by their candidates, so that few enough places are held at once."""
        ordered = pairings.some(pairings.of.argsort(kind="stable"))
        if not len(ordered.of):
            return []
        items = np.concatenate([self._words.times, self._joins.times])
        starts = runs(ordered.of)
        sizes = np.add.reduceat(items[ordered.item], starts)
        firsts = [*starts[runs(sizes.cumsum() // PAIRS)].tolist(), len(ordered.of)]
        return [ordered.some(np.arange(low, high)) for low, high in pairwise(firsts)]

    def _look_at_runs(
        self, candidates: Ints, pairings: Pairings, reached: Bools, costs: Costs
    ) -> None:
        """Leave the candidates that no run of their query reaches."""
        which, firsts, ends = self._spread(pairings.item)
        standing = pairings.some(which)
        found = _Runs.of_places(self._covered(standing.of, firsts, ends))
        run = found.run[found.covered.searchsorted(standing.of << 32 | firsts)]
        stretch = firsts << 32 | ends
        by_slot, by_place = (
            Best.of(run, part, standing.values).summed(len(found.of))
            for part in (standing.slot, stretch)
        )
        totals, is_end = np.minimum(by_slot, by_place), self._queries.layout.is_end[found.last]
        within = self._stands_out(candidates[found.of], totals, costs, is_end)
        reached[pairings.of] = False
        reached[found.of[within]] = True

    def _spread(self, item: Ints) -> tuple[Ints, Ints, Ints]:
        """Return where items stand: which, from which place, and up to which."""
        layout, words = self._queries.layout, len(self._words.query)
        single, joined = where(item < words), where(item >= words)
        one, firsts, ends = layout.words.spread(item[single])
        other, more_firsts, more_ends = layout.joins.spread(item[joined] - words)
        return (
            np.concatenate([single[one], joined[other]]),
            np.concatenate([firsts, more_firsts]),
            np.concatenate([ends, more_ends]),
        )

    def _covered(self, of: Ints, firsts: Ints, ends: Ints) -> Ints:
        """Return the places of all words that are spelled like those of some stretches."""
        layout = self._queries.layout
        which, places = spread(firsts, ends - firsts)
        spelled = distinct(of[which] << 32 | layout.text[places])
        again, found, _ = layout.texts.spread(spelled & ROW)
        return distinct((spelled >> 32)[again] << 32 | found)

    def _stands_out(self, candidates: Ints, totals: Floats, costs: Costs, is_end: Bools) -> Bools:
        """Tell which sums may make a score that stands out of a text.

        Args:
            candidates: whose they are.
            totals: what may agree, and what costs nothing then.
            costs: what a rest costs at the least.
            is_end: whether the last word of the query may be among those that agree.
        """
        query = candidates >> 32
        right = np.maximum(self._names.weights[candidates & ROW] - totals[RIGHT], 0.0)
        right[self._queries.is_cut[query] & is_end] = 0.0  # a full field had no room for it
        lacking = np.maximum(0.0, 1.0 - totals[BY_NAME] / NAMED)
        rest = Rest(np.zeros(len(query)), right, lacking)
        stands_out = costs.may_reach(self._queries.outstanding[query], totals[AGREED], rest)
        stands_out &= totals[AGREED] >= LEAST_WEIGHT - SLACK
        return stands_out
