"""What OFAC's XML layouts have in common: entries, and how they become a list.

The layouts keep apart what the CSV files write into their remarks. Each fact is put back into
the words of the remarks and read by the same rules, so that a party is the same whichever file
it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sanctscreen.errors import InputError, ListError
from sanctscreen.model import (
    Address,
    Identifier,
    Kind,
    Link,
    Name,
    NameType,
    PartialDate,
    Party,
    Source,
    SourceStatus,
)
from sanctscreen.party_list import PartyList
from sanctscreen.remarks import (
    non_sdn_effects,
    non_sdn_programmes,
    read_clause,
    read_clauses,
    read_remarks,
)
from sanctscreen.sources import _files, us_ofac_csv
from sanctscreen.sources._element import Element
from sanctscreen.sources._xml import Document

KINDS: dict[str, Kind] = {
    "individual": "person",
    "entity": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
NAME_TYPES: dict[str, NameType] = {"a.k.a.": "aka", "f.k.a.": "fka", "n.k.a.": "nka"}
TITLES = {
    us_ofac_csv.ID: us_ofac_csv.TITLE,
    us_ofac_csv.CONSOLIDATED_ID: us_ofac_csv.CONSOLIDATED_TITLE,
}
MINIMA = {
    us_ofac_csv.ID: us_ofac_csv.MINIMUM,
    us_ofac_csv.CONSOLIDATED_ID: us_ofac_csv.CONSOLIDATED_MINIMUM,
}


@dataclass
class Entry:
    """One entry of a file, before it is known which list the file is.

    Attributes:
        number: OFAC's own number of the party, the same in every layout.
        clauses: facts in the words of the remarks, such as ``DOB 07 Oct 1954``.
        remarks: the file's own remarks.
    """

    number: str
    kind: Kind | None
    line: int
    names: list[Name] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    details: list[tuple[str, str]] = field(default_factory=list)
    dates_of_birth: list[PartialDate] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    remarks: str = ""
    listed: date | None = None

    def add_identifier(
        self,
        label: str,
        value: str,
        *,
        country: str = "",
        days: Mapping[str, date | None] | None = None,
        note: str = "",
    ) -> None:
        """Keep a labelled number, or whatever else OFAC writes in its place, by its label.

        Args:
            label: as in the remarks, such as ``Tax ID No.`` or ``Gender``.
            value: what it says.
            country: who issued it.
            days: ``issued`` and ``expires``, where they are known to the day.
            note: what else is said of it.
        """
        clause = " ".join(filter(None, (label, value)))
        try:
            place, found = read_clause(clause)
        except InputError:
            place, found = "", None
        if place != "identifiers":
            self.clauses.append(f"{clause} ({country})" if country else clause)
            return
        stated = {"country": country, **(days or {})}
        notes = ", ".join(filter(None, (found.note, note)))
        update = {key: each for key, each in stated.items() if each} | {"note": notes or None}
        self.identifiers.append(found.model_copy(update=update))


def only(paths: Sequence[Path]) -> Path:
    """Return the one file that the list is.

    Raises:
        ListError: there are several.
    """
    if len(paths) != 1:
        raise ListError("the list is one file; read several lists one by one", path=paths[1])
    return paths[0]


def kind_of(text: str, element: Element) -> Kind:
    """Return the kind that OFAC's word stands for.

    Raises:
        ListError: it is a new one.
    """
    if text.lower() not in KINDS:
        raise element.error(f"unknown type of party: {text!r}")
    return KINDS[text.lower()]


def titles(text: str) -> list[str]:
    """Split ``Deputy Director; Member of the Board``."""
    return [part for each in text.split(";") if (part := each.strip())]


def check_stated(count: str, entries: Sequence[Entry], document: Document) -> None:
    """Compare the entries with the number that the file itself states, if it does.

    Raises:
        ListError: it states another number.
    """
    if count and count != str(len(entries)):
        raise ListError(
            f"{len(entries)} entries, but the file says it holds {count}: cut off?",
            path=document.path,
        )


def party_list(
    entries: Sequence[Entry],
    document: Document,
    *,
    published: date | None,
    minimum: int | None,
    warnings: Iterable[str] = (),
) -> PartyList:
    """Make the list; whether it is the SDN List or the other is told from its programmes.

    Raises:
        ListError: it has too few entries, two of the same number, or one without a name.
    """
    source = _source_of(entries)
    _files.check_count(len(entries), MINIMA[source] if minimum is None else minimum, document.path)
    seen: set[str] = set()
    for entry in entries:
        if entry.number in seen:
            raise ListError(f"party {entry.number} twice", path=document.path, row=entry.line)
        seen.add(entry.number)
    stated = Source(
        id=source,
        type="list",
        title=TITLES[source],
        publisher=us_ofac_csv.PUBLISHER,
        version=published.isoformat() if published else None,
        published=published,
        digest=document.digest,
        records=len(entries),
        unread=document.unread,
        warnings=tuple(warnings),
    )
    return PartyList(
        parties=tuple(_party(entry, source, document) for entry in entries),
        version=stated.version or f"sha256:{document.digest[:12]}",
        sources=(stated,),
    )


def _source_of(entries: Sequence[Entry]) -> str:
    """Tell the two lists by the programmes that mark most entries of the non-SDN one."""
    marks = non_sdn_programmes()
    marked = sum(not marks.isdisjoint(entry.programmes) for entry in entries)
    return us_ofac_csv.CONSOLIDATED_ID if marked * 2 > len(entries) else us_ofac_csv.ID


def _party(entry: Entry, source: str, document: Document) -> Party:
    if not entry.names:
        message = f"party {entry.number} has no name"
        raise ListError(message, path=document.path, row=entry.line)
    remarks = read_remarks(_bare(entry.remarks))
    facts = read_clauses(entry.clauses)
    fields = facts.party_fields()
    for name, values in remarks.party_fields().items():
        fields[name] = (*fields.get(name, ()), *values) if isinstance(values, tuple) else values
    fields["identifiers"] = (*entry.identifiers, *fields.get("identifiers", ()))
    fields["titles"] = (*entry.titles, *fields.get("titles", ()))
    fields["details"] = (*entry.details, *fields.get("details", ()))
    fields["dates_of_birth"] = (*entry.dates_of_birth, *fields.get("dates_of_birth", ()))
    links = (*entry.links, *(Link(name=each) for each in fields.pop("links", ())))
    unique = {
        name: tuple(dict.fromkeys(value)) if isinstance(value, tuple) else value
        for name, value in fields.items()
    }
    return Party(
        id=f"{source}:{entry.number}",
        kind=entry.kind,
        names=(*entry.names, *facts.aliases, *remarks.aliases),
        statuses=(_status(entry, source),),
        addresses=tuple(dict.fromkeys(entry.addresses)),
        links=tuple(dict.fromkeys(links)),
        **unique,
    )


def _status(entry: Entry, source: str) -> SourceStatus:
    programmes = tuple(dict.fromkeys(entry.programmes))
    words = "; ".join([*entry.clauses, entry.remarks])
    effects = ("block",) if source == us_ofac_csv.ID else non_sdn_effects(programmes, words)
    return SourceStatus(
        source=source,
        programmes=programmes,
        effects=tuple(dict.fromkeys((*effects, *entry.effects))),
        listed=entry.listed,
    )


def _bare(remarks: str) -> str:
    """Take the brackets off clauses such as ``(Linked To: HAMAS)``, as the CSV writes them."""
    clauses = (clause.strip() for clause in remarks.split(";"))
    return "; ".join(
        clause[1:-1] if clause.startswith("(") and clause.endswith(")") else clause
        for clause in clauses
    )
