"""What the candidates of some queries can score at the most."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import NAMED
from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.index.arrays import lengths, runs, spread, where
from sanctscreen.index.bound import AGREED, BY_NAME, LEFT, RIGHT, Costs, Rest, added_up
from sanctscreen.index.candidates import ROW
from sanctscreen.index.ends import SLACK
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names
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
        self._words, self._joins = met
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
        queries, sums = self._queries, _Sums.of(len(candidates))
        met = self._met(candidates)
        sums.add_best(met)
        sums.note_ends(met)
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

    def _met(self, candidates: Ints) -> _Met:
        """Return what items and listed words, or neighbours of either, agree on."""
        found = [self._by_words(candidates, self._words)]
        # Neighbours of a query take a place each, those of a listed name one each for each pair.
        if len(self._joins.query):
            joins = self._by_words(candidates, self._joins)
            found.append(joins._replace(item=joins.item + len(self._words.query)))
        listed = self._by_listed_joins(candidates)
        if len(listed.of):
            places = len(self._names.words.values)
            found.append(listed._replace(slot=np.arange(places, places + len(listed.of))))
        if len(found) == 1:
            return found[0]
        return _Met(*(np.concatenate(each, axis=-1) for each in zip(*found, strict=True)))

    def _by_words(self, candidates: Ints, items: Met) -> _Met:
        """Return what items agree on with the words of candidates."""
        query, slots = candidates >> 32, self._names.words
        starts, counts = slots.stretches(candidates & ROW)
        of, slot = spread(starts, counts)
        which, item, places = items.partners(query[of], slots.values[slot])
        slot, of = slot[which], of[which]
        named = items.distinctive[item] | self._vocabulary.distinctive[slots.values[slot]]
        values, times = added_up(items.pairs(item, places), named), items.times[item]
        before = np.array([items.before[item], self._names.before[slot]])
        is_end = np.array([slot + 1 == (starts + counts)[of], items.is_last[item]])
        return _Met(of, item, slot, times, values, before, is_end)

    def _by_listed_joins(self, candidates: Ints) -> _Met:
        """Return what words agree on with neighbours in candidates."""
        items = self._words
        which, places = items.spread(np.arange(len(items.query)))
        units = items.units(places)
        joined = where(units >= self._vocabulary.words)
        which, places = which[joined], places[joined]
        pair, rows = self._names.rows.spread(units[joined])
        which, places = which[pair], places[pair]
        wanted = items.query[which] << 32 | rows
        at = candidates.searchsorted(wanted)
        known = where(candidates.take(at, mode="clip") == wanted)
        of, item, places = at[known], which[known], places[known]
        values = added_up(items.pairs(item, places), np.ones(len(of), dtype=bool))
        ends = np.zeros((2, len(of))), np.ones((2, len(of)), dtype=bool)
        return _Met(of, item, of, items.times[item], values, *ends)


class _Met(NamedTuple):
    """Pairs of items and places.

    Attributes:
        of: the candidate of each pair.
        item: the item; what has one number is taken so many times at most.
        slot: the place; what has one number is taken once at most.
        times: how often the query has the item.
        values: what is added up.
        before: on either side, what a rest of the words before can cost.
        is_end: on either side, whether the partner is the last word of the other.
    """

    of: Ints
    item: Ints
    slot: Ints
    times: Floats
    values: Floats
    before: Floats
    is_end: Bools


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

    def add_best(self, met: _Met) -> None:
        """Add the best pairs of each candidate: by its items or by its words, if that is less."""
        if not len(met.of):
            return
        order = np.lexsort((met.slot, met.of))
        of, values = met.of[order], met.values[:, order]
        starts = runs((of << 32) + met.slot[order])
        some, by_slot = _summed(of[starts], np.maximum.reduceat(values, starts, axis=1))
        order = np.lexsort((met.item, met.of))
        of, values = met.of[order], met.values[:, order]
        starts = runs((of << 32) + met.item[order])
        times = np.minimum(met.times[order[starts]], lengths(starts, len(of)))
        most = np.maximum.reduceat(values, starts, axis=1) * times
        self.totals[:, some] += np.minimum(by_slot, _summed(of[starts], most)[1])

    def note_ends(self, met: _Met) -> None:
        """Note how far into either side pairs begin, and where the partners of last words are."""
        for side in (LEFT, RIGHT):
            before, end = met.before[side], met.is_end[side]
            np.minimum.at(self.first[side], met.of, before)
            np.minimum.at(self.end[side], met.of[end], before[end])


def _summed(which: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Sum the columns of each candidate, whose columns stand together."""
    starts = runs(which)
    return which[starts], np.add.reduceat(values, starts, axis=1)
