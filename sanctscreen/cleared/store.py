"""Keep clearances in an SQLite file, which several processes may read and write at once.

Nothing is ever changed or deleted: to reopen a hit is another line.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from sanctscreen.cleared import Clearances, faults
from sanctscreen.database import Form, opened, prepare, writing
from sanctscreen.errors import ClearanceError
from sanctscreen.model import Clearance
from sanctscreen.model.digests import canonical

FORM = Form(
    title="store of cleared hits",
    mark=b"sscl",
    schema=(
        "CREATE TABLE clearances (number INTEGER PRIMARY KEY,"
        " digest TEXT NOT NULL UNIQUE, content TEXT NOT NULL)",
        "CREATE TRIGGER never_changed BEFORE UPDATE ON clearances"
        " BEGIN SELECT RAISE(ABORT, 'a clearance is never changed'); END",
        "CREATE TRIGGER never_deleted BEFORE DELETE ON clearances"
        " BEGIN SELECT RAISE(ABORT, 'a clearance is never deleted'); END",
    ),
    error=ClearanceError,
)


class Kept(NamedTuple):
    """A clearance and the number that the store gave it, from 1 on."""

    number: int
    said: Clearance


class Store:
    """Clearances in a file."""

    def __init__(self, path: str | PathLike[str], *, create: bool = False) -> None:
        """Open a store.

        Args:
            path: the file; it must be on a disk of this machine, since SQLite's locks do not
                reach over a network.
            create: make the file if there is none.

        Raises:
            ClearanceError: there is no such file, or it is something else.
        """
        self.path = Path(path)
        prepare(self.path, FORM, create=create)

    def add(self, said: Iterable[Clearance]) -> int:
        """Keep what analysts said, all of it or nothing; what is there already is passed over.

        Returns:
            How many are new.

        Raises:
            ClearanceError: the file cannot be written.
        """
        rows = [(each.digest, canonical(each.model_dump(mode="json")).decode()) for each in said]
        with opened(self.path, FORM) as database, writing(database):
            before = database.total_changes
            database.executemany(
                "INSERT OR IGNORE INTO clearances (digest, content) VALUES (?, ?)", rows
            )
            return database.total_changes - before

    def history(self) -> list[Kept]:
        """Return all that was ever said, in the order in which it was kept.

        Raises:
            ClearanceError: the file cannot be read, or somebody has altered it.
        """
        query = "SELECT number, digest, content FROM clearances ORDER BY number"
        with opened(self.path, FORM) as database:
            kept = [self._kept(*row) for row in database.execute(query)]
        for number, each in enumerate(kept, start=1):
            if each.number != number:
                raise ClearanceError(f"number {number} is missing", path=self.path)
        return kept

    def clearances(self) -> Clearances:
        """Return what a screener needs, as it stands now; raises the errors of `history`."""
        return Clearances(each.said for each in self.history())

    def get(self, number: int) -> Clearance:
        """Return the clearance of a number.

        Raises:
            ClearanceError: there is none.
        """
        found = next((each.said for each in self.history() if each.number == number), None)
        if found is None:
            raise ClearanceError(f"there is no number {number}", path=self.path)
        return found

    def _kept(self, number: int, digest: str, content: str) -> Kept:
        try:
            said = Clearance.model_validate_json(content)
        except ValidationError as error:
            raise ClearanceError(faults(error), path=self.path, row=number) from error
        if said.digest != digest:
            raise ClearanceError("somebody has altered this", path=self.path, row=number)
        return Kept(number, said)
