"""Rescreening equals a full run, and a look-back says what another configuration would move."""

from __future__ import annotations

import csv
import inspect
import json
from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen import recorded
from sanctscreen.batch import screen_file
from sanctscreen.cleared import Clearances, clear, reopen
from sanctscreen.cli import cli
from sanctscreen.diff import diff
from sanctscreen.errors import ResultsError
from sanctscreen.ledger import Ledger, entries
from sanctscreen.lookback import look_back
from sanctscreen.model import Clearance, Identifier, Name, PartialDate, SourceStatus
from sanctscreen.recorded import Recorded, checked, read_results
from sanctscreen.rescreen import Rescreener

HISTORY = Path(__file__).parents[2] / "shared" / "data"
NAMES = [
    *("Listed Maritime Bank", "Listed Bank", "Maritime Bank Listed", "Ivan Petrov"),
    *("Petrov Trading House", "Iwan Petrow", "Bakery Nord", "House of Petrov"),
]
STATUSES = ["designated", "unclear", "delisted"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


@st.composite
def parties(draw: st.DrawFn, number: int) -> ss.Party:
    """Make a party that may share names, numbers and days of birth with counterparties."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    quality = draw(st.sampled_from(["unknown", "weak"]))
    return ss.Party(
        id=f"x:{number}",
        kind=draw(st.sampled_from([None, "person", "entity"])),
        names=[Name(full=names[0]), *(Name(full=each, quality=quality) for each in names[1:])],
        statuses=[SourceStatus(source="x", status=draw(st.sampled_from(STATUSES)))],
        dates_of_birth=[PartialDate.of(draw(st.sampled_from([1960, 1971])), 1, 1)],
        identifiers=draw(st.sampled_from([[], [Identifier(type="passport", value="A1")]])),
    )


def lists(draw: st.DrawFn, version: str, keep: Sequence[ss.Party] = ()) -> ss.PartyList:
    """Make a list of which each party may be as it was before."""
    found = []
    for number in sorted(draw(st.sets(st.integers(0, 5), min_size=1))):
        same = next((each for each in keep if each.id == f"x:{number}"), None)
        found.append(same if same and draw(st.booleans()) else draw(parties(number)))
    return ss.PartyList(parties=found, version=version)


COUNTERPARTIES = [
    ss.Counterparty(
        name=name,
        kind=kind,
        reference=f"C{number}",
        date_of_birth=["1960-01-01", None][number % 2],
        identifiers={"passport": "A1"} if number % 3 == 0 else {},
    )
    for number, (name, kind) in enumerate(
        [(name, kind) for name in [*NAMES[::2], ""] for kind in (None, "person", "entity")]
    )
]


def records(screener: ss.Screener) -> list[dict[str, Any]]:
    """Screen every counterparty, with a threshold of its own for some, and others as text."""
    found = [screener.screen(each) for each in COUNTERPARTIES]
    found += [screener.screen(each, threshold=60) for each in COUNTERPARTIES[::4]]
    found += [screener.screen_text(each) for each in NAMES[1::2]]
    return [each.record() for each in found]


def as_recorded(found: Sequence[dict[str, Any]]) -> Iterator[Recorded]:
    """Read records back as from a file."""
    for number, each in enumerate(found, start=1):
        yield checked(json.loads(json.dumps(each)), number, Path("results.jsonl"))


def timeless(record: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in record.items() if key != "screened_at"})


def words(draw: st.DrawFn, found: Sequence[dict[str, Any]]) -> list[Clearance]:
    """Clear some hits, of which some expired since, and some were opened again."""
    said = []
    for each in found:
        for hit in each["hits"]:
            how = draw(st.sampled_from(["open", "open", "clear", "expired", "reopened"]))
            if how == "open":
                continue
            word = clear(each, hit["party"], author="Ann", reason="no")
            now = datetime.now(UTC)
            earlier = {"decided_at": now - timedelta(9), "expires": now.date()}
            said.append(word.model_copy(update=earlier) if how == "expired" else word)
            said += [reopen(word, author="Ben", reason="yes")] if how == "reopened" else []
    return said


@given(data=st.data())
@settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_rescreening_equals_a_full_run(data: st.DataObject) -> None:
    """Whatever changes in the list, and whatever analysts said before and since."""
    old = lists(data.draw, "1")
    new = lists(data.draw, "2", old.parties)
    plain = records(ss.Screener(old))
    before = Clearances(words(data.draw, plain) if data.draw(st.booleans()) else [])
    yesterday = records(ss.Screener(old, cleared=before))
    since = data.draw(st.sampled_from([before, Clearances(), None]))
    after = Clearances(words(data.draw, plain)) if since is None else since

    found = list(Rescreener([old], [new], cleared=after).rescreen(as_recorded(yesterday)))

    expected = records(ss.Screener(new, cleared=after))
    assert [timeless(each.record) for each in found] == [timeless(each) for each in expected]


def test_only_what_the_change_can_touch_is_screened_again() -> None:
    """A party that is new, one that changed, one that is gone; nobody else."""
    bank, firm, gone = (
        ss.Party(id=f"x:{number}", kind="entity", names=[name])
        for number, name in enumerate(["Listed Maritime Bank", "Zephyr Quarry", "Oreshnik House"])
    )
    changed = firm.model_copy(update={"notes": ("a remark",)})
    added = ss.Party(id="x:3", kind="entity", names=["Kalina Shipping"])
    old = ss.PartyList(parties=[bank, firm, gone], version="1")
    new = ss.PartyList(parties=[bank, changed, added], version="2")
    names = ["Listed Maritime Bank", "Zephyr Quarry", "Oreshnik House", "Kalina Shipping", "Nobody"]
    screener = ss.Screener(old)
    yesterday = [screener.screen(name).record() for name in names]

    rescreener = Rescreener([old], [new])
    found = list(rescreener.rescreen(as_recorded(yesterday)))

    assert [party.id for party in rescreener.changed] == ["x:3", "x:1"]
    assert [each.touched for each in found] == [False, True, True, True, False]
    decisions = [each.record["decision"] for each in found]
    assert decisions == ["match", "match", "clear", "match", "clear"]


#: what is done to a result, and why it is refused
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "configuration": ({"config_digest": "0" * 64}, "another configuration"),
    "library": ({"library_version": "0.0.1"}, r"made with sanctscreen 0\.0\.1"),
    "list": ({"lists": [{"version": "1", "digest": "0" * 64}]}, "another list than the old one"),
    "two lists": ({"lists": []}, "another list than the old one"),
    "limit": ({"unshown": 1}, "a limit has cut its hits off"),
    "input": ({"input": {"name": "Somebody Else"}}, "input is not all that was screened"),
    "no hits": ({"hits": None}, "no result of this version of sanctscreen: hits"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_a_result_that_cannot_be_built_upon_is_refused(how: str) -> None:
    """With the line that is at fault."""
    changes, message = REFUSED[how]
    old = ss.PartyList(parties=[ss.Party(id="x:1", names=["Listed Bank"])], version="1")
    good = ss.Screener(old).screen("Listed Bank").record()

    with pytest.raises(ResultsError, match=f"results.jsonl, row 2: .*{message}"):
        list(Rescreener([old], [old]).rescreen(as_recorded([good, good | changes])))


def test_lists_that_grow_old_say_so_again() -> None:
    """The remark about age is that of the day of rescreening."""
    old = ss.PartyList(parties=[ss.Party(id="x:1", names=["Listed Bank"])], version="1")
    config = ss.Config(max_list_age_days=1)
    yesterday = ss.Screener(old, config=config).screen("Nobody").record()
    aged = yesterday | {"out_of_date": ["something else"]}

    (found,) = Rescreener([old], [old], config=config).rescreen(as_recorded([aged]))

    assert not found.touched
    assert timeless(found.record) == timeless(yesterday)


def test_reasons_for_the_configuration_are_those_of_today() -> None:
    """They stand in the record and in no digest."""
    old = ss.PartyList(parties=[ss.Party(id="x:1", names=["Listed Bank"])], version="1")
    config = ss.Config(rationale={"thresholds.person": "approved in May"})
    yesterday = ss.Screener(old).screen("Nobody").record()

    (found,) = Rescreener([old], [old], config=config).rescreen(as_recorded([yesterday]))

    assert timeless(found.record) == timeless(
        ss.Screener(old, config=config).screen("Nobody").record()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two lists, and a file of rows that one of them was screened with."""
    bank, firm = (
        ss.Party(id=f"x:{number}", kind="entity", names=[name])
        for number, name in enumerate(["Listed Maritime Bank", "Zephyr Quarry"])
    )
    ss.PartyList(parties=[bank], version="1").save(tmp_path / "old.json")
    ss.PartyList(parties=[bank, firm], version="2").save(tmp_path / "new.json")
    (tmp_path / "rows.csv").write_text(
        "id,name,date of birth\n1,Listed Maritime Bank,\n2,Zephyr Quarry,the 32nd\n3,Nobody,\n"
        '4,"=1+1",\n5,Listed Maritim Bank,\n',
        encoding="utf-8",
    )
    return tmp_path


def screened(folder: Path, which: str, *more: str | Path) -> bytes:
    target = folder / f"{which}.jsonl"
    listed = folder / f"{which}.json"
    assert run("screen-file", folder / "rows.csv", "-o", target, "--list", listed, *more)
    return target.read_bytes()


def test_rescreening_from_the_command_line(folder: Path) -> None:
    """The same bytes as a full run, from a file and from a ledger, with cleared hits too."""
    store, ledger = folder / "store.db", folder / "ledger.db"
    lines = ["--old", folder / "old.json", "--new", folder / "new.json", "-o", folder / "now.jsonl"]
    screened(folder, "old", "--ledger", ledger)
    word = ["--party", "x:0", "--reference", "1", "--author", "Ann", "--reason", "no"]
    assert run("cleared", "add", store, folder / "old.jsonl", *word).exit_code == 0
    expected = screened(folder, "new", "--cleared", store)

    result = run("rescreen", folder / "old.jsonl", *lines, "--cleared", store, "--json")
    assert (folder / "now.jsonl").read_bytes() == expected
    said = json.loads(result.stdout)
    assert (result.exit_code, said["rows"], said["touched"], said["moved"]) == (1, 5, 2, 2)
    names = [(each["name"], each["gained"], each["lost"]) for each in said["first_moved"]]
    assert names == [("Listed Maritime Bank", [], ["x:0"]), ("Zephyr Quarry", ["x:1"], [])]
    assert {"from": "match", "to": "clear", "rows": 1} in said["decisions"]

    assert run("rescreen", folder / "old.jsonl", *lines, "--cleared", store, "--workers", "2")
    assert (folder / "now.jsonl").read_bytes() == expected

    shown = run("rescreen", ledger, *lines, "--cleared", store, "--ledger", ledger).stdout
    assert "2 were screened again" in shown
    assert "review → match" in shown
    assert "2 results with other hits or another decision" in shown
    now = [json.loads(line) for line in (folder / "now.jsonl").read_text("utf-8").splitlines()]
    for one, other in zip(now, map(json.loads, expected.splitlines()), strict=True):
        assert {key: one[key] for key in one if key not in {"file", "screened_at"}} == {
            key: other[key] for key in other if key != "columns"
        }

    assert run("verify", ledger).exit_code == 0
    runs = {each.content["run"] for each in entries(ledger) if each.kind == "end"}
    assert len(runs) == 2
    again = run("rescreen", ledger, *lines, "--run", next(iter(runs)))
    assert (again.exit_code == 2) == ("made with another list" in again.stderr)


def test_a_rescreening_is_written_as_csv_too(folder: Path) -> None:
    """The same bytes as a full run, for plain rows, hits, cleared hits and faults alike."""
    store = folder / "store.db"
    screened(folder, "old")
    word = ["--party", "x:0", "--reference", "1", "--author", "Ann", "--reason", "no"]
    assert run("cleared", "add", store, folder / "old.jsonl", *word).exit_code == 0
    lines = ["--old", folder / "old.json", "--new", folder / "new.json", "--cleared", store]
    against = ["--list", folder / "new.json", "--cleared", store]
    run("screen-file", folder / "rows.csv", "-o", folder / "new.csv", *against)

    run("rescreen", folder / "old.jsonl", *lines, "-o", folder / "now.csv")

    assert (folder / "now.csv").read_bytes() == (folder / "new.csv").read_bytes()


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("old.db", "now.csv", "holds no row of a file"),
        ("one.jsonl", "now.csv", "holds no row of a file"),
        ("old.jsonl", "now.parquet", "is written as .csv or .jsonl"),
    ],
)
def test_what_cannot_be_written_is_refused(
    folder: Path, source: str, target: str, message: str
) -> None:
    """With one clear line, and no file."""
    screened(folder, "old", "--ledger", folder / "old.db")
    one = run("screen", "Nobody", "--list", folder / "old.json", "--json").stdout
    (folder / "one.jsonl").write_text(json.dumps(json.loads(one)) + "\n", encoding="utf-8")
    lines = ["--old", folder / "old.json", "--new", folder / "new.json", "-o", folder / target]

    result = run("rescreen", folder / source, *lines)

    assert (result.exit_code, (folder / target).exists()) == (2, False)
    assert message in " ".join(result.stderr.split())


