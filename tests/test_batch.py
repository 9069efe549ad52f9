"""Screening a whole file: rows in, the same rows with decisions out."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctscreen.batch import Observer, Options, Summary, screen_file
from sanctscreen.batch.files import whole_part
from sanctscreen.batch.run import BLOCK_ROWS
from sanctscreen.batch.writing import FORMULA_STARTS, safe
from sanctscreen.cleared import Clearances
from sanctscreen.config import Config
from sanctscreen.errors import InputError
from sanctscreen.model import Counterparty, Party
from sanctscreen.party_list import PartyList

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

FIXTURES = Path(__file__).parent.parent / "fixtures" / "counterparties"
LISTED = Party(id="x:1", kind="entity", names=("Listed Bank",))


@dataclass(frozen=True)
class FakeHit:
    """A hit with the fields that a result row shows."""

    score: float = 91.234
    party: Party = LISTED
    matched_name: str = "Listed Bank"
    explanation: str = "first line\n  second line"
    review: bool = False
    keeps_account: bool = False

    def __str__(self) -> str:
        return self.explanation


@dataclass(frozen=True)
class FakeResult:
    """A result with the fields that a result row needs."""

    counterparty: Counterparty
    decision: str
    hits: tuple[FakeHit, ...]
    reason: str
    out_of_date: tuple[str, ...] = ()
    set_aside: tuple[FakeHit, ...] = ()
    cleared: tuple[object, ...] = ()
    reopened: tuple[object, ...] = ()


class FakeScreener:
    """Finds whoever is called "listed …"."""

    party_lists = (PartyList(parties=(LISTED,), version="7"),)
    config = Config()
    cleared = Clearances()

    def screen_block(self, block: Sequence[Counterparty], **_: object) -> list[FakeResult]:
        """Answer one by one."""
        return [*map(self._result, block)]

    def _result(self, who: Counterparty) -> FakeResult:
        if not any(map(str.isalpha, who.name)):
            return FakeResult(who, "review", (), "unscreenable")
        if who.name.casefold().startswith("listed unclear"):
            return FakeResult(who, "review", (FakeHit(review=True),), "")
        if who.name.casefold().startswith("listed"):
            return FakeResult(who, "match", (FakeHit(),), "")
        return FakeResult(who, "clear", (), "")


class Faults(Observer):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.read: list[tuple[int, int]] = []

    def fault(self, error: InputError, **_: object) -> None:
        """Keep the message without the folder."""
        self.messages.append(str(error).rpartition("/")[2])

    def progress(self, rows: int, read: int) -> None:
        """Keep the numbers."""
        self.read.append((rows, read))


FAKE = cast("Screener", FakeScreener())


def run(source: Path, target: Path, **given: Any) -> tuple[Summary, list[dict[str, str]]]:
    """Screen a file with the fake and read the result back."""
    observer = given.pop("observer", None)
    summary = screen_file(source, target, FAKE, options=Options(**given), observer=observer)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        return summary, list(csv.DictReader(stream, delimiter=summary.layout.delimiter))


def names(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_result_row_says_what_was_found(tmp_path: Path) -> None:
    """A hit fills the result columns; a clear row has none of them but the list."""
    source = tmp_path / "in.csv"
    source.write_text("name,country\nListed Bank Ltd,GB\nAcme,FR\n", encoding="utf-8")

    summary, rows = run(source, tmp_path / "out.csv")

    label = f"7 {FakeScreener.party_lists[0].digest[:12]}"
    assert {
        "name": "Listed Bank Ltd",
        "country": "GB",
        "screening_decision": "match",
        "screening_reason": "",
        "screening_hits": "1",
        "screening_score": "91.23",
        "screening_party_id": "x:1",
        "screening_party_name": "Listed Bank",
        "screening_matched_name": "Listed Bank",
        "screening_status": "designated",
        "screening_list": label,
        "screening_explanation": "first line; second line",
    } == rows[0]
    assert ("clear", "0", "", label) == tuple(
        rows[1][f"screening_{column}"] for column in ("decision", "hits", "score", "list")
    )
    assert (
        summary.rows,
        summary.alerts,
        summary.alert_rate,
        summary.decisions,
        summary.columns,
    ) == (2, 1, 0.5, {"match": 1, "clear": 1}, {"name": "name", "country": "country"})


def test_every_bad_row_is_reported_and_asks_for_review(tmp_path: Path) -> None:
    """File, row and field are named, the row stays, and only notes leave it clear."""
    heard = Faults()

    summary, rows = run(FIXTURES / "bad_rows.csv", tmp_path / "out.csv", observer=heard)

    assert (FIXTURES / "bad_rows.expected.txt").read_text(encoding="utf-8").splitlines() == [
        f"{row['id']}: {row['screening_decision']}: {row['screening_reason']}" for row in rows
    ] + heard.messages
    assert (summary.rows, summary.faulty) == (14, 9)


def test_a_fault_never_makes_a_match_less(tmp_path: Path) -> None:
    """A listed name in a bad row is still a match."""
    source = tmp_path / "in.csv"
    source.write_text("name,country\nListed Bank\n", encoding="utf-8")

    _, rows = run(source, tmp_path / "out.csv")

    assert (
        rows[0]["screening_decision"],
        rows[0]["screening_reason"],
    ) == ("match", "country: only 1 of 2 cells")


def test_a_hit_for_review_says_which_status_asks_for_it(tmp_path: Path) -> None:
    """No row for review is without a reason."""
    source = tmp_path / "in.csv"
    source.write_text("name\nListed unclear\n", encoding="utf-8")

    _, rows = run(source, tmp_path / "out.csv")

    assert rows[0]["screening_reason"] == "status designated asks for review"


@pytest.mark.parametrize("name", ["semicolon.csv", "tab.tsv", "utf16.csv", "cp1251.csv"])
def test_original_cells_are_kept(name: str, tmp_path: Path) -> None:
    """Whatever the layout, the result is UTF-8 with the original cells in their order."""
    summary, _ = run(FIXTURES / name, tmp_path / "out.csv")

    with summary.layout.open(FIXTURES / name) as stream:
        before = list(csv.reader(stream, delimiter=summary.layout.delimiter))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        after = list(csv.reader(stream, delimiter=summary.layout.delimiter))
    assert before == [row[: len(before[0])] for row in after]
    assert after[0][len(before[0])] == "screening_decision"


def test_result_columns_get_names_of_their_own(tmp_path: Path) -> None:
    """A file that was screened before, or has one header twice, loses no column."""
    source = tmp_path / "in.csv"
    source.write_text("name,name,Screening_Decision\nAcme,Bcme,clear\n", encoding="utf-8")

    run(source, tmp_path / "out.csv")

    header = (tmp_path / "out.csv").read_text(encoding="utf-8").split("\r\n")[0].split(",")
    assert header[:4] == ["name", "name", "Screening_Decision", "screening_decision_2"]


def test_a_kind_given_for_the_file_is_that_of_rows_without_one(tmp_path: Path) -> None:
    """The row's own kind comes first."""
    source = tmp_path / "in.csv"
    source.write_text("name,type\nAcme,\nIvan,person\n", encoding="utf-8")
    seen: list[str | None] = []

    class Spy(FakeScreener):
        def _result(self, who: Counterparty) -> FakeResult:
            seen.append(who.kind)
            return super()._result(who)

    screen_file(source, tmp_path / "o.csv", cast("Screener", Spy()), options=Options(kind="entity"))

    assert seen == ["entity", "person"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "empty"),
        ("name,country\n", "no row below"),
        ("colour,size\nred,3\n", "no column holds a name"),
    ],
)
def test_a_file_that_cannot_be_screened_is_refused(
    content: str, message: str, tmp_path: Path
) -> None:
    """The error says why, and no result appears."""
    source = tmp_path / "in.csv"
    source.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=message):
        run(source, tmp_path / "out.csv")

    assert names(tmp_path) == ["in.csv"]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(InputError, match=r"none\.csv: No such file"):
        run(tmp_path / "none.csv", tmp_path / "out.csv")


