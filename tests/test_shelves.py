"""The index of a reading is made when names are first looked for in it, and once."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import sanctscreen as ss
from sanctscreen import index
from sanctscreen.index.names import Names
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.text.normalize import NormalName

LISTED = ss.PartyList(
    parties=[
        ss.Party(id="a", kind="person", names=["Ivan Exampleov"]),
        ss.Party(id="b", kind="entity", names=["Sampleworks Trading"]),
    ]
)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the names of which an index is made."""
    found: list[list[str]] = []
    catalogue = index.catalogue

    def noted(names: Iterable[NormalName]) -> tuple[Vocabulary, Names]:
        some = list(names)
        found.append([name.original for name in some])
        return catalogue(some)

    monkeypatch.setattr(index, "catalogue", noted)
    return found


def test_an_index_is_made_when_names_of_its_kind_are_screened(made: list[list[str]]) -> None:
    """Whoever screens firms alone waits for no index of people."""
    screener = ss.Screener(LISTED)

    assert screener.screen("Sampleworks Trading", kind="entity").decision == "match"
    assert made == [["Sampleworks Trading"]]
    assert screener.screen("Ivan Exampleov").decision == "match"
    assert made == [["Sampleworks Trading"], ["Ivan Exampleov"]]


def test_a_warm_screener_makes_no_index_later(made: list[list[str]]) -> None:
    """What the first screening would make is there."""
    screener = ss.Screener(LISTED)
    screener.warm_up()
    before = list(made)
    screener.screen("Ivan Exampleov")
    screener.screen("Sampleworks Trading", kind="entity")

    assert sorted(before) == [["Ivan Exampleov"], ["Sampleworks Trading"]]
    assert made == before


def test_threads_that_ask_at_once_share_one_index(made: list[list[str]]) -> None:
    """The first makes it, and the others wait for it."""
    screener, start = ss.Screener(LISTED), Barrier(8)

    def screened(_: int) -> str:
        start.wait(timeout=60)
        return screener.screen("Ivan Exampleov", kind="person").decision

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(screened, range(8))) == {"match"}
    assert made == [["Ivan Exampleov"]]
