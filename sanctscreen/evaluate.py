"""Measure the matcher on labelled pairs: precision, recall, F1 by threshold, and AUC.

*Precision* is the share of alerts that are right, *recall* the share of true matches that raise
an alert, *F1* their harmonic mean. *AUC* is the chance that a true pair scores above a false
one, equal scores counting half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import Any, cast

from sanctscreen.batch.columns import fold
from sanctscreen.batch.counterparties import meaning
from sanctscreen.batch.reading import detect_layout, read_rows
from sanctscreen.config import Config
from sanctscreen.errors import InputError
from sanctscreen.model import Kind
from sanctscreen.score import compare

THRESHOLDS = tuple(float(threshold) for threshold in range(50, 101, 5))
REQUIRED = ("name1", "name2", "is_match")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names, and whether they name the same party."""

    left: str
    right: str
    kind: Kind | None
    is_match: bool


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A pair with its score, and whether the default threshold makes it a hit."""

    pair: LabelledPair
    score: float
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong answers at one threshold."""

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    @property
    def precision(self) -> float:
        """The share of alerts that are right, 0 to 1; 1 where there is no alert."""
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """The share of true matches that raise an alert, 0 to 1; 1 where there is none."""
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        wrong = self.false_positives + self.false_negatives
        return _share(2 * self.true_positives, 2 * self.true_positives + wrong)

    def to_dict(self) -> dict[str, Any]:
        """Return counts and measures as JSON-ready data."""
        return {
            "true_positives": self.true_positives,
            "false_positives": self.false_positives,
            "false_negatives": self.false_negatives,
            "true_negatives": self.true_negatives,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well the scores separate true pairs from false ones.

    Attributes:
        pairs: every pair with its score, in the order of the file.
        config_digest: the digest of the configuration that was measured.
    """

    pairs: tuple[ScoredPair, ...]
    config_digest: str

    def at(self, threshold: float) -> Counts:
        """Count right and wrong answers at one threshold for every kind, 0 to 100."""
        return _counts((each.score >= threshold, each.pair.is_match) for each in self.pairs)

    @property
    def default(self) -> Counts:
        """Right and wrong answers at the configured threshold of each kind."""
        return _counts((each.is_hit, each.pair.is_match) for each in self.pairs)

    @property
    def auc(self) -> float:
        """The chance that a true pair scores above a false one, 0 to 1; ties count half."""
        below, wins, matches = 0, 0.0, 0
        ordered = sorted(self.pairs, key=lambda each: each.score)
        for _, group in groupby(ordered, key=lambda each: each.score):
            labels = [each.pair.is_match for each in group]
            true, false = sum(labels), len(labels) - sum(labels)
            wins += true * (below + false / 2)
            below, matches = below + false, matches + true
        return wins / (below * matches)

    def to_dict(self) -> dict[str, Any]:
        """Return every measure as JSON-ready data."""
        return {
            "pairs": len(self.pairs),
            "matches": sum(each.pair.is_match for each in self.pairs),
            "auc": round(self.auc, 4),
            "default": self.default.to_dict(),
            "thresholds": [
                {"threshold": threshold, **self.at(threshold).to_dict()} for threshold in THRESHOLDS
            ],
            "config_digest": self.config_digest,
        }


def evaluate(pairs: Sequence[LabelledPair], *, config: Config | None = None) -> Evaluation:
    """Score labelled pairs.

    Raises:
        InputError: there is no pair that matches, or none that does not.
    """
    if len({pair.is_match for pair in pairs}) < 2:
        raise InputError("an evaluation needs pairs that match and pairs that do not")
    settings = config or Config()
    return Evaluation(tuple(_score(pair, settings) for pair in pairs), settings.digest)


def read_pairs(path: str | PathLike[str]) -> tuple[LabelledPair, ...]:
    """Read labelled pairs from a CSV with the columns name1, name2, is_match and perhaps schema.

    Raises:
        InputError: the file cannot be read, lacks a column or has a value that cannot be read.
    """
    source = Path(path)
    layout = detect_layout(source)
    with layout.open(source) as stream:
        rows = read_rows(stream, layout)
        header = [fold(cell) for cell in next(rows).cells]
        places = {name: _place(header, name, source) for name in REQUIRED}
        if "schema" in header:
            places["schema"] = header.index("schema")
        return tuple(_pair(row.cells, places, row.number, source) for row in rows)


def _place(header: list[str], name: str, path: Path) -> int:
    if fold(name) not in header:
        raise InputError(f"there is no column {name!r}", path=path, row=1)
    return header.index(fold(name))


def _pair(cells: list[str], places: dict[str, int], row: int, path: Path) -> LabelledPair:
    """Read one row; a label that cannot be read is an error, since it would skew every figure."""
    if len(cells) <= max(places.values()):
        raise InputError("too few cells", path=path, row=row)
    truth = meaning("truth", cells[places["is_match"]])
    if truth is None:
        message = f"neither true nor false: {cells[places['is_match']]!r}"
        raise InputError(message, path=path, row=row, field="is_match")
    kind = _kind(cells[places["schema"]], row, path) if "schema" in places else None
    return LabelledPair(
        cells[places["name1"]], cells[places["name2"]], kind, is_match=truth == "true"
    )


def _kind(text: str, row: int, path: Path) -> Kind | None:
    """Return the kind that a schema stands for; ``None`` where it may be any."""
    if not text.strip():
        return None
    known = meaning("schema", text)
    kind = meaning("kind", text) if known is None else known
    if kind is None:
        raise InputError(f"unknown schema: {text!r}", path=path, row=row, field="schema")
    return cast("Kind | None", kind or None)


def _score(pair: LabelledPair, config: Config) -> ScoredPair:
    score = compare(pair.left, pair.right, kind=pair.kind, config=config).score
    return ScoredPair(pair, score, is_hit=score >= config.threshold_for(pair.kind))


def _counts(answers: Iterator[tuple[bool, bool]]) -> Counts:
    """Count pairs of (alert, match)."""
    found = list(answers)
    return Counts(
        true_positives=found.count((True, True)),
        false_positives=found.count((True, False)),
        false_negatives=found.count((False, True)),
        true_negatives=found.count((False, False)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
