"""Which texts may be within some edits of a string of a list: a table of the strings' parts.

An edit touches two neighbouring letters of a text at most. So of k + 1 parts of a text, with a
letter between any two, k edits leave one whole, moved by no more letters than edits came before
it. What parts there are stands in a table of bits, in which a collision only adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import lengths_of, offsets, spread, where
from sanctscreen.index.checksums import checksums

Ints = NDArray[np.integer[Any]]

#: Slack for rounding, so that the bound errs towards comparing.
SLACK = 1e-6
#: Bits of the table for each checksum, as a power of two.
BITS = 6
#: Texts whose parts are told at once; fewer than the least are quicker one by one.
BLOCK, LEAST = 16_384, 160


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of some strings.

    Attributes:
        table: a byte for each eight checksums, with a bit for each that occurs.
        rooms: by length of a text, how many edits may part it from a string, or one more than
            are told; longer texts are near no string.
        farthest: the distance that they are made for, as a share of the longer string.
        edits: of texts with room for more, nothing is told; at most seven.
    """

    table: NDArray[np.uint8]
    rooms: bytes
    farthest: float
    edits: int
    _bytes: memoryview = field(init=False)
    _asked: list[list[_Part]] = field(init=False)
    _by_size: _Parts = field(init=False)

    @classmethod
    def of(cls, strings: Sequence[str], farthest: float, edits: int) -> Parts:
        """Note the parts of strings that texts of any length will ask for.

        Args:
            strings: the strings.
            farthest: a distance, as a share of the longer string; below 1.
            edits: see there.
        """
        longest = max(map(len, strings), default=0)
        sizes = range(int(longest / (1 - farthest) + 1.5))
        rooms = bytes(min(edits + 1, int(_room(size, farthest))) for size in sizes)
        told = [(size, room) for size, room in enumerate(rooms) if room <= edits]
        wanted = _Parts.of([list(_wanted(size, told, farthest)) for size in range(longest + 1)])
        blocks = (strings[at : at + BLOCK] for at in range(0, len(strings), BLOCK))
        every = [wanted.found(block)[1] for block in blocks]
        filed = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *every]))
        size = 1 << (BITS + len(filed).bit_length())
        bits = np.zeros(size, dtype=bool)
        bits[filed & (size - 1)] = True
        return cls(np.packbits(bits, bitorder="little"), rooms, farthest, edits)

    def __post_init__(self) -> None:
        """Look at the table in the way that is fastest for a few bits."""
        object.__setattr__(self, "_bytes", self.table.data)
        parts = [_parts(*each) if each[1] <= self.edits else [] for each in enumerate(self.rooms)]
        object.__setattr__(self, "_asked", parts)
        object.__setattr__(self, "_by_size", _Parts.of(parts))

    def may_have(self, texts: Sequence[str]) -> list[int]:
        """Return which texts may be near a string, by their parts."""
        if len(texts) >= LEAST:
            blocks = (self._may_have(texts, low) for low in range(0, len(texts), BLOCK))
            return [at for block in blocks for at in block]
        table, parts = self._bytes, self._asked
        last, longest, found = 8 * len(table) - 1, len(parts), []
        for at, text in enumerate(texts):
            size = len(text)
            if size >= longest:
                continue
            letters, some = _letters(text), parts[size]
            for begin, end, seed in some:
                place = crc32(letters[begin:end], seed) & last
                if table[place >> 3] >> (place & 7) & 1:
                    found.append(at)
                    break
            else:
                if not some:
                    found.append(at)
        return found

    def _may_have(self, texts: Sequence[str], low: int) -> list[int]:
        """Return the same, for many texts: those of the block that begins at a place."""
        block = range(low, min(low + BLOCK, len(texts)))
        near = [at for at in block if len(texts[at]) < len(self._asked)]
        counts, sums, which = self._by_size.found([texts[at] for at in near])
        places = sums & (8 * len(self.table) - 1)
        is_there = self.table[places >> 3] >> (places & 7).astype(np.uint8) & 1
        hopeful = (counts == 0) | (np.bincount(which, is_there, len(near)) > 0)
        return [near[at] for at in where(hopeful).tolist()]


class _Part(NamedTuple):
    """A part of a text of some length: where it begins, where it ends, and what tells it apart."""

    begin: int
    end: int
    seed: int


class _Parts(NamedTuple):
    """The parts of texts of every length, one after another.

    Attributes:
        starts: by length, where those of such texts begin.
        counts: by length, how many there are.
        begins: where each part begins in its text.
        sizes: how many letters each has.
        seeds: what tells each apart.
    """

    starts: Ints
    counts: Ints
    begins: Ints
    sizes: Ints
    seeds: Ints

    @classmethod
    def of(cls, by_size: Sequence[Sequence[_Part]]) -> _Parts:
        """Take the parts of texts of no letters, of one, and so on."""
        counts = np.array([len(parts) for parts in by_size], dtype=np.int64)
        every = [part for parts in by_size for part in parts]
        begins, ends, seeds = np.array(every, dtype=np.int64).reshape(-1, 3).T
        return cls(offsets(counts)[:-1], counts, begins, ends - begins, seeds)

    def found(self, texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
        """Return how many parts each text has, the checksums of all, and the text of each."""
        sizes = lengths_of(texts)
        counts = self.counts[sizes]
        which, places = spread(self.starts[sizes], counts)
        letters = np.frombuffer(_letters("".join(texts)), dtype=np.uint8)
        begins = offsets(sizes)[which] + self.begins[places]
        return counts, checksums(letters, begins, self.sizes[places], self.seeds[places]), which


def _room(size: int, farthest: float) -> float:
    """Return how many edits may part a text of a size from a string within a distance."""
    return size / (1 - farthest) * farthest + SLACK


def _parts(size: int, room: int) -> list[_Part]:
    """Divide a text so that so many edits leave one part whole."""
    length, last = (size - room) // (room + 1), room or 1
    begins = [at * (size - length) // last for at in range(room + 1)]
    return [_Part(at, at + length, size << 3 | which) for which, at in enumerate(begins)]


def _wanted(length: int, told: Iterable[tuple[int, int]], farthest: float) -> Iterator[_Part]:
    """Yield what texts near a string of a length will ask for.

    Args:
        length: of the string.
        told: by length of texts, for how many edits they are divided.
        farthest: as for `Parts.of`.
    """
    for size, room in told:
        if _is_near(length, size, farthest):
            yield from _moved(length, size, room, farthest)


def _is_near(length: int, size: int, farthest: float) -> bool:
    """Tell whether a string of a length may be within a distance of a text of a size."""
    return abs(length - size) <= int(farthest * max(size, length) + SLACK)


def _moved(length: int, size: int, room: int, farthest: float) -> Iterator[_Part]:
    """Yield where the parts of a text may stand in a string.

    Args:
        length: of the string.
        size: of the text.
        room: for how many edits the text is divided.
        farthest: how far the two may be apart, as a share of the longer one.
    """
    added, edits = length - size, int(farthest * max(size, length) + SLACK)
    for which, (begin, end, seed) in enumerate(_parts(size, room)):
        # The first letters and the last stay where they are, or an edit broke their part.
        moves = [0] if not which else [added] if which == room else range(-edits, edits + 1)
        for by in moves:
            if abs(by) + abs(added - by) <= edits and begin + by >= 0 and end + by <= length:
                yield _Part(begin + by, end + by, seed)


def _letters(text: str) -> bytes:
    """Return a text with a byte for each letter; few words have others than these."""
    return text.encode("latin-1", "replace")
