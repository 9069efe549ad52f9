"""OFAC's SDN list as printed, ``sdnlist.txt``: entries in words, wrapped and parted by blank lines.

The print has no numbers, and gives an entry again under each of its aliases; entries that name
the same names under the same programmes are one party, whose first headword stands for it.
Layout: https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Name, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList
from sanctscreen.remarks.entry import Entry, read_entry
from sanctscreen.sources import _draft, _files

ID = "ofac-sdn-print"
TITLE = "Specially Designated Nationals and Blocked Persons List, as printed"
PUBLISHER = "Office of Foreign Assets Control, U.S. Department of the Treasury"
HOMEPAGE = "https://ofac.treasury.gov/specially-designated-nationals-and-blocked-persons-list-sdn-human-readable-lists"
LICENCE = "US government work, public domain (17 U.S.C. 105)"
FORMAT = "ofac-text"
#: The list has held more than this since 2010; a print is one of its parts at the least.
MINIMUM = 1_000

TITLE_LINE = "ALPHABETICAL LISTING OF SPECIALLY DESIGNATED NATIONALS"
#: Lines up to a blank one.
_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
#: An entry ends with its programmes, or with whom it is linked to.
_ENTRY = re.compile(r".*\[[^\[\]]+\](?:\s*\([^()]*Linked\s+To.*\))?\.?", re.DOTALL)
#: A rule, a heading of a part, or a letter of the alphabet.
_ORNAMENT = re.compile(r"[_*~\s]*|~.*~|\(?[\w ]{1,30}\)?:?")


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001
    """Tell the print by its title."""
    return TITLE_LINE.encode("ascii") in head.upper()[:2_000]


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read the printed list.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 1,000.

    Raises:
        ListError: the file is missing, empty or cut off, or an entry breaks off.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    entries = _entries(_files.text(raw, path), path)
    parties = _parties([read_entry(" ".join(each.split())) for each in entries])
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        digest=_files.digest([raw]),
        records=len(entries),
        warnings=(
            "the print has no date and no numbers: the version is made from its content, the ids "
            "from the names",
        ),
    )
    least = MINIMUM if minimum is None else minimum
    return _draft.party_list(parties, [source], path=path, minimum=least)


def _entries(text: str, path: Path) -> list[str]:
    """Return the entries, in order; whatever stands between them is the print's own words.

    Raises:
        ListError: a block after the first entry is neither an entry nor an ornament.
    """
    entries: list[str] = []
    plain = text.replace("\r\n", "\n").rstrip("\x1a")
    for block in _BLOCK.finditer(plain):
        if _ENTRY.fullmatch(block[0]):
            entries.append(block[0])
        elif entries and not _ORNAMENT.fullmatch(block[0]):
            row = plain.count("\n", 0, block.start()) + 1
            raise ListError("an entry without programmes: cut off or damaged?", path=path, row=row)
    return entries


def _parties(entries: list[Entry]) -> list[Party]:
    """Join the entries that are one party under several headwords."""
    same: dict[tuple[frozenset[str], tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in entries:
        same[frozenset(name.full for name in entry.names), entry.programmes].append(entry)
    firsts = [group[0] for group in same.values()]
    ids = _draft.named_ids([(each.names[0].full, _fingerprint(each)) for each in firsts])
    return [_party(f"{ID}:{key}", entry) for key, entry in zip(ids, firsts, strict=True)]


def _fingerprint(entry: Entry) -> str:
    """Tell parties of one headword apart: by all their names and programmes."""
    content = "|".join([*sorted(name.full for name in entry.names), *entry.programmes])
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:8]


def _party(id: str, entry: Entry) -> Party:
    fields = entry.facts.party_fields()
    fields["notes"] = entry.unread
    names: tuple[Name, ...] = entry.names
    status = SourceStatus(source=ID, programmes=entry.programmes, effects=("block",))
    return Party(
        id=id, kind=entry.kind, names=names, statuses=(status,), addresses=entry.addresses, **fields
    )
