"""The tables that rules are read from, and the one loader that reads them.

A table is a tab-separated UTF-8 file whose first lines, each starting with ``#``, say what it
holds: ``# source:`` and ``# licence:`` are required. The next line names the columns; every
later line is a row. An analyst can review a table without reading code.

"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

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
        lines = _lines(name)
        said = _headers(lines)
        for required in REQUIRED_HEADERS:
            if required not in said:
                raise TableError(f"{name}.tsv: no '# {required}:' line")
        columns, *rows = [line.split("\t") for line in lines if _is_row(line)] or [[]]
        if not columns:
            raise TableError(f"{name}.tsv: empty")
        if {*map(len, rows)} - {len(columns)}:
            raise _other_width(name, lines, len(columns))
        return tuple([dict(zip(columns, row, strict=True)) for row in rows])


@cache
def headers(name: str) -> dict[str, tuple[str, ...]]:
    """Return the ``# key: value`` lines of a table; a key may repeat (``example``)."""
    return _headers(_lines(name))


def read_bytes(name: str) -> bytes:
    """Return the bytes of a shipped data file, for instance ``"default_list.json"``.

    Raises:
        TableError: there is no such file.
    """
    try:
        return files(__name__).joinpath(name).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise TableError(f"no such data file: {name}") from error


def _lines(name: str) -> list[str]:
    return read_bytes(f"{name}.tsv").decode("utf-8").split("\n")


def _is_row(line: str) -> bool:
    return line[:1] != "#" and line.strip() != ""


def _headers(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line[:1] == "#":
            key, _, value = line[1:].partition(":")
            found[key.strip()] = (*found.get(key.strip(), ()), value.strip())
    return found


def _other_width(name: str, lines: Iterable[str], width: int) -> TableError:
    """Say which row is the first of another width than the columns."""
    cells = (
        (number, line.count("\t") + 1) for number, line in enumerate(lines, 1) if _is_row(line)
    )
    number, count = next(each for each in cells if each[1] != width)
    return TableError(f"{name}.tsv, line {number}: {count} cells, not {width}")
