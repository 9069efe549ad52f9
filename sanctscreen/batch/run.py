"""One pass over one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from sanctscreen.batch.columns import find_columns
from sanctscreen.batch.counterparties import RowReader, as_error
from sanctscreen.batch.draft import Draft
from sanctscreen.batch.outcome import Observer, Options, Screened, Summary
from sanctscreen.batch.portions import Portion, Portions, Screening
from sanctscreen.batch.reading import Row
from sanctscreen.batch.tables import Table
from sanctscreen.batch.writing import Writer
from sanctscreen.errors import InputError
from sanctscreen.workers import worked

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

Answer = TypeVar("Answer")
#: Rows that are screened together.
BLOCK_ROWS = 1_000
#: Rows between two checkpoints: the most that has to be done again after a kill.
CHECKPOINT_ROWS = 5_000
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
        reader = RowReader(self._columns, table.header, options.kind)
        self._screening = Screening(screener, reader, options.threshold)
        self._decisions: Counter[str] = Counter()
        self._rows = self._faulty = self._taken_over = 0

    def write(self, draft: Draft, writer: Writer) -> None:
        """Screen and write every row, but for those that an interrupted run has written.

        Args:
            draft: what is written.
            writer: writes rows as text.

        Raises:
            InputError: there is no row, or the interrupted run did something else.
        """
        out, at = draft.start(self._observer)
        self._rows = self._taken_over = at.rows
        self._decisions, self._faulty = Counter(at.decisions), at.faulty
        if not at.rows:
            out.write(writer.begin())
        work = Portions(self._screening, writer, len(self._table.header), self._observer.hears())
        with self._worked(work) as portions:
            for _, portion in portions:
                out.write(portion.text)
                self._take(portion)
                if self._rows % CHECKPOINT_ROWS == 0:
                    draft.save(self._observer, self._rows, self._decisions, self._faulty)
        if not self._rows:
            raise InputError("there is a header, but no row below it", path=self._table.path)
        self._observer.end()

    def outcomes(self) -> Iterator[Screened]:
        """Screen every row, and yield what was decided."""
        with self._worked(self._screening) as blocks:
            for _, outcomes in blocks:
                yield from outcomes

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

    def _worked(
        self, work: Callable[[list[Row]], Answer]
    ) -> AbstractContextManager[Iterator[tuple[list[Row], Answer]]]:
        """Hold the processes that work on the rows that are left."""
        workers = self._options.workers
        if workers > 1:
            self._screener.warm_up()  # once, and not in every copy of this process
        return closing(worked(self._blocks(), work, workers))

    def _blocks(self) -> Iterator[list[Row]]:
        """Divide the rows that are left into blocks that end where checkpoints are."""
        rows = islice(self._table.rows(), self._taken_over, None)
        at = self._taken_over
        while block := list(islice(rows, min(BLOCK_ROWS, CHECKPOINT_ROWS - at % CHECKPOINT_ROWS))):
            at += len(block)
            yield block

    def _take(self, portion: Portion) -> None:
        """Count what is written, and let the observer hear of it."""
        self._rows += portion.rows
        self._decisions.update(portion.decisions)
        self._faulty += portion.faulty
        for row, fault in portion.faults:
            self._observer.fault(as_error(fault, row, self._table.path), review=fault.review)
        for outcome in portion.heard:
            self._observer.screened(outcome)
        if self._observer.hears() == "notable":
            self._observer.passed(portion.rows - len(portion.heard), portion.out_of_date)
        self._observer.progress(self._rows, self._table.position())
