"""Which format a target is written in, as its name ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sanctscreen.batch.json_lines import JSON_LINES
from sanctscreen.batch.tables import PARQUET, Table
from sanctscreen.batch.writing import CsvWriter, JsonWriter, Writer

#: Encodings whose name says that a mark stands at the beginning.
MARKED = ("utf-8-sig", "utf-16", "utf-32")


class Format(NamedTuple):
    """How a target is written.

    Attributes:
        writer: writes rows as text.
        encoding: of that text.
        shape: makes the target of what was written, if these are not the same.
    """

    writer: Writer
    encoding: str = "utf-8"
    shape: Callable[[Path, Path], None] | None = None


def format_of(target: Path, table: Table, lists: str) -> Format:
    """Return how a target is written; CSV has a mark if the source has one.

    Args:
        target: the file to write.
        table: the rows that go in.
        lists: labels of the lists, for a column of the result.

    Raises:
        InputError: the package that the format needs is not installed.
    """
    suffix = target.suffix.lower()
    if suffix in JSON_LINES:
        return Format(JsonWriter(table.header))
    if suffix in PARQUET:
        from sanctscreen.batch.parquet import ParquetTable, ValueWriter, shape

        writer = ValueWriter(lists, typed=isinstance(table, ParquetTable))
        return Format(writer, shape=shape(table))
    marked = table.layout.encoding.name.startswith(MARKED)
    writer_of_rows = CsvWriter(table.header, table.layout.delimiter, lists)
    return Format(writer_of_rows, "utf-8-sig" if marked else "utf-8")
