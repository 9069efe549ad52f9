"""Several processes and threads give what one gives."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import sanctscreen as ss
from sanctscreen.result import ScreeningResult

NAMES = ["Korea Kwangson Bank", "Ivan Petrov", "", "Patr Ushev", "광선은행", "Petrov, Ivan"] * 60
LISTED = ["Korea Kwangson Banking Corporation", "Ivan Petrov", "Patrushev"]


def party_list(version: str, names: list[str]) -> ss.PartyList:
    parties = [ss.Party(id=f"{version}:{at}", names=[name]) for at, name in enumerate(names)]
    return ss.PartyList(parties=parties, version=version)


def timeless(results: Iterator[ScreeningResult]) -> list[ScreeningResult]:
    return [replace(each, screened_at=datetime(2000, 1, 1, tzinfo=UTC)) for each in results]


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_answer_as_one_process_does(workers: int) -> None:
    """The same results come out in the same order."""
    screener = ss.Screener(party_list("one", LISTED))

    alone = timeless(screener.screen_many(NAMES))

    assert timeless(screener.screen_many(NAMES, workers=workers)) == alone


def test_an_error_of_the_source_comes_after_what_was_read() -> None:
    """What was read before a source broke is screened, by whatever number of processes."""

    def breaking() -> Iterator[str]:
        yield from NAMES[:5]
        raise OSError("gone")

    found = ss.Screener(party_list("one", LISTED)).screen_many(breaking(), workers=2)

    assert len([next(found) for _ in range(5)]) == 5
    with pytest.raises(OSError, match="gone"):
        next(found)


def test_no_workers_are_refused() -> None:
    """There must be somebody to do the work."""
    with pytest.raises(ValueError, match="at least 1"):
        next(ss.Screener(party_list("one", LISTED)).screen_many(NAMES, workers=0))


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
