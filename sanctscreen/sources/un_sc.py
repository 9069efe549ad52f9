"""The United Nations Security Council Consolidated List, in the publisher's XML.

One ``INDIVIDUAL`` or ``ENTITY`` per party. Names come in up to four parts whose order differs
from culture to culture, so a part is never called a surname; aliases are *Good* or *Low*.
Schema: https://www.un.org/sc/resources/sc-sanctions.xsd
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sanctscreen.data import table
from sanctscreen.errors import InputError
from sanctscreen.model import (
    Address,
    Gender,
    Kind,
    Name,
    NameType,
    PartialDate,
    Party,
    Quality,
    Source,
)
from sanctscreen.party_list import PartyList
from sanctscreen.remarks import read_partial_date
from sanctscreen.sources import _draft, _files, _texts, _un_documents, _xml
from sanctscreen.sources._aliases import read_aliases
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._repeats import join_repeats

ID = "un-sc"
TITLE = "United Nations Security Council Consolidated List"
PUBLISHER = "United Nations Security Council"
HOMEPAGE = "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
LICENCE = "© United Nations; published for implementation by anyone, the source named"
FORMAT = "un-xml"
#: The list has held more than 800 parties since 2012.
MINIMUM = 600

RECORDS: dict[str, Kind] = {"INDIVIDUAL": "person", "ENTITY": "entity"}
IGNORED = {
    "*/DATAID": "the publisher's row number; REFERENCE_NUMBER names the party",
    "*/VERSIONNUM": "counts the publisher's edits; LAST_DAY_UPDATED dates them",
    "*/SORT_KEY": "orders the printed list",
    "*/SORT_KEY_LAST_MOD": "orders the printed list",
}
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
#: The longest field of names on the list has 350 characters.
LONGEST_ALIAS = 2_000
#: Stands in one record where a part of the name should be.
FILLER = "na"
QUALITIES: dict[str, Quality] = {"good": "strong", "low": "weak"}
NAME_TYPES: dict[str, NameType] = {"f.k.a.": "fka"}
GENDERS: dict[str, Gender] = {"male": "male", "female": "female"}
ADDRESS = {
    "street": "STREET",
    "city": "CITY",
    "region": "STATE_PROVINCE",
    "postal_code": "ZIP_CODE",
    "country": "COUNTRY",
    "note": "NOTE",
}
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])")
_GENDER = re.compile(r"\bGender\W{1,3}(male|female)\b", re.I)


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its outermost element."""
    root = _xml.root_of(head, path)
    return root is not None and root.tag == "CONSOLIDATED_LIST"


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read the consolidated list.

    Raises:
        ListError: several files, a damaged one, a party without reference or name, or fewer
            parties than ``minimum``.
    """
    path = _files.only(paths)
    document = _xml.Document(path, RECORDS.keys(), ignored=IGNORED)
    records = [_party(record) for record in document.records()]
    parties, repeats = join_repeats(records, path=path)
    generated = document.root.attr("dateGenerated")
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
    number = record.only("REFERENCE_NUMBER")
    reference = number.text() if number else ""
    if not reference:
        raise record.error("a party without a reference", "REFERENCE_NUMBER")
    draft = Draft(f"{ID}:{reference}", RECORDS[record.tag])
    _listing(draft, record)
    _person(draft, record)
    _names(draft, record)
    draft.add("titles", *record.texts("TITLE/VALUE"))
    draft.add("positions", *record.texts("DESIGNATION/VALUE"), record.text("DESIGNATION"))
    draft.add("nationalities", *record.texts("NATIONALITY/VALUE"))
    for place in record.all(f"{record.tag}_ADDRESS"):
        fields = {field: place.text(tag) or None for field, tag in ADDRESS.items()}
        if any(fields.values()):
            draft.add("addresses", Address(**fields))
    for document in record.all("INDIVIDUAL_DOCUMENT"):
        draft.add_all(_un_documents.read(document))
    draft.add("notes", *record.texts("COMMENTS1"))
    return draft.party(path=record.file, row=record.line)


def _listing(draft: Draft, record: Element) -> None:
    """Read the listing itself: regime, days, kind of list."""
    listed = _day(draft, record, "LISTED_ON")
    amended = record.texts("LAST_DAY_UPDATED/VALUE")
    days = sorted(day for text in amended if (day := _texts.day(text[:10])))
    status = _draft.statuses(
        ID,
        programmes=record.texts("UN_LIST_TYPE"),
        effects=_effects(record),
        listed=[listed],
        changed=days[-1:],
    )
    draft.add("statuses", status)
    draft.add("details", *(("amended", text) for text in sorted(amended)[:-1]))
    draft.add("details", *(("list_type", text) for text in record.texts("LIST_TYPE/VALUE")))
    for tag in ("SUBMITTED_BY", "SUBMITTED_ON", "DELISTED_ON"):
        draft.add("details", *((tag.lower(), text) for text in record.texts(tag)))


def _effects(record: Element) -> list[str]:
    """Return the measures of the record's regimes, as the table of resolutions has them."""
    regimes, comments = record.texts("UN_LIST_TYPE"), record.text("COMMENTS1")
    return [
        row["effect"]
        for row in table("un_measures")
        if row["programme"] in regimes
        and row["kind"] in ("", RECORDS[record.tag])
        and row["words"] in comments
    ]


