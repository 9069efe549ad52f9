"""The tables that rules are read from, and the one loader that reads them.

A table is a tab-separated UTF-8 file whose first lines, each starting with ``#``, say what it
holds: ``# source:`` and ``# licence:`` are required. The next line names the columns; every
later line is a row. An analyst can review a table without reading code.

"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

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
    header, columns, rows = _split(name)
    for required in REQUIRED_HEADERS:
        if required not in header:
            raise TableError(f"{name}.tsv: no '# {required}:' line")
    cells = [line.split("\t") for _, line in rows]
    for (number, _), row in zip(rows, cells, strict=True):
        if len(row) != len(columns):
            raise TableError(f"{name}.tsv, line {number}: {len(row)} cells, not {len(columns)}")
    return tuple([dict(zip(columns, row, strict=True)) for row in cells])


@cache
def headers(name: str) -> dict[str, tuple[str, ...]]:
    """Return the ``# key: value`` lines of a table; a key may repeat (``example``)."""
    return _split(name)[0]


def read_bytes(name: str) -> bytes:
    """Return the bytes of a shipped data file, for instance ``"default_list.json"``.

    Raises:
        TableError: there is no such file.
    """
    try:
        return files(__name__).joinpath(name).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise TableError(f"no such data file: {name}") from error


def _split(name: str) -> tuple[dict[str, tuple[str, ...]], list[str], list[tuple[int, str]]]:
    """Separate the header lines, the column names and the numbered rows of a table."""
    header: dict[str, tuple[str, ...]] = {}
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(read_bytes(f"{name}.tsv").decode("utf-8").split("\n"), start=1):
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            header[key.strip()] = (*header.get(key.strip(), ()), value.strip())
        elif line.strip():
            rows.append((number, line))
    if not rows:
        raise TableError(f"{name}.tsv: empty")
    return header, rows[0][1].split("\t"), rows[1:]
