"""Some queries at once, taken apart into arrays.

An *item* is a distinct word of a query, or distinct neighbours of it written together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.passages import LEAST_SCORE
from sanctscreen.index.arrays import numbered, where
from sanctscreen.index.bound import shares
from sanctscreen.index.joins import (
    Joined,
    are_any,
    neighbours,
    read_together,
    written_together,
)
from sanctscreen.index.layout import Layout
from sanctscreen.index.lexicon import Lexicon
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Asked(NamedTuple):
    """A name that is screened, in the index's reading.

    Attributes:
        query: the name, normalised.
        threshold: the least score of a hit, 0 to 100.
        inside: whether the listed name may stand anywhere inside the query, so that the rest of
            the query costs nothing; such a name must meet the demands of
            `sanctscreen.evidence.passages`.
    """

    query: NormalName
    threshold: float
    inside: bool = False


class Items(NamedTuple):
    """The items of some queries, in the order of the queries.

    Attributes:
        query: whose each is.
        number: in the lexicon.
        facts: what the lexicon knows of each, see `sanctscreen.index.lexicon.FACTS`.
        times: how often the query has it.
        before: what a rest of the words before it can cost.
        is_last: whether it is the last word of the query, or may hold it.
    """

    query: Ints
    number: Ints
    facts: NDArray[np.void]
    times: Ints
    before: Floats
    is_last: Bools

    def some(self, which: Ints) -> Items:
        """Return some of the items."""
        chosen: list[Any] = [values[which] for values in self]
        return Items(*chosen)


@dataclass(frozen=True, slots=True)
class Queries:
    """Queries as arrays.

    Attributes:
        share: what share of the sum must agree for the threshold.
        outstanding: what share must agree for a name inside a text.
        total: what a rest of the query can cost.
        weight: of all its words.
        inside: whether listed names may stand inside it.
        is_cut: whether its end may be missing.
        words: the words.
        joins: neighbours written together, of those that may meet anything.
        layout: where they stand.
    """

    share: Floats
    outstanding: Floats
    total: Floats
    weight: Floats
    inside: Bools
    is_cut: Bools
    words: Items
    joins: Items
    layout: Layout

    @classmethod
    def of(
        cls,
        asked: Sequence[Asked],
        vocabulary: Vocabulary,
        words: Lexicon[Word],
        joins: Lexicon[Joined],
    ) -> Queries:
        """Take names apart; words and joins are in the lexicon then."""
        given = [word for each in asked for word in each.query.words]
        numbers = words.numbers(given)
        counts = np.array([len(each.query.words) for each in asked], dtype=np.int64)
        facts, query = words.facts[numbers], np.arange(len(asked)).repeat(counts)
        thresholds = np.array([each.threshold for each in asked])
        share = shares(thresholds)
        own, item = _words(query, numbers, facts, counts)
        joined, which, spans = _joins(_Given(given, query, facts, counts), vocabulary, joins)
        return cls(
            share,
            shares(np.maximum(thresholds, LEAST_SCORE)),
            np.bincount(query, facts["charged"], len(asked)).astype(np.float64),
            np.bincount(query, facts["weight"], len(asked)).astype(np.float64),
            np.array([each.inside for each in asked], dtype=bool),
            np.array([each.query.is_cut for each in asked], dtype=bool),
            own,
            joined,
            Layout(given, query, item, which, spans),
        )


def _words(query: Ints, numbers: Ints, facts: NDArray[np.void], counts: Ints) -> tuple[Items, Ints]:
    """Gather the distinct words of each query; return them, and which of them each word is."""
    ends = counts.cumsum()
    charged = facts["charged"]
    before = charged.cumsum() - charged
    before -= before.take(ends - counts, mode="clip")[query]
    is_last = numbers == numbers[ends - 1][query]
    every = Items(query, numbers, facts, np.ones_like(numbers), before, is_last)
    firsts, which, times = numbered(query << 32 | numbers)
    if len(firsts) == len(query):
        return every, which
    return every.some(firsts)._replace(times=times), which


class _Given(NamedTuple):
    """The words of some queries as they stand: whose each is, and what is known of it."""

    words: Sequence[Word]
    query: Ints
    facts: NDArray[np.void]
    counts: Ints


def _joins(
    given: _Given, vocabulary: Vocabulary, lexicon: Lexicon[Joined]
) -> tuple[Items, Ints, tuple[Ints, Ints]]:
    """Gather the neighbours that meet anything once they are written together.

    Returns:
        them; of every time that one of them stands somewhere which it is; and for each time
        its first place and the one after its last.
    """
    firsts, ends = neighbours(given.counts)
    sharing = where(are_any(given.facts["shares"], firsts, ends)).tolist()
    stretches = firsts.tolist(), ends.tolist()
    some, joins = hopeful(given.words, stretches, vocabulary, sharing)
    numbers = lexicon.numbers(joins)
    meet = where(lexicon.facts["rows"][numbers] > 0)
    numbers, at = numbers[meet], np.array(some, dtype=np.intp)[meet]
    firsts, ends = firsts[at], ends[at]
    query, count = given.query[firsts], len(firsts)
    every = Items(
        query,
        numbers,
        lexicon.facts[numbers],
        np.ones_like(numbers),
        np.zeros(count),
        np.ones(count, dtype=bool),
    )
    once, which, times = numbered(query << 32 | numbers)
    return every.some(once)._replace(times=times), which, (firsts, ends)


def hopeful(
    words: Sequence[Word],
    stretches: tuple[Sequence[int], Sequence[int]],
    vocabulary: Vocabulary,
    sharing: Iterable[int],
) -> tuple[list[int], list[Joined]]:
    """Return which neighbours may meet units, by their letters or by a code, written together."""
    texts = read_together((word.text for word in words), *stretches)
    keys = written_together((word.key for word in words), *stretches)
    some = sorted({*sharing, *vocabulary.texts.hopeful(texts), *vocabulary.keys.hopeful(keys)})
    firsts, ends = stretches
    return some, [Joined.of(words[firsts[at] : ends[at]], texts[at], keys[at]) for at in some]
