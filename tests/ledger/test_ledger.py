"""The ledger: what it takes, what it withholds, and what its verification finds."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanctscreen.cli import cli
from sanctscreen.config import Config
from sanctscreen.errors import LedgerError, ResultsError
from sanctscreen.ledger import Ledger, entries
from sanctscreen.ledger.books import LineBook
from sanctscreen.ledger.chain import NOTHING, Head, link
from sanctscreen.ledger.privacy import PREFIX, keyed
from sanctscreen.ledger.verify import Verified, verify, verify_all
from sanctscreen.model import Party
from sanctscreen.model.digests import canonical, digest_of
from sanctscreen.party_list import PartyList
from sanctscreen.recorded import read_results

NAMES = ["ledger.jsonl", "ledger.db"]
KEY = b"a key of more than thirty-two characters"


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments], env=environment)


def filled(path: Path, records: int = 5) -> Ledger:
    ledger = Ledger(path)
    for number in range(records):
        ledger.record([{"decision": "clear", "row": number}])
    return ledger


def kept(path: Path) -> list[bytes]:
    """Return the lines of a ledger as they stand."""
    if path.suffix == ".jsonl":
        return path.read_bytes().splitlines()
    database = sqlite3.connect(path)
    lines = [line.encode() for (line,) in database.execute("SELECT line FROM records")]
    database.close()
    return lines


def put(path: Path, lines: list[bytes]) -> None:
    """Put lines in the place of those of a ledger, as somebody with the right to write could."""
    if path.suffix == ".jsonl":
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return
    database = sqlite3.connect(path)
    for trigger in ("never_changed", "never_deleted"):
        database.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    database.execute("DELETE FROM records")
    rows = ((line.decode(),) for line in lines)
    database.executemany("INSERT INTO records (line) VALUES (?)", rows)
    database.commit()
    database.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_ledger_holds_what_it_was_given(name: str, tmp_path: Path) -> None:
    """In order, each record with number, time and the hash of the one before."""
    path = tmp_path / name
    head = filled(path, 3).record([{"decision": "match"}, {"decision": "review"}])

    found = list(entries(path))
    assert [each.kind for each in found] == ["opened", *["screening"] * 5]
    assert [each.content.get("row") for each in found] == [None, 0, 1, 2, None, None]
    assert [each.number for each in found] == [1, 2, 3, 4, 5, 6]
    assert [each.previous for each in found] == [NOTHING, *(each.hash for each in found[:-1])]
    report = verify(path, head=head)
    assert report.intact
    assert (report.records, report.screenings, report.head) == (6, 5, head)
    assert report.first
    assert report.last
    assert report.first <= report.last <= datetime.now(UTC)


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[3], lines[2], *lines[4:]]


def forged(lines: list[bytes]) -> list[bytes]:
    """Exchange a record for another with a hash that is right by itself."""
    before = Head(2, json.loads(lines[1])["hash"])
    return [*lines[:2], link(before, "screening", {"decision": "clear"})[0], *lines[3:]]


#: what is done to six lines, and what is found
TAMPERED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "altered": (
        lambda lines: [*lines[:2], lines[2].replace(b"clear", b"match"), *lines[3:]],
        "record 3 was altered",
    ),
    "altered last": (
        lambda lines: [*lines[:5], lines[5].replace(b"clear", b"match")],
        "record 6 was altered",
    ),
    "respaced": (
        lambda lines: [*lines[:2], lines[2].replace(b",", b", ", 1), *lines[3:]],
        "record 3 was altered",
    ),
    "forged": (forged, "record 4 does not follow the one before it"),
    "removed": (
        lambda lines: [*lines[:2], *lines[4:]],
        "record 3 has the number 5: 3 to 4 are missing",
    ),
    "first removed": (lambda lines: lines[1:], "record 1 is not how a ledger begins"),
    "swapped": (swapped, "record 3 has the number 4: 3 is missing"),
    "repeated": (
        lambda lines: [*lines[:3], lines[2], *lines[3:]],
        "record 4 has the number 3: it was put in or moved",
    ),
    "nonsense": (lambda lines: [*lines[:2], b"{", *lines[2:]], "record 3 cannot be read"),
    "another object": (lambda lines: [*lines[:2], b"{}", *lines[2:]], "record 3 is no record"),
    "emptied": (lambda lines: lines[:0], "there is no record"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_run_without_its_end_is_counted(name: str, tmp_path: Path) -> None:
    """As after a crash, or where the end of the ledger was cut off; single names do not count."""
    path = tmp_path / name
    ledger = Ledger(path)
    ledger.record([{"run": "a", "row": 2}], end={"run": "a", "rows": 1})
    ledger.record([{"run": "b", "row": 2}, {"run": "b", "row": 3}, {"decision": "clear"}])

    assert (verify(path).intact, verify(path).open_runs) == (True, 1)
    assert "1 run has rows and no end" in " ".join(run("verify", path).stdout.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_head_stands_on_a_line_of_its_own(name: str, tmp_path: Path) -> None:
    """Whoever keeps it copies it, so it is not broken in a terminal of the usual width."""
    path = tmp_path / name
    filled(path)

    shown = run("verify", path).stdout

    assert str(verify(path).head) in [line.strip() for line in shown.splitlines()]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found_and_named(how: str, name: str, tmp_path: Path) -> None:
    """By the verification, at its place; on the command line with exit status 1."""
    path = tmp_path / name
    filled(path)
    tamper, message = TAMPERED[how]
    put(path, tamper(kept(path)))

    assert message in str(verify(path).faults[0])
    result = run("verify", path)
    assert (result.exit_code, "NOT INTACT" in result.stdout) == (1, True)
    assert json.loads(run("verify", path, "--json").stdout)["intact"] is False
    if how != "emptied":
        with pytest.raises(LedgerError):
            list(entries(path))


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_no_byte_can_be_changed(place: int, byte: int, tmp_path: Path) -> None:
    """Any other byte anywhere is found, but for a last line that is left unfinished."""
    path = tmp_path / "ledger.jsonl"
    if not path.exists():
        filled(path)
    content = path.read_bytes()
    place %= len(content)
    changed = content[:place] + bytes([byte]) + content[place + 1 :]
    try:
        path.write_bytes(changed)
        report = verify(path)
    finally:
        path.write_bytes(content)

    assert (report.intact and not report.unfinished) == (changed == content)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
FIELDS = ["continues", "format", "key_check", "personal_data", "run", "rows", "row", "input"]


@given(
    changes=st.dictionaries(st.sampled_from(["at", "content", "kind", "number", "previous"]), JSON),
    content=st.dictionaries(st.sampled_from(FIELDS), JSON),
    place=st.integers(0, 2),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_forgery_brings_the_reader_down(
    changes: dict[str, Any], content: dict[str, Any], place: int, tmp_path: Path
) -> None:
    """A record of any content with a hash that fits is found, or read, or refused."""
    path = tmp_path / "ledger.jsonl"
    path.unlink(missing_ok=True)
    Ledger(path).record([{"run": "r", "row": 2}], end={"run": "r", "rows": 1})
    lines = kept(path)
    entry = json.loads(lines[place])
    del entry["hash"]
    entry["content"] |= content
    forged = entry | changes
    lines[place] = canonical(forged | {"hash": digest_of(forged)})
    put(path, lines)

    verify(path)
    for read in (lambda: list(read_results(path)), lambda: Ledger(path).record([{}])):
        with contextlib.suppress(LedgerError, ResultsError):
            read()


def rewritten(lines: list[bytes]) -> list[bytes]:
    """Write a whole ledger anew, with one decision changed."""
    head, made = Head(0, NOTHING), []
    for line in lines:
        entry = json.loads(line)
        content = entry["content"] | ({"decision": "clear"} if entry["number"] == 3 else {})
        new, head = link(head, entry["kind"], content)
        made.append(new)
    return made


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("forge", [rewritten, lambda lines: lines[:4]], ids=["rewritten", "cut"])
def test_only_a_head_kept_elsewhere_tells_a_whole_forgery(
    forge: Callable[[list[bytes]], list[bytes]], name: str, tmp_path: Path
) -> None:
    """A chain alone cannot tell a ledger written anew, or its end cut off; an old head can."""
    path = tmp_path / name
    ledger = filled(path)
    head = ledger.record([{"decision": "match"}])
    ledger.record([{"decision": "clear"}])
    assert run("verify", path, "--head", str(head)).exit_code == 0

    put(path, forge(kept(path)))

    assert run("verify", path).exit_code == 0
    result = run("verify", path, "--head", str(head))
    assert result.exit_code == 1
    assert "head" in result.stdout


@pytest.mark.parametrize("head", ["", "1", "0:" + "0" * 64, "1:x", "1:" + "0" * 63])
def test_a_head_that_is_none_is_refused(head: str, tmp_path: Path) -> None:
    """One clear line."""
    filled(tmp_path / "ledger.db")

    result = run("verify", tmp_path / "ledger.db", "--head", head or "?")

    assert (result.exit_code, "no head such as" in result.stderr) == (2, True)


def test_an_unfinished_line_is_told_and_set_aside(tmp_path: Path) -> None:
    """Wherever a writer was killed: the lines before it hold, the next writer says what it lost."""
    path = tmp_path / "ledger.jsonl"
    filled(path, 3)
    content = path.read_bytes()
    start = content[:-1].rfind(b"\n") + 1
    for end in range(start + 1, len(content)):
        path.write_bytes(content[:end])

        report = verify(path)
        assert (report.intact, report.records, report.unfinished) == (True, 3, end - start)
        Ledger(path).record([{"decision": "clear"}])
        assert [each.kind for each in entries(path)][-2:] == ["recovered", "screening"]
        assert verify(path).records == 5
        assert content[:start] == path.read_bytes()[:start]


OTHERS = [b"", b"text", b"text\n", b"text\nmore", b"{}\n", b'{"at":1}\n']


@pytest.mark.parametrize("content", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_another_file_is_left_alone(name: str, content: bytes, tmp_path: Path) -> None:
    """A ledger is begun in an empty file; any other file is refused and stays as it was."""
    path = tmp_path / name
    path.write_bytes(content)

    if content:
        with pytest.raises(LedgerError):
            Ledger(path).record([{}])
        assert path.read_bytes() == content
        with pytest.raises(LedgerError):
            list(entries(path))
    else:
        Ledger(path).record([{}])
        assert verify(path).screenings == 1
    with pytest.raises(LedgerError, match="no such ledger"):
        verify(tmp_path / f"no-{name}")


@pytest.mark.parametrize("name", NAMES)
def test_a_ledger_is_continued_in_a_new_file(name: str, tmp_path: Path) -> None:
    """The old one takes no more, the new one names its head, and both verify together."""
    old, new, other = (tmp_path / f"{place}-{name}" for place in ("old", "new", "other"))
    filled(old)
    filled(other)

    assert run("ledger", "continue", old, new).exit_code == 0
    assert run("ledger", "continue", old, new).exit_code == 0  # as after a crash in between
    filled(new)
    assert [each.intact for each in verify_all([old, new])] == [True, True]
    assert run("verify", old, new).exit_code == 0
    assert "does not continue" in run("verify", old, other).stderr
    assert "does not continue" in run("verify", new, old).stderr
    with pytest.raises(LedgerError, match="is closed"):
        Ledger(old).record([{}])
    with pytest.raises(LedgerError, match="begun as something else"):
        Ledger(other, continues=Head(1, NOTHING))


WRITER = """
import sys
from sanctscreen.ledger import Ledger
ledger = Ledger(sys.argv[1])
for number in range(int(sys.argv[3])):
    block = [{"writer": sys.argv[2], "block": number, "text": "x" * 20_000}] * 3
    print(ledger.record(block), flush=True)
