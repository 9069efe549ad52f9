"""Write the result whole or not at all, in cells that no spreadsheet runs.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, which shows it
as text (OWASP, "CSV Injection"). Plain numbers such as ``-12.50`` stay as they are.
"""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sanctscreen.batch.columns import fold
from sanctscreen.errors import InputError

if TYPE_CHECKING:
    from sanctscreen.result import Hit, ScreeningResult

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
    cells = [decision, "; ".join(filter(None, (reason, *aside))), str(len(result.hits))]
    lists = "; ".join([lists, *result.out_of_date])
    if not result.hits:
        return [*cells, "", "", "", "", "", lists, ""]
    best = result.hits[0]
    party = best.party
    matched = (party.id, party.name, best.matched_name, party.status)
    return [*cells, f"{best.score:.2f}", *matched, lists, _one_line(best)]


def _one_line(hit: Hit) -> str:
    return "; ".join(line.strip() for line in str(hit).splitlines())


class Writer:
    """Writes rows of safe cells."""

    def __init__(self, stream: TextIO, delimiter: str) -> None:
        self._write = csv.writer(stream, delimiter=delimiter).writerow

    def row(self, cells: Iterable[str]) -> None:
        """Write one row."""
        self._write([safe(cell) if cell[:1] in FORMULA_STARTS else cell for cell in cells])


@contextlib.contextmanager
def whole_file(path: Path, *, encoding: str) -> Iterator[TextIO]:
    """Open a file that appears under its name only once all of it is written.

    The text goes to a file beside it, is flushed to the disk and renamed; whatever happens
    before that, Ctrl-C included, leaves neither a part nor a change of what was there.

    Raises:
        InputError: the path is a directory or a device, or cannot be written.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise InputError("not a regular file, so it cannot be replaced as a whole", path=path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        stream = part.open("x", encoding=encoding, newline="")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=path) from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
        _settle(path.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Flush the new name to the disk, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
