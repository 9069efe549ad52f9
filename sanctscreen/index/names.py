"""In which names the units stand, and which words stand in each name, as flat arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.words import weight
from sanctscreen.index.arrays import spread
from sanctscreen.index.joins import Joined, joined
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

Ints = NDArray[np.int32]
AnyInts = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Postings:
    """Values in stretches, one after another: those of each of some things.

    Attributes:
        starts: where the stretch of each thing begins, and the end of the last.
        values: all stretches.
    """

    starts: Ints
    values: Ints

    @classmethod
    def of(cls, things: Ints, values: Ints, count: int) -> Postings:
        """Gather the values of each of ``count`` things, in the order given."""
        order = np.argsort(things, kind="stable")
        counts = np.bincount(things, minlength=count)
        return cls(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32), values[order])

    def counts(self, things: AnyInts) -> Ints:
        """Return how many values each of some things has."""
        return self.stretches(things)[1]

    def stretches(self, things: AnyInts) -> tuple[Ints, Ints]:
        """Return where the values of some things begin, and how many there are."""
        starts = self.starts.take(things)
        return starts, self.starts.take(things + 1) - starts

    def spread(self, things: AnyInts) -> tuple[NDArray[np.intp], Ints]:
        """Return the values of some things, each with the place of its thing in ``things``."""
        which, places = spread(*self.stretches(things))
        return which, self.values[places]


@dataclass(frozen=True, slots=True)
class Names:
    """The listed names, which are rows of numbers.

    Attributes:
        weights: what a rest of the name can cost.
        is_cut: whether the name's end may be missing.
        before: for each place of a word in a name, what a rest of the words before it can cost.
        words: the words of each name.
        rows: the names of each unit; a name stands there as often as the unit stands in it.
        cut_rows: the same, of names whose end may be missing.
    """

    weights: Floats
    is_cut: NDArray[np.bool_]
    before: Floats
    words: Postings
    rows: Postings
    cut_rows: Postings


def catalogue(names: Iterable[NormalName]) -> tuple[Vocabulary, Names]:
    """Catalogue names by their distinct words and joins."""
    words: dict[Word, int] = {}
    joins: dict[Joined, int] = {}
    weights, is_cut, before = array("d"), array("b"), array("d")
    stand, join = array("i"), array("i")
    for row, name in enumerate(names):
        weights.append(charged(name.words))
        is_cut.append(name.is_cut)
        before.extend(before_each(name.words))
        for word in name.words:
            stand.extend((words.setdefault(word, len(words)), row))
        for each in joined(name.words):
            join.extend((joins.setdefault(each, len(joins)), row))
    vocabulary = Vocabulary.of(list(words), list(joins))
    units, rows = _pairs(stand)
    joined_units, joined_rows = _pairs(join)
    every = np.concatenate([units, joined_units + np.int32(len(words))])
    every_row, count = np.concatenate([rows, joined_rows]), len(words) + len(joins)
    cut = np.array(is_cut, dtype=bool)
    also = cut[every_row]
    return vocabulary, Names(
        np.array(weights, dtype=np.float64),
        cut,
        np.array(before, dtype=np.float64),
        Postings.of(rows, units, len(weights)),
        Postings.of(every, every_row, count),
        Postings.of(every[also], every_row[also], count),
    )


def charged(words: Sequence[Word]) -> float:
    """Return the weight that a rest can cost; titles may be missing from equal names."""
    return weight([word for word in words if word.wordclass != "title"])


def before_each(words: Sequence[Word]) -> list[float]:
    """Return, for each word, what a rest of the words before it can cost."""
    costs = [0.0 if word.wordclass == "title" else word.weight for word in words]
    return list(accumulate(costs, initial=0.0))[: len(words)]


def _pairs(flat: array[int]) -> tuple[Ints, Ints]:
    pairs = np.array(flat, dtype=np.int32).reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()