"""


def writer(path: Path, who: str, blocks: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), who, str(blocks)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def test_a_line_that_is_being_written_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is the rest of it, which may have come by the next look: it would pass for a line."""

    class Growing(io.BytesIO):
        """Has the first half of its second line, and the rest only when asked again."""

        parts = iter([b"first\n", b"sec", b"ond\n", b"third\n"])

        def readline(self, _limit: int | None = -1) -> bytes:
            return next(self.parts, b"")

    (tmp_path / "ledger.jsonl").touch()
    book = LineBook(tmp_path / "ledger.jsonl", create=False)
    monkeypatch.setattr(book, "_open", lambda _: Growing())

    assert list(book.lines()) == [b"first"]


@pytest.mark.parametrize("name", NAMES)
def test_two_processes_write_while_a_third_verifies(name: str, tmp_path: Path) -> None:
    """No record is lost, none is in two places, and at every moment the ledger is intact."""
    path, blocks = tmp_path / name, 25
    Ledger(path)
    with writer(path, "a", blocks) as one, writer(path, "b", blocks) as other:
        while one.poll() is None or other.poll() is None:
            assert verify(path).intact
        one.communicate()
        other.communicate()

    assert (one.returncode, other.returncode) == (0, 0)
    found = [each.content for each in entries(path) if each.kind == "screening"]
    for who in "ab":
        own = [each["block"] for each in found if each["writer"] == who]
        assert own == [block for block in range(blocks) for _ in range(3)]


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_writer_leaves_a_ledger_that_verifies(name: str, tmp_path: Path) -> None:
    """Again and again: what was answered is there, and the next writer goes on behind it."""
    path = tmp_path / name
    Ledger(path)
    for answers in range(1, 6):
        process = writer(path, str(answers), 1_000_000)
        assert process.stdout
        heads = [process.stdout.readline() for _ in range(answers)]
        process.kill()
        heads += process.communicate()[0].splitlines(keepends=True)
        whole = [Head.parse(head) for head in heads if head.endswith("\n")]

        assert run("verify", path, "--head", str(whole[-1])).exit_code == 0
    Ledger(path).record([{}])
    report = verify(path)
    assert (report.intact, report.unfinished) == (True, 0)


