"""The EU's consolidated financial sanctions list as CSV 1.0, also after a spreadsheet saved it.

A row holds the party and one of its names, addresses, births, papers or citizenships; the rows
of a party stand together or not. A spreadsheet that took the semicolons for text leaves each
line in one quoted cell with tabs behind it, in Windows-1252; such a file is read and said to be
one, since the spreadsheet may have altered what looked to it like numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _eu, _eu_old, _files, _table, _texts
from sanctscreen.sources._draft import Draft

ID = _eu.ID
TITLE = _eu.TITLE
PUBLISHER = _eu.PUBLISHER
HOMEPAGE = _eu.HOMEPAGE
LICENCE = _eu.LICENCE
FORMAT = "eu-csv"
#: The list held more than 2,000 parties in the years of this format.
MINIMUM = 1_500

DELIMITER = ";"
REQUIRED = ("Subject_type", "Naal_wholename", "EU_ref_num")
ACT = ("leba_numtitle", "leba_publication_date", "leba_url")
#: Prefix of the columns, to the part of a party that they hold.
SECTIONS = {
    "Naal": "NAME",
    "Birt": "BIRTH",
    "Iden": "PASSPORT",
    "Addr": "ADDRESS",
    "Citi": "CITIZEN",
}
PROGRAMMES = ("Programme", *(f"{prefix}_programme" for prefix in SECTIONS))
#: The publisher's row numbers, and the party's number said again in each section.
NOT_READ = "_logical_id"
WARNING = "saved by a spreadsheet, not as published: numbers and days may have been altered"


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the card's signature
    """Tell the list by the columns of its first line."""
    first = head.split(b"\n", 1)[0]
    return b"Naal_wholename" in first and b"Entity_logical_id" in first


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read the list.

    Raises:
        ListError: several files, a damaged one, a row without reference, a party without name,
            or fewer parties than ``minimum``.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    text = _table.decode(raw, path)
    table = _rows(text, path)
    grouped: dict[str, list[_table.Row]] = {}
    for row in table.rows:
        grouped.setdefault(_reference(row, path), []).append(row)
    parties = [_party(reference, rows, path) for reference, rows in grouped.items()]
    day = _texts.day(table.rows[0](table.columns[0])) if table.rows else None
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=day.isoformat() if day else None,
        published=day,
        digest=_files.digest([raw]),
        records=len(table.rows),
        unread=table.unread(),
        warnings=(WARNING,) if text.startswith('"') else (),
    )
    wanted = MINIMUM if minimum is None else minimum
    return _draft.party_list(parties, [source], path=path, minimum=wanted)


def _rows(text: str, path: Path) -> _table.Table:
    """Split the file into rows, out of the spreadsheet's wrapping if need be."""
    lines = list(_wrapped(text, path) if text.startswith('"') else _plain(text, path))
    table = _table.Table(path, _named(lines[0][1]), REQUIRED)
    for line, cells in lines[1:]:
        table.add(line, cells)
    table.asked.update(column for column in table.columns if column.endswith(NOT_READ))
    return table


def _plain(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    yield from _table.whole_rows(text, path, delimiter=DELIMITER)


def _wrapped(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    for line, outer in _table.whole_rows(text, path):
        if len(outer) != 1:
            raise ListError("more than one cell around the row", path=path, row=line)
        for _, cells in _files.rows(outer[0].rstrip("\t"), path, delimiter=DELIMITER):
            yield line, cells


def _named(header: list[str]) -> list[str]:
    """Tell apart the columns that the header names alike."""
    places = {name: header.index(name) for name in header}
    return [name if places[name] == n else f"{n}{NOT_READ}" for n, name in enumerate(header)]


def _reference(row: _table.Row, path: Path) -> str:
    reference = row("EU_ref_num")
    if not reference:
        raise ListError("a row without a reference", path=path, row=row.line, field="EU_ref_num")
    return reference


def _party(reference: str, rows: list[_table.Row], path: Path) -> Party:
    draft = Draft(f"{ID}:{reference}", _eu.KINDS.get(rows[0]("Subject_type")))
    _eu_old.add_facts(draft, [fact for row in rows for fact in _facts(row)])
    draft.add("notes", *(row("Entity_remark") for row in rows))
    programmes = [row(column) for row in rows for column in PROGRAMMES]
    acts = [act for row in rows for act in _acts(row)]
    _eu_old.add_listing(draft, ID, programmes, acts)
    return draft.party(path=path, row=rows[0].line)


def _facts(row: _table.Row) -> _eu_old.Facts:
    for prefix, part in SECTIONS.items():
        fields = {tag: row(f"{prefix}_{tag.lower()}") for tag in _eu_old.FIELDS[part]}
        if any(fields.values()):
            yield from _eu_old.READERS[part](fields)


def _acts(row: _table.Row) -> Iterator[tuple[str, ...]]:
    yield tuple(row(column.capitalize()) for column in ACT)
    for prefix in SECTIONS:
        yield tuple(row(f"{prefix}_{column}") for column in ACT)
