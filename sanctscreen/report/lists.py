"""Show party lists: a whole list, one party, the difference between two versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sanctscreen.model import LeftOut, Party, Unnamed
from sanctscreen.report.parts import counted, facts, named, plain, table, words

if TYPE_CHECKING:
    from sanctscreen.diff import Change, Diff
    from sanctscreen.party_list import PartyList

SHOWN_PARTIES = 50


def list_view(party_list: PartyList, *, shown: int = SHOWN_PARTIES) -> RenderableType:
    """Show a list: where it comes from, what it counts, and as many parties as are asked for."""
    parties = party_list.parties
    overview = facts(
        ("version", party_list.version),
        ("digest", party_list.digest),
        ("parties", f"{len(parties):,}"),
        ("kinds", counted(party.kind for party in parties)),
        ("statuses", counted(party.status for party in parties)),
        *(("source", f"{each.id}  {each.title}") for each in party_list.sources),
        *(("not named", _unnamed(each)) for each in party_list.unnamed),
        *(("left out", line) for line in _left_out(party_list.left_out)),
    )
    if not shown:
        return overview
    more = len(parties) - shown
    rest = f"and {more:,} more; --party ID shows any of them" if more > 0 else ""
    return Group(overview, _parties(parties[:shown]), Text(rest, style="dim"))


def party_view(party: Party) -> RenderableType:
    """Show everything that a list says of one party."""
    rows = [("id", party.id), ("kind", party.kind or "unknown")]
    rows += [(name.type, f"{name.full}  ({name.quality}, {name.script})") for name in party.names]
    for status in party.statuses:
        rows.append(("status", f"{words(status.status)}, by {status.source}"))
        rows += [("programme", programme) for programme in status.programmes]
        rows += [("evidence", each.words) for each in status.citations]
    shown = {"id", "kind", "names", "statuses"}
    rest = party.model_dump(mode="json", exclude_defaults=True, exclude=shown)
    for field, value in rest.items():
        values = value if isinstance(value, list) else [value]
        rows += [(words(field), _flat(each)) for each in values]
    return facts(*rows)


def diff_view(diff: Diff) -> RenderableType:
    """Show what changed between two lists."""
    counts = (
        f"{len(diff.added):,} added, {len(diff.removed):,} removed, {len(diff.changed):,} changed"
    )
    if not diff:
        return Text(counts)
    view = table("", "party", "what changed")
    for mark, parties in (("added", diff.added), ("removed", diff.removed)):
        for party in parties:
            view.add_row(_mark(mark), named(party), words(party.status))
    for change in diff.changed:
        view.add_row(_mark("changed"), named(change.after), _changes(change))
    return Group(Text(counts, style="bold"), view)


def _parties(parties: Iterable[Party]) -> Table:
    """List parties with their other names."""
    view = table("party", "status", "kind", narrow=["kind"])
    for party in parties:
        others = [name.full for name in party.names[1:]]
        view.add_row(named(party, *others), words(party.status), party.kind or "unknown")
    return view


def _left_out(names: Iterable[LeftOut]) -> list[str]:
    """Write each reason once, with the names that it concerns."""
    reasons: dict[str, list[str]] = {}
    for each in names:
        reasons.setdefault(each.reason, []).append(each.name)
    return [f"{'; '.join(found)} ({reason})" for reason, found in reasons.items()]


def _unnamed(unnamed: Unnamed) -> str:
    count = "some" if unnamed.count is None else str(unnamed.count)
    return (
        f"{count} × {unnamed.kind or 'unknown kind'}, {words(unnamed.status)}, by {unnamed.source}"
    )


def _mark(word: str) -> Text:
    return Text(word, style={"added": "red", "removed": "green", "changed": "yellow"}[word])


def _changes(change: Change) -> Text:
    """Write what changed about a party, a line each."""
    lines = [f"+ {name}" for name in change.names_added]
    lines += [f"- {name}" for name in change.names_removed]
    if change.before.status != change.after.status:
        lines.append(f"{words(change.before.status)} -> {words(change.after.status)}")
    others = [words(field) for field in change.fields if field != "names" or not lines]
    return Text("\n".join(map(plain, [*lines, ", ".join(others)])).strip())


def _flat(value: Any) -> str:
    """Write a value of a party's record in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{words(key)} {_flat(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    return str(value)
