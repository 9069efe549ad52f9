"""Show what the verification of a ledger found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from sanctscreen.report.parts import facts, plain

if TYPE_CHECKING:
    from sanctscreen.ledger.verify import Verified


def verified_view(found: Verified, path: str, years: int) -> RenderableType:
    """Show whether a ledger is intact, and what else there is to say of it.

    Args:
        found: what the verification found.
        path: the ledger.
        years: how long its records are kept.
    """
    badge = (" INTACT ", "bold green") if found.intact else (" NOT INTACT ", "bold white on red")
    rows = [("records", f"{found.records:,}, {found.screenings:,} of them screenings")]
    if found.first and found.last:
        rows.append(("written", f"{found.first:%Y-%m-%d %H:%M} to {found.last:%Y-%m-%d %H:%M} UTC"))
    if until := found.keep_until(years):
        rows.append(("keep until", f"{until:%Y-%m-%d}, {years} years after the last record"))
    if found.continues:
        rows.append(("continues", str(found.continues)))
    if found.open_runs:
        runs = "1 run has" if found.open_runs == 1 else f"{found.open_runs:,} runs have"
        why = "it goes on, was interrupted, or the end of the ledger was cut off"
        rows.append(("not ended", f"{runs} rows and no end: {why}"))
    if found.unfinished:
        rows.append(("unfinished", f"{found.unfinished:,} bytes at the end, of a killed writer"))
    faults = [Text(plain(f" {each}"), style="red") for each in found.faults]
    # Whoever keeps the head copies it, so it has a whole line, which a usual terminal holds.
    head = [Text(f" {found.head}", overflow="fold")] if found.head else []
    said = [facts(("head", "keep it elsewhere:")), *head] if head else []
    title = Text.assemble(badge, "  ", (plain(path), "bold"))
    return Group(title, *faults, facts(*rows), *said)