def test_a_refused_rescreening_writes_nothing(folder: Path) -> None:
    """One clear line, no file."""
    screened(folder, "old")
    target = folder / "now.jsonl"
    lines = ["--old", folder / "new.json", "--new", folder / "new.json", "-o", target]

    result = run("rescreen", folder / "old.jsonl", *lines)

    assert (result.exit_code, result.stdout, target.exists()) == (2, "", False)
    assert "old.jsonl, row 1: made with another list than the old one" in result.stderr


def test_a_ledger_that_cannot_be_rescreened_says_why(folder: Path) -> None:
    """Digests in place of the input, no run, a run without its end or without a row."""
    key, target = folder / "key", folder / "now.jsonl"
    key.write_text("k" * 32, encoding="utf-8")
    lists = ["--old", folder / "old.json", "--new", folder / "new.json", "-o", target]
    screened(folder, "old", "--ledger", folder / "secret.db", "--ledger-key", key)
    Ledger(folder / "empty.db")
    Ledger(folder / "part.db").record([{"run": "r", "row": 2}], end={"run": "r", "rows": 2})
    Ledger(folder / "open.db").record([{"run": "r", "row": 2}])

    for name, message in (
        ("secret.db", "digests in place of the input"),
        ("empty.db", "no run  has ended"),
        ("open.db", "no run  has ended"),
        ("part.db", "the run r is not whole"),
    ):
        result = run("rescreen", folder / name, *lists)
        assert (result.exit_code, target.exists()) == (2, False)
        assert " ".join(message.split()) in " ".join(result.stderr.split())


