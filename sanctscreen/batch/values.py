"""Values of typed tables as the text that a cell of a file would hold."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

#: Halves of surrogate pairs; no encoding can write one alone.
HALVES = re.compile("[\ud800-\udfff]")


def cell_of(value: Any) -> str:
    """Write a value as a cell: nothing for a missing one, the items of a list with semicolons.

    >>> cell_of(None), cell_of(1971.0), cell_of(date(1971, 2, 14)), cell_of(["RU", "KP"])
    ('', '1971', '1971-02-14', 'RU; KP')
    """
    if isinstance(value, str):
        return writable(value)
    if value is None or value != value:  # noqa: PLR0124 - what is not a number differs from itself
        return ""
    if isinstance(value, list) and not any(isinstance(each, list | dict) for each in value):
        return "; ".join(map(cell_of, value))
    return _single(value)


def _single(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a column with gaps holds its whole numbers so
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, default=cell_of)
    return str(value)


def writable(text: str) -> str:
    """Put the mark for what is no text, which asks for review, in place of what is none."""
    return HALVES.sub("\ufffd", text)
