"""Which texts may be a string of a list, or one edit from it: a table of the strings' ends.

One edit touches two neighbouring letters at most, so that either the first half or the second is
the same, but for a letter or two in the middle. What halves there are stands in a table of bits,
in which a collision only adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

#: Slack for rounding, so that the bound errs towards comparing.
SLACK = 1e-6
#: Bits of the table for each checksum, as a power of two.
BITS = 6


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of some strings.

    Attributes:
        table: a byte for each eight checksums, with a bit for each that occurs.
        rooms: by length of a text, how many edits may part it from a string: 0, 1, or 2 and more;
            longer texts are near no string.
        farthest: the distance that they are made for, as a share of the longer string.
    """

    table: NDArray[np.uint8]
    rooms: bytes
    farthest: float
    _bytes: memoryview = field(init=False)

    @classmethod
    def of(cls, strings: Sequence[str], farthest: float) -> Ends:
        """Note the ends of strings that texts of any length will ask for."""
        longest = max(map(len, strings), default=0) / (1 - farthest)
        rooms = bytes(min(2, int(_room(size, farthest))) for size in range(int(longest + 1.5)))
        # Those are asked for by texts of their own length alone, or by texts one edit away too.
        whole = rooms.count(0)
        halved = whole + rooms.count(1)
        few = [_letters(text) for text in strings if len(text) <= halved]
        filed = {crc32(letters) for letters in few if len(letters) < whole}
        filed.update(each for letters in few for each in _filed(letters, whole, halved))
        size = 1 << (BITS + len(filed).bit_length())
        bits = np.zeros(size, dtype=bool)
        bits[np.fromiter(filed, dtype=np.int64, count=len(filed)) & (size - 1)] = True
        return cls(np.packbits(bits, bitorder="little"), rooms, farthest)

    def __post_init__(self) -> None:
        """Look at the table in the way that is fastest for a few bits."""
        object.__setattr__(self, "_bytes", self.table.data)

    def may_have(self, texts: Sequence[str]) -> list[int]:
        """Return which texts may be near a string, by their ends where one edit has room."""
        rooms, has, found = self.rooms, self._has, []
        for at, text in enumerate(texts):
            size = len(text)
            if size >= len(rooms):
                continue
            room = rooms[size]
            if room == 1:
                letters, half = _letters(text), (size - 2) // 2
                if not has(crc32(letters[:half], size)) and not has(_last(letters, half, size)):
                    continue
            elif not room and not has(crc32(_letters(text))):
                continue
            found.append(at)
        return found

    def _has(self, checksum: int) -> int:
        place = checksum & (8 * len(self._bytes) - 1)
        return self._bytes[place >> 3] >> (place & 7) & 1


def _room(size: int, farthest: float) -> float:
    """Return how many edits may part a text of a size from a string within a distance."""
    return size / (1 - farthest) * farthest + SLACK


def _filed(letters: bytes, least: int, end: int) -> Iterator[int]:
    """Yield the checksums of the halves of a string, as texts one edit away will ask for them.

    Args:
        letters: of the string.
        least: the least length of texts that one edit has room in.
        end: the least length of texts that more edits have.
    """
    for size in range(max(least, len(letters) - 1), min(end, len(letters) + 2)):
        half = (size - 2) // 2
        yield crc32(letters[:half], size)
        yield _last(letters, half, size)


def _last(letters: bytes, half: int, size: int) -> int:
    """Return the checksum of the last letters, as a text of a size asks for it."""
    return crc32(letters[len(letters) - half :], ~size & 0xFFFFFFFF)


def _letters(text: str) -> bytes:
    """Return a text with a byte for each letter; few words have others than these."""
    return text.encode("latin-1", "replace")
