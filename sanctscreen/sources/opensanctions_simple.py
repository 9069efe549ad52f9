"""OpenSanctions as a table: ``targets.simple.csv``, one row per target.

Several values in a cell are separated by ``;``. The kind of an identifier is not stated.
Layout: https://www.opensanctions.org/docs/bulk/csv/
"""

from __future__ import annotations

import re
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Address, Identifier, Name, PartialDate, Party, Source, Status
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _ftm, _table, _texts, opensanctions_ftm
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._table import Row, Table

ID = opensanctions_ftm.ID
TITLE = "OpenSanctions targets"
PUBLISHER = opensanctions_ftm.PUBLISHER
HOMEPAGE = opensanctions_ftm.HOMEPAGE
LICENCE = opensanctions_ftm.LICENCE
FORMAT = "opensanctions-simple"
MINIMUM = opensanctions_ftm.MINIMUM

REQUIRED = ("id", "schema", "name", "aliases", "birth_date", "countries", "identifiers", "dataset")


def recognises(head: bytes, path: Path) -> bool:
    """Tell the table by its header line."""
    try:
        return set(REQUIRED) <= set(_files.first_row(head, path))
    except ListError:
        return False


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a table of targets.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 20.

    Raises:
        ListError: the file is missing, empty, cut off or malformed, or two rows have one id.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    table = _open(_files.text(raw, path), path)
    parties = [_party(row, path) for row in table.rows]
    seen = max((row("last_seen") for row in table.rows), default="")
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=seen or None,
        published=_texts.day(seen[:10]),
        digest=_files.digest([raw]),
        records=len(table.rows),
        unread=table.unread(),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


def _open(text: str, path: Path) -> Table:
    rows = _table.whole_rows(text, path)
    _, header = next(rows, (1, []))
    table = Table(path, header, REQUIRED)
    for line, cells in rows:
        table.add(line, cells)
    return table


def _party(row: Row, path: Path) -> Party:
    if not row("id"):
        raise ListError("a target without an id", path=path, row=row.line, field="id")
    draft = Draft(f"{ID}:{row('id')}", _ftm.KINDS.get(row("schema")))
    draft.add("names", *(Name(full=name, type="primary") for name in row.many("name")))
    draft.add("names", *(Name(full=alias) for alias in _many(row("aliases"))))
    for text in _many(row("birth_date")):
        try:
            draft.add("dates_of_birth", PartialDate.parse(text))
        except ValueError:
            draft.add("notes", f"Date of birth: {text}")
    draft.add("places", *_many(row("countries")))
    draft.add("addresses", *(Address(street=each) for each in _many(row("addresses"))))
    draft.add("identifiers", *map(_identifier, _many(row("identifiers"))))
    draft.add("identifiers", *(Identifier(type="phone", value=e) for e in _many(row("phones"))))
    draft.add("identifiers", *(Identifier(type="email", value=e) for e in _many(row("emails"))))
    draft.add("details", *(("dataset", each) for each in _many(row("dataset"))))
    if row("first_seen"):
        draft.add("details", ("first_seen", row("first_seen")))
    draft.add("notes", *row.many("sanctions"))
    _read_status(draft, row)
    return draft.party(path=path, row=row.line)


def _read_status(draft: Draft, row: Row) -> None:
    """A target is designated if a sanction is named; of others the table does not say why."""
    status: Status = "designated" if row("sanctions") or row("program_ids") else "unclear"
    said = _draft.statuses(
        ID, programmes=_many(row("program_ids")), changed=[_texts.day(row("last_change")[:10])]
    )
    draft.add("statuses", said.model_copy(update={"status": status}))


def _identifier(value: str) -> Identifier:
    """Type a number by its shape where that leaves no doubt."""
    if re.fullmatch(r"IMO ?\d{7}", value):
        return Identifier(type="imo", value=value.removeprefix("IMO").strip())
    return Identifier(type="other", value=value)


def _many(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
