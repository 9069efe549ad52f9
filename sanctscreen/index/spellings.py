"""Many strings, and which of them are within some edits of another string.

A string is skipped only where it must be farther away than was asked for:

* by length: strings within d edits differ in length by at most d;
* by letters: an insertion brings one letter, a substitution takes one away and brings another,
  a transposition leaves them. So d edits between lengths that differ by x change at most
  2 d - x letters, counted with repetitions, and no fewer are counted by two bits a letter
  ("at least one", "at least two");
* by the ends, where one edit has room at most: it touches two neighbours, so that either the
  first k letters are the same or the last k, if the shorter string has more than 2 k. What ends
  there are stands in a table of bits, in which a collision only adds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
AnyInts = NDArray[np.integer[Any]]

#: Slack for rounding, so that the bound errs towards comparing.
SLACK = 1e-6
#: Bits for letters, and the bit of each byte: a to z, then everything else.
WIDTH = 32
_PLACE = np.full(256, len(ascii_lowercase), dtype=np.int64)
_PLACE[np.frombuffer(ascii_lowercase.encode(), dtype=np.uint8)] = np.arange(len(ascii_lowercase))
#: The same bits as numbers.
_BITS = np.uint64(1) << np.arange(WIDTH, dtype=np.uint64)
_BIT = {chr(byte): 1 << int(place) for byte, place in enumerate(_PLACE)}
#: Strings whose letters are counted at once.
BLOCK = 16_384
#: Lengths from this on are not told apart where pairs are passed over in bulk.
LONG = 64
#: Texts longer than this have room for more than one edit, however near they must be.
LONGEST = 1_000
#: Bits of the table of ends for each string.
ENDS_BITS = 256


#: A stretch of strings by length, and how many letters each of them may differ in at the most.
_Window = tuple[int, int, NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Strings by length, letters and ends; their places in the given order name them.

    Attributes:
        order: the strings' names, by length.
        place: where each of them stands in that order.
        lengths: in that order, as all that follow.
        text: every string, one after another.
        starts: where each begins in that text, and the end of it.
        letters: which letters occur, as bits.
        ends: a bit for each end that a string has.
        farthest: the distance that the ends are made for, as a share of the longer string.
    """

    order: Ints
    place: Ints
    lengths: Ints
    text: str
    starts: Ints
    letters: NDArray[np.uint64]
    ends: bytes
    farthest: float
    _windows: dict[tuple[int, float], _Window] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, texts: Sequence[str], farthest: float) -> Spellings:
        """Catalogue some strings; `hopeful` then looks for those within a distance."""
        lengths = np.fromiter(map(len, texts), dtype=np.int32, count=len(texts))
        order = np.argsort(lengths, kind="stable").astype(np.int32)
        lengths, text = lengths[order], "".join([texts[at] for at in order.tolist()])
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        place = np.argsort(order).astype(np.int32)
        letters, ends = _letter_sets(text, starts), _ends_table(texts, farthest)
        return cls(order, place, lengths, text, starts, letters, ends, farthest)

    def at(self, name: int) -> str:
        """Return one of the strings."""
        place = self.place[name]
        return self.text[self.starts[place] : self.starts[place + 1]]

    def near(self, text: str, farthest: float) -> tuple[list[int], list[float]]:
        """Return the strings within a distance of a text, and how far each is.

        Args:
            text: any string.
            farthest: an edit distance, as a share of the longer string; below 1.
        """
        farthest += SLACK
        low, high, most = self._window(len(text), farthest)
        if low == high:
            return [], []
        differing = np.bitwise_count(self.letters[low:high] ^ np.uint64(outlined(text)[0]))
        places = np.flatnonzero(differing <= most)
        if not len(places):
            return [], []
        places += low
        distances = cdist(
            [text],
            self._choices(places),
            scorer=OSA.normalized_distance,
            dtype=np.float64,
            score_cutoff=farthest,
        )[0]
        near = np.flatnonzero(distances <= farthest)
        return self.order[places[near]].tolist(), distances[near].tolist()

    def hopeful(self, texts: Sequence[str]) -> list[int]:
        """Return the places of the texts that any string may be near, as far as `of` was told."""
        found: list[int] = []
        long: dict[int, list[int]] = defaultdict(list)
        ends, bits, farthest = self.ends, 8 * len(self.ends), self.farthest
        for at, text in enumerate(texts):
            room = len(text) / (1 - farthest) * farthest + SLACK
            if room >= 2:
                long[len(text)].append(at)
                continue
            for end in _asked_ends(text, one_edit=room >= 1):
                bit = end % bits
                if ends[bit >> 3] >> (bit & 7) & 1:
                    found.append(at)
                    break
        for length, some in long.items():
            low, high, most = self._window(length, farthest + SLACK)
            if low < high:
                joined = "".join([texts[at] for at in some])
                letters = _letter_sets(joined, np.arange(len(some) + 1, dtype=np.int32) * length)
                differing = np.bitwise_count(self.letters[low:high] ^ letters[:, np.newaxis])
                near = np.flatnonzero((differing <= most).any(axis=1)).tolist()
                found += [some[place] for place in near]
        return found

    def outlines(self) -> Outlines:
        """Return letters and lengths of the strings, by their names."""
        return Outlines(self.letters[self.place], self.lengths[self.place])

    def _window(self, length: int, farthest: float) -> _Window:
        """Return which strings are not too short or long, and how many letters may differ."""
        found = self._windows.get((length, farthest))
        if found is None:
            ends = length * (1 - farthest), length / (1 - farthest) + SLACK
            low, high = np.searchsorted(self.lengths, ends).tolist()
            lengths = self.lengths[low:high]
            edits = (farthest * np.maximum(lengths, length)).astype(np.int32)
            most = np.minimum(2 * edits - np.abs(lengths - length), 255)
            found = low, high, most.astype(np.uint8)
            if length <= WIDTH:
                self._windows[length, farthest] = found
        return found

    def _choices(self, places: NDArray[np.intp]) -> list[str]:
        starts, ends, text = (
            self.starts[places].tolist(),
            self.starts[places + 1].tolist(),
            self.text,
        )
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]


