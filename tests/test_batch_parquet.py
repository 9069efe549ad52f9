"""Parquet in and out: types stay, and a killed run loses nothing there either."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sanctscreen.batch import Observer, Options, Screened, parquet, run, screen_file
from sanctscreen.errors import InputError
from sanctscreen.testing import tiny_screener

SCREENER = tiny_screener()
LISTED = "OSTROVSKAYA, Milena Igorevna"


def typed(folder: Path, rows: int = 1) -> Path:
    """Write a file with columns of several types."""
    table = pa.table(
        {
            "id": pa.array(range(rows)),
            "name": [LISTED, "Bakery", None][:rows] + ["Mill"] * (rows - 3),
            "date of birth": pa.array([date(1971, 2, 14), None, None][:rows] + [None] * (rows - 3)),
            "countries": [["RU", "KP"], [], None][:rows] + [None] * (rows - 3),
            "amount": pa.array([Decimal("1.50")] * rows),
        }
    ).replace_schema_metadata({"owner": "treasury"})
    pq.write_table(table, folder / "in.parquet")
    return folder / "in.parquet"


def test_types_stay_and_results_have_their_own(tmp_path: Path) -> None:
    """The columns of the file are as they were; beside them stand numbers and text."""
    source, target = typed(tmp_path, 3), tmp_path / "out.parquet"

    summary = screen_file(source, target, SCREENER)

    before, after = pq.read_table(source), pq.read_table(target)
    assert before == after.select(before.schema.names)
    assert after.schema.metadata == {b"owner": b"treasury"}
    assert {"screening_hits": pa.int32(), "screening_score": pa.float64()} == {
        field.name: field.type for field in list(after.schema)[5:] if field.type != pa.string()
    }
    assert after["screening_decision"].to_pylist() == ["match", "clear", "review"]
    assert after["screening_score"].to_pylist() == [100.0, None, None]
    assert (after["screening_reason"][2].as_py(), str(summary.layout)) == (
        "name: no name; the name holds no letters or digits",
        "Parquet, utf-8",
    )


@pytest.mark.parametrize(("one", "other"), [("parquet", "csv"), ("csv", "parquet")])
def test_every_format_says_the_same(tmp_path: Path, one: str, other: str) -> None:
    """The same rows get the same results, whichever formats they come from and go to."""
    source = tmp_path / f"in.{one}"
    lines = ["name,date of birth", f'"{LISTED}",1971-02-14', "Bakery,"]
    if one == "csv":
        source.write_text("\n".join(lines), encoding="utf-8")
    else:
        table = pa.table({"name": [LISTED, "Bakery"], "date of birth": [date(1971, 2, 14), None]})
        pq.write_table(table, source)

    screen_file(source, tmp_path / "through.csv", SCREENER)
    screen_file(source, tmp_path / f"out.{other}", SCREENER)

    with (tmp_path / "through.csv").open(encoding="utf-8", newline="") as stream:
        header, *cells = csv.reader(stream)
    if other == "parquet":
        found = pq.read_table(tmp_path / "out.parquet").to_pylist()
        assert list(found[0]) == header
        assert [row[header.index("screening_explanation")] for row in cells] == [
            row["screening_explanation"] or "" for row in found
        ]
    assert [row[2] for row in cells] == ["match", "clear"]


class Stopping(Observer):
    """Stops at a row, as Ctrl-C does."""

    def screened(self, outcome: Screened) -> None:
        """Stop at the tenth."""
        if outcome.row == 10:
            raise KeyboardInterrupt


@pytest.mark.parametrize("during", ["rows", "shaping"])
def test_a_killed_run_ends_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, during: str
) -> None:
    """Stopped in the midst of the rows, or while the file is made of them."""
    monkeypatch.setattr(run, "CHECKPOINT_ROWS", 4)
    monkeypatch.setattr(parquet, "ROWS", 5)
    source, target = typed(tmp_path, 12), tmp_path / "out.parquet"
    with monkeypatch.context() as broken:
        if during == "shaping":
            broken.setattr(pa, "record_batch", lambda *_, **__: 1 / 0)
        observer = Stopping() if during == "rows" else None
        with pytest.raises((KeyboardInterrupt, ZeroDivisionError)):
            screen_file(source, target, SCREENER, options=Options(resume=True), observer=observer)
    assert (tmp_path / ".out.parquet.checkpoint").exists()

    summary = screen_file(source, target, SCREENER, options=Options(resume=True))
    screen_file(source, tmp_path / "whole.parquet", SCREENER)

    assert (summary.rows, summary.taken_over) == (12, 8 if during == "rows" else 12)
    assert (tmp_path / "whole.parquet").read_bytes() == target.read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        *("in.parquet", "out.parquet", "whole.parquet")
    ]


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    """The error names the file."""
    (tmp_path / "in.parquet").write_text("name\nBakery\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"in\.parquet: cannot be read as Parquet"):
        screen_file(tmp_path / "in.parquet", tmp_path / "out.csv", SCREENER)
