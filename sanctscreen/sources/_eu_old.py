"""What the EU's older files write into one field, be they XML or CSV.

``1958 - 1963 (approximative)`` is a birth, ``D 000912 (passport-National passport) (issued …)``
a paper, and ``PHONE[042-681 20 81]`` stands among the remarks of an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from sanctscreen.model import Address, Identifier, Name, PartialDate
from sanctscreen.sources import _draft, _eu, _texts
from sanctscreen.sources._draft import Draft

_BIRTH = re.compile(r"(\d{4}(?:-\d\d-\d\d)?)(?: - (\d{4}))?( \(approximative\))?")
_PAPER = re.compile(r"(.+?) \((\w+)-([^()]+)\)\s*(.*)")
_CONTACT = re.compile(r"\b(PHONE|FAX|EMAIL|WEB)\[([^\]]+)\]")
_DAY = r":? (\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2} [a-z]{3,9}\.? \d{4})"
_ISSUED = re.compile(r"issued(?: on)?" + _DAY, re.I)
_EXPIRES = re.compile(r"(?:valid to|expire[ds](?: on)?)" + _DAY, re.I)

Facts = Iterator[tuple[str, object]]


def name(fields: Mapping[str, str]) -> Facts:
    """Read a name from ``WHOLENAME``, its parts and what the list says of its bearer."""
    parts = tuple(
        (part, fields[tag])
        for part, tag in (("given", "FIRSTNAME"), ("other", "MIDDLENAME"), ("family", "LASTNAME"))
        if fields[tag]
    )
    spelt = " ".join(text for _, text in parts)
    for full in dict.fromkeys(filter(None, (fields["WHOLENAME"], spelt))):
        language = fields["LANGUAGE"].lower() or None
        yield "names", Name(full=full, language=language, parts=parts if full == spelt else ())
    if fields["GENDER"] in _eu.GENDERS:
        yield "gender", _eu.GENDERS[fields["GENDER"]]
    yield "titles", fields["TITLE"]
    yield "positions", fields["FUNCTION"]


def birth(fields: Mapping[str, str]) -> Facts:
    """Read a birth from ``DATE``, ``PLACE`` and ``COUNTRY``."""
    match = _BIRTH.fullmatch(fields["DATE"])
    if match:
        try:
            first, last = PartialDate.parse(match[1]), PartialDate.parse(match[2] or match[1])
            span = PartialDate(
                earliest=first.earliest, latest=last.latest, circa=match[3] is not None
            )
            yield "dates_of_birth", span
        except ValueError:
            match = None
    if _eu.stated(fields["DATE"]) and match is None:
        yield "notes", f"Date of birth: {fields['DATE']}"
    country = _eu.country(fields["COUNTRY"])
    yield "places_of_birth", ", ".join(filter(None, (fields["PLACE"], country)))


def paper(fields: Mapping[str, str]) -> Facts:
    """Read a paper from ``NUMBER`` and ``COUNTRY``; one without a number becomes a note."""
    match = _PAPER.fullmatch(fields["NUMBER"])
    number, code, label, said = match.groups() if match else (fields["NUMBER"], "other", "", "")
    country = _eu.country(fields["COUNTRY"])
    if not _eu.stated(number):
        if number or country:
            yield "notes", ": ".join(filter(None, (label or "Identification", said or country)))
        return
    issued, expires = _ISSUED.search(said), _EXPIRES.search(said)
    note = "; ".join(filter(None, (_eu.identifier_label(code), said)))
    yield (
        "identifiers",
        Identifier(
            type=_eu.identifier_type(code),
            value=number,
            country=country,
            issued=_texts.day(issued[1]) if issued else None,
            expires=_texts.day(expires[1]) if expires else None,
            note=note or None,
        ),
    )


def address(fields: Mapping[str, str]) -> Facts:
    """Read an address from ``NUMBER``, ``STREET`` …; its ``OTHER`` holds telephone numbers."""
    for code, value in _CONTACT.findall(fields["OTHER"]):
        label = _eu.identifier_label(code) or None
        yield "identifiers", Identifier(type=_eu.identifier_type(code), value=value, note=label)
    kept = {
        "street": " ".join(filter(None, (fields["NUMBER"], fields["STREET"]))),
        "city": fields["CITY"],
        "postal_code": fields["ZIPCODE"],
        "country": _eu.country(fields["COUNTRY"]),
        "note": _CONTACT.sub("", fields["OTHER"]).strip(),
    }
    filled = {field: text for field, text in kept.items() if text}
    if filled:
        yield "addresses", Address(**filled)


def citizenship(fields: Mapping[str, str]) -> Facts:
    """Read a citizenship from ``COUNTRY``."""
    yield "citizenships", _eu.country(fields["COUNTRY"])


def add_facts(draft: Draft, facts: Iterable[tuple[str, object]]) -> None:
    """Keep what the fields of a party say, the name that reads best as the primary one."""
    kept = list(facts)
    names = [value for field, value in kept if field == "names" and isinstance(value, Name)]
    draft.add("names", *_eu.primary_first(names))
    draft.add_all((field, value) for field, value in kept if field != "names")


def add_listing(
    draft: Draft, source: str, programmes: Iterable[str], acts: Iterable[tuple[str, ...]]
) -> None:
    """Keep the programmes and the acts, each of number, day and address."""
    kept = list(dict.fromkeys(act for act in acts if any(act)))
    status = _draft.statuses(
        source,
        programmes=filter(None, programmes),
        effects=_eu.EFFECTS,
        changed=[_texts.day(day) for _, day, _ in kept],
    )
    draft.add("statuses", status)
    for number, day, address in kept:
        parts = (number, f"published {day}" if day else "", address)
        draft.add("details", ("regulation", ", ".join(filter(None, parts))))


FIELDS = {
    "NAME": tuple("LASTNAME FIRSTNAME MIDDLENAME WHOLENAME GENDER TITLE FUNCTION LANGUAGE".split()),
    "BIRTH": ("DATE", "PLACE", "COUNTRY"),
    "PASSPORT": ("NUMBER", "COUNTRY"),
    "ADDRESS": ("NUMBER", "STREET", "ZIPCODE", "CITY", "COUNTRY", "OTHER"),
    "CITIZEN": ("COUNTRY",),
}
READERS: dict[str, Callable[[Mapping[str, str]], Facts]] = {
    "NAME": name,
    "BIRTH": birth,
    "PASSPORT": paper,
    "ADDRESS": address,
    "CITIZEN": citizenship,
}
