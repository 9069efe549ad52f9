"""Files that appear under their name only once they are complete."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from sanctscreen.errors import InputError


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
