"""Read the screenings of one run back from a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sanctscreen.errors import ResultsError
from sanctscreen.ledger import entries, opening_of
from sanctscreen.ledger.chain import START

SQLITE = b"SQLite format 3\0"


def is_ledger(path: Path) -> bool:
    """Tell whether a file begins as a ledger does.

    Raises:
        ResultsError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(len(SQLITE)).startswith((SQLITE, START))
    except OSError as error:
        raise ResultsError(f"cannot be read: {error}", path=path) from error


def records_of_run(path: Path, run: str | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a run with the numbers of their records; of a row twice, the later one.

    Args:
        path: the ledger; all of it is verified.
        run: the id of the run; the last one that ended if ``None``.

    Raises:
        LedgerError: a record is not as it was written.
        ResultsError: there is no such run, it did not end, or its input was withheld.
    """
    if opening_of(path).content.get("key_check"):
        raise ResultsError("this ledger holds digests in place of the input", path=path)
    ended = {
        str(each.content.get("run")): each.content.get("rows")
        for each in entries(path)
        if each.kind == "end"
    }
    if not ended or (run and run not in ended):
        raise ResultsError(f"no run {run or ''} has ended in this ledger", path=path)
    run = run or next(reversed(ended))
    last = {
        str(each.content.get("row", each.number)): each.number
        for each in entries(path)
        if each.kind == "screening" and each.content.get("run") == run
    }
    if len(last) != ended[run]:
        raise ResultsError(f"the run {run} is not whole in this ledger", path=path)
    for each in entries(path):
        row = str(each.content.get("row", each.number))
        if each.content.get("run") == run and last.get(row) == each.number:
            yield each.number, {key: it for key, it in each.content.items() if key != "run"}
