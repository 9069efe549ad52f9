"""The Consolidated Screening List as CSV: one row per record, several values joined by ``; ``.

Layout: https://www.trade.gov/consolidated-screening-list, "CSV". The first column, ``_id``, is
missing before 2020; the header line may stand there twice.
"""

from __future__ import annotations

import re
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Address, Source
from sanctscreen.party_list import PartyList
from sanctscreen.remarks import opens_clause
from sanctscreen.sources import _draft, _files, _table, _us_csl
from sanctscreen.sources._table import Row, Table
from sanctscreen.sources._us_csl import Clause, Entry

ID = _us_csl.ID
TITLE = _us_csl.TITLE
PUBLISHER = _us_csl.PUBLISHER
HOMEPAGE = _us_csl.HOMEPAGE
LICENCE = _us_csl.LICENCE
FORMAT = "us-csl-csv"
MINIMUM = _us_csl.MINIMUM
PARTIAL = True

REQUIRED = ("source", "entity_number", "type", "programs", "name", "addresses", "alt_names", "ids")
PLAIN = (
    *("source", "entity_number", "type", "title", "start_date", "remarks", "call_sign"),
    *_us_csl.DETAILS,
)
#: Where the lists stand on the web: the same for every record of a list.
ADDRESSES_OF_LISTS = ("source_list_url", "source_information_url")
#: States of the US, many of whose codes are those of countries as well.
STATES = frozenset(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH "
    "NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VT WA WI WV WY".split()
)
_COUNTRY = re.compile(r"(?:(?P<street>.*), )?(?P<country>[A-Z]{2})", re.DOTALL)
_CODE = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its header line."""
    try:
        return set(REQUIRED) <= set(_files.first_row(head, path))
    except ListError:
        return False


def read(paths: list[Path], *, minimum: int | None = None, partial: bool = False) -> PartyList:
    """Read a Consolidated Screening List.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 8,000.
        partial: leave out a last row that is cut off, with a warning, instead of refusing it.

    Raises:
        ListError: the file is missing, empty, cut off or malformed, or a row names no party.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    table, warnings = _open(_table.decode(raw, path), path, partial=partial)
    entries = [_entry(row) for row in table.rows]
    main = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        digest=_files.digest([raw]),
        records=len(entries),
        unread=table.unread(),
        warnings=(*warnings, "the file holds no date: the version is made from its content"),
    )
    return _draft.party_list(
        _us_csl.parties(entries, path),
        _us_csl.sources(main, entries),
        path=path,
        minimum=MINIMUM if minimum is None else minimum,
    )


def _open(text: str, path: Path, *, partial: bool) -> tuple[Table, list[str]]:
    warnings = []
    if partial and not text.endswith("\n"):
        text, _, cut = text.rpartition("\n")
        text += "\n"
        row = text.count("\n") + 1
        warnings.append(f"row {row} is cut off and left out, as asked: {cut[:60]!r}")
    rows = _table.whole_rows(text, path)
    _, header = next(rows, (1, []))
    table = Table(path, header, REQUIRED)
    for line, cells in rows:
        if cells == header:
            warnings.append(f"row {line} repeats the header line")
        else:
            table.add(line, cells)
    return table, warnings


def _entry(row: Row) -> Entry:
    for column in ADDRESSES_OF_LISTS:
        row(column)
    american = row("source").startswith("Denied Persons")
    return Entry(
        row=row.line,
        plain={column: row(column) for column in PLAIN} | {"id": row("_id")},
        programmes=_many(row("programs")),
        names=(*row.many("name"), *map(_alias, _many(row("alt_names")))),
        addresses=tuple(_address(each, american=american) for each in _many(row("addresses"))),
        dates_of_birth=_many(row("dates_of_birth")),
        places_of_birth=_many(row("places_of_birth")),
        nationalities=_many(row("nationalities")),
        citizenships=_many(row("citizenships")),
        clauses=tuple(_clause(each) for each in _many(row("ids"))),
    )


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _alias(text: str) -> str:
    """Take off the "and" before the last of several aliases."""
    return text.removeprefix("and ").strip() or text


def _address(text: str, *, american: bool) -> Address:
    """Divide ``…, CC``; street, town and region are not told apart by the list.

    Args:
        text: the address.
        american: the list leaves out the country of American addresses, so that an address may
            end with a state.
    """
    match = _COUNTRY.fullmatch(text)
    if match is None or (american and match["country"] in STATES):
        return Address(street=text)
    return Address(street=match["street"], country=match["country"])


def _clause(text: str) -> Clause:
    """Write ``Passport, A1, PK, 12 Aug 2000, 19 Jun 2005`` as OFAC's remarks do.

    Before 2020 the label stands last and the country first: ``PK, A1, Passport``.
    """
    parts = text.split(", ")
    if not opens_clause(parts[0]) and opens_clause(parts[-1]):
        country = parts[:1] if len(parts) > 2 and _CODE.fullmatch(parts[0]) else []
        parts = [parts[-1], *parts[len(country) : -1], *country]
    days: list[str] = []
    while len(parts) > 2 and _DAY.fullmatch(parts[-1]):
        days.insert(0, parts.pop())
    issuer = f" ({parts.pop()})" if len(parts) > 2 and _CODE.fullmatch(parts[-1]) else ""
    text = f"{parts[0]} {', '.join(parts[1:])}{issuer}".strip()
    if len(days) == 2:
        return Clause(f"{text} issued {days[0]} expires {days[1]}")
    # One day alone may be that of issue or of expiry.
    return Clause(text, ", ".join(f"dated {each}" for each in days))
