"""Show how well the matcher did on labelled pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from sanctscreen.report.parts import table

if TYPE_CHECKING:
    from sanctscreen.evaluate import Counts, Evaluation

COLUMNS = ("threshold", "precision", "recall", "F1", "hits", "false hits", "misses")


def evaluation_view(evaluation: Evaluation) -> RenderableType:
    """Show precision, recall and F1 by threshold, with what applies by default set off."""
    from sanctscreen.evaluate import THRESHOLDS

    view = table(*COLUMNS)
    for column in view.columns:
        column.justify = "right"
    for threshold in THRESHOLDS:
        view.add_row(*_cells(f"{threshold:.0f}", evaluation.at(threshold)))
    view.add_section()
    view.add_row(*_cells("default", evaluation.default), style="bold")
    matches = sum(each.pair.is_match for each in evaluation.pairs)
    title = f"{len(evaluation.pairs):,} pairs, {matches:,} match · AUC {evaluation.auc:.4f}"
    return Group(Text(title, style="bold"), view)


def _cells(threshold: str, counts: Counts) -> tuple[str, ...]:
    measures = (counts.precision, counts.recall, counts.f1)
    alerts = counts.true_positives + counts.false_positives
    numbers = (alerts, counts.false_positives, counts.false_negatives)
    return (threshold, *(f"{each:.3f}" for each in measures), *(f"{each:,}" for each in numbers))
