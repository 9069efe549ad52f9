"""What changed between two versions of a party list, party by party.

Parties are told apart by their ids, which publishers keep stable between versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sanctscreen.model import Identifier, Name, PartialDate, Party, Record
from sanctscreen.party_list import PartyList
from sanctscreen.party_list.stored import unshared


@dataclass(frozen=True, slots=True)
class Change:
    """What changed about one party.

    Attributes:
        before: the party as the old list has it.
        after: the party as the new list has it.
    """

    before: Party
    after: Party

    @property
    def names_added(self) -> tuple[str, ...]:
        """Names that only the new list has."""
        return _missing(self.after.names, self.before.names)

    @property
    def names_removed(self) -> tuple[str, ...]:
        """Names that only the old list has."""
        return _missing(self.before.names, self.after.names)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ, in the order in which a party has them."""
        return tuple(
            field
            for field in Party.model_fields
            if getattr(self.before, field) != getattr(self.after, field)
        )

    @property
    def is_renamed(self) -> bool:
        """Whether the primary name is another one."""
        return self.before.name != self.after.name

    @property
    def gained(self) -> dict[str, tuple[str, ...]]:
        """What only the new list says, by field, each value as one line of text."""
        return _difference(self.after, self.before)

    @property
    def lost(self) -> dict[str, tuple[str, ...]]:
        """What only the old list says, by field, each value as one line of text."""
        return _difference(self.before, self.after)

    def to_dict(self) -> dict[str, Any]:
        """Return the change as JSON-ready data."""
        return {
            "party": self.after.id,
            "name": self.after.name,
            "names_added": list(self.names_added),
            "names_removed": list(self.names_removed),
            "fields": list(self.fields),
            "gained": {field: list(values) for field, values in self.gained.items()},
            "lost": {field: list(values) for field, values in self.lost.items()},
            "status": {"before": self.before.status, "after": self.after.status},
        }


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between two lists; each part is in the order of the list it comes from.

    Attributes:
        added: parties that only the new list has.
        removed: parties that only the old list has.
        changed: parties that both have, and that differ.
    """

    added: tuple[Party, ...]
    removed: tuple[Party, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as JSON-ready data."""
        return {
            "counts": {
                "added": len(self.added),
                "removed": len(self.removed),
                "changed": len(self.changed),
                "renamed": sum(change.is_renamed for change in self.changed),
            },
            "added": [_brief(party) for party in self.added],
            "removed": [_brief(party) for party in self.removed],
            "changed": [change.to_dict() for change in self.changed],
        }


def diff(old: PartyList, new: PartyList) -> Diff:
    """Compare two versions of a list.

    >>> old = PartyList(parties=[Party(id="x:1", names=["Acme"])])
    >>> new = PartyList(parties=[Party(id="x:1", names=["Acme", "Acme Ltd"])])
    >>> diff(old, new).changed[0].names_added
    ('Acme Ltd',)
    """
    return diff_together([old], [new])


def diff_together(old: Sequence[PartyList], new: Sequence[PartyList]) -> Diff:
    """Compare the parties of several lists, taken together, with those of others."""
    before, after = _of_one_side(old, new), _of_one_side(new, old)
    return Diff(
        added=tuple(party for party in after.values() if party.id not in before),
        removed=tuple(party for party in before.values() if party.id not in after),
        changed=tuple(
            Change(before[party.id], party)
            for party in after.values()
            if party.id in before and before[party.id] != party
        ),
    )


def _of_one_side(lists: Sequence[PartyList], others: Sequence[PartyList]) -> dict[str, Party]:
    """Return parties by id, without those that both sides hold just so."""
    held = [each.parties for each in others]
    return {party.id: party for each in lists for party in unshared(each.parties, held)}


def _difference(one: Party, other: Party) -> dict[str, tuple[str, ...]]:
    """Return what the first party has and the second lacks."""
    theirs = _statements(other)
    found = {
        field: tuple(value for value in values if value not in theirs.get(field, ()))
        for field, values in _statements(one).items()
    }
    return {field: values for field, values in found.items() if values}


def _statements(party: Party) -> dict[str, tuple[str, ...]]:
    """Return what a list says of a party, by field, as lines of text."""
    found: dict[str, tuple[str, ...]] = {"kind": (party.kind,)} if party.kind else {}
    for field in Party.model_fields:
        values = getattr(party, field)
        if isinstance(values, tuple) and field != "statuses":
            found[field] = tuple(map(text_of, values))
    found["programmes"] = party.programmes
    for part in ("status", "effects", "listed", "changed", "removed"):
        stated = ((each.source, getattr(each, part)) for each in party.statuses)
        found[part] = tuple(f"{text_of(value)} ({source})" for source, value in stated if value)
    return found


def text_of(value: object) -> str:
    """Write a value of a party in one line.

    >>> text_of(Identifier(type="national_id", value="7", country="RU"))
    'national id, 7, RU'
    """
    match value:
        case Name():
            return f"{value.full} ({value.type}, {value.quality})"
        case Identifier():
            parts = [value.type.replace("_", " "), value.value, value.country, value.note]
            days = [("issued", value.issued), ("expires", value.expires)]
            parts += [f"{word} {day}" for word, day in days if day]
            return ", ".join(filter(None, parts))
        case Record() if not isinstance(value, PartialDate):
            return ", ".join(str(each) for _, each in value if each)
        case tuple():
            return ", ".join(map(str, value))
    return str(value)


def _missing(names: tuple[Name, ...], others: tuple[Name, ...]) -> tuple[str, ...]:
    known = {name.full for name in others}
    return tuple(name.full for name in names if name.full not in known)


def _brief(party: Party) -> dict[str, Any]:
    return {"party": party.id, "name": party.name, "status": party.status}
