"""The Denied Persons List of the Bureau of Industry and Security, ``dpl.txt``.

Tab-separated with a header line, every field quoted; one row per name and address of an order.
Nothing tells persons from firms. Rows of one name and one order are one party, since the list
has no numbers. Layout: https://www.bis.gov/denied-persons-list
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Address, Name, Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _table, _texts
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._table import Row, Table

ID = "us-bis-dpl"
TITLE = "Denied Persons List"
PUBLISHER = "Bureau of Industry and Security, U.S. Department of Commerce"
HOMEPAGE = "https://www.bis.gov/denied-persons-list"
LICENCE = "US government work, public domain (17 U.S.C. 105)"
FORMAT = "us-bis-dpl"
#: The list has named more than this since 2010.
MINIMUM = 250

REQUIRED = ("Name", "Street_Address", "City", "Effective_Date", "Expiration_Date", "FR_Citation")
EFFECT = "deny export privileges"
#: Column, to the detail that it becomes.
DETAILS = {
    "Expiration_Date": "order_expires",
    "Standard_Order": "standard_order",
    "Action": "action",
    "FR_Citation": "federal_register_notice",
}
#: No order is amended later than this; one row says 3017.
LAST_YEAR = 2100


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its header line."""
    try:
        line = _files.text(head.split(b"\n", 1)[0], path)
        cells = next((row for _, row in _files.rows(line, path, delimiter="\t")), [])
    except ListError:
        return False
    return set(REQUIRED) <= set(cells)


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a Denied Persons List.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 250.

    Raises:
        ListError: the file is missing, empty, cut off or malformed, or a row names nobody.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    table = _open(_table.decode(raw, path), path)
    warnings = ["the file holds no date: the version is made from its content"]
    parties = [_party(key, rows, warnings, path) for key, rows in _orders(table).items()]
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        digest=_files.digest([raw]),
        records=len(table.rows),
        unread=table.unread(),
        warnings=tuple(warnings),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


def _open(text: str, path: Path) -> Table:
    rows = _table.whole_rows(text, path, delimiter="\t")
    _, header = next(rows, (1, []))
    table = Table(path, header, REQUIRED)
    for line, cells in rows:
        table.add(line, cells)
    return table


def _orders(table: Table) -> dict[str, list[Row]]:
    """Group the rows by name and day of the order, under an id made of them."""
    for row in table.rows:
        if not row("Name"):
            raise ListError("a row without a name", path=table.path, row=row.line, field="Name")
    ids = _draft.named_ids([(row("Name"), row("Effective_Date")) for row in table.rows])
    orders: dict[str, list[Row]] = {}
    for key, row in zip(ids, table.rows, strict=True):
        orders.setdefault(f"{ID}:{key}", []).append(row)
    return orders


def _party(id: str, rows: list[Row], warnings: list[str], path: Path) -> Party:
    draft = Draft(id)
    for row in rows:
        draft.add("names", Name(full=row("Name"), type="primary"))
        draft.add("addresses", _address(row))
        draft.add("details", *((key, row(field)) for field, key in DETAILS.items() if row(field)))
    draft.add(
        "statuses",
        _draft.statuses(
            ID,
            effects=[EFFECT],
            listed=[_american(row("Effective_Date")) for row in rows],
            changed=[_changed(draft, row, warnings) for row in rows],
        ),
    )
    return draft.party(path=path, row=rows[0].line)


def _address(row: Row) -> Address | None:
    fields = {
        "street": row("Street_Address") or None,
        "city": row("City") or None,
        "region": row("State") or None,
        "postal_code": row("Postal_Code") or None,
        "country": row("Country") or None,
    }
    return Address(**fields) if any(fields.values()) else None


def _american(text: str) -> date | None:
    """Read ``06/19/2003``."""
    month, _, rest = text.partition("/")
    number, _, year = rest.partition("/")
    return _texts.day(f"{number}/{month}/{year}")


def _changed(draft: Draft, row: Row, warnings: list[str]) -> date | None:
    """Read the day of the last update, unless it lies in a future that nobody lives to see."""
    day = _texts.day(row("Last_Update"))
    if day is not None and day.year > LAST_YEAR:
        warnings.append(f"row {row.line}: last update {row('Last_Update')!r} is not believed")
        draft.add("details", ("last_update", row("Last_Update")))
        return None
    return day
