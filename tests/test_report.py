"""What a terminal shows: safe text, bars, progress."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sanctscreen.diff import diff
from sanctscreen.errors import InputError
from sanctscreen.model import LeftOut, Party, SourceStatus, Unnamed
from sanctscreen.party_list import PartyList
from sanctscreen.report import diff_view, list_view, party_view, plain
from sanctscreen.report.parts import ScoreBar
from sanctscreen.report.progress import FAULTS_SHOWN, watching


def drawn(view: object, width: int = 100) -> str:
    """Draw a view as plain text."""
    stream = StringIO()
    Console(file=stream, width=width, color_system=None).print(view)
    return stream.getvalue()


@given(st.text())
def test_plain_text_moves_no_cursor(text: str) -> None:
    """Whatever a name holds, only printable characters are left, and those are kept."""
    shown = plain(text)

    assert shown.isprintable()
    assert plain(shown) == shown
    assert "".join(filter(str.isprintable, text)) == text or shown != text


@pytest.mark.parametrize(
    ("score", "expected"),
    [(100.0, "━━━━━━━━ 100.0"), (50.0, "━━━━────  50.0"), (0.0, "────────   0.0")],
)
def test_bars_are_as_long_as_the_score(score: float, expected: str) -> None:
    """Eight signs stand for 100."""
    assert drawn(ScoreBar(score)).rstrip() == expected


def test_a_list_is_shown_with_what_was_announced_and_left_out() -> None:
    """Counts, unnamed slots, reasons and the first parties."""
    parties = tuple(Party(id=f"x:{n}", names=(f"Bank {n}",)) for n in range(60))
    citation = {"source": "report", "start": 0, "end": 1, "words": "x"}
    left_out = LeftOut.model_validate(
        {"name": "Reuters", "role": "media", "reason": "a medium", "citation": citation}
    )
    unnamed = Unnamed(kind="entity", count=5, source="report")

    text = drawn(list_view(PartyList(parties=parties, unnamed=(unnamed,), left_out=(left_out,))))

    for expected in ("5 × entity", "Reuters (a medium)", "x:49", "and 10 more", "60 designated"):
        assert expected in text
    assert "x:50" not in text


def test_a_party_is_shown_with_all_that_is_known() -> None:
    """Names, statuses, programmes and every further field."""
    party = Party.model_validate(
        {
            "id": "x:1",
            "kind": "person",
            "names": ["Ivan Petrov", "Иван Петров"],
            "statuses": [SourceStatus(source="x", programmes=("DPRK3",))],
            "identifiers": [{"type": "passport", "value": "AB1", "country": "Russia"}],
            "nationalities": ["Russia"],
        }
    )

    text = drawn(party_view(party))

    lines = [" ".join(line.split()) for line in text.splitlines()]
    for expected in ("Иван Петров aka unknown Cyrl", "programmes DPRK3", "passport AB1 Russia"):
        assert expected in lines
    assert "nationality Russia" in lines


def test_a_difference_is_shown_in_one_table() -> None:
    """Added, removed and changed parties with what changed."""
    old = PartyList(parties=(Party(id="x:1", names=("A",)), Party(id="x:2", names=("B",))))
    new = PartyList(parties=(Party(id="x:1", names=("A", "AA")), Party(id="x:3", names=("C",))))

    text = drawn(diff_view(diff(old, new)))

    for expected in ("1 added, 1 removed, 1 changed", "x:1", "+ AA", "x:2", "x:3"):
        assert expected in text
    assert drawn(diff_view(diff(old, old))).strip() == "0 added, 0 removed, 0 changed (0 renamed)"


def test_faults_are_shown_one_by_one_up_to_a_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file full of faults does not flood the terminal, and says how many more there are."""
    path = tmp_path / "in.csv"
    path.write_text("name\n", encoding="utf-8")

    with watching(path) as observer:
        for row in range(FAULTS_SHOWN + 5):
            observer.fault(InputError("no name", path="in.csv", row=row), review=True)
        observer.progress(FAULTS_SHOWN + 5, 5)

    shown = capsys.readouterr().err
    assert shown.count("no name") == FAULTS_SHOWN
    assert "and 5 more" in shown
