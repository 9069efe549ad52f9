"""OFAC's legacy XML: ``sdn.xml`` and ``consolidated.xml``, in the old and the new namespace.

One ``sdnEntry`` is one party. Unlike the CSV files it states the quality of each alias and keeps
name parts, places and identifiers apart. Schema:
https://ofac.treasury.gov/sdn-list/sanctions-list-service, "sdn.xsd".
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sanctscreen.errors import InputError
from sanctscreen.model import Address, Identifier, Name, NameType, Quality
from sanctscreen.party_list import PartyList
from sanctscreen.remarks import read_partial_date
from sanctscreen.sources import _ofac, us_ofac_csv
from sanctscreen.sources._element import Element
from sanctscreen.sources._ofac import Entry
from sanctscreen.sources._xml import Document, root_of

ID = us_ofac_csv.ID
TITLE = us_ofac_csv.TITLE
PUBLISHER = us_ofac_csv.PUBLISHER
HOMEPAGE = us_ofac_csv.HOMEPAGE
LICENCE = us_ofac_csv.LICENCE
FORMAT = "ofac-xml"
MINIMUM = us_ofac_csv.MINIMUM

IGNORED = {
    "sdnList/sdnEntry/*/uid": "the number of the fact, not of the party",
    "sdnList/sdnEntry/*/mainEntry": "the first of several facts; their order is kept",
}
QUALITIES: dict[str, Quality] = {"strong": "strong", "weak": "weak"}
VESSEL = {
    "vesselType": "vessel_type",
    "tonnage": "tonnage",
    "grossRegisteredTonnage": "gross_registered_tonnage",
    "vesselFlag": "flag",
    "vesselOwner": "owner",
}


def recognises(head: bytes, path: Path) -> bool:
    """Tell the file by its outermost element."""
    root = root_of(head, path)
    return root is not None and root.tag == "sdnList"


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read one file.

    Args:
        paths: the file.
        minimum: fewer parties raise; by default 5,000 (SDN) or 200 (Consolidated).

    Raises:
        ListError: there are several files, or the one is missing, empty, cut off, malformed,
            too short, or holds another number of entries than it states.
    """
    document = Document(_ofac.only(paths), {"sdnEntry", "publshInformation"}, ignored=IGNORED)
    entries: list[Entry] = []
    published, count = None, ""
    for record in document.records():
        if record.tag == "sdnEntry":
            entries.append(_entry(record))
        else:
            published, count = _day(record, "Publish_Date"), record.text("Record_Count")
    _ofac.check_stated(count, entries, document)
    return _ofac.party_list(entries, document, published=published, minimum=minimum)


def _entry(record: Element) -> Entry:
    kind = record.text("sdnType")
    entry = Entry(record.text("uid"), _ofac.kind_of(kind, record), record.line)
    if not entry.number.isdecimal():
        raise record.error(f"no number: {entry.number!r}", "uid")
    entry.names.append(_name(record, "primary", "strong", entry.kind == "person"))
    entry.names += [_alias(aka, entry) for aka in record.all("akaList/aka")]
    entry.programmes += record.texts("programList/program")
    entry.titles += [part for each in record.texts("title") for part in _ofac.titles(each)]
    entry.remarks = record.text("remarks")
    entry.addresses += [
        address for each in record.all("addressList/address") if (address := _address(each))
    ]
    _facts(record, entry)
    for each in record.all("idList/id"):
        _identifier(each, entry)
    for each in record.all("vesselInfo"):
        _vessel(each, entry)
    return entry


def _name(element: Element, type: NameType, quality: Quality, is_person: bool) -> Name:
    family, given = element.text("lastName"), element.text("firstName")
    full = ", ".join(filter(None, (family, given)))
    if not full:
        raise element.error("a name without text", "lastName")
    parts = (("family", family), ("given", given)) if is_person and given and family else ()
    return Name(full=full, type=type, quality=quality, parts=parts)


def _alias(element: Element, entry: Entry) -> Name:
    type_ = element.text("type")
    if type_ not in _ofac.NAME_TYPES:
        raise element.error(f"unknown type of alias: {type_!r}", "type")
    quality = QUALITIES.get(element.text("category"), "unknown")
    return _name(element, _ofac.NAME_TYPES[type_], quality, entry.kind == "person")


def _address(element: Element) -> Address | None:
    lines = (element.text(f"address{number}") for number in (1, 2, 3))
    fields = {
        "street": ", ".join(filter(None, lines)),
        "city": element.text("city"),
        "region": element.text("stateOrProvince"),
        "postal_code": element.text("postalCode"),
        "country": element.text("country"),
    }
    stated = {key: value for key, value in fields.items() if value}
    return Address(**stated) if stated else None


def _facts(record: Element, entry: Entry) -> None:
    """Write dates, places and nationalities in the words of the remarks."""
    for words, path in (
        ("DOB", "dateOfBirthList/dateOfBirthItem/dateOfBirth"),
        ("POB", "placeOfBirthList/placeOfBirthItem/placeOfBirth"),
        ("nationality", "nationalityList/nationality/country"),
        ("citizen", "citizenshipList/citizenship/country"),
    ):
        entry.clauses += [f"{words} {text}" for text in record.texts(path)]


def _identifier(element: Element, entry: Entry) -> None:
    stated = {"issued": element.text("issueDate"), "expires": element.text("expirationDate")}
    days = {key: _exact(text) for key, text in stated.items() if text}
    vague = [f"{key} {stated[key]}" for key, day in days.items() if day is None]
    entry.add_identifier(
        element.text("idType"),
        element.text("idNumber"),
        country=element.text("idCountry"),
        days=days,
        note=", ".join(vague),
    )


def _exact(text: str) -> date | None:
    """Read a whole day; ``None`` where only a month or year is known, which becomes a note."""
    try:
        span = read_partial_date(text)
    except InputError:
        return None
    return span.earliest if span.earliest == span.latest else None


def _vessel(element: Element, entry: Entry) -> None:
    if call_sign := element.text("callSign"):
        entry.identifiers.append(Identifier(type="call_sign", value=call_sign))
    entry.details += [(key, text) for tag, key in VESSEL.items() if (text := element.text(tag))]


def _day(element: Element, field: str) -> date:
    text = element.text(field)
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()
    except ValueError as error:
        raise element.error(f"not a day as 03/28/2025: {text!r}", field) from error
