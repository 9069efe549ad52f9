"""The card catalogue: which listed names can reach the threshold at all.

This is the only place that may leave a name uncompared, and it does so by a bound: for every
listed name it computes a score that the exact comparison cannot exceed, and leaves out the
names whose bound is below the threshold.

Let A be the agreed weight, K the cost. Each query word agrees with at most the best word of
the listed name, so the sum of these maxima bounds A from above. Whatever share of a word's
weight is not agreed costs at least the omission rate, on either side, which bounds K from
below. The score 100 A / (A + K) grows with A and falls with K.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, digits
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from sanctscreen.evidence.names import JOIN_FLOOR, Join, join, spans, weight
from sanctscreen.evidence.passages import LEAST_SCORE, LEAST_WEIGHT
from sanctscreen.evidence.words import (
    CUT_SIMILARITY,
    FLOOR,
    SOUND,
    code_similarity,
    farthest_for,
    spelling,
)
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: How many query words' look-ups are kept; a batch repeats its words.
KEPT = 2_048
_BITS = {char: 1 << at for at, char in enumerate(ascii_lowercase)} | dict.fromkeys(digits, 1 << 26)
#: Slack for rounding, so that the bound errs towards comparing.
SLACK = 1e-6


class _Reach(NamedTuple):
    """What one query word can reach, by listed name: agreed weight, and both sides' shares."""

    rows: Ints
    agreed: Floats
    left: Floats
    right: Floats


class _Terms:
    """Distinct spellings with their sound keys, weights and the names that hold them."""

    def __init__(self, terms: Sequence[Join], rows: Sequence[list[int]]) -> None:
        self.weights = np.array([term.weight for term in terms], dtype=np.float64)
        self.counts = np.array([len(each) for each in rows], dtype=np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.counts)]).astype(np.int64)
        self.rows = np.array([row for each in rows for row in each], dtype=np.int64)
        self._texts = _Spellings([term.text for term in terms])
        self._keys = _Spellings([term.key for term in terms])

    def similarities(self, text: str, key: str, floor: float) -> dict[int, float]:
        """Bound the similarity in spelling to every term, where it may reach ``floor``."""
        found = dict(self._texts.near(text, floor))
        for term, similarity in self._keys.near(key, floor):
            found[term] = max(found.get(term, 0.0), SOUND * similarity)
        return {term: value for term, value in found.items() if value >= floor - SLACK}


