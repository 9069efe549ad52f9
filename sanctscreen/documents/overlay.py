"""An analyst's corrections to what was read from documents: confirm, reject, merge, correct.

Each names its author, its date and its reason; each is applied in the order of the file and
recorded in ``PartyList.corrections``. One that fits nothing raises, so that none is lost when a
document changes. ``docs/documents.md`` shows both formats.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, get_args

from sanctscreen.documents.model import party_id, slug
from sanctscreen.errors import OverlayError
from sanctscreen.merge import join
from sanctscreen.model import KINDS, LeftOut, Name, Party, Record, Status
from sanctscreen.party_list import AnyPath, Correction, PartyList

ACTIONS = ("confirm", "reject", "merge", "correct")
REQUIRED = ("action", "party", "author", "date", "reason")
CHANGES = ("name", "kind", "status", "into", "source", "alias")


class OverlayRow(Record):
    """One correction as the file states it.

    Attributes:
        row: its number in the file, counted from 1, for messages.
        action: ``confirm``, ``reject``, ``merge`` or ``correct``.
        party: id or name of the party it concerns.
        author: who decided.
        date: when.
        reason: why.
        name: the corrected primary name.
        alias: a further name of the party.
        kind: the corrected kind.
        status: the corrected status; for ``confirm`` the status that is confirmed.
        source: the document whose status is corrected; every document if empty.
        into: for ``merge``, id or name of the party that remains.
    """

    row: int
    action: str
    party: str
    author: str
    date: date
    reason: str
    name: str = ""
    alias: str = ""
    kind: str = ""
    status: str = ""
    source: str = ""
    into: str = ""


def read_overlay(path: AnyPath) -> tuple[OverlayRow, ...]:
    """Read an overlay: TOML with ``[[correction]]`` tables, or CSV with a header line.

    Raises:
        OverlayError: the file cannot be read, or a row lacks or misstates a field.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OverlayError(f"cannot be read: {error}", path=path) from error
    rows = _toml(text, path) if Path(path).suffix.lower() == ".toml" else _csv(text, path)
    if not rows:
        raise OverlayError("the overlay holds no correction", path=path)
    return tuple(_row(number, values, path) for number, values in rows)


def apply_overlay(
    party_list: PartyList, corrections: tuple[OverlayRow, ...], *, path: AnyPath | None = None
) -> PartyList:
    """Return the list with the corrections applied in order, and recorded.

    Raises:
        OverlayError: a row names no party of the list, or changes nothing.
    """
    for row in corrections:
        party = _find(party_list, row.party, row, path, "party")
        party_list = _APPLY[row.action](party_list, party, row, path)
        party_list = _recorded(party_list, party, row)
    return party_list


def _toml(text: str, path: AnyPath) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OverlayError(f"not TOML: {error}", path=path) from error
    rows = document.pop("correction", [])
    if document or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise OverlayError("only [[correction]] tables are known", path=path)
    return list(enumerate(rows, start=1))


