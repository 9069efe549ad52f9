"""The tables that rules are read from, and the one loader that reads them.

A table is a tab-separated UTF-8 file whose first lines, each starting with ``#``, say what it
holds: ``# source:`` and ``# licence:`` are required. The next line names the columns; every
later line is a row. An analyst can review a table without reading code.

"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile

from sanctscreen.collector import unhurried_collector
from sanctscreen.errors import TableError

Row = dict[str, str]

REQUIRED_HEADERS = ("source", "licence")
#: Tables that are kept as rows; whoever needs one makes what it needs of it, and keeps that.
KEPT = 8


@lru_cache(maxsize=KEPT)
def table(name: str) -> tuple[Row, ...]:
    """Read the table ``name`` (for instance ``"legal_forms"`` or ``"romanize/Cyrl"``).

    Args:
        name: the file's path below ``sanctscreen/data``, without ``.tsv``.

    Returns:
        One dict per row, keyed by column. Empty cells are empty strings.

    Raises:
        TableError: the table is missing, lacks a header line or has a row of another width.
    """
    with unhurried_collector():
        names, rows = _cells(name)
        return tuple([dict(zip(names, row, strict=True)) for row in rows])


@lru_cache(maxsize=KEPT)
def columns(name: str) -> dict[str, tuple[str, ...]]:
    """Read a table column by column, which for a long one takes less than row by row.

    Args:
        name: as for `table`.

    Returns:
        The cells of each column, in the order of the rows.

    Raises:
        TableError: as for `table`.
    """
    with unhurried_collector():
        names, rows = _cells(name)
        cells = zip(*rows, strict=True) if rows else ((),) * len(names)
        return dict(zip(names, cells, strict=True))


@cache
def headers(name: str) -> dict[str, tuple[str, ...]]:
    """Return the ``# key: value`` lines of a table; a key may repeat (``example``)."""
    said, _ = _divided(name)
    return said


def read_bytes(name: str) -> bytes:
    """Return the bytes of a shipped data file, for instance ``"default_list.json"``.

    Raises:
        TableError: there is no such file.
    """
    try:
        return files(__name__).joinpath(name).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise TableError(f"no such data file: {name}") from error


def _cells(name: str) -> tuple[list[str], list[list[str]]]:
    """Return the names of a table's columns, and its rows, which are as wide."""
    said, lines = _divided(name)
    for required in REQUIRED_HEADERS:
        if required not in said:
            raise TableError(f"{name}.tsv: no '# {required}:' line")
    names, *rows = [line.split("\t") for line in lines if line] or [[]]
    if not names:
        raise TableError(f"{name}.tsv: empty")
    if {*map(len, rows)} - {len(names)}:
        raise _other_width(name, lines, len(names))
    return names, rows


def _divided(name: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return what the first lines of a table say, and the lines after them."""
    lines = read_bytes(f"{name}.tsv").decode("utf-8").split("\n")
    said: dict[str, tuple[str, ...]] = {}
    for line in takewhile(lambda line: line.startswith("#"), lines):
        key, _, value = line[1:].partition(":")
        said[key.strip()] = (*said.get(key.strip(), ()), value.strip())
    return said, lines[sum(map(len, said.values())) :]


def _other_width(name: str, lines: Sequence[str], width: int) -> TableError:
    """Say which row is the first of another width than the columns."""
    before = sum(map(len, headers(name).values()))
    cells = ((at, line.count("\t") + 1) for at, line in enumerate(lines, before + 1) if line)
    number, count = next(each for each in cells if each[1] != width)
    return TableError(f"{name}.tsv, line {number}: {count} cells, not {width}")