class _Spellings:
    """Strings by length and by letters, so that an edit distance is asked of few of them.

    Two words within d edits differ in length by at most d, and in the set of letters that they
    use by at most 2 d: a substitution takes one letter away and brings another.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        self._order = np.array(order, dtype=np.int64)
        ordered = [texts[at] for at in order]
        self._equal: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            self._equal[text].append(at)
        self._texts = np.array(ordered, dtype=object)
        self._lengths = np.array([len(text) for text in ordered], dtype=np.int64)
        self._letters = np.array([_letters(text) for text in ordered], dtype=np.uint32)

    def near(self, text: str, floor: float) -> Iterator[tuple[int, float]]:
        """Yield each string whose similarity to ``text`` may reach ``floor``, with the value."""
        farthest = farthest_for(floor) + SLACK
        if len(text) / (1 - farthest) * farthest < 1:  # no room for an edit
            yield from ((at, 1.0) for at in self._equal.get(text, ()))
            return
        low = int(np.searchsorted(self._lengths, len(text) * (1 - farthest)))
        high = int(np.searchsorted(self._lengths, len(text) / (1 - farthest), side="right"))
        edits = np.floor(farthest * np.maximum(self._lengths[low:high], len(text)))
        differing = np.bitwise_count(self._letters[low:high] ^ np.uint32(_letters(text)))
        near = low + np.flatnonzero(differing <= 2 * edits)
        if len(near):
            choices = self._texts[near].tolist()
            scorer = OSA.normalized_distance
            distances = cdist(
                [text], choices, scorer=scorer, score_cutoff=farthest, dtype=np.float64
            )
            for at in np.flatnonzero(distances[0] <= farthest):
                yield int(self._order[near[at]]), spelling(float(distances[0, at]))


class Index:
    """Listed names of one reading, ready to be narrowed down for a query."""

    def __init__(self, names: Sequence[NormalName]) -> None:
        """Catalogue the names; their positions are the rows that `reachable` returns."""
        self._count = len(names)
        self._cut = np.flatnonzero([name.is_cut for name in names])
        self._weights = np.array([weight(name.words) for name in names], dtype=np.float64)
        words: dict[Word, list[int]] = defaultdict(list)
        joins: dict[Join, list[int]] = defaultdict(list)
        for row, name in enumerate(names):
            for word in dict.fromkeys(name.words):
                words[word].append(row)
            for joined in dict.fromkeys(_joins(name.words)):
                joins[joined].append(row)
        singles = [Join(word.text, word.key, word.weight) for word in words]
        self._terms = _Terms(singles, list(words.values()))
        self._joins = _Terms(list(joins), list(joins.values()))
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._by_letter: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, word in enumerate(words):
            for code in word.codes:
                self._by_code[code].append(at)
            self._by_letter[word.wordclass, word.text[0]].append(at)
        self._alphabet = sorted((word.text, at) for at, word in enumerate(words))
        self._cut_terms = [(word.text, at) for at, word in enumerate(words) if word.cut]
        self._kept: OrderedDict[Word, _Reach] = OrderedDict()

    def reachable(
        self, query: NormalName, threshold: float, *, omitted: float, inside: bool = False
    ) -> list[int]:
        """Return the rows whose score may reach the threshold, in order.

        Args:
            query: the name that is screened, normalised in this index's reading.
            threshold: 0 to 100.
            omitted: what an omitted word costs at least, as a share of its weight.
            inside: whether the listed name may stand anywhere inside the query, so that the
                rest of the query costs nothing; such a name must meet the demands of
                `sanctscreen.evidence.passages`.
        """
        agreed = np.zeros(self._count)
        left = np.full(self._count, weight(query.words))
        right = self._weights.copy()
        for reach in (*map(self._reach, query.words), *map(self._join_reach, _joins(query.words))):
            agreed[reach.rows] += reach.agreed
            left[reach.rows] -= reach.left
            right[reach.rows] -= reach.right
        # What a full field had no room for costs nothing, on whichever side the other name is.
        right[:] = 0.0 if query.is_cut else right
        left[self._cut] = 0.0
        within = _may_reach(threshold, agreed, omitted * np.maximum(left, right))
        if inside:
            stands_out = _may_reach(max(threshold, LEAST_SCORE), agreed, omitted * right)
            within |= stands_out & (agreed >= LEAST_WEIGHT - SLACK)
        return [int(row) for row in np.flatnonzero(within)]

    def _reach(self, word: Word) -> _Reach:
        """Return what a query word can reach, from the cache if it was asked for before."""
        if word in self._kept:
            self._kept.move_to_end(word)
            return self._kept[word]
        single = _spread(self._terms, self._similar(word), word.weight)
        joined = _spread(self._joins, self._similar_joins(word), word.weight)
        self._kept[word] = _best([single, joined])
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[word]

    def _join_reach(self, joined: Join) -> _Reach:
        """Return what neighbouring query words can reach when they are written together."""
        similar = self._terms.similarities(joined.text, joined.key, JOIN_FLOOR)
        return _best([_spread(self._terms, similar, joined.weight)])

    def _similar(self, word: Word) -> dict[int, float]:
        found = self._terms.similarities(word.text, word.key, FLOOR)
        for code in word.codes:
            for at in self._by_code.get(code, ()):
                found[at] = max(found.get(at, 0.0), code_similarity(code))
        partner = {"initial": "name", "name": "initial"}.get(word.wordclass, "")
        for at in self._by_letter.get((partner, word.text[0]), ()):
            found[at] = 1.0  # an initial contradicts nothing, so that no cost is certain
        for at in self._beginning(word):
            found[at] = max(found.get(at, 0.0), CUT_SIMILARITY)
        return found

    def _beginning(self, word: Word) -> Iterator[int]:
        """Yield the terms that a cut word begins, and the cut ones that begin this word."""
        if word.cut:
            start = bisect_left(self._alphabet, (word.text, 0))
            for text, at in self._alphabet[start:]:
                if not text.startswith(word.text):
                    break
                yield at
        yield from (at for text, at in self._cut_terms if word.text.startswith(text))

    def _similar_joins(self, word: Word) -> dict[int, float]:
        return self._joins.similarities(word.text, word.key, JOIN_FLOOR)


def _may_reach(threshold: float, agreed: Floats, cost: Floats) -> NDArray[np.bool_]:
    """Tell where 100 A / (A + K) is at least the threshold."""
    certain = np.maximum(cost, 0.0)
    reached: NDArray[np.bool_] = 100.0 * agreed >= (threshold - SLACK) * (agreed + certain) - SLACK
    return reached


def _letters(text: str) -> int:
    """Return the set of letters of a text as bits; digits share a bit, so do all others."""
    bits = 0
    for char in text:
        bits |= _BITS.get(char, 1 << 27)
    return bits


def _joins(words: Sequence[Word]) -> Iterator[Join]:
    """Yield neighbouring words written together."""
    for start, end in spans(len(words)):
        yield join(words[start:end])


def _spread(terms: _Terms, similar: dict[int, float], weight: float) -> _Reach:
    """Carry similarities over from terms to the names that hold them."""
    at = np.fromiter(similar, dtype=np.int64, count=len(similar))
    similarity = np.fromiter(similar.values(), dtype=np.float64, count=len(similar))
    counts = terms.counts[at]
    before = np.cumsum(counts) - counts
    rows = terms.rows[np.repeat(terms.starts[at] - before, counts) + np.arange(counts.sum())]
    agreed = similarity * np.minimum(terms.weights[at], weight)
    return _Reach(
        rows,
        np.repeat(agreed, counts),
        np.repeat(similarity * weight, counts),
        np.repeat(similarity * terms.weights[at], counts),
    )


def _best(parts: Sequence[_Reach]) -> _Reach:
    """Keep, for each name, the most that any part reaches."""
    rows = np.concatenate([part.rows for part in parts])
    unique, place = np.unique(rows, return_inverse=True)
    best = []
    for field in ("agreed", "left", "right"):
        values = np.zeros(len(unique))
        np.maximum.at(values, place, np.concatenate([getattr(part, field) for part in parts]))
        best.append(values)
    return _Reach(unique, *best)
