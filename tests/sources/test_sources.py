"""Every reader, whichever there are: its card, its sample, and what damage does to it."""

import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanctscreen.errors import InputError, ListError, UnknownFormatError
from sanctscreen.party_list import PartyList, read_list
from sanctscreen.sources import _files, read, readers

FIXTURES = Path(__file__).parents[2] / "fixtures" / "lists"
SAMPLES = sorted(each for each in FIXTURES.iterdir() if each.is_dir())
READERS = {reader.__name__.rpartition(".")[2]: reader for reader in readers().values()}
CARD = ("ID", "TITLE", "PUBLISHER", "HOMEPAGE", "LICENCE", "FORMAT")


def sample_files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.name != "expected.jsonl")


@pytest.mark.parametrize("name", READERS)
def test_card(name):
    """Every reader says who publishes what, where, on what terms, and how short is too short."""
    reader = READERS[name]

    assert all(getattr(reader, field).strip() for field in CARD)
    assert reader.MINIMUM >= 0
    assert any(folder.name.split(".")[0] == name for folder in SAMPLES), "no sample"


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_sample(folder):
    """A sample is recognised by its content and read party by party as written down beside it."""
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    parties = read(sample_files(folder), minimum=0).parties

    assert [json.loads(line) for line in lines] == [
        party.model_dump(mode="json", exclude_defaults=True) for party in parties
    ]


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_sample_named_and_packed(folder, tmp_path):
    """Naming the format, and packing the files, changes nothing."""
    reader = READERS[folder.name.split(".")[0]]
    packed = []
    for path in sample_files(folder):
        packed.append(tmp_path / f"{path.name}.gz")
        packed[-1].write_bytes(gzip.compress(path.read_bytes()))
    plain = read(sample_files(folder), minimum=0)

    assert plain.digest == read(packed, format=reader.FORMAT, minimum=0).digest


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_too_short(folder):
    """A list of fewer parties than the caller asks for is refused."""
    with pytest.raises(ListError, match="fewer than the 1000"):
        read(sample_files(folder), minimum=1000)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_damage_is_named(folder, tmp_path, data):
    """Whatever happens to the bytes, the answer is a list or an error that says what is wrong."""
    files = sample_files(folder)
    victim = data.draw(st.sampled_from(files))
    content = victim.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    junk = data.draw(st.binary(max_size=8) | st.just(b'"') | st.just(b"\x1a") | st.just(b","))
    damaged = [tmp_path / each.name for each in files]
    for source, target in zip(files, damaged, strict=True):
        target.write_bytes(source.read_bytes())
    (tmp_path / victim.name).write_bytes(content[:start] + junk + content[start + length :])
    with suppress(InputError):
        assert isinstance(read(damaged, minimum=0), PartyList)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_cut_off(folder, tmp_path):
    """A file cut in the middle of its last row is refused, never read as a shorter list."""
    files = sample_files(folder)
    copies = [tmp_path / each.name for each in files]
    for source, target in zip(files, copies, strict=True):
        target.write_bytes(source.read_bytes())
    last = copies[-1].read_bytes().rstrip(b"\x1a\r\n")
    copies[-1].write_bytes(last[:-4])
    with pytest.raises(InputError):
        read(copies, minimum=0)


def test_unknown_format_names_what_was_tried(tmp_path):
    """A file that no reader recognises is refused by an error that names every format."""
    path = tmp_path / "list.txt"
    path.write_text("the quick brown fox\n")
    with pytest.raises(UnknownFormatError, match=r"list\.txt.*ofac-csv.*plain-csv"):
        read_list(path)
    with pytest.raises(UnknownFormatError, match=r"known: .*ofac-csv"):
        read_list(path, format="no-such-format")


@pytest.mark.parametrize("content", [b"", b"\r\n \n", gzip.compress(b""), b"\x1f\x8b\x08broken"])
def test_empty_or_broken_file(content, tmp_path):
    """An empty file or a broken archive is no empty list."""
    path = tmp_path / "sdn.csv"
    path.write_bytes(content)
    with pytest.raises(ListError):
        read_list(path)


def test_missing_file(tmp_path):
    """A path that leads nowhere is an error of the caller's input."""
    with pytest.raises(ListError, match=r"nothing\.csv"):
        read_list(tmp_path / "nothing.csv")
    with pytest.raises(ListError):
        read_list([])


def test_half_a_surrogate_pair(tmp_path):
    """JSON can spell text that no encoding can hold; that is damage, not a crash."""
    saved = (FIXTURES / "own_json" / "sample.json").read_text(encoding="utf-8")
    path = tmp_path / "list.json"
    path.write_text(saved.replace("Ivana", r"\ud800", 1), encoding="utf-8")
    with pytest.raises(ListError, match="damaged list"):
        read_list(path)


def test_saved_lists_are_read_one_by_one():
    """Two saved lists are two lists."""
    path = FIXTURES / "own_json" / "sample.json"
    with pytest.raises(ListError, match="one by one"):
        read_list([path, path])


def test_oversized_file(tmp_path, monkeypatch):
    """An archive that unpacks without end is refused before it fills the memory."""
    path = tmp_path / "sdn.csv.gz"
    path.write_bytes(gzip.compress(b"900001," * 1_000))
    monkeypatch.setattr(_files, "LARGEST", 5_000)
    with pytest.raises(ListError, match="larger than 5000 bytes"):
        _files.content(path)
