"""Many strings, and which of them are within some edits of another string.

A string is skipped only where it must be farther away than was asked for:

* by length: strings within d edits differ in length by at most d;
* by letters: an insertion brings one letter, a substitution takes one away and brings another,
  a transposition leaves them. So d edits between lengths that differ by x change at most
  2 d - x letters, counted with repetitions, and no fewer are counted by two bits a letter
  ("at least one", "at least two");
* by the parts that some edits leave whole; see `sanctscreen.index.parts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from sanctscreen.index.arrays import lengths_of, offsets
from sanctscreen.index.letters import Outlines, outlined, outlines
from sanctscreen.index.parts import SLACK, Parts

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
AnyInts = NDArray[np.integer[Any]]

#: So many strings are kept as such once they are asked for.
CUT_OUT = 32_768
#: Of texts up to this length it is kept which strings are as long.
KEPT = 64
#: Pairs of strings whose letters are compared at once.
PAIRS = 1_000_000


#: A stretch of strings by length, and how many letters each of them may differ in at the most.
_Window = tuple[int, int, NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Strings by length, letters and parts; their places in the given order name them.

    Attributes:
        order: the strings' names, by length.
        place: where each of them stands in that order.
        lengths: in that order, as all that follow.
        text: every string, one after another.
        starts: where each begins in that text, and the end of it.
        letters: which letters occur, as bits.
        parts: those of all strings.
    """

    order: Ints
    place: Ints
    lengths: Ints
    text: str
    starts: Ints
    letters: NDArray[np.uint64]
    parts: Parts
    _strings: list[NDArray[np.object_]] = field(default_factory=list, init=False)
    _windows: dict[tuple[int, float], _Window] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, texts: Sequence[str], farthest: float, edits: int) -> Spellings:
        """Catalogue some strings; `hopeful` then looks for those within a distance.

        Args:
            texts: the strings.
            farthest: the distance, as a share of the longer string; below 1.
            edits: how many edits the parts tell; more take more room.
        """
        sizes = lengths_of(texts)
        order = sizes.argsort(kind="stable").astype(np.int32)
        return cls(
            order,
            order.argsort().astype(np.int32),
            sizes[order].astype(np.int32),
            "".join([texts[at] for at in order.tolist()]),
            offsets(sizes[order]).astype(np.int32),
            outlines(texts)[order],
            Parts.of(texts, farthest, edits),
        )

    def at(self, name: int) -> str:
        """Return one of the strings."""
        place = self.place[name]
        return self.text[self.starts[place] : self.starts[place + 1]]

    def near(self, text: str, farthest: float) -> tuple[Ints, Floats]:
        """Return the strings within a distance of a text, and how far each is.

        Args:
            text: any string.
            farthest: an edit distance, as a share of the longer string; below 1.
        """
        farthest += SLACK
        low, high, most = self._window(len(text), farthest)
        if low == high:
            return _NONE
        differing = np.bitwise_count(self.letters[low:high] ^ np.uint64(outlined(text)))
        places = (differing <= most).nonzero()[0]
        if not len(places):
            return _NONE
        places += low
        distances = cdist(
            [text],
            self._choices(places),
            scorer=OSA.normalized_distance,
            dtype=np.float64,
            score_cutoff=farthest,
        )[0]
        near = (distances <= farthest).nonzero()[0]
        return self.order[places[near]], distances[near]

    def hopeful(self, texts: Sequence[str]) -> list[int]:
        """Return the places of the texts that any string may be near, as far as `of` was told."""
        some = self.parts.may_have(texts)
        if not some:
            return some
        letters = outlines([texts[at] for at in some])
        by_size: dict[int, list[int]] = {}
        for place, at in enumerate(some):
            by_size.setdefault(len(texts[at]), []).append(place)
        groups = (self._like(size, letters, places) for size, places in by_size.items())
        return [some[place] for group in groups for place in group]

    @property
    def farthest(self) -> float:
        """The distance that `hopeful` is made for, as a share of the longer string."""
        return self.parts.farthest

    def _like(self, size: int, given: Outlines, places: list[int]) -> Iterator[int]:
        """Yield those places where the letters stand of a text of a size that may be near."""
        low, high, most = self._window(size, self.farthest + SLACK)
        if low == high:
            return
        letters, step = self.letters[low:high], PAIRS // (high - low) + 1
        for at in range(0, len(places), step):
            these = places[at : at + step]
            near = np.bitwise_count(letters ^ given[these, np.newaxis]) <= most
            yield from compress(these, near.any(axis=1).tolist())

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
            if length <= KEPT:
                self._windows[length, farthest] = found
        return found

    def _choices(self, places: NDArray[np.intp]) -> Sequence[str]:
        """Return the strings at some places; few strings are cut out of the text only once."""
        if len(self.order) > CUT_OUT:
            return self._cut_out(places)
        if not self._strings:
            every = self._cut_out(np.arange(len(self.order)))
            self._strings.append(np.array(every, dtype=np.object_))
        [strings] = self._strings
        chosen: list[str] = strings[places].tolist()
        return chosen

    def _cut_out(self, places: NDArray[np.intp]) -> list[str]:
        starts, ends = self.starts[places].tolist(), self.starts[places + 1].tolist()
        return [self.text[start:end] for start, end in zip(starts, ends, strict=True)]


_NONE = np.zeros(0, dtype=np.int32), np.zeros(0)
