"""A run that is killed at any point is gone on with, and ends with the same bytes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sanctscreen.batch import Observer, Options, Screened, run, screen_file
from sanctscreen.config import Config
from sanctscreen.errors import InputError
from sanctscreen.report.page import Files, screen_with_report
from sanctscreen.testing import tiny_screener

SCREENER = tiny_screener()
NAMES = ["Oreshnik Trade House", "Bakery", "???", "Kalina Maritime Bank", '"Quoted; ""Bakery"""']


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make checkpoints often, so that small files have some."""
    monkeypatch.setattr(run, "CHECKPOINT_ROWS", 3)


def source_of(folder: Path, rows: int = 11, *, mark: bool = False) -> Path:
    """Write a file of counterparties with hits, bad rows and quoted cells."""
    lines = [f"{at},{NAMES[at % len(NAMES)]}" for at in range(rows)]
    lines[3] = "3"
    source = folder / "in.csv"
    source.write_text("\n".join(["id,name", *lines]), encoding="utf-8-sig" if mark else "utf-8")
    return source


class Stopping(Observer):
    """Stops a run after some rows, as Ctrl-C does."""

    def __init__(self, rows: int) -> None:
        self.left = rows
        self.heard: list[int] = []

    def screened(self, outcome: Screened) -> None:
        """Count down."""
        self.heard.append(outcome.row)
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


def stop_after(rows: int, source: Path, target: Path) -> None:
    """Leave an interrupted run behind."""
    with pytest.raises(KeyboardInterrupt):
        screen_file(source, target, SCREENER, options=Options(resume=True), observer=Stopping(rows))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize(
    ("target", "mark", "step"),
    [("out.csv", True, 1), ("out.jsonl", False, 3), ("out.csv out.html", False, 3)],
)
def test_a_kill_at_any_point_changes_no_byte(
    tmp_path: Path, target: str, step: int, *, mark: bool
) -> None:
    """Killed before each write to the disk and in each row, then killed again, then resumed."""
    source = source_of(tmp_path, mark=mark)
    files = [str(tmp_path / name) for name in target.split()]
    program = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("crashes.py"))]

    done = subprocess.run(
        [*program, str(step), str(tmp_path), str(source), *files],
        capture_output=True,
        text=True,
        check=False,
    )

    assert not done.stderr
    undisturbed, killed = json.loads(done.stdout)
    assert names(tmp_path) == {"in.csv", *target.split()}
    assert len(killed) * step > 25
    assert [point for point, after in enumerate(killed, 1) if after != undisturbed] == []


def test_a_command_that_is_killed_goes_on(tmp_path: Path) -> None:
    """The command line, killed by the system in the midst of a file, ends with the same bytes."""
    source, target, whole = source_of(tmp_path, 12_000), tmp_path / "out.csv", tmp_path / "w.csv"
    part = tmp_path / ".out.csv.checkpoint"
    command = [sys.executable, "-m", "sanctscreen", "screen-file", str(source), "-o"]
    started = subprocess.Popen([*command, str(target)], stderr=subprocess.DEVNULL)
    while not part.exists() and started.poll() is None:
        time.sleep(0.005)
    started.send_signal(signal.SIGKILL)

    assert (started.wait(), target.exists()) == (-signal.SIGKILL, False)
    resumed = subprocess.run(
        [*command, str(target), "--resume"], capture_output=True, text=True, check=False
    )
    undisturbed = subprocess.run([*command, str(whole)], capture_output=True, check=False)

    assert (resumed.returncode, undisturbed.returncode) == (1, 1)
    assert "by the interrupted run" in " ".join(resumed.stdout.split())
    assert whole.read_bytes() == target.read_bytes()
    assert names(tmp_path) == {"in.csv", "out.csv", "w.csv"}


def test_rows_before_the_checkpoint_are_not_screened_again(tmp_path: Path) -> None:
    """The summary counts all rows, and says how many were taken over."""
    source, target = source_of(tmp_path), tmp_path / "out.csv"
    stop_after(8, source, target)
    observer = Stopping(100)

    summary = screen_file(source, target, SCREENER, options=Options(resume=True), observer=observer)
    undisturbed = screen_file(source, tmp_path / "whole.csv", SCREENER)

    assert (summary.rows, summary.taken_over, observer.heard[0]) == (11, 6, 8)
    assert (undisturbed.decisions, undisturbed.faulty) == (summary.decisions, summary.faulty)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("row", "another file"),
        ("threshold", "another threshold"),
        ("config", "another configuration"),
        ("columns", "another reading"),
    ],
)
def test_another_task_does_not_go_on(tmp_path: Path, change: str, named: str) -> None:
    """What was done is kept; without --resume the file is screened from the first row."""
    source, target = source_of(tmp_path), tmp_path / "out.csv"
    stop_after(8, source, target)
    kept = names(tmp_path)
    if change == "row":
        source.write_text(source.read_text(encoding="utf-8") + "\n19,New", encoding="utf-8")
    screener = tiny_screener(Config(weak_aliases=True)) if change == "config" else SCREENER
    options = {
        "threshold": 90.0 if change == "threshold" else None,
        "columns": {"name": "name"} if change == "columns" else {},
    }

    with pytest.raises(InputError, match=named):
        screen_file(source, target, screener, options=Options(resume=True, **options))
    assert names(tmp_path) == kept
    screen_file(source, target, screener, options=Options(**options))

    assert names(tmp_path) == {"in.csv", "out.csv"}


def test_a_checkpoint_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """Nothing is taken for done on its word."""
    source, target = source_of(tmp_path), tmp_path / "out.csv"
    stop_after(8, source, target)
    (tmp_path / ".out.csv.checkpoint").write_text('{"rows": 8}', encoding="utf-8")

    with pytest.raises(InputError, match="cannot be gone on from"):
        screen_file(source, target, SCREENER, options=Options(resume=True))


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    """The second is refused, and the first is not disturbed."""
    source, target = source_of(tmp_path), tmp_path / "out.csv"

    class Second(Observer):
        def screened(self, _: Screened) -> None:
            with pytest.raises(InputError, match="another run is writing"):
                screen_file(source, target, SCREENER)

    summary = screen_file(source, target, SCREENER, observer=Second())

    assert (summary.rows, names(tmp_path)) == (11, {"in.csv", "out.csv"})


def test_a_report_needs_one_that_was_begun(tmp_path: Path) -> None:
    """A page of half the rows is never written."""
    source, target = source_of(tmp_path), tmp_path / "out.csv"
    stop_after(8, source, target)

    with pytest.raises(InputError, match="wrote no report"):
        screen_with_report(
            Files(source, target, tmp_path / "out.html"), SCREENER, options=Options(resume=True)
        )
    screen_file(source, target, SCREENER, options=Options(resume=True))

    assert target.exists()
