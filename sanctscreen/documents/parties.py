"""From findings to parties: one record per figure, with one status and its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sanctscreen.documents.figures import Figure
from sanctscreen.documents.model import party_id
from sanctscreen.model import Citation, Name, Party, SourceStatus, Status, Unnamed

#: Which status holds where one document supports several: the most decisive words first.
PRECEDENCE: tuple[Status, ...] = (
    "designated",
    "delisted",
    "previously_designated",
    "sanctioned_undated",
    "unclear",
    "accused",
)
NOTES: dict[Status, str] = {
    "unclear": "Called designated without saying by whom, when or in which action: for review.",
    "accused": "Accused; the document states no sanctions status.",
    "sanctioned_undated": "Sanctioned; the document states no date.",
}
CITATIONS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement on one figure, with the words that support it."""

    figure: Figure
    status: Status
    citation: Citation
    programmes: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


def parties(findings: Iterable[Finding]) -> tuple[Party, ...]:
    """Return the parties of a document in the order of their first mention."""
    grouped: dict[int, list[Finding]] = {}
    for each in findings:
        grouped.setdefault(id(each.figure), []).append(each)
    ordered = sorted(grouped.values(), key=lambda group: group[0].figure.mentions[0].start)
    return tuple(_party(group) for group in ordered)


def _party(group: list[Finding]) -> Party:
    figure = group[0].figure
    aliases = (
        Name(full=name, type=type_, quality="weak" if _shortened(name, figure.name) else "unknown")
        for name, type_ in figure.aliases.items()
    )
    return Party(
        id=party_id(figure.name),
        kind=figure.kind,
        names=(Name(full=figure.name, type="primary"), *aliases),
        statuses=(_status(group),),
        places=tuple(figure.places),
        nationalities=tuple(figure.nationalities),
        titles=tuple(figure.titles),
    )


def _shortened(alias: str, name: str) -> bool:
    """Whether an alias is some words of the name and no more ("Tavrida" of "Tavrida Metals")."""
    return set(alias.split()) < set(name.replace(",", " ").split())


def _status(group: list[Finding]) -> SourceStatus:
    """Return the status that holds, with the citations that support that one."""
    status = min((each.status for each in group), key=PRECEDENCE.index)
    holding = [each for each in group if each.status == status]
    return SourceStatus(
        source=holding[0].citation.source,
        status=status,
        programmes=_each_once(tag for each in holding for tag in each.programmes),
        effects=_each_once(tag for each in holding for tag in each.effects),
        citations=tuple(dict.fromkeys(each.citation for each in holding))[:CITATIONS],
        note=NOTES.get(status),
    )


def _each_once(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))


def open_slots(
    announced: list[tuple[int, Unnamed]], named: tuple[Party, ...]
) -> tuple[Unnamed, ...]:
    """Return the announced slots that no named party of the document fills.

    Counts of one sentence add up; a later sentence with the same kind repeats the announcement,
    and the largest count holds.

    Args:
        announced: number of the sentence, and what it announces.
        named: the parties that the document names.
    """
    best: dict[tuple[object, Status], list[Unnamed]] = {}
    for number in dict.fromkeys(number for number, _ in announced):
        said = [each for place, each in announced if place == number]
        for key in dict.fromkeys((each.kind, each.status) for each in said):
            group = [each for each in said if (each.kind, each.status) == key]
            if _total(group) > _total(best.get(key, [])) or key not in best:
                best[key] = group
    left = (_unfilled(group, named) for group in best.values())
    return tuple(each for each in left if each is not None)


def _total(group: list[Unnamed]) -> int:
    return sum(each.count or 0 for each in group)


def _unfilled(group: list[Unnamed], named: tuple[Party, ...]) -> Unnamed | None:
    first, total = group[0], _total(group)
    filling = sum(each.kind == first.kind and each.status == first.status for each in named)
    if not total:
        return None if filling else first
    if total <= filling:
        return None
    return first.model_copy(update={"count": total - filling})
