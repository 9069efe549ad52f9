"""Pairs of names and the side of the default threshold that they fall on."""

import csv
from pathlib import Path

import pytest

import sanctscreen as ss

FIXTURE = Path(__file__).parents[1] / "fixtures" / "names" / "pairs.csv"
CASES = list(csv.DictReader(FIXTURE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['left']} ~ {case['right']}")
def test_pair_falls_on_its_side_of_the_threshold(case: dict[str, str]) -> None:
    """A pair is a hit if and only if the table says so, whichever name comes first."""
    kind = case["kind"] or None
    there = ss.compare(case["left"], case["right"], kind=kind)
    back = ss.compare(case["right"], case["left"], kind=kind)

    assert there.score == back.score
    assert (case["hit"] == "yes") == (there.score >= ss.Config().threshold_for(kind)), there
