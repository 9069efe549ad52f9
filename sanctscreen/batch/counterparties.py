"""Make a counterparty of each row, with a fault for everything in it that cannot be read.

A fault never stops the row: what can be read is screened, and the row asks for review.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, cast

from sanctscreen import data
from sanctscreen.batch.columns import NAME_ROLES, OTHER_ROLES, Columns, fold
from sanctscreen.batch.reading import Row
from sanctscreen.errors import InputError
from sanctscreen.model import Counterparty, Gender, Kind, PartialDate

#: The whole name in one cell, or its parts in the order in which they are joined.
WHOLE_NAME_ROLES = ("full_name", "organisation")
NAME_PART_ROLES = ("first_name", "middle_name", "name", "last_name")
#: No word for "nothing known" is longer; longer names need not be looked up.
LONGEST_MISSING = 20
UNREADABLE = "\ufffd"
#: Characters of a day as ISO 8601 writes it.
ISO_DAY = 10
SEVERAL = re.compile(r"[;|]")
DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ][\d:.,+Z-]*)?")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")


FieldReader = Callable[[Sequence[str], "list[Fault]"], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row.

    Attributes:
        message: in words.
        field: the header of the column at fault, where it is one column.
        review: whether the row asks for review; a mere note does not.
    """

    message: str
    field: str | None = None
    review: bool = True

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


@cache
def values(role: str) -> dict[str, str]:
    """Return what the folded values of a column of that role mean."""
    rows = data.table("csv_values")
    return {fold(row["value"]): row["meaning"] for row in rows if row["role"] == role}


@lru_cache(maxsize=8192)
def meaning(role: str, text: str) -> str | None:
    """Return what a value means in a column of a role; ``None`` for a value not in the table."""
    return values(role).get(fold(text))


@lru_cache(maxsize=8192)
def _word(role: str, cell: str) -> tuple[str | None, str]:
    """Return what a cell means in a column of a role, and the cell if that is not known."""
    text = cell.strip()
    if _is_missing(text):
        return None, ""
    found = meaning(role, text)
    return found, "" if found else text


@lru_cache(maxsize=8192)
def _countries(text: str) -> tuple[str, ...]:
    """Split a cell of countries, each once, without the words that say nothing is known."""
    parts = (part.strip() for part in SEVERAL.split(text))
    return tuple(dict.fromkeys(part for part in parts if not _is_missing(part)))


@cache
def _openings() -> frozenset[str]:
    """Return the characters that words for "nothing known" begin with."""
    return frozenset(value[:1] for value in values("missing"))


def _is_missing(text: str) -> bool:
    """Tell whether a cell without spaces around it is empty, or only says that nothing is known."""
    if not text:
        return True
    if text.isascii() and text[0].isalnum() and text[0].lower() not in _openings():
        return False  # folding keeps the first character
    return fold(text) in values("missing")


def parse_date(text: str) -> PartialDate:
    """Read a date as customer files write it; day and month that cannot be told apart give a year.

    >>> str(parse_date("14.02.1971")), str(parse_date("02/03/1971")), str(parse_date("00/00/1980"))
    ('1971-02-14', '1971', '1980')

    Raises:
        ValueError: the text is no date.
    """
    text = text.strip()
    if text[4:5] == "-" == text[7:8] and len(text) == ISO_DAY:
        with suppress(ValueError):
            day = date.fromisoformat(text)
            return PartialDate(earliest=day, latest=day)
    if found := COMPACT.fullmatch(text) or YEAR_FIRST.fullmatch(text):
        year, month, of_month = (int(part or 0) for part in found.groups())
    elif found := DAY_FIRST.fullmatch(text):
        year, month, of_month = _day_and_month(found)
    else:
        raise ValueError(f"not a date: {text!r}")
    try:
        return PartialDate.of(year, month or None, (month and of_month) or None)
    except ValueError as error:
        raise ValueError(f"not a date: {text!r}") from error


