"""One pass over one file."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from sanctscreen.batch.columns import find_columns
from sanctscreen.batch.counterparties import Fault, RowReader, as_error
from sanctscreen.batch.draft import Draft
from sanctscreen.batch.outcome import Observer, Options, Screened, Summary
from sanctscreen.batch.reading import Row
from sanctscreen.batch.tables import Table
from sanctscreen.batch.writing import Writer
from sanctscreen.errors import InputError, SanctscreenError
from sanctscreen.model import Counterparty

if TYPE_CHECKING:
    from sanctscreen.result import ScreeningResult
    from sanctscreen.screen import Screener

PROGRESS_ROWS = 200
#: Rows between two checkpoints: the most that has to be done again after a kill.
CHECKPOINT_ROWS = 1000
DIGEST_SHOWN = 12


def list_labels(screener: Screener) -> tuple[str, ...]:
    """Return version and the beginning of the digest of each list that a screener uses."""
    return tuple(f"{each.version} {each.digest[:DIGEST_SHOWN]}" for each in screener.party_lists)


class Run:
    """Reads, screens and writes the rows of a table."""

    def __init__(
        self, table: Table, screener: Screener, options: Options, observer: Observer
    ) -> None:
        self._table, self._screener = table, screener
        self._options, self._observer = options, observer
        self._columns = find_columns(table.header, options.columns, path=table.path)
        if not screener.config.embargoed_regions:
            self._columns.pop("address", None)  # nothing else is looked for there
        self._reader = RowReader(self._columns, table.header, options.kind)
        self._waiting: deque[tuple[Row, list[Fault]]] = deque()
        self._decisions: Counter[str] = Counter()
        self._rows = self._faulty = self._taken_over = 0

    def write(self, draft: Draft, writer_on: Callable[[TextIO], Writer]) -> None:
        """Screen and write every row, but for those that an interrupted run has written.

        Args:
            draft: what is written.
            writer_on: makes what writes the rows to a stream.

        Raises:
            InputError: there is no row, or the interrupted run did something else.
        """
        out, at = draft.start(self._observer)
        self._rows = self._taken_over = at.rows
        self._decisions, self._faulty = Counter(at.decisions), at.faulty
        writer = writer_on(out)
        if not at.rows:
            writer.begin()
        for row, outcome in self.screened():
            writer.write(self._cells(row), outcome)
            self._count(outcome)
            self._observer.screened(outcome)
            if self._rows % PROGRESS_ROWS == 0:
                self._observer.progress(self._rows, self._table.position())
            if self._rows % CHECKPOINT_ROWS == 0:
                draft.save(self._observer, self._rows, self._decisions, self._faulty)
        if not self._rows:
            raise InputError("there is a header, but no row below it", path=self._table.path)
        if self._waiting:
            raise SanctscreenError(f"{len(self._waiting)} rows were not screened")
        self._observer.end()

    def summary(self, seconds: float) -> Summary:
        """Sum the run up."""
        header = self._table.header
        return Summary(
            rows=self._rows,
            decisions=dict(self._decisions),
            faulty=self._faulty,
            layout=self._table.layout,
            columns={
                role: ", ".join(header[place] for place in places)
                for role, places in self._columns.items()
            },
            lists=list_labels(self._screener),
            config_digest=self._screener.config.digest,
            seconds=seconds,
            taken_over=self._taken_over,
        )

    def _count(self, outcome: Screened) -> None:
        self._rows += 1
        self._decisions[outcome.decision] += 1
        self._faulty += any(fault.review for fault in outcome.faults)

    def _cells(self, row: Row) -> list[str]:
        """Return as many cells as the header has."""
        width = len(self._table.header)
        return row.cells[:width] + [""] * (width - len(row.cells))

    def screened(self) -> Iterator[tuple[Row, Screened]]:
        """Pair each row with its outcome; the screener may read ahead of what it has answered."""
        results: Iterable[ScreeningResult] = self._screener.screen_many(
            self._counterparties(),
            threshold=self._options.threshold,
            workers=self._options.workers,
        )
        for result in results:
            row, faults = self._waiting.popleft()
            yield row, Screened.of(row.number, result, faults)

    def _counterparties(self) -> Iterator[Counterparty]:
        for row in islice(self._table.rows(), self._taken_over, None):
            counterparty, faults = self._reader.read(row)
            for fault in faults:
                self._observer.fault(as_error(fault, row, self._table.path), review=fault.review)
            self._waiting.append((row, faults))
            yield counterparty