@pytest.fixture
def inputs(tmp_path: Path) -> list[str | Path]:
    """Return the arguments that screen a file of three rows."""
    listed, rows = tmp_path / "list.json", tmp_path / "rows.csv"
    party = Party(id="x:1", kind="person", names=("Ivan Petrov",))
    PartyList(parties=(party,)).save(listed)
    rows.write_text(
        "id,name,date of birth,country,passport\nC-77,Iwan Petrow,1971-02-14,KP,A1234567\n"
        "C-78,Bakery Nord,the 32nd,FR,\nC-79,Alice Example,,,\n",
        encoding="utf-8",
    )
    return [rows, "-o", tmp_path / "out.csv", "--list", listed]


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_file_is_recorded(
    name: str, inputs: list[str | Path], tmp_path: Path
) -> None:
    """The clear ones too, with all that made the decision, and the end of the run."""
    ledger = tmp_path / name

    assert run("screen-file", *inputs, "--ledger", ledger).exit_code == 1

    assert run("verify", ledger).exit_code == 0
    opened, *rows, end = entries(ledger)
    assert opened.content["personal_data"] == "plain"
    assert [each.content["decision"] for each in rows] == ["match", "review", "clear"]
    assert [each.content["row"] for each in rows] == [2, 3, 4]
    assert (end.kind, end.content["rows"]) == ("end", 3)
    assert {each.content["run"] for each in (*rows, end)} == {end.content["run"]}
    first = rows[0].content
    assert first["input"]["identifiers"] == {"passport": "A1234567"}
    assert first["hits"][0]["party"] == "x:1"
    assert {"lists", "config_digest", "library_version", "screened_at"} <= set(first)
    assert end.content["thresholds"][0]["score"] == Config().thresholds.person
    assert [each["field"] for each in rows[1].content["faults"]] == ["date of birth"]


