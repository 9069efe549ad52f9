"""What a user may say about a file, and what a run over it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sanctscreen.batch.counterparties import Fault
from sanctscreen.batch.reading import Layout
from sanctscreen.errors import InputError
from sanctscreen.model import Kind

if TYPE_CHECKING:
    from sanctscreen.result import Hit, ScreeningResult


#: Which rows an observer hears of; ``notable`` ones are those that are not `Screened.is_plain`.
Heard = Literal["nothing", "notable", "all"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about a file and a run; what is left out of the file is detected.

    Attributes:
        columns: role to header, such as ``{"name": "Kunde"}``.
        kind: the kind of rows that state none.
        threshold: in place of the configured ones, 0 to 100.
        encoding: of the file, such as ``"cp1251"``.
        delimiter: between its cells.
        resume: go on from where a killed run came to, if there was one; and leave what is needed
            for that if this run is interrupted.
        workers: how many processes screen.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    threshold: float | None = None
    encoding: str | None = None
    delimiter: str | None = None
    resume: bool = False
    workers: int = 1


class Screened(NamedTuple):
    """One row of a file, as it was decided.

    Attributes:
        row: its number, as a spreadsheet numbers it.
        result: what the screener says about its counterparty.
        decision: that of the result, unless a fault of the row asks for review.
        reason: why the row asks for review, and what in it could not be read.
        faults: what in it could not be read, notes included.
    """

    row: int
    result: ScreeningResult
    decision: str
    reason: str
    faults: tuple[Fault, ...]

    @classmethod
    def of(cls, row: int, result: ScreeningResult, faults: Sequence[Fault]) -> Screened:
        """Decide a row: a fault turns clear into review, never a match into less."""
        if result.decision == "clear" and not faults and not result.reason:
            return cls(row, result, "clear", "", ())
        reasons = [*map(str, faults), result.reason, *map(str, result.reopened)]
        reasons += dict.fromkeys(map(_asking, (hit for hit in result.hits if hit.review)))
        faulty = any(fault.review for fault in faults)
        decision = "review" if faulty and result.decision == "clear" else result.decision
        return cls(row, result, decision, "; ".join(filter(None, reasons)), tuple(faults))

    @property
    def is_faulty(self) -> bool:
        """Whether a fault of the row asks for review; a mere note does not."""
        return any(fault.review for fault in self.faults)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say of the row but that it is clear."""
        if self.decision != "clear" or self.faults or self.reason:
            return False
        return not (self.result.set_aside or self.result.cleared)

    def record(self) -> dict[str, Any]:
        """Return everything an auditor needs of the row, JSON-ready, but for the time.

        The same file, lists, configuration and versions give the same records.
        """
        said = self.result.record()
        del said["screened_at"]
        faults = [asdict(fault) for fault in self.faults]
        return said | {"decision": self.decision, "reason": self.reason, "faults": faults}


def _asking(hit: Hit) -> str:
    """Say why a hit asks for review rather than count as a match."""
    if hit.keeps_account:
        return f"the account is at {hit.party.name}"
    return f"status {hit.party.status} asks for review"


class Observer:
    """Hears how a run goes; this one keeps silent.

    Each run begins by `begin` or by `go_on`. What is heard after a checkpoint that a killed run
    did not outlive is heard again when the run goes on.
    """

    def begin(self) -> None:
        """Hear that a run starts from the first row."""

    def keep(self) -> Any:
        """Bring what was written to the disk; return, JSON-ready, what `go_on` needs to go on."""
        return None

    def go_on(self, kept: Any) -> None:
        """Hear that a run goes on from what was kept; forget whatever came after it.

        Raises:
            InputError: it cannot.
        """

    def hears(self) -> Heard:
        """Say which rows `screened` is to hear of: all, if a class of its own does something."""
        return "nothing" if type(self).screened is Observer.screened else "all"

    def screened(self, outcome: Screened) -> None:
        """Hear of a row that is decided and written, in the order of the file."""

    def passed(self, rows: int, out_of_date: tuple[str, ...]) -> None:
        """Hear of so many rows that are plain, where `screened` does not hear of them.

        Args:
            rows: how many.
            out_of_date: what their results say about the age of the lists.
        """

    def end(self) -> None:
        """Hear that every row is written; the result appears after this."""

    def progress(self, rows: int, read: int) -> None:
        """Hear that so many rows are written and so many bytes are read."""

    def fault(self, error: InputError, *, review: bool) -> None:
        """Hear of something in a row that cannot be read, and whether it asks for review."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run over a file came to.

    Attributes:
        rows: rows screened; as many were written.
        decisions: rows by decision.
        faulty: rows that ask for review because they could not be read in full.
        layout: format, encoding, delimiter and quoting, as found.
        columns: role to the header of the column that was read for it.
        lists: version and digest of each list.
        config_digest: the digest of the configuration.
        seconds: wall-clock time.
        taken_over: how many of the rows an interrupted run had written before.
    """

    rows: int
    decisions: Mapping[str, int]
    faulty: int
    layout: Layout
    columns: Mapping[str, str]
    lists: tuple[str, ...]
    config_digest: str
    seconds: float
    taken_over: int = 0

    @property
    def alerts(self) -> int:
        """How many rows are not clear."""
        return self.rows - self.decisions.get("clear", 0)

    @property
    def alert_rate(self) -> float:
        """The share of rows that are not clear, 0 to 1."""
        return self.alerts / self.rows
