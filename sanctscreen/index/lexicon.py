"""The words and joins of queries, by number, with the units that each may agree with.

What was found is kept for the next query, within a bound on memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import has_shared_codes
from sanctscreen.evidence.names import DISTINCTIVE
from sanctscreen.index.arrays import spread, where
from sanctscreen.index.joins import Joined
from sanctscreen.index.meetings import Meetings
from sanctscreen.text.words import Word

Key = TypeVar("Key", Word, Joined)
Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
#: Finds the units that agree with words, each down to a similarity.
Find = Callable[[Sequence[Key]], Meetings]

#: Bytes of words and of joins that are kept, and what each takes beside its units. Joins seldom
#: come again.
KEPT, KEPT_JOINS, OVERHEAD = 16_000_000, 3_000_000, 400

#: What is known of a word or join:
#: ``weight`` of one occurrence; ``charged``, what a rest of it costs; whether it is ``attested``,
#: ``distinctive`` (names a party, rather than say what it is), and may meet units by a code when it
#: is joined (``shares``); how many ``letters`` it has without spaces, and its
#: sound key (``heard``); its units, ``count`` from a ``start`` on; and the ``rows``, in how many
#: places of listed names these stand; and whether it was ``used`` since words were last let go.
FACTS = np.dtype(
    [
        ("weight", "f8"),
        ("charged", "f8"),
        ("attested", "?"),
        ("distinctive", "?"),
        ("shares", "?"),
        ("start", "i8"),
        ("count", "i8"),
        ("rows", "i8"),
        ("heaviest", "f8"),
        ("used", "?"),
    ],
    align=True,
)
#: A unit, whether a word may be an initial of it, or it of the word, and how far they agree at the
#: most.
UNITS = np.dtype([("unit", "i4"), ("initial", "?"), ("similarity", "f8")], align=True)


class Lexicon(Generic[Key]):
    """Words or joins that were asked for."""

    def __init__(self, find: Find[Key], rows: Ints, weights: Floats, kept: int) -> None:
        """Start with none.

        Args:
            find: finds the units of words.
            rows: in how many places of names each unit stands.
            weights: how heavy each is.
            kept: about so many bytes are kept.
        """
        self._find: Find[Key] = find
        self._rows, self._weights, self._kept = rows, weights, kept
        self._forget()

    def numbers(self, keys: Sequence[Key]) -> NDArray[np.int64]:
        """Return the number of each word, and look those up that are new.

        Numbers hold until `trim`.
        """
        found = list(map(self._numbers.get, keys))
        if None in found:
            self._add(list(dict.fromkeys(key for key in keys if key not in self._numbers)))
            found = list(map(self._numbers.get, keys))
        numbers = np.array(found, dtype=np.int64)
        self.facts["used"][numbers] = True
        return numbers

    def trim(self) -> None:
        """If too much is kept, let go what was not used since it was last too much."""
        if len(self._numbers) * OVERHEAD + self._units.count * UNITS.itemsize <= self._kept:
            return
        keys, facts, units = list(self._numbers), self.facts, self.units
        used = where(facts["used"])
        self._forget()
        if 2 * len(used) * OVERHEAD <= self._kept:
            facts = facts[used]
            _, places = spread(facts["start"], facts["count"])
            facts["start"], facts["used"] = facts["count"].cumsum() - facts["count"], False
            self._facts.extend(facts)
            self._units.extend(units[places])
            self._numbers.update(zip((keys[at] for at in used.tolist()), count(), strict=False))

    @property
    def facts(self) -> NDArray[np.void]:
        """What is known of each word, by number; see `FACTS`."""
        return self._facts.values

    @property
    def units(self) -> NDArray[np.void]:
        """The units of all words; see `UNITS`."""
        return self._units.values

    def _add(self, new: list[Key]) -> None:
        found = self._find(new)
        units = np.empty(len(found.units), dtype=UNITS)
        units["unit"], units["similarity"], units["initial"] = found[1:]
        counts = np.bincount(found.which, minlength=len(new))
        facts = np.array([_facts(key) for key in new], dtype=FACTS)
        facts["start"] = self._units.count + np.cumsum(counts) - counts
        facts["count"] = counts
        facts["rows"] = np.bincount(found.which, self._rows[found.units], len(new))
        np.maximum.at(facts["heaviest"], found.which, self._weights[found.units])
        self._facts.extend(facts)
        self._units.extend(units)
        self._numbers.update(zip(new, count(len(self._numbers)), strict=False))

    def _forget(self) -> None:
        self._numbers: dict[Key, int] = {}
        self._facts, self._units = _Growing(FACTS), _Growing(UNITS)


class _Growing:
    """An array that things are added to."""

    def __init__(self, dtype: np.dtype[np.void]) -> None:
        self._array, self.count = np.empty(64, dtype=dtype), 0

    @property
    def values(self) -> NDArray[np.void]:
        return self._array[: self.count]

    def extend(self, values: NDArray[np.void]) -> None:
        needed = self.count + len(values)
        if needed > len(self._array):
            grown = np.empty(max(needed, 2 * len(self._array)), dtype=self._array.dtype)
            grown[: self.count] = self.values
            self._array = grown
        self._array[self.count : needed] = values
        self.count = needed


def _facts(key: Word | Joined) -> tuple[Any, ...]:
    """Return what is known of a word or join before it is looked up; see `FACTS`."""
    wordclass = key.wordclass if isinstance(key, Word) else "name"
    charged = 0.0 if wordclass == "title" else key.weight
    distinctive = wordclass in DISTINCTIVE
    shares = has_shared_codes(key.codes)
    return key.weight, charged, key.attested, distinctive, shares, 0, 0, 0, 0.0, True
