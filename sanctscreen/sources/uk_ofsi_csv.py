"""OFSI's Consolidated List of Financial Sanctions Targets, ``ConList.csv``.

The first line holds the day, the second the columns; then one row per name and address, rows
of one party joined by ``Group ID``. The columns grew from 29 to 36 in 2022; both are read. The
list was replaced by the UK Sanctions List in January 2026.
Layout: https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets
"""

from __future__ import annotations

from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _table, _texts, _uk
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._table import Row, Table

ID = "uk-ofsi"
TITLE = "Consolidated List of Financial Sanctions Targets in the UK"
PUBLISHER = "Office of Financial Sanctions Implementation, HM Treasury"
HOMEPAGE = (
    "https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets"
)
LICENCE = _uk.LICENCE
FORMAT = "uk-ofsi-csv"
#: The list has been longer than this since 2014.
MINIMUM = 1_500

FIRST = "Last Updated"
REQUIRED = ("Name 6", "Name 1", "Group Type", "Alias Type", "Regime", "Listed On", "Group ID")
ADDRESS = tuple(f"Address {number}" for number in range(1, 7))
NAMES = tuple(f"Name {number}" for number in range(1, 7))


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the card's signature
    """Tell the list by its first two lines."""
    first, _, rest = head.partition(b"\n")
    return first.startswith(FIRST.encode()) and rest.startswith(b"Name 6,Name 1,")


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a Consolidated List.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 1,500.

    Raises:
        ListError: the file is missing, empty, cut off or malformed, or a row names no party.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    day, table = _open(_table.decode(raw, path), path)
    parties = [_party(group, rows, path) for group, rows in _groups(table).items()]
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=day,
        published=_texts.day(day),
        digest=_files.digest([raw]),
        records=len(table.rows),
        unread=table.unread(),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


def _open(text: str, path: Path) -> tuple[str, Table]:
    rows = _table.whole_rows(text, path)
    _, first = next(rows, (1, [""]))
    if first[0] != FIRST or len(first) < 2 or _texts.day(first[1]) is None:
        raise ListError("the first line states no day", path=path, row=1, field=FIRST)
    _, header = next(rows, (2, []))
    table = Table(path, header, REQUIRED)
    for line, cells in rows:
        table.add(line, cells)
    return first[1], table


def _groups(table: Table) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        if not row("Group ID"):
            raise ListError("a row of no party", path=table.path, row=row.line, field="Group ID")
        groups.setdefault(row("Group ID"), []).append(row)
    return groups


def _party(group: str, rows: list[Row], path: Path) -> Party:
    draft = Draft(f"{ID}:{group}", _uk.KINDS.get(rows[0]("Group Type")))
    for row in rows:
        _read_name(draft, row)
        _read_person(draft, row)
        _read_rest(draft, row)
    for text in dict.fromkeys(row("Other Information") for row in rows):
        draft.add_all(_uk.remarks(text))
        _uk.approximate(draft, text)
    if draft.kind == "entity" and any(each.type == "imo" for each in draft.of("identifiers")):
        # The list knows no ships: an entity with an IMO number is a ship or a shipping company.
        draft.kind = None
    draft.add(
        "statuses",
        _draft.statuses(
            ID,
            programmes=[row("Regime") for row in rows if row("Regime")],
            effects=["block"],
            listed=[_texts.day(row("Listed On")) for row in rows],
            changed=[_texts.day(row("Last Updated")) for row in rows],
        ),
    )
    return draft.party(path=path, row=rows[0].line)


def _read_name(draft: Draft, row: Row) -> None:
    parts = [row(column) for column in NAMES]
    draft.add("names", _uk.name(parts, row("Alias Type"), row("Alias Quality"), draft.kind))
    language = row("Non-Latin Script Language") or row("Non-Latin Script Type")
    draft.add("names", _uk.original_script(row("Name Non-Latin Script"), language))
    row("Non-Latin Script Type")


def _read_person(draft: Draft, row: Row) -> None:
    draft.add("titles", *_texts.numbered(row("Title")))
    _uk.births(draft, row("DOB"))
    draft.add("places_of_birth", *_texts.paired(row("Town of Birth"), row("Country of Birth")))
    draft.add("nationalities", *_texts.numbered(row("Nationality")))
    draft.add("positions", *_texts.numbered(row("Position")))
    if row("Passport Number"):
        _uk.numbers(draft, row("Passport Number"), row("Passport Details"), "passport")
    else:
        _uk.numbers(draft, row("Passport Details"), "", "passport")
    _uk.numbers(draft, row("NI Number"), "", "national_id")
    _uk.numbers(
        draft,
        row("National Identification Number"),
        row("National Identification Details"),
        "national_id",
    )


def _read_rest(draft: Draft, row: Row) -> None:
    lines = [row(column) for column in ADDRESS]
    draft.add("addresses", _uk.address(lines, row("Post/Zip Code"), row("Country")))
    if row("UK Sanctions List Date Designated"):
        draft.add("details", ("uk_sanctions_list", row("UK Sanctions List Date Designated")))
