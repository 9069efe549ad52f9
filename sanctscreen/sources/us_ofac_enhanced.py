"""OFAC's enhanced XML: ``sdn_enhanced.xml`` and ``cons_enhanced.xml``, published since 2024.

Each ``entity`` holds all that is said of a party, in words: names in every script, addresses,
features, documents, relations. Schema:
https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML.xsd
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sanctscreen.errors import InputError
from sanctscreen.model import Address, Identifier, Link, Name, NameType, PartialDate
from sanctscreen.party_list import PartyList
from sanctscreen.remarks import read_partial_date
from sanctscreen.sources import _ofac, us_ofac_csv
from sanctscreen.sources._element import Element
from sanctscreen.sources._ofac import Entry
from sanctscreen.sources._ofac_features import add_feature
from sanctscreen.sources._ofac_names import PARTS
from sanctscreen.sources._xml import Document, root_of

ID = us_ofac_csv.ID
TITLE = us_ofac_csv.TITLE
PUBLISHER = us_ofac_csv.PUBLISHER
HOMEPAGE = us_ofac_csv.HOMEPAGE
LICENCE = us_ofac_csv.LICENCE
FORMAT = "ofac-enhanced"
MINIMUM = us_ofac_csv.MINIMUM

RECORDS = {"publicationInfo", "referenceValues", "featureTypes", "entity"}
IGNORED = {
    "*/@id": "numbers within the file",
    "*/@refId": "numbers of words that stand beside them",
    "*/@featureTypeId": "numbers of words that stand beside them",
    "*/@nameId": "which name stands on a document",
    "*/@nameTranslationId": "which spelling stands on a document",
    "sanctionsData/publicationInfo/filters*": "which lists the file was asked for",
    "sanctionsData/referenceValues*": "tables of words that stand beside their numbers",
    "sanctionsData/featureTypes*": "tables of words that stand beside their numbers",
    "*/generalInfo/identityId": "a number within the file",
    "*/script": "the letters tell the script",
    "*/isPrimary": "the first of several; their order is kept",
    "*/feature/versionId": "a number within the file",
    "*/feature/valueRefId": "the number of a word that stands beside it",
    "*/feature/reliability": "not used by the publisher",
    "*/valueDate/*": "the dates of the text beside them, which is read",
    "*/formattedFirstName": "part of the full name",
    "*/formattedLastName": "part of the full name",
    "*/identityDocument/name": "the name on the document",
}
ADDRESS_LINES = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
#: Lists that hold everybody in their file.
WHOLE_LISTS = frozenset({"sdn list", "consolidated list"})


def recognises(head: bytes, path: Path) -> bool:
    """Tell the file by its outermost element."""
    root = root_of(head, path)
    return root is not None and root.tag == "sanctionsData"


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read one file.

    Args:
        paths: the file.
        minimum: fewer parties raise; by default 5,000 (SDN) or 200 (Consolidated).

    Raises:
        ListError: there are several files, or the one is missing, empty, cut off, malformed
            or too short.
    """
    document = Document(_ofac.only(paths), RECORDS, ignored=IGNORED)
    entries: list[Entry] = []
    related: list[tuple[Entry, str, str]] = []
    published = None
    for record in document.records():
        if record.tag == "entity":
            entries.append(_entry(record, related))
        elif record.tag == "publicationInfo":
            published = _day(record, "dataAsOf")
    warnings = _relate(entries, related)
    return _ofac.party_list(
        entries, document, published=published, minimum=minimum, warnings=warnings
    )


def _relate(entries: list[Entry], related: list[tuple[Entry, str, str]]) -> list[str]:
    """Name the parties that relations point to; say which are not in the file."""
    names = {entry.number: entry.names[0].full for entry in entries if entry.names}
    for entry, relation, number in related:
        entry.links.append(Link(name=names.get(number, f"party {number}"), relation=relation))
    return [
        f"party {entry.number} is tied to {number}, not in this file"
        for entry, _, number in related
        if number not in names
    ]


def _entry(record: Element, related: list[tuple[Entry, str, str]]) -> Entry:
    number = record.attr("id")
    if not number.isdecimal():
        raise record.error(f"no number: {number!r}", "id")
    kind = _ofac.kind_of(record.text("generalInfo/entityType"), record)
    entry = Entry(number, kind, record.line)
    entry.remarks = record.text("generalInfo/remarks")
    entry.titles += [
        part for each in record.texts("generalInfo/title") for part in _ofac.titles(each)
    ]
    _names(record, entry)
    for each in record.all("addresses/address"):
        entry.addresses += _addresses(each)
    for each in record.all("features/feature"):
        _feature(each, entry)
    for each in record.all("identityDocuments/identityDocument"):
        _paper(each, entry)
    relations = record.all("relationships/relationship")
    related += [(entry, *_relation(each)) for each in relations]
    _listing(record, entry)
    return entry


def _names(record: Element, entry: Entry) -> None:
    names = record.all("names/name")
    for name in sorted(names, key=lambda each: each.text("isPrimary") != "true"):
        type_ = _type(name)
        for translation in name.all("translations/translation"):
            full = translation.text("formattedFullName")
            if not full:
                raise translation.error("a name without text", "formattedFullName")
            entry.names.append(
                Name(
                    full=full,
                    type=type_ if entry.names else "primary",
                    quality="weak" if name.text("isLowQuality") == "true" else "strong",
                    parts=_parts(translation, entry),
                )
            )


