"""The index that is saved beside a list gives what a new one gives, or is not used."""

from pathlib import Path

import pytest

import sanctscreen as ss
from sanctscreen.errors import InputError
from sanctscreen.listed import SUFFIX, saved_index
from sanctscreen.party_list import read_list

LISTED = ["Korea Kwangson Banking Corporation", "Ivan Petrov", "محمد علي", "광선은행", "Patrushev"]
ASKED = [*LISTED, "Petrov, Iwan", "Patr Ushev", "Kwangson Bank", "Nobody Atall", "1", ""]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a saved list with its index."""
    path = tmp_path / "list.json"
    kinds = ["entity", "person", None]
    parties = [
        ss.Party(id=f"t:{at}", kind=kinds[at % 3], names=[name]) for at, name in enumerate(LISTED)
    ]
    ss.PartyList(parties=parties, version="1").save(path)
    ss.Screener(read_list(path)).save_index()
    return path


def hits_of(screener: ss.Screener) -> list[list[tuple[float, str, str]]]:
    results = screener.screen_many(ASKED, threshold=40)
    return [[(hit.score, hit.party.id, str(hit)) for hit in result.hits] for result in results]


def is_used(path: Path, config: ss.Config | None = None) -> bool:
    return saved_index([read_list(path)], config or ss.Config()) is not None


def test_saved_index_finds_the_same(path: Path) -> None:
    """Hits, scores and explanations are those of a list without a saved index."""
    assert is_used(path)

    with_index = hits_of(ss.Screener(read_list(path)))

    path.with_name(path.name + SUFFIX).unlink()
    assert with_index == hits_of(ss.Screener(read_list(path)))


def test_an_index_is_used_with_its_list_alone(path: Path) -> None:
    """A newer list in the same place makes an index of its own."""
    ss.PartyList(parties=[ss.Party(id="t:9", names=["Other"])], version="2").save(path)

    assert not is_used(path)
    assert ss.Screener(read_list(path)).screen("Other").hits


def test_an_index_is_used_with_its_statuses_alone(path: Path) -> None:
    """Another choice of alerting statuses makes an index of its own."""
    assert not is_used(path, ss.Config(alerting_statuses=("designated",)))


@pytest.mark.parametrize("at", [3, 200, -200, -1])
def test_a_damaged_index_is_not_used(path: Path, at: int) -> None:
    """One altered byte is enough."""
    index = path.with_name(path.name + SUFFIX)
    content = bytearray(index.read_bytes())
    content[at] ^= 1
    index.write_bytes(content)

    assert not is_used(path)


@pytest.mark.parametrize("left", [0, 10, 5_000])
def test_an_index_that_is_cut_off_is_not_used(path: Path, left: int) -> None:
    """What is missing is not made up."""
    index = path.with_name(path.name + SUFFIX)
    index.write_bytes(index.read_bytes()[:left])

    assert not is_used(path)


def test_an_index_needs_a_saved_list() -> None:
    """A list made in memory has no place for one."""
    with pytest.raises(InputError, match="saved list"):
        ss.Screener().save_index()
