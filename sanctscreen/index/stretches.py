"""Stretches of one text, and their letters and checksums, all of them at once.

The checksum of a stretch is a polynomial of its letters, modulo 2**64. It follows from sums over
the whole text, so that neighbours written together need not be written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import spread

Ints = NDArray[np.integer[Any]]
Sums = NDArray[np.uint64]

#: Bits for letters, and the bit of each byte: a to z, then everything else.
WIDTH = 32
PLACE = np.full(256, len(ascii_lowercase), dtype=np.int64)
PLACE[np.frombuffer(ascii_lowercase.encode(), dtype=np.uint8)] = np.arange(len(ascii_lowercase))
#: The same bits as numbers.
_BITS = np.uint64(1) << np.arange(WIDTH, dtype=np.uint64)
#: The base of checksums, which has an inverse since it is odd.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
#: Strings whose letters are counted at once.
BLOCK = 16_384
#: So many powers of a base are kept at the most; lists are catalogued once.
KEPT = 65_536


class Stretches(NamedTuple):
    """Some stretches of a text.

    Attributes:
        letters: a byte for each letter of the text.
        sums: of each beginning of the text.
        starts: where the stretches begin.
        ends: where they end.
    """

    letters: NDArray[np.uint8]
    sums: Sums
    starts: Ints
    ends: Ints

    @classmethod
    def of(cls, text: str, starts: Ints, ends: Ints) -> Stretches:
        """Sum a text up."""
        letters = np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8)
        down = _powers(_INVERSE, len(letters))
        terms = (letters.astype(np.uint64) + np.uint64(1)) * down
        sums = np.zeros(len(letters) + 1, dtype=np.uint64)
        terms.cumsum(out=sums[1:])
        return cls(letters, sums, starts, ends)

    @classmethod
    def among(cls, texts: Sequence[str]) -> Stretches:
        """Take whole texts."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        ends = np.cumsum(lengths)
        return cls.of("".join(texts), ends - lengths, ends)

    @property
    def lengths(self) -> Ints:
        """How many letters each has."""
        return self.ends - self.starts

    def some(self, which: Ints) -> Stretches:
        """Return some of the stretches."""
        return self._replace(starts=self.starts[which], ends=self.ends[which])

    def beginnings(self, sizes: Ints) -> Stretches:
        """Return the first letters of each, as many as the sizes say."""
        return self._replace(ends=self.starts + sizes)

    def endings(self, sizes: Ints) -> Stretches:
        """Return the last letters of each."""
        return self._replace(starts=self.ends - sizes)

    def checksums(self) -> Sums:
        """Return a checksum for each, the same wherever its letters stand."""
        up = _powers(_BASE, len(self.letters) + 1)
        sums: Sums = (self.sums[self.ends] - self.sums[self.starts]) * up[self.starts]
        return sums

    def letter_sets(self) -> Sums:
        """Return, as bits, which letters occur in each, and which of them twice or more."""
        count = len(self.starts)
        bits = np.zeros(count, dtype=np.uint64)
        for low in range(0, count, BLOCK):
            starts, lengths = self.starts[low : low + BLOCK], self.lengths[low : low + BLOCK]
            which, places = spread(starts, lengths)
            slots = which * WIDTH + PLACE[self.letters[places]]
            counts = np.bincount(slots, minlength=len(starts) * WIDTH).reshape(-1, WIDTH)
            once, twice = ((counts >= least) @ _BITS for least in (1, 2))
            bits[low : low + BLOCK] = once | twice << np.uint64(WIDTH)
        return bits


def _powers(base: int, count: int) -> Sums:
    """Return the first powers of a number, modulo 2**64."""
    size = 1 << max(10, count.bit_length())
    return (_kept if size <= KEPT else _made)(base, size)[:count]


@lru_cache(maxsize=4)
def _kept(base: int, count: int) -> Sums:
    return _made(base, count)


def _made(base: int, count: int) -> Sums:
    powers = np.full(count, base, dtype=np.uint64)
    powers[0] = 1
    made: Sums = np.cumprod(powers)
    return made
