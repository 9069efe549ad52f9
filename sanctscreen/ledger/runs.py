"""Write the screenings of whole runs into a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sanctscreen.batch import Observer, Screened
from sanctscreen.ledger import new_run
from sanctscreen.ledger.chain import now

if TYPE_CHECKING:
    from sanctscreen.errors import InputError
    from sanctscreen.ledger import Ledger
    from sanctscreen.payments import PaymentResult

#: Rows that are written to the ledger in one go.
BLOCK = 256


class Recorder(Observer):
    """Hears of the rows of a file and writes them to a ledger; what it hears it passes on.

    Every row is in the ledger before the result of the run appears. A run that goes on after a
    crash keeps its id; rows that it screens again are in the ledger twice, since so they were.
    """

    def __init__(self, ledger: Ledger, file: str, observer: Observer) -> None:
        """Prepare a run.

        Args:
            ledger: what is written to.
            file: the name of the file that is screened.
            observer: hears all that this one hears.
        """
        self._ledger, self._file, self._observer = ledger, file, observer
        self._run, self._rows = new_run(), 0
        self._waiting: list[dict[str, Any]] = []

    def begin(self) -> None:
        """Pass it on."""
        self._observer.begin()

    def keep(self) -> Any:
        """Write what waits, and return what it takes to go on."""
        self._ledger.record(self._taken())
        return {"run": self._run, "rows": self._rows, "observer": self._observer.keep()}

    def go_on(self, kept: Any) -> None:
        """Go on with the run that was kept."""
        self._run, self._rows = kept["run"], kept["rows"]
        self._observer.go_on(kept["observer"])

    def screened(self, outcome: Screened) -> None:
        """Take a row, and write those that wait if there are enough of them."""
        self._observer.screened(outcome)
        place = {"run": self._run, "file": self._file, "row": outcome.row}
        at = outcome.result.screened_at.isoformat(timespec="milliseconds")
        self._waiting.append({**place, **outcome.record(), "screened_at": at})
        self._rows += 1
        if len(self._waiting) == BLOCK:
            self._ledger.record(self._taken())

    def end(self) -> None:
        """Write what waits, and that the run is over."""
        self._ledger.record(self._taken(), end={"run": self._run, "rows": self._rows})
        self._observer.end()

    def progress(self, rows: int, read: int) -> None:
        """Pass it on."""
        self._observer.progress(rows, read)

    def fault(self, error: InputError, *, review: bool) -> None:
        """Pass it on."""
        self._observer.fault(error, review=review)

    def _taken(self) -> list[dict[str, Any]]:
        taken, self._waiting = self._waiting, []
        return taken


def record_rescreened(
    ledger: Ledger, file: str, found: Iterable[tuple[dict[str, Any], bool]]
) -> Iterator[dict[str, Any]]:
    """Pass on the records of a rescreening, and write them to a ledger as a run of its own.

    Args:
        ledger: what is written to.
        file: the name of the file that the earlier results stand in.
        found: each record, and whether it was screened anew or carried over.
    """
    run, rows = new_run(), 0
    waiting: list[dict[str, Any]] = []
    for record, anew in found:
        place = {"run": run, "file": file, "screened_at": now(), "rescreened": anew}
        waiting.append({key: it for key, it in (record | place).items() if key != "columns"})
        rows += 1
        if len(waiting) == BLOCK:
            ledger.record(waiting)
            waiting = []
        yield record
    ledger.record(waiting, end={"run": run, "rows": rows})


def payment_records(payment: PaymentResult, file: str) -> Iterator[dict[str, Any]]:
    """Yield a record for each field of a payment message.

    Args:
        payment: the outcome.
        file: where the message stood.
    """
    place = {"run": new_run(), "file": file, "message_type": payment.message_type}
    for finding in payment.findings:
        record = finding.record()
        yield {**place, **record.pop("result"), **record}
