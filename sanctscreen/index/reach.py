"""What words reach in the listed names: the terms' weights, their names, and sums of the best."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import JOIN_MOST, UNKNOWN
from sanctscreen.text.codes import joined_codes
from sanctscreen.text.digits import letters_for_digits
from sanctscreen.text.words import Word

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

#: Values are stored in single precision, rounded up by more than it loses.
ROUNDED_UP = 1 + 1e-6


class Joined(NamedTuple):
    """Neighbouring words written together; ``attested`` if any of them is."""

    text: str
    key: str
    weight: float
    attested: bool
    codes: frozenset[str]


@lru_cache(maxsize=1_024)
def joined(words: tuple[Word, ...]) -> tuple[Joined, ...]:
    """Return every stretch of neighbours that may be joined."""
    found: list[Joined] = []
    for start in range(len(words) - 1):
        text = key = ""
        weight, attested = 0.0, False
        for at, word in enumerate(words[start : start + JOIN_MOST]):
            text += word.text.replace(" ", "")
            key += word.key.replace(" ", "")
            weight += word.weight
            attested |= word.attested
            if at:
                codes = joined_codes(words[start : start + at + 1])
                read = letters_for_digits(text)
                found.append(Joined(read, key, weight, attested, codes))
    return tuple(found)


class Reach(NamedTuple):
    """What one word may reach in each listed name where it reaches anything.

    Attributes:
        rows: the names, in order.
        agreed: weight that agrees at the most.
        left: how much of this word's weight costs nothing, at the most.
        right: how much of the listed name's weight costs nothing, at the most.
        partners: how many words of the listed name it may agree with.
    """

    rows: Ints
    agreed: NDArray[np.float32]
    left: NDArray[np.float32]
    right: NDArray[np.float32]
    partners: NDArray[np.uint16]

    def of(self, places: NDArray[np.intp]) -> Reach:
        """Return what it reaches in some of the names."""
        return Reach(
            self.rows[places],
            self.agreed[places],
            self.left[places],
            self.right[places],
            self.partners[places],
        )

    def repeated(self, times: int) -> Reach:
        """Return what a word reaches that stands in the query so many times.

        No two of them can have the same partner.
        """
        if times == 1:
            return self
        factor = np.minimum(self.partners, times).astype(np.float32)
        return self._replace(
            agreed=self.agreed * factor, left=self.left * factor, right=self.right * factor
        )

    @property
    def size(self) -> int:
        """Bytes that the arrays take, roughly."""
        return 18 * len(self.rows) + 400


_NO_WEIGHT = np.zeros(0, dtype=np.float32)
NOTHING = Reach(
    np.zeros(0, dtype=np.int32), _NO_WEIGHT, _NO_WEIGHT, _NO_WEIGHT, np.zeros(0, dtype=np.uint16)
)


class Spread(NamedTuple):
    """What some query words may reach, pair by pair of word and listed name; see `Reach`."""

    items: Ints
    rows: Ints
    agreed: Floats
    left: Floats
    right: Floats


class Alike(NamedTuple):
    """Which words may agree with which terms, how far, and what share costs nothing."""

    items: Ints
    terms: Ints
    similarity: Floats
    free: Floats


class Postings:
    """In which names each term stands, with the term's weight."""

    def __init__(self, terms: Sequence[tuple[float, bool]], pairs: array[int]) -> None:
        """Sort (term, row) pairs, given flat, by term; each term has weight and attestation."""
        flat = np.frombuffer(pairs, dtype=np.int32) if pairs else np.zeros(0, dtype=np.int32)
        ids, rows = flat[0::2], flat[1::2]
        order = np.argsort(ids, kind="stable")
        self._rows = rows[order]
        self._counts = np.bincount(ids, minlength=len(terms)).astype(np.int32)
        self._starts = np.concatenate([[0], np.cumsum(self._counts)]).astype(np.int32)
        self._weights = np.array([weight for weight, _ in terms], dtype=np.float64)
        self.attested = np.array([known for _, known in terms], dtype=bool)

    def spread(self, found: Alike, given: Sequence[Word] | Sequence[Joined]) -> Spread:
        """Carry similarities over from terms to the names that hold them."""
        items, terms, similarity, free = found
        mine = np.array([each.weight for each in given], dtype=np.float64)[items]
        attested = np.array([each.attested for each in given], dtype=bool)[items]
        theirs, counts = self._weights[terms], self._counts[terms]
        light, heavy = np.minimum(theirs, mine), np.maximum(theirs, mine)
        known = np.where(theirs > mine, self.attested[terms], attested)
        doubted = np.where(known, heavy, np.maximum(light, heavy * UNKNOWN))
        lacking = 1.0 - free
        agreed = similarity * light
        left = mine - lacking * np.minimum(mine, doubted)
        right = theirs - lacking * np.minimum(theirs, doubted)
        before = np.cumsum(counts) - counts
        places = np.repeat(self._starts[terms] - before, counts) + np.arange(counts.sum())
        values = (np.repeat(each, counts) for each in (agreed, left, right))
        return Spread(np.repeat(items, counts), self._rows[places], *values)


def best_of(parts: Sequence[Spread], count: int) -> list[Reach]:
    """Keep, for each of ``count`` query words and each name, the most that any term reaches."""
    items, rows, *values = (np.concatenate(each) for each in zip(*parts, strict=True))
    if not len(rows):
        return [NOTHING] * count
    pairs = items.astype(np.int64) << 32 | rows
    order = np.argsort(pairs)
    pairs = pairs[order]
    starts = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    agreed, left, right = (
        (np.maximum.reduceat(each[order], starts) * ROUNDED_UP).astype(np.float32)
        for each in values
    )
    pairs = pairs[starts]
    rows = (pairs & 0xFFFFFFFF).astype(np.int32)
    partners = np.minimum(np.diff(starts, append=len(order)), 65_535).astype(np.uint16)
    whole = Reach(rows, agreed, left, right, partners)
    ends = np.searchsorted(pairs >> 32, np.arange(count + 1)).tolist()
    return [
        whole.of(np.arange(at.start, at.stop)) if at.start < at.stop else NOTHING
        for at in map(slice, ends[:-1], ends[1:])
    ]
