"""Show what analysts said about hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from sanctscreen.report.parts import plain, table

if TYPE_CHECKING:
    from sanctscreen.cleared.store import Kept


def clearances_view(kept: Sequence[Kept]) -> RenderableType:
    """Show all that was said, in the order in which it was kept."""
    narrow = ["number", "on", "until"]
    view = table("number", "counterparty", "party", "said", "on", "until", narrow=narrow)
    for number, said in kept:
        reference = (f"\n{plain(said.reference)}" if said.reference else "", "dim")
        words = "no match" if said.action == "clear" else "open again"
        view.add_row(
            str(number),
            Text.assemble(plain(said.name), reference),
            Text.assemble(plain(said.party_name), (f"\n{plain(said.party)}", "dim")),
            Text.assemble(f"{words}: {plain(said.reason)}", (f"\n{plain(said.author)}", "dim")),
            str(said.decided_at.date()),
            str(said.expires or ""),
        )
    return view