def test_of_a_row_that_was_screened_twice_the_later_counts(folder: Path) -> None:
    """As after a crash, when a run goes on."""
    screened(folder, "old", "--ledger", folder / "ledger.db")
    rows = [dict(each.content) for each in entries(folder / "ledger.db")][1:-1]
    ledger = Ledger(folder / "twice.jsonl")
    ledger.record(rows[:3])
    ledger.record(rows[1:], end={"run": rows[0]["run"], "rows": 5})

    assert [each.result.row for each in read_results(ledger.path)] == [2, 3, 4, 5, 6]


def test_a_look_back_reports_the_decisions_that_would_move(folder: Path) -> None:
    """By row, with the parties gained and lost; cleared hits count as open."""
    store, rules = folder / "store.db", folder / "rules.toml"
    rules.write_text("threshold = 99\n", encoding="utf-8")
    screened(folder, "old")
    word = ["--party", "x:0", "--reference", "5", "--author", "Ann", "--reason", "no"]
    run("cleared", "add", store, folder / "old.jsonl", *word)
    screened(folder, "old", "--cleared", store)
    lines = ["look-back", folder / "old.jsonl", "--list", folder / "old.json"]

    usual = run(*lines)
    assert (usual.exit_code, "No result would have other hits" in usual.stdout) == (0, True)
    stricter = run("--config", rules, *lines, "--json")
    assert stricter.exit_code == 1
    (moved,) = map(json.loads, stricter.stdout.splitlines())
    assert moved == {
        "line": 5,
        "row": 6,
        "reference": "5",
        "name": "Listed Maritim Bank",
        "before": "match",
        "after": "clear",
        "gained": [],
        "lost": ["x:0"],
    }
    assert "match → clear" in run("--config", rules, *lines).stdout
    other = run("look-back", folder / "old.jsonl", "--list", folder / "new.json")
    assert (other.exit_code, "made with another list" in other.stderr) == (2, True)


