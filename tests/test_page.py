"""The report of a run as a page: whole, escaped, alone, and in agreement with the result file."""

from __future__ import annotations

import csv
import json
import re
import tracemalloc
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.batch import Observer, Options, Screened
from sanctscreen.cli import cli
from sanctscreen.config import Config, Weights
from sanctscreen.errors import InputError, ListError
from sanctscreen.model import PartialDate, Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.report import page
from sanctscreen.report.page import Files, screen_with_report
from sanctscreen.report.page.embed import data_line, shown, source_hash
from sanctscreen.report.page.rows import word_cells
from sanctscreen.score import compare
from sanctscreen.screen import Screener
from sanctscreen.testing import tiny_screener

COUNTERPARTIES = Path(__file__).parents[1] / "fixtures" / "counterparties" / "counterparties.csv"
HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>&lt;script&gt;",
    "a\u2028b\u2029c",
    "${alert(1)} $style {{x}}",
    '" onfocus="alert(1)',
    "\u202egnp.exe",
)


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))
        if tag in self.raw:
            self._inside = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or style."""
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        """Keep text, that of scripts and styles apart."""
        if self._inside:
            self.raw[self._inside][-1] += data
        else:
            self.text = " ".join([*self.text.split(), *data.split()])

    @property
    def data(self) -> list[dict[str, Any]]:
        """The rows and parties in the page."""
        return [json.loads(line) for line in self.raw["script"][0].splitlines() if line]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows in the page."""
        return [item["row"] for item in self.data if "row" in item]


def report(
    folder: Path, source: Path, party_list: PartyList | None = None, **options: Any
) -> tuple[Reader, list[dict[str, str]]]:
    """Screen a file, and return the page and the rows of the result."""
    files = Files(source, folder / "out.csv", folder / "out.html")
    config = options.pop("config", None)
    screener = Screener(party_list, config=config)
    screen_with_report(files, screener, options=Options(**options))
    with files.target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return Reader(files.report.read_text(encoding="utf-8")), rows


def hostile_list() -> PartyList:
    """Make a list whose every text is hostile."""
    parties = [
        Party(id=f"x:{at}{text}", kind="person", names=(f"Ivan Petrov {text}",), notes=(text,))
        for at, text in enumerate(HOSTILE)
    ]
    sources = tuple(
        Source(id=f"s{at}{text}", type="list", title=text, publisher=text, warnings=(text,))
        for at, text in enumerate(HOSTILE)
    )
    return PartyList(parties=tuple(parties), sources=sources, version=HOSTILE[0])