def test_names_and_payments_are_recorded(tmp_path: Path) -> None:
    """Each field of a payment message is a record; so is a single name."""
    ledger, message = tmp_path / "ledger.db", tmp_path / "message.xml"
    message.write_text(
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>'
        "<CdtTrfTxInf><PmtId><EndToEndId>A-1</EndToEndId></PmtId><Dbtr><Nm>Marta</Nm></Dbtr>"
        "<Cdtr><Nm>Korea Kwangson Bank</Nm></Cdtr></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>",
        encoding="utf-8",
    )

    assert run("screen", "Alice Example", "--ledger", ledger).exit_code == 0
    assert run("screen-payment", message, "--ledger", ledger).exit_code == 1

    _, name, *fields = (each.content for each in entries(ledger))
    assert (name["input"], name["decision"]) == ({"name": "Alice Example"}, "clear")
    found = [(each["transaction"], each["field"], each["decision"]) for each in fields]
    assert ("A-1", "creditor", "match") in found
    assert ("A-1", "debtor", "clear") in found


def test_what_cannot_be_recorded_is_not_answered(inputs: list[str | Path], tmp_path: Path) -> None:
    """A ledger that takes no record ends the command before it answers or writes a result."""
    ledger = tmp_path / "ledger.db"
    Ledger(ledger).close()

    for arguments in (["screen-file", *inputs], ["screen", "Alice Example"]):
        result = run(*arguments, "--ledger", ledger)
        assert (result.exit_code, "is closed" in result.stderr) == (2, True)
    assert "MATCH" not in result.stdout
    assert "CLEAR" not in result.stdout
    assert not (tmp_path / "out.csv").exists()


