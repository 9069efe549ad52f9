"""SQLite files of ours: opened, told from others, written in short transactions.

Write-ahead logging lets one process write while others read. Every commit is on the disk before
it is answered, and a process that is killed leaves a transaction whole or not begun.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sanctscreen.errors import InputError

#: How long to wait, in seconds, for another process that writes.
PATIENCE = 30.0


class Form(NamedTuple):
    """A sort of file.

    Attributes:
        title: what it is called.
        mark: four letters that tell it from others (SQLite, "PRAGMA application_id").
        schema: the statements that make it.
        error: what is raised if such a file cannot be used.
    """

    title: str
    mark: bytes
    schema: tuple[str, ...]
    error: type[InputError]


def prepare(path: Path, form: Form, *, create: bool) -> None:
    """Check that a file is of a form, and make it if there is none and that is wanted.

    Raises:
        InputError: the form's own, if there is no such file, or it is something else.
    """
    if not create and not path.is_file():
        raise form.error(f"there is no such {form.title}", path=path)
    with opened(path, form) as database:
        if create and _is_blank(database):
            with writing(database):
                # Another process may have been quicker.
                if _is_blank(database):
                    database.execute(f"PRAGMA application_id = {int.from_bytes(form.mark)}")
                    for statement in form.schema:
                        database.execute(statement)
        if _mark(database) != int.from_bytes(form.mark):
            raise form.error(f"the file is no {form.title}", path=path)
        # Another process that opens the file at this moment stands in the way; it does the same.
        with suppress(sqlite3.OperationalError):
            database.execute("PRAGMA journal_mode = WAL")


@contextmanager
def opened(path: Path, form: Form) -> Iterator[sqlite3.Connection]:
    """Open a file for a moment; what SQLite complains of becomes the form's own error."""
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        with closing(connection) as database:
            database.execute("PRAGMA synchronous = FULL")
            yield database
    except sqlite3.Error as error:
        raise form.error(f"cannot be used: {error}", path=path) from error


@contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """Hold the file for one short transaction, which is kept as a whole or not at all."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _is_blank(database: sqlite3.Connection) -> bool:
    found: tuple[int] = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return not found[0] and not _mark(database)


def _mark(database: sqlite3.Connection) -> int:
    found: tuple[int] = database.execute("PRAGMA application_id").fetchone()
    return found[0]
