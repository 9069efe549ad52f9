"""Find every record of a ledger that was altered, removed, put in or moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from sanctscreen.errors import LedgerError
from sanctscreen.ledger.books import book_of
from sanctscreen.ledger.chain import FORMAT, NOTHING, Entry, Head, unlink

#: As many faults are named; a ledger that was cut up may have millions.
MOST_FAULTS = 100


class Fault(NamedTuple):
    """Something that is not as it was written.

    Attributes:
        line: where, counted from 1; 0 if it is about the ledger as a whole.
        what: in words.
    """

    line: int
    what: str

    def __str__(self) -> str:
        return f"record {self.line} {self.what}" if self.line else self.what


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verification of a ledger found.

    Attributes:
        records: how many there are, screenings and others.
        screenings: how many of them are screenings.
        first: when the first was written, in UTC; ``None`` if there is none.
        last: when the last was.
        head: the last record; whoever keeps it elsewhere can prove later that nothing before it
            was changed.
        continues: the head of the ledger that this one follows, if it does.
        faults: the first `MOST_FAULTS` of them.
        open_runs: runs over files that have rows and no end: they go on, were interrupted, or
            their end was cut off.
        unfinished: bytes behind the last whole record, which a killed writer left.
    """

    records: int
    screenings: int
    first: datetime | None
    last: datetime | None
    head: Head | None
    continues: Head | None
    faults: tuple[Fault, ...]
    open_runs: int
    unfinished: int

    @property
    def intact(self) -> bool:
        """Whether every whole record is as it was written."""
        return not self.faults

    def keep_until(self, years: int) -> datetime | None:
        """Return when the last record has been kept for so many years."""
        if self.last is None:
            return None
        try:
            return self.last.replace(year=self.last.year + years)
        except ValueError:  # the 29th of February
            return self.last.replace(year=self.last.year + years, month=3, day=1)

    def to_dict(self, years: int) -> dict[str, Any]:
        """Return it as JSON-ready data, with the day until which it is kept so many years."""
        until = self.keep_until(years)
        return {
            "intact": self.intact,
            "records": self.records,
            "screenings": self.screenings,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "head": str(self.head) if self.head else None,
            "continues": str(self.continues) if self.continues else None,
            "keep_until": str(until.date()) if until else None,
            "faults": [str(each) for each in self.faults],
            "open_runs": self.open_runs,
            "unfinished": self.unfinished,
        }


def verify(path: str | PathLike[str], *, head: Head | None = None) -> Verified:
    """Read a whole ledger and check every record against the one before it.

    Args:
        path: the ledger.
        head: what its head was at some time; it must still be in its place.

    Raises:
        LedgerError: there is no such file, it cannot be read, or it is something else.
    """
    book, check = book_of(Path(path), create=False), _Check(head)
    for line in book.lines():
        check.line(line)
    return check.verified(len(book.tail().unfinished))


def verify_all(paths: Sequence[str | PathLike[str]], *, head: Head | None = None) -> list[Verified]:
    """Check ledgers that continue each other, the oldest first.

    Args:
        paths: the ledgers.
        head: what the head of the last one was at some time.

    Raises:
        LedgerError: as for `verify`.
    """
    found: list[Verified] = []
    for place, path in enumerate(paths, start=1):
        one = verify(path, head=head if place == len(paths) else None)
        before = found[-1] if found else None
        if before and one.continues != before.head:
            raise LedgerError("this ledger does not continue the one before it", path=path)
        found.append(one)
    return found


class _Check:
    """Goes through the lines of one ledger."""

    def __init__(self, wanted: Head | None) -> None:
        self._wanted = wanted
        self._faults: list[Fault] = []
        self._open: set[str] = set()
        self._line = self._screenings = 0
        self._first: Entry | None = None
        self._last: Entry | None = None
        self._expected = 1
        self._known = True

    def line(self, line: bytes) -> None:
        """Check the next line."""
        self._line += 1
        try:
            entry = unlink(line)
        except LedgerError as error:
            self._fault(error.message)
            # What follows is checked again from the next record on that can be read.
            self._expected, self._known = self._expected + 1, False
            return
        if self._line == 1:
            self._opening(entry)
        self._follows(entry)
        if self._wanted and entry.number == self._wanted.number and entry.head != self._wanted:
            self._fault("is another than the head that was kept")
        self._screenings += entry.kind == "screening"
        self._runs(entry)
        self._first, self._last = self._first or entry, entry
        self._expected, self._known = entry.number + 1, True

    def _opening(self, entry: Entry) -> None:
        if entry.kind != "opened" or entry.content.get("format") != FORMAT:
            self._fault("is not how a ledger begins: records before it are missing")
        elif entry.previous != (_continued(entry) or Head(0, NOTHING)).hash:
            self._fault("does not follow the ledger that it continues")

    def _runs(self, entry: Entry) -> None:
        """Keep the runs over files that have not ended yet."""
        run = str(entry.content.get("run"))
        if entry.kind == "end":
            self._open.discard(run)
        elif entry.kind == "screening" and "row" in entry.content:
            self._open.add(run)

    def _follows(self, entry: Entry) -> None:
        if entry.number > self._expected:
            first, last = self._expected, entry.number - 1
            missing = f"{first} is" if first == last else f"{first} to {last} are"
            self._fault(f"has the number {entry.number}: {missing} missing before it")
        elif entry.number < self._expected:
            self._fault(f"has the number {entry.number}: it was put in or moved")
        elif self._known and self._last and entry.previous != self._last.hash:
            self._fault("does not follow the one before it: that one was altered or exchanged")

    def _fault(self, what: str) -> None:
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(Fault(self._line, what))

    def verified(self, unfinished: int) -> Verified:
        """Return what was found."""
        first, last = self._first, self._last
        if not self._line:
            self._faults.append(Fault(0, "there is no record"))
        if self._wanted and (last is None or last.number < self._wanted.number):
            stated = f"the record {self._wanted.number} that was the head once"
            self._faults.append(Fault(0, f"{stated} is missing, with all that followed it"))
        return Verified(
            records=self._line,
            screenings=self._screenings,
            first=datetime.fromisoformat(first.at) if first else None,
            last=datetime.fromisoformat(last.at) if last else None,
            head=last.head if last else None,
            continues=_continued(first) if first else None,
            faults=tuple(self._faults),
            open_runs=len(self._open),
            unfinished=unfinished,
        )


def _continued(entry: Entry) -> Head | None:
    stated = entry.content.get("continues") if entry.kind == "opened" else None
    try:
        return Head.parse(str(stated)) if stated else None
    except LedgerError:
        return None
