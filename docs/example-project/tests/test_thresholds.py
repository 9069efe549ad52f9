"""Our thresholds find whom they must, and leave the others alone."""

import csv
from pathlib import Path

import pytest

import sanctscreen as ss
from sanctscreen.testing import assert_clear, assert_hit, tiny_screener

PROJECT = Path(__file__).parents[1]
RULES = ss.Config.read(PROJECT / "rules.toml")
#: In earnest: ss.Screener(ss.read_list("sdn.csv"), config=RULES)
SCREENER = tiny_screener(RULES)


def cases() -> list[dict[str, str]]:
    """Read what must be found and what must not."""
    with (PROJECT / "cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_case(case: dict[str, str]) -> None:
    """Each case is decided as the table says."""
    if case["must_hit"]:
        assert_hit(case["name"], case["must_hit"], screener=SCREENER, kind=case["kind"])
    else:
        assert_clear(case["name"], screener=SCREENER, kind=case["kind"])


def test_every_change_has_its_reason() -> None:
    """Nobody moves a threshold without saying why."""
    usual = ss.Config()
    changed = [field for field, value in RULES.values.items() if value != usual.values[field]]

    assert [field for field in changed if not RULES.rationale_for(field)] == []
