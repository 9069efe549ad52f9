"""Several processes and threads give what one gives."""

import gc
import multiprocessing
import os
import signal
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import sanctscreen as ss
from sanctscreen import workers
from sanctscreen.batch import Observer, Options, Screened, screen_file
from sanctscreen.errors import InputError, SanctscreenError
from sanctscreen.party_list.stored import StoredParties
from sanctscreen.result import ScreeningResult, packed, unpacked

NAMES = ["Korea Kwangson Bank", "Ivan Petrov", "", "Patr Ushev", "광선은행", "Petrov, Ivan"] * 60
LISTED = ["Korea Kwangson Banking Corporation", "Ivan Petrov", "Patrushev"]


def party_list(version: str, names: list[str]) -> ss.PartyList:
    parties = [ss.Party(id=f"{version}:{at}", names=[name]) for at, name in enumerate(names)]
    return ss.PartyList(parties=parties, version=version)


def timeless(results: Iterator[ScreeningResult]) -> list[ScreeningResult]:
    return [replace(each, screened_at=datetime(2000, 1, 1, tzinfo=UTC)) for each in results]


def start_by(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers start so, as they do on some system."""
    if start not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {start}")
    monkeypatch.setattr(workers, "start_method", lambda: start)


@pytest.mark.parametrize(("start", "number"), [("fork", 2), ("fork", 3), ("spawn", 2)])
def test_workers_answer_as_one_process_does(
    start: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same results come out in the same order, also where processes cannot be copied."""
    start_by(start, monkeypatch)
    screener = ss.Screener(party_list("one", LISTED))

    alone = timeless(screener.screen_many(NAMES))

    assert timeless(screener.screen_many(NAMES, workers=number)) == alone


def test_a_clear_result_is_sent_back_in_few_words() -> None:
    """Nothing but the time distinguishes it from others; it is the same when it arrives."""
    result = ss.Screener(party_list("one", LISTED)).screen("Bakery")

    told = packed(result)

    assert told.keys() == {"screened_at"}
    assert unpacked(result.counterparty, result.stamp, told) == result


@pytest.mark.parametrize(
    ("start", "target"),
    [("fork", "out.csv"), ("fork", "out.jsonl"), ("fork", "out.parquet"), ("spawn", "out.csv")],
)
def test_a_file_has_the_same_bytes_whoever_screens_it(
    start: str, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process or several, copied or not; and the observer hears the same."""
    if start not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {start}")
    if target.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    monkeypatch.setattr(workers, "start_method", lambda: start)
    source = tmp_path / "in.csv"
    lines = ["id;name", *(f"{at};{name}" for at, name in enumerate(NAMES)), "alone"]
    source.write_text("\n".join(lines), encoding="utf-8")
    screener = ss.Screener(party_list("one", LISTED))

    found = []
    for number in (1, 2):
        path, observer = tmp_path / f"{number}{target}", Listening()
        summary = screen_file(
            source, path, screener, options=Options(workers=number), observer=observer
        )
        found.append((path.read_bytes(), replace(summary, seconds=0.0), observer.heard))

    assert found[0] == found[1]
    rows, faults = found[0][1].rows, NAMES.count("") + 2
    assert (rows, len(found[0][2])) == (len(NAMES) + 1, rows + faults)


class Listening(Observer):
    """Keeps what it hears of rows."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def fault(self, error: InputError, *, review: bool) -> None:
        """Keep what is wrong with a row."""
        self.heard.append((str(error), review))

    def screened(self, outcome: Screened) -> None:
        """Keep what is recorded of a row."""
        self.heard.append(outcome.record())


def test_an_error_of_the_source_comes_after_what_was_read() -> None:
    """What was read before a source broke is screened, by whatever number of processes."""

    def breaking() -> Iterator[str]:
        yield from NAMES[:5]
        raise OSError("gone")

    found = ss.Screener(party_list("one", LISTED)).screen_many(breaking(), workers=2)

    assert len([next(found) for _ in range(5)]) == 5
    with pytest.raises(OSError, match="gone"):
        next(found)


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_an_error_of_the_work_is_raised(
    start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It arrives whole, with a note of where in the worker it arose."""
    start_by(start, monkeypatch)
    missing = tmp_path / "missing.json"

    with pytest.raises(InputError) as raised:
        list(workers.worked([missing], ss.read_list, workers=2))

    assert raised.value.path == str(missing)
    assert "in read_list" in raised.value.__notes__[0]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_what_cannot_be_sent_is_an_error(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a block nor an answer that no process can be sent leaves anybody waiting."""
    start_by(start, monkeypatch)
    found = workers.worked([1, memoryview(b"")], repr, workers=2)
    assert next(found) == (1, "1")

    with pytest.raises(TypeError, match="pickle"):
        next(found)
    with pytest.raises(TypeError, match="pickle"):
        list(workers.worked([b""], memoryview, workers=2))


def test_what_a_service_froze_stays_frozen() -> None:
    """Workers freeze what they share for a while, and no more is undone than they did."""
    gc.freeze()
    try:
        list(workers.worked([1, 2], repr, workers=2))
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()


needs_copies = pytest.mark.skipif(
    workers.start_method() != "fork", reason="what these workers do is known to this process alone"
)


class Answering:
    """Says which process works on a block, and answers at more length than a pipe holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, block: int) -> bytes:
        """Work on a block."""
        begun = self._folder / f"{block}.begun"
        begun.write_text(str(os.getpid()), encoding="utf-8")
        begun.rename(begun.with_suffix(""))
        return bytes(20_000_000)


@needs_copies
def test_a_worker_killed_in_the_middle_of_its_answer_ends_the_run(tmp_path: Path) -> None:
    """Nobody waits for the rest of it."""
    answers = workers.worked(range(4), Answering(tmp_path), workers=2)
    assert next(answers)[0] == 0
    second = tmp_path / "1"
    while not second.exists():
        time.sleep(0.01)
    time.sleep(0.2)

    os.kill(int(second.read_text(encoding="utf-8")), signal.SIGKILL)

    with pytest.raises(SanctscreenError, match="died"):
        next(answers)
    assert multiprocessing.active_children() == []


@needs_copies
def test_workers_end_at_once_when_nobody_wants_their_answers(tmp_path: Path) -> None:
    """Whatever they are doing."""
    answers = workers.worked(range(100), Answering(tmp_path), workers=2)
    next(answers)

    answers.close()

    assert multiprocessing.active_children() == []
    assert len(list(tmp_path.iterdir())) < 100


def test_no_workers_are_refused() -> None:
    """There must be somebody to do the work."""
    with pytest.raises(ValueError, match="at least 1"):
        next(ss.Screener(party_list("one", LISTED)).screen_many(NAMES, workers=0))


def test_a_list_that_was_replaced_is_freed_at_once(tmp_path: Path) -> None:
    """Even where the collector does not look, as in a service that has told it to freeze."""
    party_list("old", LISTED).save(tmp_path / "list.json")
    screener = ss.Screener(ss.read_list(tmp_path / "list.json"))
    screener.screen("Ivan Petrov")
    held = [weakref.ref(each) for each in (screener, screener.party_lists[0].parties)]
    assert isinstance(screener.party_lists[0].parties, StoredParties)
    held.append(weakref.ref(screener._search))

    gc.collect()
    gc.disable()
    try:
        del screener
        assert [each() for each in held] == [None, None, None]
    finally:
        gc.enable()


def test_a_list_is_replaced_under_load() -> None:
    """Every screening is by one list alone, the old or the new, and none is lost."""
    current = [ss.Screener(party_list("old", LISTED))]
    newer = ss.Screener(party_list("new", [*LISTED, "Petrov"]))
    results: list[list[ScreeningResult]] = [[] for _ in range(4)]

    def screen(into: list[ScreeningResult]) -> None:
        keep = into.append
        for name in NAMES:
            keep(current[0].screen(name))

    threads = [threading.Thread(target=screen, args=(into,)) for into in results]
    for thread in threads:
        thread.start()
    while not results[0]:
        pass
    current[0] = newer
    for thread in threads:
        thread.join()

    for into in results:
        assert len(into) == len(NAMES)
        for result in into:
            [(version, _)] = result.stamp.lists
            assert all(hit.party.id.startswith(f"{version}:") for hit in result.hits)
    assert results[0][-1].stamp.lists[0][0] == "new"
