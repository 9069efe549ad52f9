"""Show party lists: a whole list, one party, the difference between two versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sanctscreen.diff import text_of
from sanctscreen.model import Identifier, LeftOut, Party, Source, SourceStatus, Unnamed
from sanctscreen.report.parts import counted, facts, named, plain, table, words

if TYPE_CHECKING:
    from sanctscreen.diff import Change, Diff
    from sanctscreen.party_list import Correction, PartyList

SHOWN_PARTIES = 50
SHOWN_PROGRAMMES = 8
STATUS_COLOURS = {
    "unclear": "yellow",
    "accused": "yellow",
    "mentioned": "dim",
    "delisted": "dim",
}
#: What one value of a field is called, where the field's name is a plural.
SINGULAR = {
    "dates": "date",
    "places": "place",
    "nationalities": "nationality",
    "citizenships": "citizenship",
    "addresses": "address",
    "titles": "title",
    "positions": "position",
    "links": "link",
    "references": "same party",
    "notes": "note",
}


def list_view(
    party_list: PartyList, *, shown: int = SHOWN_PARTIES, as_of: date | None = None
) -> RenderableType:
    """Show a list: what it counts, where it comes from, and as many parties as are asked for.

    Args:
        party_list: the list.
        shown: how many parties.
        as_of: the day on which ages are counted; today if ``None``.
    """
    parties = party_list.parties
    names = [name for party in parties for name in party.names]
    rows = [
        ("version", party_list.version),
        ("digest", party_list.digest),
        ("parties", f"{len(parties):,}"),
        ("kinds", counted(party.kind for party in parties)),
        ("statuses", counted(party.status for party in parties)),
        ("names", f"{len(names):,}: {counted(name.quality for name in names)}"),
        ("scripts", counted(name.script for name in names)),
        ("programmes", _most(tag for party in parties for tag in party.programmes)),
        *(("not named", _unnamed(each)) for each in party_list.unnamed),
        *(("left out", line) for line in _left_out(party_list.left_out)),
        *(("corrected", _correction(each)) for each in party_list.corrections),
    ]
    parts = [facts(*((label, value) for label, value in rows if value))]
    if party_list.sources:
        parts += [Text(), _sources(party_list.sources, as_of or datetime.now(UTC).date())]
    parts += [_warnings(source) for source in party_list.sources]
    more = len(parties) - shown
    if shown:
        parts.append(_parties(parties[:shown]))
    if shown and more > 0:
        parts.append(Text(f"and {more:,} more; --party ID shows any of them", style="dim"))
    return Group(*parts)


def party_view(party: Party) -> RenderableType:
    """Show everything that a list says of one party."""
    title = Text.assemble(
        (plain(party.name), "bold"),
        (f"  {party.kind or 'unknown kind'}  ", "dim"),
        (words(party.status), STATUS_COLOURS.get(party.status, "red")),
        (f"\n{plain(party.id)}", "dim"),
    )
    parts: list[RenderableType] = [Padding(title, (0, 0, 1, 1)), _names(party)]
    parts += [_status(status) for status in party.statuses]
    if party.identifiers:
        parts.append(_identifiers(party.identifiers))
    return Group(*parts, facts(*_rest(party)))


def diff_view(diff: Diff) -> RenderableType:
    """Show what changed between two lists."""
    counts = (
        f"{len(diff.added):,} added, {len(diff.removed):,} removed, {len(diff.changed):,} changed"
        f" ({sum(change.is_renamed for change in diff.changed):,} renamed)"
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


def _sources(sources: Iterable[Source], as_of: date) -> Table:
    """List the sources with their versions and ages."""
    view = table("source", "published", "age", "records", "unread", narrow=["published", "age"])
    for source in sources:
        title = Text.assemble(plain(source.id), (f"\n{plain(source.title)}", "dim"))
        if source.publisher:
            title.append(f"\n{plain(source.publisher)}", style="dim")
        day = source.published
        age = Text("unknown", style="yellow") if day is None else Text(_days((as_of - day).days))
        published = day.isoformat() if day else plain(source.version or "not stated")
        records = "" if source.records is None else f"{source.records:,}"
        unread = Text(f"{len(source.unread)} fields" if source.unread else "", style="yellow")
        view.add_row(title, published, age, records, unread)
    return view


def _warnings(source: Source) -> RenderableType:
    """Say what could not be read in full; nothing if everything could."""
    said = [*source.warnings, *(f"not read: {field}" for field in source.unread)]
    rows = [(plain(source.id), Text(plain(each), style="yellow")) for each in said]
    return facts(*rows) if rows else Group()


def _days(count: int) -> str:
    return "today" if count == 0 else f"{count:,} day{'' if abs(count) == 1 else 's'}"


def _most(values: Iterable[str]) -> str:
    """Count values, and write the most frequent ones."""
    counts = Counter(values)
    said = [f"{count:,} {value}" for value, count in counts.most_common(SHOWN_PROGRAMMES)]
    more = len(counts) - SHOWN_PROGRAMMES
    return ", ".join(said) + (f" and {more:,} more" if more > 0 else "")


def _correction(correction: Correction) -> str:
    return (
        f"{correction.action} {correction.party} {correction.detail} "
        f"({correction.author}, {correction.date}: {correction.reason})"
    )


def _names(party: Party) -> Table:
    """List every name in every script, with its type, quality, language and parts."""
    view = table("name", "type", "quality", "script", "parts", narrow=["type", "quality"])
    for name in party.names:
        written = " ".join(filter(None, (name.script, name.language)))
        parts = ", ".join(f"{part} {text}" for part, text in name.parts)
        quality = Text(name.quality, style="yellow" if name.quality == "weak" else "")
        view.add_row(
            Text(plain(name.full), style="bold"), name.type, quality, written, plain(parts)
        )
    return view


def _status(status: SourceStatus) -> RenderableType:
    """Show what one source says: status, programmes, effects, days and the evidence."""
    days = [("listed", status.listed), ("changed", status.changed), ("removed", status.removed)]
    rows = [
        ("status", f"{words(status.status)}, by {status.source}"),
        ("programmes", ", ".join(status.programmes)),
        ("effects", ", ".join(status.effects)),
        *((word, day.isoformat() if day else "") for word, day in days),
        ("note", status.note or ""),
        *(("evidence", f"“{each.words}” ({each.source})") for each in status.citations),
    ]
    return Padding(facts(*((label, value) for label, value in rows if value)), (0, 0, 1, 0))


def _identifiers(identifiers: Iterable[Identifier]) -> Table:
    view = table("identifier", "value", "issued by", "issued", "expires", "note")
    for each in identifiers:
        days = (day.isoformat() if day else "" for day in (each.issued, each.expires))
        cells = (words(each.type), each.value, each.country or "", *days, each.note or "")
        view.add_row(*(Text(plain(cell)) for cell in cells))
    return view


def _rest(party: Party) -> list[tuple[str, str]]:
    """Write every other fact, a line each, under the name of its field."""
    shown = {"id", "kind", "names", "statuses", "identifiers", "details"}
    rows = [(words(key), value) for key, value in party.details]
    for field in Party.model_fields:
        value = getattr(party, field)
        if field not in shown and value:
            values = value if isinstance(value, tuple) else (value,)
            rows += [(_singular(field), text_of(each)) for each in values]
    return rows


def _singular(field: str) -> str:
    """Name one value of a field, such as ``date of birth`` for ``dates_of_birth``."""
    first, _, others = field.partition("_")
    return words("_".join(filter(None, (SINGULAR.get(first, first), others))))


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
    """Write what changed about a party, a line each: first what is new, then what is gone."""
    said = Text()
    for sign, facts_, colour in (("+", change.gained, "green"), ("-", change.lost, "red")):
        for field, values in facts_.items():
            for value in values:
                label = "" if field == "names" else f"{words(field)}: "
                said.append(f"{sign} {label}{plain(value)}\n", style=colour)
    said.rstrip()
    return said if said else Text(", ".join(map(words, change.fields)) + " in another order")
