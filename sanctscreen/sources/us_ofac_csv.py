"""OFAC's legacy CSV files: the SDN List and the Consolidated (non-SDN) List.

``sdn.csv`` (or ``cons_prim.csv``) holds the parties; ``alt.csv`` their strong aliases,
``add.csv`` their addresses and ``sdn_comments.csv`` what did not fit into the 1,000 characters
of the remarks. Layout: https://ofac.treasury.gov/sdn-list/sanctions-list-service, "dat_spec".
Which file is which is told from the width of its rows, never from its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Address, Identifier, Kind, Name, NameType, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList
from sanctscreen.remarks import Facts, non_sdn_effects, non_sdn_programmes, read_remarks
from sanctscreen.sources import _files, _ofac_files
from sanctscreen.sources._ofac_files import OfacFile

ID = "ofac-sdn"
TITLE = "Specially Designated Nationals and Blocked Persons List"
PUBLISHER = "Office of Foreign Assets Control, U.S. Department of the Treasury"
HOMEPAGE = "https://sanctionslist.ofac.treas.gov/Home/SdnList"
LICENCE = "US government work, public domain (17 U.S.C. 105)"
FORMAT = "ofac-csv"
#: The SDN List has been longer than this since 2010.
MINIMUM = 5_000

CONSOLIDATED_ID = "ofac-cons"
CONSOLIDATED_TITLE = "Consolidated Sanctions List (non-SDN)"
CONSOLIDATED_MINIMUM = 200

NULL = "-0-"
ALIAS_COLUMNS = 5
CUT = 1_000
#: More rows than this that belong to no party: the files are not of one day.
MISFITS = 0.02

KINDS: dict[str, Kind] = {
    NULL: "entity",
    "individual": "person",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
NAME_TYPES: dict[str, NameType] = {"aka": "aka", "fka": "fka", "nka": "nka"}


def recognises(head: bytes, path: Path) -> bool:
    """Tell any of the four files from its first row."""
    try:
        row = _files.first_row(head, path)
    except ListError:
        return False
    return len(row) in _ofac_files.ROLES and row[0].strip().isdecimal() and _fits(row)


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read an SDN or Consolidated list.

    Args:
        paths: the file of parties, whose companions are then looked for beside it; or several
            files, which are then taken to be all.
        minimum: fewer parties raise; by default 5,000 (SDN) or 200 (Consolidated).

    Raises:
        ListError: a file is missing, empty, cut off or malformed, two parties share a number,
            or the files do not belong together.
    """
    by_role = _ofac_files.open_set(paths)
    parties = by_role["parties"]
    consolidated = _is_consolidated(parties)
    default = CONSOLIDATED_MINIMUM if consolidated else MINIMUM
    _files.check_count(len(parties.rows), default if minimum is None else minimum, parties.path)
    return _Assembly(by_role, CONSOLIDATED_ID if consolidated else ID).party_list()


def _fits(row: list[str]) -> bool:
    if len(row) == ALIAS_COLUMNS:
        return row[2] in NAME_TYPES
    return row[1] != ""


def _is_consolidated(parties: OfacFile) -> bool:
    """Tell the two lists by the programmes that mark most parties."""
    marks = non_sdn_programmes()
    marked = sum(not marks.isdisjoint(_programmes(row[3])) for _, row in parties.rows)
    return marked * 2 > len(parties.rows)


def _programmes(cell: str) -> tuple[str, ...]:
    """Split ``SDGT] [IFSR``."""
    return tuple(tag.strip() for tag in cell.split("] [") if _value(tag))


def _value(cell: str) -> str | None:
    stripped = cell.strip()
    return None if stripped in ("", NULL) else stripped


