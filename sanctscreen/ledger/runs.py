"""Write the screenings of whole runs into a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sanctscreen.batch import Heard, Observer, Screened
from sanctscreen.ledger import new_run
from sanctscreen.ledger.chain import now

if TYPE_CHECKING:
    from sanctscreen.errors import InputError
    from sanctscreen.ledger import Ledger
    from sanctscreen.payments import PaymentResult

#: Rows that are written to the ledger in one go.
BLOCK = 256


class Run:
    """Writes the screenings of one run to a ledger, a block at a time.

    Attributes:
        id: tells the run from others.
        rows: how many it has so far.
    """

    def __init__(self, ledger: Ledger, file: str) -> None:
        """Begin a run.

        Args:
            ledger: what is written to.
            file: the name of the file that is screened.
        """
        self.id, self.rows = new_run(), 0
        self._ledger, self._file = ledger, file
        self._waiting: list[dict[str, Any]] = []
        # The same for every row, so that the end of the run says them once.
        self._thresholds: Any = []

    def add(self, record: Mapping[str, Any], **more: Any) -> None:
        """Take a screening, and write those that wait if there are enough of them."""
        content = {"run": self.id, "file": self._file, **record, **more}
        self._thresholds = content.pop("thresholds")
        content.pop("columns", None)
        self._waiting.append(content)
        self.rows += 1
        if len(self._waiting) == BLOCK:
            self.keep()

    def keep(self) -> dict[str, Any]:
        """Write what waits; return, JSON-ready, what `go_on` needs."""
        waiting, self._waiting = self._waiting, []
        self._ledger.record(waiting)
        return {"run": self.id, "rows": self.rows, "thresholds": self._thresholds}

    def go_on(self, kept: Mapping[str, Any]) -> None:
        """Go on with a run that was kept."""
        self.id, self.rows, self._thresholds = kept["run"], kept["rows"], kept["thresholds"]

    def end(self) -> None:
        """Write what waits, and that the run is over."""
        waiting, self._waiting = self._waiting, []
        said = {"run": self.id, "rows": self.rows, "thresholds": self._thresholds}
        self._ledger.record(waiting, end=said)


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
        self._run, self._observer = Run(ledger, file), observer

    def begin(self) -> None:
        """Pass it on."""
        self._observer.begin()

    def keep(self) -> Any:
        """Write what waits, and return what it takes to go on."""
        return {"run": self._run.keep(), "observer": self._observer.keep()}

    def go_on(self, kept: Any) -> None:
        """Go on with the run that was kept."""
        self._run.go_on(kept["run"])
        self._observer.go_on(kept["observer"])

    def screened(self, outcome: Screened) -> None:
        """Take a row."""
        self._observer.screened(outcome)
        at = outcome.result.screened_at.isoformat(timespec="milliseconds")
        self._run.add(outcome.record(), row=outcome.row, screened_at=at)

    def hears(self) -> Heard:
        """Hear of all rows: a ledger leaves none out."""
        return "all"

    def end(self) -> None:
        """Write what waits, and that the run is over."""
        self._run.end()
        self._observer.end()

    def progress(self, rows: int, read: int) -> None:
        """Pass it on."""
        self._observer.progress(rows, read)

    def fault(self, error: InputError, *, review: bool) -> None:
        """Pass it on."""
        self._observer.fault(error, review=review)


class Again(Protocol):
    """A result of a rescreening: its record, and whether it was screened anew or carried over."""

    @property
    def record(self) -> dict[str, Any]:
        """Return the record."""

    @property
    def touched(self) -> bool:
        """Tell whether it was screened anew."""


Result = TypeVar("Result", bound=Again)


def record_rescreened(ledger: Ledger, file: str, found: Iterable[Result]) -> Iterator[Result]:
    """Pass on the results of a rescreening, and write them to a ledger as a run of its own.

    Args:
        ledger: what is written to.
        file: the name of the file that the earlier results stand in.
        found: the results.
    """
    run = Run(ledger, file)
    for each in found:
        run.add(each.record, run=run.id, file=file, screened_at=now(), rescreened=each.touched)
        yield each
    run.end()


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
