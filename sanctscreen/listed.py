"""The parties that raise hits, of all lists; and the index that is saved beside a list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

import sanctscreen
from sanctscreen.config import Config
from sanctscreen.errors import InputError, ListError
from sanctscreen.model import Party
from sanctscreen.packed import Members, contents, opened
from sanctscreen.party_list import PartyList
from sanctscreen.party_list.storage import write_whole
from sanctscreen.party_list.stored import StoredParties

#: What is added to the name of a list's file.
SUFFIX = ".index"
#: What decides how names are read and found: rooms, modules and tables of this package.
_DECIDING = ("text", "index", "evidence", "data", "model", "search.py", "score.py", "packed.py")


class Alerting(Sequence[Party]):
    """The parties of some lists whose status raises hits."""

    def __init__(self, lists: Sequence[PartyList], places: NDArray[np.int32]) -> None:
        """Take the lists and, for each party, the number of its list and its place there."""
        self._lists, self.places = lists, places

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> Party: ...

    @overload
    def __getitem__(self, at: slice) -> list[Party]: ...

    def __getitem__(self, at: int | slice) -> Party | list[Party]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        number, place = (int(each) for each in self.places[at])
        return self._lists[number].parties[place]


def alerting(lists: Sequence[PartyList], config: Config) -> Alerting:
    """Return the parties whose status raises hits.

    Raises:
        ListError: there is no list, a list is empty, or two lists share a party's id.
    """
    if not lists:
        raise ListError("no party list to screen against")
    seen: set[str] = set()
    places: list[tuple[int, int]] = []
    for number, party_list in enumerate(lists):
        if not party_list.parties:
            raise ListError(f"party list {party_list.version!r} holds no party")
        for place, party in enumerate(party_list.parties):
            if party.id in seen:
                raise ListError(f"two lists hold a party of the id {party.id!r}")
            seen.add(party.id)
            if party.status in config.alerting_statuses:
                places.append((number, place))
    return Alerting(lists, np.array(places, dtype=np.int32).reshape(-1, 2))


def saved_index(lists: Sequence[PartyList], config: Config) -> Members | None:
    """Return the index that is saved beside a list, if it was made of just that.

    An index of another list, configuration or version of this library is never used.
    """
    path = _path(lists)
    return None if path is None else opened(path, _key(lists[0], config))


def save_index(lists: Sequence[PartyList], config: Config, members: Members) -> Path:
    """Write the index beside the file that a list was read from, if it is not there already.

    Raises:
        InputError: the list is not from a saved file, or the index cannot be written.
    """
    path = _path(lists)
    if path is None:
        raise InputError("an index is saved beside one saved list, and there is none")
    if saved_index(lists, config) is None:
        write_whole(path, contents(_key(lists[0], config), members))
    return path


def _path(lists: Sequence[PartyList]) -> Path | None:
    """Return where the index of a list is; ``None`` where it is not one list from a file."""
    parties = lists[0].parties if len(lists) == 1 else None
    if not isinstance(parties, StoredParties) or parties.path is None:
        return None
    return parties.path.with_name(parties.path.name + SUFFIX)


def _key(party_list: PartyList, config: Config) -> str:
    """Name everything that an index depends on."""
    said = [party_list.digest, sorted(config.alerting_statuses), config.fallback, _maker()]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@cache
def _maker() -> str:
    """Return a digest of the code and the tables that make an index."""
    home = Path(__file__).parent
    total = hashlib.sha256(f"{sanctscreen.__version__} {np.__version__}".encode())
    for part in _DECIDING:
        place = home / part
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.suffix in {".py", ".tsv"}:
                total.update(path.read_bytes())
    return total.hexdigest()
