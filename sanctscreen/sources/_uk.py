"""What the lists of the United Kingdom have in common: names in parts, measures, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from sanctscreen.data import table
from sanctscreen.model import Address, Gender, Identifier, Kind, Name, NameType, Quality
from sanctscreen.sources import _texts
from sanctscreen.sources._draft import Draft

LICENCE = "Open Government Licence v3.0"
KINDS: dict[str, Kind] = {"Individual": "person", "Entity": "entity", "Ship": "vessel"}
#: How each list writes the type of a name; what is not here is an alias.
NAME_TYPES: dict[str, NameType] = {
    "prime alias": "primary",
    "primary name": "primary",
    "fka": "fka",
}
QUALITIES: dict[str, Quality] = {"good": "strong", "low": "weak"}
GENDERS: dict[str, Gender] = {"male": "male", "female": "female"}

#: What may follow a cue, by the shape that ``data/uk_cues.tsv`` names.
_SHAPES = {
    "reference": r"[A-Z]{1,3}[a-z]?\.?[\w.]*\d",
    "imo": r"\d{7}(?!\d)",
    "mmsi": r"\d{9}(?!\d)",
    "bic": r"[A-Z]{4} ?[A-Z]{2} ?[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b",
    "phone": r"\+?[ ]?\(?\d[\d ()/-]{4,}\d",
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "website": r"(?:https?://|www\.)[^\s,;]*[^\s,;.)]",
    "gender": r"(?:[Ff]em|[Mm])ale",
    "number": r"[A-Z]{0,3}[-/ ]?\d[\d./-]*\d",
    "names": r"[^.;]+",
}
_START = r"(?:^|(?<=[.;] )|(?<=[.;])|\((?=[^()]{3,40}\):))"
_BETWEEN = r"(?i: ?(?:numbers?|nos?\.?|address(?:es)?|ID)\b)?[):,.\s]*"
_SEE = re.compile(r":? ?\(?see \"other information\"\)?", re.IGNORECASE)
_UN_NUMBER = re.compile(r"([A-Z]{2})([EI])(\.\d{3})")
_APPROXIMATE = re.compile(r"\b(?:DOB|date of birth) is approximate", re.IGNORECASE)
_QUOTES = "'\"‘’“” "


def name(parts: Sequence[str], type: str, quality: str, kind: Kind | None) -> Name | None:
    """Make a name of ``Name 1`` … ``Name 6``; the sixth is the surname, or the whole name.

    Returns:
        ``None`` where all parts are empty.
    """
    given, last = [part for part in parts[:5] if part], parts[5]
    full = " ".join([*given, last]).strip()
    if not full:
        return None
    parted = kind == "person" and bool(given)
    return Name(
        full=full,
        type=NAME_TYPES.get(type.lower(), "aka"),
        quality=QUALITIES.get(quality.lower().partition(" ")[0], "unknown"),
        parts=(
            (*(("given", part) for part in given), *((("family", last),) if last else ()))
            if parted
            else ()
        ),
    )


def original_script(text: str, language: str) -> Name | None:
    """Make a name in another script; the list says its language in English, if at all."""
    return Name(full=text, language=languages().get(language.lower())) if text else None


@cache
def languages() -> dict[str, str]:
    """Map English names of languages and scripts to their BCP 47 tags."""
    return {row["label"].lower(): row["language"] for row in table("ofac_scripts")}


def address(lines: Sequence[str], postal_code: str, country: str) -> Address | None:
    """Make an address; the sixth line is the town or the province.

    Returns:
        ``None`` where all of it is empty.
    """
    where, note = _texts.parted(country)
    fields = {
        "street": ", ".join(line for line in lines[:5] if line) or None,
        "city": lines[5] or None,
        "postal_code": postal_code or None,
        "country": where,
        "note": note,
    }
    return Address(**fields) if any(fields.values()) else None


def effects(measures: Iterable[str]) -> tuple[str, ...]:
    """Name what the measures do: an asset freeze blocks, the others keep their own words."""
    known = {row["measure"]: row["effect"] for row in table("uk_effects")}
    bare = [_SEE.sub("", each).strip().lower() for each in measures]
    return tuple(known.get(each, each) for each in bare if each)


def births(draft: Draft, cell: str) -> None:
    """Read the dates of birth of a cell; what is no date is a note."""
    for text in _texts.numbered(cell):
        span = _texts.birth(text)
        draft.add("dates_of_birth", span)
        if span is None:
            draft.add("notes", f"Date of birth: {text}")


def approximate(draft: Draft, text: str) -> None:
    """Mark every date of birth as approximate where the remarks say so of them."""
    if _APPROXIMATE.search(text):
        dates = [each.model_copy(update={"circa": True}) for each in draft.of("dates_of_birth")]
        draft.replace("dates_of_birth", dates)


def gender(draft: Draft, cell: str) -> None:
    """Read a cell that holds a gender; anything else is a note."""
    if cell.lower() in GENDERS:
        draft.add_all([("gender", GENDERS[cell.lower()])])
    elif cell:
        draft.add("notes", f"Gender: {cell}")


def numbers(draft: Draft, cell: str, details: str, type: str) -> None:
    """Read the numbers of one cell; where there is none, the text is a note."""
    found, unread = _texts.identifiers(cell, type)
    if details and found:
        facts = _texts.circumstances(details) if len(found) == 1 else {}
        found = [
            each.model_copy(update=facts | {"note": _joined(each.note, details)}) for each in found
        ]
    elif details:
        unread.append(details)
    draft.add("identifiers", *found)
    draft.add("notes", *unread)


@lru_cache(maxsize=4096)
def remarks(text: str) -> tuple[tuple[str, Any], ...]:
    """Return (field, value) for every fact that a cue announces; the text itself stays a note.

    Thousands of parties share a sentence on what a measure means, which is read once.
    """
    found: list[tuple[str, Any]] = [("notes", text)] if text else []
    for field, key, shape, pattern in _cues():
        for match in pattern.finditer(text):
            for value in re.findall(_SHAPES[shape], match[1]):
                found += _fact(field, key, value, match[0])
    return tuple(found)


def reference(source: str, number: str) -> str:
    """Make the id of a party in another list; the UN's third letter is a small one.

    >>> reference("un-sc", "QDE.145")
    'un-sc:QDe.145'
    """
    match = _UN_NUMBER.fullmatch(number)
    return f"{source}:{match[1]}{match[2].lower()}{match[3]}" if match else f"{source}:{number}"


def _fact(field: str, key: str, value: str, announced: str) -> Iterator[tuple[str, Any]]:
    if field == "identifiers":
        note = "Fax" if announced.startswith("Fax") else None
        yield field, Identifier(type=key, value=value.strip(), note=note)
    elif field == "references":
        yield field, reference(key, value)
    elif field == "gender":
        yield field, GENDERS[value.lower()]
    else:
        for alias in re.split(r", | and (?=[A-Z‘“'])", value):
            bare = re.sub(r"\s*\(.*?\)?$", "", alias).strip(_QUOTES).removeprefix("and ")
            if bare[:1].isupper() and len(bare.split()) <= 6:
                yield field, Name(full=bare, quality="weak")


@cache
def _cues() -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    """Compile ``data/uk_cues.tsv``, longest cue first so that it is the one that counts."""
    rules = []
    for row in sorted(table("uk_cues"), key=lambda row: -len(row["cue"])):
        start = _START if row["place"] == "start" else r"\b"
        shape = _SHAPES[row["shape"]]
        several = rf"({shape}(?:(?:,| and| or|;|/) ?{shape})*)"
        pattern = rf"{start}(?i:{re.escape(row['cue'])}){_BETWEEN}{several}"
        rules.append((row["field"], row["key"], row["shape"], re.compile(pattern)))
    return tuple(rules)


def _joined(first: str | None, second: str) -> str:
    return f"{first}; {second}" if first and first != second else second
