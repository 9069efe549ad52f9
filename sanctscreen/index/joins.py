"""Neighbouring words written together, as the index files and looks them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import JOIN_MOST, has_shared_codes
from sanctscreen.index.arrays import offsets, where
from sanctscreen.text.codes import joined_codes
from sanctscreen.text.digits import letters_within
from sanctscreen.text.words import Word

Ints = NDArray[np.integer[Any]]


class Joined(NamedTuple):
    """Neighbouring words written together; ``attested`` if any of them is."""

    text: str
    key: str
    weight: float
    attested: bool
    codes: frozenset[str]

    @classmethod
    def of(cls, words: Sequence[Word], text: str, key: str) -> Joined:
        """Gather what is known of some neighbours, given their spelling and their sound key."""
        shared = any(has_shared_codes(word.codes) for word in words)
        codes = joined_codes(words) if shared else _NO_CODES
        weight = sum(word.weight for word in words)
        return cls(text, key, weight, any(word.attested for word in words), codes)


class Joins(NamedTuple):
    """Listed neighbours written together; places in each list or array are numbers of the joins.

    Attributes:
        texts: their spellings.
        keys: their sound keys.
        weights: of their words together.
        attested: whether any word of each is.
        handles: what they share with words beside letters, and which of them does.
    """

    texts: list[str]
    keys: list[str]
    weights: NDArray[np.float64]
    attested: NDArray[np.bool_]
    handles: list[tuple[str, int]]


def neighbours(counts: Ints) -> tuple[Ints, Ints]:
    """Return the stretches of names that may be joined: first places, and those after the last.

    Args:
        counts: how many words each name has; places count the words of all names.
    """
    left = counts.cumsum().repeat(counts) - np.arange(int(counts.sum()))
    sizes = range(2, min(JOIN_MOST, int(counts.max(initial=1))) + 1)
    several = [where(left >= size) for size in sizes]
    firsts = np.concatenate([np.zeros(0, dtype=np.intp), *several])
    return firsts, firsts + np.array(sizes, dtype=np.intp).repeat([len(each) for each in several])


def written_together(parts: Iterable[str], firsts: Iterable[int], ends: Iterable[int]) -> list[str]:
    """Return stretches of some parts as one string each, without spaces."""
    text, at = _together(parts)
    return [text[at[first] : at[end]] for first, end in zip(firsts, ends, strict=True)]


def read_together(parts: Iterable[str], firsts: Iterable[int], ends: Iterable[int]) -> list[str]:
    """Return the same, digits beside letters as the letters they stand for."""
    text, at = _together(parts)
    stretches = zip(map(at.__getitem__, firsts), map(at.__getitem__, ends), strict=True)
    return letters_within(text, stretches)


def _together(parts: Iterable[str]) -> tuple[str, list[int]]:
    """Return some parts as one string without spaces, and where each begins and the last ends."""
    parts = [part.replace(" ", "") for part in parts]
    return "".join(parts), list(accumulate(map(len, parts), initial=0))


def are_any(flags: NDArray[np.bool_], firsts: Ints, ends: Ints) -> NDArray[np.bool_]:
    """Tell in which stretches of places a flag is set."""
    so_far = offsets(flags)
    some: NDArray[np.bool_] = so_far[ends] > so_far[firsts]
    return some


def may_share(word: Word) -> bool:
    """Tell whether words like this agree by more than letters once they are written together.

    They may have codes together, or digits that are read as letters.
    """
    return has_shared_codes(word.codes) or any(map(str.isdecimal, word.text))


_NO_CODES = frozenset[str]()
