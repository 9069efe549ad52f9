"""Files that appear under their name only once they are complete, and can be gone on with."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from io import BufferedRandom, TextIOWrapper
from pathlib import Path
from typing import TextIO

from sanctscreen.errors import InputError


class Part:
    """A file in the making: ``.NAME.part`` beside its target, held by one run at a time.

    Attributes:
        target: the file that it will be.
        path: where it is made.
    """

    def __init__(self, target: Path, *, encoding: str) -> None:
        """Open the part, with whatever an earlier run left in it.

        Raises:
            InputError: the target is a directory or a device, cannot be written, or another run
                is writing it.
        """
        self.target = target.resolve()
        if self.target.exists() and not self.target.is_file():
            raise InputError("not a regular file, so it cannot be replaced as a whole", path=target)
        self.path = self.target.with_name(f".{self.target.name}.part")
        self._shaped = self.path.with_suffix(".new")
        self._encoding = encoding
        self._binary = _opened(self.path, self.target)
        self._text: TextIOWrapper | None = None

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return os.fstat(self._binary.fileno()).st_size

    def start(self, offset: int = 0) -> TextIO:
        """Cut the part off after so many bytes, and return what writes after them.

        Raises:
            InputError: an earlier run left fewer bytes.
        """
        if self.size < offset:
            raise InputError("what the interrupted run wrote is gone", path=self.path)
        self._binary.truncate(offset)
        self._binary.seek(offset)
        self._text = TextIOWrapper(self._binary, encoding=self._encoding, newline="")
        return self._text

    def settle(self) -> int:
        """Bring what is written to the disk, and say how many bytes that is."""
        if self._text:
            self._text.flush()
        os.fsync(self._binary.fileno())
        return self._binary.tell()

    def finish(self, shape: Callable[[Path, Path], None] | None = None) -> None:
        """Put the part, now complete, in the place of its target; or what ``shape`` makes of it."""
        self.settle()
        ready = self.path
        if shape:
            ready = self._shaped
            shape(self.path, ready)
            with ready.open("rb+") as made:
                os.fsync(made.fileno())
        if self.target.exists():
            shutil.copymode(self.target, ready)
        ready.replace(self.target)
        settle_folder(self.target.parent)

    def close(self, *, keep: bool = False) -> None:
        """Let go of the part; unless it is to be kept, nothing of it remains."""
        with contextlib.suppress(OSError):  # a full disk has had its say before
            (self._text or self._binary).close()
        self._shaped.unlink(missing_ok=True)
        if not keep:
            self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_part(path: Path, *, encoding: str, keep: bool = False) -> Iterator[Part]:
    """Hold the part of a file, and put it in its place at the end.

    Args:
        path: the file that it will be.
        encoding: of the file.
        keep: leave the part if anything happens before that, Ctrl-C included.

    Raises:
        InputError: as for `Part`.
    """
    part = Part(path, encoding=encoding)
    done = False
    try:
        yield part
        part.finish()
        done = True
    finally:
        part.close(keep=done or keep)


def settle_folder(folder: Path) -> None:
    """Flush a new name to the disk, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _opened(path: Path, target: Path) -> BufferedRandom:
    """Open a part and hold it against other runs."""
    try:
        binary = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=target) from error
    try:
        _hold(binary)
        # Whoever held it may just have put it in its place: what we hold is then the result.
        if not path.exists() or not os.path.samestat(path.stat(), os.fstat(binary.fileno())):
            raise BlockingIOError
    except BlockingIOError as error:
        binary.close()
        raise InputError("another run is writing this file", path=target) from error
    return binary


def _hold(binary: BufferedRandom) -> None:
    """Lock a file until it is closed, by whatever end of the process."""
    if sys.platform != "win32":  # there, an open file cannot be replaced anyhow
        import fcntl

        fcntl.flock(binary, fcntl.LOCK_EX | fcntl.LOCK_NB)
