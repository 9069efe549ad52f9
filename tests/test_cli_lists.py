"""The commands for lists: what they print, write and refuse, and with which exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from sanctscreen.cli import cli
from sanctscreen.config import Config
from sanctscreen.listed import SUFFIX, saved_index
from sanctscreen.model import Identifier, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList, read_list

LISTS = Path(__file__).parents[1] / "fixtures" / "lists"
SDN = LISTS / "us_ofac_xml" / "sdn.xml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments], env={"COLUMNS": "160"})


def saved(path: Path, source: str, *parties: str, number: str = "") -> Path:
    """Save a list of parties with one name each, all holders of the same number."""
    identifiers = (Identifier(type="lei", value=number),) if number else ()
    made = [
        Party(
            id=f"{source}:{place}",
            names=[name],
            statuses=(SourceStatus(source=source),),
            identifiers=identifiers,
        )
        for place, name in enumerate(parties)
    ]
    PartyList(parties=made, version="1", sources=[Source(id=source, type="list")]).save(path)
    return path


def test_import_prints_the_warnings(tmp_path: Path) -> None:
    """What could not be read in full is said on import, and again on show."""
    folder = LISTS / "us_ofac_csv"
    target = tmp_path / "sdn.json.gz"
    imported = run("import-list", folder / "sdn.csv", "--minimum", 0, "-o", target)

    assert imported.exit_code == 0
    for text in (imported.output, run("show", target).output):
        assert "ofac-sdn:900006: remarks cut, no continuation" in text
        assert "unknown" in text
        assert "read with a minimum of 0 parties, set by the user" in text


def test_import_refuses_a_list_that_shrank(tmp_path: Path) -> None:
    """A list that lost too much of the one it replaces is refused, unless a reason is given."""
    names = [f"Name {number}" for number in range(20)]
    old = saved(tmp_path / "old.json", "x", *names)
    new = saved(tmp_path / "new.json", "x", *names[:17])
    before = old.read_bytes()
    refused = run("import-list", new, "-o", old)

    assert refused.exit_code == 2
    assert "3 of 20 parties are gone" in refused.output
    assert "--accept REASON" in refused.output
    assert old.read_bytes() == before
    assert run("import-list", new, "-o", tmp_path / "o.json", "--replaces", old).exit_code == 2
    assert run("import-list", new, "-o", old, "--accept", "checked by J. Doe").exit_code == 0
    (warning,) = read_list(old).sources[0].warnings
    assert warning.endswith("checked by J. Doe")


def test_configuration_says_how_much_a_list_may_lose(tmp_path: Path) -> None:
    """``--config`` holds for a list that is imported over another."""
    names = [f"Name {number}" for number in range(20)]
    old = saved(tmp_path / "old.json", "x", *names)
    new = saved(tmp_path / "new.json", "x", *names[:17])
    rules = tmp_path / "rules.toml"
    rules.write_text("max_list_shrink = 0.2\n")

    assert run("--config", rules, "import-list", new, "-o", old).exit_code == 0
    assert len(read_list(old)) == 17


def test_import_over_something_else_is_no_replacement(tmp_path: Path) -> None:
    """Another list, or a file that is none, is overwritten as any file is."""
    new = saved(tmp_path / "new.json", "x", "A")
    other = saved(tmp_path / "other.json", "y", *"BCDEFG")
    text = tmp_path / "text.json"
    text.write_text("no list\n")

    for target in (other, text):
        assert run("import-list", new, "-o", target).exit_code == 0
        assert len(read_list(target)) == 1


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("screen", "Acme", "--list"), "import-list --minimum 0 saves it as a list for this"),
        (("show",), "import-list --minimum 0 saves it as a list for this command"),
        (("import-list", "-o", "list.json"), "a minimum of 0 takes it all the same\n"),
    ],
)
def test_a_short_list_is_refused_with_what_the_command_offers(
    arguments: tuple[str, ...], remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No command names an option that it does not have."""
    monkeypatch.chdir(tmp_path)

    refused = run(*arguments, SDN)

    assert refused.exit_code == 2
    assert "4 parties, fewer than the 5000" in refused.output
    assert remedy in refused.output


def test_what_saves_a_list_saves_its_index(tmp_path: Path, publisher: str) -> None:
    """Whatever made the list, the next screening starts with an index; it is written once."""
    one, two, both = tmp_path / "one.json", tmp_path / "two.json", tmp_path / "both.json"
    documents = sorted((LISTS.parent / "documents" / "default").glob("*.txt"))
    update = ("update", "ofac-sdn", "--address", f"{publisher}/SDN.XML", "--folder", tmp_path)

    assert run("import-list", SDN, "--minimum", 0, "-o", one).exit_code == 0
    assert run("build-list", *documents, "-o", two).exit_code == 0
    assert run("merge", one, two, "-o", both).exit_code == 0
    assert run(*update, "--loopback", "--minimum", 0).exit_code == 0

    for path in (one, two, both, tmp_path / "ofac-sdn.json.gz"):
        assert saved_index([read_list(path)], Config()) is not None, path
    index = tmp_path / f"ofac-sdn.json.gz{SUFFIX}"
    written = index.stat().st_mtime_ns
    assert "unchanged" in run(*update, "--loopback", "--minimum", 0).output
    assert index.stat().st_mtime_ns == written


