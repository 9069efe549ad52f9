"""The ledger: an append-only, hash-chained record of every screening, the clear ones included.

`sanctscreen.ledger.chain` says what a record looks like, `sanctscreen.ledger.verify` finds any
that was altered, removed or moved, and docs/audit.md says what a chain alone cannot prove.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import sanctscreen
from sanctscreen.errors import LedgerError
from sanctscreen.ledger.books import Tail, book_of
from sanctscreen.ledger.chain import FORMAT, NOTHING, Entry, Head, Kind, link, unlink
from sanctscreen.ledger.privacy import keyed, withheld
from sanctscreen.model.digests import canonical

#: Digested with the key, so that a ledger is never written with two of them.
KEY_CHECK = "ledger.key_check"


class Ledger:
    """A ledger in a file: JSON lines if its name ends in ``.jsonl``, else SQLite.

    Several processes may write to it at once.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        key: bytes | None = None,
        continues: Head | None = None,
    ) -> None:
        """Open a ledger, or begin one.

        Args:
            path: the file; on a disk of this machine.
            key: if given, personal data is written as digests under this key.
            continues: the head of the ledger that a new one follows.

        Raises:
            LedgerError: the file is something else, is closed, or was begun with another key,
                with a key or without one, or as the continuation of another.
        """
        self.path, self._key = Path(path), key
        self._book = book_of(self.path, create=True)
        self._begin(continues)

    def record(
        self, records: Iterable[Mapping[str, Any]], *, end: Mapping[str, Any] | None = None
    ) -> Head:
        """Add screenings, all of them or none; they are on the disk when this returns.

        Args:
            records: as `ScreeningResult.record` gives them, with whatever says where they stood.
            end: if a run ends with them, its id as ``run``, and what it came to.

        Raises:
            LedgerError: the file cannot be written, is no ledger or is closed.
        """
        content: list[tuple[Kind, Mapping[str, Any]]] = [
            ("screening", withheld(self._key, each) if self._key else each) for each in records
        ]
        return self._add([*content, ("end", end)] if end else content)

    def close(self) -> Head:
        """Add a last record, after which the ledger takes no other; return that of a closed one."""
        return self._add([("closed", {})])

    def _begin(self, continues: Head | None) -> None:
        """Add the first record if there is none; else check that it is the one expected."""
        first = {
            "format": FORMAT,
            "library_version": sanctscreen.__version__,
            "continues": str(continues) if continues else None,
            "personal_data": "keyed" if self._key else "plain",
            "key_check": keyed(self._key, KEY_CHECK, None) if self._key else None,
        }

        def opening(tail: Tail) -> list[bytes]:
            if tail.last:
                return []
            return [link(Head(0, continues.hash if continues else NOTHING), "opened", first)[0]]

        self._book.append(opening)
        found = opening_of(self.path).content
        if continues and found.get("continues") != str(continues):
            raise LedgerError("this ledger was begun as something else", path=self.path)
        if found.get("personal_data") != first["personal_data"]:
            secret = found.get("key_check")
            stated = "digests, and needs its key" if secret else "it is, without a key"
            raise LedgerError(f"this ledger keeps personal data as {stated}", path=self.path)
        if found.get("key_check") != first["key_check"]:
            raise LedgerError("this ledger was begun with another key", path=self.path)

    def _add(self, records: list[tuple[Kind, Mapping[str, Any]]]) -> Head:
        head = Head(0, NOTHING)

        def made(tail: Tail) -> list[bytes]:
            nonlocal head
            last = _entry(tail.last, self.path)
            head, lines = last.head, []
            if last.kind == "closed":
                if [kind for kind, _ in records] == ["closed"]:
                    return []
                raise LedgerError("this ledger is closed", path=self.path)
            for kind, content in (*_recovered(tail), *records):
                line, head = link(head, kind, content)
                lines.append(line)
            return lines

        self._book.append(made)
        return head


def lines(path: str | PathLike[str]) -> Iterator[str]:
    """Yield the records of a ledger as they stand, checked as `entries` does."""
    for entry in entries(path):
        yield canonical(entry._asdict()).decode()


def entries(path: str | PathLike[str]) -> Iterator[Entry]:
    """Yield the records of a ledger, each checked against the one before it.

    Raises:
        LedgerError: the file is no ledger, or a record of it is not as it was written.
    """
    number, previous = 0, ""
    for line in book_of(Path(path), create=False).lines():
        entry = _entry(line, path, number + 1)
        if entry.number != number + 1 or previous not in {"", entry.previous}:
            raise LedgerError("does not follow the record before it", path=path, row=number + 1)
        number, previous = entry.number, entry.hash
        yield entry
    if not number:
        raise LedgerError("there is no record", path=path)


def opening_of(path: str | PathLike[str]) -> Entry:
    """Return the first record of a ledger.

    Raises:
        LedgerError: the file is no ledger.
    """
    line = next(book_of(Path(path), create=False).lines(), b"")
    try:
        entry = unlink(line)
    except LedgerError as error:
        raise LedgerError("the file is no ledger", path=path) from error
    if entry.kind != "opened" or entry.content.get("format") != FORMAT:
        raise LedgerError("the file is no ledger of this format", path=path)
    return entry


def new_run() -> str:
    """Return an id for the screenings of one run."""
    return secrets.token_hex(8)


def _entry(line: bytes, path: str | PathLike[str], number: int | None = None) -> Entry:
    try:
        return unlink(line)
    except LedgerError as error:
        raise LedgerError(f"this record {error.message}", path=path, row=number) from error


def _recovered(tail: Tail) -> list[tuple[Kind, Mapping[str, Any]]]:
    """Say that a writer was killed, and what of its last line is set aside."""
    if not tail.unfinished:
        return []
    digest = hashlib.sha256(tail.unfinished).hexdigest()
    return [("recovered", {"bytes": len(tail.unfinished), "sha256": digest})]
