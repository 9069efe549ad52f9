"""In which names the units stand, and which words stand in each name, as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import offsets, spread

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
        return cls(offsets(counts).astype(np.int32), values[order])

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
