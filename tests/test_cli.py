"""The command line: exit statuses, messages and where they go."""

from __future__ import annotations

import csv
import difflib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sanctscreen import __version__, cli
from sanctscreen.model import KINDS, Party
from sanctscreen.party_list import PartyList

FIXTURES = Path(__file__).parent.parent / "fixtures"
COUNTERPARTIES = FIXTURES / "counterparties" / "counterparties.csv"
EXPECTED = FIXTURES / "counterparties" / "expected.csv"


def run(*arguments: str | Path) -> Result:
    """Run a command as a shell would."""
    return CliRunner().invoke(cli.cli, [str(each) for each in arguments])


def lines(path: Path) -> list[str]:
    """Return the rows of a result without what changes with every wording and list version."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    left_out = {"screening_list", "screening_explanation"}
    return [str({column: row[column] for column in row if column not in left_out}) for row in rows]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Return a saved list of one bank."""
    path = tmp_path / "list.json"
    PartyList(parties=(Party(id="x:1", kind="entity", names=("Listed Maritime Bank",)),)).save(path)
    return path


def test_kinds_are_those_of_the_records() -> None:
    """The choices of --kind, written out so that help is fast, are the kinds there are."""
    assert cli.KINDS == KINDS


def test_version() -> None:
    """The version is that of the library."""
    assert run("--version").output == f"sanctscreen, version {__version__}\n"


def test_help_opens_nothing_heavy() -> None:
    """Help needs neither pydantic nor rich nor numpy."""
    code = (
        "import sys; from sanctscreen.cli import cli; cli(['--help'], standalone_mode=False); "
        "sys.exit(bool({'pydantic', 'rich', 'numpy', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", sorted(cli.cli.commands))
def test_every_command_has_help(command: str) -> None:
    """Its first sentence says what it does."""
    result = run(command, "--help")

    assert result.exit_code == 0
    assert f"Usage: cli {command} " in result.output


@pytest.mark.parametrize(
    ("name", "decision", "status"),
    [("Listed Maritime Bank", "match", 1), ("Nordlicht Brauerei", "clear", 0), ("?!", "review", 1)],
)
def test_the_exit_status_gates_a_payment(
    name: str, decision: str, status: int, saved: Path
) -> None:
    """0 for clear, 1 for a hit or a name that cannot be screened."""
    result = run("screen", name, "--list", saved, "--json")

    assert (result.exit_code, json.loads(result.output)["decision"]) == (status, decision)


@pytest.mark.parametrize("repeated", [True, False])
def test_several_lists_may_be_given(repeated: bool, saved: Path, tmp_path: Path) -> None:
    """With one --list for all of them or with one for each."""
    second = tmp_path / "second.json"
    PartyList(parties=(Party(id="y:1", kind="entity", names=("Zephyr Quarry",)),)).save(second)
    options = ["--list", saved, *(["--list", second] if repeated else [second])]

    for name in ("Listed Maritime Bank", "Zephyr Quarry"):
        assert run("screen", name, *options).exit_code == 1


def test_a_hit_is_shown_with_its_reasons(saved: Path) -> None:
    """Decision, party, id, and what made the result."""
    output = run("screen", "Listed Maritime Bank", "--list", saved).output

    for text in (
        "MATCH",
        "100.0",
        "x:1",
        "designated",
        "equal after normalisation",
        "configuration",
    ):
        assert text in output


def test_control_characters_do_not_reach_the_terminal(saved: Path) -> None:
    """A name cannot move the cursor or turn the reading direction."""
    output = run("screen", "Listed \x1b[2JMaritime\u202e Bank", "--list", saved).output

    assert "\x1b" not in output
    assert "\u202e" not in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["screen"], "Missing argument 'NAME'"),
        (["screen", "x", "--kind", "wizard"], "'wizard' is not one of"),
        (["screen", "x", "--threshold", "101"], "101.0 is not in the range 0<=x<=100"),
        (["screen", "x", "--list", "none.json"], "'none.json' does not exist"),
        (["screen", "x", "--list", "{bad}"], "bad.json"),
        (["screen", "x", "{list}"], "unexpected argument"),
        (["screen-file", "{bad}"], "Missing option '-o'"),
        (["screen-file", "{empty}", "-o", "{out}"], "empty.csv: the file is empty"),
        (["screen-file", "{bad}", "-o", "{bad}"], "overwrite"),
        (["screen-file", "{csv}", "-o", "{out}", "--column", "name"], "role=header"),
        (["screen-file", "{csv}", "-o", "{out}", "--column", "name=x"], "no column 'x'"),
        (["screen-file", "{csv}", "-o", "{out}", "--encoding", "x"], "no such encoding: 'x'"),
        (["screen-file", "{csv}", "-o", "{out}", "--delimiter", "||"], "one character, not '||'"),
        (["show", "{list}", "--party", "x:9"], "no party 'x:9'"),
        (["diff", "{list}", "{bad}"], "bad.json"),
        (["evaluate", "{csv}"], "no column 'name1'"),
        (["import-list", "{empty}", "-o", "{out}"], "empty.csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_clear_line(
    arguments: list[str], message: str, saved: Path, tmp_path: Path
) -> None:
    """Exit status 2, the reason on standard error, nothing on standard output, no file."""
    places = {
        "bad": tmp_path / "bad.json",
        "empty": tmp_path / "empty.csv",
        "csv": COUNTERPARTIES,
        "list": saved,
        "out": tmp_path / "out",
    }
    places["bad"].write_text('{"format": "sanctscreen-list/1"', encoding="utf-8")
    places["empty"].write_text("", encoding="utf-8")

    result = run(*(argument.format(**places) for argument in arguments))

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not places["out"].exists()


