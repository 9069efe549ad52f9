"""Carry clearances from one store to another: CSV for a spreadsheet, JSON for a program.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, and loses it when
it is read back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sanctscreen.batch.writing import FORMULA_STARTS, GUARD
from sanctscreen.cleared import faults
from sanctscreen.errors import ClearanceError
from sanctscreen.model import Clearance

COLUMNS = tuple(Clearance.model_fields)
#: Bytes of a file; some 400,000 clearances.
LARGEST = 1 << 28
#: Clocks of two machines may differ by so much; what is dated later is refused, since it would
#: outlast every later word.
SLACK = timedelta(minutes=5)


def write(said: Iterable[Clearance], path: Path) -> bytes:
    """Return the bytes of a file of clearances, as CSV or JSON, as the path ends.

    Raises:
        ClearanceError: the path ends in neither.
    """
    rows = [each.model_dump(mode="json") for each in said]
    if _format(path) == ".json":
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(row[column] or "") for column in COLUMNS] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read(path: Path) -> list[Clearance]:
    """Read a file of clearances.

    Raises:
        ClearanceError: the file is neither CSV nor JSON, too large, or one of its rows cannot be
            kept; the error names the first.
    """
    suffix = _format(path)
    if path.stat().st_size > LARGEST:
        raise ClearanceError(f"larger than {LARGEST:,} bytes", path=path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = _json_rows(text) if suffix == ".json" else _csv_rows(text)
        return [_clearance(row, number) for number, row in rows]
    except ClearanceError as error:
        raise error.located(path) from error
    except (ValueError, RecursionError, csv.Error) as error:
        raise ClearanceError(f"cannot be read: {error}", path=path) from error


def _format(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".json"}:
        raise ClearanceError("the name must end in .csv or .json", path=path)
    return suffix


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows below the header with their line numbers; an empty cell says nothing."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    if sorted(header) != sorted(COLUMNS):
        raise ClearanceError(f"the columns must be {', '.join(COLUMNS)}", row=1)
    for row in reader:
        if len(row) != len(header):
            raise ClearanceError(f"{len(row)} cells instead of {len(header)}", row=reader.line_num)
        cells = zip(header, map(_unguarded, row), strict=True)
        yield reader.line_num, {column: cell for column, cell in cells if cell}


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = json.loads(text)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ClearanceError("not a list of objects")
    yield from enumerate(rows, start=1)


def _clearance(row: dict[str, Any], number: int) -> Clearance:
    try:
        # As JSON, since a day of a file may be text and nothing else.
        said = Clearance.model_validate_json(json.dumps(row))
    except ValidationError as error:
        raise ClearanceError(faults(error), row=number) from error
    if said.decided_at > datetime.now(UTC) + SLACK:
        raise ClearanceError("it is dated in the future", row=number, field="decided_at")
    return said


def _guarded(cell: str) -> str:
    return GUARD + cell if _needs_guard(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(GUARD) and _needs_guard(cell[1:]) else cell


def _needs_guard(cell: str) -> bool:
    """Tell whether a cell is a formula, or would be taken for a guarded one when read back."""
    return cell.lstrip(GUARD)[:1] in FORMULA_STARTS
