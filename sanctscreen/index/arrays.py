"""Small steps on flat arrays, without the wrappers that cost more than the steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Places = NDArray[np.intp]


def where(flags: NDArray[np.bool_]) -> Places:
    """Return the places of what is true."""
    return flags.nonzero()[0]


def spread(starts: Ints, counts: Ints) -> tuple[Places, Places]:
    """Return every place of some stretches, with the number of its stretch."""
    which = np.arange(len(counts)).repeat(counts)
    before = counts.cumsum() - counts
    return which, np.arange(len(which)) + (starts - before).take(which)


def runs(values: NDArray[Any]) -> Places:
    """Return where each run of equal values begins."""
    if not len(values):
        return np.zeros(0, dtype=np.intp)
    changes = np.empty(len(values), dtype=bool)
    changes[0] = True
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return where(changes)


def lengths(starts: Ints, end: int) -> NDArray[np.int64]:
    """Return how long each stretch is that begins where another ends; the last ends at the end."""
    counts = np.empty(len(starts), dtype=np.int64)
    counts[:-1], counts[-1:] = starts[1:], end
    counts -= starts
    return counts


def distinct(values: Ints) -> Ints:
    """Return values in order, each once."""
    ordered = np.sort(values)
    return ordered[runs(ordered)]


def numbered(values: Ints) -> tuple[Places, Places, NDArray[np.int64]]:
    """Number distinct values as they come.

    Returns:
        where each of them stands first, which of them each value is, and how often each occurs.
    """
    order = values.argsort(kind="stable")
    starts = runs(values[order])
    firsts, times = order[starts], lengths(starts, len(values))
    which, coming = np.empty_like(order), firsts.argsort()
    which[order] = coming.argsort().repeat(times)
    return firsts[coming], which, times[coming]


def offsets(counts: Ints | NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where stretches of some lengths begin, one after another, and the end of the last."""
    ends = np.zeros(len(counts) + 1, dtype=np.int64)
    counts.cumsum(out=ends[1:])
    return ends


def lengths_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return how long each text is."""
    return np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
