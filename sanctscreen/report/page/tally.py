"""What a run comes to, counted while it goes on, in memory that does not grow with the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import floor
from typing import Any, Self

from sanctscreen.batch import Screened

#: The width of a bar of the distribution, in points of score; equal names have a bar of their own.
BAR_POINTS = 2


@dataclass(slots=True)
class Tally:
    """Counts over the rows of a run.

    Attributes:
        decisions: rows by decision.
        scores: rows with a hit, by decision and the least score of the bar that the best hit is in.
        hits: hits over all rows.
        set_aside: hits over all rows that a fact set aside.
        regions: rows that name an embargoed region.
        cleared: hits over all rows that an analyst cleared.
        faulty: rows that ask for review because they could not be read in full.
        noted: rows with a mere note about what could not be read.
        unshown: rows that a page has no room for.
        out_of_date: what the results say about the age of the lists, each once.
    """

    decisions: Counter[str] = field(default_factory=Counter)
    scores: Counter[tuple[str, int]] = field(default_factory=Counter)
    hits: int = 0
    set_aside: int = 0
    regions: int = 0
    cleared: int = 0
    faulty: int = 0
    noted: int = 0
    unshown: int = 0
    out_of_date: dict[str, None] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows were screened."""
        return sum(self.decisions.values())

    @property
    def alerts(self) -> int:
        """How many of them are not clear."""
        return self.rows - self.decisions["clear"]

    def keep(self) -> dict[str, Any]:
        """Return the counts, JSON-ready."""
        scores = [[*bar, count] for bar, count in self.scores.items()]
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return plain | {"scores": scores, "decisions": dict(self.decisions)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Make a tally of counts that were kept."""
        scores = Counter({(decision, bar): count for decision, bar, count in kept["scores"]})
        return cls(**{**kept, "decisions": Counter(kept["decisions"]), "scores": scores})

    def add(self, outcome: Screened) -> None:
        """Count one row."""
        result = outcome.result
        self.decisions[outcome.decision] += 1
        self.hits += len(result.hits)
        self.set_aside += len(result.set_aside)
        self.regions += bool(result.regions)
        self.cleared += len(result.cleared)
        faulty = any(fault.review for fault in outcome.faults)
        self.faulty += faulty
        self.noted += bool(outcome.faults) and not faulty
        self.out_of_date.update(dict.fromkeys(result.out_of_date))
        if result.hits:
            self.scores[outcome.decision, bar_of(result.hits[0].score)] += 1

    def add_plain(self, rows: int, out_of_date: tuple[str, ...]) -> None:
        """Count so many plain rows, and what they say about the age of the lists."""
        self.decisions["clear"] += rows
        self.out_of_date.update(dict.fromkeys(out_of_date))


def bar_of(score: float) -> int:
    """Return the least score of the bar that a score is in.

    >>> bar_of(100), bar_of(99.2), bar_of(78)
    (100, 98, 78)
    """
    return floor(score / BAR_POINTS) * BAR_POINTS
