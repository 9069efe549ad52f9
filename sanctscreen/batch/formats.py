"""Which format a target is written in, as its name ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TextIO

from sanctscreen.batch.json_lines import JSON_LINES
from sanctscreen.batch.tables import PARQUET, Table
from sanctscreen.batch.writing import CsvWriter, JsonWriter, Writer

#: Encodings whose name says that a mark stands at the beginning.
MARKED = ("utf-8-sig", "utf-16", "utf-32")


class Format(NamedTuple):
    """How a target is written.

    Attributes:
        writer: makes what writes rows to a stream, for a table and the labels of the lists.
        encoding: of that stream.
        shape: makes the target of what was written, if these are not the same.
    """

    writer: Callable[[TextIO, Table, str], Writer]
    encoding: str = "utf-8"
    shape: Callable[[Path, Path], None] | None = None


def format_of(target: Path, table: Table) -> Format:
    """Return how a target is written; CSV has a mark if the source has one.

    Raises:
        InputError: the package that the format needs is not installed.
    """
    suffix = target.suffix.lower()
    if suffix in JSON_LINES:
        return Format(JsonWriter)
    if suffix in PARQUET:
        from sanctscreen.batch.parquet import ValueWriter, shape

        return Format(ValueWriter, shape=shape(table))
    marked = table.layout.encoding.name.startswith(MARKED)
    return Format(CsvWriter, "utf-8-sig" if marked else "utf-8")
