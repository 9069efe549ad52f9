"""One entry of an official notice, read into what it says of its party.

``NAME (a.k.a. ALIAS; a.k.a. "WEAK ALIAS") (Cyrillic: …), address; address; DOB …; Passport …
(individual) [PROGRAMME] (Linked To: OTHER).`` Persons stand surname first; vessels carry call
sign, type and flag after their name. What no rule reads is kept in `Entry.unread`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sanctscreen.data import table
from sanctscreen.model import Address, Kind, Name, NameType, Quality
from sanctscreen.remarks.brackets import first_group, last_group, leading_groups, split
from sanctscreen.remarks.clauses import Facts, opens_clause, read_clauses
from sanctscreen.text.scripts import COMMON

MARKERS: dict[str, Kind] = {
    "individual": "person",
    "entity": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
ALIAS_TYPES: dict[str, NameType] = {"a": "aka", "f": "fka", "n": "nka"}
QUOTES = "\"“”'‘’«»"

_TAG = re.compile(r"\[([^\[\]]+)\]$")
_LINKS = re.compile(r"Linked To:?\s*", re.IGNORECASE)
_ALIAS = re.compile(r"(?:alt\. )?([afn])\.k\.a\.,? (.+)", re.IGNORECASE | re.DOTALL)
_SCRIPT = re.compile(r"([A-Z][a-z]+(?: [A-Z][a-z]+)?): (.+)", re.DOTALL)
_PERSONAL = re.compile(r"; (?:alt\. )?(?:DOB|POB|Gender)\b")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[IVX]+", re.IGNORECASE)
_CALL_SIGN = re.compile(r"[A-Z0-9]{3,8}")
_WEIGHTS = re.compile(r"\b([\d,.]+) ?(DWT|GRT)\b")
_FLAG = re.compile(r"(.*?)\s*\bflag\b\s*(?:\((.+)\))?", re.DOTALL)


class Entry(NamedTuple):
    """What one entry says.

    Attributes:
        names: the primary name first.
        kind: what a marker, the heading or the facts tell.
        programmes: the tags in square brackets.
        facts: what the clauses state; its aliases stand in ``names``.
        unread: text that no rule could read.
    """

    names: tuple[Name, ...]
    kind: Kind
    programmes: tuple[str, ...]
    addresses: tuple[Address, ...]
    facts: Facts
    unread: tuple[str, ...]


def read_entry(text: str, kind: Kind | None = None) -> Entry:
    """Read one entry.

    Args:
        text: the entry on one line, not blank, with or without its full stop.
        kind: what the heading says of the entries below it; a marker in the entry goes before.

    >>> read_entry("BUTKA, Spiro; DOB 29 May 1949 (individual) [BALKANS].").programmes
    ('BALKANS',)
    """
    tail = _tail(text.strip().removesuffix(".").rstrip())
    kind = tail.kind or kind or ("person" if _PERSONAL.search(tail.head) else None)
    name, rest = _split_name(tail.head, kind)
    groups, rest = leading_groups(rest)
    names, extra = _read_groups(groups)
    vessel, rest = _vessel(rest, extra) if kind == "vessel" else ([], rest)
    addresses, clauses = _addresses(rest)
    facts = read_clauses([*vessel, *clauses, *(f"Linked To: {link}" for link in tail.links)])
    unread = (*(each for each in extra if not _is_call_sign(each, kind)), *facts.notes)
    return Entry(
        names=_unique((_primary(name or text), *names, *facts.aliases)),
        kind=kind or _kind_told_by(facts),
        programmes=tail.programmes,
        addresses=addresses,
        facts=facts,
        unread=unread,
    )


class _Tail(NamedTuple):
    head: str
    kind: Kind | None
    programmes: tuple[str, ...]
    links: tuple[str, ...]


def _tail(text: str) -> _Tail:
    """Take markers, tags and links off the end, whatever their order."""
    kind: Kind | None = None
    programmes: list[str] = []
    links: list[str] = []
    while text:
        tag, group = _TAG.search(text), last_group(text)
        if tag:
            programmes.insert(0, tag[1].strip())
            text = text[: tag.start()].rstrip()
        elif group.lower() in MARKERS:
            kind = MARKERS[group.lower()]
            text = text[: -len(group) - 2].rstrip()
        elif _LINKS.match(group):
            links[:0] = [_LINKS.sub("", each, count=1) for each in split(group)]
            text = text[: -len(group) - 2].rstrip()
        else:
            break
    return _Tail(text, kind, tuple(programmes), tuple(links))


def _split_name(head: str, kind: Kind | None) -> tuple[str, str]:
    """Separate the primary name from what follows it; groups follow names directly."""
    for match in re.finditer(r"[;(]", head):
        before, rest = head[: match.start()].rstrip(), head[match.start() :]
        if match[0] == ";":
            name = _leading_name(before, kind)
            return name, before[len(name) :] + rest
        if _opens_group(rest, kind):
            return before, rest
    name = _leading_name(head, kind)
    return name, head[len(name) :]


def _opens_group(text: str, kind: Kind | None) -> bool:
    group = first_group(text)
    return bool(_ALIAS.match(group) or _is_script(group) or _is_call_sign(group, kind))


def _leading_name(text: str, kind: Kind | None) -> str:
    """Cut a name off the addresses that follow it after a comma.

    OFAC writes surnames and the names of entities in capitals, addresses in small letters.
    """
    parts = text.split(", ")
    length = 1
    if kind == "person" and len(parts) > 1 and not parts[1].startswith("c/o "):
        length = 3 if len(parts) > 2 and _SUFFIX.fullmatch(parts[2]) else 2
    elif kind != "person":
        while length < len(parts) and re.fullmatch(r"[^a-z\d]+", parts[length]):
            length += 1
    return ", ".join(parts[:length])


def _read_groups(groups: list[str]) -> tuple[list[Name], list[str]]:
    """Read aliases and names in other scripts; return what is neither as well."""
    names: list[Name] = []
    extra: list[str] = []
    for part in (part for group in groups for part in split(group)):
        found = list(_alias(part)) or list(_script_names(part, "aka", "strong"))
        names += found
        extra += [] if found else [part]
    return names, extra


def _alias(text: str) -> Iterator[Name]:
    """Yield the alias that ``a.k.a. …`` states, then its forms in other scripts."""
    match = _ALIAS.fullmatch(text)
    if match is None:
        return
    kind, full = ALIAS_TYPES[match[1].lower()], match[2].strip()
    group = last_group(full) if full.endswith(")") else ""
    scripts = group if _is_script(group) else ""
    if scripts:
        full = full[: -len(scripts) - 2].rstrip()
    quoted = len(full) > 2 and full[0] in QUOTES and full[-1] in QUOTES
    quality: Quality = "weak" if quoted else "strong"
    yield Name(full=full.strip(QUOTES) if quoted else full, type=kind, quality=quality)
    for part in split(scripts):
        yield from _script_names(part, kind, quality)


def _script_names(text: str, kind: NameType, quality: Quality) -> Iterator[Name]:
    """Yield the name of ``Cyrillic: …``; the label may be new, the letters must not be Latin."""
    match = _SCRIPT.fullmatch(text)
    if match:
        language = _languages().get(match[1])
        name = Name(full=match[2].strip(), type=kind, quality=quality, language=language)
        if language or name.script not in ("Latn", COMMON):
            yield name


def _is_script(group: str) -> bool:
    return _SCRIPT.match(group) is not None


@cache
def _languages() -> dict[str, str]:
    return {row["label"]: row["language"] for row in table("ofac_scripts")}


def _is_call_sign(text: str, kind: Kind | None) -> bool:
    return kind == "vessel" and bool(_CALL_SIGN.fullmatch(text))


def _vessel(rest: str, extra: list[str]) -> tuple[list[str], str]:
    """Turn ``(5XYZ7) Crude Oil Tanker 318,000DWT Panama flag (Owner)`` into clauses."""
    clauses = [f"Call Sign {each}" for each in extra if _is_call_sign(each, "vessel")]
    if rest.startswith((";", ",")):
        return clauses, rest
    first, _, following = rest.partition(";")
    clauses += [f"{match[2]} {match[1]}" for match in _WEIGHTS.finditer(first)]
    first = " ".join(_WEIGHTS.sub("", first).split())
    kind = next((each for each in _vessel_types() if first.startswith(each)), "")
    flag = _FLAG.fullmatch(first[len(kind) :].strip())
    if kind:
        clauses.append(f"Vessel Type {kind}")
    if flag and flag[1]:
        clauses.append(f"Vessel Flag {flag[1]}")
    if flag and flag[2]:
        clauses.append(f"Vessel Owner {flag[2]}")
    unread = first[len(kind) :].strip() if flag is None else ""
    return [*clauses, *([unread] if unread else [])], f"; {following}"


@cache
def _vessel_types() -> tuple[str, ...]:
    types = [row["type"] for row in table("ofac_vessel_types")]
    return tuple(sorted(types, key=len, reverse=True))


def _addresses(rest: str) -> tuple[tuple[Address, ...], list[str]]:
    """Separate the addresses, which come first and after a comma, from the clauses."""
    segments = split(rest.lstrip(", "))
    count = 0
    if rest.startswith(","):
        while count < len(segments) and not opens_clause(segments[count]):
            count += 1
    return tuple(_address(each) for each in segments[:count]), segments[count:]


def _address(text: str) -> Address:
    """Split at the commas: country last, city before it, the street in front."""
    *parts, country = text.split(", ")
    if parts and (parts[-1], country) in _inverted():
        country = f"{parts.pop()}, {country}"
    city = parts.pop() if parts else None
    return Address(street=", ".join(parts) or None, city=city, country=country)


@cache
def _inverted() -> frozenset[tuple[str, str]]:
    return frozenset((row["first"], row["last"]) for row in table("ofac_inverted_countries"))


def _kind_told_by(facts: Facts) -> Kind:
    """Tell the kind from numbers that only one kind has; OFAC leaves entities unmarked."""
    types = {(identifier.type, identifier.note) for identifier in facts.identifiers}
    if ("imo", None) in types or ("mmsi", None) in types:
        return "vessel"
    return "aircraft" if ("tail_number", None) in types else "entity"


def _primary(name: str) -> Name:
    return Name(full=name.strip(), type="primary", quality="strong")


def _unique(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Keep the first of several names that are written alike."""
    found: dict[str, Name] = {}
    for name in names:
        found.setdefault(name.full, name)
    return tuple(found.values())
