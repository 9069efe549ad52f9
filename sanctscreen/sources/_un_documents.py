"""Passports and other papers of the UN list, whose type and number stand in five fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctscreen.data import table
from sanctscreen.model import Identifier
from sanctscreen.sources import _texts
from sanctscreen.sources._element import Element

_WORDS = re.compile(r"[a-z]{3}|[A-Za-z]{5}|^No\.? ?(?=\d)")
_NUMBER_SIGN = re.compile(r"^N[o°]\.? ?(?=\d)")
_EXPIRY = re.compile(
    r"\b(?:expir\w*(?: date)?|valid until)[^\d]{0,12}"
    r"(\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d{4}-\d\d-\d\d)",
    re.I,
)


def read(document: Element) -> Iterator[tuple[str, object]]:
    """Read one paper as an identifier, or as a note where it states no number."""
    stated, further = document.text("TYPE_OF_DOCUMENT"), document.text("TYPE_OF_DOCUMENT2")
    number, note = document.text("NUMBER"), document.text("NOTE")
    issued = document.text("DATE_OF_ISSUE")
    city, land = document.text("CITY_OF_ISSUE"), document.text("COUNTRY_OF_ISSUE")
    country = document.text("ISSUING_COUNTRY") or land
    place = ", ".join(text for text in (city, land) if text and text != country)
    said = [
        further if further.lower() != stated.lower() else "",
        f"issued in {place}" if place else "",
        note,
        f"issued {issued}" if issued and _texts.day(issued[:10]) is None else "",
    ]
    remarks = "; ".join(filter(None, said))
    found = _find(number, further, note, _kind(further) or _kind(stated) or "other")
    if found is None:
        words = "; ".join(filter(None, [number, country, remarks]))
        if words:
            yield "notes", f"{stated or 'Document'}: {words}"
        return
    expiry = _EXPIRY.search(f"{number} {note}")
    words = number if number != found.value else ""
    yield (
        "identifiers",
        found.model_copy(
            update={
                "country": country or found.country,
                "issued": _texts.day(issued[:10]) or found.issued,
                "expires": _texts.day(expiry[1]) if expiry else None,
                "note": "; ".join(filter(None, [words, remarks])) or None,
            }
        ),
    )


def _kind(words: str) -> str | None:
    """Return the type of identifier that the words of a paper mean, by the first row that fits."""
    rows = table("un_papers")
    return next((row["type"] for row in rows if re.search(row["pattern"], words.lower())), None)


def _find(number: str, further: str, note: str, kind: str) -> Identifier | None:
    """Find the number: in its own field, else in the type or the note if they speak of one."""
    bare = _NUMBER_SIGN.sub("", number)
    if bare and not _WORDS.search(bare):
        return Identifier(type=kind, value=bare)
    for text in (number, further, note):
        found, _ = _texts.identifiers(text, _kind(text) or kind)
        if found and (text == number or _kind(text)):
            return found[0]
    return None