def test_merge_joins_lists(tmp_path: Path) -> None:
    """Two lists of the same company become one list of one party, found by either id."""
    lei = "529900EXAMPLE0000042"
    one = saved(tmp_path / "one.json", "a", "Acme", number=lei)
    two = saved(tmp_path / "two.json", "b", "Akme", number=lei)
    target = tmp_path / "both.json"

    assert run("merge", two, one, "-o", target).exit_code == 0
    shown = run("show", target, "--party", "b:0").output
    assert "a:0" in shown
    assert f"Same party as a:0: both have the lei {lei}." in " ".join(shown.split())


def test_merge_takes_an_overlay(tmp_path: Path) -> None:
    """What only an analyst knows joins two parties with author, day and reason."""
    one = saved(tmp_path / "one.json", "a", "Acme")
    two = saved(tmp_path / "two.json", "documents", "Akme")
    overlay = tmp_path / "overlay.csv"
    overlay.write_text(
        "action,party,into,author,date,reason\n"
        "merge,documents:0,a:0,J. Doe,2031-01-02,same address\n"
    )
    target = tmp_path / "both.json"
    run("merge", one, two, "-o", target, "--overlay", overlay)
    (party,) = read_list(target).parties

    assert party.statuses[1].note == "Merged by J. Doe on 2031-01-02: same address"


def test_diff_says_what_was_gained(tmp_path: Path) -> None:
    """As a table for people and as JSON for programs."""
    old = saved(tmp_path / "old.json", "x", "A")
    new = saved(tmp_path / "new.json", "x", "A", number="529900EXAMPLE0000042")
    difference = json.loads(run("diff", old, new, "--json").output)

    assert difference["counts"]["changed"] == 1
    assert difference["changed"][0]["gained"] == {"identifiers": ["lei, 529900EXAMPLE0000042"]}
    assert "+ identifiers: lei, 529900EXAMPLE0000042" in run("diff", old, new).output


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[str]:
    """A server on this machine that publishes the sample."""
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "SDN.XML").write_bytes(SDN.read_bytes())

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=tmp_path / "www")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_update_fetches_and_keeps(publisher: str, tmp_path: Path) -> None:
    """Updated, unchanged, failed: each is said, and a failure ends with status 2."""
    folder = tmp_path / "lists"
    how = ("--folder", folder, "--loopback", "--minimum", 0)
    first = run("update", "ofac-sdn", "--address", f"{publisher}/SDN.XML", *how)
    again = run("update", "ofac-sdn", "--address", f"{publisher}/SDN.XML", *how)
    gone = run("update", "ofac-sdn", "--address", f"{publisher}/GONE.XML", *how)

    assert (first.exit_code, first.output) == (0, "ofac-sdn: updated: 2031-03-28, 4 parties\n")
    assert (again.exit_code, again.output) == (0, "ofac-sdn: unchanged: 2031-03-28, 4 parties\n")
    assert gone.exit_code == 2
    assert "ofac-sdn: FAILED:" in gone.output
    assert "404" in gone.output
    assert "the list of 2031-03-28 stays in use" in gone.output
    assert len(read_list(folder / "ofac-sdn.json.gz")) == 4


def test_configuration_says_how_much_an_update_may_lose(publisher: str, tmp_path: Path) -> None:
    """``--config`` holds for a list that is fetched in place of another."""
    used, rules = tmp_path / "ofac-sdn.json.gz", tmp_path / "rules.toml"
    sample = read_list(SDN, minimum=0)
    gone = sample.parties[0].model_copy(update={"id": "ofac-sdn:gone"})
    sample.model_copy(update={"parties": (*sample.parties, gone)}).save(used)
    rules.write_text("max_list_shrink = 0.9\n")
    update = ("update", "ofac-sdn", "--address", f"{publisher}/SDN.XML", "--folder", tmp_path)
    how = ("--loopback", "--minimum", 0)

    assert run(*update, *how).exit_code == 2
    assert run("--config", rules, *update, *how).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("update", "no-such-list"),
        ("update", "--address", "https://example.org"),
        ("update", "ofac-sdn", "un-sc", "--address", "https://example.org"),
    ],
)
def test_update_refuses_bad_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A source that nobody knows, or an address for several, is bad usage."""
    assert run(*arguments, "--folder", tmp_path).exit_code == 2
    assert not list(tmp_path.iterdir())
