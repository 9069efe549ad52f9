"""What queries and the names that they may reach agree on, pair by pair."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import runs, spread, where
from sanctscreen.index.bound import added_up
from sanctscreen.index.candidates import ROW
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names
from sanctscreen.index.vocabulary import Vocabulary

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]


class Pairings(NamedTuple):
    """What may agree in some candidates.

    Attributes:
        of: the candidate, by its place among those asked for.
        slot: the place of a word of the listed name; joins of it are numbered after all places.
        item: of the query; joins are numbered after its words.
        values: a column for each, see `sanctscreen.index.bound.added_up`.
    """

    of: Ints
    slot: Ints
    item: Ints
    values: Floats

    @classmethod
    def among(
        cls, candidates: Ints, met: tuple[Met, Met], vocabulary: Vocabulary, names: Names
    ) -> Pairings:
        """Return what agrees: words and joins with listed words, and words with listed joins.

        Args:
            candidates: in order.
            met: what the words of the queries met, and what their joins did.
            vocabulary: the listed words and joins.
            names: where these stand.
        """
        words, joins = met
        query = candidates >> 32
        of, slot = spread(*names.words.stretches(candidates & ROW))
        units = names.words.values[slot]
        found = []
        for items, first in (words, 0), (joins, len(words.query)):
            if len(items.query):
                which, item, places = items.partners(query[of], units)
                named = items.distinctive[item] | vocabulary.distinctive[units[which]]
                values = added_up(items.pairs(item, places), named)
                found.append(cls(of[which], slot[which], item + first, values))
        listed = _with_listed_joins(candidates, words, vocabulary, names)
        several = [*found, listed] if len(listed.of) or not found else found
        return several[0] if len(several) == 1 else cls.together(several)

    @classmethod
    def together(cls, several: list[Pairings]) -> Pairings:
        """Put pairings one after another."""
        of, slot, item, values = (
            np.concatenate(each, axis=-1) for each in zip(*several, strict=True)
        )
        return cls(of, slot, item, values)

    def some(self, which: Ints) -> Pairings:
        """Return some of the pairings."""
        return Pairings(self.of[which], self.slot[which], self.item[which], self.values[:, which])


class Best(NamedTuple):
    """The most that each part of some groups brings, row by row.

    Attributes:
        group: the group of each part; those of one group stand together.
        most: a column for each part.
        order: the given values, those of one part together.
        starts: where in that order each part begins.
    """

    group: Ints
    most: Floats
    order: Ints
    starts: Ints

    @classmethod
    def of(cls, group: Ints, part: Ints, values: Floats) -> Best:
        """Take the most of the values, some at least, that one part of a group has."""
        order = np.lexsort((part, group))
        ordered = group[order]
        changes = np.empty(len(order), dtype=bool)
        changes[0] = True
        np.not_equal(part[order[1:]], part[order[:-1]], out=changes[1:])
        changes[1:] |= ordered[1:] != ordered[:-1]
        starts = where(changes)
        most = np.maximum.reduceat(values[:, order], starts, axis=1)
        return cls(ordered[starts], most, order, starts)

    def summed(self, count: int) -> Floats:
        """Sum the parts of each of so many groups."""
        sums, firsts = np.zeros((len(self.most), count)), runs(self.group)
        sums[:, self.group[firsts]] = np.add.reduceat(self.most, firsts, axis=1)
        return sums


def _with_listed_joins(
    candidates: Ints, words: Met, vocabulary: Vocabulary, names: Names
) -> Pairings:
    """Return the listed joins that words may agree with; each is a slot of its own."""
    which, places = words.spread(np.arange(len(words.query)))
    units = words.units(places)
    joined = where(units >= vocabulary.words)
    which, places = which[joined], places[joined]
    pair, stand = spread(*names.rows.stretches(units[joined]))
    wanted = words.query[which[pair]] << 32 | names.rows.values[stand]
    at = candidates.searchsorted(wanted)
    known = where(candidates.take(at, mode="clip") == wanted)
    pair, at = pair[known], at[known]
    values = added_up(words.pairs(which[pair], places[pair]), np.ones(len(at), dtype=bool))
    return Pairings(at, len(names.words.values) + stand[known], which[pair], values)
