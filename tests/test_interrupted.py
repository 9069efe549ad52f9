"""A run with workers that is interrupted leaves nothing half-written, and nobody running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are looked up as Linux shows them"
)
ROWS = 30_000
COMMAND = [sys.executable, "-m", "sanctscreen", "screen-file", "--workers", "2"]
PATIENCE = 60


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file that takes some seconds."""
    path = tmp_path / "in.csv"
    lines = (f"{at},Oreshnik {at} Trade House" for at in range(ROWS))
    path.write_text("\n".join(["id,name", *lines]), encoding="utf-8")
    return path


@contextmanager
def running(source: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Start a run in a group of its own, and wait until both workers have done something."""
    target = source.with_name("out.csv")
    command = [*COMMAND, str(source), "-o", str(target), *more]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        checkpoint = source.with_name(".out.csv.checkpoint")
        try:
            while not checkpoint.exists() and process.poll() is None:
                time.sleep(0.01)
            assert len(group(process.pid)) == 3
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # a run that hangs fails, and no more


def group(leader: int) -> set[int]:
    """Return the processes of a group that have not ended."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, number = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(number) == leader and state != "Z":
            found.add(int(path.parent.name))
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("to", [os.killpg, os.kill], ids=["terminal", "process"])
def test_ctrl_c_leaves_nothing_behind(source: Path, to: Callable[[int, int], None]) -> None:
    """No file, no process; the status and the message say what happened."""
    with running(source) as process:
        to(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)

    assert (process.returncode, said) == (130, "interrupted, nothing was written\n")
    assert names(source.parent) == {"in.csv"}
    assert group(process.pid) == set()


def test_what_ctrl_c_left_is_gone_on_with(source: Path) -> None:
    """With --resume the rows that are done stay, and the result ends with the same bytes."""
    target, whole = source.with_name("out.csv"), source.with_name("whole.csv")
    with running(source, "--resume") as process:
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, target.exists()) == (130, False)
    assert "the same command goes on" in said
    again = [*COMMAND, str(source), "-o", str(target), "--resume"]
    resumed = subprocess.run(again, capture_output=True, text=True, check=False)

    subprocess.run([*COMMAND, str(source), "-o", str(whole)], capture_output=True, check=False)

    assert "by the interrupted run" in " ".join(resumed.stdout.split())
    assert whole.read_bytes() == target.read_bytes()
    assert names(source.parent) == {"in.csv", "out.csv", "whole.csv"}


def test_workers_do_not_outlive_the_run(source: Path) -> None:
    """They end even if it is killed and cannot tell them to."""
    with running(source) as process:
        process.kill()
        process.wait()
        wait_for(lambda: not group(process.pid))


def test_a_worker_that_dies_ends_the_run(source: Path) -> None:
    """The run says so instead of waiting for ever, and writes no result."""
    with running(source) as process:
        os.kill(max(group(process.pid)), signal.SIGKILL)
        _, said = process.communicate(timeout=PATIENCE)

    assert (process.returncode, names(source.parent)) == (2, {"in.csv"})
    assert "a worker process died" in said
