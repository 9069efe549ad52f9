"""Clearances in a file: kept, carried elsewhere, used by several processes at once."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.cleared import exchange, reopen
from sanctscreen.cleared.store import Store
from sanctscreen.cli import cli
from sanctscreen.errors import ClearanceError
from sanctscreen.model import Clearance, Party
from sanctscreen.party_list import PartyList

BEFORE = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def made(number: int = 0, **other: Any) -> Clearance:
    usual = {
        "counterparty": f"{number:064x}",
        "party": "x:1",
        "entry": "b" * 64,
        "matched_name": "Listed Bank",
        "author": "Ann",
        "reason": "another bank",
        "decided_at": BEFORE + timedelta(seconds=number),
        "expires": date(2027, 1, 5),
    }
    return Clearance.model_validate(usual | other)


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    """In order, once each, from another opening of the file."""
    store = Store(tmp_path / "store.db", create=True)

    assert store.add([made(1), made(2), made(1)]) == 2
    assert store.add([made(2), made(3)]) == 1
    kept = Store(store.path).history()
    assert [(each.number, each.said) for each in kept] == [(n, made(n)) for n in (1, 2, 3)]
    assert store.get(2) == made(2)
    assert len(store.clearances()) == 3


def test_nothing_is_kept_of_an_act_that_fails(tmp_path: Path) -> None:
    """A generator that breaks off leaves the store as it was."""
    store = Store(tmp_path / "store.db", create=True)

    def broken() -> Any:
        yield made(1)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        store.add(broken())
    assert store.history() == []


ALTERED = {
    "changed": ("UPDATE clearances SET content = replace(content, 'Ann', 'Eve')", "never changed"),
    "deleted": ("DELETE FROM clearances WHERE number = 1", "never deleted"),
}


@pytest.mark.parametrize(("statement", "message"), ALTERED.values(), ids=ALTERED)
def test_the_file_resists_and_shows_what_was_altered(
    statement: str, message: str, tmp_path: Path
) -> None:
    """The file refuses a change; one that is forced upon it is found when it is read."""
    store = Store(tmp_path / "store.db", create=True)
    store.add([made(1), made(2)])
    database = sqlite3.connect(store.path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match=message):
        database.execute(statement)
    for trigger in ("never_changed", "never_deleted"):
        database.execute(f"DROP TRIGGER {trigger}")
    database.execute(statement)
    database.close()

    with pytest.raises(ClearanceError, match=r"altered this|number 1 is missing"):
        store.clearances()


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    """Text, another database, a folder, nothing at all."""
    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("no database, but long enough to be taken for one" * 100, encoding="utf-8")
    database = sqlite3.connect(other)
    database.execute("CREATE TABLE mine (content TEXT)")
    database.close()
    before = (text.read_bytes(), other.read_bytes())

    for path in (text, other, tmp_path, tmp_path / "none.db"):
        with pytest.raises(ClearanceError):
            Store(path)
        if path.exists():
            with pytest.raises(ClearanceError):
                Store(path, create=True)
    assert (text.read_bytes(), other.read_bytes()) == before
    assert not (tmp_path / "none.db").exists()


@given(author=TEXT, reason=TEXT, name=TEXT, reference=st.none() | TEXT)
@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_file_carries_every_word_unchanged(
    suffix: str, tmp_path_factory: pytest.TempPathFactory, **text: Any
) -> None:
    """Whatever characters it has; no cell of a CSV file is a formula."""
    path = tmp_path_factory.mktemp("carried") / f"said{suffix}"
    said = [made(1, **text), reopen(made(1, **text), author="=1+1", reason="'@SUM(A1)")]
    path.write_bytes(exchange.write(said, path))

    assert exchange.read(path) == (said, 0)
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))]


HOSTILE = {
    "no.txt": ("", "must end in .csv or .json"),
    "empty.csv": ("", "the columns must be"),
    "columns.csv": ("a,b\n1,2\n", "the columns must be"),
    "cells.csv": ("{header}\n1,2\n", "2 cells instead of 12"),
    "quote.csv": ('{header}\n"open', "cannot be read"),
    "wide.csv": ("{header}\n" + "x" * 200_000, "cannot be read"),
    "missing.csv": ("{header}\nclear" + "," * 11 + "\n", "row 2"),
    "action.csv": ("{header}\nforget" + "," * 11 + "\n", "row 2"),
    "bytes.csv": ("\udcff", "cannot be read"),
    "text.json": ("{", "cannot be read"),
    "deep.json": ("[" * 100_000, "cannot be read"),
    "object.json": ("{}", "not a list of objects"),
    "number.json": ("[1]", "not a list of objects"),
    "field.json": ('[{"action": "clear", "more": 1}]', "row 1"),
    "digest.json": ('[{row}, {row, "counterparty": "x"}]', "row 2: counterparty"),
    "future.json": (
        '[{row, "decided_at": "2999-01-01T00:00:00Z", "expires": "3000-01-01"}]',
        "decided_at",
    ),
    "naive.json": ('[{row, "decided_at": "2026-01-01T00:00:00"}]', "decided_at"),
    "endless.json": ('[{row, "expires": null}]', "needs a day on which it expires"),
    "past.json": ('[{row, "expires": "2020-01-01"}]', "must expire after"),
    "long.json": ('[{row, "reason": "' + "x" * 2001 + '"}]', "at most 2000"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_kept_is_refused_whole(name: str, tmp_path: Path) -> None:
    """One clear line that names the file and the row, and no store."""
    content, message = HOSTILE[name]
    row = made(1).model_dump_json()
    content = content.replace("{header}", ",".join(exchange.COLUMNS))
    content = content.replace("{row}", row).replace("{row, ", row[:-1] + ", ")
    path, store = tmp_path / name, tmp_path / "store.db"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    result = run("cleared", "import", store, path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert not store.exists()


WRITER = """
import sys
from datetime import UTC, date, datetime
from sanctscreen.cleared.store import Store
from sanctscreen.model import Clearance
path, who, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for number in range(times):
    Store(path, create=True).add([Clearance(
        counterparty=f"{who * 1_000_000 + number:064x}", party="x:1", entry="b" * 64,
        matched_name="Listed Bank", author=str(who), reason="another bank",
        decided_at=datetime.now(UTC), expires=date(2999, 1, 1))])
    print(number, flush=True)
