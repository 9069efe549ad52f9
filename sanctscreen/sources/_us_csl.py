"""The Consolidated Screening List: thirteen lists of three US departments in one file.

Each list is a source of its own, so that a party shows which list it stands in and what that
listing does. OFAC's own words in remarks and numbers are read by OFAC's rules.
Fields: https://developer.trade.gov/consolidated-screening-list.html
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sanctscreen.data import Row, table
from sanctscreen.errors import ListError
from sanctscreen.model import (
    Address,
    Identifier,
    Kind,
    Name,
    Party,
    Source,
    SourceStatus,
)
from sanctscreen.remarks import read_clauses
from sanctscreen.sources import _draft, _texts
from sanctscreen.sources._draft import Draft

ID = "us-csl"
TITLE = "Consolidated Screening List"
PUBLISHER = "International Trade Administration, U.S. Department of Commerce"
HOMEPAGE = "https://www.trade.gov/consolidated-screening-list"
LICENCE = "US government work, public domain (17 U.S.C. 105)"
#: The whole file has been longer than this since 2018.
MINIMUM = 8_000

KINDS: dict[str, Kind] = {
    "individual": "person",
    "entity": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
#: Field, to the detail that it becomes.
DETAILS = {
    "federal_register_notice": "federal_register_notice",
    "end_date": "end_date",
    "standard_order": "standard_order",
    "license_requirement": "licence_requirement",
    "license_policy": "licence_policy",
    "vessel_type": "vessel_type",
    "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "gross_registered_tonnage",
    "vessel_flag": "flag",
    "vessel_owner": "owner",
}
_CODE = re.compile(r"\(([A-Z][A-Za-z -]*)\)")
_CLAUSE = re.compile(r"\((?P<clause>Linked To: .*)\)")


class Clause(NamedTuple):
    """A statement in the words of OFAC's remarks, and what those words have no place for."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One record of the list in whichever layout.

    Attributes:
        row: where it stands, counted from 1.
        plain: the fields that hold one value, by the list's own names.
        programmes, names, addresses …: the fields that hold several; the first name is primary.
        clauses: what the numbers say, in the words of OFAC's remarks.
    """

    row: int
    plain: dict[str, str]
    programmes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    dates_of_birth: tuple[str, ...] = ()
    places_of_birth: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()

    @property
    def list(self) -> Row:
        """The list that the record is from, as in ``data/csl_lists.tsv``."""
        code = _CODE.search(self.plain["source"])
        return _lists().get(code[1] if code else "") or _unknown(self.plain["source"])


def parties(entries: Sequence[Entry], path: Path) -> list[Party]:
    """Make the parties; records that share the publisher's number are one party.

    Raises:
        ListError: a record without a name or list.
    """
    by_id: dict[str, list[Entry]] = {}
    for number, entry in zip(_ids(entries, path), entries, strict=True):
        by_id.setdefault(number, []).append(entry)
    return [_party(number, several, path) for number, several in by_id.items()]


def sources(main: Source, entries: Iterable[Entry]) -> list[Source]:
    """Return the file as a source, followed by each list that it holds."""
    counts = Counter((each.list["id"], each.plain["source"]) for each in entries)
    unknown = sorted(title for key, title in counts if key not in {row["id"] for row in _rows()})
    warnings = (*main.warnings, *(f"a list that no table knows: {title}" for title in unknown))
    return [
        main.model_copy(update={"warnings": warnings}),
        *(
            Source(
                id=key,
                type="list",
                title=title,
                publisher=title.rpartition(" - ")[2],
                version=main.version,
                digest=main.digest,
                records=count,
            )
            for (key, title), count in sorted(counts.items())
        ),
    ]


def _ids(entries: Sequence[Entry], path: Path) -> list[str]:
    """Give each record the publisher's number, or its list and name where it has none."""
    for entry in entries:
        if not entry.names or not entry.plain["source"]:
            raise ListError("a record without a name or list", path=path, row=entry.row)
    without = [each for each in entries if not _number(each)]
    named = _draft.named_ids(
        [(f"{each.list['id']}:{each.names[0]}", each.plain["start_date"]) for each in without]
    )
    names = dict(zip((each.row for each in without), named, strict=True))
    return [f"{ID}:{_number(each) or names[each.row].removeprefix(f'{ID}-')}" for each in entries]


