"""A dated, digest-stamped set of designated parties: build, load, save, describe.

The digest covers what the list says, in an order of its own, so that two lists of the same
content have the same digest on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from sanctscreen import data
from sanctscreen.collector import unhurried_collector
from sanctscreen.errors import ListError
from sanctscreen.model import LeftOut, Party, Record, Relation, Source, Unnamed
from sanctscreen.party_list import checks, storage
from sanctscreen.party_list.storage import FORMAT as FORMAT
from sanctscreen.party_list.stored import StoredParties

DEFAULT_LIST = "default_list.json"

AnyPath = str | PathLike[str]


class Correction(Record):
    """One line of an analyst's overlay, as it was applied."""

    action: str
    party: str
    author: str
    date: date
    reason: str
    detail: str = ""


class PartyList(Record):
    """Designated parties with everything needed to trust them.

    >>> party_list = PartyList(parties=[Party(id="x1", kind="person", names=["Ivan Petrov"])])
    >>> len(party_list), party_list.version
    (1, 'unversioned')

    Attributes:
        parties: every party, whatever its status; ids are unique.
        version: the publisher's version or date; ``unversioned`` for a list made by hand.
        sources: the documents or files that the list was built from.
        unnamed: parties that a document announces but does not name.
        relations: who did what with whom, for lists built from documents.
        left_out: names that a document holds and the list does not, with the reason.
        corrections: the analyst's overlay, as applied.

    Raises:
        pydantic.ValidationError: two parties share an id.
    """

    parties: tuple[Party, ...]
    version: str = "unversioned"
    sources: tuple[Source, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    relations: tuple[Relation, ...] = ()
    left_out: tuple[LeftOut, ...] = Field(default=())
    corrections: tuple[Correction, ...] = ()

    @model_validator(mode="after")
    def _unique_ids(self) -> Self:
        seen: set[str] = set()
        for party in self.parties:
            if party.id in seen:
                raise ValueError(f"two parties have the id {party.id!r}")
            seen.add(party.id)
        return self

    def __len__(self) -> int:
        return len(self.parties)

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the content; the order of the parties does not matter."""
        return storage.digest_of(self, storage.party_lines(self))

    def party(self, party_id: str) -> Party:
        """Return the party of that id, or the one that names it as its id in another list.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[party_id]

    @property
    def published(self) -> date | None:
        """The day of publication of the oldest source; ``None`` if any source states none."""
        days = [source.published for source in self.sources]
        stated = [day for day in days if day]
        return min(stated) if stated and len(stated) == len(days) else None

    def age(self, as_of: date) -> int | None:
        """Return how many days old the oldest source is; ``None`` if that is unknown."""
        return (as_of - self.published).days if self.published else None

    def counts(self) -> dict[str, int]:
        """Return how many parties there are of each kind, ``"unknown"`` included; no zeros."""
        return dict(Counter(party.kind or "unknown" for party in self.parties).most_common())

    def check_replaces(self, old: PartyList, *, max_shrink: float) -> None:
        """Refuse to stand in for an older list that held far more.

        Args:
            old: the list in use until now.
            max_shrink: the share, 0 to 1, of its parties, names, identifiers and addresses
                that may be gone.

        Raises:
            ListError: more is gone than that.
        """
        losses = checks.losses(old, self, max_shrink)
        if losses:
            raise ListError(
                f"{'; '.join(losses)}: more than the {max_shrink:.0%} that one update may lose"
            )

    def with_warning(self, warning: str) -> PartyList:
        """Return the list with a warning at each of its sources, for instance an override.

        A list made by hand, without a source, gets the source ``user`` to keep it at.
        """
        sources = tuple(
            source.model_copy(update={"warnings": (*source.warnings, warning)})
            for source in self.sources or (Source(id="user", type="user"),)
        )
        # The copy must not inherit what was computed for the original.
        return PartyList.model_construct(**{**_fields(self), "sources": sources})

    def with_minimum(self, minimum: int | None) -> PartyList:
        """Return the list with a warning where somebody lowered the number it must reach.

        Args:
            minimum: the number they set; ``None`` if nobody did.
        """
        if minimum is None:
            return self
        return self.with_warning(f"read with a minimum of {minimum} parties, set by the user")

    def save(self, path: AnyPath) -> None:
        """Write the list as JSON, packed if the name ends in ``.gz``.

        The file is replaced as a whole or not at all; the same list always gives the same bytes.

        Raises:
            InputError: the file cannot be written.
        """
        storage.write_whole(Path(path), self.to_json())

    def to_json(self) -> bytes:
        """Return the bytes that `save` writes."""
        return storage.document(self, storage.party_lines(self))

    @classmethod
    def from_json(cls, content: bytes, *, path: object = None) -> PartyList:
        """Read what `save` wrote.

        Raises:
            ListError: the bytes are no such list, or their digest does not match.
        """
        stored = cls._stored(content, path)
        if stored is not None:
            return stored
        try:
            saved = _Saved.model_validate_json(content)
        except ValidationError as error:
            raise ListError(f"damaged list: {_fault(error)}", path=path) from error
        party_list = cls.model_construct(**_fields(saved))
        if saved.stated != party_list.digest:
            raise ListError("the digest does not match the content: altered or cut", path=path)
        return party_list

    @classmethod
    def _stored(cls, content: bytes, path: object) -> PartyList | None:
        """Take the bytes that `save` wrote as they are, if the digest says so; else ``None``."""
        parts = storage.divided(content)
        if parts is None:
            return None
        head, lines = parts
        try:
            saved = _Saved.model_validate_json(head)
        except ValidationError:
            return None
        file = path if isinstance(path, Path) else None
        fields = {**_fields(saved), "parties": StoredParties(lines, file)}
        party_list = cls.model_construct(**fields)
        return party_list if saved.stated == party_list.digest else None

    @cached_property
    def _by_id(self) -> dict[str, Party]:
        named: dict[str, Party] = {}
        for party in self.parties:
            sources = {status.source for status in party.statuses}
            for other in party.references:
                # Another list's entry was joined only where that list's status is there too.
                if other.partition(":")[0] in sources or other not in named:
                    named[other] = party
        return named | {party.id: party for party in self.parties}


class _Saved(PartyList):
    """A saved list, before its digest is checked."""

    format: Literal["sanctscreen-list/1"]
    stated: str = Field(alias="digest")


def read_list(
    path: AnyPath | Sequence[AnyPath],
    *,
    format: str | None = None,
    minimum: int | None = None,
    partial: bool = False,
) -> PartyList:
    """Read a party list from one file or several that belong together.

    Args:
        path: a file or several; the companions of an OFAC set are found beside ``sdn.csv``.
        format: the name of a reader, such as ``"ofac-csv"``; detected from content if ``None``.
        minimum: fewer parties than this raise; the reader's own figure if ``None``, so that
            a download that broke off cannot pass for a short list.
        partial: leave out a last row that is cut off, with a warning in ``sources``, where the
            format allows it; otherwise such a file is refused.

    Raises:
        ListError: the file is missing, empty, cut off, malformed or too short.
        UnknownFormatError: no reader recognises it.
    """
    from sanctscreen.sources import read

    paths = [path] if isinstance(path, str | PathLike) else list(path)
    with unhurried_collector():
        return read([Path(each) for each in paths], format=format, minimum=minimum, partial=partial)


def default_list() -> PartyList:
    """Return the list that is shipped with the library, built from ``fixtures/documents/``."""
    return PartyList.from_json(data.read_bytes(DEFAULT_LIST), path=DEFAULT_LIST)


def _fields(party_list: PartyList) -> dict[str, Any]:
    return {field: getattr(party_list, field) for field in PartyList.model_fields}


def _fault(error: ValidationError) -> str:
    """Write the first fault in one line, since a damaged list may have thousands."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, fault["loc"]))
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])