"""


def writer(path: Path, who: int, times: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), str(who), str(times)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def test_two_processes_clear_while_a_third_reads(tmp_path: Path) -> None:
    """Every word of both is kept, and a reader sees a growing, whole store."""
    path, times = tmp_path / "store.db", 40
    writers = [writer(path, who, times) for who in (1, 2)]
    seen = [0]
    while any(each.poll() is None for each in writers):
        seen.append(len(Store(path, create=True).clearances()))
    for each in writers:
        each.communicate()

    assert [each.returncode for each in writers] == [0, 0]
    assert seen == sorted(seen)
    kept = Store(path).history()
    assert len(kept) == 2 * times
    assert sum(each.said.author == "1" for each in kept) == times


def test_a_killed_process_leaves_a_store_that_others_use(tmp_path: Path) -> None:
    """What it had answered is kept."""
    path = tmp_path / "store.db"
    process = writer(path, 1, 1_000_000)
    assert process.stdout
    answered = 0
    for line in process.stdout:
        answered = int(line) + 1
        if answered == 5:
            break
    process.kill()
    answered += len(process.communicate()[0].splitlines())

    kept = Store(path).history()
    assert answered <= len(kept) <= answered + 1
    assert Store(path).add([made()]) == 1


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


@pytest.fixture
def screened(tmp_path: Path) -> list[str | Path]:
    """Return the arguments that screen a file of three rows into a table."""
    listed, rows = tmp_path / "list.json", tmp_path / "rows.csv"
    PartyList(parties=(Party(id="x:1", kind="entity", names=("Listed Bank",)),)).save(listed)
    rows.write_text("id,name\nA,Listed Bank\nB,Listed Bank\nC,Bakery\n", encoding="utf-8")
    assert run("screen-file", rows, "-o", tmp_path / "out.jsonl", "--list", listed).exit_code == 1
    return ["screen-file", rows, "-o", tmp_path / "out.csv", "--list", listed]


def decisions(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [row["screening_decision"] for row in csv.DictReader(stream)]


def test_an_analyst_clears_a_hit_from_the_command_line(
    screened: list[str | Path], tmp_path: Path
) -> None:
    """Clear, screen again, show, export, import elsewhere, take back."""
    store, elsewhere = tmp_path / "store.db", tmp_path / "elsewhere.db"
    add = ["cleared", "add", store, tmp_path / "out.jsonl", "--party", "x:1"]
    word = ["--author", "Ann", "--reason", "=another bank"]

    assert "2 results have a hit on 'x:1', in lines 1, 2" in run(*add, *word).stderr
    assert run(*add, *word, "--reference", "B").exit_code == 0

    page = tmp_path / "page.html"
    result = run(*screened, "--cleared", store, "--report", page)
    assert result.exit_code == 1
    assert decisions(tmp_path / "out.csv") == ["match", "clear", "clear"]
    assert "cleared by Ann" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert "Cleared by Ann" in page.read_text(encoding="utf-8")

    listed = json.loads(run("cleared", "list", store, "--json").stdout)["clearances"]
    assert [(each["number"], each["reference"]) for each in listed] == [(1, "B")]
    shown = " ".join(run("cleared", "list", store).stdout.split())
    assert "no match:" in shown
    assert "Ann" in shown

    assert run("cleared", "export", store, "-o", tmp_path / "said.csv").exit_code == 0
    assert "1 of 1 are new" in run("cleared", "import", elsewhere, tmp_path / "said.csv").stdout
    assert "0 of 1 are new" in run("cleared", "import", elsewhere, tmp_path / "said.csv").stdout
    assert run("cleared", "reopen", elsewhere, "1", *word).exit_code == 0
    assert "clears nothing" in run("cleared", "reopen", elsewhere, "2", *word).stderr
    assert "no number 9" in run("cleared", "reopen", elsewhere, "9", *word).stderr

    run(*screened, "--cleared", elsewhere)
    assert decisions(tmp_path / "out.csv") == ["match", "match", "clear"]


def test_an_analyst_fills_in_a_worksheet(screened: list[str | Path], tmp_path: Path) -> None:
    """Every open hit is a row; those with an action are taken, the others stay open."""
    store, sheet = tmp_path / "store.db", tmp_path / "sheet.csv"
    assert run("cleared", "worksheet", tmp_path / "out.jsonl", "-o", sheet).exit_code == 0
    assert "0 of 0 are new, 2 undecided" in run("cleared", "import", store, sheet).stdout

    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["reference"], row["party"], row["action"]) for row in rows] == [
        ("A", "x:1", ""),
        ("B", "x:1", ""),
    ]
    rows[1] |= {"action": "clear", "author": "Ann", "reason": "another bank"}
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, exchange.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    assert "1 of 1 are new, 1 undecided" in run("cleared", "import", store, sheet).stdout

    run(*screened, "--cleared", store)
    assert decisions(tmp_path / "out.csv") == ["match", "clear", "clear"]
    (kept,) = Store(store).history()
    assert kept.said.expires == kept.said.decided_at.date() + timedelta(days=365)


PAYMENT = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<CdtTrfTxInf><PmtId><EndToEndId>A-1</EndToEndId></PmtId><Dbtr><Nm>Listed Bank</Nm></Dbtr>
<Cdtr><Nm>Listed Bank</Nm></Cdtr></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>"""