class _Assembly:
    """The rows of one list, on their way to becoming parties."""

    def __init__(self, files: dict[str, OfacFile], source: str) -> None:
        self._files = files
        self._source = source
        self._warnings: list[str] = []
        self._numbers = self._numbered()
        self._aliases = self._grouped("aliases")
        self._addresses = self._grouped("addresses")
        self._comments = self._grouped("comments")

    def party_list(self) -> PartyList:
        """Join the files."""
        parties = tuple(self._party(row) for _, row in self._files["parties"].rows)
        digest = _files.digest(self._files[role].raw for role in sorted(self._files))
        self._doubt_files()
        source = Source(
            id=self._source,
            type="list",
            title=TITLE if self._source == ID else CONSOLIDATED_TITLE,
            publisher=PUBLISHER,
            digest=digest,
            records=len(parties),
            warnings=tuple(self._warnings),
        )
        return PartyList(parties=parties, version=f"sha256:{digest[:12]}", sources=(source,))

    def _numbered(self) -> set[str]:
        path, numbers = self._files["parties"].path, set[str]()
        for line, row in self._files["parties"].rows:
            if row[0] in numbers:
                raise ListError(f"party {row[0]} twice", path=path, row=line, field="ent_num")
            if _value(row[1]) is None:
                raise ListError("a party without a name", path=path, row=line, field="name")
            numbers.add(row[0])
        return numbers

    def _grouped(self, role: str) -> dict[str, list[list[str]]]:
        """Group the rows of a companion by party, and say which belong to none."""
        grouped: dict[str, list[list[str]]] = defaultdict(list)
        if role not in self._files:
            self._warnings.append(f"no file of {role}: the list is read without them")
            return grouped
        strays = []
        for line, row in self._files[role].rows:
            if row[0] in self._numbers:
                grouped[row[0]].append(row)
            else:
                strays.append(f"row {line} (party {row[0]})")
        self._report(role, strays)
        return grouped

    def _report(self, role: str, strays: list[str]) -> None:
        file = self._files[role]
        if role != "comments" and len(strays) > MISFITS * len(file.rows):
            raise ListError(
                f"{len(strays)} of {len(file.rows)} rows belong to no party of "
                f"{self._files['parties'].path.name}: not of the same day; first {strays[0]}",
                path=file.path,
            )
        if strays:
            self._warnings.append(f"{role} of no listed party: {', '.join(strays)}")

    def _doubt_files(self) -> None:
        """Say what the files leave open: their date, and whether they are whole."""
        self._warnings.append("the files hold no date: the version is made from their content")
        for file in self._files.values():
            if not file.ended and file.role != "comments":
                self._warnings.append(
                    f"the file of {file.role} has no end mark: it may not be whole"
                )

    def _party(self, row: list[str]) -> Party:
        number, name, kind, programmes, title, *vessel, remarks = row
        titles = tuple(each.strip() for each in (_value(title) or "").split(";") if each.strip())
        remarks, cut = self._whole_remarks(number, remarks)
        facts = read_remarks(remarks, cut=cut)
        if kind.strip() not in KINDS:
            self._warnings.append(f"{self._source}:{number}: unknown type {kind!r}")
        identifiers, details = _vessel(vessel)
        fields = facts.party_fields()
        fields["titles"] = titles + facts.titles
        fields["identifiers"] = identifiers + facts.identifiers
        fields["details"] = details + facts.details
        # The title often stands in the remarks as well; it has been read from its column.
        fields["notes"] = tuple(note for note in facts.notes if note.rstrip(".") not in titles)
        return Party(
            id=f"{self._source}:{number}",
            kind=KINDS.get(kind.strip()),
            names=self._names(number, name.strip(), facts),
            statuses=(self._status(_programmes(programmes), remarks),),
            addresses=tuple(_addresses(self._addresses.get(number, ()))),
            **fields,
        )

    def _whole_remarks(self, number: str, remarks: str) -> tuple[str, bool]:
        """Join cut remarks with their continuation; say whether they still break off."""
        if _value(remarks) is None:
            return "", False
        continued = self._comments.get(number)
        if len(remarks) < CUT:
            if continued:
                self._warnings.append(f"{self._source}:{number}: comments on remarks not cut")
            return remarks, False
        if continued:
            return remarks + "".join(row[1] for row in continued), False
        if not remarks.endswith("."):
            self._warnings.append(f"{self._source}:{number}: remarks cut, no continuation")
        return remarks, not remarks.endswith(".")

    def _names(self, number: str, primary: str, facts: Facts) -> tuple[Name, ...]:
        aliases = [
            Name(full=alias[3].strip(), type=self._name_type(alias), quality="strong")
            for alias in self._aliases.get(number, ())
            if _value(alias[3])
        ]
        return (Name(full=primary, type="primary", quality="strong"), *aliases, *facts.aliases)

    def _name_type(self, alias: list[str]) -> NameType:
        if alias[2] not in NAME_TYPES:
            self._warnings.append(f"{self._source}:{alias[0]}: unknown alias type {alias[2]!r}")
        return NAME_TYPES.get(alias[2], "aka")

    def _status(self, programmes: tuple[str, ...], remarks: str) -> SourceStatus:
        effects = ("block",) if self._source == ID else non_sdn_effects(programmes, remarks)
        return _designated(self._source, programmes, effects)


@lru_cache(maxsize=1_024)
def _designated(source: str, programmes: tuple[str, ...], effects: tuple[str, ...]) -> SourceStatus:
    """Return the status that many parties share."""
    return SourceStatus(source=source, programmes=programmes, effects=effects)


def _vessel(cells: list[str]) -> tuple[tuple[Identifier, ...], tuple[tuple[str, str], ...]]:
    """Read the six vessel columns."""
    call_sign, *rest = map(_value, cells)
    keys = ("vessel_type", "tonnage", "gross_registered_tonnage", "flag", "owner")
    details = tuple((key, value) for key, value in zip(keys, rest, strict=True) if value)
    return (Identifier(type="call_sign", value=call_sign),) if call_sign else (), details


def _addresses(rows: Iterable[list[str]]) -> Iterator[Address]:
    """Yield the addresses; a row that holds nothing but nulls is none."""
    for row in rows:
        street, city, country, note = map(_value, row[2:])
        if street or city or country or note:
            yield Address(street=street, city=city, country=country, note=note)
