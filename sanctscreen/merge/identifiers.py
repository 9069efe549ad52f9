"""Which identifiers tell that two entries are the same party, and how lists spell them alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sanctscreen.data import table
from sanctscreen.model import Identifier
from sanctscreen.text.identifiers import clean_identifier


def linking_key(identifier: Identifier) -> str:
    """Write an identifier as any other list would be read that means the same.

    >>> linking_key(Identifier(type="passport", value="77 0001-A", country="Russian"))
    'passport 770001A of RU'

    Returns:
        The key; empty where the identifier tells no party from others: its type is weak, it is
        too short, or nobody says who issued it.
    """
    rule = _rules().get(identifier.type)
    if rule is None:
        return ""
    needs_country, shortest = rule
    value = clean_identifier(identifier.type, identifier.value)
    country = _country(identifier.country or "") if needs_country else ""
    if len(value) < shortest or len(set(value)) < 3 or (needs_country and not country):
        return ""
    # A company number and a ship number of the IMO are series of their own.
    company = identifier.type == "imo" and bool(identifier.note)
    label = f"{identifier.type.replace('_', ' ')}{' company' if company else ''} {value}"
    return f"{label} of {country}" if country else label


def shared_number(party_id: str) -> str:
    """Return the number that a publisher gives a party in all its lists; empty if it has none.

    >>> shared_number("ofac-sdn:17017"), shared_number("un-sc:KPe.047")
    ('ofac 17017', '')
    """
    source, _, number = party_id.partition(":")
    numbering = _numberings().get(source)
    return f"{numbering} {number}" if numbering else ""


def _country(text: str) -> str:
    """Write a country, or the adjective of one, as its code; as it stands if unknown."""
    for form in _forms(text.casefold()):
        plain = " ".join("".join(c if c.isalnum() else " " for c in form).split())
        if code := _countries().get(plain):
            return code.upper()
    return " ".join(text.casefold().split())


def _forms(text: str) -> Iterator[str]:
    """Yield ``Korea, North`` and ``Iran (Islamic Republic of)`` the other way round as well."""
    yield text
    for mark in ",(":
        before, _, after = text.partition(mark)
        yield f"{after} {before}"


@cache
def _numberings() -> dict[str, str]:
    return {row["source"]: row["numbering"] for row in table("shared_numbers")}


@cache
def _rules() -> dict[str, tuple[bool, int]]:
    rows = table("linking_identifiers")
    return {row["type"]: (row["country"] == "yes", int(row["shortest"])) for row in rows}


@cache
def _countries() -> dict[str, str]:
    rows = [row for row in table("countries") if row["type"] != "ambiguous"]
    codes = {row["code"]: row["code"] for row in rows if len(row["code"]) == 2}
    return codes | {row["form"]: row["code"] for row in rows}
