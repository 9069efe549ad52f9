"""Screen a file of counterparties: CSV in, the same rows with a decision each out.

Rows come out in the order they went in, each with the columns it had. A row that cannot be
read in full is screened as far as it can be, and asks for review.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from sanctscreen.batch.columns import find_columns
from sanctscreen.batch.counterparties import Fault, RowReader, as_error
from sanctscreen.batch.reading import Layout, Row, detect_layout, read_rows
from sanctscreen.batch.writing import Writer, result_cells, result_header, whole_file
from sanctscreen.errors import InputError, SanctscreenError
from sanctscreen.model import Counterparty, Kind

if TYPE_CHECKING:
    from sanctscreen.result import ScreeningResult
    from sanctscreen.screen import Screener

PROGRESS_ROWS = 200
DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about a file; whatever is left out is detected.

    Attributes:
        columns: role to header, such as ``{"name": "Kunde"}``.
        kind: the kind of rows that state none.
        threshold: in place of the configured ones, 0 to 100.
        encoding: of the file, such as ``"cp1251"``.
        delimiter: between its cells.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    threshold: float | None = None
    encoding: str | None = None
    delimiter: str | None = None


class Screened(NamedTuple):
    """One row of a file, as it was decided.

    Attributes:
        row: its number, as a spreadsheet numbers it.
        result: what the screener says about its counterparty.
        decision: that of the result, unless a fault of the row asks for review.
        reason: why the row asks for review, and what in it could not be read.
        faults: what in it could not be read, notes included.
    """

    row: int
    result: ScreeningResult
    decision: str
    reason: str
    faults: tuple[Fault, ...]


class Observer:
    """Hears how a run goes; this one keeps silent."""

    def screened(self, outcome: Screened) -> None:
        """Hear of a row that is decided and written, in the order of the file."""

    def progress(self, rows: int, read: int) -> None:
        """Hear that so many rows are written and so many bytes are read."""

    def fault(self, error: InputError, *, review: bool) -> None:
        """Hear of something in a row that cannot be read, and whether it asks for review."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run over a file came to.

    Attributes:
        rows: rows screened; as many were written.
        decisions: rows by decision.
        faulty: rows that ask for review because they could not be read in full.
        layout: encoding, delimiter and quoting, as found.
        columns: role to the header of the column that was read for it.
        lists: version and digest of each list.
        config_digest: the digest of the configuration.
        seconds: wall-clock time.
    """

    rows: int
    decisions: Mapping[str, int]
    faulty: int
    layout: Layout
    columns: Mapping[str, str]
    lists: tuple[str, ...]
    config_digest: str
    seconds: float

    @property
    def alerts(self) -> int:
        """How many rows are not clear."""
        return self.rows - self.decisions.get("clear", 0)

    @property
    def alert_rate(self) -> float:
        """The share of rows that are not clear, 0 to 1."""
        return self.alerts / self.rows


def screen_file(
    source: str | PathLike[str],
    target: str | PathLike[str],
    screener: Screener,
    *,
    options: Options | None = None,
    observer: Observer | None = None,
) -> Summary:
    """Screen every row of a delimited file and write it with a decision.

    The file is read and written row by row, so memory does not grow with it. The target
    appears only once it is complete.

    Args:
        source: a delimited text file whose first row names the columns.
        target: the CSV file to write: UTF-8, with a byte-order mark if the source has one.
        screener: what the rows are screened with.
        options: what is known about the file.
        observer: hears of progress and of faulty rows.

    Raises:
        InputError: the source cannot be read, is empty, has no row or no column for a name, or
            is the target; or the target cannot be written.
    """
    started = time.perf_counter()
    options, path = options or Options(), Path(source)
    _refuse_same(path, Path(target))
    layout = detect_layout(path, encoding=options.encoding, delimiter=options.delimiter)
    with layout.open(path) as stream:
        work = _Work(screener, options, observer or Observer())
        run = _Run(path, stream, layout, work)
        marked = layout.encoding.name.startswith(("utf-8-sig", "utf-16", "utf-32"))
        with whole_file(Path(target), encoding="utf-8-sig" if marked else "utf-8") as out:
            run.write(Writer(out, layout.delimiter))
    return run.summary(time.perf_counter() - started)


def list_labels(screener: Screener) -> tuple[str, ...]:
    """Return version and the beginning of the digest of each list that a screener uses."""
    return tuple(f"{each.version} {each.digest[:DIGEST_SHOWN]}" for each in screener.party_lists)


def _refuse_same(source: Path, target: Path) -> None:
    """Refuse to write over what is read, under whatever name."""
    if target.exists() and source.exists() and source.samefile(target):
        raise InputError("the result would overwrite the file that is read", path=target)


class _Work(NamedTuple):
    """What is to be done with a file."""

    screener: Screener
    options: Options
    observer: Observer


class _Run:
    """One pass over one file."""

    def __init__(self, path: Path, stream: TextIO, layout: Layout, work: _Work) -> None:
        self._path, self._stream, self._layout = path, stream, layout
        self._screener, self._options, self._observer = work
        self._rows = read_rows(stream, layout)
        self._header = next(self._rows, Row(1, [])).cells
        self._columns = find_columns(self._header, work.options.columns, path=path)
        self._reader = RowReader(self._columns, self._header, work.options.kind)
        self._waiting: deque[tuple[Row, list[Fault]]] = deque()
        self._decisions: Counter[str] = Counter()
        self._read = self._faulty = 0

    def write(self, writer: Writer) -> None:
        """Screen and write every row."""
        writer.row([*self._header, *result_header(self._header)])
        lists = "; ".join(list_labels(self._screener))
        width = len(self._header)
        for written, (row, faults, result) in enumerate(self._screened(), start=1):
            decision, reason = _decide(result, faults)
            self._decisions[decision] += 1
            padding = [""] * (width - len(row.cells))
            writer.row(row.cells[:width] + padding + result_cells(result, decision, reason, lists))
            outcome = Screened(row.number, result, decision, reason, tuple(faults))
            self._observer.screened(outcome)
            if written % PROGRESS_ROWS == 0:
                self._observer.progress(written, self._stream.buffer.tell())
        if not self._read:
            raise InputError("there is a header, but no row below it", path=self._path)
        if self._waiting:
            raise SanctscreenError(f"{len(self._waiting)} rows were not screened")

    def summary(self, seconds: float) -> Summary:
        """Sum the run up."""
        return Summary(
            rows=self._read,
            decisions=dict(self._decisions),
            faulty=self._faulty,
            layout=self._layout,
            columns={
                role: ", ".join(self._header[place] for place in places)
                for role, places in self._columns.items()
            },
            lists=list_labels(self._screener),
            config_digest=self._screener.config.digest,
            seconds=seconds,
        )

    def _screened(self) -> Iterator[tuple[Row, list[Fault], ScreeningResult]]:
        """Pair each row with its result; the screener may read ahead of what it has answered."""
        results: Iterable[ScreeningResult] = self._screener.screen_many(
            self._counterparties(), threshold=self._options.threshold
        )
        for result in results:
            row, faults = self._waiting.popleft()
            yield row, faults, result

    def _counterparties(self) -> Iterator[Counterparty]:
        for row in self._rows:
            counterparty, faults = self._reader.read(row)
            self._read += 1
            self._faulty += any(fault.review for fault in faults)
            for fault in faults:
                self._observer.fault(as_error(fault, row, self._path), review=fault.review)
            self._waiting.append((row, faults))
            yield counterparty


def _decide(result: ScreeningResult, faults: list[Fault]) -> tuple[str, str]:
    """Return decision and reason: a fault turns clear into review, never a match into less."""
    reasons = [*map(str, faults), result.reason]
    if asking := dict.fromkeys(hit.party.status for hit in result.hits if hit.review):
        reasons.append(f"status {', '.join(asking)} asks for review")
    faulty = any(fault.review for fault in faults)
    decision = "review" if faulty and result.decision == "clear" else result.decision
    return decision, "; ".join(filter(None, reasons))