def written(folder: Path, *lines: str, name: str = "in.csv") -> Path:
    """Write a file of rows."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_text_comes_back_from_a_script_element(value: Any) -> None:
    """Whatever a name holds, a browser reads it back as it was, and no script ends early."""
    reader = Reader(f"<script>{data_line(value)}</script>after")

    assert json.loads(reader.raw["script"][0]) == value
    assert reader.text == "after"
    assert not re.search("[<>&\n\u2028\u2029]", data_line(value))


def test_half_a_character_can_be_written() -> None:
    """A lone surrogate, which UTF-8 cannot hold, comes back as it was."""
    assert json.loads(data_line("\ud800x").encode("utf-8")) == "\ud800x"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    """Text in the page itself opens no element, ends no attribute and turns no direction."""
    reader = Reader(f'<p title="{shown(text)}">{shown(text)}</p>')

    assert [tag for tag, _ in reader.elements] == ["p"]
    assert list(reader.elements[0][1]) == ["title"]
    assert "\u202e" not in shown(text)


def test_hostile_names_bring_no_element_into_a_page(tmp_path: Path) -> None:
    """A page about hostile rows, lists and file names has the elements of a tame one."""
    names = ["name,Reference"]
    names += [f'"Ivan Petrov {text.replace(chr(34), chr(34) * 2)}",x' for text in HOSTILE]
    source = written(tmp_path, *names, name="<img src=x onerror=alert(1)>&.csv")

    reader, rows = report(tmp_path, source, hostile_list(), threshold=30)

    assert {tag for tag, _ in reader.elements}.isdisjoint({"img", "iframe", "object", "base"})
    assert [tag for tag, _ in reader.elements].count("script") == 2
    handlers = {key for _, attributes in reader.elements for key in attributes if key[:2] == "on"}
    assert handlers == set()
    assert [row["name"] for row in reader.rows] == [row["name"].lstrip("'") for row in rows]


def test_a_page_agrees_with_the_result(tmp_path: Path) -> None:
    """Every row that is not clear is in the page as it is in the result; the counts are equal."""
    reader, rows = report(tmp_path, COUNTERPARTIES)
    alerts = [row for row in rows if row["screening_decision"] != "clear"]

    assert [row["reference"] for row in reader.rows] == [row["id"] for row in alerts]
    for shown_row, row in zip(reader.rows, alerts, strict=True):
        best = shown_row["hits"][0] if shown_row["hits"] else None
        assert shown_row["decision"] == row["screening_decision"]
        assert shown_row["reason"] == row["screening_reason"]
        assert str(len(shown_row["hits"])) == row["screening_hits"]
        assert (best["party"] if best else "") == row["screening_party_id"]
        assert (f"{best['score']:.2f}" if best else "") == row["screening_score"]
    assert f"{len(alerts)} of {len(rows)} rows need a person" in reader.text
    for decision in ("match", "review", "clear"):
        number = sum(row["screening_decision"] == decision for row in rows)
        assert re.search(rf"\b{number} {decision}\b", reader.text)


def test_every_party_that_a_row_names_is_in_the_page_once(tmp_path: Path) -> None:
    """Rows name parties by id; each of them stands before the first row that names it."""
    reader, _ = report(tmp_path, COUNTERPARTIES)
    seen: list[str] = []
    for item in reader.data:
        if "party" in item:
            seen.append(item["party"]["id"])
        else:
            assert {hit["party"] for hit in item["row"]["hits"]} <= set(seen)

    assert len(seen) == len(set(seen)) > 1


def test_a_page_loads_nothing(tmp_path: Path) -> None:
    """No element, style or script points outside, and the policy would forbid it."""
    reader, _ = report(tmp_path, COUNTERPARTIES)
    policy = next(a["content"] for t, a in reader.elements if a.get("http-equiv")) or ""
    loading = {"src", "srcset", "data", "action", "background", "poster", "style"}
    links = [str(a["href"]) for _, a in reader.elements if "href" in a]

    assert all(loading.isdisjoint(attributes) for _, attributes in reader.elements)
    assert all(link.startswith("#") for link in links)
    assert not re.search(r"url\(|@import|//", reader.raw["style"][0])
    script = reader.raw["script"][-1]
    assert not re.search(r"https?:|fetch|XMLHttp|innerHTML|outerHTML|insertAdj|eval|write", script)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert source_hash(script) in policy
    assert source_hash(reader.raw["style"][0]) in policy


def test_a_page_differs_in_its_time_alone(tmp_path: Path) -> None:
    """Two runs over the same file give the same page, but for the time."""
    pages = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        report(tmp_path / name, COUNTERPARTIES)
        text = (tmp_path / name / "out.html").read_text(encoding="utf-8")
        text = re.sub(r"\d+ \w+ \d{4}, \d\d:\d\d UTC", "TIME", text)
        pages.append(re.sub(r"\d{4}-\d\d-\d\dT[\d:+]+", "TIME", text))

    assert pages[0] == pages[1]


@pytest.mark.parametrize("taken", ["in.csv", "out.csv"])
def test_a_report_overwrites_no_other_file(taken: str, tmp_path: Path) -> None:
    """The report may be neither the source nor the target."""
    source = written(tmp_path, "name", "Acme")
    files = Files(source, tmp_path / "out.csv", tmp_path / taken)

    with pytest.raises(InputError, match="overwrite"):
        screen_with_report(files, Screener())

    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ListError])
def test_a_page_is_written_whole_or_not_at_all(error: type[BaseException], tmp_path: Path) -> None:
    """A run that ends early leaves no part of a page, and an older page stays."""
    source = written(tmp_path, "name", "MRB Bank", "Acme", "MRB-Bank")
    files = Files(source, tmp_path / "out.csv", tmp_path / "out.html")
    files.report.write_text("old", encoding="utf-8")

    class Ending(Observer):
        def screened(self, outcome: Screened) -> None:
            raise error(f"that is all, in row {outcome.row}")

    with pytest.raises(error):
        screen_with_report(files, Screener(), observer=Ending())

    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.html"]
    assert files.report.read_text(encoding="utf-8") == "old"


def test_a_page_says_how_many_rows_it_has_no_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond what a browser bears rows are counted, and the page says so."""
    monkeypatch.setattr(page, "MOST_ROWS", 2)
    source = written(tmp_path, "name", *["MRB Bank"] * 5)

    reader, rows = report(tmp_path, source)

    assert len(reader.rows) == 2
    assert len(rows) == 5
    assert "5 of 5 rows need a person" in reader.text
    assert "3 more rows are not clear" in reader.text


def test_a_clear_row_with_a_hit_set_aside_is_shown(tmp_path: Path) -> None:
    """What a fact spoke against is never hidden, although the row is clear."""
    born = (PartialDate.of(1960, 1, 1),)
    party = Party(id="x:1", kind="person", names=("Ivan Petrov",), dates_of_birth=born)
    source = written(tmp_path, "name,date of birth", "Ivan Petrov,1999-02-03", "Jane Doe,")

    reader, _ = report(tmp_path, source, PartyList(parties=(party,)))

    [row] = reader.rows
    assert row["decision"] == "clear"
    assert [hit["party"] for hit in row["aside"]] == ["x:1"]
    assert "birth_conflict" in {fact[0] for fact in row["aside"][0]["facts"]}


