"""Write rows with what was decided about them: as CSV that no spreadsheet runs, as JSON lines.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, which shows it
as text (OWASP, "CSV Injection"). Plain numbers such as ``-12.50`` stay as they are.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from sanctscreen.batch.columns import fold
from sanctscreen.batch.json_lines import JSON_LINES
from sanctscreen.batch.reading import Layout

if TYPE_CHECKING:
    from sanctscreen.batch.outcome import Screened
    from sanctscreen.batch.tables import Table
    from sanctscreen.result import ClearedHit, Hit, ScreeningResult

#: First characters that make a formula; the wide forms are read as the narrow ones.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?\d[\d .,\u00a0]*")
GUARD = "'"

RESULT_COLUMNS = (
    *("decision", "reason", "hits", "score", "party_id", "party_name", "matched_name"),
    *("status", "list", "explanation"),
)
PREFIX = "screening_"


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula.

    >>> safe("=1+1"), safe("-12.50"), safe("Acme")
    ("'=1+1", '-12.50', 'Acme')
    """
    if cell[:1] in FORMULA_STARTS and not NUMBER.fullmatch(cell):
        return GUARD + cell
    return cell


def result_header(header: Sequence[str]) -> list[str]:
    """Name the result columns so that none is called like a column of the file."""
    taken = {fold(cell) for cell in header}
    names = [PREFIX + column for column in RESULT_COLUMNS]
    number = 1
    while taken.intersection(map(fold, names)):
        number += 1
        names = [f"{PREFIX}{column}_{number}" for column in RESULT_COLUMNS]
    return names


def result_cells(result: ScreeningResult, decision: str, reason: str, lists: str) -> list[str]:
    """Return the cells of the result columns: the best hit, and how many there are."""
    aside = (f"set aside: {_one_line(hit)}" for hit in result.set_aside)
    cleared = map(_one_line, result.cleared)
    cells = [decision, "; ".join(filter(None, (reason, *aside, *cleared))), str(len(result.hits))]
    lists = "; ".join([lists, *result.out_of_date])
    if not result.hits:
        return [*cells, "", "", "", "", "", lists, ""]
    best = result.hits[0]
    party = best.party
    matched = (party.id, party.name, best.matched_name, party.status)
    return [*cells, f"{best.score:.2f}", *matched, lists, _one_line(best)]


def _one_line(hit: Hit | ClearedHit) -> str:
    return "; ".join(line.strip() for line in str(hit).splitlines())


class Writer(Protocol):
    """Writes the rows of a result, each as soon as it is decided."""

    def begin(self) -> None:
        """Write what stands before the first row."""

    def write(self, cells: Sequence[str], outcome: Screened) -> None:
        """Write one row: its own cells, as many as the header has, and what was decided."""


class CsvWriter:
    """Writes rows of safe cells."""

    def __init__(self, stream: TextIO, header: Sequence[str], delimiter: str, lists: str) -> None:
        self._row = csv.writer(stream, delimiter=delimiter).writerow
        self._header, self._lists = header, lists

    def begin(self) -> None:
        """Write the header: the columns of the file, then those of the result."""
        self._safely([*self._header, *result_header(self._header)])

    def write(self, cells: Sequence[str], outcome: Screened) -> None:
        """Write one row."""
        told = result_cells(outcome.result, outcome.decision, outcome.reason, self._lists)
        self._safely([*cells, *told])

    def _safely(self, cells: Iterable[str]) -> None:
        self._row([safe(cell) if cell[:1] in FORMULA_STARTS else cell for cell in cells])


class JsonWriter:
    """Writes each row as one line of JSON: its cells, and the whole record of its screening."""

    def __init__(self, stream: TextIO, header: Sequence[str]) -> None:
        self._stream, self._keys = stream, keys(header)

    def begin(self) -> None:
        """Write nothing: every line says all by itself."""

    def write(self, cells: Sequence[str], outcome: Screened) -> None:
        """Write one row."""
        columns = dict(zip(self._keys, cells, strict=True))
        content = {"row": outcome.row, "columns": columns, **outcome.record()}
        line = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        self._stream.write(line + "\n")


def writer_for(target: Path, stream: TextIO, table: Table, lists: str) -> Writer:
    """Return what writes the format that the name of the target ends in."""
    if target.suffix.lower() in JSON_LINES:
        return JsonWriter(stream, table.header)
    return CsvWriter(stream, table.header, table.layout.delimiter, lists)


def encoding_for(target: Path, layout: Layout) -> str:
    """Return the encoding to write: UTF-8, for CSV with a mark if the source has one."""
    marked = layout.encoding.name.startswith(("utf-8-sig", "utf-16", "utf-32"))
    return "utf-8-sig" if marked and target.suffix.lower() not in JSON_LINES else "utf-8"


def keys(header: Sequence[str]) -> list[str]:
    """Name columns so that no two are called alike, as JSON and data frames need it.

    >>> keys(["name", "", "name"])
    ['name', 'column_2', 'name_2']
    """
    found: dict[str, None] = {}
    for place, cell in enumerate(header, start=1):
        name = stem = cell.strip() or f"column_{place}"
        number = 1
        while name in found:
            number += 1
            name = f"{stem}_{number}"
        found[name] = None
    return list(found)
