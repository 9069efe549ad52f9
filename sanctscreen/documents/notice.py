"""Official notices in the format of OFAC's "recent actions": headings, and entries below them.

"The following individuals have been added to OFAC's SDN List:" opens a section; what the
heading says stands in ``data/ofac_headings.tsv``. An entry closes with its programme tags:
``… (individual) [DPRK3] (Linked To: …).`` Under "changes" the old entry, ``-to-`` and the new
entry make one party. https://ofac.treasury.gov/recent-actions
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from sanctscreen.data import table
from sanctscreen.documents.model import Document, Extraction, party_id
from sanctscreen.model import Citation, Kind, Name, Party, SourceStatus, Status
from sanctscreen.remarks import non_sdn_effects
from sanctscreen.remarks.entry import Entry, read_entry

Action = Literal["added", "removed", "changed"]

STATUSES: dict[Action, Status] = {
    "added": "designated",
    "removed": "delisted",
    # What is amended was listed before; the notice does not say since when.
    "changed": "previously_designated",
}
KINDS: dict[str, Kind] = {
    "person": "person",
    "entity": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
ACTIONS: dict[str, Action] = {"added": "added", "removed": "removed", "changed": "changed"}
QUOTED = 80

_RELEASED = re.compile(r"\bRelease Date:?\s*(\d{1,2})/(\d{1,2})/(\d{4})")
_HEADING = re.compile(r"^\W*(The following (?:\[[^\[\]]+\] )?[^\[\]]{3,300}?:)\W*?$", re.MULTILINE)
_TO = re.compile(r"(?:^|(?<=\s))-\s?to\s?-(?=\s|$)", re.IGNORECASE)
_TAGGED = re.compile(r"\[[A-Z0-9][A-Z0-9 \-\n]*\]")
_MARKED = re.compile(r"\((?:individual|entity|vessel|aircraft)\)", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n")
#: Where an entry ends and another begins: after tags and links, at a full stop or a line's end.
_END = re.compile(
    r"(?:\]|\(Linked\s+To:(?:[^()]|\([^()]*\))*\)|\((?:individual|vessel|aircraft)\))"
    r"(?:\.\s++|[ \t]*+\n\s*+)(?![\[(;,])"
)
#: A line that carries on the entry above it.
_CARRIES_ON = re.compile(r"\s*(?:\[|\(Linked|;|,)")
_WRAPPED_HYPHEN = re.compile(r"(?<=\S-)\n\s*")


def looks_like_notice(text: str) -> bool:
    """Tell a notice by a heading that says what is done to a list, and tagged entries below.

    An article that quotes the heading holds no ``[PROGRAMME]`` tags, so it stays prose.
    """
    return any(
        _TAGGED.search(text, section.start, section.end) is not None for section in _sections(text)
    )


def read_notice(document: Document) -> Extraction:
    """Read every entry of a notice.

    An entry that is read in part is kept, with the rest of its text in the party's ``notes``
    and a warning; a paragraph that is no entry is named in a warning.

    Args:
        document: a document that `looks_like_notice`.

    Returns:
        One party per entry, namesakes kept apart: ``designated`` where it was added,
        ``delisted`` where it was removed, ``previously_designated`` where a listed entry was
        changed.
    """
    document = _dated(document)
    blocks = [
        (section, block)
        for section in _sections(document.text)
        for block in _blocks(document.text, section)
    ]
    read = [_party(document, section, block) for section, block in blocks if block.is_entry]
    parties = _kept_apart([party for party, _ in read])
    warnings = (
        *(
            f"not read as an entry: {each.text[:QUOTED]!r}"
            for _, each in blocks
            if not each.is_entry
        ),
        *(f"{party.name}: not read: {each!r}" for party, unread in read for each in unread),
        *_namesake_warnings(parties),
        *([] if parties else ["the notice holds no entry that could be read"]),
    )
    return Extraction(source=document.source(warnings=warnings), parties=parties)


def _kept_apart(parties: list[Party]) -> tuple[Party, ...]:
    """Give namesakes in one notice ids of their own: two entries are two parties."""
    counts: Counter[str] = Counter()
    apart = []
    for party in parties:
        counts[party.id] += 1
        number = counts[party.id]
        unique = {"id": f"{party.id}-{number}"} if number > 1 else {}
        apart.append(party.model_copy(update=unique))
    return tuple(apart)


def _namesake_warnings(parties: tuple[Party, ...]) -> Iterator[str]:
    for name, count in Counter(party.name for party in parties).items():
        if count > 1:
            yield f"{name}: {count} entries of this name, kept apart"


def _dated(document: Document) -> Document:
    """Take the day from "Release Date 09/19/2031" where the document has none; month first."""
    match = _RELEASED.search(document.text)
    if document.date or not match:
        return document
    month, day, year = map(int, match.groups())
    try:
        return document.model_copy(update={"date": date(year, month, day)})
    except ValueError:
        return document


class _Section(NamedTuple):
    """A heading and the text below it, by offsets."""

    action: Action
    kind: Kind | None
    effects: tuple[str, ...]
    heading: tuple[int, int]
    start: int
    end: int


class _Block(NamedTuple):
    """The raw text of one entry, and under "changes" of the entry that it replaces."""

    start: int
    text: str
    former: str = ""

    @property
    def is_entry(self) -> bool:
        tag = _TAGGED.search(self.text) or _MARKED.search(self.text)
        return tag is not None and any(map(str.isalnum, self.text[: tag.start()]))


def _sections(text: str) -> Iterator[_Section]:
    """Yield the sections whose heading names an action on a list; others are no concern."""
    headings = list(_HEADING.finditer(text))
    ends = [*(match.start() for match in headings), len(text)][1:]
    for match, end in zip(headings, ends, strict=False):
        told = _told(match[1])
        if told["action"]:
            yield _Section(
                action=ACTIONS[told["action"][0]],
                kind=KINDS[told["kind"][0]] if len(told["kind"]) == 1 else None,
                effects=tuple(told["effect"]),
                heading=match.span(1),
                start=match.end(),
                end=end,
            )


@cache
def _told(heading: str) -> dict[str, list[str]]:
    """Collect what the words of a heading decide."""
    told: dict[str, list[str]] = {"action": [], "kind": [], "effect": []}
    for row in table("ofac_headings"):
        if re.search(row["words"], heading, re.IGNORECASE):
            told[row["sets"]].append(row["value"])
    return told


def _blocks(text: str, section: _Section) -> Iterator[_Block]:
    """Yield the entries of a section; an entry before ``-to-`` is the former of the next."""
    former: _Block | None = None
    pieces = [*_pieces(text, section), (section.end, "")]
    for (start, raw), (_, following) in pairwise(pieces):
        if _is_to(raw):
            continue
        block = _Block(start, _one_line(raw), former.text if former else "")
        former = block if former is None and _is_to(following) else None
        if former is None:
            yield block
    if former is not None:
        # What it was changed to is missing: what it was is all there is to keep.
        yield former


def _is_to(raw: str) -> bool:
    return _TO.fullmatch(raw) is not None


def _pieces(text: str, section: _Section) -> Iterator[tuple[int, str]]:
    """Cut a section at blank lines, at ``-to-`` and where an entry ends."""
    cuts = {section.start, section.end}
    for match in _BLANK.finditer(text, section.start, section.end):
        if not _CARRIES_ON.match(text, match.end()):
            cuts.add(match.end())
    for match in _TO.finditer(text, section.start, section.end):
        cuts |= {match.start(), match.end()}
    cuts |= {match.end() for match in _END.finditer(text, section.start, section.end)}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        raw = text[start:end]
        if raw.strip():
            yield start + len(raw) - len(raw.lstrip()), raw.strip()


def _one_line(raw: str) -> str:
    """Join wrapped lines; a word that was broken at its hyphen keeps the hyphen alone."""
    return " ".join(_WRAPPED_HYPHEN.sub("", raw).split())


def _party(document: Document, section: _Section, block: _Block) -> tuple[Party, tuple[str, ...]]:
    """Make a party of one entry; return the text that could not be read as well."""
    entry = read_entry(block.text, section.kind)
    former = _former_name(block.former, entry)
    status = SourceStatus(
        source=document.id,
        status=STATUSES[section.action],
        programmes=entry.programmes,
        effects=_effects(section, block, entry),
        listed=document.date if section.action == "added" else None,
        citations=_citations(document, section, block, entry),
        note=_note(block, former),
    )
    fields = entry.facts.party_fields()
    fields["notes"] = entry.unread
    name = entry.names[0].full
    party = Party(
        id=party_id(name),
        kind=entry.kind,
        names=(*entry.names, *former),
        statuses=(status,),
        addresses=entry.addresses,
        **fields,
    )
    return party, entry.unread


def _effects(section: _Section, block: _Block, entry: Entry) -> tuple[str, ...]:
    """An SDN heading blocks; elsewhere the programmes tell; a removal does nothing more."""
    if section.action == "removed":
        return ()
    return section.effects or non_sdn_effects(entry.programmes, block.text)


def _former_name(former: str, entry: Entry) -> tuple[Name, ...]:
    """Return the name that the entry had before, unless it still has it."""
    if not former:
        return ()
    name = read_entry(former, entry.kind).names[0].full
    if name in {each.full for each in entry.names}:
        return ()
    return (Name(full=name, type="fka", quality="strong"),)


def _note(block: _Block, former: tuple[Name, ...]) -> str | None:
    if not block.former:
        return None
    return f"listed as {former[0].full!r} until this notice" if former else "entry amended"


def _citations(
    document: Document, section: _Section, block: _Block, entry: Entry
) -> tuple[Citation, ...]:
    """Cite the heading that decides the status, and the name where the entry begins."""
    end = _end_of(document.text, block.start, entry.names[0].full)
    spans = (section.heading, (block.start, end))
    return tuple(
        Citation(source=document.id, start=start, end=end, words=document.text[start:end])
        for start, end in spans
    )


def _end_of(text: str, start: int, name: str) -> int:
    """Find where a name ends in text that may be wrapped inside it."""
    letters = sum(not char.isspace() for char in name)
    end = start
    while letters:
        letters -= not text[end].isspace()
        end += 1
    return end
