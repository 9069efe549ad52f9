"""Where the lines of a ledger are kept: a file of JSON lines, or an SQLite file.

Both let several processes add at once, one after the other, and both keep what was added before
they answer. The SQLite file keeps a block of records whole or not at all; the last line of a
file of JSON lines may be unfinished after a crash, and is set aside by whoever writes next.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from sanctscreen.database import Form, opened, prepare, writing
from sanctscreen.errors import LedgerError
from sanctscreen.ledger.chain import START

#: Names of files of JSON lines end so; any other name is that of an SQLite file.
JSON_LINES = (".jsonl", ".ndjson")
#: Bytes of a line; no screening of a real name comes near it.
LONGEST = 1 << 26
CHUNK = 1 << 16


class Tail(NamedTuple):
    """The end of a ledger.

    Attributes:
        last: its last whole line; empty if there is none.
        unfinished: what stands behind it.
    """

    last: bytes
    unfinished: bytes


#: Makes the lines to add from the end of the ledger; nobody else adds in the meantime.
Make = Callable[[Tail], list[bytes]]


class Book(Protocol):
    """Lines, in order."""

    def append(self, make: Make) -> None:
        """Add lines, all of them or none, and bring them to the disk."""

    def lines(self) -> Iterator[bytes]:
        """Yield every whole line without its end."""

    def tail(self) -> Tail:
        """Return the end."""


def book_of(path: Path, *, create: bool) -> Book:
    """Open the book of a file, as its name ends.

    Raises:
        LedgerError: there is no such file and none is to be made, or it cannot be used.
    """
    if path.suffix.lower() in JSON_LINES:
        return LineBook(path, create=create)
    return SqliteBook(path, create=create)


class LineBook:
    """A file of JSON lines."""

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open it; see `book_of`."""
        self._path = path
        if not create and not path.is_file():
            raise LedgerError("there is no such ledger", path=path)
        if create:
            with self._open("ab"):
                pass

    def append(self, make: Make) -> None:
        """Add lines behind the last whole one."""
        with self._open("r+b") as stream, _alone(stream):
            tail = self._tail(stream)
            content = b"".join(line + b"\n" for line in make(tail))
            if not content:
                return
            size = stream.seek(0, os.SEEK_END)
            start = size - len(tail.unfinished)
            try:
                stream.truncate(start)
                stream.seek(start)
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                stream.truncate(start)
                raise

    def lines(self) -> Iterator[bytes]:
        """Yield every line that ends, up to one that somebody may be writing just now."""
        with self._open("rb") as stream:
            while (line := stream.readline(LONGEST)).endswith(b"\n"):
                yield line[:-1]
            if len(line) == LONGEST:
                raise LedgerError(f"a line of more than {LONGEST:,} bytes", path=self._path)

    def tail(self) -> Tail:
        """Return the last line that ends, and what stands behind it."""
        with self._open("rb") as stream:
            return self._tail(stream)

    def _tail(self, stream: IO[bytes]) -> Tail:
        """Read backwards until the last whole line is found."""
        at = stream.seek(0, os.SEEK_END)
        read = b""
        while at and read.count(b"\n") < 2:
            if len(read) > LONGEST:
                raise LedgerError(f"a line of more than {LONGEST:,} bytes", path=self._path)
            step = min(CHUNK, at)
            at = stream.seek(at - step)
            read = stream.read(step) + read
        whole, end, unfinished = read.rpartition(b"\n")
        if not end and unfinished and not unfinished.startswith(START[: len(unfinished)]):
            raise LedgerError("the file is no ledger", path=self._path)
        return Tail(whole.rpartition(b"\n")[2], unfinished)

    @contextmanager
    def _open(self, mode: str) -> Iterator[IO[bytes]]:
        try:
            with self._path.open(mode) as stream:
                yield stream
        except OSError as error:
            raise LedgerError(f"cannot be used: {error}", path=self._path) from error


@contextmanager
def _alone(stream: IO[bytes]) -> Iterator[None]:
    """Hold a file so that no other process writes to it; a process that is killed lets go."""
    if sys.platform == "win32":
        import msvcrt

        # A byte far behind the end, since on this system a locked byte cannot be read.
        stream.seek(1 << 40)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            stream.seek(1 << 40)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


FORM = Form(
    title="ledger",
    mark=b"sslg",
    schema=(
        "CREATE TABLE records (number INTEGER PRIMARY KEY, line TEXT NOT NULL)",
        "CREATE TRIGGER never_changed BEFORE UPDATE ON records"
        " BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END",
        "CREATE TRIGGER never_deleted BEFORE DELETE ON records"
        " BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END",
    ),
    error=LedgerError,
)


class SqliteBook:
    """An SQLite file."""

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open it; see `book_of`."""
        self._path = path
        prepare(path, FORM, create=create)

    def append(self, make: Make) -> None:
        """Add lines in one transaction."""
        with opened(self._path, FORM) as database, writing(database):
            query = "SELECT line FROM records ORDER BY number DESC LIMIT 1"
            last: tuple[str] | None = database.execute(query).fetchone()
            lines = make(Tail(last[0].encode() if last else b"", b""))
            add = "INSERT INTO records (line) VALUES (?)"
            database.executemany(add, ((line.decode(),) for line in lines))

    def lines(self) -> Iterator[bytes]:
        """Yield the lines as they stood when the first was asked for."""
        with opened(self._path, FORM) as database:
            database.text_factory = bytes
            for (line,) in database.execute("SELECT line FROM records ORDER BY number"):
                yield line

    def tail(self) -> Tail:
        """Return the last line; none is ever unfinished."""
        with opened(self._path, FORM) as database:
            query = "SELECT line FROM records ORDER BY number DESC LIMIT 1"
            last: tuple[str] | None = database.execute(query).fetchone()
        return Tail(last[0].encode() if last else b"", b"")
