"""Which texts may be a string of a list, or one edit from it: a table of the strings' ends.

One edit touches two neighbouring letters at most, so that either the first half or the second is
the same, but for a letter or two in the middle. What halves there are stands in a table of bits,
in which a collision only adds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import where
from sanctscreen.index.stretches import Stretches, Sums

Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

#: Slack for rounding, so that the bound errs towards comparing.
SLACK = 1e-6
#: Texts longer than this have room for more than one edit, however near they must be.
LONGEST = 1_000
#: Bits of the table for each string, as a power of two.
BITS = 8
#: What parts checksums of whole texts, first halves and second halves.
_WHOLE, _FIRST, _SECOND = 0, 1, 2
_MIX = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of some strings.

    Attributes:
        table: a byte for each eight checksums, with a bit for each that occurs.
        farthest: the distance that they are made for, as a share of the longer string.
    """

    table: NDArray[np.uint8]
    farthest: float

    @classmethod
    def of(cls, strings: Stretches, farthest: float) -> Ends:
        """Note the ends of strings that texts of any length will ask for."""
        lengths = np.arange(2, LONGEST)
        one = lengths[(_room(lengths, farthest) >= 1) & (_room(lengths, farthest) < 2)]
        least, most = one[0], one[-1]
        size = 1 << (BITS + len(strings.starts).bit_length())
        bits = np.zeros(size, dtype=bool)
        bits[_slots(strings.some(strings.lengths < least), _WHOLE, size)] = True
        for more in (-1, 0, 1):
            wanted = strings.lengths + more
            some = strings.some((wanted >= least) & (wanted <= most))
            bits[_halves(some, some.lengths + more, size)] = True
        return cls(np.packbits(bits, bitorder="little"), farthest)

    def may_have(self, texts: Stretches) -> Ints:
        """Return which texts may be near a string; those do with room for more than one edit."""
        size, room = 8 * len(self.table), _room(texts.lengths, self.farthest)
        none, one, more = where(room < 1), where((room >= 1) & (room < 2)), where(room >= 2)
        if len(none):
            none = none[self._has(_slots(texts.some(none), _WHOLE, size))]
        if len(one):
            some = texts.some(one)
            one = one[self._has(_halves(some, some.lengths, size)).any(axis=0)]
        return np.concatenate([none, one, more])

    def _has(self, slots: Sums) -> Bools:
        bytes_, bits = (slots >> np.uint64(3)), (slots & np.uint64(7)).astype(np.uint8)
        has: Bools = (self.table[bytes_] >> bits & 1).astype(bool)
        return has


def _room(lengths: Ints, farthest: float) -> NDArray[np.float64]:
    """Return how many edits may part texts of some lengths from a string within a distance."""
    return lengths / (1 - farthest) * farthest + SLACK


def _halves(texts: Stretches, lengths: Ints, size: int) -> Sums:
    """Return the slots of the halves of texts, as texts of other lengths ask for them."""
    sizes = (lengths - 2) // 2
    first = _slots(texts.beginnings(sizes), _FIRST, size, lengths)
    return np.stack([first, _slots(texts.endings(sizes), _SECOND, size, lengths)])


def _slots(texts: Stretches, sort: int, size: int, lengths: Ints | int = 0) -> Sums:
    """Return the bit of each checksum in a table of a size, which is a power of two."""
    told = np.asarray(lengths, dtype=np.uint64) * np.uint64(3) + np.uint64(sort)
    mixed = (texts.checksums() ^ told * _MIX) * _MIX
    slots: Sums = mixed >> np.uint64(65 - size.bit_length())
    return slots