class Outlines(NamedTuple):
    """Letters and lengths of some strings; see `outlined`."""

    letters: NDArray[np.uint64]
    lengths: AnyInts

    def of(self, which: AnyInts) -> Outlines:
        """Return those of some of the strings."""
        return Outlines(self.letters[which], self.lengths[which])

    def may_be_near(self, others: Outlines, room: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Tell, pair by pair, whether letters leave a distance possible; see `room_for`."""
        differing = np.bitwise_count(self.letters ^ others.letters)
        mine, theirs = (np.minimum(each.lengths, LONG) for each in (self, others))
        near: NDArray[np.bool_] = differing <= room[mine, theirs]
        return near

    def least_distances(self, others: Outlines) -> Floats:
        """Return, pair by pair, the least distance that letters leave possible."""
        differing = np.bitwise_count(self.letters ^ others.letters)
        edits = (differing + np.abs(others.lengths - self.lengths) + 1) // 2
        distances: Floats = edits / np.maximum(np.maximum(others.lengths, self.lengths), 1)
        return distances


@cache
def room_for(farthest: float) -> NDArray[np.uint8]:
    """Return in how many letters two strings of two lengths may differ within a distance."""
    lengths = np.arange(LONG + 1)
    longer = np.maximum(lengths, lengths[:, np.newaxis])
    edits = ((farthest + SLACK) * longer).astype(np.int64)
    apart = np.abs(lengths - lengths[:, np.newaxis])
    room = np.where(apart <= edits, 2 * edits - apart, -1)
    room = np.where(room < 0, 0, np.minimum(room, 255)).astype(np.uint8)
    room[LONG:] = room[:, LONG:] = 255  # whatever is as long as that or longer
    return room


@lru_cache(maxsize=4_096)
def outlined(text: str) -> tuple[int, int]:
    """Return which letters occur in a text, and which twice or more, as bits; and its length."""
    once = twice = 0
    for char in text:
        bit = _BIT.get(char, 1 << len(ascii_lowercase))
        twice |= once & bit
        once |= bit
    return once | twice << WIDTH, len(text)


def _letter_sets(text: str, starts: Ints) -> NDArray[np.uint64]:
    """Return the letters of many texts, which stand one after another; see `outlined`."""
    count, blob = len(starts) - 1, np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8)
    bits = np.zeros(count, dtype=np.uint64)
    for low in range(0, count, BLOCK):
        here = starts[low : low + BLOCK + 1]
        texts = np.repeat(np.arange(len(here) - 1) * WIDTH, np.diff(here))
        counts = np.bincount(
            texts + _PLACE[blob[here[0] : here[-1]]], minlength=(len(here) - 1) * WIDTH
        ).reshape(-1, WIDTH)
        once, twice = ((counts >= least) @ _BITS for least in (1, 2))
        bits[low : low + BLOCK] = once | twice << np.uint64(WIDTH)
    return bits


def _whole(text: str) -> int:
    return crc32(text.encode())


def _end(letters: str, length: int, side: int) -> int:
    return crc32(letters.encode(), 2 * length + side)


def _asked_ends(text: str, *, one_edit: bool) -> tuple[int, ...]:
    """Return the ends of which a string must have one that is the text, or one edit from it."""
    if not one_edit:
        return (_whole(text),)
    length = len(text)
    size = (length - 2) // 2
    return _end(text[:size], length, 0), _end(text[length - size :], length, 1)


def _had_ends(text: str, least: int, most: int) -> Iterator[int]:
    """Yield the ends of a string, for texts of those lengths and one letter more or less."""
    own = len(text)
    if own < least:
        yield _whole(text)
    for length in range(max(own - 1, least), min(own + 1, most) + 1):
        size = (length - 2) // 2
        yield _end(text[:size], length, 0)
        yield _end(text[own - size :], length, 1)


def _ends_table(texts: Sequence[str], farthest: float) -> bytes:
    """Set the bit of each end that strings have, for texts with room for one edit at most."""
    one = [n for n in range(2, LONGEST) if 1 <= n / (1 - farthest) * farthest + SLACK < 2]
    bits = ENDS_BITS * (len(texts) + 1)
    table = np.zeros(bits, dtype=bool)
    had = (end for text in texts for end in _had_ends(text, one[0], one[-1]))
    table[[end % bits for end in had]] = True
    return np.packbits(table, bitorder="little").tobytes()
