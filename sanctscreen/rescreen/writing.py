"""Write what a rescreening gives as a full run writes it: JSON lines or CSV, as the name ends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from sanctscreen.batch.json_lines import JSON_LINES
from sanctscreen.batch.run import list_labels
from sanctscreen.batch.tables import PARQUET
from sanctscreen.batch.writing import CsvWriter
from sanctscreen.errors import InputError
from sanctscreen.rescreen import Rescreened, Rescreener

#: Rows of CSV that are written together.
BLOCK = 250


def written(found: Iterable[Rescreened], target: Path, rescreener: Rescreener) -> Iterator[str]:
    """Yield the text of a target, a part at a time.

    Args:
        found: the results, in their order.
        target: a name that ends in ``.jsonl`` or ``.ndjson`` for JSON lines; any other is CSV, with
            commas and without a byte-order mark.
        rescreener: what they come from.

    Raises:
        InputError: the target would be Parquet.
        ResultsError: CSV is wanted of results that hold no row of a file.
    """
    suffix = target.suffix.lower()
    if suffix in PARQUET:
        raise InputError("a rescreening is written as .csv or .jsonl", path=target)
    return _lines(found) if suffix in JSON_LINES else _csv(iter(found), rescreener)


def _lines(found: Iterable[Rescreened]) -> Iterator[str]:
    for each in found:
        yield json.dumps(each.record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _csv(found: Iterator[Rescreened], rescreener: Rescreener) -> Iterator[str]:
    first = next(found)
    labels = "; ".join(list_labels(rescreener.screener))
    writer = CsvWriter(list(_columns(first)), ",", labels)
    yield writer.begin()
    rows = chain([first], found)
    while block := list(islice(rows, BLOCK)):
        cells = (list(_columns(each).values()) for each in block)
        yield writer.text(zip(cells, map(rescreener.outcome, block), strict=True))


def _columns(each: Rescreened) -> dict[str, str]:
    """Return the cells of a row by their columns."""
    columns = each.record.get("columns")
    if not isinstance(columns, dict):
        raise each.before.error("it holds no row of a file, as CSV needs it: write .jsonl")
    return columns