def _day_and_month(found: re.Match[str]) -> tuple[int, int, int]:
    """Order day and month; with slashes either may come first, and 0 stands for not known."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if second > 12:
        return year, first, second
    if found[2] != "/" or first > 12 or first == second:
        return year, second, first
    return year, 0, 0


class RowReader:
    """Reads the rows of one file.

    Attributes:
        columns: the places of each role.
        header: the header cells, for naming the field at fault.
        kind: the kind of every row that states none.
    """

    def __init__(self, columns: Columns, header: Sequence[str], kind: Kind | None = None) -> None:
        self.columns = columns
        self.header = header
        self.kind = kind
        self._whole = [role for role in WHOLE_NAME_ROLES if role in columns]
        self._parts = [role for role in NAME_PART_ROLES if role in columns]
        self._identifiers = [role for role in columns if role not in (*NAME_ROLES, *OTHER_ROLES)]
        self._fields = self._read_fields()

    def read(self, row: Row) -> tuple[Counterparty, list[Fault]]:
        """Return who is to be screened for a row, and what could not be read."""
        faults = self._damage(row)
        cells = row.cells
        if len(cells) < len(self.header):
            cells = cells + [""] * (len(self.header) - len(cells))
        name = self._name(cells)
        if len(name) <= LONGEST_MISSING and _is_missing(name):
            faults.append(Fault("no name", self._field([*self._whole, *self._parts][0])))
        fields = {field: read(cells, faults) for field, read in self._fields}
        return Counterparty(name=name, **fields), faults

    def _read_fields(self) -> list[tuple[str, FieldReader]]:
        """Pair the fields that the file has columns for with what reads them."""
        possible: list[tuple[str, str, FieldReader]] = [
            ("date_of_birth", "date_of_birth", self._date),
            ("place_of_birth", "place_of_birth", self._birthplace),
            ("country", "countries", self._countries),
            ("gender", "gender", self._gender),
            ("address", "addresses", self._addresses),
            ("reference", "reference", self._reference),
        ]
        present = [(field, read) for role, field, read in possible if role in self.columns]
        stated: list[tuple[str, FieldReader]] = [("identifiers", self._stated)]
        return [("kind", self._kind), *present, *(stated if self._identifiers else [])]

    def _damage(self, row: Row) -> list[Fault]:
        """Return the faults of the row as a whole: quoting, width, bytes."""
        faults = [Fault(row.fault)] if row.fault else []
        surplus = len(row.cells) - len(self.header)
        if surplus > 0:
            text = " | ".join(row.cells[len(self.header) :])
            faults.append(Fault(f"{surplus} too many cells: {text}"))
        elif surplus < 0:
            missing = self.header[surplus]
            faults.append(Fault(f"only {len(row.cells)} of {len(self.header)} cells", missing))
        text = "".join(row.cells)
        if "\0" in text or (UNREADABLE in text and not text.isascii()):
            faults.extend(self._unreadable(row))
        return faults

    def _unreadable(self, row: Row) -> list[Fault]:
        """Name the cells that hold undecodable bytes or zero bytes."""
        headers = [*self.header, *("" for _ in row.cells[len(self.header) :])]
        named = list(zip(headers, row.cells, strict=False))
        return [
            *(Fault("bytes that are no text", at or None) for at, c in named if UNREADABLE in c),
            *(Fault("a zero byte", at or None) for at, c in named if "\0" in c),
        ]

    def _cell(self, cells: Sequence[str], role: str) -> str:
        """Return the stripped cell of a role; empty where the file has no such column."""
        places = self.columns.get(role)
        return cells[places[0]].strip() if places else ""

    def _value(self, cells: Sequence[str], role: str) -> str:
        """Return the cell of a role; empty also where it only says that nothing is known."""
        text = self._cell(cells, role)
        return "" if _is_missing(text) else text

    def _name(self, cells: Sequence[str]) -> str:
        """Return the whole name, or join given name and surname."""
        for role in self._whole:
            if whole := self._cell(cells, role):
                return whole
        if len(self._parts) == 1:
            return self._cell(cells, self._parts[0])
        parts = {role: self._cell(cells, role) for role in self._parts}
        name = parts.get("name", "")
        said = set(name.casefold().split())
        if said:
            for role in parts.keys() - {"name"}:
                if said.issuperset(parts[role].casefold().split()):
                    parts[role] = ""
        return " ".join(filter(None, parts.values()))

    def _field(self, role: str) -> str:
        """Return the header of the column that holds a role."""
        return self.header[self.columns[role][0]]

    def _kind(self, cells: Sequence[str], faults: list[Fault]) -> Kind | None:
        """Return the kind; a word that is not known screens against every kind."""
        if "kind" not in self.columns:
            return self.kind
        kind, unknown = _word("kind", cells[self.columns["kind"][0]])
        if unknown:
            message = f"unknown kind {unknown!r}, screened against every kind"
            faults.append(Fault(message, self._field("kind"), review=False))
            return None
        return cast("Kind | None", kind) or self.kind

    def _date(self, cells: Sequence[str], faults: list[Fault]) -> PartialDate | None:
        text = self._value(cells, "date_of_birth")
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError as error:
            faults.append(Fault(str(error), self._field("date_of_birth")))
            return None

    def _countries(self, cells: Sequence[str], _: list[Fault]) -> tuple[str, ...]:
        places = self.columns["country"]
        if len(places) == 1:
            return _countries(cells[places[0]])
        return tuple(dict.fromkeys(part for at in places for part in _countries(cells[at])))

    def _addresses(self, cells: Sequence[str], _: list[Fault]) -> tuple[str, ...]:
        """Return the cells of an address as one text: a name may run from one into the next."""
        text = self._together(cells, "address")
        return (text,) if text else ()

    def _birthplace(self, cells: Sequence[str], _: list[Fault]) -> str:
        return self._together(cells, "place_of_birth")

    def _together(self, cells: Sequence[str], role: str) -> str:
        """Return the cells of a role with commas between them, without those that say nothing."""
        parts = (cells[place].strip() for place in self.columns.get(role, ()))
        return ", ".join(part for part in parts if not _is_missing(part))

    def _gender(self, cells: Sequence[str], faults: list[Fault]) -> Gender | None:
        gender, unknown = _word("gender", cells[self.columns["gender"][0]])
        if unknown:
            message = f"unknown gender {unknown!r}, not used"
            faults.append(Fault(message, self._field("gender"), review=False))
        return cast("Gender | None", gender)

    def _reference(self, cells: Sequence[str], _: list[Fault]) -> str | None:
        return self._cell(cells, "reference") or None

    def _stated(self, cells: Sequence[str], _: list[Fault]) -> dict[str, str]:
        """Return the identifiers that the row states."""
        found = {role: self._value(cells, role) for role in self._identifiers}
        return {role: value for role, value in found.items() if value}


def as_error(fault: Fault, row: int, path: object) -> InputError:
    """Return a fault as the error that names file, row and field."""
    return InputError(fault.message, path=path, row=row, field=fault.field)
