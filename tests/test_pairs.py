"""Pairs of names: the side of the threshold they must fall on, and the score they have today.

    python tests/test_pairs.py

renews ``fixtures/names/golden.tsv``; its README says when.
"""

import csv
from pathlib import Path

import pytest

import sanctscreen as ss

NAMES = Path(__file__).parents[1] / "fixtures" / "names"
GOLDEN = NAMES / "golden.tsv"
Case = dict[str, str]


def read(name: str) -> list[Case]:
    return list(csv.DictReader((NAMES / name).read_text(encoding="utf-8").splitlines()))


def title(case: Case) -> str:
    return f"{case['group']}: {case['left']} ~ {case['right']}"


PAIRS, GAPS = [*read("pairs.csv"), *read("scripts.csv")], read("known_gaps.csv")


def assert_side(case: Case) -> None:
    """Compare both ways round, and with the expectation."""
    kind = case["kind"] or None
    there = ss.compare(case["left"], case["right"], kind=kind)
    back = ss.compare(case["right"], case["left"], kind=kind)

    assert there.score == back.score
    assert (case["hit"] == "yes") == (there.score >= ss.Config().threshold_for(kind)), there


def golden() -> list[str]:
    """Return every pair with its score, one line each."""
    lines = ["score\thit\tkind\tleft\tright"]
    for case in (*PAIRS, *GAPS):
        score = ss.compare(case["left"], case["right"], kind=case["kind"] or None).score
        cells = [f"{score:.2f}", *(case[column] for column in ("hit", "kind", "left", "right"))]
        lines.append("\t".join(cells))
    return lines


@pytest.mark.parametrize("case", PAIRS, ids=title)
def test_pair_falls_on_its_side_of_the_threshold(case: Case) -> None:
    """A pair is a hit if and only if the table says so, whichever name comes first."""
    assert_side(case)


@pytest.mark.parametrize("case", GAPS, ids=title)
@pytest.mark.xfail(raises=AssertionError, reason="a known gap")
def test_known_gap_is_still_one(case: Case) -> None:
    """A pair that comes right fails this test: move its row to pairs.csv."""
    assert_side(case)


def test_scores_are_those_written_down() -> None:
    """A change of any score is a change of a file that somebody reads before committing it."""
    assert golden() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_no_pair_is_listed_twice() -> None:
    """A pair has one expectation."""
    keys = [(case["left"], case["right"], case["kind"]) for case in (*PAIRS, *GAPS)]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("group", sorted({case["group"] for case in PAIRS}))
def test_every_class_has_matches_and_others(group: str) -> None:
    """A class that is tested on one side alone can be passed by a screener that always says so."""
    cases = [case for case in (*PAIRS, *GAPS) if case["group"] == group]

    assert {case["hit"] for case in cases} == {"yes", "no"}


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(golden()) + "\n", encoding="utf-8")
