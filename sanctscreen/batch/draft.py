"""How far a run has come, so that one which is killed can be gone on with.

A checkpoint stands beside the part of the target, as ``.NAME.checkpoint``. It is written after
the part is on the disk, and whole or not at all: whenever the process dies, the last one
describes bytes that are there. What stands in the part behind them is cut off and made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from sanctscreen.batch.files import Part
from sanctscreen.batch.formats import Format
from sanctscreen.batch.outcome import Observer, Options
from sanctscreen.errors import InputError

if TYPE_CHECKING:
    from sanctscreen.screen import Screener


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a run has come.

    Attributes:
        task: what is done, see `task_of`; another task cannot go on from here.
        rows: rows that are screened and written.
        offset: bytes of the part that hold them.
        decisions: rows by decision.
        faulty: rows that ask for review because they could not be read in full.
        observer: what the observer keeps, see `Observer.keep`.
    """

    task: Mapping[str, Any]
    rows: int = 0
    offset: int = 0
    decisions: Mapping[str, int] = field(default_factory=dict)
    faulty: int = 0
    observer: Any = None


class Draft:
    """A result in the making: its part, and how far it has come."""

    def __init__(self, part: Part, task: Mapping[str, Any], *, resume: bool) -> None:
        self._part, self._task, self._resume = part, task, resume
        self._path = part.target.with_name(f".{part.target.name}.checkpoint")
        self._fresh = self._path.with_name(f"{self._path.name}.new")

    @classmethod
    @contextmanager
    def open(
        cls, target: Path, format: Format, task: Mapping[str, Any], *, resume: bool
    ) -> Iterator[Self]:
        """Hold the draft of a target; put it in its place at the end.

        Args:
            target: what it is a draft of.
            format: how it is written.
            task: as from `task_of`.
            resume: go on with what is there, and leave what can be gone on with.

        Raises:
            InputError: as for `Part`.
        """
        part = Part(target, encoding=format.encoding)
        draft = cls(part, task, resume=resume)
        done = False
        try:
            yield draft
            part.finish(format.shape)
            done = True
        finally:
            stays = resume and not done and draft._path.exists()
            if not stays:
                draft._forget()
            part.close(keep=stays or (done and not format.shape))

    def start(self, observer: Observer) -> tuple[TextIO, Checkpoint]:
        """Return what to write to, and how far an earlier run came; tell the observer.

        Raises:
            InputError: the earlier run did another task, or its checkpoint cannot be read.
        """
        at = self._reached() if self._resume else Checkpoint(self._task)
        if at.rows:
            observer.go_on(at.observer)
        else:
            # A checkpoint must never describe bytes that are not there.
            self._forget()
            observer.begin()
        return self._part.start(at.offset), at

    def save(
        self, observer: Observer, rows: int, decisions: Mapping[str, int], faulty: int
    ) -> None:
        """Bring to the disk all that is written, and then how far that is."""
        at = Checkpoint(
            self._task, rows, self._part.settle(), dict(decisions), faulty, observer.keep()
        )
        with self._fresh.open("w", encoding="utf-8") as out:
            json.dump(asdict(at), out)
            out.flush()
            os.fsync(out.fileno())
        self._fresh.replace(self._path)

    def _reached(self) -> Checkpoint:
        """Return how far the task has come; not at all if nothing is left of an earlier run."""
        try:
            found = Checkpoint(**json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return Checkpoint(self._task)
        except (OSError, ValueError, TypeError) as error:
            raise InputError(f"cannot be gone on from: {error}", path=self._path) from error
        if other := [name for name, value in self._task.items() if found.task.get(name) != value]:
            raise InputError(
                f"the interrupted run had another {', '.join(other)}; without --resume the file "
                "is screened from the first row",
                path=self._part.target,
            )
        # A part that is gone was complete, and is the target.
        return found if found.offset <= self._part.size else Checkpoint(self._task)

    def _forget(self) -> None:
        """Remove the checkpoint, and what a killed run may have left of the next."""
        self._path.unlink(missing_ok=True)
        self._fresh.unlink(missing_ok=True)


def task_of(source: Path, screener: Screener, options: Options) -> dict[str, Any]:
    """Return all that the rows of a result follow from, JSON-ready."""
    import sanctscreen

    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "file": digest,
        "list": [[each.version, each.digest] for each in screener.party_lists],
        "configuration": screener.config.digest,
        "cleared": screener.cleared.digest,
        "library": sanctscreen.__version__,
        "kind": options.kind,
        "threshold": options.threshold,
        "reading": [options.encoding, options.delimiter, dict(options.columns)],
    }