def _day(draft: Draft, record: Element, tag: str) -> date | None:
    """Read a day, with or without a time zone behind it; anything else becomes a note."""
    text = record.text(tag)
    day = _texts.day(text[:10])
    if text and day is None:
        draft.add("notes", f"{tag}: {text}")
    return day


def _names(draft: Draft, record: Element) -> None:
    """Read the primary name, in Latin letters and its own, and the aliases."""
    parts = [text for tag in NAME_PARTS if (text := record.text(tag)) and text != FILLER]
    if not parts:
        raise record.error("a party without a name", "FIRST_NAME")
    full = " ".join(parts)
    kept = tuple(("other", part) for part in parts) if len(parts) > 1 else ()
    draft.add("names", Name(full=full, type="primary", quality="strong", parts=kept))
    own_script = record.texts("NAME_ORIGINAL_SCRIPT")
    draft.add("names", *(Name(full=text, quality="strong") for text in own_script))
    if len(full) > LONGEST_ALIAS:
        raise record.error(f"a name of more than {LONGEST_ALIAS} characters", "FIRST_NAME")
    several = read_aliases(full).names if record.tag == "ENTITY" else ()
    draft.add("names", *(Name(full=each, quality="strong") for each in several if each != full))
    for alias in record.all(f"{record.tag}_ALIAS"):
        _alias(draft, alias)


def _alias(draft: Draft, alias: Element) -> None:
    """Read an alias, and the birth that a false identity came with."""
    text, note, word = alias.text("ALIAS_NAME"), alias.text("NOTE"), alias.text("QUALITY")
    if len(text) + len(note) > LONGEST_ALIAS:
        raise alias.error(f"a name of more than {LONGEST_ALIAS} characters", "ALIAS_NAME")
    found = read_aliases(text, note)
    former: NameType = "fka" if found.former else NAME_TYPES.get(word.lower(), "aka")
    quality = QUALITIES.get(word.lower(), "unknown")
    draft.add("names", *(Name(full=each, type=former, quality=quality) for each in found.names))
    draft.add("notes", *(f"{text}: {each}" if text else each for each in found.notes))
    draft.add_all(_birth(alias.text("DATE_OF_BIRTH")))
    place = (alias.text("CITY_OF_BIRTH"), alias.text("COUNTRY_OF_BIRTH"))
    draft.add("places_of_birth", ", ".join(filter(None, place)))


def _person(draft: Draft, record: Element) -> None:
    """Read gender and births."""
    stated = GENDERS.get(record.text("GENDER").lower())
    said = _GENDER.search(record.text("COMMENTS1"))
    draft.gender = stated or (GENDERS[said[1].lower()] if said else None)
    for birth in record.all("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.add_all(_dates_of_birth(birth))
    for place in record.all("INDIVIDUAL_PLACE_OF_BIRTH"):
        parts = [place.text(tag) for tag in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")]
        draft.add("places_of_birth", ", ".join(filter(None, parts)))
        draft.add("notes", *(f"Place of birth: {note}" for note in place.texts("NOTE")))


def _dates_of_birth(birth: Element) -> Iterator[tuple[str, object]]:
    """Read one birth: a day, a year, a span of years, or words in the note."""
    note = birth.text("NOTE")
    circa = "approximately" in (birth.text("TYPE_OF_DATE").lower(), note.lower())
    day, year = birth.text("DATE")[:10], birth.text("YEAR")
    first, last = birth.text("FROM_YEAR"), birth.text("TO_YEAR")
    span = f"{first} to {last}" if first and last else first or last
    if note and note.lower() != "approximately":
        yield from _birth(" ".join(filter(None, [note, day or year or span])))
        year = "" if year and not day else year
    for text in filter(None, (day, year, span)):
        yield from _birth(text, circa=circa)


def _birth(text: str, *, circa: bool = False) -> Iterator[tuple[str, object]]:
    """Read ``1971``, ``1971-02-14``, ``1950 to 1952`` or ``Nov. 1973``; else keep the words.

    A single year among the words is believed to be about that year.
    """
    if not text:
        return
    try:
        span = PartialDate.parse(text) if "-" in text else read_partial_date(text)
        yield "dates_of_birth", span.model_copy(update={"circa": circa or span.circa})
    except (InputError, ValueError):
        yield "notes", f"Date of birth: {text}"
        years = _YEAR.findall(text)
        if len(years) == 1:
            yield "dates_of_birth", PartialDate.of(int(years[0]), circa=True)
