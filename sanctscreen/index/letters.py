"""Which letters occur in a string, and which twice or more, as the bits of one number."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from sanctscreen.index.arrays import lengths_of, spread

Outlines = NDArray[np.uint64]

#: Bits for letters, and the bit of each byte: a to z, then everything else.
WIDTH = 32
_PLACE = np.full(256, len(ascii_lowercase), dtype=np.int64)
_PLACE[np.frombuffer(ascii_lowercase.encode(), dtype=np.uint8)] = np.arange(len(ascii_lowercase))
#: The same bits as numbers, and by character.
_BITS = np.uint64(1) << np.arange(WIDTH, dtype=np.uint64)
_BIT = {char: 1 << place for place, char in enumerate(ascii_lowercase)}
_OTHER = 1 << len(ascii_lowercase)
#: Strings whose letters are counted at once; fewer than the least are quicker one by one.
BLOCK, LEAST = 16_384, 24


def outlined(text: str) -> int:
    """Return which letters occur in a text, and which twice or more, as bits."""
    once = twice = 0
    for char in text:
        bit = _BIT.get(char, _OTHER)
        twice |= once & bit
        once |= bit
    return once | twice << WIDTH


def outlines(texts: Sequence[str]) -> Outlines:
    """Return what `outlined` does, for many texts."""
    if len(texts) < LEAST:
        return np.array([outlined(text) for text in texts], dtype=np.uint64)
    sizes = lengths_of(texts)
    letters = np.frombuffer("".join(texts).encode("latin-1", "replace"), dtype=np.uint8)
    starts, bits = sizes.cumsum() - sizes, np.zeros(len(texts), dtype=np.uint64)
    for low in range(0, len(texts), BLOCK):
        some = sizes[low : low + BLOCK]
        which, places = spread(starts[low : low + BLOCK], some)
        slots = which * WIDTH + _PLACE[letters[places]]
        counts = np.bincount(slots, minlength=len(some) * WIDTH).reshape(-1, WIDTH)
        once, twice = ((counts >= least) @ _BITS for least in (1, 2))
        bits[low : low + BLOCK] = once | twice << np.uint64(WIDTH)
    return bits
