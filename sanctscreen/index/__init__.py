r"""The card catalogue: which listed names can reach the threshold at all.

This is the only place that may leave a name uncompared, and it does so by a bound: a score that
the exact comparison cannot exceed. ``docs/performance.md`` proves it; in short:

Each query word, or neighbours joined, agrees with at most the best word of a listed name, so
the sum of these maxima bounds the agreed weight A from above. In the same way, what share of
each side's weight costs nothing is bounded from above, and so the rest, *l* on the left and *r*
on the right, from below. Where only one side has a rest it costs at least the omission rate O;
where both have one it costs at least D, the cheaper of contradiction and misspelling:

    K >= O max(l, r) + (D - O) min(l, r)        score <= 99 A / (A + K)

Not every word need be looked at. A <= L, the weight of the query that costs nothing, so that a
score of t takes L >= need = W O t / (99 - t + O t). Words that together reach less than that
cannot lead to a hit by themselves: the commonest are set aside, as long as their sum allows it,
and only names that another word reaches are looked at. In a name that fills its field the query
pays for nothing, so that those are looked at whichever word reaches them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import BELOW_EQUAL, weight
from sanctscreen.evidence.passages import LEAST_SCORE, LEAST_WEIGHT
from sanctscreen.index.reach import NOTHING, Joined, Reach, best_of, joined
from sanctscreen.index.spellings import SLACK
from sanctscreen.index.terms import Joins, Words
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Key = TypeVar("Key", bound=Hashable)

#: Bytes of look-ups that are kept for words that come again, in each of two generations.
KEPT = 8_000_000
#: Scores are rounded to two decimals.
ROUNDING = 0.006


class Index:
    """Listed names of one reading, ready to be narrowed down for a query."""

    def __init__(self, names: Sequence[NormalName]) -> None:
        """Catalogue the names; their positions are the rows that `reachable` returns."""
        self._count = len(names)
        self._is_cut = np.array([name.is_cut for name in names], dtype=bool)
        self._weights = np.array([_charged(name.words) for name in names], dtype=np.float64)
        self._words = Words(name.words for name in names)
        self._joins = Joins(name.words for name in names)
        self._kept = _Kept[Word]()
        self._kept_joins = _Kept[Joined]()

    def reachable(
        self,
        query: NormalName,
        threshold: float,
        *,
        omitted: float,
        doubled: float | None = None,
        inside: bool = False,
    ) -> list[int]:
        """Return the rows whose score may reach the threshold, in order.

        Args:
            query: the name that is screened, normalised in this index's reading.
            threshold: 0 to 100.
            omitted: what an omitted word costs at least, as a share of its weight.
            doubled: what disagreement costs at least where both sides have a rest; as much as
                an omission if ``None``.
            inside: whether the listed name may stand anywhere inside the query, so that the
                rest of the query costs nothing; such a name must meet the demands of
                `sanctscreen.evidence.passages`.
        """
        costs = _Costs(omitted, (omitted if doubled is None else doubled) - omitted)
        total = _charged(query.words)
        need = costs.need(total, threshold)
        if need < SLACK:
            rows = np.arange(self._count, dtype=np.int32)
            sums = _Sums(rows, self._reaches(query), [])
        else:
            need = min(need, LEAST_WEIGHT) if inside else need
            rare, common = _divide(self._reaches(query), need - SLACK)
            rows = self._to_look_at(rare, common)
            sums = _Sums(rows, rare, common)
        left = np.where(self._is_cut[rows], 0.0, np.maximum(total - sums.left, 0.0))
        right = np.maximum(self._weights[rows] - sums.right, 0.0)
        if query.is_cut:  # what a full field had no room for costs nothing
            right[:] = 0.0
        within = costs.may_reach(threshold, sums.agreed, left, right)
        if inside:
            least = max(threshold, LEAST_SCORE)
            stands_out = costs.may_reach(least, sums.agreed, np.zeros_like(right), right)
            within |= stands_out & (sums.agreed >= LEAST_WEIGHT - SLACK)
        found: list[int] = rows[within].tolist()
        return found

    def prepare(self, queries: Sequence[NormalName]) -> None:
        """Look the words of many queries up together, which costs less than one by one."""
        words = dict.fromkeys(word for query in queries for word in query.words)
        joins = dict.fromkeys(each for query in queries for each in joined(query.words))
        self._look_up(list(words))
        self._look_up_joins(list(joins))

    def _reaches(self, query: NormalName) -> list[Reach]:
        """Look up every word and every join of the query; none that reaches nothing."""
        words, joins = Counter(query.words), Counter(joined(query.words))
        by_word, by_join = self._look_up(list(words)), self._look_up_joins(list(joins))
        reaches = [by_word[word].repeated(times) for word, times in words.items()]
        reaches += [by_join[each].repeated(times) for each, times in joins.items()]
        return [reach for reach in reaches if len(reach.rows)]

    def _to_look_at(self, rare: list[Reach], common: list[Reach]) -> Ints:
        """Return the names that a rare word reaches, and the full fields that any word does."""
        cut = [reach.rows[self._is_cut[reach.rows]] for reach in common]
        parts: list[Ints] = [*(reach.rows for reach in rare), *cut]
        if len(parts) == 1:
            return parts[0]
        found: Ints = np.unique(np.concatenate([NOTHING.rows, *parts]))
        return found

    def _look_up(self, words: list[Word]) -> dict[Word, Reach]:
        """Return what query words can reach, kept from earlier queries where possible."""

        def find(new: list[Word]) -> list[Reach]:
            return best_of([self._words.spread(new), self._joins.spread(new)], len(new))

        return self._kept.get(words, find)

    def _look_up_joins(self, joins: list[Joined]) -> dict[Joined, Reach]:
        """Return what neighbouring query words can reach when they are written together."""

        def find(new: list[Joined]) -> list[Reach]:
            return best_of([self._words.spread_joins(new)], len(new))

        return self._kept_joins.get(joins, find)


class _Costs:
    """What a rest costs at least: on one side alone, and added where both sides have one."""

    def __init__(self, single: float, added: float) -> None:
        self._single, self._added = single, max(0.0, added)

    def need(self, total: float, threshold: float) -> float:
        """Return the weight of the query that must cost nothing for a score to be reached."""
        share = max(0.0, _share(threshold))
        return total * self._single * share / (1.0 - share + self._single * share)

    def may_reach(
        self, threshold: float, agreed: Floats, left: Floats, right: Floats
    ) -> NDArray[np.bool_]:
        """Tell where the score may be the threshold or more."""
        cost = self._single * np.maximum(left, right) + self._added * np.minimum(left, right)
        reached: NDArray[np.bool_] = agreed >= _share(threshold) * (agreed + cost) - SLACK
        return reached


class _Sums:
    """The sums over all words of a query, for the names that are looked at."""

    def __init__(self, rows: Ints, rare: list[Reach], common: list[Reach]) -> None:
        self.agreed, self.left, self.right = (np.zeros(len(rows)) for _ in range(3))
        for reach in rare:  # all their rows are looked at
            self._add(np.searchsorted(rows, reach.rows), reach)
        for reach in common:
            at = np.minimum(np.searchsorted(reach.rows, rows), len(reach.rows) - 1)
            here = np.flatnonzero(reach.rows[at] == rows)
            self._add(here, reach.of(at[here]))

    def _add(self, at: NDArray[np.intp], reach: Reach) -> None:
        self.agreed[at] += reach.agreed
        self.left[at] += reach.left
        self.right[at] += reach.right


class _Kept(Generic[Key]):
    """Look-ups, in two generations: when the young fill up, the old are let go."""

    def __init__(self) -> None:
        self._young: dict[Key, Reach] = {}
        self._old: dict[Key, Reach] = {}
        self._bytes = 0

    def get(self, keys: list[Key], find: Callable[[list[Key]], list[Reach]]) -> dict[Key, Reach]:
        """Return what is kept, and find and keep the rest."""
        kept = {key: self._young.get(key) or self._old.get(key) for key in keys}
        found = {key: reach for key, reach in kept.items() if reach is not None}
        if new := [key for key in keys if key not in found]:
            found.update(zip(new, find(new), strict=True))
        for key in keys:
            if key not in self._young:
                self._put(key, found[key])
        return found

    def _put(self, key: Key, reach: Reach) -> None:
        if self._bytes > KEPT:
            self._old, self._young, self._bytes = self._young, {}, 0
        self._young[key] = reach
        self._bytes += reach.size


def _share(threshold: float) -> float:
    """Return what share of the sum must agree for a score, which is below 99 if not equal."""
    return (min(threshold, BELOW_EQUAL) - ROUNDING) / BELOW_EQUAL


def _charged(words: Sequence[Word]) -> float:
    """Return the weight that a rest can cost; titles may be missing from equal names."""
    return weight([word for word in words if word.wordclass != "title"])


def _divide(reaches: list[Reach], need: float) -> tuple[list[Reach], list[Reach]]:
    """Set aside the commonest words that together reach less than is needed."""
    rare: list[Reach] = []
    common: list[Reach] = []
    for reach in sorted(reaches, key=lambda each: -len(each.rows)):
        most = float(reach.left.max())
        if most < need:
            common.append(reach)
            need -= most
        else:
            rare.append(reach)
    return rare, common
