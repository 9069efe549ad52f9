"""Read the parties, agents and accounts of ISO 20022 messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sanctscreen.payments.fieldmap import Entry, identifier_types, joined, look_up
from sanctscreen.payments.subjects import Line, Place, Subject, bic_keys, line, readings
from sanctscreen.payments.tree import Node

#: A number of fewer characters is shared by chance where its type is not known.
LEAST_UNTYPED = 6


def party_subjects(node: Node, place: Place) -> Iterator[Subject]:
    """Yield a party or agent, then its address and whatever else in it is text."""
    yield from _subjects(node, place, "party")


def account_subjects(node: Node, place: Place) -> Iterator[Subject]:
    """Yield an account by its name and numbers."""
    yield from _subjects(node, place, "account")


@dataclass(slots=True)
class _Parts:
    """What the leaves of a party come to; the subjects beside it by the end of their field."""

    names: list[Line] = field(default_factory=list)
    birth_date: str = ""
    birth_place: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    other_names: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))


def _subjects(node: Node, place: Place, part: str) -> Iterator[Subject]:
    parts = _Parts()
    for around, leaf in node.leaves():
        _sort(part, around, leaf, parts)
    if not node.children:
        parts.names.append(line(node.text.strip()))
    if _says_anything(parts) or part == "party":
        yield _main(node, place, parts)
    for end, names in parts.other_names.items():
        where, text = place._replace(field=joined(place.field, end)), _shown(names)
        yield Subject(where, text, names=readings(names))
    for end, lines in parts.texts.items():
        where, text = place._replace(field=joined(place.field, end)), _shown(lines)
        yield Subject(where, text, passages=readings(lines))


def _main(node: Node, place: Place, parts: _Parts) -> Subject:
    is_bank = any(each.tag == "FinInstnId" for each in node.walk())
    return Subject(
        place,
        _shown(parts.names) or " ".join(parts.shown),
        names=readings(parts.names) if any(each.text for each in parts.names) else (),
        kind="entity" if is_bank else None,
        birth_date=parts.birth_date,
        birth_place=", ".join(dict.fromkeys(parts.birth_place)),
        countries=tuple(dict.fromkeys(parts.countries)),
        identifiers=tuple(parts.identifiers),
        faults=tuple(parts.faults),
    )


def _says_anything(parts: _Parts) -> bool:
    return bool(parts.names or parts.identifiers or parts.faults)


def _sort(part: str, around: Node, leaf: Node, parts: _Parts) -> None:
    """Put one leaf where the field map wants it."""
    entry = look_up(part, leaf.tag, around.tag) or Entry(leaf.tag, "text")
    how, _, kind = entry.screened_as.partition(":")
    value = " ".join(leaf.text.split())
    lines = [line(each.strip()) for each in leaf.text.splitlines() if each.strip()]
    if how == "none":
        return
    if not value:
        parts.faults.append(f"{leaf.tag} is empty")
    elif how == "name":
        (parts.other_names[entry.field] if entry.field else parts.names).extend(lines)
    elif how in {"address", "text", "birth_place"}:
        parts.texts[entry.field].extend(lines)
        parts.birth_place += [value] if how == "birth_place" else []
    elif how in {"country", "birth_country"}:
        _country(value, parts)
        parts.birth_place += [value] if how == "birth_country" else []
    elif how == "birth_date":
        parts.birth_date = value
    elif how == "bic":
        _bic(value, parts)
    else:
        _number(how, kind, value, around, parts)


def _country(value: str, parts: _Parts) -> None:
    if len(value) == 2 and value.isascii() and value.isalpha():
        parts.countries.append(value.upper())
    else:
        parts.faults.append(f"no country code: {value!r}")


def _bic(value: str, parts: _Parts) -> None:
    keys = list(bic_keys(value))
    parts.identifiers += keys
    parts.shown.append(value)
    if not keys:
        parts.faults.append(f"no BIC: {value!r}")


def _number(how: str, kind: str, value: str, around: Node, parts: _Parts) -> None:
    """Note an identifier under the type that the map or the scheme beside it gives."""
    parts.shown.append(value)
    if how != "identifier" or kind:
        parts.identifiers.append((kind or how, value))
        return
    types = identifier_types(around.find("SchmeNm/Cd") or around.find("SchmeNm/Prtry"))
    if len(types) == 1 or sum(map(str.isalnum, value)) >= LEAST_UNTYPED:
        parts.identifiers += [(each, value) for each in types]


def _shown(lines: list[Line]) -> str:
    return " ".join(each.text for each in lines)
