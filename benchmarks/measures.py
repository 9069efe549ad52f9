"""Answers to labelled questions, and what is computed from them; every figure is in percent.

A figure that needs rows of both labels is not a number where one of them is missing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sanctscreen.evaluate import Evaluation, LabelledPair, ScoredPair


@dataclass(frozen=True)
class Answer:
    """What one judge said of one row.

    Attributes:
        score: 0 to 100 for a pair; of a screened name only whether it hit is known.
        is_match: the label: whether the row should be a hit.
        is_hit: whether the judge made it one.
    """

    is_match: bool
    is_hit: bool
    score: float = 0.0


UNNAMED = {label: LabelledPair("", "", None, label) for label in (True, False)}
Answers = Sequence[Answer]
Scores = npt.NDArray[np.float64]


def share(answers: Answers) -> float:
    """Return the share of hits."""
    return 100 * sum(answer.is_hit for answer in answers) / len(answers)


def right(answers: Answers) -> float:
    """Return the share of rows on the side that their label says."""
    return 100 * sum(answer.is_hit == answer.is_match for answer in answers) / len(answers)


def recall(answers: Answers) -> float:
    """Return the share of matches that hit."""
    return share(counted("recall", answers))


def alerts(answers: Answers) -> float:
    """Return the share of non-matches that hit."""
    return share(counted("alerts", answers))


def f1(answers: Answers) -> float:
    """Return the harmonic mean of precision and recall."""
    return 100 * _evaluation(answers).default.f1


def best_f1(answers: Answers) -> float:
    """Return F1 at the threshold where it is highest."""
    order = sorted(answers, key=lambda answer: -answer.score)
    labels = np.array([answer.is_match for answer in order])
    scores = np.array([answer.score for answer in order])
    found, taken = np.cumsum(labels), np.arange(1, len(labels) + 1)
    # Equal scores fall on one side together.
    ends = np.append(scores[1:] != scores[:-1], True)
    return float(100 * np.max((2 * found / (taken + labels.sum()))[ends]))


def auc(answers: Answers) -> float:
    """Return how often a match scores above a non-match; equal scores count half."""
    if len({answer.is_match for answer in answers}) < 2:
        return math.nan
    return 100 * _evaluation(answers).auc


def _evaluation(answers: Answers) -> Evaluation:
    """Measure with what `sanctscreen evaluate` measures with."""
    return Evaluation(
        tuple(ScoredPair(UNNAMED[a.is_match], a.score, a.is_hit) for a in answers), ""
    )


def recall_at_1(answers: Answers) -> float:
    """Return the recall at the lowest threshold that at most 1 % of the non-matches reach."""
    matches, others = _scores(answers)
    if not len(matches) or not len(others):
        return math.nan
    barred = np.sort(others)[::-1][len(others) // 100]
    return float(100 * np.mean(matches > barred))


def _scores(answers: Answers) -> tuple[Scores, Scores]:
    """Return the scores of the matches, and of the others."""
    matches = np.array([answer.score for answer in answers if answer.is_match])
    return matches, np.array([answer.score for answer in answers if not answer.is_match])


def counted(measure: str, answers: Answers) -> Answers:
    """Return the rows that a measure counts: those of one label, or all."""
    label = {"recall": True, "recall_at_1": True, "alerts": False}.get(measure)
    return [answer for answer in answers if label in (None, answer.is_match)]


MEASURES: dict[str, Callable[[Answers], float]] = {
    measure.__name__: measure
    for measure in (share, right, recall, alerts, f1, best_f1, auc, recall_at_1)
}