def test_the_result_never_overwrites_its_source(tmp_path: Path) -> None:
    """Not even by a link of another name."""
    source, link = tmp_path / "in.csv", tmp_path / "link.csv"
    source.write_text("name\nAcme\n", encoding="utf-8")
    link.symlink_to(source)

    with pytest.raises(InputError, match="overwrite"):
        run(source, link)

    assert source.read_text(encoding="utf-8") == "name\nAcme\n"


def test_an_interrupted_run_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a file changes nothing on the disk."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name\n" + "Acme\n" * 10, encoding="utf-8")
    target.write_text("of yesterday", encoding="utf-8")

    class Impatient(FakeScreener):
        def _result(self, who: Counterparty) -> FakeResult:
            raise KeyboardInterrupt(who.name)

    with pytest.raises(KeyboardInterrupt):
        screen_file(source, target, cast("Screener", Impatient()))

    assert (target.read_text(), names(tmp_path)) == ("of yesterday", ["in.csv", "out.csv"])


def test_a_result_replaces_a_file_and_nothing_else(tmp_path: Path) -> None:
    """A directory or a device is refused, a missing folder too; a file keeps its mode."""
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)

    with whole_part(target, encoding="utf-8") as part:
        part.start().write("new")

    assert (target.read_text(encoding="utf-8"), target.stat().st_mode & 0o777) == ("new", 0o640)
    for path, message in (
        (tmp_path, "regular"),
        (Path("/dev/null"), "regular"),
        (tmp_path / "a/b", "written"),
    ):
        with pytest.raises(InputError, match=message), whole_part(path, encoding="utf-8"):
            pass


