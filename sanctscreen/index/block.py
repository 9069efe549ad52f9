"""What the candidates of some queries can score at the most."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import NAMED
from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.index.arrays import lengths, runs, where
from sanctscreen.index.bound import AGREED, BY_NAME, LEFT, RIGHT, Costs, Rest
from sanctscreen.index.candidates import ROW
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names
from sanctscreen.index.pairings import Best, Pairings
from sanctscreen.index.parts import SLACK
from sanctscreen.index.passages import Passages
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
        self._met = met
        self._passages = Passages(queries, met, vocabulary, names)

    def reachable(self, candidates: Ints, costs: Costs) -> Ints:
        """Return the candidates whose score may reach the threshold."""
        if not len(candidates):
            return candidates
        sizes = self._names.words.counts(candidates & ROW)
        ends = runs(sizes.cumsum() // WORDS).tolist()
        parts = [candidates[low:high] for low, high in pairwise([*ends, len(candidates)])]
        return np.concatenate([some[self._may_reach(some, costs)] for some in parts])

    def _may_reach(self, candidates: Ints, costs: Costs) -> Bools:
        queries, sums = self._queries, self._sums(candidates)
        query, agreed = candidates >> 32, sums.totals[AGREED]
        rest = self._rest(candidates, sums)
        reached = costs.may_reach(queries.share[query], agreed, rest)
        if queries.inside.any():
            rest = rest._replace(left=np.zeros(len(query)))  # what stands around a name is no rest
            stands_out = costs.may_reach(queries.outstanding[query], agreed, rest)
            stands_out &= queries.inside[query] & (agreed >= LEAST_WEIGHT - SLACK)
            some = where(stands_out & ~reached)
            reached[some] = self._passages.may_stand_out(candidates[some], costs)
        return reached

    def _rest(self, candidates: Ints, sums: _Sums) -> Rest:
        """Return what is left over on both sides."""
        query, rows = candidates >> 32, candidates & ROW
        left = self._queries.total[query] - sums.totals[LEFT]
        right = self._names.weights[rows] - sums.totals[RIGHT]
        # What a full field had no room for costs nothing, but what stands before does: before any
        # pair, and before that of the field's last word, if it has none of its own.
        for rest, side, cut in (
            (left, LEFT, self._names.is_cut[rows]),
            (right, RIGHT, self._queries.is_cut[query]),
        ):
            before = np.maximum(sums.first[side], sums.end[side] - sums.totals[side])
            np.minimum(rest, before, out=rest, where=cut)
        lacking = np.maximum(0.0, 1.0 - sums.totals[BY_NAME] / NAMED)
        return Rest(np.maximum(left, 0.0), np.maximum(right, 0.0), lacking)

    def _sums(self, candidates: Ints) -> _Sums:
        """Return what is known of each candidate."""
        words, joins = self._met
        pairings = Pairings.among(candidates, self._met, self._vocabulary, self._names)
        sums = _Sums.of(len(candidates))
        if len(pairings.of):
            sums.add_best(pairings, np.concatenate([words.times, joins.times])[pairings.item])
            if self._queries.is_cut.any() or self._names.is_cut[candidates & ROW].any():
                self._note_ends(sums, candidates, pairings)
        return sums

    def _note_ends(self, sums: _Sums, candidates: Ints, pairings: Pairings) -> None:
        """Note how far into either side pairs begin, and where the partners of last words are."""
        (words, joins), names = self._met, self._names
        of, slot, item = pairings.of, pairings.slot, pairings.item
        starts, counts = names.words.stretches(candidates & ROW)
        is_join = slot >= len(names.words.values)  # a listed one, of which no more is known
        before = names.before.take(slot, mode="clip") * ~is_join
        ends = is_join | (slot + 1 == (starts + counts)[of])
        sums.note(LEFT, of, np.concatenate([words.before, joins.before])[item] * ~is_join, ends)
        sums.note(RIGHT, of, before, np.concatenate([words.is_last, joins.is_last])[item] | is_join)


class _Sums(NamedTuple):
    """What is known of each candidate.

    Attributes:
        totals: what is added up.
        first: on either side, what a rest of the words before any pair can cost.
        end: on either side, what a rest of the words before the partner of the other side's last
            word can cost; infinite if it has none.
    """

    totals: Floats
    first: Floats
    end: Floats

    @classmethod
    def of(cls, count: int) -> _Sums:
        return cls(np.zeros((4, count)), *np.full((2, 2, count), np.inf))

    def add_best(self, pairings: Pairings, times: Floats) -> None:
        """Add the best pairs of each candidate: by its words or by its items, if that is less.

        Args:
            pairings: some at least.
            times: how often the query has the item of each.
        """
        of, count = pairings.of, len(self.first[LEFT])
        by_slot = Best.of(of, pairings.slot, pairings.values).summed(count)
        by_item = Best.of(of, pairings.item, pairings.values)
        met = lengths(by_item.starts, len(of))
        most = by_item.most * np.minimum(times[by_item.order[by_item.starts]], met)
        self.totals[:] = np.minimum(by_slot, by_item._replace(most=most).summed(count))

    def note(self, side: int, of: Ints, before: Floats, is_end: Bools) -> None:
        """Note where pairs begin on a side.

        Args:
            side: `LEFT` or `RIGHT`.
            of: the candidate of each pair.
            before: what a rest of the words before it can cost.
            is_end: whether the partner is the last word of the other side.
        """
        np.minimum.at(self.first[side], of, before)
        np.minimum.at(self.end[side], of[is_end], before[is_end])
