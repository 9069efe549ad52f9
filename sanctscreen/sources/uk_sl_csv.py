"""The UK Sanctions List as CSV: one row per name, address and further detail of a party.

The first line holds the day, the second the columns; rows of one party share ``Unique ID``.
Layout: https://www.gov.uk/government/publications/the-uk-sanctions-list
"""

from __future__ import annotations

from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _table, _texts, _uk, _uk_sl
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._table import Row, Table

ID = _uk_sl.ID
TITLE = _uk_sl.TITLE
PUBLISHER = _uk_sl.PUBLISHER
HOMEPAGE = _uk_sl.HOMEPAGE
LICENCE = _uk_sl.LICENCE
FORMAT = "uk-sl-csv"
MINIMUM = _uk_sl.MINIMUM

FIRST = "Report Date:"
REQUIRED = ("Unique ID", "Name 6", "Name 1", "Name type", "Regime Name", "Sanctions Imposed")
NAMES = tuple(f"Name {number}" for number in range(1, 7))
LINES = tuple(f"Address Line {number}" for number in range(1, 7))
#: Column, to the field of the XML layout that holds the same.
COLUMNS = {
    "OFSI Group ID": "OFSIGroupID",
    "UN Reference Number": "UNReferenceNumber",
    "Title": "Title",
    "Designation source": "DesignationSource",
    "UK Statement of Reasons": "UKStatementofReasons",
    "Phone number": "PhoneNumber",
    "Website": "Website",
    "Email address": "EmailAddress",
    "D.O.B": "DOB",
    "Nationality(/ies)": "Nationality",
    "Position": "Position",
    "Gender": "Gender",
    "Type of entity": "TypeOfEntity",
    "Subsidiaries": "Subsidiary",
    "Parent company": "ParentCompany",
    "Business registration number (s)": "BusinessRegistrationNumber",
    "IMO number": "IMONumber",
    "Current owner/operator (s)": "CurrentOwnerOperator",
    "Previous owner/operator (s)": "PreviousOwnerOperator",
    "Current believed flag of ship": "CurrentBelievedFlagOfShip",
    "Previous flags": "PreviousFlag",
    "Type of ship": "TypeOfShip",
    "Tonnage of ship": "TonnageOfShip",
    "Length of ship": "LengthOfShip",
    "Year Built": "YearBuilt",
    "Hull identification number (HIN)": "HullIdentificationNumber",
    "Other Information": "OtherInformation",
}


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the card's signature
    """Tell the list by its first two lines."""
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    return first.strip(b'" ').startswith(FIRST.encode()) and b"Unique ID" in rest.split(b"\n")[0]


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a UK Sanctions List.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 3,000.

    Raises:
        ListError: the file is missing, empty, cut off or malformed, or a row names no party.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    day, table = _open(_table.decode(raw, path), path)
    parties = [_party(number, rows, path) for number, rows in _groups(table).items()]
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
    day = first[0].removeprefix(FIRST).strip()
    if not first[0].startswith(FIRST) or _texts.day(day) is None:
        raise ListError("the first line states no day", path=path, row=1, field=FIRST)
    _, header = next(rows, (2, []))
    table = Table(path, header, REQUIRED)
    for line, cells in rows:
        table.add(line, cells)
    return day, table


def _groups(table: Table) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        if not row("Unique ID"):
            raise ListError("a row of no party", path=table.path, row=row.line, field="Unique ID")
        groups.setdefault(row("Unique ID"), []).append(row)
    return groups


def _party(number: str, rows: list[Row], path: Path) -> Party:
    kind = rows[0]("Designation Type") or rows[0]("Individual, Entity, Ship")
    draft = Draft(f"{ID}:{number}", _uk.KINDS.get(kind))
    for row in rows:
        _read_name(draft, row)
    for column, field in COLUMNS.items():
        for text in dict.fromkeys(row(column) for row in rows):
            _uk_sl.read_fact(draft, field, text)
    for row in rows:
        _read_groups(draft, row)
    draft.add(
        "statuses",
        _uk_sl.status(
            regimes=[row("Regime Name") for row in rows],
            measures=[row("Sanctions Imposed") for row in rows],
            designated=[_texts.day(row("Date Designated")) for row in rows],
            updated=[_texts.day(row("Last Updated")) for row in rows],
        ),
    )
    return draft.party(path=path, row=rows[0].line)


def _read_name(draft: Draft, row: Row) -> None:
    parts = [row(column) for column in NAMES]
    draft.add("names", _uk.name(parts, row("Name type"), row("Alias strength"), draft.kind))
    language = row("Non-latin script language") or row("Non-latin script type")
    row("Non-latin script type")
    draft.add("names", _uk.original_script(row("Name non-latin script"), language))


def _read_groups(draft: Draft, row: Row) -> None:
    """Read the columns that belong together."""
    lines = [row(column) for column in LINES]
    draft.add("addresses", _uk.address(lines, row("Address Postal Code"), row("Address Country")))
    _uk_sl.place_of_birth(draft, row("Town of birth"), row("Country of birth"))
    for number, information, kind in (
        ("Passport number", "Passport additional information", "passport"),
        (
            "National Identifier number",
            "National Identifier additional information",
            "national_id",
        ),
    ):
        _uk_sl.document(draft, row(number), row(information), kind)
