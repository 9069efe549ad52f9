"""Read JSON lines: one object a line, whose keys are the columns.

A line that is no object becomes a row with a fault; the lines after it are read all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TextIO

from sanctscreen.batch.encoding import detect_encoding, named_encoding
from sanctscreen.batch.reading import Layout, Row
from sanctscreen.batch.values import cell_of, writable
from sanctscreen.errors import InputError

#: What the names of such files end in.
JSON_LINES = (".jsonl", ".ndjson")
#: Characters of a line, and keys of a file, that no real file of counterparties has.
LONGEST_LINE, MOST_KEYS = 1 << 20, 2000
LINE_END = "\r\n"


class JsonTable:
    """The objects of a file as rows; the columns are the keys of all of them."""

    def __init__(self, path: Path, layout: Layout, stream: TextIO) -> None:
        """Collect the keys, in the order in which they first occur."""
        self.path, self.layout, self._stream = path, layout, stream
        self.header = _keys(path, layout)

    @classmethod
    @contextmanager
    def open(cls, path: Path, encoding: str | None) -> Iterator[Self]:
        """Open a file for reading.

        Raises:
            InputError: it cannot be read, or holds no object with a key.
        """
        known = named_encoding(encoding) if encoding else detect_encoding(path)
        layout = Layout(known, format="JSON lines")
        with layout.open(path) as stream:
            yield cls(path, layout, stream)

    def rows(self) -> Iterator[Row]:
        """Yield a row for each line that is not blank, numbered as the line is."""
        for number, found in _objects(self._stream):
            if isinstance(found, str):
                yield Row(number, [""] * len(self.header), found)
            else:
                yield Row(number, [cell_of(found.get(key)) for key in self.header])

    def position(self) -> int:
        """Say how many bytes are read."""
        return self._stream.buffer.tell()


def _keys(path: Path, layout: Layout) -> list[str]:
    found: dict[str, None] = {}
    with layout.open(path) as stream:
        for _, each in _objects(stream):
            found.update(dict.fromkeys(each if isinstance(each, dict) else ()))
            if len(found) > MOST_KEYS:
                raise InputError(f"more than {MOST_KEYS} different keys", path=path)
    if not found:
        raise InputError("no line of the file is a JSON object with a key", path=path)
    return list(found)


def _objects(stream: TextIO) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield each line's number with its object, or with what is wrong with it."""
    for number, line in enumerate(_lines(stream), start=1):
        if line is None:
            yield number, f"a line of more than {LONGEST_LINE} characters"
        elif line.strip(" \t\ufeff"):
            yield number, _object(line)


def _lines(stream: TextIO) -> Iterator[str | None]:
    """Yield lines without their ends; ``None`` for one that is too long to be read."""
    while line := stream.readline(LONGEST_LINE):
        whole = line.endswith(tuple(LINE_END)) or len(line) < LONGEST_LINE
        yield line.rstrip(LINE_END) if whole else None
        while not whole and (rest := stream.readline(LONGEST_LINE)):
            whole = rest.endswith(tuple(LINE_END))


def _object(line: str) -> dict[str, Any] | str:
    try:
        # Numbers stay as they are written: an account number is no quantity.
        found = json.loads(line, parse_int=str, parse_float=str, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        return f"not a line of JSON: {str(error) or 'too deeply nested'}"
    return found if isinstance(found, dict) else "a line of JSON that is no object"


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its pairs; refuse a key that stands twice, since one would be lost."""
    found: dict[str, Any] = {}
    for key, value in ((writable(key), value) for key, value in pairs):
        if key in found:
            raise ValueError(f"the key {key!r} stands twice")
        found[key] = value
    return found
