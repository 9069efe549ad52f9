"""The field map, ``data/payment_fields.tsv``, as the readers look things up in it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sanctscreen.data import table

#: A number whose type the message does not say is looked up as each of these.
UNTYPED = ("passport", "national_id", "tax", "registration")


class Entry(NamedTuple):
    """What the map says of a place.

    Attributes:
        field: the name in findings, or the part of one.
        screened_as: how, as ``docs/payments.md`` lists it.
    """

    field: str
    screened_as: str


def look_up(message: str, place: str, parent: str = "") -> Entry | None:
    """Return what the map says of a place; ``None`` if it does not know it.

    Args:
        message: the part of the map, such as ``iso`` or ``mt103``.
        place: the element or tag.
        parent: the element around it, which may decide.
    """
    entries = _entries(message)
    return entries.get(f"{parent}/{place}") or entries.get(place)


def identifier_types(code: str) -> tuple[str, ...]:
    """Return the types under which a number with a code such as ``CCPT`` is looked up."""
    known = _identifications().get(code.strip().upper())
    return (known,) if known else UNTYPED


def joined(prefix: str, field: str) -> str:
    """Join the name of a field to that of the group or party around it."""
    return "_".join(part for part in (prefix, field) if part)


@cache
def _entries(message: str) -> dict[str, Entry]:
    return {
        row["place"]: Entry(row["field"], row["screened_as"])
        for row in table("payment_fields")
        if row["message"] == message
    }


@cache
def _identifications() -> dict[str, str]:
    return {row["code"]: row["type"] for row in table("payment_identifications")}
