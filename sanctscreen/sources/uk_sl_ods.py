"""The UK Sanctions List's summary table as OpenDocument: eight columns, one row a designation.

It holds no aliases and no details; the XML and CSV do. An OpenDocument file is a zip archive
whose ``content.xml`` holds the table.
Layout: https://www.gov.uk/government/publications/the-uk-sanctions-list
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Name, Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _texts, _uk, _uk_sl
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._table import Row, Table
from sanctscreen.sources._xml import CHUNK, Document

ID = _uk_sl.ID
TITLE = f"{_uk_sl.TITLE}, summary table"
PUBLISHER = _uk_sl.PUBLISHER
HOMEPAGE = _uk_sl.HOMEPAGE
LICENCE = _uk_sl.LICENCE
FORMAT = "uk-sl-ods"
MINIMUM = _uk_sl.MINIMUM

ZIP = b"PK\x03\x04"
CONTENT = "content.xml"
#: Unpacked; the published one has 7 MB.
LARGEST_CONTENT = 1 << 28
#: Cells of a row that are read; the rest of a sheet's 16,384 is empty.
WIDEST = 64
#: The file was damaged or made to harm; `zipfile` has no error of its own for all of it.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError),
    *(NotImplementedError, RuntimeError),
)
IGNORED = {"*": "formats and settings of the document; the table's rows are records"}
#: More rows than this share without a name: the table is damaged.
NAMELESS = 0.01
REQUIRED = (
    *("Unique ID", "OFSI Group ID", "Name", "Regime Name", "Type"),
    *("Designation source", "Date Designated", "Sanctions Imposed"),
)


def recognises(head: bytes, path: Path) -> bool:
    """Tell an OpenDocument table by the names of its parts."""
    if not head.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(_files.content(path))) as archive:
            return CONTENT in archive.namelist()
    except (*BROKEN, ListError):
        return False


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a summary table.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 3,000.

    Raises:
        ListError: the file is missing, empty, damaged or hostile, holds another table, or a row
            names nobody.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    document = Document(path, {"table-row"}, ignored=IGNORED, content=_content(raw, path))
    table = _table(document, path)
    named = [row for row in table.rows if row("Name")]
    parties = [_party(row, path) for row in named]
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        digest=_files.digest([raw]),
        records=len(table.rows),
        unread=table.unread(),
        warnings=(
            "the file holds no date: the version is made from its content",
            "a summary: it holds no aliases, dates of birth or numbers",
            *_nameless(table, path),
        ),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


def _content(raw: bytes, path: Path) -> Iterator[bytes]:
    """Yield the document's XML, unpacked, and refuse what unpacks to too much."""
    size = 0
    try:
        with (
            zipfile.ZipFile(io.BytesIO(raw)) as archive,
            archive.open(CONTENT) as member,
        ):
            while chunk := member.read(CHUNK):
                size += len(chunk)
                if size > LARGEST_CONTENT:
                    raise ListError(f"unpacks to more than {LARGEST_CONTENT} bytes", path=path)
                yield chunk
    except ListError:
        raise
    except BROKEN as error:
        raise ListError(f"a damaged archive: {error}", path=path) from error


def _table(document: Document, path: Path) -> Table:
    table: Table | None = None
    for record in document.records():
        cells = _cells(record)
        if table is None:
            if "Unique ID" in cells:
                table = Table(path, [cell for cell in cells if cell], REQUIRED)
        elif any(cells):
            width = len(table.columns)
            if any(cells[width:]):
                raise record.error("a cell outside the table")
            table.add(record.line, (cells + [""] * width)[:width])
    if table is None:
        raise ListError("no table with a column 'Unique ID'", path=path)
    return table


def _nameless(table: Table, path: Path) -> Iterator[str]:
    """Yield a warning for each row that leaves its name empty, as one of the published does.

    Raises:
        ListError: it is more than one row in a hundred.
    """
    rows = [row for row in table.rows if not row("Name")]
    if len(rows) > len(table.rows) * NAMELESS:
        raise ListError(f"{len(rows)} parties without a name", path=path, row=rows[0].line)
    for row in rows:
        yield f"{row('Unique ID') or 'a row'} has no name in this table and cannot be screened for"


def _cells(row: Element) -> list[str]:
    """Return the texts of a row, repeated cells as often as they count."""
    cells: list[str] = []
    for cell in row:
        text = " ".join(cell.texts("p"))
        repeated = cell.attr("number-columns-repeated") or "1"
        count = int(repeated) if repeated.isdecimal() and len(repeated) < 6 else 1
        cells += [text] * min(count, WIDEST - len(cells))
    return cells


def _party(row: Row, path: Path) -> Party:
    if not row("Unique ID"):
        raise ListError("a row of no party", path=path, row=row.line, field="Unique ID")
    draft = Draft(f"{ID}:{row('Unique ID')}", _uk.KINDS.get(row("Type")))
    draft.add("names", *(Name(full=each, type="primary") for each in row.many("Name")))
    _uk_sl.read_fact(draft, "OFSIGroupID", row("OFSI Group ID"))
    _uk_sl.read_fact(draft, "DesignationSource", row("Designation source"))
    status = _uk_sl.status(
        regimes=row.many("Regime Name"),
        measures=row.many("Sanctions Imposed"),
        designated=[_texts.day(row("Date Designated"))],
        updated=[],
    )
    draft.add("statuses", status)
    return draft.party(path=path, row=row.line)