def _type(name: Element) -> NameType:
    word = name.text("aliasType").lower()
    if word and word not in _ofac.NAME_TYPES and word != "name":
        raise name.error(f"unknown type of alias: {word!r}", "aliasType")
    return _ofac.NAME_TYPES.get(word, "aka")


def _parts(translation: Element, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Read the parts of a name; only those of people say more than the whole."""
    parts = tuple(
        (PARTS.get(part.text("type").lower(), "other"), part.text("value"))
        for part in translation.all("nameParts/namePart")
    )
    return parts if entry.kind == "person" and len(parts) > 1 else ()


def _addresses(element: Element) -> list[Address]:
    """Read an address, once for each script that it is written in."""
    country = element.text("country") or None
    found = [_address(each, country) for each in element.all("translations/translation")]
    return [each for each in found if each] or ([Address(country=country)] if country else [])


def _address(translation: Element, country: str | None) -> Address | None:
    parts: dict[str, list[str]] = {}
    for part in translation.all("addressParts/addressPart"):
        parts.setdefault(part.text("type").upper(), []).append(part.text("value"))
    fields = {
        "street": [text for line in ADDRESS_LINES for text in parts.pop(line, [])],
        "city": parts.pop("CITY", []),
        "region": parts.pop("STATE/PROVINCE", []),
        "postal_code": parts.pop("POSTAL CODE", []),
        "note": [text for rest in parts.values() for text in rest],
    }
    stated = {key: ", ".join(filter(None, value)) for key, value in fields.items()}
    kept = {key: value for key, value in stated.items() if value}
    return Address(country=country, **kept) if kept or country else None


def _feature(element: Element, entry: Entry) -> None:
    label, text = element.text("type"), element.text("value")
    note = element.text("comments")
    if label.lower() == "vessel call sign" and text:
        entry.identifiers.append(Identifier(type="call_sign", value=text, note=note or None))
    elif label.lower() == "birthdate" and not _is_date(text):
        spans = [_span(each) for each in element.all("valueDate")]
        entry.dates_of_birth += spans
        entry.clauses += [] if spans else [f"DOB {text}"]
    else:
        add_feature(entry, label, text, note)


def _is_date(text: str) -> bool:
    try:
        read_partial_date(text)
    except InputError:
        return False
    return True


def _paper(element: Element, entry: Entry) -> None:
    days, notes = {}, []
    for word, tag in (("issued", "issueDate"), ("expires", "expirationDate")):
        for each in element.all(tag):
            span = _span(each)
            if span.earliest == span.latest:
                days[word] = span.earliest
            else:
                notes.append(f"{word} {span}")
    if element.text("isValid") == "false":
        notes.append("not valid")
    notes += [*element.texts("issuingLocation"), *element.texts("comments")]
    entry.add_identifier(
        element.text("type"),
        element.text("documentNumber"),
        country=element.text("issuingCountry"),
        days=days,
        note=", ".join(notes),
    )


def _relation(element: Element) -> tuple[str, str]:
    related = element.first("relatedEntity")
    if related is None or not related.attr("entityId"):
        raise element.error("a relation to nobody", "relatedEntity")
    # The name stands there too, but not in every file; the number leads to it in all.
    related.text()
    said = (element.text("type").lower(), element.text("comments"))
    return " ".join(filter(None, said)) or "linked to", related.attr("entityId")


def _listing(record: Element, entry: Entry) -> None:
    """Keep programmes, lists, effects, legal authorities and the first day on any list."""
    entry.programmes += record.texts("sanctionsPrograms/sanctionsProgram")
    entry.details += [
        ("legal_basis", text) for text in record.texts("legalAuthorities/legalAuthority")
    ]
    for word in record.texts("sanctionsTypes/sanctionsType"):
        if word.lower() == "block":
            entry.effects.append("block")
        elif word.lower() != "program":
            entry.details.append(("sanctions_type", word))
    lists = record.all("sanctionsLists/sanctionsList")
    names = [each.text() for each in lists]
    entry.details += [("list", name) for name in names if name.lower() not in WHOLE_LISTS]
    days = [_iso(each, each.attr("datePublished")) for each in lists if each.attr("datePublished")]
    entry.listed = min(days, default=None)


def _span(element: Element) -> PartialDate:
    """Read the four bounds of a date, of which those not stated equal their neighbour.

    Raises:
        ListError: it states no day, or ends before it begins.
    """
    bounds = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
    days = [_iso(element, text) for bound in bounds if (text := element.text(bound))]
    flags = [element.text("isApproximate"), element.text("isDateRange")]
    if not days or days[0] > days[-1]:
        raise element.error("no date, or one that ends before it begins")
    return PartialDate(earliest=days[0], latest=days[-1], circa=flags[0] == "true")


def _day(record: Element, field: str) -> date:
    return _iso(record, record.text(field))


def _iso(element: Element, text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise element.error(f"no such day: {text!r}") from error
