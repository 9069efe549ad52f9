"""The parts of OFAC's advanced XML that parties point to: words, places, documents, dates.

The layout is the United Nations' "Advanced Sanctions Data Model": every word is a number that a
table at the head of the file explains.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sanctscreen.model import Address, PartialDate
from sanctscreen.sources._element import Element

ADDRESS_LINES = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
DAYS = {"issue date": "issued", "expiration date": "expires"}
VALID = frozenset({"", "valid"})


class Words:
    """The tables of words: what each number of each table stands for."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], Element] = {}

    def add(self, record: Element) -> None:
        """Take in ``ReferenceValueSets``."""
        for values in record:
            for value in values:
                self._words[value.tag, value.attr("ID")] = value

    def element(self, table: str, owner: Element, attribute: str) -> Element | None:
        """Return the row that an attribute points to; ``None`` if it is not there or empty.

        Raises:
            ListError: the table has no such row.
        """
        number = owner.attr(attribute)
        if not number:
            return None
        if (table, number) not in self._words:
            raise owner.error(f"no {table} of the number {number}", attribute)
        return self._words[table, number]

    def word(self, table: str, owner: Element, attribute: str) -> str:
        """Return the word that an attribute points to; empty if it is not there.

        Raises:
            ListError: the table has no such row.
        """
        row = self.element(table, owner, attribute)
        return row.text() if row is not None else ""


class Paper(NamedTuple):
    """A registration or identity document.

    Attributes:
        label: as in the remarks, such as ``Tax ID No.``.
        days: ``issued`` and ``expires``, where they are known to the day.
    """

    label: str
    number: str
    country: str
    days: dict[str, date | None]
    note: str


def address(record: Element, words: Words) -> Address | None:
    """Read a ``Location``; ``None`` if it says nothing."""
    parts: dict[str, list[str]] = {}
    for part in record.all("LocationPart"):
        kind = words.word("LocPartType", part, "LocPartTypeID").upper()
        parts.setdefault(kind, []).extend(part.texts("LocationPartValue/Value"))
    areas = [_area(each, words) for each in record.all("LocationAreaCode")]
    countries = [words.word("Country", each, "CountryID") for each in record.all("LocationCountry")]
    fields = {
        "street": [text for line in ADDRESS_LINES for text in parts.pop(line, [])],
        "city": parts.pop("CITY", []),
        "region": parts.pop("STATE/PROVINCE", []),
        "postal_code": parts.pop("POSTAL CODE", []),
        "country": countries or areas,
        "note": [*record.texts("Comment"), *(text for rest in parts.values() for text in rest)],
    }
    stated = {key: ", ".join(filter(None, value)) for key, value in fields.items()}
    kept = {key: value for key, value in stated.items() if value}
    return Address(**kept) if kept else None


def _area(element: Element, words: Words) -> str:
    row = words.element("AreaCode", element, "AreaCodeID")
    return "" if row is None else row.attr("Description") or row.text()


def paper(record: Element, words: Words) -> Paper:
    """Read an ``IDRegDocument``."""
    days: dict[str, date | None] = {}
    notes = [*record.texts("IssuingAuthority"), *record.texts("Comment")]
    for element in record.all("DocumentDate"):
        kind = words.word("IDRegDocDateType", element, "IDRegDocDateTypeID").lower()
        for period in element.all("DatePeriod"):
            span = date_of(period)
            if kind in DAYS and span.earliest == span.latest:
                days[DAYS[kind]] = span.earliest
            else:
                notes.append(f"{kind} {span}")
    validity = words.word("Validity", record, "ValidityID")
    if validity.lower() not in VALID:
        notes.append(validity)
    return Paper(
        label=words.word("IDRegDocType", record, "IDRegDocTypeID"),
        number=record.text("IDRegistrationNo"),
        country=words.word("Country", record, "IssuedBy-CountryID"),
        days=days,
        note=", ".join(notes),
    )


def date_of(period: Element) -> PartialDate:
    """Read a ``DatePeriod``: from the first day that it may begin to the last that it may end.

    Raises:
        ListError: it holds no such day, or ends before it begins.
    """
    bounds = [each for each in period if each.tag in ("Start", "End")]
    points = [day(point) for each in bounds for point in each if point.tag in ("From", "To")]
    approximate = [each.attr("Approximate") == "true" for each in bounds]
    if not points or points[0] > points[-1]:
        raise period.error("no date, or one that ends before it begins")
    return PartialDate(earliest=points[0], latest=points[-1], circa=any(approximate))


def day(point: Element) -> date:
    """Read a year, month and day.

    Raises:
        ListError: there is no such day.
    """
    parts = [point.text(part) for part in ("Year", "Month", "Day")]
    try:
        return date(*map(int, parts))
    except ValueError as error:
        raise point.error(f"no such day: {'-'.join(parts)}") from error
