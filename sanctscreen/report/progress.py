"""Show progress and faulty rows on standard error while a file is screened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from sanctscreen.batch import Observer
from sanctscreen.errors import InputError
from sanctscreen.report.parts import plain

FAULTS_SHOWN = 20


class ProgressBar(Observer):
    """Hears how a run goes, and shows it; the faults of the first rows one by one."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task
        self.faults = 0

    def progress(self, rows: int, read: int) -> None:
        """Move the bar to the bytes read so far."""
        self._bar.update(self._task, completed=read, rows=rows)

    def fault(self, error: InputError, *, review: bool) -> None:
        """Show what is wrong with a row."""
        self.faults += 1
        if self.faults <= FAULTS_SHOWN:
            mark = ("review  ", "yellow") if review else ("note    ", "dim")
            self._bar.console.print(Text.assemble(mark, plain(str(error))), soft_wrap=True)


@contextmanager
def watching(path: Path) -> Iterator[ProgressBar]:
    """Show progress through a file for as long as the context lasts."""
    console = Console(stderr=True, highlight=False)
    columns = (
        TextColumn(plain(path.name)),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %  {task.fields[rows]:,} rows"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        watcher = ProgressBar(bar, bar.add_task("", total=path.stat().st_size, rows=0))
        yield watcher
    if watcher.faults > FAULTS_SHOWN:
        more = watcher.faults - FAULTS_SHOWN
        console.print(f"… and {more:,} more, each in the column screening_reason")
