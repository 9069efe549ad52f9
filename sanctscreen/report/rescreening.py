"""Show what a rescreening or a look-back came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sanctscreen.report.parts import facts, plain, table

if TYPE_CHECKING:
    from sanctscreen.recorded import Moved
    from sanctscreen.rescreen import Tally

#: Parties of a result that are named; there is a count of the others.
MOST_NAMED = 3


def rescreened_view(tally: Tally, target: str) -> RenderableType:
    """Show how many results a change touched, and which decisions moved."""
    rows = facts(
        ("results", f"{tally.rows:,}"),
        ("touched", f"{tally.touched:,} were screened again, the others cannot have changed"),
        ("not clear", f"{tally.alerts:,}"),
        ("written", target),
    )
    if not tally.moved:
        return Group(_moves(tally.moves), rows)
    said = _said(tally.moved, tally.shown, "with other hits or another decision")
    return Group(_moves(tally.moves), _moved(tally.shown), said, rows)


def moved_view(
    decisions: Mapping[tuple[str, str], int], moved: int, shown: Sequence[Moved]
) -> RenderableType:
    """Show which decisions would be others, and the first results whose hits would be.

    Args:
        decisions: how often a decision would become another or stay.
        moved: how many results would have another decision or other hits.
        shown: the first of them.
    """
    if not moved:
        return Group(_moves(decisions), Text(" No result would have other hits."))
    said = _said(moved, shown, "would have other hits or another decision")
    return Group(_moves(decisions), _moved(shown), said)


def _said(moved: int, shown: Sequence[Moved], what: str) -> Text:
    results = "result" if moved == 1 else "results"
    more = f", {moved - len(shown):,} not shown" if moved > len(shown) else ""
    return Text(f" {moved:,} {results} {what}{more}")


def _moved(shown: Sequence[Moved]) -> Table:
    view = table("line", "counterparty", "decision", "hits gained", "hits lost", narrow=["line"])
    for each in shown:
        who = each.recorded.result.input
        reference = (f"\n{plain(who.reference)}" if who.reference else "", "dim")
        stays = each.before == each.after
        decision = each.before if stays else f"{each.before} → {each.after}"
        name = Text.assemble(plain(who.name), reference)
        parties = map(_parties, (each.gained, each.lost))
        view.add_row(str(each.recorded.number), name, decision, *parties)
    return view


def _moves(moves: Mapping[tuple[str, str], int]) -> Table:
    view = table("before", "after", "results", narrow=["results"])
    for (before, after), count in sorted(moves.items(), key=lambda it: (it[0][0] == it[0][1], it)):
        view.add_row(before, after, f"{count:,}", style="dim" if before == after else "bold")
    return view


def _parties(ids: Sequence[str]) -> str:
    more = [f"and {len(ids) - MOST_NAMED} more"] if len(ids) > MOST_NAMED else []
    return "\n".join([*map(plain, ids[:MOST_NAMED]), *more])