def _number(entry: Entry) -> str:
    return entry.plain["entity_number"] or entry.plain["id"]


def _party(id: str, entries: list[Entry], path: Path) -> Party:
    draft = Draft(id, KINDS.get(entries[0].plain["type"].lower()))
    for entry in entries:
        _read_names(draft, entry)
        _read_person(draft, entry)
        _read_rest(draft, entry)
    draft.add("statuses", *_statuses(entries))
    return draft.party(path=path, row=entries[0].row)


def _read_names(draft: Draft, entry: Entry) -> None:
    first, *others = entry.names
    draft.add("names", Name(full=first, type="primary"), *(Name(full=each) for each in others))


def _read_person(draft: Draft, entry: Entry) -> None:
    for text in entry.dates_of_birth:
        draft.add(*_texts.birth_or_note(text))
    draft.add("places_of_birth", *entry.places_of_birth)
    draft.add("nationalities", *entry.nationalities)
    draft.add("citizenships", *entry.citizenships)
    draft.add("titles", *(each.strip() for each in entry.plain["title"].split(";")))


def _read_rest(draft: Draft, entry: Entry) -> None:
    draft.add("addresses", *entry.addresses)
    if entry.list["numbers"] and entry.plain["entity_number"]:
        draft.add("references", f"{entry.list['numbers']}:{entry.plain['entity_number']}")
    for field, key in DETAILS.items():
        if entry.plain[field]:
            draft.add("details", (key, entry.plain[field]))
    if entry.plain["call_sign"]:
        draft.add("identifiers", Identifier(type="call_sign", value=entry.plain["call_sign"]))
    for clause in (*entry.clauses, *map(Clause, _remarks(entry))):
        _read_clause(draft, clause)


def _read_clause(draft: Draft, clause: Clause) -> None:
    facts = read_clauses([clause.text])
    draft.add("names", *facts.aliases)
    for field, values in facts.party_fields().items():
        if field == "gender":
            draft.add_all([(field, values)])
        elif field == "identifiers" and clause.note:
            draft.add(field, *(_noted(each, clause.note) for each in values))
        else:
            draft.add(field, *values)


def _noted(identifier: Identifier, note: str) -> Identifier:
    notes = ", ".join(filter(None, (identifier.note, note)))
    return identifier.model_copy(update={"note": notes})


def _remarks(entry: Entry) -> list[str]:
    """Divide OFAC's remarks into clauses; those of other lists are one text."""
    text = entry.plain["remarks"]
    if "Treasury" not in entry.plain["source"]:
        return [text] if text else []
    clauses = (clause.strip() for clause in text.split(";"))
    return [
        match["clause"] if (match := _CLAUSE.fullmatch(clause)) else clause
        for clause in clauses
        if clause
    ]


def _statuses(entries: list[Entry]) -> list[SourceStatus]:
    by_list: dict[str, list[Entry]] = {}
    for entry in entries:
        by_list.setdefault(entry.list["id"], []).append(entry)
    return [
        _draft.statuses(
            source,
            programmes=[tag for each in several for tag in each.programmes],
            effects=[each.list["effect"] for each in several if each.list["effect"]],
            listed=[_day(each.plain["start_date"]) for each in several],
        )
        for source, several in by_list.items()
    ]


def _day(text: str) -> date | None:
    return _texts.day(text) if text else None


def _rows() -> tuple[Row, ...]:
    return table("csl_lists")


@cache
def _lists() -> dict[str, Row]:
    return {row["code"]: row for row in _rows()}


@cache
def _unknown(title: str) -> Row:
    """Name a list that the table does not know after its own title."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return {"code": "", "id": f"{ID}-{slug}", "effect": "", "numbers": ""}
