"""One party in two records of the same list: publishers let an old record stand beside the new."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sanctscreen.model import Party, SourceStatus
from sanctscreen.sources import _draft
from sanctscreen.sources._draft import Draft

#: Fields that hold one value; every other one holds several.
SINGLE = {"id", "kind", "gender", "statuses"}


def join_repeats(parties: Iterable[Party], *, path: Path) -> tuple[list[Party], list[str]]:
    """Make one party of all records with one id, so that no name and no fact is lost.

    Args:
        parties: the parties of one source, a record each.
        path: their file, for errors.

    Returns:
        The parties, each once and in the order of its first record, and a warning for each
        party that stood in several.
    """
    grouped: dict[str, list[Party]] = {}
    for party in parties:
        grouped.setdefault(party.id, []).append(party)
    joined = [each[0] if len(each) == 1 else _join(each, path) for each in grouped.values()]
    repeated = [(key, len(each)) for key, each in grouped.items() if len(each) > 1]
    return joined, [f"{key} stands in {count} records, read as one" for key, count in repeated]


def _join(records: list[Party], path: Path) -> Party:
    first = records[0]
    kinds = {record.kind for record in records}
    draft = Draft(first.id, first.kind if len(kinds) == 1 else None)
    for record in records:
        for field in type(record).model_fields.keys() - SINGLE:
            draft.add(field, *getattr(record, field))
        draft.add_all([("gender", record.gender)] if record.gender else [])
    draft.add("statuses", _status([status for record in records for status in record.statuses]))
    return draft.party(path=path)


def _status(statuses: list[SourceStatus]) -> SourceStatus:
    return _draft.statuses(
        statuses[0].source,
        programmes=[tag for each in statuses for tag in each.programmes],
        effects=[effect for each in statuses for effect in each.effects],
        listed=[each.listed for each in statuses],
        changed=[each.changed for each in statuses],
    )
