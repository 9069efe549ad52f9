"""What a list has lost against the one that it is to replace, and whether it is out of date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanctscreen.party_list import PartyList

#: Facts whose loss makes a list useless although every party is still there.
COUNTED = ("names", "identifiers", "addresses")


def losses(old: PartyList, new: PartyList, max_shrink: float) -> tuple[str, ...]:
    """Say what the new list lacks of the old one, where it is more than a share of it.

    Parties count as gone by their ids, so that a list of other parties is no replacement either;
    names, identifiers and addresses count by their number, so that a list whose file of aliases
    broke off is none.

    Args:
        old: the list in use until now.
        new: the list that is to replace it.
        max_shrink: the share, 0 to 1, that may be gone.
    """
    kept = {party.id for party in new.parties}
    gone = sum(party.id not in kept for party in old.parties)
    found = [("parties", gone, len(old))]
    for field in COUNTED:
        before, after = _total(old, field), _total(new, field)
        found.append((field, before - after, before))
    return tuple(
        f"{lost:,} of {before:,} {what} are gone"
        for what, lost, before in found
        if lost > max_shrink * before
    )


def out_of_date(party_list: PartyList, as_of: date, max_age: int) -> tuple[str, ...]:
    """Say which sources are older than ``max_age`` days, or do not say how old they are."""
    found = []
    for source in party_list.sources:
        age = None if source.published is None else (as_of - source.published).days
        if age is None:
            found.append(f"the age of {source.id} is unknown: it states no day of publication")
        elif age > max_age:
            found.append(f"{source.id} is {age} days old, more than {max_age}")
    return tuple(found) or (() if party_list.sources else ("the age of the list is unknown",))


def _total(party_list: PartyList, field: str) -> int:
    return sum(len(getattr(party, field)) for party in party_list.parties)
