"""Read and write Parquet, with the ``parquet`` extra.

A Parquet file cannot be gone on with, so rows are drafted as JSON lines, and the file is made
of the draft when all of them are there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from sanctscreen.batch.encoding import Encoding
from sanctscreen.batch.reading import Layout, Row
from sanctscreen.batch.values import cell_of
from sanctscreen.batch.writing import RESULT_COLUMNS, keys, result_header, result_values
from sanctscreen.errors import InputError

if TYPE_CHECKING:
    from sanctscreen.batch.outcome import Screened
    from sanctscreen.batch.tables import Table
    from sanctscreen.batch.writing import Rows

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as error:
    raise InputError("Parquet needs a package: pip install 'sanctscreen[parquet]'") from error

#: Rows read, and written as one row group, at a time.
ROWS = 10_000
RESULT_TYPES = {"hits": pa.int32(), "score": pa.float64()}


class ParquetTable:
    """The rows of a Parquet file, their values as text."""

    layout = Layout(Encoding("utf-8"), format="Parquet")

    def __init__(self, path: Path, file: pq.ParquetFile) -> None:
        self.path, self.file = path, file
        self.header = list(file.schema_arrow.names)
        self._size, self._read = path.stat().st_size, 0

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open a file for reading.

        Raises:
            InputError: it cannot be read or is no Parquet file.
        """
        with _readable(path):
            file = pq.ParquetFile(path)
        with file:
            yield cls(path, file)

    def rows(self) -> Iterator[Row]:
        """Yield the rows, the first as number 1."""
        for batch in self.batches():
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                self._read += 1
                yield Row(self._read, [cell_of(value) for value in values])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows as they are, in portions of `ROWS`."""
        with _readable(self.path):
            yield from self.file.iter_batches(batch_size=ROWS)

    def position(self) -> int:
        """Estimate how many bytes are read: as large a part of them as of the rows."""
        rows: int = self.file.metadata.num_rows
        return self._size * self._read // max(1, rows)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Name the file in errors of reading it."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"cannot be read as Parquet: {error}", path=path) from error


class ValueWriter:
    """Drafts rows: a line of JSON for each, with its cells and the values of its result."""

    def __init__(self, lists: str, *, typed: bool) -> None:
        """Take the labels of the lists, and whether the cells will be taken from the source."""
        self._lists, self._typed = lists, typed

    def begin(self) -> str:
        """Return nothing: the file gets its header when it is made."""
        return ""

    def text(self, rows: Rows) -> str:
        """Return rows as lines of JSON."""
        return "".join(self._line(cells, outcome) for cells, outcome in rows)

    def _line(self, cells: Sequence[str], outcome: Screened) -> str:
        told = result_values(outcome, self._lists)
        values = told if self._typed else [*cells, *told]
        return json.dumps(values, ensure_ascii=False) + "\n"


def shape(table: Table) -> Callable[[Path, Path], None]:
    """Return what makes a Parquet file of a draft of a table."""

    def make(draft: Path, target: Path) -> None:
        with draft.open(encoding="utf-8", newline="\n") as lines:
            batches = (
                _typed(table, lines) if isinstance(table, ParquetTable) else _text(table, lines)
            )
            first = next(batches)
            with pq.ParquetWriter(target, first.schema, compression="zstd") as out:
                out.write_batch(first)
                for batch in batches:
                    out.write_batch(batch)

    return make


def _text(table: Table, lines: TextIO) -> Iterator[pa.RecordBatch]:
    """Yield rows whose cells are text."""
    fields = [pa.field(name, pa.string()) for name in keys(table.header)]
    schema = pa.schema([*fields, *result_fields(table.header)])
    while portion := _values(lines, ROWS):
        yield pa.record_batch([*map(column_of, schema, zip(*portion, strict=True))], schema=schema)


def _typed(table: ParquetTable, lines: TextIO) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a Parquet file with the results beside them."""
    fields = result_fields(table.header)
    schema = table.file.schema_arrow
    for field in fields:
        schema = schema.append(field)
    for batch in table.batches():
        told = map(column_of, fields, zip(*_values(lines, len(batch)), strict=True))
        yield pa.record_batch([*batch.columns, *told], schema=schema)


def result_fields(header: Sequence[str]) -> list[pa.Field]:
    """Name and type the result columns beside those of a header."""
    names = result_header(header)
    pairs = zip(names, RESULT_COLUMNS, strict=True)
    return [pa.field(name, RESULT_TYPES.get(column, pa.string())) for name, column in pairs]


def _values(lines: TextIO, count: int) -> list[list[Any]]:
    return [json.loads(line) for line in islice(lines, count)]


def column_of(field: pa.Field, values: Sequence[Any]) -> pa.Array:
    """Make a column of values."""
    return pa.array(values, field.type)
