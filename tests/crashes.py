"""Kill a run at every point where it touches the disk or ends a row, and go on with it.

It forks, so it is a program of its own: ``python crashes.py STEP FOLDER SOURCE TARGET [REPORT]``.
Prints, as JSON, what an undisturbed run wrote, and for every STEP-th point the same after a kill.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from sanctscreen.batch import Observer, Options, Screened, run, screen_file
from sanctscreen.report.page import Files, screen_with_report
from sanctscreen.testing import tiny_screener

DISK = {"open", "os.rename", "os.remove", "os.truncate"}
SCREENER = tiny_screener()
STEP = int(sys.argv[1])
FOLDER, SOURCE, TARGET = (Path(each) for each in sys.argv[2:5])
REPORT = Path(sys.argv[5]) if len(sys.argv) > 5 else None


class Events(Observer):
    """Counts what happens, and kills the process at the event that it is told."""

    def __init__(self, fatal: int | None) -> None:
        self.count, self.fatal = 0, fatal

    def screened(self, _: Screened) -> None:
        """Count a row."""
        self.happened()

    def happened(self, *_: object) -> None:
        """Count an event."""
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def work(fatal: int | None, *, resume: bool) -> int:
    """Screen the file; return how many events there were."""
    events = Events(fatal)
    sync = os.fsync

    def counted(handle: int) -> None:
        events.happened()
        sync(handle)

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if event in DISK and str(FOLDER) in str(given[0]):
            events.happened()

    os.fsync = counted
    sys.addaudithook(heard)
    options = Options(resume=resume)
    if REPORT:
        files = Files(SOURCE, TARGET, REPORT)
        screen_with_report(files, SCREENER, options=options, observer=events)
    else:
        screen_file(SOURCE, TARGET, SCREENER, options=options, observer=events)
    return events.count


def in_child(fatal: int | None, *, resume: bool) -> int:
    """Work in a process that may die; return its exit status, or minus the signal."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        status = min(work(fatal, resume=resume), 250)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def outcome() -> list[str]:
    """Return what stands in the folder: the target, the rows of the report, the other names."""
    rows = []
    if REPORT:
        lines = REPORT.read_text(encoding="utf-8").splitlines()
        rows = [line for line in lines if line.startswith(('{"row"', '{"party"', "<tr"))]
    text = TARGET.read_bytes().decode("utf-8")
    return [text, *rows, *sorted(path.name for path in FOLDER.iterdir())]


def after_kill_at(point: int) -> list[str]:
    """Kill a run, kill the run that goes on, and let the third one end."""
    for path in FOLDER.iterdir():
        if path != SOURCE:
            path.unlink()
    assert in_child(point, resume=point % 2 == 0) == -signal.SIGKILL
    in_child(1 + point % 7, resume=True)
    assert in_child(None, resume=True) > 1
    return outcome()


def main() -> None:
    """Try every point."""
    run.CHECKPOINT_ROWS = 3
    # What a first screening loads is loaded once, here, and not in every child.
    SCREENER.screen("Oreshnik ???")
    points = in_child(None, resume=False)
    undisturbed = outcome()
    killed = [after_kill_at(point) for point in range(1, points + 1, STEP)]
    sys.stdout.write(json.dumps([undisturbed, killed]))


main()
