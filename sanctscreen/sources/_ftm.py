"""FollowTheMoney: what the properties of an entity, and the entities around it, say of a party.

Everything is an entity with a schema: a person and a company, but also a passport, an address, a
sanction and an ownership, which name the party they belong to by its id.
Model: https://followthemoney.tech/explorer/schemata
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sanctscreen.data import Row, table
from sanctscreen.model import (
    Address,
    Gender,
    Identifier,
    Kind,
    Link,
    Name,
    NameType,
    PartialDate,
    Status,
)
from sanctscreen.sources import _texts
from sanctscreen.sources._draft import Draft

Properties = Mapping[str, list[str]]

#: Schema of everything that may be listed, to its kind.
KINDS: dict[str, Kind | None] = {
    "Person": "person",
    "Organization": "entity",
    "Company": "entity",
    "PublicBody": "entity",
    "LegalEntity": None,
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "CryptoWallet": None,
    "Security": None,
}
GENDERS: dict[str, Gender] = {"male": "male", "female": "female"}
#: Property of an ``Address``, to the field of ours.
ADDRESS = {
    "street": ("street", "street2", "postOfficeBox"),
    "city": ("city",),
    "region": ("state", "region"),
    "postal_code": ("postalCode",),
    "country": ("country",),
    "note": ("remarks",),
}


@dataclass
class Entity:
    """One line of the file, read.

    Attributes:
        target: it is listed itself, and does not only stand around one that is.
        seen: when the publisher last saw it, an ISO 8601 time.
        changed: when it last changed, likewise.
        nested: the properties whose values stood inside it as entities of their own.
    """

    id: str
    schema: str
    caption: str
    properties: Properties
    target: bool
    datasets: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    seen: str = ""
    changed: str = ""
    nested: frozenset[str] = frozenset()


@dataclass
class Listing:
    """What the sanctions and topics of one party say together."""

    programmes: list[str] = field(default_factory=list)
    provisions: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    sanctions: int = 0


def read_properties(draft: Draft, entity: Entity) -> tuple[list[str], list[str]]:
    """Give a draft what its entity says of itself.

    Returns:
        the topics, and the ids of the addresses that the entity points to.
    """
    topics: list[str] = []
    addresses: list[str] = []
    parts = [
        (rule["key"], value)
        for key, values in entity.properties.items()
        if (rule := rules().get(key)) and rule["field"] == "part"
        for value in values
    ]
    for key, values in entity.properties.items():
        rule = rules().get(key)
        for value in values:
            if rule is None:
                draft.add("details", *(() if key in entity.nested else ((key, value),)))
            elif rule["field"] == "topics":
                topics.append(value)
            elif rule["field"] == "address_ids":
                addresses.append(value)
            else:
                draft.add_all(_facts(rule, value, entity.schema, parts))
    return topics, addresses


def primary(caption: str) -> Name:
    """Make the name of an entity that has none but its caption."""
    return Name(full=caption, type="primary")


def read_address(draft: Draft, entity: Entity) -> None:
    """Give a draft an address that is an entity of its own."""
    found = {
        key: ", ".join(value for name in names for value in entity.properties.get(name, ()))
        for key, names in ADDRESS.items()
    }
    fields = {key: value for key, value in found.items() if value}
    full = entity.properties.get("full", [])
    if full and set(fields) <= {"country", "note"}:
        fields["street"] = full[0]
    if fields:
        draft.add("addresses", Address(**fields))


def read_document(draft: Draft, entity: Entity) -> None:
    """Give a draft a passport or another document of identity."""
    values = entity.properties
    label = " ".join(values.get("type", []))
    passport = entity.schema == "Passport" or "passport" in label.lower()
    kind = "passport" if passport else "tax" if "tax" in label.lower() else "national_id"
    for number in (*values.get("number", ()), *values.get("passportNumber", ())):
        draft.add(
            "identifiers",
            Identifier(
                type=kind,
                value=number,
                country=_first(values, "country"),
                issued=_texts.day(_first(values, "startDate") or ""),
                expires=_texts.day(_first(values, "endDate") or ""),
                note=", ".join(filter(None, (label, *values.get("summary", ())))) or None,
            ),
        )


def read_sanction(draft: Draft, listing: Listing, entity: Entity) -> None:
    """Join a sanction to the listing of its party; what has no field is a note or detail."""
    values = dict(entity.properties)
    values.pop("entity", None)
    listing.sanctions += 1
    programmes = values.pop("programId", []) or values.get("program", [])
    listing.programmes += programmes
    listing.provisions += values.pop("provisions", [])
    started = values.pop("startDate", [])
    listing.listed += values.pop("listingDate", []) or started
    listing.changed += values.pop("modifiedAt", [])
    listing.ended += values.get("endDate", [])
    draft.add("references", *(f"un-sc:{each}" for each in values.pop("unscId", [])))
    draft.add("notes", *values.pop("reason", []), *values.pop("summary", []))
    for key, several in values.items():
        draft.add("details", *((f"sanction_{key}", value) for value in several))


def read_link(drafts: Mapping[str, Draft], captions: Mapping[str, str], entity: Entity) -> None:
    """Tie the two ends of a relation to each other; an end that is not listed is a name only."""
    row = links()[entity.schema]
    values = entity.properties
    words = " ".join((*values.get("role", ()), *values.get("relationship", ())))
    generic = row["forward"] == row["backward"]
    for one, other, relation in (
        # "wife" says what the second is to the first, and not the other way round.
        (row["subject"], row["object"], words if generic and words else row["forward"]),
        (row["object"], row["subject"], row["backward"]),
    ):
        for here in values.get(one, ()):
            for there in values.get(other, ()):
                if here in drafts:
                    name = captions.get(there, there)
                    drafts[here].add("links", Link(name=name, relation=relation))


def status_of(topics: list[str], listing: Listing, entity: Entity) -> Status:
    """Say what the topics and sanctions of an entity support.

    A sanction counts unless every one of them has ended before the file was made. A target
    without any topic that says why is unclear, which asks for review.
    """
    known = {row["topic"]: row["status"] for row in table("ftm_topics")}
    found = {known.get(topic) or known.get(topic.partition(".")[0], "") for topic in topics}
    if "designated" in found:
        return "designated"
    if listing.sanctions:
        ended = len(listing.ended) == listing.sanctions and max(listing.ended) <= entity.seen
        return "delisted" if ended else "designated"
    if "mentioned" in found or not entity.target:
        return "mentioned"
    return "unclear"


@cache
def rules() -> dict[str, Row]:
    """Return ``data/ftm_properties.tsv`` by property."""
    return {row["property"]: row for row in table("ftm_properties")}


@cache
def links() -> dict[str, Row]:
    """Return ``data/ftm_links.tsv`` by schema."""
    return {row["schema"]: row for row in table("ftm_links")}


def _facts(
    rule: Row, value: str, schema: str, parts: list[tuple[str, str]]
) -> Iterator[tuple[str, Any]]:
    """Yield what one value of a property becomes, as (field, value)."""
    field, key, note = rule["field"], rule["key"], rule["note"]
    if field == "names":
        yield field, _name(value, key, parts)
    elif field == "part":
        yield "details", (rule["property"], value)
    elif field == "dates_of_birth":
        yield _birth(value)
    elif field == "addresses":
        yield field, Address(street=value)
    elif field == "gender":
        yield ("gender", GENDERS[value]) if value in GENDERS else ("notes", f"Gender: {value}")
    elif field == "identifiers":
        tail = schema == "Airplane" and key == "registration"
        yield field, Identifier(type="tail_number" if tail else key, value=value, note=note or None)
    elif field == "references":
        yield field, f"{key}:{value}"
    elif field == "details":
        yield field, (key, value)
    else:
        yield field, value


def _name(full: str, key: str, parts: list[tuple[str, str]]) -> Name:
    """Make a name; the parts that the entity states belong to the names that hold them all."""
    types: dict[str, NameType] = {"primary": "primary", "fka": "fka"}
    words = set(re.findall(r"\w+", full.lower()))
    fit = parts and all(set(re.findall(r"\w+", text.lower())) <= words for _, text in parts)
    return Name(
        full=full,
        type=types.get(key, "aka"),
        quality="weak" if key == "weak" else "unknown",
        parts=tuple(parts) if fit else (),
    )


def _birth(value: str) -> tuple[str, Any]:
    try:
        return "dates_of_birth", PartialDate.parse(value)
    except ValueError:
        return "notes", f"Date of birth: {value}"


def _first(values: Properties, name: str) -> str | None:
    return next(iter(values.get(name, ())), None)
