"""Carry clearances from one store to another: CSV for a spreadsheet, JSON for a program.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, and loses it when
it is read back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sanctscreen.batch.writing import FORMULA_STARTS, GUARD
from sanctscreen.cleared import NAME_SHOWN, USUAL_DAYS, faults
from sanctscreen.errors import ClearanceError
from sanctscreen.model import Clearance

if TYPE_CHECKING:
    from sanctscreen.recorded import Recorded

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
    return _csv(rows)


def worksheet(results: Iterable[Recorded]) -> bytes:
    """Return a CSV file of all open hits, for an analyst to fill in and `read` to take.

    A row says what the clearance would be bound to, and leaves action, author, reason,
    decided_at and expires to the analyst.
    """
    return _csv(
        {
            "counterparty": each.result.counterparty_digest,
            "party": hit.party,
            "entry": hit.party_digest,
            "matched_name": hit.matched_name,
            "name": each.result.input.name[:NAME_SHOWN],
            "reference": each.result.input.reference,
            "party_name": hit.name,
        }
        for each in results
        for hit in each.result.hits
    )


def read(path: Path) -> tuple[list[Clearance], int]:
    """Read a file of clearances.

    Returns:
        The clearances, and how many rows have no action: they are undecided, and left out. A
        row without a day of decision is decided now, one without expiry holds for `USUAL_DAYS`.

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
        found = list(rows)
        decided = [(number, row) for number, row in found if row.get("action")]
        return [_clearance(row, number) for number, row in decided], len(found) - len(decided)
    except ClearanceError as error:
        raise error.located(path) from error
    except (ValueError, RecursionError, csv.Error) as error:
        raise ClearanceError(f"cannot be read: {error}", path=path) from error


def _format(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".json"}:
        raise ClearanceError("the name must end in .csv or .json", path=path)
    return suffix


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(row.get(column) or "") for column in COLUMNS] for row in rows)
    return out.getvalue().encode("utf-8-sig")


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
    now = datetime.now(UTC)
    row = {"decided_at": now.isoformat()} | row
    if row["action"] == "clear":
        row = {"expires": str(now.date() + timedelta(days=USUAL_DAYS))} | row
    try:
        # As JSON, since a day of a file may be text and nothing else.
        said = Clearance.model_validate_json(json.dumps(row))
    except ValidationError as error:
        raise ClearanceError(faults(error), row=number) from error
    if said.decided_at > now + SLACK:
        raise ClearanceError("it is dated in the future", row=number, field="decided_at")
    return said


def _guarded(cell: str) -> str:
    return GUARD + cell if _needs_guard(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(GUARD) and _needs_guard(cell[1:]) else cell


def _needs_guard(cell: str) -> bool:
    """Tell whether a cell is a formula, or would be taken for a guarded one when read back."""
    return cell.lstrip(GUARD)[:1] in FORMULA_STARTS