def test_a_payment_is_cleared_field_by_field(screened: list[str | Path], tmp_path: Path) -> None:
    """The next message with the same party is clear, and its record says why."""
    store, answer, message = (tmp_path / each for each in ("store.db", "answer.json", "pay.xml"))
    message.write_text(PAYMENT, encoding="utf-8")
    screen = ["screen-payment", message, "--list", screened[-1], "--json"]
    answer.write_text(run(*screen).stdout, encoding="utf-8")
    add = ["cleared", "add", store, answer, "--party", "x:1", "--author", "Ann", "--reason", "no"]

    assert "2 results have a hit" in run(*add, "--transaction", "A-1").stderr
    assert run(*add, "--transaction", "A-1", "--field", "creditor").exit_code == 0
    result = run(*screen, "--cleared", store)
    assert result.exit_code == 0  # the debtor says the same of itself
    fields = {each["field"]: each["result"] for each in json.loads(result.stdout)["findings"]}
    assert [len(fields["creditor"][each]) for each in ("hits", "cleared")] == [0, 1]

    listed = ["--old", screened[-1], "--new", screened[-1], "-o", tmp_path / "now.jsonl"]
    assert "screen the message again" in run("rescreen", answer, *listed).stderr


def test_one_name_is_cleared_from_its_answer(screened: list[str | Path], tmp_path: Path) -> None:
    """The JSON of ``screen`` is enough; the next answer is clear and says who cleared it."""
    store, answer = tmp_path / "store.db", tmp_path / "answer.json"
    screen = ["screen", "Listed Bank", "--list", screened[-1]]
    answer.write_text(run(*screen, "--json").stdout, encoding="utf-8")
    word = ["--author", "Ann", "--reason", "no", "--expires"]

    assert "no day" in run("cleared", "add", store, answer, "--party", "x:1", *word, "x").stderr
    done = run("cleared", "add", store, answer, "--party", "x:1", *word, "2999-12-31")
    assert "x:1 is cleared until 2999-12-31" in done.stdout
    result = run(*screen, "--cleared", store)
    assert (result.exit_code, "cleared by Ann" in result.stdout) == (0, True)


NO_RESULTS = [
    *("", "{}", "[", "1", "\udcff", '{"hits": []}', '{"findings": 1}', '{"findings": [{}]}'),
    *('{"findings": [1]}', '{"findings": [{"result": 1}]}', "[" * 100_000),
]


@pytest.mark.parametrize("content", NO_RESULTS, ids=range(len(NO_RESULTS)))
def test_results_that_are_none_are_refused(content: str, tmp_path: Path) -> None:
    """One clear line, no store."""
    path = tmp_path / "results.jsonl"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    word = ["--party", "x:1", "--author", "Ann", "--reason", "no"]

    result = run("cleared", "add", tmp_path / "store.db", path, *word)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "results.jsonl" in result.stderr
    assert not (tmp_path / "store.db").exists()