def test_screening_the_sample_file_gives_the_expected_result(tmp_path: Path) -> None:
    """The whole way, from the shipped list to the result: every row as it was reviewed."""
    target = tmp_path / "out.csv"

    result = run("screen-file", COUNTERPARTIES, "-o", target)

    changes = "\n".join(
        difflib.unified_diff(lines(EXPECTED), lines(target), "expected", "now", lineterm="", n=0)
    )
    assert not changes, f"fixtures/counterparties/README.md says how to renew it\n{changes}"
    assert result.exit_code == 1
    assert "alert rate" in result.stdout


def test_the_sample_file_is_decided_as_the_mission_demands() -> None:
    """True hits in several spellings hit, look-alikes and ordinary names do not."""
    with EXPECTED.open(encoding="utf-8", newline="") as stream:
        decided = {row["id"]: row["screening_decision"] for row in csv.DictReader(stream)}

    hits = {"C001": "match", "C002": "match", "C003": "match", "C004": "review", "C005": "review"}
    hits |= {"C006": "match", "C007": "match", "C023": "review"}
    assert decided == {each: hits.get(each, "clear") for each in decided}
    assert len(decided) == 25


def test_import_show_and_diff(saved: Path, tmp_path: Path) -> None:
    """A list is read, saved again to the same bytes, shown and compared."""
    again = tmp_path / "again.json"

    imported = run("import-list", saved, "-o", again)

    assert (imported.exit_code, again.read_bytes()) == (0, saved.read_bytes())
    assert "Listed Maritime Bank" in run("show", again).output
    assert "x:1" in run("show", again, "--party", "x:1").output
    difference = run("diff", saved, again, "--json")
    nothing = {"added": 0, "removed": 0, "changed": 0, "renamed": 0}
    assert json.loads(difference.output) == {
        "counts": nothing,
        "added": [],
        "removed": [],
        "changed": [],
    }


def test_build_list_tells_what_it_found(tmp_path: Path) -> None:
    """Documents go in, a list file and a description for a person come out."""
    documents = sorted((FIXTURES / "documents" / "default").glob("*.txt"))
    target = tmp_path / "list.json"

    result = run("build-list", *documents, "-o", target)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "MRB Bank" in result.stdout
    assert "MRB Bank" in run("show", target).output


def test_evaluate_prints_the_measures() -> None:
    """As a table for a person and as JSON for a program."""
    pairs = FIXTURES / "evaluate" / "pairs.csv"

    assert "AUC 1.0000" in run("evaluate", pairs).output
    assert json.loads(run("evaluate", pairs, "--json").output)["default"]["f1"] == 1.0


def test_explain_says_how_a_score_comes_about() -> None:
    """The words set against each other, as text and as data."""
    assert "banking" in run("explain", "Korea Kwangson Bank", "Korea Kwangson Banking").output
    data = json.loads(run("explain", "Acme", "Acme", "--kind", "entity", "--json").output)
    assert data["score"] == 100.0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_terminals_without_unicode_do_not_crash(encoding: str, saved: Path) -> None:
    """What the terminal cannot show is written as its code."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    code = "from sanctscreen.cli import main; main()"
    command = [sys.executable, "-c", code, "screen", "МРБ Listed Maritime Bank"]
    for option in ([], ["--json"]):
        done = subprocess.run(
            [*command, "--threshold", "10", "--list", str(saved), *option],
            env=environment,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, b"")
        assert b"\\u041c" in done.stdout
