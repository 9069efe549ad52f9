"""Many strings, and which of them are within some edits of another string.

A string is skipped only where it must be farther away than was asked for:

* by length: strings within d edits differ in length by at most d;
* by letters: an insertion brings one letter, a substitution takes one away and brings another,
  a transposition leaves them. So d edits between lengths that differ by x change at most
  2 d - x letters, counted with repetitions, and no fewer are counted by two bits a letter
  ("at least one", "at least two");
* by the ends, where one edit has room and both strings have seven letters or more: an edit
  touches at most two neighbours, so the first three letters are the same or the last three are.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

#: Strings have so many letters at least where the ends may tell.
LEAST_FOR_ENDS = 7
#: Slack for rounding, so that the bound errs towards comparing.
SLACK = 1e-6
#: Letters by byte: a to z, then everything else.
_OTHERS = len(ascii_lowercase)
_LETTERS = {char: at for at, char in enumerate(ascii_lowercase)}
_NOTHING = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float64)


class Spellings:
    """Strings by length, letters and ends; their places in the given order name them."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Catalogue some strings; an empty one is near nothing."""
        lengths = np.fromiter(map(len, texts), dtype=np.int32, count=len(texts))
        self._order = np.argsort(lengths, kind="stable").astype(np.int32)
        self._place = np.empty_like(self._order)
        self._place[self._order] = np.arange(len(texts), dtype=np.int32)
        self._lengths = lengths[self._order]
        self._all = "".join([texts[at] for at in self._order])
        self._starts = np.concatenate([[0], np.cumsum(self._lengths)]).astype(np.int32)
        blob = np.frombuffer(self._all.encode("latin-1", "replace"), dtype=np.uint8)
        self._letters = _letter_sets(blob, self._starts)
        self._heads = _Ends(_ends(blob, self._starts[:-1], self._lengths, first=True))
        self._tails = _Ends(_ends(blob, self._starts[1:] - 3, self._lengths, first=False))

    def near(self, text: str, farthest: float) -> tuple[Ints, Floats]:
        """Return the strings within a distance, and their distances.

        Args:
            text: a string.
            farthest: an edit distance, as a share of the longer string; below 1.
        """
        room = len(text) / (1 - farthest) * farthest + SLACK
        if room < 1:
            places = self._equal(text)
        elif room < 2 and len(text) >= LEAST_FOR_ENDS:
            places = self._with_an_end(text)
        else:
            places = self._alike(text, farthest + SLACK)
        distances = self._distances(text, places)
        near = distances <= farthest + SLACK
        return self._order[places[near]], distances[near]

    def distances(self, text: str, ids: Ints) -> Floats:
        """Return the edit distance to some of the strings, as shares of the longer one."""
        return self._distances(text, self._place[ids])

    def beginning(self, text: str) -> Ints:
        """Return the strings that begin with a text."""
        low = int(np.searchsorted(self._lengths, len(text)))
        places = range(low, len(self._lengths))
        found = [at for at in places if self._all.startswith(text, self._starts[at])]
        return self._order[[at for at in found if self._lengths[at] >= len(text)]]

    def _text(self, at: int) -> str:
        return self._all[self._starts[at] : self._starts[at + 1]]

    def _distances(self, text: str, places: Ints) -> Floats:
        if not len(places):
            return _NOTHING[1]
        starts, ends = self._starts[places].tolist(), self._starts[places + 1].tolist()
        choices = [self._all[start:end] for start, end in zip(starts, ends, strict=True)]
        if len(choices) < 4:
            return np.array([OSA.normalized_distance(text, choice) for choice in choices])
        return cdist([text], choices, scorer=OSA.normalized_distance, dtype=np.float64)[0]

    def _equal(self, text: str) -> Ints:
        places = self._heads.find([_end(text[:3], len(text))])
        return places if len(text) <= 3 else places[[self._text(at) == text for at in places]]

    def _with_an_end(self, text: str) -> Ints:
        """Return strings of about this length that share their first or last three letters."""
        lengths = range(len(text) - 1, len(text) + 2)
        head = self._heads.find([_end(text[:3], length) for length in lengths])
        tail = self._tails.find([_end(text[-3:], length) for length in lengths])
        places = np.concatenate([head, tail])
        differing = np.bitwise_count(self._letters[places] ^ _letter_set(text))
        return np.unique(places[differing <= 2])

    def _alike(self, text: str, farthest: float) -> Ints:
        """Return strings whose length and letters leave the distance possible."""
        low = int(np.searchsorted(self._lengths, len(text) * (1 - farthest)))
        high = int(np.searchsorted(self._lengths, len(text) / (1 - farthest), side="right"))
        lengths = self._lengths[low:high]
        edits = (farthest * np.maximum(lengths, len(text))).astype(np.int32)
        most = 2 * edits - np.abs(lengths - len(text))
        differing = np.bitwise_count(self._letters[low:high] ^ _letter_set(text))
        return (low + np.flatnonzero(differing <= most)).astype(np.int32)


class _Ends:
    """Where strings stand that have an end of three letters and a length in common."""

    def __init__(self, ends: Ints) -> None:
        self._order = np.argsort(ends, kind="stable").astype(np.int32)
        self._ends = ends[self._order]

    def find(self, ends: Sequence[int]) -> Ints:
        """Return the places of strings with any of some ends."""
        wanted = np.array(ends, dtype=np.int32)
        lows = np.searchsorted(self._ends, wanted).tolist()
        highs = np.searchsorted(self._ends, wanted, side="right").tolist()
        found = [self._order[low:high] for low, high in zip(lows, highs, strict=True)]
        return found[0] if len(found) == 1 else np.concatenate(found)


def _end(letters: str, length: int) -> int:
    """Pack up to three letters and a length into a number; `_ends` packs many."""
    packed = min(length, 255)
    for at in range(3):
        byte = letters[at : at + 1].encode("latin-1", "replace")
        packed = packed << 7 | (byte[0] & 127 if byte else 0)
    return packed


def _ends(blob: NDArray[np.uint8], starts: Ints, lengths: Ints, *, first: bool) -> Ints:
    packed = np.minimum(lengths, 255)
    for at in range(3):
        inside = lengths > at if first else lengths >= 3
        byte = blob[np.where(inside, starts + at, 0)] & 127 if len(blob) else np.uint8(0)
        packed = packed << 7 | np.where(inside, byte, 0).astype(np.int32)
    return packed.astype(np.int32)


def _letter_set(text: str) -> np.uint64:
    """Return the letters of a text as bits: which occur, and which occur twice or more."""
    once = twice = 0
    for char in text:
        bit = 1 << _LETTERS.get(char, _OTHERS)
        twice |= once & bit
        once |= bit
    return np.uint64(once | twice << 32)


def _letter_sets(blob: NDArray[np.uint8], starts: Ints) -> NDArray[np.uint64]:
    """Return `_letter_set` of many texts at once."""
    sets = np.zeros(len(starts) - 1, dtype=np.uint64)
    known = np.zeros(len(blob), dtype=bool)
    for at in range(_OTHERS + 1):
        here = ~known if at == _OTHERS else blob == ord(ascii_lowercase[at])
        known |= here
        running = np.concatenate([[0], np.cumsum(here, dtype=np.int32)])
        counts = running[starts[1:]] - running[starts[:-1]]
        sets |= (counts >= 1).astype(np.uint64) << np.uint64(at)
        sets |= (counts >= 2).astype(np.uint64) << np.uint64(at + 32)
    return sets
