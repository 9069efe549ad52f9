"""Private lists: a CSV file with a header line, one party a row.

``name`` is required. The other columns are those of `COLUMNS`; several values in one cell are
separated by ``;``. A name that spreadsheets wrote with semicolons or tabs between the cells is
read as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from sanctscreen.errors import ListError
from sanctscreen.model import Identifier, Name, PartialDate, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _files

ID = "user"
TITLE = "A private list"
PUBLISHER = "the user"
HOMEPAGE = "docs/lists.md"
LICENCE = "the user's own"
FORMAT = "plain-csv"
MINIMUM = 1

DELIMITERS = ",;\t"
MANY = ";"

UNENDED = "the last line has no line end: the file may have been cut off in it"


def recognises(head: bytes, path: Path) -> bool:
    """Tell a private list by a header line that holds ``name`` and known columns only."""
    try:
        _, columns = _header(_files.text(head.split(b"\n", 1)[0], path), path)
    except ListError:
        return False
    return "name" in columns and set(columns) <= set(COLUMNS)


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read one private list; columns that no rule knows are named in the source's warnings.

    A party without an ``id`` gets its name for one, which is stable between versions.

    Raises:
        ListError: several files, no column ``name``, a row of another width, an empty name, a
            value that its column cannot hold, two parties of the same id.
    """
    if len(paths) != 1:
        raise ListError("a private list is one file; read several one by one", path=paths[1])
    path = paths[0]
    raw = _files.content(path)
    columns, rows = _rows(_files.text(raw, path), path)
    parties = tuple(_party(dict(zip(columns, row, strict=True)), place) for place, row in rows)
    _refuse_twins(parties, [place for place, _ in rows])
    _files.check_count(len(parties), MINIMUM if minimum is None else minimum, path)
    digest = _files.digest([raw])
    unread = [column for column in columns if column not in COLUMNS]
    source = Source(
        id=_source_id(path),
        type="user",
        title=TITLE,
        digest=digest,
        records=len(parties),
        warnings=(
            *(f"column {column!r} is not read" for column in unread),
            *(() if raw.endswith((b"\n", b"\r")) else (UNENDED,)),
        ),
    )
    return PartyList(parties=parties, version=f"sha256:{digest[:12]}", sources=(source,))


class _Place(NamedTuple):
    """A row of a file, for what has to be said of it."""

    path: Path
    row: int

    def error(self, message: str, field: str | None = None) -> ListError:
        return ListError(message, path=self.path, row=self.row, field=field)


def _header(text: str, path: Path) -> tuple[str, list[str]]:
    """Find the delimiter that splits the first line into most cells."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    cells = next((row for _, row in _files.rows(first, path, delimiter=delimiter)), [])
    return delimiter, [cell.strip().lower().replace(" ", "_") for cell in cells]


def _rows(text: str, path: Path) -> tuple[list[str], list[tuple[_Place, list[str]]]]:
    """Split the file into the names of its columns and its rows, each with its place."""
    delimiter, columns = _header(text, path)
    if "name" not in columns:
        raise ListError("the header line has no column 'name'", path=path, row=1)
    if len(set(columns)) < len(columns):
        raise ListError("the header line names a column twice", path=path, row=1)
    found = [
        (_Place(path, line), row)
        for line, row in list(_files.rows(text, path, delimiter=delimiter))[1:]
    ]
    for place, row in found:
        if len(row) != len(columns):
            raise place.error(f"{len(row)} cells, not {len(columns)}")
    return columns, found


def _source_id(path: Path) -> str:
    return path.name.removesuffix(".gz").rpartition(".")[0] or path.name


def _party(cells: dict[str, str], place: _Place) -> Party:
    """Make a party of one row."""
    source = _source_id(place.path)
    fields: dict[str, Any] = {}
    for column, cell in cells.items():
        if cell.strip() and column in COLUMNS:
            try:
                field, value = COLUMNS[column](cell.strip())
            except ValueError as error:
                raise place.error(str(error), column) from error
            fields[field] = fields.get(field, ()) + value if isinstance(value, tuple) else value
    if not cells["name"].strip():
        raise place.error("a party without a name", "name")
    fields["names"] = (Name(full=cells["name"].strip(), type="primary"), *fields.get("names", ()))
    fields["id"] = f"{source}:{fields.get('id', cells['name'].strip())}"
    try:
        status = SourceStatus(
            source=source,
            programmes=fields.pop("programmes", ()),
            status=fields.pop("status", "designated"),
        )
        return Party(statuses=(status,), **fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise place.error(first["msg"], str(first["loc"][0])) from error


def _refuse_twins(parties: Sequence[Party], places: list[_Place]) -> None:
    seen: set[str] = set()
    for party, place in zip(parties, places, strict=True):
        if party.id in seen:
            raise place.error(f"two parties have the id {party.id!r}; add a column 'id'", "id")
        seen.add(party.id)


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(MANY) if part.strip())


def _texts(field: str) -> Callable[[str], tuple[str, Any]]:
    return lambda cell: (field, _many(cell))


def _names(quality: str) -> Callable[[str], tuple[str, Any]]:
    return lambda cell: (
        "names",
        tuple(Name.model_validate({"full": each, "quality": quality}) for each in _many(cell)),
    )


def _identifiers(kind: str) -> Callable[[str], tuple[str, Any]]:
    return lambda cell: (
        "identifiers",
        tuple(Identifier(type=kind, value=each) for each in _many(cell)),
    )


def _dates(cell: str) -> tuple[str, Any]:
    return "dates_of_birth", tuple(PartialDate.parse(each) for each in _many(cell))


#: Column, to the field of `Party` that its cells fill.
COLUMNS: dict[str, Callable[[str], tuple[str, Any]]] = {
    "name": lambda _cell: ("names", ()),
    "id": lambda cell: ("id", cell),
    "kind": lambda cell: ("kind", cell.lower()),
    "status": lambda cell: ("status", cell.lower()),
    "programmes": _texts("programmes"),
    "aliases": _names("unknown"),
    "weak_aliases": _names("weak"),
    "date_of_birth": _dates,
    "places_of_birth": _texts("places_of_birth"),
    "nationalities": _texts("nationalities"),
    "countries": _texts("places"),
    "gender": lambda cell: ("gender", cell.lower()),
    "notes": _texts("notes"),
    **{
        kind: _identifiers(kind)
        for kind in (
            *("passport", "national_id", "tax", "registration", "bic", "lei", "imo", "mmsi"),
            *("call_sign", "tail_number", "wallet", "website", "email", "phone"),
        )
    },
}
