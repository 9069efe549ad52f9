"""Bytes and CSV rows of list files, read so that a damaged file cannot pass for a whole one."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from sanctscreen.errors import ListError, ShortListError

GZIP = b"\x1f\x8b"
HEAD = 65_536
#: Larger than any published list, unpacked; keeps a crafted archive from filling the memory.
LARGEST = 1 << 30
#: Bytes that are unpacked at once.
CHUNK = 1 << 20


def head(path: Path) -> bytes:
    """Return the first bytes of a file, unpacked if it is gzip.

    Raises:
        ListError: the file cannot be opened or is empty.
    """
    return _unpacked(path, HEAD)


def content(path: Path) -> bytes:
    """Return the whole content of a file, unpacked if it is gzip.

    Raises:
        ListError: the file cannot be opened, is empty or breaks off.
    """
    return _unpacked(path, LARGEST)


def only(paths: list[Path]) -> Path:
    """Return the file of a list that is one file.

    Raises:
        ListError: there are several.
    """
    if len(paths) != 1:
        raise ListError("this list is one file; read several one by one", path=paths[1])
    return paths[0]


def digest(contents: Iterable[bytes]) -> str:
    """Return the SHA-256, in hexadecimal, of the contents one after the other."""
    total = hashlib.sha256()
    for each in contents:
        total.update(each)
    return total.hexdigest()


def text(raw: bytes, path: Path) -> str:
    """Decode UTF-8 (or ASCII), with or without a byte order mark.

    Raises:
        ListError: the bytes are something else.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise ListError("not UTF-8 text", path=path, row=row) from error


def rows(source: str, path: Path, *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield each CSV row with its line number, counted from 1; empty lines are skipped.

    Raises:
        ListError: a quote is left open or stands in the wrong place.
    """
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise ListError(f"damaged row: {error}", path=path, row=reader.line_num) from error


def first_row(head: bytes, path: Path) -> list[str]:
    """Return the cells of the first line; none if it is empty.

    Raises:
        ListError: the line is no UTF-8 text or no CSV.
    """
    line = text(head.split(b"\n", 1)[0], path)
    return next((cells for _, cells in rows(line, path)), [])


def check_count(count: int, minimum: int, path: Path) -> None:
    """Refuse a list that is too short to be whole.

    Raises:
        ShortListError: it holds fewer than ``minimum`` parties.
    """
    if count < minimum:
        raise ShortListError(
            f"{count} parties, fewer than the {minimum} that the whole list is known to hold; "
            "a minimum of 0 takes it all the same",
            path=path,
        )


def is_packed(path: Path) -> bool:
    """Tell gzip by its first bytes.

    Raises:
        ListError: the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(GZIP)) == GZIP
    except OSError as error:
        raise ListError(f"cannot be read: {error}", path=path) from error


def _unpacked(path: Path, limit: int) -> bytes:
    try:
        with gzip.open(path) if is_packed(path) else path.open("rb") as file:
            # Memory is asked for as much as is read at once: a plain file is, and is not copied.
            step, left, parts = max(CHUNK, path.stat().st_size + 1), limit, []
            while left and (part := file.read(min(step, left))):
                left -= len(part)
                parts.append(part)
            unpacked = b"".join(parts)
    except (OSError, EOFError, zlib.error) as error:
        raise ListError(f"cannot be read: {error}", path=path) from error
    if not unpacked.strip():
        raise ListError("empty file", path=path)
    if len(unpacked) == LARGEST:
        raise ListError(f"larger than {LARGEST} bytes", path=path)
    return unpacked
