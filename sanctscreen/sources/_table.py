"""CSV files with a header line: every row as wide as the header, every column accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.sources import _files


class Row:
    """One row, whose cells are asked for by column."""

    __slots__ = ("_cells", "_table", "line")

    def __init__(self, table: Table, line: int, cells: list[str]) -> None:
        self._table = table
        self.line = line
        self._cells = cells

    def __call__(self, column: str) -> str:
        """Return a cell without the blanks around it; empty where the layout has no such column."""
        self._table.asked.add(column)
        place = self._table.places.get(column)
        return "" if place is None else " ".join(self._cells[place].split())

    def many(self, *columns: str) -> list[str]:
        """Return the cells of several columns that are not empty."""
        return [cell for column in columns if (cell := self(column))]


class Table:
    """The rows below a header line.

    Attributes:
        columns: the names of the header line.
        asked: the columns that a reader has asked for.
    """

    def __init__(self, path: Path, header: list[str], required: Iterable[str]) -> None:
        self.path = path
        self.columns = [cell.strip() for cell in header]
        self.places = {name: place for place, name in enumerate(self.columns) if name}
        self.asked: set[str] = set()
        self.rows: list[Row] = []
        missing = [name for name in required if name not in self.places]
        if missing:
            raise ListError(f"the header line has no column {missing[0]!r}", path=path, row=1)
        if len(self.places) < len(self.columns):
            raise ListError("a column twice or without a name", path=path, row=1)

    def add(self, line: int, cells: list[str]) -> None:
        """Keep a row.

        Raises:
            ListError: it is wider or narrower than the header line.
        """
        if len(cells) != len(self.columns):
            raise ListError(
                f"{len(cells)} cells, not {len(self.columns)}: cut off?", path=self.path, row=line
            )
        self.rows.append(Row(self, line, cells))

    def unread(self) -> tuple[str, ...]:
        """Return the columns that hold something and that nobody asked for."""
        return tuple(
            name
            for name in self.columns
            if name not in self.asked and any(row(name) for row in self.rows)
        )


def decode(raw: bytes, path: Path) -> str:
    """Decode UTF-8, or Windows-1252 where the bytes are none.

    Raises:
        ListError: the bytes are neither.
    """
    try:
        return _files.text(raw, path)
    except ListError as error:
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            raise ListError("neither UTF-8 nor Windows-1252", path=path, row=error.row) from error


def whole_rows(source: str, path: Path, *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the CSV rows of a file that must end with a line end, as the publishers' do.

    Raises:
        ListError: the last line has no end, or a row is damaged.
    """
    if not source.endswith("\n"):
        raise ListError("the last row is cut off", path=path, row=source.count("\n") + 1)
    yield from _files.rows(source, path, delimiter=delimiter)
