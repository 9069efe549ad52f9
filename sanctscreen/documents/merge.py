"""Merge what several documents support into one party list.

A party named in several documents is one party with a status per document. Documents that rest
on the same source do not confirm each other, and both their sources say so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sanctscreen.documents.forms import core, has_legal_form
from sanctscreen.documents.model import Extraction, party_id
from sanctscreen.merge import join
from sanctscreen.model import LeftOut, Party, Relation, Source, SourceStatus, Unnamed
from sanctscreen.party_list import PartyList


def merge(extractions: Sequence[Extraction]) -> PartyList:
    """Return the list that documents support together, in the order of the documents.

    The version is made of the latest date that a document states and of the documents' digests,
    so that the same documents always give the same version.
    """
    sources = _sources(extractions)
    return PartyList(
        parties=_parties(extractions, sources),
        version=_version(sources),
        sources=tuple(sources.values()),
        unnamed=_unnamed(extractions, sources),
        relations=_relations(extractions),
        left_out=_left_out(extractions),
    )


def _sources(extractions: Sequence[Extraction]) -> dict[str, Source]:
    """Return the sources; each says which others rest on the same one."""
    sources = {each.source.id: each.source for each in extractions}
    return {id_: _with_warnings(source, sources) for id_, source in sources.items()}


def _with_warnings(source: Source, sources: dict[str, Source]) -> Source:
    notes = tuple(
        f"Not independent of {other.id}: both rest on {', '.join(shared)}."
        for other in sources.values()
        if other.id != source.id and (shared := shared_sources(source, other))
    )
    return source.model_copy(update={"warnings": (*source.warnings, *notes)})


def shared_sources(one: Source, other: Source) -> tuple[str, ...]:
    """Return what two documents both rest on, a publisher's own text included."""
    grounds = [{*each.rests_on, *filter(None, [each.publisher])} for each in (one, other)]
    return tuple(sorted(grounds[0] & grounds[1]))


def _version(sources: dict[str, Source]) -> str:
    digests = "".join(source.digest for source in sources.values())
    stamp = hashlib.sha256(digests.encode("ascii")).hexdigest()[:12]
    days = [source.published for source in sources.values() if source.published]
    return f"{max(days).isoformat()}+{stamp}" if days else f"undated+{stamp}"


def _parties(extractions: Sequence[Extraction], sources: dict[str, Source]) -> tuple[Party, ...]:
    merged: dict[str, Party] = {}
    for extraction in extractions:
        # The parties of one document are distinct: only an earlier document may name them too.
        earlier = dict(merged)
        for party in extraction.parties:
            same = (id_ for id_, each in earlier.items() if _same_party(each, party))
            known = next(same, party.id)
            merged[known] = join(merged[known], party) if known in merged else party
    return tuple(_with_note(party, sources) for party in merged.values())


def _same_party(one: Party, other: Party) -> bool:
    """Whether two records are one party: by a name, or by a name but for its legal form.

    Names that state two different legal forms are two parties.
    """
    if _keys(one) & _keys(other):
        return True
    stated = has_legal_form(one.name) and has_legal_form(other.name)
    return core(one.name) == core(other.name) and not stated


def _keys(party: Party) -> set[str]:
    """Return the ids that the names of a party stand for; a short alias identifies nobody."""
    return {party.id, *(party_id(each.full) for each in party.names if " " in each.full)}


def _with_note(party: Party, sources: dict[str, Source]) -> Party:
    """Say at a status which earlier status of the party it does not confirm."""
    statuses: list[SourceStatus] = []
    for status in party.statuses:
        shared = [
            (earlier.source, grounds)
            for earlier in statuses
            if (grounds := shared_sources(sources[earlier.source], sources[status.source]))
        ]
        notes = [
            f"No independent confirmation of {source}: both rest on {', '.join(grounds)}."
            for source, grounds in shared
        ]
        text = " ".join([*filter(None, [status.note]), *notes]) or None
        statuses.append(status.model_copy(update={"note": text}))
    return party.model_copy(update={"statuses": tuple(statuses)})


def _unnamed(extractions: Sequence[Extraction], sources: dict[str, Source]) -> tuple[Unnamed, ...]:
    """Return the slots; one announced alike by documents of the same source is one slot."""
    slots: list[Unnamed] = []
    for slot in (slot for each in extractions for slot in each.unnamed):
        place = next((n for n, each in enumerate(slots) if _same(each, slot, sources)), None)
        if place is None:
            slots.append(slot)
        else:
            citations = (*slots[place].citations, *slot.citations)
            slots[place] = slots[place].model_copy(update={"citations": citations})
    return tuple(slots)


def _same(one: Unnamed, other: Unnamed, sources: dict[str, Source]) -> bool:
    alike = (one.kind, one.count, one.status) == (other.kind, other.count, other.status)
    if not alike or other.source in {each.source for each in one.citations}:
        return False
    return bool(shared_sources(sources[one.source], sources[other.source]))


def _relations(extractions: Sequence[Extraction]) -> tuple[Relation, ...]:
    """Return the relations, each once: of two that say the same, the better attributed."""
    found: dict[tuple[str, str, str], Relation] = {}
    for each in (each for extraction in extractions for each in extraction.relations):
        key = (each.subject, each.relation, each.object)
        if key not in found or len(each.attribution) > len(found[key].attribution):
            found[key] = each
    return tuple(found.values())


def _left_out(extractions: Sequence[Extraction]) -> tuple[LeftOut, ...]:
    """Return the names left out, each once per role; a listed party is not left out."""
    listed = {name.full for each in extractions for party in each.parties for name in party.names}
    found: dict[tuple[str, str], LeftOut] = {}
    for each in (each for extraction in extractions for each in extraction.left_out):
        if each.name not in listed:
            found.setdefault((each.name, each.role), each)
    return tuple(found.values())
