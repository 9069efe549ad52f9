"""A block of rows from cells to the text of the result, in whichever process that is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sanctscreen.batch.counterparties import Fault, RowReader
from sanctscreen.batch.outcome import Heard, Screened
from sanctscreen.batch.reading import Row
from sanctscreen.batch.writing import Writer

if TYPE_CHECKING:
    from sanctscreen.screen import Screener


class Portion(NamedTuple):
    """What came of a block of rows.

    Attributes:
        rows: how many there are.
        text: the rows as the target holds them.
        decisions: rows by decision.
        faulty: rows that ask for review because they could not be read in full.
        faults: what could not be read, notes included, each with the number of its row.
        heard: the rows that the observer is to hear of.
        out_of_date: what the results of the other rows say about the age of the lists.
    """

    rows: int
    text: str
    decisions: Mapping[str, int]
    faulty: int
    faults: Sequence[tuple[int, Fault]]
    heard: Sequence[Screened]
    out_of_date: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """Reads and screens blocks of rows.

    Attributes:
        screener: what the rows are screened with.
        reader: makes a counterparty of each.
        threshold: in place of the configured ones, 0 to 100.
    """

    screener: Screener
    reader: RowReader
    threshold: float | None = None

    def __call__(self, block: Sequence[Row]) -> list[Screened]:
        """Decide every row."""
        read = list(map(self.reader.read, block))
        results = self.screener.screen_block([who for who, _ in read], threshold=self.threshold)
        return [
            Screened.of(row.number, result, faults)
            for row, (_, faults), result in zip(block, read, results, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Portions:
    """Screens blocks of rows and writes them as text.

    Attributes:
        screening: decides the rows.
        writer: writes them.
        width: how many cells the header has.
        hears: which rows the observer is to hear of.
    """

    screening: Screening
    writer: Writer
    width: int
    hears: Heard

    def __call__(self, block: Sequence[Row]) -> Portion:
        """Decide and write every row."""
        outcomes = self.screening(block)
        heard = [each for each in outcomes if self._is_heard(each)]
        others = (each.result.out_of_date for each in outcomes if each.is_plain)
        return Portion(
            rows=len(outcomes),
            text=self.writer.text(zip(map(self._cells, block), outcomes, strict=True)),
            decisions=Counter(each.decision for each in outcomes),
            faulty=sum(each.is_faulty for each in outcomes),
            faults=[(each.row, fault) for each in outcomes for fault in each.faults],
            heard=heard,
            out_of_date=tuple(dict.fromkeys(said for each in others for said in each)),
        )

    def _is_heard(self, outcome: Screened) -> bool:
        return self.hears == "all" or (self.hears == "notable" and not outcome.is_plain)

    def _cells(self, row: Row) -> list[str]:
        """Return as many cells as the header has."""
        cells = row.cells
        if len(cells) == self.width:
            return cells
        return cells[: self.width] + [""] * (self.width - len(cells))
