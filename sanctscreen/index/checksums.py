"""Checksums of many stretches of a text in one go, the same that `zlib.crc32` gives of each.

They are told letter by letter for all stretches together (CRC-32 of ISO/IEC 13239, its
polynomial with the bits reversed).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]

_POLYNOMIAL, _EVERY = 0xEDB88320, 0xFFFFFFFF


def checksums(letters: NDArray[np.uint8], begins: Ints, counts: Ints, seeds: Ints) -> Ints:
    """Return the checksum of each stretch.

    Args:
        letters: the text, a byte for each letter.
        begins: where each stretch begins.
        counts: how many letters it has.
        seeds: what the checksum of each starts from.
    """
    order = (-counts).argsort(kind="stable")
    begins, sums = begins[order], (seeds[order] ^ _EVERY).astype(np.uint32)
    longer = np.bincount(counts, minlength=1)[::-1].cumsum()[::-1]
    for at, count in enumerate(longer[1:].tolist()):
        some = sums[:count]
        step = (some ^ letters[begins[:count] + at]) & 0xFF
        sums[:count] = _BYTES[step] ^ (some >> 8)
    found = np.empty(len(sums), dtype=np.int64)
    found[order] = sums ^ _EVERY
    return found


def _of_bytes() -> NDArray[np.uint32]:
    """Return what each byte does to a checksum."""
    sums = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        sums = np.where(sums & 1, (sums >> 1) ^ _POLYNOMIAL, sums >> 1).astype(np.uint32)
    return sums


_BYTES = _of_bytes()
