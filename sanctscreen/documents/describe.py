"""A party list built from documents, told to a person: what it holds, on which words, and why."""

from __future__ import annotations

from collections.abc import Iterator

from sanctscreen.model import Party, SourceStatus
from sanctscreen.party_list import PartyList

STATUS_WORDS = {
    "designated": "designated in this action",
    "previously_designated": "previously designated",
    "sanctioned_undated": "sanctioned, date not stated",
    "unclear": "designation wording unclear: for review",
    "accused": "accused, no sanctions status stated: raises no hit",
    "mentioned": "mentioned only: raises no hit",
    "delisted": "removed from the list: raises no hit",
}
PLURALS = {"person": "persons", "entity": "entities", "vessel": "vessels", "aircraft": "aircraft"}


def describe(party_list: PartyList) -> str:
    """Return a report in plain text: parties, unnamed slots, relations, names left out.

    Args:
        party_list: a list as ``build_list`` returns it; any other list is described as far as
            it goes.
    """
    parts = (
        _sources(party_list),
        _parties(party_list),
        _unnamed(party_list),
        _relations(party_list),
        _left_out(party_list),
        _corrections(party_list),
    )
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _sources(party_list: PartyList) -> Iterator[str]:
    yield f"Version {party_list.version}, built from {len(party_list.sources)} source(s)"
    for source in party_list.sources:
        day = source.published.isoformat() if source.published else "no date stated"
        yield f"  {source.id} ({source.type}, {day}): {source.title}"
        if source.rests_on:
            yield f"    rests on: {', '.join(source.rests_on)}"
        for warning in source.warnings:
            yield f"    note: {warning}"


def _parties(party_list: PartyList) -> Iterator[str]:
    if not party_list.parties:
        yield "Listed: nobody"
        return
    yield f"Listed: {len(party_list)}"
    for party in party_list.parties:
        yield f"  {party.name} [{party.kind or 'kind unknown'}]"
        yield from _facts(party)
        for status in party.statuses:
            yield from _status(status)


def _facts(party: Party) -> Iterator[str]:
    facts = (
        ("also named", [f"{each.full} ({each.type})" for each in party.names[1:]]),
        ("places", party.places),
        ("nationality", party.nationalities),
        ("titles", party.titles),
    )
    for label, values in facts:
        if values:
            yield f"    {label}: {', '.join(values)}"


def _status(status: SourceStatus) -> Iterator[str]:
    programmes = f" [{', '.join(status.programmes)}]" if status.programmes else ""
    yield f"    {status.source}: {STATUS_WORDS[status.status]}{programmes}"
    for citation in status.citations:
        yield f"      “{_one_line(citation.words)}” (characters {citation.start}-{citation.end})"
    if status.note:
        yield f"      {status.note}"


def _unnamed(party_list: PartyList) -> Iterator[str]:
    if not party_list.unnamed:
        return
    yield "Announced, not named"
    for slot in party_list.unnamed:
        noun = PLURALS.get(slot.kind or "", "parties")
        count = "unknown number of" if slot.count is None else str(slot.count)
        kind = slot.kind if slot.count == 1 and slot.kind else noun
        words = "; ".join(f"“{_one_line(each.words)}”, {each.source}" for each in slot.citations)
        yield f"  {count} {kind}, {slot.status}: {words}"


def _relations(party_list: PartyList) -> Iterator[str]:
    if not party_list.relations:
        return
    yield "Relations, as stated"
    for each in party_list.relations:
        yield f"  {each.subject} — {each.relation} — {each.object} ({each.attribution})"


def _left_out(party_list: PartyList) -> Iterator[str]:
    if not party_list.left_out:
        return
    yield "Left out"
    for role in dict.fromkeys(each.role for each in party_list.left_out):
        group = [each for each in party_list.left_out if each.role == role]
        yield f"  {role} ({group[0].reason}): {', '.join(each.name for each in group)}"


def _corrections(party_list: PartyList) -> Iterator[str]:
    if not party_list.corrections:
        return
    yield "Corrections"
    for each in party_list.corrections:
        detail = f" ({each.detail})" if each.detail else ""
        yield (
            f"  {each.action} {each.party}{detail}: {each.reason} "
            f"— {each.author}, {each.date.isoformat()}"
        )


def _one_line(words: str) -> str:
    return " ".join(words.split())
