"""Write rows with what was decided about them: as CSV that no spreadsheet runs, as JSON lines.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, which shows it
as text (OWASP, "CSV Injection"). Plain numbers such as ``-12.50`` stay as they are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from sanctscreen.batch.columns import fold

if TYPE_CHECKING:
    from sanctscreen.batch.outcome import Screened
    from sanctscreen.result import ClearedHit, Hit

    #: Rows with their cells, as many as the header has, and what was decided.
    Rows = Iterable[tuple[list[str], Screened]]

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


def result_values(outcome: Screened, lists: str) -> list[str | int | float | None]:
    """Return the values of the result columns: the best hit, and how many there are."""
    result = outcome.result
    aside = (f"set aside: {_one_line(hit)}" for hit in result.set_aside)
    cleared = map(_one_line, result.cleared)
    reason = "; ".join(filter(None, (outcome.reason, *aside, *cleared)))
    lists = "; ".join([lists, *result.out_of_date])
    if not result.hits:
        return [outcome.decision, reason, 0, None, None, None, None, None, lists, None]
    best = result.hits[0]
    found = (best.score, best.party.id, best.party.name, best.matched_name, best.party.status)
    return [outcome.decision, reason, len(result.hits), *found, lists, _one_line(best)]


def _one_line(hit: Hit | ClearedHit) -> str:
    return "; ".join(line.strip() for line in str(hit).splitlines())


def _text(value: str | float | None) -> str:
    """Write a value of a result as a cell; scores have two digits behind the point."""
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


class Writer(Protocol):
    """Writes the rows of a result as text; may be sent to another process."""

    def begin(self) -> str:
        """Return what stands before the first row."""

    def text(self, rows: Rows) -> str:
        """Return rows as the target holds them."""


class CsvWriter:
    """Writes rows of safe cells."""

    def __init__(self, header: Sequence[str], delimiter: str, lists: str) -> None:
        self._header, self._delimiter, self._lists = header, delimiter, lists

    def begin(self) -> str:
        """Return the header: the columns of the file, then those of the result."""
        return self._csv([[*self._header, *result_header(self._header)]])

    def text(self, rows: Rows) -> str:
        """Return rows as lines of CSV."""
        told: dict[tuple[str, ...], list[str]] = {}
        return self._csv([*cells, *self._told(outcome, told)] for cells, outcome in rows)

    def _told(self, outcome: Screened, plain: dict[tuple[str, ...], list[str]]) -> list[str]:
        """Return the cells of a result; those of plain rows are made once."""
        if not outcome.is_plain:
            return [*map(_text, result_values(outcome, self._lists))]
        old = outcome.result.out_of_date
        if old not in plain:
            plain[old] = [*map(_text, result_values(outcome, self._lists))]
        return plain[old]

    def _csv(self, rows: Iterable[list[str]]) -> str:
        out = io.StringIO(newline="")
        safely = ([safe(c) if c[:1] in FORMULA_STARTS else c for c in cells] for cells in rows)
        csv.writer(out, delimiter=self._delimiter).writerows(safely)
        return out.getvalue()


class JsonWriter:
    """Writes each row as one line of JSON: its cells, and the whole record of its screening."""

    def __init__(self, header: Sequence[str]) -> None:
        self._keys = keys(header)

    def begin(self) -> str:
        """Return nothing: every line says all by itself."""
        return ""

    def text(self, rows: Rows) -> str:
        """Return rows as lines of JSON."""
        return "".join(self._line(cells, outcome) for cells, outcome in rows)

    def _line(self, cells: Sequence[str], outcome: Screened) -> str:
        columns = dict(zip(self._keys, cells, strict=True))
        content = {"row": outcome.row, "columns": columns, **outcome.record()}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


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
