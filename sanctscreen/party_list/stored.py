"""The parties of a saved list as they lie in the file, each read when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import Path
from typing import overload

from pydantic import ValidationError

from sanctscreen.errors import ListError
from sanctscreen.model import Party

#: What stands between two parties.
SEPARATOR = b",\n"
#: Parties that are kept once they were asked for.
KEPT = 1_024


def unshared(parties: Sequence[Party], others: Iterable[Sequence[Party]]) -> Iterator[Party]:
    """Yield parties without those that another saved list holds just so, which are not read.

    Args:
        parties: of one list.
        others: those of the lists that it is compared with.
    """
    known = {line for each in others if isinstance(each, StoredParties) for line in each.lines}
    if isinstance(parties, StoredParties):
        places = (at for at, line in enumerate(parties.lines) if line not in known)
        yield from map(parties.__getitem__, places)
    else:
        yield from parties


class Lines(Sequence[bytes]):
    """The lines of the parties in the content of a file, cut out when they are asked for."""

    def __init__(self, content: bytes, starts: array[int]) -> None:
        """Take the content, where each line begins, and where one after the last would."""
        self._content, self._starts = content, starts

    @classmethod
    def between(cls, content: bytes, start: int, end: int) -> Lines:
        """Find the lines of a stretch of a file."""
        sizes = (len(line) + len(SEPARATOR) for line in content[start:end].split(SEPARATOR))
        return cls(content, array("q", accumulate(sizes, initial=start)))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[bytes]:
        stretch = self._content[self._starts[0] : self._starts[-1] - len(SEPARATOR)]
        return iter(stretch.split(SEPARATOR))

    @overload
    def __getitem__(self, at: int) -> bytes: ...

    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...

    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        place = range(len(self))[at]
        return self._content[self._starts[place] : self._starts[place + 1] - len(SEPARATOR)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lines) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class StoredParties(Sequence[Party]):
    """Parties that are lines of JSON; a tuple of parties in all that shows.

    A large list has thousands of parties, of which a screening shows few; as lines they take a
    tenth of the memory.
    """

    def __init__(self, lines: Lines, path: Path | None) -> None:
        """Take the lines of a list whose digest was checked, and the file they come from."""
        self.lines, self.path = lines, path
        # It holds what it reads from, not this object, which is so freed with its last holder.
        self._read = lru_cache(maxsize=KEPT)(partial(_party, lines, path))

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, at: int) -> Party: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Party, ...]: ...

    def __getitem__(self, at: int | slice) -> Party | tuple[Party, ...]:
        if isinstance(at, slice):
            return tuple(self._each(range(*at.indices(len(self)))))
        return self._read(range(len(self))[at])

    def __iter__(self) -> Iterator[Party]:
        return self._each(range(len(self)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, StoredParties):
            return self.lines == other.lines
        return isinstance(other, tuple) and tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self):,} stored parties>"

    def __reduce__(self) -> tuple[type[StoredParties], tuple[Lines, Path | None]]:
        return type(self), (self.lines, self.path)

    def _each(self, places: Iterable[int]) -> Iterator[Party]:
        return map(partial(_party, self.lines, self.path), places)


def _party(lines: Lines, path: Path | None, at: int) -> Party:
    """Read one party.

    Raises:
        ListError: the line is no party.
    """
    try:
        return Party.model_validate_json(lines[at])
    except ValidationError as error:
        raise ListError(f"party {at + 1} is damaged", path=path) from error
