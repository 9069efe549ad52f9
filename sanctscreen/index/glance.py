"""Whether a name that comes alone can be a hit at all, told in few steps.

A step of numpy costs a single name as much as a block of a thousand. So of names that come alone
it is kept what each word brings to every listed name that it meets, and added up. That is the
bound of `sanctscreen.index.block` taken word by word of the query, without what the listed name
says against it; names that pass are looked at there.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import mul
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import has_shared_codes
from sanctscreen.index.arrays import runs
from sanctscreen.index.bound import Costs, Pairs, Rest, shares
from sanctscreen.index.joins import Joined, neighbours
from sanctscreen.index.lexicon import Lexicon
from sanctscreen.index.names import Names
from sanctscreen.index.parts import SLACK
from sanctscreen.index.queries import Asked, hopeful
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.text.words import Word

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]

#: Bytes that are kept of what words touch, and what each word takes beside its names.
KEPT, OVERHEAD = 6_000_000, 800
#: A query of more words is left to the block.
MOST = 16


class Glance:
    """What the words of queries bring to the listed names that they meet."""

    def __init__(
        self,
        listed: tuple[Vocabulary, Names],
        words: Lexicon[Word],
        joins: Lexicon[Joined],
        costs: Costs,
    ) -> None:
        """Look among some names for what words and joins are known to meet.

        Args:
            listed: the words of the names, and where they stand.
            words: what words meet.
            joins: what neighbours written together meet.
            costs: what a rest costs at the least.
        """
        self._vocabulary, self._names = listed
        self._words, self._joins, self._costs = words, joins, costs
        self._kept: OrderedDict[Word, _Touched] = OrderedDict()
        self._bytes = 0

    def may_reach(self, asked: Asked) -> bool:
        """Tell whether the score of any listed name may reach the threshold."""
        words = asked.query.words
        if asked.inside or len(words) > MOST or self._any_join_meets(words):
            return True
        times = Counter(words)
        touched = self._touched_by(list(times))
        total = sum(map(mul, times.values(), (each.charged for each in touched)))
        share = shares(np.array([asked.threshold]))
        if self._costs.need(np.array([total]), share)[0] < SLACK:
            return True
        rows, (agreed, left, right) = _added_up(touched, times.values())
        left = np.maximum(total - left, 0.0)
        right = np.maximum(self._names.weights[rows] - right, 0.0)
        # What a full field had no room for costs nothing.
        left *= ~self._names.is_cut[rows]
        right *= not asked.query.is_cut
        return bool(self._costs.may_reach(share, agreed, Rest(left, right, _NOTHING)).any())

    def _any_join_meets(self, words: Sequence[Word]) -> bool:
        """Tell whether neighbours meet anything once they are written together."""
        stretches = _stretches(len(words))
        shared = {at for at, word in enumerate(words) if has_shared_codes(word.codes)}
        places = enumerate(zip(*stretches, strict=True)) if shared else ()
        sharing = [at for at, (first, end) in places if shared.intersection(range(first, end))]
        _, joins = hopeful(words, stretches, self._vocabulary, sharing)
        if not joins:
            return False
        numbers = self._joins.numbers(joins)
        return bool(self._joins.facts["rows"][numbers].any())

    def _touched_by(self, words: Sequence[Word]) -> list[_Touched]:
        """Return what words touch; what was used last is kept."""
        new = [word for word in words if word not in self._kept]
        numbers = self._words.numbers(new).tolist() if new else []
        for word, number in zip(new, numbers, strict=True):
            found = self._kept[word] = self._touched(number)
            self._bytes += found.bytes
        touched = [self._kept[word] for word in words]
        for word in words:
            self._kept.move_to_end(word)
        while self._bytes > KEPT:
            self._bytes -= self._kept.popitem(last=False)[1].bytes
        return touched

    def _touched(self, number: int) -> _Touched:
        """Return what a word touches, by its number in the lexicon."""
        facts = self._words.facts[number]
        met = self._words.units[facts["start"] : facts["start"] + facts["count"]]
        units = met["unit"]
        mine = facts["weight"], facts["attested"]
        theirs = self._vocabulary.weights[units], self._vocabulary.known[units]
        pairs = Pairs.of(mine, theirs, met, self._costs)
        which, rows = self._names.rows.spread(units)
        order = rows.argsort(kind="stable")
        starts = runs(rows[order])
        values = np.array([pairs.agreed, pairs.left, pairs.right])[:, which[order]]
        if len(starts):
            values = np.maximum.reduceat(values, starts, axis=1)
        # Rounding errs towards looking.
        values = np.nextafter(values.astype(np.float32), np.float32(np.inf))
        return _Touched(float(facts["charged"]), rows[order[starts]], values)


class _Touched(NamedTuple):
    """The listed names that a word meets.

    Attributes:
        charged: what a rest of the word costs.
        rows: the names, in order.
        values: for each, the weight that agrees at the most, and how much of either side costs
            nothing then.
    """

    charged: float
    rows: Ints
    values: NDArray[np.float32]

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return OVERHEAD + self.rows.nbytes + self.values.nbytes


def _added_up(touched: Sequence[_Touched], times: Iterable[int]) -> tuple[Ints, Floats]:
    """Return the names that words touch, and what the words bring to each together."""
    rows = np.concatenate([each.rows for each in touched])
    every = [
        each.values if often == 1 else each.values.astype(np.float64) * often
        for each, often in zip(touched, times, strict=True)
    ]
    order = rows.argsort(kind="stable")
    rows = rows[order]
    starts = runs(rows)
    if not len(starts):
        return rows, np.zeros((3, 0))
    values = np.concatenate(every, axis=1, dtype=np.float64)[:, order]
    return rows[starts], np.add.reduceat(values, starts, axis=1)


@lru_cache(maxsize=MOST + 1)
def _stretches(count: int) -> tuple[list[int], list[int]]:
    """Return the neighbours that may be joined in a name of so many words."""
    firsts, ends = neighbours(np.array([count]))
    return firsts.tolist(), ends.tolist()


_NOTHING = np.zeros(1)