def _csv(text: str, path: AnyPath) -> list[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(StringIO(text, newline=""))
    rows = [(number, row) for number, row in enumerate(reader, start=1) if any(row.values())]
    for number, row in rows:
        if None in row or None in row.values():
            raise OverlayError("the row has another width than the header", path=path, row=number)
    return [(number, {key.strip(): value for key, value in row.items()}) for number, row in rows]


def _row(number: int, values: Mapping[str, Any], path: AnyPath) -> OverlayRow:
    for field in values:
        if field not in (*REQUIRED, *CHANGES):
            raise OverlayError("unknown field", path=path, row=number, field=field)
    cells = {field: str(value).strip() for field, value in values.items()}
    for field in REQUIRED:
        if not cells.get(field):
            raise OverlayError("required and empty", path=path, row=number, field=field)
    _known(cells, "action", ACTIONS, number, path)
    _known(cells, "kind", KINDS, number, path)
    _known(cells, "status", get_args(Status), number, path)
    try:
        day = date.fromisoformat(cells.pop("date"))
    except ValueError as error:
        message = "not an ISO 8601 date"
        raise OverlayError(message, path=path, row=number, field="date") from error
    return OverlayRow(row=number, date=day, **cells)


def _known(
    cells: dict[str, str], field: str, known: tuple[str, ...], number: int, path: AnyPath
) -> None:
    if cells.get(field) and cells[field] not in known:
        message = f"{cells[field]!r} is none of {', '.join(known)}"
        raise OverlayError(message, path=path, row=number, field=field)


def _find(
    party_list: PartyList, key: str, row: OverlayRow, path: AnyPath | None, field: str
) -> Party:
    """Return the one party of that id or name."""
    fitting = [
        party
        for party in party_list.parties
        if key == party.id or slug(key) in {slug(name.full) for name in party.names}
    ]
    if len(fitting) != 1:
        found = "no party" if not fitting else f"{len(fitting)} parties"
        raise OverlayError(f"{found} of the list fit {key!r}", path=path, row=row.row, field=field)
    return fitting[0]


def _confirm(
    party_list: PartyList, party: Party, row: OverlayRow, path: AnyPath | None
) -> PartyList:
    if row.status and row.status not in {each.status for each in party.statuses}:
        message = f"the party's status is {party.status}, not {row.status}"
        raise OverlayError(message, path=path, row=row.row, field="status")
    return party_list


def _reject(
    party_list: PartyList, party: Party, row: OverlayRow, path: AnyPath | None
) -> PartyList:
    """Take a party off the list; it is left out with the analyst's reason."""
    citation = next((c for each in party.statuses for c in each.citations), None)
    if citation is None:
        message = "the party has no citation to be left out with"
        raise OverlayError(message, path=path, row=row.row, field="party")
    record = LeftOut(name=party.name, role="rejected", reason=row.reason, citation=citation)
    return party_list.model_copy(
        update={
            "parties": tuple(each for each in party_list.parties if each.id != party.id),
            "left_out": (*party_list.left_out, record),
        }
    )


def _merge(party_list: PartyList, party: Party, row: OverlayRow, path: AnyPath | None) -> PartyList:
    if not row.into:
        raise OverlayError("required to merge", path=path, row=row.row, field="into")
    target = _find(party_list, row.into, row, path, "into")
    if target.id == party.id:
        raise OverlayError("a party merged into itself", path=path, row=row.row, field="into")
    note = f"Merged by {row.author} on {row.date.isoformat()}: {row.reason}"
    remaining = join(target, party, note=note)
    parties = tuple(each for each in party_list.parties if each.id != party.id)
    return _replace(party_list.model_copy(update={"parties": parties}), target, remaining)


def _correct(
    party_list: PartyList, party: Party, row: OverlayRow, path: AnyPath | None
) -> PartyList:
    changed = party
    if row.name:
        others = tuple(each for each in party.names[1:] if each.full != row.name)
        names = (Name(full=row.name, type="primary"), *others)
        changed = changed.model_copy(update={"names": names, "id": party_id(row.name)})
    if row.alias:
        changed = changed.model_copy(update={"names": (*changed.names, Name(full=row.alias))})
    if row.kind:
        changed = changed.model_copy(update={"kind": row.kind})
    if row.status:
        changed = changed.model_copy(update={"statuses": _statuses(party, row, path)})
    if changed == party:
        raise OverlayError("the row changes nothing", path=path, row=row.row)
    return _replace(party_list, party, changed)


def _statuses(party: Party, row: OverlayRow, path: AnyPath | None) -> tuple[Any, ...]:
    if row.source and row.source not in {each.source for each in party.statuses}:
        message = f"{row.source!r} says nothing of the party"
        raise OverlayError(message, path=path, row=row.row, field="source")
    note = f"Corrected by {row.author} on {row.date.isoformat()}: {row.reason}"
    return tuple(
        each.model_copy(update={"status": row.status, "note": note})
        if row.source in ("", each.source)
        else each
        for each in party.statuses
    )


def _replace(party_list: PartyList, old: Party, new: Party) -> PartyList:
    parties = tuple(new if each.id == old.id else each for each in party_list.parties)
    return party_list.model_copy(update={"parties": parties})


def _recorded(party_list: PartyList, party: Party, row: OverlayRow) -> PartyList:
    changes = ((field, getattr(row, field)) for field in CHANGES)
    correction = Correction(
        action=row.action,
        party=party.id,
        author=row.author,
        date=row.date,
        reason=row.reason,
        detail=", ".join(f"{field}={value}" for field, value in changes if value),
    )
    return PartyList(
        parties=party_list.parties,
        version=party_list.version,
        sources=party_list.sources,
        unnamed=party_list.unnamed,
        relations=party_list.relations,
        left_out=party_list.left_out,
        corrections=(*party_list.corrections, correction),
    )


_Apply = Callable[[PartyList, Party, OverlayRow, AnyPath | None], PartyList]
_APPLY: dict[str, _Apply] = {
    "confirm": _confirm,
    "reject": _reject,
    "merge": _merge,
    "correct": _correct,
}
