"""Where in the queries their items stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import offsets, spread
from sanctscreen.text.words import Word

Ints = NDArray[np.integer[Any]]


class Layout:
    """The words of some queries, place by place, one query after another."""

    def __init__(
        self, words: Sequence[Word], query: Ints, item: Ints, joins: Ints, spans: tuple[Ints, Ints]
    ) -> None:
        """Take the words as they stand.

        Args:
            words: the words of all queries.
            query: whose each is.
            item: which item each is, of those that are words.
            joins: for each time that an item stands somewhere which is a join, its number.
            spans: the first places of these, and those after their last.
        """
        self._query = query
        self._words, self._item, self._joins, self._spans = words, item, joins, spans

    @cached_property
    def words(self) -> Stands:
        """Where the items stand that are words."""
        places = np.arange(len(self._item))
        return Stands.of(self._item, places, places + 1)

    @cached_property
    def joins(self) -> Stands:
        """Where the items stand that are joins."""
        return Stands.of(self._joins, *self._spans)

    @cached_property
    def text(self) -> Ints:
        """A number for each place, the same where one query has the same spelling."""
        numbers: dict[tuple[int, str], int] = {}
        spelled = zip(self._query.tolist(), (word.text for word in self._words), strict=True)
        return np.array(
            [numbers.setdefault(each, len(numbers)) for each in spelled], dtype=np.int64
        )

    @cached_property
    def is_end(self) -> NDArray[np.bool_]:
        """Whether the last word of a query stands at each place."""
        ends = np.ones(len(self._query), dtype=bool)
        np.not_equal(self._query[1:], self._query[:-1], out=ends[:-1])
        return ends

    @cached_property
    def texts(self) -> Stands:
        """Where the same spelling stands, by its number."""
        places = np.arange(len(self.text))
        return Stands.of(self.text, places, places + 1)


class Stands(NamedTuple):
    """Stretches of places, by what stands there: those of thing ``at`` from ``starts[at]`` on."""

    starts: Ints
    firsts: Ints
    ends: Ints

    @classmethod
    def of(cls, things: Ints, firsts: Ints, ends: Ints) -> Stands:
        """Order stretches by the number of what stands there."""
        order = things.argsort(kind="stable")
        return cls(offsets(np.bincount(things)), firsts[order], ends[order])

    def spread(self, things: Ints) -> tuple[Ints, Ints, Ints]:
        """Return which of some things stands, from which place, and up to which."""
        which, at = spread(self.starts[things], self.starts[things + 1] - self.starts[things])
        return which, self.firsts[at], self.ends[at]