PERSONAL = (
    "Iwan Petrow iwan petrow 1971 KP A1234567 C-77 C-78 C-79 32nd Bakery Alice rows.csv".split()
)


@pytest.mark.parametrize("name", NAMES)
def test_personal_data_is_kept_as_digests(
    name: str, inputs: list[str | Path], tmp_path: Path
) -> None:
    """Nothing of a counterparty is in the file; equal data has equal digests under one key."""
    ledger, key = tmp_path / name, tmp_path / "key"
    key.write_bytes(KEY + b"\n")

    for _ in range(2):
        assert run("screen-file", *inputs, "--ledger", ledger, "--ledger-key", key).exit_code == 1
    environment = {"SANCTSCREEN_LEDGER_KEY": KEY.decode()}
    assert run("screen", "Alice Example", "--ledger", ledger, **environment).exit_code == 0

    content = b"\n".join(kept(ledger)).decode()
    assert not [word for word in (*PERSONAL, KEY.decode()) if word in content]
    assert run("verify", ledger).exit_code == 0
    rows = [each.content for each in entries(ledger) if each.kind == "screening"]
    assert [each["decision"] for each in rows[:3]] == ["match", "review", "clear"]
    assert rows[0]["hits"][0]["party"] == "x:1"
    assert rows[0]["hits"][0]["matched_name"] == "Ivan Petrov"
    assert rows[0]["input"] == rows[3]["input"]
    assert rows[-1]["input"]["name"] == keyed(KEY, "input.name", "Alice Example")
    assert rows[0]["input"]["identifiers"]["passport"].startswith(PREFIX)


