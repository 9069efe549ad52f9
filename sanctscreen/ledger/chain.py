"""The chain: each record is one line of JSON that names the hash of the line before it.

A line is canonical JSON (`sanctscreen.model.digests.canonical`) with these keys: ``at``, when it
was written, in UTC; ``content``; ``kind``, what sort of record it is; ``number``, from 1 on;
``previous``, the hash of the record before it; and ``hash``, the SHA-256, in hexadecimal, of the
same line without ``hash``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from sanctscreen.errors import LedgerError
from sanctscreen.model.digests import canonical, digest_of

FORMAT = "sanctscreen-ledger/1"
#: What the first record of the first ledger names as the one before it.
NOTHING = "0" * 64
KEYS = {"at", "content", "hash", "kind", "number", "previous"}
#: How every line begins, since ``at`` is the first of its keys.
START = b'{"at":"'

Kind = Literal["opened", "screening", "end", "recovered", "closed"]


class Head(NamedTuple):
    """The last record of a ledger: its number and its hash; all before it follow from it."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """Read what ``str`` wrote.

        Raises:
            LedgerError: it is something else.
        """
        found = re.fullmatch(r"([1-9]\d{0,17}):([0-9a-f]{64})", text.strip())
        if not found:
            raise LedgerError(f"no head such as 12:{'0' * 6}…: {text!r}")
        return cls(int(found[1]), found[2])


class Entry(NamedTuple):
    """A record as it stands in a ledger."""

    at: str
    content: Mapping[str, Any]
    hash: str
    kind: str
    number: int
    previous: str

    @property
    def head(self) -> Head:
        """Number and hash."""
        return Head(self.number, self.hash)


def now() -> str:
    """Return the time, in UTC, as records state it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def link(before: Head, kind: Kind, content: Mapping[str, Any]) -> tuple[bytes, Head]:
    """Return the line of a record that follows another, without a line end, and its head."""
    entry = {
        "at": now(),
        "content": content,
        "kind": kind,
        "number": before.number + 1,
        "previous": before.hash,
    }
    digest = digest_of(entry)
    return canonical({**entry, "hash": digest}), Head(before.number + 1, digest)


def unlink(line: bytes) -> Entry:
    """Read a line.

    Raises:
        LedgerError: it is none, or was altered since it was written.
    """
    try:
        entry = json.loads(line)
        # Two spellings of the same content are told apart, too.
        written = canonical(entry)
    except (ValueError, RecursionError) as error:
        raise LedgerError("cannot be read") from error
    if not _is_record(entry):
        raise LedgerError("is no record")
    without = {key: value for key, value in entry.items() if key != "hash"}
    if written != line or digest_of(without) != entry["hash"]:
        raise LedgerError("was altered: its hash is not that of its content")
    return Entry(**entry)


def _is_record(entry: Any) -> bool:
    if not isinstance(entry, dict) or entry.keys() != KEYS:
        return False
    texts = all(isinstance(entry[key], str) for key in KEYS - {"content", "number"})
    numbered = type(entry["number"]) is int and entry["number"] > 0
    if not texts or not numbered or not isinstance(entry["content"], dict):
        return False
    try:
        return datetime.fromisoformat(entry["at"]).tzinfo is not None
    except ValueError:
        return False
