"""Show the outcome of screening a name, a file, or of comparing two names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sanctscreen.report.parts import ScoreBar, facts, named, plain, table, words

if TYPE_CHECKING:
    from sanctscreen.batch import Summary
    from sanctscreen.result import ClearedHit, Hit, ScreeningResult
    from sanctscreen.score import Comparison

COLOURS = {"match": "bold white on red", "review": "bold black on yellow", "clear": "bold green"}
DIGEST_SHOWN = 12
SET_ASIDE = "set aside: the name is a hit, another fact speaks against it"
CLEARED = "cleared: an analyst says that these are no match"


def result_view(result: ScreeningResult) -> RenderableType:
    """Show one screening: the decision, the hits, why, and which list and rules decided."""
    parts: list[RenderableType] = [_decision(result)]
    if result.reason:
        parts.append(Padding(Text(plain(result.reason)), (1, 0, 0, 1)))
    parts += [Text(plain(f" {said}"), style="yellow") for said in result.out_of_date]
    if result.hits:
        parts += [_hits(result.hits), *(_explained(str(hit)) for hit in result.hits)]
    parts += [Text(plain(f" {each}"), style="yellow") for each in result.reopened]
    parts += _below(SET_ASIDE, result.set_aside)
    parts += _below(CLEARED, result.cleared)
    return Group(*parts, Text(), _footer(result))


def comparison_view(comparison: Comparison) -> RenderableType:
    """Show the score of two names and how it came about."""
    return _explained(str(comparison.explanation))


def summary_view(summary: Summary, target: str) -> RenderableType:
    """Show what a run over a file came to."""
    screened = summary.rows - summary.taken_over
    rate = screened / max(summary.seconds, 1e-9)
    earlier = f", {summary.taken_over:,} of them by the interrupted run" * bool(summary.taken_over)
    columns = ", ".join(f"{role} = {header!r}" for role, header in summary.columns.items())
    return facts(
        ("decisions", _decisions(summary)),
        ("rows", f"{summary.rows:,} in {summary.seconds:.1f} s ({rate:,.0f} a second){earlier}"),
        ("alert rate", f"{summary.alert_rate:.2%}, {summary.alerts:,} rows"),
        ("bad rows", f"{summary.faulty:,}"),
        ("read as", str(summary.layout)),
        ("columns", columns),
        ("list", "; ".join(summary.lists)),
        ("configuration", summary.config_digest[:DIGEST_SHOWN]),
        ("result", target),
    )


def _decision(result: ScreeningResult) -> Text:
    """Show the decision and who it is about."""
    who = result.counterparty
    badge = (f" {result.decision.upper()} ", COLOURS[result.decision])
    kind = (f"  {who.kind}", "dim") if who.kind else ""
    hits = len(result.hits)
    count = (f"  {hits} hit{'s' if hits > 1 else ''}", "dim") if hits else ""
    return Text.assemble(badge, "  ", (plain(who.name), "bold"), kind, count)


def _below(title: str, hits: Sequence[Hit | ClearedHit]) -> list[RenderableType]:
    """Show hits that do not count, below those that do."""
    if not hits:
        return []
    heading = Padding(Text(title, style="yellow"), (1, 0, 0, 1))
    return [heading, *(_explained(str(hit)) for hit in hits)]


def _hits(hits: tuple[Hit, ...]) -> Table:
    """List the hits, best first."""
    view = table("score", "party", "status", narrow=["score"])
    for hit in hits:
        also = "" if hit.matched_name == hit.party.name else f"matched: {hit.matched_name}"
        status = (words(hit.party.status), "yellow" if hit.review else "red")
        kind = (hit.party.kind or "unknown kind", "dim")
        view.add_row(ScoreBar(hit.score), named(hit.party, also), Text.assemble(status, "\n", kind))
    return view


def _explained(explanation: str) -> RenderableType:
    """Show an explanation: its first line as a title, the others indented."""
    title, *lines = explanation.splitlines()
    body = [Padding(Text(plain(line.strip()), style="dim"), (0, 0, 0, 5)) for line in lines]
    return Group(Padding(Text(plain(title.strip())), (0, 0, 0, 1)), *body)


def _decisions(summary: Summary) -> Text:
    """Show how many rows got each decision."""
    return Text("   ").join(
        Text.assemble((f" {name} ", COLOURS[name]), f" {summary.decisions.get(name, 0):,}")
        for name in ("match", "review", "clear")
    )


def _footer(result: ScreeningResult) -> Text:
    """Name what made the result: lists, configuration and library."""
    stamp = result.stamp
    lists = "; ".join(f"{version} {digest[:DIGEST_SHOWN]}" for version, digest in stamp.lists)
    config = stamp.config_digest[:DIGEST_SHOWN]
    footer = f"list {lists} · configuration {config} · sanctscreen {stamp.library}"
    return Text(plain(footer), style="dim")
