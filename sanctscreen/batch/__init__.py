"""Screen a file of counterparties: the same rows out, each with a decision.

Rows come out in the order they went in, each with the columns it had. A row that cannot be
read in full is screened as far as it can be, and asks for review. Files are CSV, JSON lines
(``.jsonl``, ``.ndjson``) or, with the ``parquet`` extra, Parquet, as their names end.
"""

from __future__ import annotations

import time
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from sanctscreen.batch.draft import Draft, task_of
from sanctscreen.batch.formats import format_of
from sanctscreen.batch.outcome import Heard, Observer, Options, Screened, Summary
from sanctscreen.batch.run import Run, list_labels
from sanctscreen.batch.tables import open_table
from sanctscreen.errors import InputError

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

__all__ = ["Heard", "Observer", "Options", "Screened", "Summary", "screen_file"]


def screen_file(
    source: str | PathLike[str],
    target: str | PathLike[str],
    screener: Screener,
    *,
    options: Options | None = None,
    observer: Observer | None = None,
) -> Summary:
    """Screen every row of a file and write it with a decision.

    The file is read and written row by row, so memory does not grow with it. The target
    appears only once it is complete. A run that was killed, at whatever point, can be gone on
    with; the target is then the same, byte for byte, as that of an undisturbed run.

    Args:
        source: delimited text whose first row names the columns; JSON lines, each an object; or
            Parquet.
        target: the file to write, in any of these formats; text is in UTF-8, and CSV has a
            byte-order mark if the source has one.
        screener: what the rows are screened with.
        options: what is known about the file, and whether to go on with a killed run.
        observer: hears of progress and of faulty rows.

    Raises:
        InputError: the source cannot be read, is empty, has no row or no column for a name, or
            is the target; the target cannot be written; or the killed run had another source,
            list, configuration, library version or options.
    """
    started = time.perf_counter()
    options, path, goal = options or Options(), Path(source), Path(target)
    _refuse_same(path, goal)
    with open_table(path, options) as table:
        run = Run(table, screener, options, observer or Observer())
        task = task_of(path, screener, options)
        form = format_of(goal, table, "; ".join(list_labels(screener)))
        with Draft.open(goal, form, task, resume=options.resume) as draft:
            run.write(draft, form.writer)
    return run.summary(time.perf_counter() - started)


def _refuse_same(source: Path, target: Path) -> None:
    """Refuse to write over what is read, under whatever name."""
    if target.exists() and source.exists() and source.samefile(target):
        raise InputError("the result would overwrite the file that is read", path=target)
