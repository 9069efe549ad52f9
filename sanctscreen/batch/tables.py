"""A file of rows, opened for reading: delimited text, JSON lines or Parquet, as its name ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from sanctscreen.batch.json_lines import JSON_LINES, JsonTable
from sanctscreen.batch.outcome import Options
from sanctscreen.batch.reading import Layout, Row, detect_layout, read_rows

#: What the names of Parquet files end in.
PARQUET = (".parquet", ".pq")


class Table(Protocol):
    """Rows of cells below a header.

    Attributes:
        layout: how it is written down.
        header: what the columns are called.
    """

    layout: Layout
    header: list[str]

    @property
    def path(self) -> Path | None:
        """The file; ``None`` for what is none."""

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header; may be asked for once."""

    def position(self) -> int:
        """Say how many bytes of the file are read."""


@contextmanager
def open_table(path: Path, options: Options) -> Iterator[Table]:
    """Open a file of rows for reading.

    Raises:
        InputError: it cannot be read or is empty, or a package for its format is missing.
    """
    if path.suffix.lower() in JSON_LINES:
        with JsonTable.open(path, options.encoding) as table:
            yield table
        return
    if path.suffix.lower() in PARQUET:
        from sanctscreen.batch.parquet import ParquetTable

        with ParquetTable.open(path) as table:
            yield table
        return
    layout = detect_layout(path, encoding=options.encoding, delimiter=options.delimiter)
    with layout.open(path) as stream:
        yield TextTable(path, layout, stream)


class TextTable:
    """Delimited text; its first row is the header."""

    def __init__(self, path: Path, layout: Layout, stream: TextIO) -> None:
        """Read the header."""
        self.path, self.layout, self._stream = path, layout, stream
        self._rows = read_rows(stream, layout)
        self.header = next(self._rows, Row(1, [])).cells

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header."""
        return self._rows

    def position(self) -> int:
        """Say how many bytes are read."""
        return self._stream.buffer.tell()
