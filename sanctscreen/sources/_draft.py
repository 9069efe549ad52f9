"""Parties on their way: facts as they come in, each kept once and in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sanctscreen.errors import ListError
from sanctscreen.model import Gender, Kind, Name, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _files


class Draft:
    """One party before it is whole; the fields are those of `sanctscreen.model.Party`."""

    def __init__(self, id: str, kind: Kind | None = None) -> None:
        self.id = id
        self.kind = kind
        self.gender: Gender | None = None
        self._fields: dict[str, dict[Any, None]] = {}

    def add(self, field: str, *values: Any) -> None:
        """Keep what is not empty and not known yet."""
        known = self._fields.setdefault(field, {})
        for value in values:
            if value is not None and value != "":
                known.setdefault(value)

    def of(self, field: str) -> tuple[Any, ...]:
        """Return what a field holds so far."""
        return tuple(self._fields.get(field, ()))

    def replace(self, field: str, values: Iterable[Any]) -> None:
        """Put other values in the place of those that a field holds."""
        self._fields[field] = dict.fromkeys(values)

    def add_all(self, facts: Iterable[tuple[str, Any]]) -> None:
        """Keep (field, value) pairs; ``gender`` holds one value, a second one is a note."""
        for field, value in facts:
            if field != "gender":
                self.add(field, value)
            elif self.gender in (None, value):
                self.gender = value
            else:
                self.add("notes", f"Gender: {value}")

    def party(self, *, path: Path, row: int | None = None) -> Party:
        """Make the party; of equal names the one with the stronger type stays.

        Raises:
            ListError: it has no name, or a value that its field cannot hold.
        """
        fields = {field: tuple(values) for field, values in self._fields.items() if values}
        names = _ordered(fields.pop("names", ()))
        if not names:
            raise ListError(f"{self.id}: a party without a name", path=path, row=row)
        try:
            return Party(id=self.id, kind=self.kind, gender=self.gender, names=names, **fields)
        except ValidationError as error:
            first = error.errors()[0]
            raise ListError(
                f"{self.id}: {first['msg']}", path=path, row=row, field=str(first["loc"][0])
            ) from error


def _ordered(names: Sequence[Name]) -> tuple[Name, ...]:
    """Put the primary name first, alone in its type, and leave out what only repeats it."""
    primary = [name for name in names if name.type == "primary"] or list(names[:1])
    chosen = [name.model_copy(update={"type": "primary"}) for name in primary[:1]]
    rest = [
        name.model_copy(update={"type": "aka"}) if name.type == "primary" else name
        for name in names
        if name is not primary[0]
    ]
    known = {name.full for name in chosen}
    return (*chosen, *(name for name in rest if not (name.type == "aka" and name.full in known)))


def named_ids(records: Sequence[tuple[str, str]]) -> list[str]:
    """Make ids for records without a number, each a name and the day of its order.

    The name serves as it stands where all its records are of one day, so that it stays the same
    between versions; where they are of several, the day is added.

    >>> named_ids([("A", "1"), ("A", "1"), ("B", "1"), ("B", "2")])
    ['A', 'A', 'B @ 1', 'B @ 2']
    """
    days: dict[str, set[str]] = {}
    for name, day in records:
        days.setdefault(name, set()).add(day)
    return [name if len(days[name]) == 1 else f"{name} @ {day}" for name, day in records]


def statuses(
    source: str,
    *,
    programmes: Iterable[str] = (),
    effects: Iterable[str] = (),
    listed: Iterable[date | None] = (),
    changed: Iterable[date | None] = (),
) -> SourceStatus:
    """Join what the rows of one party say of its listing: first listed, last changed."""
    return SourceStatus(
        source=source,
        programmes=tuple(dict.fromkeys(programmes)),
        effects=tuple(dict.fromkeys(effects)),
        listed=min((day for day in listed if day), default=None),
        changed=max((day for day in changed if day), default=None),
    )


def party_list(
    parties: Sequence[Party],
    sources: Sequence[Source],
    *,
    path: Path,
    minimum: int,
) -> PartyList:
    """Make a list whose version is that of its first source.

    Raises:
        ListError: fewer parties than ``minimum``, or two of the same id.
    """
    _files.check_count(len(parties), minimum, path)
    seen: set[str] = set()
    for party in parties:
        if party.id in seen:
            raise ListError(f"party {party.id} twice", path=path)
        seen.add(party.id)
    version = sources[0].version or f"sha256:{sources[0].digest[:12]}"
    return PartyList(parties=tuple(parties), version=version, sources=tuple(sources))