@pytest.mark.parametrize("command", ["look-back", "rescreen"])
def test_a_file_that_is_refused_midway_is_closed(
    folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, whoever keeps the error and what it came from."""
    read: list[Generator[Recorded]] = []
    monkeypatch.setattr(
        recorded, "read_results", lambda *given: read.append(read_results(*given)) or read[0]
    )
    screened(folder, "old")
    new, old, again = folder / "new.json", folder / "old.json", folder / "again.jsonl"
    lists = {
        "look-back": ["--list", new],
        "rescreen": ["--old", new, "--new", old, "--output", again],
    }

    refused = run(command, folder / "old.jsonl", *lists[command])

    assert (refused.exit_code, "made with another list" in refused.stderr) == (2, True)
    assert [inspect.getgeneratorstate(each) for each in read] == [inspect.GEN_CLOSED]


def test_a_look_back_takes_the_thresholds_of_the_other_configuration() -> None:
    """Also where the run had one of its own; free text stays free text."""
    listed = ss.PartyList(parties=[ss.Party(id="x:1", kind="entity", names=["Listed Bank"])])
    screener = ss.Screener(listed)
    found = [
        screener.screen("Listed Banq", threshold=100).record(),
        screener.screen_text("FUEL FOR LISTED BANK OF THE MONTH").record(),
    ]

    moved = list(look_back(as_recorded(found), screener))

    assert [(each.before, each.after) for each in moved] == [("clear", "match"), ("match", "match")]
    assert [each.gained for each in moved] == [("x:1",), ()]


PAIRS = [
    ("2021-12-22", "2021-12-30"),
    ("2022-03-21", "2022-03-24"),
    ("2022-04-22", "2022-04-29"),
    ("2024-02-28", "2024-03-04"),
]


@pytest.mark.skipif(not HISTORY.exists(), reason="needs the snapshots of the real list")
@pytest.mark.parametrize(("then", "now"), PAIRS, ids=lambda day: day)
def test_rescreening_equals_a_full_run_on_real_changes(then: str, now: str, tmp_path: Path) -> None:
    """Customers, and the names of parties that were added, removed or changed: the same bytes."""
    snapshots = HISTORY / "ofac" / "history"
    old, new = (ss.read_list(snapshots / f"sdn-{day}.csv.gz") for day in (then, now))
    change = diff(old, new)
    touched = [*change.added, *change.removed, *(each.after for each in change.changed)]
    with (HISTORY / "eval" / "counterparties_10k_dev.csv").open(encoding="utf-8") as stream:
        names = [row["name"] for row in csv.DictReader(stream)][::100]
    names += [party.name for party in touched[:: max(1, len(touched) // 50)]]
    names += [party.name for party in old.parties[::400]]
    source = tmp_path / "rows.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["name"], *([name] for name in names)])
    yesterday, expected = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    screen_file(source, yesterday, ss.Screener(old))
    screen_file(source, expected, ss.Screener(new))

    found = list(Rescreener([old], [new]).rescreen(read_results(yesterday)))

    lines = (
        json.dumps(each.record, ensure_ascii=False, separators=(",", ":")) + "\n" for each in found
    )
    assert "".join(lines).encode() == expected.read_bytes()
    assert 0 < sum(each.touched for each in found) < len(names)
