"""SECO's XML: what the elements around a target hold, and how a name is put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from sanctscreen.data import table
from sanctscreen.model import Address, Identifier, Name, NameType, PartialDate, Quality
from sanctscreen.sources import _texts
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._xml import Document

ENGLISH = "eng"
NAME_TYPES: dict[str, NameType] = {"primary-name": "primary", "formerly-known-as": "fka"}
QUALITIES: dict[str, Quality] = {"good": "strong", "low": "weak"}
#: Type of a part, to the part of `sanctscreen.model.Name`; a whole name has no parts.
PARTS = {
    "given-name": "given",
    "further-given-name": "given",
    "family-name": "family",
    "maiden-name": "family",
    "father-name": "patronymic",
    "title": "title",
    "suffix": "suffix",
}


@dataclass
class Register:
    """What targets refer to by number.

    Attributes:
        names: target, to its first name.
        places: place, to its location, area and country.
        sets: set of measures, to the programme's key and the set's name, both in English.
    """

    names: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    sets: dict[str, tuple[str, str]] = field(default_factory=dict)


def register(path: Path) -> Register:
    """Go through the file once for names and places, since places stand behind the targets."""
    found = Register()
    for record in Document(path, {"target", "place"}).records():
        number = record.attr("ssid")
        if record.tag == "place":
            found.places[number] = read_place(record)
        else:
            spoken = (
                name.full
                for identity in identities(record)
                for element in identity.all("name")
                for name in names(element)
            )
            found.names[number] = next(spoken, number)
    return found


def read_place(record: Element) -> tuple[str, str, str]:
    """Read a place; its variants of spelling are those of the place, not of a party."""
    for each in record:
        for variant in each:
            variant.text()
            for name in ("lang", "script", "spelling-variant-type"):
                variant.attr(name)
        each.attr("iso-code")
    return record.text("location"), record.text("area"), record.text("country")


def read_programme(record: Element, found: Register) -> None:
    """Read a programme: its key, and the sets of measures that targets refer to."""
    english = {each.tag: each.text() for each in record if each.attr("lang") in ("", ENGLISH)}
    for each in record:
        each.text()
    key = english.get("program-key") or english.get("program-name") or record.attr("ssid")
    for each in record.all("sanctions-set"):
        if each.attr("lang") == ENGLISH or each.attr("ssid") not in found.sets:
            found.sets[each.attr("ssid")] = (key, each.text())
    for name in ("ssid", "version-date", "predecessor-version-date"):
        record.attr(name)


def identities(target: Element) -> Iterator[Element]:
    """Yield the identities of a target, the main one first."""
    several = [each for kind in ("individual", "entity", "object") for each in target.all(kind)]
    found = [identity for each in several for identity in each.all("identity")]
    yield from sorted(found, key=lambda each: each.attr("main") != "true")


def names(element: Element) -> Iterator[Name]:
    """Yield a name and, for each script and language that its parts are spelled in, another."""
    parts = sorted(element.all("name-part"), key=_order)
    kind = NAME_TYPES.get(element.attr("name-type"), "aka")
    quality = QUALITIES.get(element.attr("quality"), "unknown")
    for attribute in ("ssid", "lang"):
        element.attr(attribute)
    values = [(_part(each), each.text("value")) for each in parts]
    yield from _name(values, kind, quality, None)
    spelled: dict[tuple[str, str], list[list[str]]] = {}
    for place, each in enumerate(parts):
        for variant in each.all("spelling-variant"):
            key = (variant.attr("lang").lower(), variant.attr("script"))
            variant.attr("spelling-variant-type")
            spelled.setdefault(key, [[] for _ in parts])[place].append(variant.text())
    for (language, script), variants in spelled.items():
        for turn in range(max(map(len, variants))):
            mixed = [
                (part, _spelling(value, several, turn, script))
                for (part, value), several in zip(values, variants, strict=True)
            ]
            yield from _name(mixed, "aka", quality, language_tag(language))


def _spelling(value: str, variants: list[str], turn: int, script: str) -> str:
    """Choose the spelling of a part; one that its script does not have is left out."""
    if variants:
        return variants[min(turn, len(variants) - 1)]
    return value if script in ("", "LATN") else ""


def address(element: Element, found: Register) -> Address | None:
    """Make an address of its own fields and those of the place it refers to."""
    location, area, country = found.places.get(element.attr("place-id"), ("", "", ""))
    quality = element.attr("quality")
    element.attr("ssid")
    street = [element.text(tag) for tag in ("c-o", "address-details", "p-o-box")]
    notes = [element.text("remark"), "low quality" if quality == "low" else ""]
    fields = {
        "street": ", ".join(filter(None, street)) or None,
        "city": location or None,
        "region": area or None,
        "postal_code": element.text("zip-code") or None,
        "country": country or None,
        "note": ", ".join(filter(None, notes)) or None,
    }
    return Address(**fields) if any(fields.values()) else None


def read_birth(draft: Draft, element: Element) -> None:
    """Read a date of birth; of another calendar than the Gregorian it is a note."""
    day, month, year = (element.attr(name) for name in ("day", "month", "year"))
    calendar, quality = element.attr("calendar"), element.attr("quality")
    element.attr("ssid")
    text = "/".join(filter(None, (day, month, year)))
    if calendar in ("", "Gregorian") and year:
        try:
            span = PartialDate.of(
                int(year),
                int(month) if month else None,
                int(day) if day and month else None,
                circa=quality == "low",
            )
        except (ValueError, OverflowError):
            draft.add("notes", f"Date of birth: {text}")
        else:
            draft.add("dates_of_birth", span)
    elif text:
        draft.add("notes", f"Date of birth: {text} ({calendar})")


def read_document(draft: Draft, element: Element) -> None:
    """Read a passport, an identity card or another document."""
    kind = element.attr("document-type")
    element.attr("ssid")
    number, issuer = element.text("number"), element.text("issuer")
    for each in element.all("issuer"):
        each.attr("code")
    issued, expires = _day(element, "date-of-issue"), _day(element, "expiry-date")
    note = ", ".join(filter(None, (kind, element.text("remark"))))
    if number:
        draft.add(
            "identifiers",
            Identifier(
                type="passport" if "passport" in kind else "national_id",
                value=number,
                country=issuer or None,
                issued=issued,
                expires=expires,
                note=None if note == "passport" else note or None,
            ),
        )
    elif note:
        draft.add("notes", f"Document: {note}")


def effects(sets: list[str]) -> list[str]:
    """Name what sets of measures do, by their English names."""
    rules = [(row["words"], row["effect"]) for row in table("seco_measures")]
    return [effect for name in sets for words, effect in rules if words in name.lower()]


@cache
def language_tag(code: str) -> str | None:
    """Turn an ISO 639-2 code into a BCP 47 tag; a code that no table holds is one already."""
    codes = {row["code"]: row["language"] for row in table("language_codes")}
    return codes.get(code, code or None)


def _order(element: Element) -> int:
    order = element.attr("order") or "0"
    if not order.isdecimal():
        raise element.error(f"no number: {order!r}", "order")
    return int(order)


def _part(element: Element) -> str:
    return element.attr("name-part-type")


def _name(
    values: list[tuple[str, str]], kind: NameType, quality: Quality, language: str | None
) -> Iterator[Name]:
    """Yield a name of its parts in order; none where all of them are empty."""
    filled = [(part, text) for part, text in values if text]
    if filled:
        whole = len(filled) == 1 and filled[0][0] in ("whole-name", "")
        yield Name(
            full=" ".join(text for _, text in filled),
            type=kind,
            quality=quality,
            language=language,
            parts=() if whole else tuple((PARTS.get(key, "other"), text) for key, text in filled),
        )


def _day(element: Element, tag: str) -> date | None:
    """Read a day that stands as text or as a ``day-month-year`` below the tag."""
    each = element.first(tag)
    if each is None:
        return None
    inner = each.first("day-month-year") or each
    parts = [inner.attr(name) for name in ("year", "month", "day")]
    for name in ("ssid", "calendar", "quality"):
        inner.attr(name)
    return _texts.day("-".join(parts)) if all(parts) else _texts.day(each.text())
