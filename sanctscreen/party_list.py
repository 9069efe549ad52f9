"""A dated, digest-stamped set of designated parties: build, load, save, describe.

The digest covers what the list says, in an order of its own, so that two lists of the same
content have the same digest on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from sanctscreen import data
from sanctscreen.errors import ListError
from sanctscreen.model import LeftOut, Party, Record, Relation, Source, Unnamed

FORMAT = "sanctscreen-list/1"
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
        content = self._content()
        content["parties"].sort(key=lambda party: party["id"])
        return hashlib.sha256(_canonical(content)).hexdigest()

    def party(self, party_id: str) -> Party:
        """Return the party of that id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[party_id]

    def save(self, path: AnyPath) -> None:
        """Write the list as JSON; the same list always gives the same bytes."""
        Path(path).write_bytes(self.to_json())

    def to_json(self) -> bytes:
        """Return the bytes that `save` writes."""
        document = {"format": FORMAT, "digest": self.digest, **self._content()}
        text = json.dumps(document, ensure_ascii=False, indent=1)
        return (text + "\n").encode("utf-8")

    @classmethod
    def from_json(cls, content: bytes, *, path: object = None) -> PartyList:
        """Read what `save` wrote.

        Raises:
            ListError: the bytes are no such list, or their digest does not match.
        """
        try:
            document = json.loads(content)
            if not isinstance(document, dict) or document.pop("format", None) != FORMAT:
                raise ListError(f"not a {FORMAT} file", path=path)
            stated = document.pop("digest", None)
            party_list = cls.model_validate(document)
            digest = party_list.digest
        except (ValidationError, UnicodeError, json.JSONDecodeError, RecursionError) as error:
            raise ListError(f"damaged list: {error}", path=path) from error
        if stated != digest:
            raise ListError("the digest does not match the content: altered or cut", path=path)
        return party_list

    @cached_property
    def _by_id(self) -> dict[str, Party]:
        return {party.id: party for party in self.parties}

    def _content(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)


def read_list(
    path: AnyPath | Sequence[AnyPath],
    *,
    format: str | None = None,
    minimum: int | None = None,
) -> PartyList:
    """Read a party list from one file or several that belong together.

    Args:
        path: a file or several; the companions of an OFAC set are found beside ``sdn.csv``.
        format: the name of a reader, such as ``"ofac-csv"``; detected from content if ``None``.
        minimum: fewer parties than this raise; the reader's own figure if ``None``, so that
            a download that broke off cannot pass for a short list.

    Raises:
        ListError: the file is missing, empty, cut off, malformed or too short.
        UnknownFormatError: no reader recognises it.
    """
    from sanctscreen.sources import read

    paths = [path] if isinstance(path, str | PathLike) else list(path)
    return read([Path(each) for each in paths], format=format, minimum=minimum)


def default_list() -> PartyList:
    """Return the list that is shipped with the library, built from ``fixtures/documents/``."""
    return PartyList.from_json(data.read_bytes(DEFAULT_LIST), path=DEFAULT_LIST)


def _canonical(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")