def test_progress_grows_to_the_size_of_the_file(tmp_path: Path) -> None:
    """Rows and bytes only grow, and bytes do not pass the size."""
    source = tmp_path / "in.csv"
    source.write_text("name\n" + "Acme Trading Ltd\n" * 4 * BLOCK_ROWS, encoding="utf-8")
    heard = Faults()

    run(source, tmp_path / "out.csv", observer=heard)

    assert heard.read == sorted(heard.read)
    assert len(heard.read) == 4
    assert source.stat().st_size == heard.read[-1][1]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+CMD|' /C calc'!A0", "'+CMD|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("-12.50", "-12.50"),
        ("+49 30 1234", "+49 30 1234"),
        ("-", "'-"),
        ("Acme = Bcme", "Acme = Bcme"),
        ("", ""),
    ],
)
def test_formulas_are_made_text(cell: str, expected: str) -> None:
    """A cell that a spreadsheet would run gets an apostrophe; a plain number does not."""
    assert expected == safe(cell)


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6)


@settings(deadline=None)  # a busy disk is no defect
@given(TABLE)
def test_rows_of_any_text_come_out_as_they_went_in(rows: list[list[str]]) -> None:
    """As many rows, the same cells in the same order, save for the guard against formulas."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["name", "note", "country"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        source.write_bytes(text.getvalue().encode("utf-8"))

        summary = screen_file(
            source, target, FAKE, options=Options(encoding="utf-8", delimiter=",")
        )

        with target.open(encoding="utf-8", newline="") as stream:
            written = list(csv.reader(stream, strict=True))
    assert [[safe(cell) for cell in row] for row in rows] == [row[:3] for row in written[1:]]
    assert len(rows) == summary.rows
    assert {13} == {len(row) for row in written}
    cells = {cell for row in written for cell in row}
    assert not [c for c in cells if c[:1] in FORMULA_STARTS and not c[1:2].isdecimal()]


@settings(deadline=None)
@given(st.binary(max_size=120))
def test_no_bytes_whatever_make_a_run_crash(content: bytes) -> None:
    """A file of any bytes is screened row for row, or refused with a reason."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        source.write_bytes(b"name,note\n" + content)
        try:
            summary = screen_file(source, target, FAKE)
        except InputError:
            assert not target.exists()
            return
        with target.open(encoding="utf-8-sig", newline="") as stream:
            written = list(csv.reader(stream, delimiter=summary.layout.delimiter, strict=True))
    assert len(written) == summary.rows + 1
    assert len({len(row) for row in written}) == 1
