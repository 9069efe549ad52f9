"""The listed names by the way they are read, each with its index.

An index is made when names are first looked for in it, since whoever screens firms alone needs
no index of people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, NamedTuple, cast, get_args

import numpy as np
from numpy.typing import NDArray

from sanctscreen.collector import unhurried_collector
from sanctscreen.index import Due, Index
from sanctscreen.index.names import Names
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.model import Kind, Party
from sanctscreen.packed import Members, pack, unpack
from sanctscreen.score import READINGS
from sanctscreen.text.alternatives import alternatives
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Reading

#: What a party may be, and unknown.
KINDS: tuple[Kind | None, ...] = (*get_args(Kind), None)
#: Reads a name.
Normal = Callable[[str, Reading], NormalName]
#: Says what words cost in names of a reading.
Costing = Callable[[Reading], Due]


class Entry(NamedTuple):
    """The number of a party, of its name, and of the alternative of that name."""

    party: int
    name: int
    alternative: int


@dataclass(frozen=True, slots=True)
class _Stored:
    """A shelf as arrays.

    Attributes:
        reading: in which the names are read.
        kinds: for each row of the index the kind of the party, as a place in `KINDS`.
        entries: for each row of the index an `Entry`.
        vocabulary: the words of the names.
        names: in which names these stand.
    """

    reading: str
    kinds: NDArray[np.int8]
    entries: NDArray[np.int32]
    vocabulary: Vocabulary
    names: Names


class Shelf:
    """The listed names in one reading."""

    def __init__(
        self,
        reading: Reading,
        kinds: NDArray[np.int8],
        entries: NDArray[np.int32],
        make: Callable[[], Index],
    ) -> None:
        """Take for each row its kind and its entry, and whatever makes the index of the rows."""
        self.reading = reading
        self._kinds, self._entries, self._make = kinds, entries, make
        here = [kind for at, kind in enumerate(KINDS) if (kinds == at).any()]
        self._present = {who: [kind for kind in here if _may_be(who, kind)] for who in KINDS}
        self._index: Index | None = None
        self._making = Lock()

    @property
    def index(self) -> Index:
        """The index of the names, made by the first thread that asks."""
        with self._making:
            if self._index is None:
                with unhurried_collector():
                    self._index = self._make()
                del self._make
            return self._index

    def kinds_for(self, kind: Kind | None) -> Sequence[Kind | None]:
        """Return the kinds of parties here that a counterparty of a kind may be."""
        return self._present[kind]

    def kind(self, row: int) -> Kind | None:
        """Return the kind of the party of a row."""
        return KINDS[int(self._kinds[row])]

    def entry(self, row: int) -> Entry:
        """Return whose name a row is."""
        return Entry(*self._entries[row].tolist())

    def packed(self, prefix: str) -> Iterator[tuple[str, NDArray[Any]]]:
        """Return the shelf as arrays, by name."""
        index = self.index
        stored = _Stored(self.reading, self._kinds, self._entries, index.vocabulary, index.names)
        return pack(stored, prefix)

    @classmethod
    def unpacked(cls, members: Members, prefix: str, costing: Costing) -> Shelf:
        """Take what `packed` returned for the same parties."""
        stored = unpack(_Stored, members, prefix)
        reading = cast("Reading", stored.reading)
        make = partial(Index, stored.vocabulary, stored.names, costing(reading))
        return cls(reading, stored.kinds, stored.entries, make)


class Gathering:
    """Names that come to stand on shelves."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entries: dict[Reading, list[Entry]] = defaultdict(list)
        self._kinds: dict[Reading, list[int]] = defaultdict(list)
        self._texts: dict[Reading, list[str]] = defaultdict(list)

    def add(self, number: int, party: Party) -> None:
        """Add the names of a party."""
        kind = KINDS.index(party.kind)
        for at, name in enumerate(party.names):
            for which, text in enumerate(alternatives(name.full)):
                for reading in READINGS[party.kind]:
                    self._entries[reading].append(Entry(number, at, which))
                    self._kinds[reading].append(kind)
                    self._texts[reading].append(text)

    def shelves(self, normal: Normal, costing: Costing) -> list[Shelf]:
        """Return the names by reading; ``normal`` reads them, each when an index is made."""
        return [
            Shelf(
                reading,
                np.array(self._kinds[reading], dtype=np.int8),
                np.array(self._entries[reading], dtype=np.int32),
                partial(_catalogued, self._texts[reading], reading, normal, costing),
            )
            for reading in sorted(self._entries)  # of equal scores the first counts
        ]


def _catalogued(texts: Sequence[str], reading: Reading, normal: Normal, costing: Costing) -> Index:
    return Index.of((normal(text, reading) for text in texts), costing(reading))


def _may_be(who: Kind | None, kind: Kind | None) -> bool:
    """Tell whether a counterparty of a kind may be a party of another."""
    return who is None or kind is None or who == kind
