"""Measuring the matcher: counts, precision, recall, F1 and AUC."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.errors import InputError
from sanctscreen.evaluate import Evaluation, LabelledPair, ScoredPair, evaluate, read_pairs

PAIRS = Path(__file__).parent.parent / "fixtures" / "evaluate" / "pairs.csv"


def scored(*answers: tuple[float, bool]) -> Evaluation:
    """Make an evaluation of scores and labels; 80 is the default threshold."""
    pairs = tuple(
        ScoredPair(LabelledPair("a", "b", None, is_match), score, is_hit=score >= 80)
        for score, is_match in answers
    )
    return Evaluation(pairs, "")


def test_measures_of_an_example_worked_by_hand() -> None:
    """Three true and two false pairs, of which one true and one false are on the wrong side."""
    evaluation = scored((95, True), (85, True), (60, True), (90, False), (10, False))

    counts = evaluation.default

    assert (counts.true_positives, counts.false_positives) == (2, 1)
    assert (counts.false_negatives, counts.true_negatives) == (1, 1)
    assert (counts.precision, counts.recall, counts.f1) == (2 / 3, 2 / 3, 2 / 3)
    # Of six pairs of a true and a false one, (85, 90) and (60, 90) stand the wrong way round.
    assert evaluation.auc == pytest.approx(4 / 6)


@pytest.mark.parametrize(
    ("answers", "auc"),
    [
        ([(90, True), (10, False)], 1.0),
        ([(10, True), (90, False)], 0.0),
        ([(50, True), (50, False)], 0.5),
        ([(50, True), (50, False), (90, True), (90, False)], 0.5),
    ],
)
def test_auc(answers: list[tuple[float, bool]], auc: float) -> None:
    """AUC is 1 for perfect order, 0 for reversed order; ties count half."""
    assert scored(*answers).auc == auc


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30))
def test_auc_equals_its_definition(answers: list[tuple[int, bool]]) -> None:
    """The fast way agrees with comparing every true pair with every false one."""
    answers = [*answers, (3, True), (3, False)]
    true = [score for score, match in answers if match]
    false = [score for score, match in answers if not match]
    wins = sum((t > f) + (t == f) / 2 for t in true for f in false)

    assert scored(*answers).auc == pytest.approx(wins / len(true) / len(false))


def test_recall_falls_as_the_threshold_rises() -> None:
    """A higher threshold can only lose hits."""
    evaluation = scored((95, True), (85, True), (60, True), (90, False), (10, False))

    recalls = [evaluation.at(threshold).recall for threshold in (0, 70, 90, 100)]

    assert recalls == [1.0, 2 / 3, 1 / 3, 0.0]


def test_pairs_are_read_with_kind_and_label() -> None:
    """Labels in several wordings and schemas are understood; a LegalEntity may be anything."""
    pairs = read_pairs(PAIRS)

    assert [pair.is_match for pair in pairs] == [True, True, True, False, False, False]
    kinds = ["person", "entity", None, "entity", "person", None]
    assert [pair.kind for pair in pairs] == kinds


def test_the_matcher_separates_clear_cases() -> None:
    """Equal names and unrelated names fall on either side of the default threshold."""
    evaluation = evaluate(read_pairs(PAIRS))

    assert (evaluation.auc, evaluation.default.f1) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name1,name2\na,b\n", "row 1: there is no column 'is_match'"),
        ("name1,name2,is_match\na,b,maybe\n", "row 2, field 'is_match': neither true nor false"),
        ("name1,name2,is_match\na,b\n", "row 2: too few cells"),
        ("name1,name2,is_match,schema\na,b,1,Wizard\n", "row 2, field 'schema': unknown"),
        ("name1,name2,is_match\na,b,1\n", "needs pairs that match and pairs that do not"),
    ],
)
def test_pairs_that_would_skew_the_figures_are_refused(
    content: str, message: str, tmp_path: Path
) -> None:
    """Nothing is skipped in silence."""
    path = tmp_path / "pairs.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=message):
        evaluate(read_pairs(path))
