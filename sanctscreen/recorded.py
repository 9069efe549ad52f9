"""Results that a run wrote down as JSON lines or into a ledger, read back and checked.

`sanctscreen screen-file IN -o OUT.jsonl`, `sanctscreen screen NAME --json` and
`sanctscreen screen-payment MESSAGE --json` write such lines.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ValidationError

from sanctscreen.errors import ResultsError
from sanctscreen.ledger.reading import is_ledger, records_of_run
from sanctscreen.model import Clearance, Counterparty
from sanctscreen.result import Decision

#: Characters of a line; no result of a real name comes near it.
LONGEST = 1 << 26


class RecordedHit(BaseModel):
    """What is needed again of a hit."""

    party: str
    party_digest: str
    matched_name: str
    name: str
    review: bool


class RecordedClearedHit(RecordedHit):
    """What is needed again of a hit that an analyst cleared."""

    clearance: Clearance


class RecordedReopened(BaseModel):
    """Why a hit that was cleared counts again."""

    party: str
    why: str
    clearance: Clearance


class RecordedList(BaseModel):
    """Which list a result was made with."""

    version: str
    digest: str


class RecordedFault(BaseModel):
    """What was wrong with a row."""

    message: str
    field: str | None = None
    review: bool


class Result(BaseModel):
    """What is needed again of a result; see `sanctscreen.result.ScreeningResult`."""

    input: Counterparty
    counterparty_digest: str
    decision: Decision
    hits: list[RecordedHit]
    set_aside: list[RecordedHit]
    cleared: list[RecordedClearedHit]
    reopened: list[RecordedReopened]
    unshown: int
    threshold: float | None
    free_text: bool
    lists: list[RecordedList]
    config_digest: str
    library_version: str
    row: int | None = None
    transaction: str | None = None
    field: str | None = None
    faults: list[RecordedFault] = []


class Recorded(NamedTuple):
    """One line of a file of results.

    Attributes:
        path: the file.
        number: of the line, from 1 on.
        record: the line, as it stands.
        result: what is needed again of it.
    """

    path: Path
    number: int
    record: dict[str, Any]
    result: Result

    def error(self, message: str) -> ResultsError:
        """Return an error about this line."""
        return ResultsError(message, path=self.path, row=self.number)


class Moved(NamedTuple):
    """What another configuration, or another list, makes of a result.

    Attributes:
        recorded: the result as it is.
        before: its decision.
        after: what it then is.
        gained: the parties that are hits then alone.
        lost: the parties that were hits before alone.
    """

    recorded: Recorded
    before: str
    after: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @classmethod
    def of(cls, each: Recorded, decisions: tuple[str, str], had: set[str], has: set[str]) -> Self:
        """Compare the hits of a result before and after."""
        return cls(each, *decisions, tuple(sorted(has - had)), tuple(sorted(had - has)))

    def __bool__(self) -> bool:
        return self.before != self.after or bool(self.gained or self.lost)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        result = self.recorded.result
        return {
            "line": self.recorded.number,
            "row": result.row,
            "reference": result.input.reference,
            "name": result.input.name,
            "before": self.before,
            "after": self.after,
            "gained": list(self.gained),
            "lost": list(self.lost),
        }


def read_results(path: Path, run: str | None = None) -> Generator[Recorded, None, None]:
    """Yield the results of a file of JSON lines, or of one run of a ledger.

    A payment message has a result for each of its fields.

    Args:
        path: the file.
        run: the id of the run; the last one that ended if ``None``.

    Raises:
        LedgerError: a record of the ledger is not as it was written.
        ResultsError: the file cannot be read, or a line is no result; the error names it.
    """
    if is_ledger(path):
        for number, record in records_of_run(path, run):
            yield checked(record, number, path)
        return
    try:
        with path.open(encoding="utf-8") as stream:
            number = 0
            while line := stream.readline(LONGEST):
                number += 1
                for record in _records(line, number, path):
                    yield checked(record, number, path)
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"cannot be read: {error}", path=path) from error
    if not number:
        raise ResultsError("there is no result in the file", path=path)


def checked(record: Any, number: int, path: Path) -> Recorded:
    """Check that a record is that of a result.

    Raises:
        ResultsError: it is not.
    """
    try:
        return Recorded(path, number, record, Result.model_validate(record))
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        message = f"no result of this version of sanctscreen: {place}"
        raise ResultsError(message, path=path, row=number) from error


def _records(line: str, number: int, path: Path) -> list[Any]:
    """Return the result of a line, or those of every field of a payment message."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ResultsError("not a whole line of JSON", path=path, row=number) from error
    if not isinstance(record, dict) or "findings" not in record:
        return [record]
    try:
        return [{**each.pop("result"), **each} for each in record["findings"]]
    except (AttributeError, KeyError, TypeError) as error:
        raise ResultsError("no result of a payment message", path=path, row=number) from error
