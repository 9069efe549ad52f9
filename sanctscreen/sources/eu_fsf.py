"""The EU's consolidated financial sanctions list, in Financial Sanctions Files XML 1.1.

One ``sanctionEntity`` per party; nearly all facts stand in attributes. Every fact names the
regulation that brought it, and no name is marked as the primary one.
Schema: https://webgate.ec.europa.eu/fsd/fsf, "XML (Based on XSD)"
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sanctscreen.model import Address, Identifier, Kind, Name, PartialDate, Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _eu, _files, _texts, _xml
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._repeats import join_repeats

ID = _eu.ID
TITLE = _eu.TITLE
PUBLISHER = _eu.PUBLISHER
HOMEPAGE = _eu.HOMEPAGE
LICENCE = _eu.LICENCE
FORMAT = "eu-fsf"
#: The list has held more than 4,000 parties since 2022, and 2,000 since 2016.
MINIMUM = 2_000

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
IGNORED = {
    "*/@logicalId": "the publisher's row number; euReferenceNumber names the party",
    "*/@regulationLanguage": "the language of the regulation that was keyed in, always English",
    "export/@globalFileId": "counts the publisher's exports; generationDate dates them",
}
NAME_PARTS = {"given": "firstName", "other": "middleName", "family": "lastName"}
QUALITIES = {"true": "strong", "false": "weak"}
PAPER_FLAGS = {
    "diplomatic": "diplomatic",
    "knownExpired": "known expired",
    "knownFalse": "known false",
    "reportedLost": "reported lost",
    "revokedByIssuer": "revoked by its issuer",
}

PAPER_TEXTS = {
    "issuedBy": "issued by",
    "nameOnDocument": "in the name of",
    "region": "region",
    "validFrom": "valid from",
}


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its outermost element and namespace."""
    root = _xml.root_of(head, path)
    return root is not None and (root.tag, root.namespace) == ("export", NAMESPACE)


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read the consolidated list.

    Raises:
        ListError: several files, a damaged one, a party without reference or name, or fewer
            parties than ``minimum``.
    """
    path = _files.only(paths)
    document = _xml.Document(path, {"sanctionEntity"}, ignored=IGNORED)
    records = [_party(record) for record in document.records()]
    parties, repeats = join_repeats(records, path=path)
    generated = document.root.attr("generationDate")
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=generated or None,
        published=_texts.day(generated[:10]),
        digest=document.digest,
        records=len(records),
        unread=document.unread,
        warnings=tuple(repeats),
    )
    wanted = MINIMUM if minimum is None else minimum
    return _draft.party_list(parties, [source], path=path, minimum=wanted)


def _party(record: Element) -> Party:
    reference = record.attr("euReferenceNumber")
    if not reference:
        raise record.error("a party without a reference", "euReferenceNumber")
    draft = Draft(f"{ID}:{reference}", _kind(record))
    names = [name for alias in record.all("nameAlias") for name in _names(draft, alias)]
    draft.add("names", *_eu.primary_first(names))
    _listing(draft, record)
    for birth in record.all("birthdate"):
        draft.add_all(_birth(birth))
    for citizenship in record.all("citizenship"):
        draft.add("citizenships", _country(citizenship))
        if region := citizenship.attr("region"):
            draft.add("notes", f"Citizenship: {region}")
        draft.add_all(_remarks(citizenship, "Citizenship"))
    for place in record.all("address"):
        draft.add_all(_address(place))
    for paper in record.all("identification"):
        draft.add_all(_identification(paper))
    return draft.party(path=record.file, row=record.line)


def _kind(record: Element) -> Kind | None:
    subject = record.only("subjectType")
    if subject is None:
        return None
    code, letter = subject.attr("code"), subject.attr("classificationCode")
    return _eu.KINDS.get(code) or _eu.KINDS.get(letter)


def _names(draft: Draft, alias: Element) -> Iterator[Name]:
    """Read a name, and once more as its parts spell it where they differ."""
    whole = alias.attr("wholeName")
    parts = tuple((part, text) for part, tag in NAME_PARTS.items() if (text := alias.attr(tag)))
    spelt = " ".join(text for _, text in parts)
    quality = QUALITIES.get(alias.attr("strong"), "unknown")
    language = alias.attr("nameLanguage").lower() or None
    for full in dict.fromkeys(filter(None, (whole, spelt))):
        kept = parts if full == spelt else ()
        yield Name(full=full, type="aka", quality=quality, language=language, parts=kept)
    draft.add_all(
        [("gender", _eu.GENDERS[sex])] if (sex := alias.attr("gender")) in _eu.GENDERS else []
    )
    draft.add("titles", alias.attr("title"))
    draft.add("positions", alias.attr("function"))
    draft.add_all(_remarks(alias, whole or spelt))


def _listing(draft: Draft, record: Element) -> None:
    """Read the regulations, the days and what is said of the listing."""
    regulations = record.all("regulation")
    acts = regulations + [each for child in record for each in child.all("regulationSummary")]
    designated = record.attr("designationDate")
    status = _draft.statuses(
        ID,
        programmes=[tag for each in regulations if (tag := each.attr("programme"))],
        effects=_eu.EFFECTS,
        listed=[_texts.day(designated)],
        changed=[_texts.day(each.attr("publicationDate")) for each in acts],
    )
    draft.add("statuses", status)
    cited: dict[str, str] = {}
    for act in acts:
        cited.setdefault(act.attr("numberTitle"), _regulation(act))
    draft.add("details", *(("regulation", text) for text in cited.values() if text))
    if details := record.attr("designationDetails"):
        draft.add("details", ("designation_details", details))
    if designated and _texts.day(designated) is None:
        draft.add("notes", f"Date of designation: {designated}")
    if reference := record.attr("unitedNationId"):
        draft.add_all([_eu.un_reference(reference)])
    draft.add_all(_remarks(record))


def _regulation(act: Element) -> str:
    """Write an act in one line: number, what it does, its days, where it stands."""
    adopted, in_force = act.attr("publicationDate"), act.attr("entryIntoForceDate")
    address = act.attr("publicationUrl") or act.text("publicationUrl")
    parts = [
        act.attr("numberTitle"),
        " ".join(filter(None, (act.attr("organisationType"), act.attr("regulationType")))),
        f"published {adopted}" if adopted else "",
        f"in force {in_force}" if in_force else "",
        address,
    ]
    return ", ".join(filter(None, parts))


def _birth(birth: Element) -> Iterator[tuple[str, object]]:
    """Read a birth: its day, month, year or span of years, and its place."""
    circa = birth.attr("circa") == "true"
    calendar = birth.attr("calendarType")
    day, first, last = (birth.attr(tag) for tag in ("birthdate", "yearRangeFrom", "yearRangeTo"))
    numbers = [birth.attr(tag) for tag in ("year", "monthOfYear", "dayOfMonth")]
    written = "-".join(part.zfill(2) for part in numbers if part)
    if written and calendar not in ("", "GREGORIAN"):
        yield "notes", f"Date of birth: {written} ({calendar} calendar)"
        written = ""
    span = _span(day or written) or _span(first, last or first) or _span(last)
    if span is not None:
        yield "dates_of_birth", span.model_copy(update={"circa": circa})
    elif day or written or first or last:
        yield "notes", f"Date of birth: {' '.join(filter(None, (day or written, first, last)))}"
    place = [birth.attr(tag) for tag in ("place", "city", "zipCode", "region")]
    yield "places_of_birth", _joined(*place, _country(birth))
    yield from _remarks(birth, "Birth")


def _span(first: str, last: str = "") -> PartialDate | None:
    try:
        start, end = PartialDate.parse(first), PartialDate.parse(last or first)
    except ValueError:
        return None
    return PartialDate(earliest=start.earliest, latest=end.latest)


def _address(place: Element) -> Iterator[tuple[str, object]]:
    """Read an address, and the telephone numbers and the like that stand in it."""
    street, box = place.attr("street"), place.attr("poBox")
    said = "at the time of listing" if place.attr("asAtListingTime") == "true" else ""
    note = _joined(said, *map(_eu.stated, place.texts("remark")))
    fields = {
        "street": _joined(street, f"PO Box {box}" if box else "", place.attr("place")),
        "city": place.attr("city"),
        "region": place.attr("region"),
        "postal_code": place.attr("zipCode"),
        "country": _country(place),
        "note": note,
    }
    kept = {field: text for field, text in fields.items() if text}
    if kept:
        yield "addresses", Address(**kept)
    for contact in place.all("contactInfo"):
        key, value = contact.attr("key"), contact.attr("value")
        if value:
            label = _eu.identifier_label(key) or None
            yield "identifiers", Identifier(type=_eu.identifier_type(key), value=value, note=label)


def _identification(paper: Element) -> Iterator[tuple[str, object]]:
    """Read a paper or a number; one of which only the kind is known becomes a note."""
    code = paper.attr("identificationTypeCode")
    label = paper.attr("identificationTypeDescription")
    note = "; ".join([*_label(code, label), *_circumstances(paper)])
    issued, expires = (_texts.day(paper.attr(tag)) for tag in ("issuedDate", "validTo"))
    found = [text for tag in ("number", "latinNumber") if (text := _eu.stated(paper.attr(tag)))]
    country = _country(paper)
    for number in dict.fromkeys(found):
        identifier = Identifier(
            type=_eu.identifier_type(code),
            value=number,
            country=country,
            issued=issued,
            expires=expires,
            note=note or None,
        )
        yield "identifiers", identifier
    if not found:
        yield "notes", f"{label or code}: {_joined(country, note) or 'number not stated'}"


def _label(code: str, label: str) -> list[str]:
    """Return what the kind of a paper says beyond the type of identifier."""
    if label and label.lower() not in (code, _eu.identifier_type(code)):
        return [label]
    return [text for text in [_eu.identifier_label(code)] if text]


def _circumstances(paper: Element) -> Iterator[str]:
    """Yield what is said of a paper: lost, false, by whom and in whose name it was issued."""
    for tag, words in PAPER_FLAGS.items():
        if paper.attr(tag) == "true":
            yield words
    for tag, words in PAPER_TEXTS.items():
        if text := paper.attr(tag):
            yield f"{words} {text}"
    for tag in ("issuedDate", "validTo"):
        text = paper.attr(tag)
        if text and _texts.day(text) is None:
            yield f"{tag} {text}"
    yield from filter(None, map(_eu.stated, paper.texts("remark")))


def _country(element: Element) -> str | None:
    return _eu.country(element.attr("countryIso2Code"), element.attr("countryDescription"))


def _remarks(element: Element, *about: str) -> Iterator[tuple[str, object]]:
    """Yield the remarks of an element as notes that say what they are about."""
    before = [each for each in about if each]
    for text in element.texts("remark"):
        if _eu.stated(text):
            yield "notes", ": ".join([*before, text])


def _joined(*texts: str | None) -> str:
    return ", ".join(filter(None, texts))
