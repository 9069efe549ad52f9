r"""The card catalogue: which listed names can reach the threshold at all.

This is the only place that may leave a name uncompared, and it does so by a bound: a score that
the exact comparison cannot exceed. ``docs/performance.md`` proves it; in short:

Each query word, or neighbours joined, agrees with at most the best word of a listed name, so
the sum of these maxima bounds the agreed weight A from above. In the same way, what share of
each side's weight costs nothing is bounded from above, and so the rest, *l* on the left and *r*
on the right, from below. Where only one side has a rest it costs at least the omission rate O;
where both have one it costs at least D, the cheaper of contradiction and misspelling:

    K >= O max(l, r) + (D - O) min(l, r)        score <= 99 A / (A + K)

Not every name need be looked at. The commonest words of a query are set aside, as long as a query
that agrees in nothing else omits too much, and the names are enough in which any other word
agrees at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import Costs as Due
from sanctscreen.index import lexicon
from sanctscreen.index.arrays import where
from sanctscreen.index.block import Block
from sanctscreen.index.bound import Costs
from sanctscreen.index.candidates import ROW, candidates
from sanctscreen.index.catalogue import catalogue
from sanctscreen.index.glance import Glance
from sanctscreen.index.joins import Joined
from sanctscreen.index.lexicon import Lexicon
from sanctscreen.index.met import Met
from sanctscreen.index.names import Names
from sanctscreen.index.parts import SLACK
from sanctscreen.index.queries import Asked, Queries
from sanctscreen.index.seeds import Seeds
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

__all__ = ["Asked", "Due", "Index"]

Ints = NDArray[np.integer[Any]]

#: Words of queries that are held at once.
WORDS = 5_000
#: So few queries are looked at one by one first; more are quicker together.
FEW = 3


class Index:
    """Listed names of one reading, ready to be narrowed down for queries."""

    def __init__(self, vocabulary: Vocabulary, names: Names, due: Due) -> None:
        """Take what `sanctscreen.index.catalogue.catalogue` made, and what words cost."""
        self.vocabulary, self.names, self._costs = vocabulary, names, Costs.of(due)
        units = np.diff(names.rows.starts), vocabulary.weights
        self._words = Lexicon[Word](vocabulary.alike, *units, lexicon.KEPT)
        self._joins = Lexicon[Joined](vocabulary.alike_joins, *units, lexicon.KEPT_JOINS)
        self._glance = Glance((vocabulary, names), self._words, self._joins, self._costs)
        self._looking_up = Lock()

    @classmethod
    def of(cls, names: Iterable[NormalName], due: Due) -> Index:
        """Catalogue the names.

        Args:
            names: their positions are the rows that `reachable` returns.
            due: what words cost that do not agree.
        """
        return cls(*catalogue(names), due)

    def reachable(self, asked: Sequence[Asked]) -> list[list[int]]:
        """Return, for each query, the rows whose score may reach the threshold, in order.

        What is found for one query does not depend on the others.
        """
        found: list[list[int]] = [[] for _ in asked]
        places = self._hopeful(asked)
        asked = [asked[at] for at in places]
        for low, high in _parts(asked):
            for candidate in self._reachable(asked[low:high]).tolist():
                found[places[low + (candidate >> 32)]].append(candidate & ROW)
        return found

    def _hopeful(self, asked: Sequence[Asked]) -> Sequence[int]:
        """Return which of a few queries may be hits at all; of many, all."""
        if len(asked) > FEW:
            return range(len(asked))
        with self._looking_up:
            self._trim()
            return [at for at, each in enumerate(asked) if self._glance.may_reach(each)]

    def _reachable(self, asked: Sequence[Asked]) -> Ints:
        """Return the names that some queries may reach; see `candidates`."""
        costs = self._costs
        queries, met = self._taken_apart(asked)
        seeds = Seeds.of(queries, costs)
        block = Block(queries, met, self.vocabulary, self.names)
        found = block.reachable(candidates(queries, met, seeds, self.names, costs), costs)
        free = where(costs.need(queries.total, queries.share) < SLACK)
        if not len(free):
            return found
        every = free[:, np.newaxis] << 32 | np.arange(len(self.names.weights))
        return np.union1d(found, every)

    def _taken_apart(self, asked: Sequence[Asked]) -> tuple[Queries, tuple[Met, Met]]:
        """Look words and joins up, which one thread does at a time."""
        with self._looking_up:
            self._trim()
            queries = Queries.of(asked, self.vocabulary, self._words, self._joins)
            words = Met(queries.words, self._words, self.vocabulary, self._costs)
            joins = Met(queries.joins, self._joins, self.vocabulary, self._costs)
            return queries, (words, joins)

    def _trim(self) -> None:
        self._words.trim()
        self._joins.trim()


def _parts(asked: Sequence[Asked]) -> Iterator[tuple[int, int]]:
    """Divide queries into parts of so many words."""
    low = words = 0
    for at, each in enumerate(asked):
        words += len(each.query.words)
        if words >= WORDS:
            yield low, at + 1
            low, words = at + 1, 0
    if low < len(asked):
        yield low, len(asked)