def test_bad_rows_are_shown_with_their_reason(tmp_path: Path) -> None:
    """A row that could not be read in full is marked, counted and explained."""
    source = written(tmp_path, "name,date of birth", "Acme,soon", "Acme,1970")

    reader, _ = report(tmp_path, source)

    [row] = reader.rows
    assert row["faulty"]
    assert "soon" in row["reason"]
    assert "of which 1 could not be read in full" in reader.text


def test_old_lists_and_changed_values_stand_out(tmp_path: Path) -> None:
    """A page warns of the age of a list, and marks what the configuration has otherwise."""
    weights = Weights(omitted=1, misspelled=3)
    config = Config(max_list_age_days=1, weak_aliases=True, weights=weights)

    reader, _ = report(tmp_path, COUNTERPARTIES, config=config)

    assert "more than 1" in reader.text
    assert "weak_aliases yes (by default no)" in reader.text
    assert "weights.omitted 1.0 (by default 0.4)" in reader.text


@pytest.mark.parametrize(
    ("left", "right", "tones"),
    [
        ("Ivan Petrov", "Ivan Petrov", ["same", "same"]),
        ("Иван Петров", "Ivan Petrov", ["romanised", "romanised"]),
        ("Dmitriy Petrov", "Dmitry Petrov", ["variant", "same"]),
        ("Ivan Ilyich Petrov", "Ivan Petrov", ["same", "omitted", "same"]),
        ("Ivan Petrov", "Ivan Petrov Ilyich", ["same", "same", "omitted"]),
        ("Ivan Schmidt", "Ivan Petrov", ["same", "contradicted"]),
        ("Patr Ushev", "Patrushev", ["joined"]),
        ("I Petrov", "Ivan Petrov", ["loose", "same"]),
    ],
)
def test_words_get_the_colour_of_their_verdict(left: str, right: str, tones: list[str]) -> None:
    """Each word stands against its partner, in the order of the first name."""
    cells = list(word_cells(compare(left, right, kind="person").explanation))

    assert [cell["tone"] for cell in cells] == tones


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_word_is_lost_in_a_row_of_cells(left: str, right: str) -> None:
    """Every word of both names stands in exactly one cell."""
    explanation = compare(left, right).explanation
    cells = list(word_cells(explanation))

    for side, name in (("left", explanation.left), ("right", explanation.right)):
        texts = sorted(word[1] for cell in cells for word in cell[side])
        assert texts == sorted(word.text for word in name.words)


def test_notes_do_not_make_a_row_bad(tmp_path: Path) -> None:
    """A value that is merely left out is counted apart from what asks for review."""
    source = written(tmp_path, "name,type", "Acme,gizmo")

    reader, _ = report(tmp_path, source)

    assert reader.rows == []
    assert "1 row holds a value that was left out" in reader.text


@pytest.mark.parametrize(("warnings", "behind"), [(3, False), (4, True)])
def test_many_warnings_of_lists_stand_behind_one_line(
    warnings: int, behind: bool, tmp_path: Path
) -> None:
    """A few warnings are shown at once; many are counted, and none is left out."""
    said = tuple(f"warning {number}" for number in range(warnings))
    party = Party(id="x:1", names=("Ivan Petrov",))
    source = Source(id="x", type="list", warnings=said)

    reader, _ = report(
        tmp_path,
        written(tmp_path, "name", "Acme"),
        PartyList(parties=(party,), sources=(source,)),
    )

    assert all(f"x: {each}" in reader.text for each in said)
    assert (f"{warnings} warnings about the lists" in reader.text) is behind
    assert "All 1 rows are clear" not in reader.text
    assert "The row is clear" in reader.text


def test_the_command_line_writes_a_page(tmp_path: Path) -> None:
    """``--report`` writes a page beside the result, and the exit status still gates."""
    target, page_path = tmp_path / "out.csv", tmp_path / "out.html"
    command = ["screen-file", str(COUNTERPARTIES), "-o", str(target)]

    refused = CliRunner().invoke(cli, [*command, "--report", str(target)])
    done = CliRunner().invoke(cli, [*command, "--report", str(page_path)])

    assert refused.exit_code == 2
    assert "overwrite" in refused.stderr
    assert done.exit_code == 1
    assert target.exists()
    assert Reader(page_path.read_text(encoding="utf-8")).rows


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """More rows, alerts and faults among them, keep less than 150 bytes a row more."""
    screener = tiny_screener()
    names = ["Oreshnik Trade House", "???", *["Bakery"] * 8]

    def most(rows: int) -> int:
        lines = (f"{at};{names[at % 10]}" if at % 50 else "short" for at in range(rows))
        source = tmp_path / "in.csv"
        source.write_text("\n".join(["id;name", *lines]), encoding="utf-8")
        files = Files(source, tmp_path / "out.csv", tmp_path / "out.html")
        tracemalloc.start()
        screen_with_report(files, screener)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(2_000)  # what is loaded once, and what a block takes

    assert most(12_000) - most(2_000) < 10_000 * 150
