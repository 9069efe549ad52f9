"""Where a fact comes from, and what a document says beside its parties."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sanctscreen.model.words import Kind, Record, Status


class Citation(Record):
    """The few words of a document that support a statement, and where they stand.

    Attributes:
        source: id of the document in ``PartyList.sources``.
        start: offset of the first character in the document's text.
        end: offset after the last one.
        words: the words themselves.
    """

    source: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    words: str


class Unnamed(Record):
    """Parties that a document announces and counts but does not name.

    Attributes:
        kind: what they are.
        count: how many; ``None`` where the document gives no number.
        status: what the document says of them.
        source: id of the first document that announces them.
        citations: the announcing words, one per document that repeats the announcement.
    """

    kind: Kind | None
    count: Annotated[int, Field(ge=1)] | None
    status: Status = "designated"
    source: str
    citations: tuple[Citation, ...] = ()


class Relation(Record):
    """Who did what with whom, directed, as a document states it.

    Attributes:
        subject: who acts, by name or by the document's own words.
        relation: the verb phrase, such as ``"cooperated with"``.
        object: whom or what the act concerns.
        attribution: whose statement it is (``fact``, ``report``, or the accuser or agency named).
        citation: the words that state it.
    """

    subject: str
    relation: str
    object: str
    attribution: str
    citation: Citation


class LeftOut(Record):
    """A name that a document holds and the list does not, with the reason."""

    name: str
    role: str
    reason: str
    citation: Citation


class Source(Record):
    """A document or an official list file that a party list was built from.

    Attributes:
        id: short and stable, such as ``"ofac-sdn"`` or the document's file stem.
        type: ``list``, ``notice`` or ``prose``.
        title: the headline, or the list's name.
        publisher: who published it, where known.
        version: the publisher's own version or date.
        published: the day of publication, where stated.
        digest: SHA-256 of the bytes read, in hexadecimal.
        rests_on: where a document says its facts come from; two documents that share an entry
            are not independent confirmation of each other.
        records: how many records the file held.
        unread: fields of the file that no rule reads, each once.
        warnings: what could not be read in full, one sentence each.
    """

    id: str
    type: Literal["list", "notice", "prose", "user"]
    title: str = ""
    publisher: str | None = None
    version: str | None = None
    published: date | None = None
    digest: str = ""
    rests_on: tuple[str, ...] = ()
    records: int | None = None
    unread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
