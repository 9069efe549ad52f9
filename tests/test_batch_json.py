"""JSON lines in and out: the same rows, and all that an auditor needs of each."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctscreen.batch import Options, screen_file
from sanctscreen.errors import InputError
from sanctscreen.model import Counterparty
from sanctscreen.testing import tiny_screener

SCREENER = tiny_screener()
LISTED = "ORESHNIK TRADING HOUSE LLC"


def run(folder: Path, content: str, target: str = "out.jsonl", **options: Any) -> list[Any]:
    """Screen JSON lines and read the result back."""
    source = folder / "in.jsonl"
    source.write_text(content, encoding="utf-8")
    screen_file(source, folder / target, SCREENER, options=Options(**options))
    lines = (folder / target).read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [json.loads(line) for line in lines] if target.endswith("jsonl") else lines


def test_a_line_holds_the_row_and_the_whole_record(tmp_path: Path) -> None:
    """A line names row, input, decision, hits, lists, configuration and library; no time."""
    source, target = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text(f"id;name;name\n7;{LISTED};x\n8;Bakery;y\n", encoding="utf-8")

    screen_file(source, target, SCREENER)

    first, second = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    record = SCREENER.screen(Counterparty(name=LISTED, reference="7")).record()
    del record["screened_at"]
    assert first == record | {
        "row": 2,
        "columns": {"id": "7", "name": LISTED, "name_2": "x"},
        "faults": [],
    }
    assert (second["row"], second["decision"], second["hits"]) == (3, "clear", [])


def test_the_page_names_every_key_of_a_line(tmp_path: Path) -> None:
    """Whoever reads results by their documentation misses no key of them."""
    source, target = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text(f"name\n{LISTED}\n", encoding="utf-8")
    screen_file(source, target, SCREENER)
    record = json.loads(target.read_text(encoding="utf-8"))
    page = (Path(__file__).parents[1] / "docs" / "files.md").read_text(encoding="utf-8")
    section = page.partition("## JSON lines out")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == set(record)
    (of_a_hit,) = re.findall(r"^A hit has .*$", section, re.MULTILINE)
    assert [key for key in record["hits"][0] if f"`{key}`" not in of_a_hit] == []


def test_a_fault_stands_in_the_line(tmp_path: Path) -> None:
    """A row that cannot be read in full says so, in words and field by field."""
    (line,) = run(tmp_path, json.dumps({"name": "Bakery", "date of birth": "the 32nd"}))

    assert (line["decision"], line["reason"], line["faults"]) == (
        "review",
        "date of birth: not a date: 'the 32nd'",
        [{"message": "not a date: 'the 32nd'", "field": "date of birth", "review": True}],
    )


def test_columns_are_the_keys_of_all_lines(tmp_path: Path) -> None:
    """A key that comes late is a column of every row; values are written as they stand."""
    lines = [
        {"name": LISTED, "account": 12345678901234567890},
        {"country": ["RU", "KP"], "name": "Bakery", "extra": {"a": None}, "vip": True},
    ]
    rows = run(tmp_path, "\n\n".join(map(json.dumps, lines)))

    assert [row["row"] for row in rows] == [1, 3]
    assert rows[0]["columns"] == {
        **dict.fromkeys(("country", "extra", "vip"), ""),
        "name": LISTED,
        "account": "12345678901234567890",
    }
    assert rows[1]["columns"]["country"] == "RU; KP"
    assert (rows[1]["columns"]["extra"], rows[1]["columns"]["vip"]) == ('{"a": null}', "true")
    assert rows[1]["input"]["countries"] == ["RU", "KP"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"name": "Bakery"', "not a line of JSON"),
        ('{"name": "Bakery", "name": "Oreshnik"}', "stands twice"),
        ('["Bakery"]', "no object"),
        ("[" * 100_000, "JSON"),
        ('{"name": "' + "a" * (1 << 20) + '"}', "more than 1048576"),
        ('{"name": "Bak\\ud800ery"}', "no text"),
        ('{"Name": "Bakery"}', "no name"),
    ],
)
def test_a_line_that_cannot_be_read_is_for_review(tmp_path: Path, line: str, reason: str) -> None:
    """It keeps its place, says why, and the line after it is read."""
    rows = run(tmp_path, f'{{"name": "Bakery"}}\n{line}\n{{"name": "{LISTED}"}}\n')

    assert [row["decision"] for row in rows] == ["clear", "review", "match"]
    assert [row["row"] for row in rows] == [1, 2, 3]
    assert reason in rows[1]["reason"]


def test_json_lines_become_csv(tmp_path: Path) -> None:
    """The name of the target says what is written."""
    lines = run(tmp_path, '{"name": "Bakery, Ltd", "n": 1}', "out.csv")

    assert lines[0].startswith("name,n,screening_decision")
    assert lines[1].startswith('"Bakery, Ltd",1,clear')


@pytest.mark.parametrize("content", ["", "\n\n", "[]\n", "{}\n", "colour\n"])
def test_a_file_without_any_object_is_refused(tmp_path: Path, content: str) -> None:
    """Nothing is written for it."""
    with pytest.raises(InputError, match="no line of the file is a JSON object"):
        run(tmp_path, content)

    assert not (tmp_path / "out.jsonl").exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.lists(JSON, min_size=1, max_size=5))
def test_rows_of_any_json_come_out_once_in_order(items: list[Any]) -> None:
    """Whatever stands in a file below a good line, each line has its own result."""
    lines = ['{"name": "Bakery"}', *(json.dumps(each) for each in items)]
    with tempfile.TemporaryDirectory() as folder:
        rows = run(Path(folder), "\n".join(lines))

    assert [row["row"] for row in rows] == list(range(1, len(lines) + 1))