def test_a_ledger_has_one_key_or_none(tmp_path: Path) -> None:
    """It is never written half in plain, or under two keys."""
    plain, secret = tmp_path / "plain.db", tmp_path / "secret.db"
    Ledger(plain)
    Ledger(secret, key=KEY)

    for path, key, message in (
        (plain, KEY, "as it is, without a key"),
        (secret, None, "as digests, and needs its key"),
        (secret, KEY + b"!", "another key"),
    ):
        with pytest.raises(LedgerError, match=message):
            Ledger(path, key=key)
    short = {"SANCTSCREEN_LEDGER_KEY": "short"}
    assert "at least 32" in run("screen", "A", "--ledger", plain, **short).stderr
    assert "--ledger-key needs --ledger" in run("screen", "A", "--ledger-key", plain).stderr


def test_what_is_shown_is_a_ledger(tmp_path: Path) -> None:
    """``ledger show`` gives JSON lines that verify to the same head."""
    ledger, copy = tmp_path / "ledger.db", tmp_path / "copy.jsonl"
    filled(ledger)

    copy.write_text(run("ledger", "show", ledger).stdout, encoding="utf-8")

    assert verify(copy).head == verify(ledger).head


@pytest.mark.parametrize(
    ("day", "years", "until"),
    [
        ("2026-05-06", 10, "2036-05-06"),
        ("2024-02-29", 10, "2034-03-01"),
        ("2024-02-29", 4, "2028-02-29"),
    ],
)
def test_a_ledger_is_kept_for_years(day: str, years: int, until: str) -> None:
    """Counted from its last record."""
    last = datetime.fromisoformat(day).replace(tzinfo=UTC)
    report = Verified(1, 0, last, last, None, None, (), 0, 0)

    assert str(report.keep_until(years))[:10] == until


def test_retention_is_configured_and_no_result_depends_on_it(tmp_path: Path) -> None:
    """The years come from the configuration, and its digest stays the same."""
    rules, ledger = tmp_path / "rules.toml", tmp_path / "ledger.db"
    rules.write_text("retention_years = 7\n", encoding="utf-8")
    filled(ledger)

    usual, shorter = (
        json.loads(run(*options, "verify", ledger, "--json").stdout)["keep_until"][:4]
        for options in ([], ["--config", rules])
    )
    assert int(usual) - int(shorter) == 3
    digests = {
        json.loads(run("config", "show", *options, "--json").stdout)["digest"]
        for options in ([], [rules])
    }
    assert len(digests) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_run_goes_on_in_the_same_ledger(
    name: str, inputs: list[str | Path], tmp_path: Path
) -> None:
    """It verifies in between, and in the end every row is there, with the end of the run."""
    ledger, rows = tmp_path / name, 2_000
    content = "id,name\n" + "".join(f"{row},Ivan Petrov {row}\n" for row in range(rows))
    (tmp_path / "rows.csv").write_text(content, encoding="utf-8")
    arguments = [str(each) for each in (*inputs, "--ledger", ledger, "--resume")]
    code = "from sanctscreen.cli import main; main()"
    command = [sys.executable, "-c", code, "screen-file", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while process.poll() is None and not (ledger.exists() and ledger.stat().st_size > 600_000):
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert not (tmp_path / "out.csv").exists()
    assert run("verify", ledger).exit_code == 0

    assert run("screen-file", *arguments).exit_code == 1

    assert run("verify", ledger).exit_code == 0
    assert [each.result.row for each in read_results(ledger)] == [*range(2, rows + 2)]
    assert verify(ledger).screenings >= rows


def test_a_run_that_goes_on_keeps_its_id(inputs: list[str | Path], tmp_path: Path) -> None:
    """The recorder gives back what it takes to go on."""
    from sanctscreen.batch import Observer
    from sanctscreen.ledger.runs import Recorder

    ledger = Ledger(tmp_path / "ledger.db")
    first = Recorder(ledger, "rows.csv", Observer())
    first.begin()
    state = first.keep()
    second = Recorder(ledger, "rows.csv", Observer())
    second.go_on(state)
    second.end()

    end = list(entries(ledger.path))[-1]
    assert end.content == state["run"] == {"run": state["run"]["run"], "rows": 0, "thresholds": []}
