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

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist, cpdist

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

#: Strings have so many letters at least where the ends may tell.
LEAST_FOR_ENDS = 7
#: Slack for rounding, so that the bound errs towards comparing.
SLACK = 1e-6
#: Bits for letters, and the bit of each byte: a to z, then everything else.
WIDTH = 32
_PLACE = np.full(256, len(ascii_lowercase), dtype=np.int64)
_PLACE[np.frombuffer(ascii_lowercase.encode(), dtype=np.uint8)] = np.arange(len(ascii_lowercase))
#: Three letters of seven bits; a length above them stays within a signed 32-bit number.
LETTERS_BITS, LONGEST = 21, 1000
#: Pairs that are held at once, and up to how many for each text are measured one by one.
CELLS, FEW = 500_000, 16


class Near(NamedTuple):
    """Strings near some texts, pair by pair: which text, in order, which string, how far."""

    items: Ints
    ids: Ints
    distances: Floats


_NOTHING = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)


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
        blob = _bytes(self._all)
        self._letters = _letter_sets(blob, self._starts)
        self._heads = _Ends(_ends(blob, self._starts[:-1], self._lengths, first=True))
        self._tails = _Ends(_ends(blob, self._starts[1:] - 3, self._lengths, first=False))

    def near(self, texts: Sequence[str], farthest: float) -> Near:
        """Return the strings within a distance of each of some texts.

        Args:
            texts: any strings.
            farthest: an edit distance, as a share of the longer string; below 1.
        """
        asked = _Asked.of(texts)
        room = asked.lengths / (1 - farthest) * farthest + SLACK
        with_ends = (room >= 1) & (room < 2) & (asked.lengths >= LEAST_FOR_ENDS)
        parts = [
            _NOTHING,
            *self._equal(asked, _where(room < 1)),
            *self._with_an_end(asked, _where(with_ends)),
            *self._alike(asked, _where((room >= 1) & ~with_ends), farthest + SLACK),
        ]
        items, places = (np.concatenate(each) for each in zip(*parts, strict=True))
        items, places, distances = self._measured(asked, items, places, farthest + SLACK)
        order = np.argsort(items, kind="stable")
        return Near(items[order], self._order[places[order]], distances[order])

    def distances(self, text: str, ids: Ints) -> Floats:
        """Return the edit distance to some of the strings, as shares of the longer one."""
        return self._distances(text, self._place[ids])

    def beginning(self, text: str) -> Ints:
        """Return the strings that begin with a text."""
        low = int(np.searchsorted(self._lengths, len(text)))
        places = range(low, len(self._lengths))
        found = [at for at in places if self._all.startswith(text, self._starts[at])]
        return self._order[[at for at in found if self._lengths[at] >= len(text)]]

    def _choices(self, places: Ints) -> list[str]:
        starts, ends = self._starts[places].tolist(), self._starts[places + 1].tolist()
        return [self._all[start:end] for start, end in zip(starts, ends, strict=True)]

    def _distances(self, text: str, places: Ints) -> Floats:
        choices = self._choices(places)
        distances: Floats = cdist(
            [text], choices, scorer=OSA.normalized_distance, dtype=np.float64
        )[0]
        return distances

    def _measured(self, asked: _Asked, items: Ints, places: Ints, farthest: float) -> Near:
        """Keep the pairs that are near; pairs of one text are neighbours."""
        distances = np.empty(len(items))
        if len(items) < FEW * len(asked.texts):
            texts = [asked.texts[item] for item in items.tolist()]
            choices = self._choices(places)
            distances = cpdist(texts, choices, scorer=OSA.normalized_distance, dtype=np.float64)
        else:
            ends = [*np.flatnonzero(np.diff(items)) + 1, len(items)]
            for start, end in zip([0, *ends], ends, strict=False):
                text = asked.texts[items[start]]
                distances[start:end] = self._distances(text, places[start:end])
        near = np.flatnonzero(distances <= farthest)
        return Near(items[near], places[near], distances[near])

    def _equal(self, asked: _Asked, items: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Find strings that may be equal."""
        if not len(items):
            return
        of, places = self._heads.find(asked.heads[items])
        items = items[of]
        same = self._letters[places] == asked.letters[items]
        yield items[same], places[same]

    def _with_an_end(self, asked: _Asked, items: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Find strings within one edit: about as long, with the first or last letters shared."""
        if not len(items):
            return
        found = []
        longer = np.repeat(np.array([-1, 0, 1], dtype=np.int32), len(items))
        items = np.tile(items, 3)
        for ends, own in ((self._heads, asked.heads), (self._tails, asked.tails)):
            of, places = ends.find(own[items] + (longer << LETTERS_BITS))
            differing = np.bitwise_count(self._letters[places] ^ asked.letters[items[of]])
            alike = differing <= 2 - np.abs(longer[of])
            found.append(items[of][alike].astype(np.int64) << 32 | places[alike])
        pairs = np.unique(np.concatenate(found))
        yield (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)

    def _alike(self, asked: _Asked, items: Ints, farthest: float) -> Iterator[tuple[Ints, Ints]]:
        """Find strings whose length and letters leave the distance possible."""
        for length in np.unique(asked.lengths[items]).tolist():
            low = int(np.searchsorted(self._lengths, length * (1 - farthest)))
            high = int(np.searchsorted(self._lengths, length / (1 - farthest), side="right"))
            lengths = self._lengths[low:high]
            edits = (farthest * np.maximum(lengths, length)).astype(np.int32)
            most = np.minimum(2 * edits - np.abs(lengths - length), 255).astype(np.uint8)
            group = items[asked.lengths[items] == length]
            step = CELLS // (high - low + 1) + 1
            for some in np.split(group, range(step, len(group), step)):
                letters = asked.letters[some, np.newaxis]
                differing = np.bitwise_count(self._letters[low:high] ^ letters)
                at = np.flatnonzero(differing <= most)
                yield some[at // len(lengths)], (low + at % len(lengths)).astype(np.int32)


class _Asked(NamedTuple):
    """Texts that are looked up, with what they are looked up by."""

    texts: Sequence[str]
    lengths: Ints
    letters: NDArray[np.uint64]
    heads: Ints
    tails: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Asked:
        lengths = np.fromiter(map(len, texts), dtype=np.int32, count=len(texts))
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        blob = _bytes("".join(texts))
        heads = _ends(blob, starts[:-1], lengths, first=True)
        tails = _ends(blob, starts[1:] - 3, lengths, first=False)
        return cls(texts, lengths, _letter_sets(blob, starts), heads, tails)


class _Ends:
    """Where strings stand that have an end of three letters and a length in common."""

    def __init__(self, ends: Ints) -> None:
        self._order = np.argsort(ends, kind="stable").astype(np.int32)
        self._ends = ends[self._order]

    def find(self, ends: Ints) -> tuple[Ints, Ints]:
        """Return which of some ends was found, and at which place, pair by pair."""
        lows = np.searchsorted(self._ends, ends)
        counts = np.searchsorted(self._ends, ends, side="right") - lows
        before = np.cumsum(counts) - counts
        found = np.repeat(lows - before, counts) + np.arange(counts.sum())
        return np.repeat(np.arange(len(ends), dtype=np.int32), counts), self._order[found]


def _where(told: NDArray[np.bool_]) -> Ints:
    return np.flatnonzero(told).astype(np.int32)


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8)


def _ends(blob: NDArray[np.uint8], starts: Ints, lengths: Ints, *, first: bool) -> Ints:
    """Pack three letters at an end, and the length, into a number for each text."""
    packed = np.minimum(lengths, LONGEST)
    for at in range(3):
        inside = lengths > at if first else lengths >= 3
        byte = blob[np.where(inside, starts + at, 0)] & 127 if len(blob) else np.uint8(0)
        packed = packed << 7 | np.where(inside, byte, 0).astype(np.int32)
    return packed.astype(np.int32)


def _letter_sets(blob: NDArray[np.uint8], starts: Ints) -> NDArray[np.uint64]:
    """Return letters of texts as bits: which occur, and which occur twice or more."""
    count = len(starts) - 1
    texts = np.repeat(np.arange(count) * WIDTH, np.diff(starts))
    letters = np.bincount(texts + _PLACE[blob], minlength=count * WIDTH).reshape(count, WIDTH)
    bits = np.packbits(np.concatenate([letters >= 1, letters >= 2], axis=1), axis=1)
    return bits.view(np.uint64).reshape(count)
