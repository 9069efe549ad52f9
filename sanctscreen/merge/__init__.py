"""Join several party lists into one in which the same party stands once.

Two entries of different lists are the same party only where a list says so (a cross-reference)
or where both hold the same strong identifier; a name alone never joins anybody. Entries of one
list stay apart, since their publisher keeps them apart. The joined party keeps one status per
source, and the status that was added says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from sanctscreen.collector import unhurried_collector
from sanctscreen.errors import ListError
from sanctscreen.merge.identifiers import linking_key, shared_number
from sanctscreen.model import STATUSES, Name, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList

QUALITIES = ("strong", "unknown", "weak")
#: Parties built from documents have ids of this source; a list's own entry goes before them.
DOCUMENTS = "documents:"
#: Every field of a party that holds several values; those of both parties are kept.
SEVERAL = (
    "dates_of_birth", "places_of_birth", "nationalities", "citizenships", "places", "addresses",
    "identifiers", "titles", "positions", "links", "references", "secondary_sanctions", "details",
    "notes",
)  # fmt: skip


class Tie(NamedTuple):
    """Why two parties are the same one."""

    one: str
    other: str
    reason: str


def merge(lists: Iterable[PartyList]) -> PartyList:
    """Join party lists; the result does not depend on their order.

    >>> lei = {"type": "lei", "value": "529900EXAMPLE0000042"}
    >>> one = Party(id="a:1", names=["Acme"], statuses=[{"source": "a"}], identifiers=[lei])
    >>> two = Party(id="b:7", names=["Akme"], statuses=[{"source": "b"}], identifiers=[lei])
    >>> merged = merge([PartyList(parties=[two]), PartyList(parties=[one])])
    >>> merged.parties[0].id, merged.parties[0].references, merged.parties[0].statuses[1].note
    ('a:1', ('b:7',), 'Same party as a:1: both have the lei 529900EXAMPLE0000042.')

    Raises:
        ListError: there is no list, two are different versions of the same one, or two hold
            different parties of the same id.
    """
    ordered = sorted(lists, key=lambda each: (sorted(_source_ids(each)), each.digest))
    if not ordered:
        raise ListError("no list to merge")
    parties = _parties(ordered)
    sources = _sources(ordered)
    with unhurried_collector():
        groups, shared = _groups(parties)
    return PartyList(
        parties=tuple(groups),
        version=" ".join(dict.fromkeys(_version(each) for each in ordered)),
        sources=tuple(_with_warning(source, parties, shared) for source in sources.values()),
        unnamed=_together(ordered, "unnamed"),
        relations=_together(ordered, "relations"),
        left_out=_together(ordered, "left_out"),
        corrections=_together(ordered, "corrections"),
    )


def join(one: Party, other: Party, *, note: str = "") -> Party:
    """Return one party with the names, statuses and facts of both; ``one`` keeps its id.

    Args:
        one: the party that remains.
        other: the party that is joined to it.
        note: why they are the same, written at every status that ``other`` brings.
    """
    joined = {
        field: tuple(dict.fromkeys((*getattr(one, field), *getattr(other, field))))
        for field in SEVERAL
    }
    return one.model_copy(
        update={
            **joined,
            "names": _names(one, other),
            "kind": one.kind or other.kind,
            "gender": one.gender or other.gender,
            "statuses": _statuses(one.statuses, other.statuses, note),
        }
    )


def _names(one: Party, other: Party) -> tuple[Name, ...]:
    """Keep every spelling once, at the best quality that either party gives it."""
    names: dict[str, Name] = {}
    for name in (*one.names, *map(Name.as_alias, other.names)):
        known = names.get(name.full)
        names[name.full] = name if known is None else _better(known, name)
    return tuple(names.values())


def _better(known: Name, other: Name) -> Name:
    quality = min(known.quality, other.quality, key=QUALITIES.index)
    language = known.language or other.language
    parts = known.parts or other.parts
    return known.model_copy(update={"quality": quality, "language": language, "parts": parts})


def _statuses(
    own: tuple[SourceStatus, ...], added: tuple[SourceStatus, ...], note: str
) -> tuple[SourceStatus, ...]:
    """Return the statuses of both, one per source; the stronger holds where both have one."""
    by_source: dict[str, SourceStatus] = {}
    for status in (*own, *(_noted(each, note) for each in added)):
        known = by_source.setdefault(status.source, status)
        if STATUSES.index(status.status) < STATUSES.index(known.status):
            by_source[status.source] = status
    return tuple(by_source.values())


def _noted(status: SourceStatus, note: str) -> SourceStatus:
    text = " ".join(filter(None, (status.note, note))) or None
    return status.model_copy(update={"note": text})


def _parties(lists: Sequence[PartyList]) -> dict[str, Party]:
    parties: dict[str, Party] = {}
    for party in (party for each in lists for party in each.parties):
        if parties.setdefault(party.id, party) != party:
            raise ListError(f"two lists hold different parties of the id {party.id!r}")
    return parties


def _sources(lists: Sequence[PartyList]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for source in (source for each in lists for source in each.sources):
        if sources.setdefault(source.id, source).digest != source.digest:
            raise ListError(f"two versions of the source {source.id!r}; merge one of them")
    return sources


def _groups(parties: dict[str, Party]) -> tuple[list[Party], dict[str, list[str]]]:
    """Join what is tied; also return the identifiers that tie nobody, with their holders."""
    holders = _holders(parties.values())
    shared = {key: ids for key, ids in holders.items() if _repeats_a_source(ids, parties)}
    ties = [*_references(parties), *_same_numbers(parties), *_agreements(holders, shared)]
    groups = _Groups(parties)
    accepted = [tie for tie in ties if groups.unite(tie)]
    reasons: dict[str, list[Tie]] = defaultdict(list)
    for tie in accepted:
        reasons[tie.one].append(tie)
        reasons[tie.other].append(tie)
    return [_joined(members, parties, reasons) for members in groups.members()], shared


class _Groups:
    """Parties that are the same, as sets that grow; no set holds two of the same source."""

    def __init__(self, parties: dict[str, Party]) -> None:
        self._group = {id_: [id_] for id_ in parties}
        self._sources = {id_: _listed_by(party) for id_, party in parties.items()}
        self._kinds = {id_: {party.kind} - {None} for id_, party in parties.items()}

    def unite(self, tie: Tie) -> bool:
        """Join the groups of two parties unless sources or kinds speak against it."""
        one, other = self._group[tie.one], self._group[tie.other]
        if one is other:
            return True
        first, second = one[0], other[0]
        if self._sources[first] & self._sources[second]:
            return False
        if len(self._kinds[first] | self._kinds[second]) > 1:
            return False
        self._sources[first] |= self._sources[second]
        self._kinds[first] |= self._kinds[second]
        one.extend(other)
        for id_ in other:
            self._group[id_] = one
        return True

    def members(self) -> Iterator[list[str]]:
        """Yield each group, whoever gives it its id first."""
        for id_, group in self._group.items():
            ordered = sorted(group, key=_rank)
            if id_ == ordered[0]:
                yield ordered


def _rank(party_id: str) -> tuple[bool, str]:
    return party_id.startswith(DOCUMENTS), party_id


def _joined(members: list[str], parties: dict[str, Party], reasons: dict[str, list[Tie]]) -> Party:
    """Join the members of a group, the first of which gives it its id and primary name."""
    party = parties[members[0]]
    if len(members) == 1:
        return party
    for id_ in members[1:]:
        note = " ".join(_sentence(tie, id_) for tie in reasons[id_])
        party = join(party, parties[id_], note=note)
    others = [each for each in (*party.references, *members[1:]) if each != members[0]]
    return party.model_copy(update={"references": tuple(dict.fromkeys(others))})


def _sentence(tie: Tie, id_: str) -> str:
    return f"Same party as {tie.one if tie.other == id_ else tie.other}: {tie.reason}."


def _references(parties: dict[str, Party]) -> Iterator[Tie]:
    """Yield what the lists themselves say: this party is that one of another list."""
    for id_, party in sorted(parties.items()):
        for other in sorted(party.references):
            if other in parties:
                yield Tie(id_, other, f"{id_} names {other}")


def _same_numbers(parties: dict[str, Party]) -> Iterator[Tie]:
    """Yield parties to which one publisher gives the same number in several of its lists."""
    numbered: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(parties):
        if number := shared_number(id_):
            numbered[number].append(id_)
    for number, ids in sorted(numbered.items()):
        for one, other in combinations(ids, 2):
            yield Tie(one, other, f"both have the publisher's number {number}")


def _agreements(holders: dict[str, list[str]], shared: dict[str, list[str]]) -> Iterator[Tie]:
    for key, ids in sorted(holders.items()):
        if key not in shared:
            for one, other in combinations(ids, 2):
                yield Tie(one, other, f"both have the {key}")


def _holders(parties: Iterable[Party]) -> dict[str, list[str]]:
    """Return who holds each strong identifier."""
    holders: dict[str, set[str]] = defaultdict(set)
    for party in parties:
        for identifier in party.identifiers:
            if key := linking_key(identifier):
                holders[key].add(party.id)
    return {key: sorted(ids) for key, ids in holders.items() if len(ids) > 1}


def _repeats_a_source(ids: list[str], parties: dict[str, Party]) -> bool:
    """Tell whether a list gives the identifier to two parties, so that it identifies neither."""
    sources = [source for id_ in ids for source in _listed_by(parties[id_])]
    return len(sources) > len(set(sources))


def _listed_by(party: Party) -> set[str]:
    return {each.source for each in party.statuses}


def _source_ids(party_list: PartyList) -> list[str]:
    return [source.id for source in party_list.sources]


def _version(party_list: PartyList) -> str:
    return f"{'+'.join(sorted(_source_ids(party_list))) or 'user'}@{party_list.version}"


def _together(lists: Sequence[PartyList], field: str) -> tuple[object, ...]:
    return tuple(dict.fromkeys(each for one in lists for each in getattr(one, field)))


def _with_warning(
    source: Source, parties: dict[str, Party], shared: dict[str, list[str]]
) -> Source:
    """Say at a source which of its identifiers were not believed."""
    own = [
        f"{key} ({', '.join(ids)})"
        for key, ids in sorted(shared.items())
        if sum(source.id in _listed_by(parties[id_]) for id_ in ids) > 1
    ]
    if not own:
        return source
    warning = f"{len(own):,} identifiers of several parties join none to another list; {own[0]}"
    return source.model_copy(update={"warnings": (*source.warnings, warning)})
