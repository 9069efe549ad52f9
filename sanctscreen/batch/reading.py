"""Read delimited text row by row: delimiter and quoting detected, no row ever lost.

Python's ``csv`` reader is used in its strict form, so that broken quoting shows. Where it
shows, the line at fault becomes a row of its own with a fault, and reading goes on with the
next line: an unclosed quote spoils one row, not the rest of the file.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from sanctscreen.batch.encoding import Encoding, detect_encoding, named_encoding
from sanctscreen.errors import InputError

DELIMITERS = (",", ";", "\t", "|")
MARK_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
#: A quoted cell that spans more lines than this was never closed.
MAX_LINES = 1000
SAMPLE_LINES = 200
#: What old systems write after the last line, without a line end.
END_OF_FILE = "\x1a"
BROKEN_QUOTES = "broken quoting"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a file are written down.

    Attributes:
        encoding: what its bytes stand for.
        delimiter: the character between cells.
        quote: the character around cells that hold a delimiter or a line end.
        escape: the character before a quote inside quotes; ``None`` where quotes are doubled.
        format: what is not delimited text, by its name; the marks then say nothing.
    """

    encoding: Encoding
    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    format: str = ""

    def __str__(self) -> str:
        if self.format:
            return f"{self.format}, {self.encoding}"
        mark = MARK_NAMES.get(self.delimiter, repr(self.delimiter))
        return f"{self.encoding}, {mark} between cells"

    def open(self, path: Path) -> TextIO:
        """Open a file for reading; undecodable bytes become U+FFFD, which rows are checked for."""
        return path.open(encoding=self.encoding.name, errors="replace", newline="")


class Row(NamedTuple):
    """One row of cells.

    Attributes:
        number: as a spreadsheet numbers it; the header is row 1 and blank lines count.
        cells: the text of the cells.
        fault: what was wrong with the quoting, or an empty string.
    """

    number: int
    cells: list[str]
    fault: str = ""


class _UnclosedQuoteError(Exception):
    """A quoted cell goes on for longer than any real one."""


class _Lines:
    """The lines of a file, with those of the current record at hand to be read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_LINES:
            raise _UnclosedQuoteError
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def first_alone(self) -> str:
        """Give up on the current record: return its first line, read the others again."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        return first


def read_rows(lines: Iterable[str], layout: Layout) -> Iterator[Row]:
    """Yield every row, the header included; lines without any character are passed over."""
    source = _Lines(lines)
    reader = csv.reader(
        source,
        delimiter=layout.delimiter,
        quotechar=layout.quote,
        escapechar=layout.escape,
        doublequote=layout.escape is None,
        strict=True,
    )
    number = 0
    while True:
        number += 1
        source.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _UnclosedQuoteError):
            line = source.first_alone().rstrip("\r\n")
            yield Row(number, line.split(layout.delimiter), BROKEN_QUOTES)
            continue
        if cells and source.taken != [END_OF_FILE]:
            yield Row(number, cells)


def detect_layout(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None
) -> Layout:
    """Find out how a delimited file is written down.

    Args:
        path: the file.
        encoding: its encoding, where a user knows it.
        delimiter: its delimiter, where a user knows it.

    Raises:
        InputError: the file cannot be read or is empty, or encoding or delimiter
            are none.
    """
    known = named_encoding(encoding) if encoding else detect_encoding(path)
    lines = _sample(path, Layout(known))
    if not any(line.strip("\r\n\0\ufeff ") for line in lines):
        raise InputError("the file is empty", path=path)
    tried = (_named_delimiter(delimiter),) if delimiter else _unused_first(lines)
    candidates = [
        Layout(known, mark, quote, escape) for quote, escape in _quotings(lines) for mark in tried
    ]
    return max(candidates, key=lambda layout: _regularity(lines, layout))


def _sample(path: Path, layout: Layout) -> list[str]:
    """Return the first lines of a file."""
    with layout.open(path) as stream:
        return list(islice(stream, SAMPLE_LINES))


def _named_delimiter(text: str) -> str:
    """Return the delimiter that a user names; a tab may be spelled out."""
    mark = "\t" if text.lower() in ("tab", "\\t") else text
    if len(mark) != 1 or mark in "\r\n\"'\\":
        raise InputError(f"a delimiter is one character, not {text!r}")
    return mark


def _unused_first(lines: list[str]) -> tuple[str, ...]:
    """Order the delimiters; for a file of one column, one that occurs nowhere comes first."""
    text = "".join(lines)
    return tuple(sorted(DELIMITERS, key=lambda mark: mark in text))


def _quotings(lines: list[str]) -> list[tuple[str, str | None]]:
    """Return the ways of quoting that the sample allows, the usual one first."""
    ways: list[tuple[str, str | None]] = [('"', None)]
    header = lines[0].strip()
    if len(header) > 1 and header[0] == header[-1] == "'":
        ways.append(("'", None))
    if any('\\"' in line for line in lines):
        ways.append(('"', "\\"))
    return ways


def _regularity(lines: list[str], layout: Layout) -> tuple[bool, float, int, bool]:
    """Rate a layout: more than one column, rows alike, many columns, its quotes in use."""
    rows = list(read_rows(lines, layout))
    if not rows:
        return (False, 0.0, 0, False)
    width = len(rows[0].cells)
    widths = Counter(len(row.cells) for row in rows if not row.fault)
    header_quoted = lines[0].startswith(layout.quote)
    return (width > 1, round(widths[width] / len(rows), 2), width, header_quoted)
