"""Read prose: press releases, news reports, alerts of law firms.

The steps, each in a module of its own: sentences with offsets, name phrases, figures with kind
and aliases, cues, whom a cue concerns, its status, counted slots, relations, and last the names
that are left out. Nothing here knows any particular party.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from sanctscreen.documents import citing, slots
from sanctscreen.documents.clauses import Concerned, Memory, concerned
from sanctscreen.documents.credibility import credible
from sanctscreen.documents.cues import Cue, cues
from sanctscreen.documents.figures import Cast, Figure
from sanctscreen.documents.leftovers import left_out
from sanctscreen.documents.model import Document, Extraction
from sanctscreen.documents.names import is_organisation
from sanctscreen.documents.parties import Finding, open_slots, parties
from sanctscreen.documents.phrases import Listing, items
from sanctscreen.documents.relations import mentioned_unnamed, records, stated_relations
from sanctscreen.documents.roles import authority
from sanctscreen.documents.sentences import Sentence, sentences
from sanctscreen.documents.statuses import (
    denied,
    effects,
    programmes,
    speaks_of_sanctions,
    status_of,
)
from sanctscreen.model import Citation, Kind, Status, Unnamed

UNDATED = "The document states no full date of its own."
NO_DESIGNATION = "No designation found: the document adds nobody to the list."


#: The longest heading, in characters, and what it says of the names in the bullets under it.
HEADING = 80
HEADED: dict[Status, re.Pattern[str]] = {
    "designated": re.compile(
        r"\b(?:designat(?:ed|ions?)|sanctioned|added|additions|listings?)\b", re.I
    ),
    "delisted": re.compile(r"\b(?:de-?list(?:ed|ings?)|removed|removals?|deletions?)\b", re.I),
}


@dataclass
class Reading:
    """A document while it is read."""

    document: Document
    lines: list[Sentence]
    cast: Cast
    memory: Memory = field(default_factory=Memory)
    findings: list[Finding] = field(default_factory=list)
    denials: dict[int, str] = field(default_factory=dict)
    announced: list[tuple[int, Unnamed]] = field(default_factory=list)
    lead_in: Finding | None = None
    lead_kind: Kind | None = None
    announcing: bool = False

    @property
    def day(self) -> date | None:
        """The document's date; one that says "today" without it comes after every date in it."""
        says_today = re.search(r"\btoday\b", self.document.text, re.IGNORECASE)
        return self.document.date or (date.max if says_today else None)


def read_prose(document: Document) -> Extraction:
    """Return what a document in prose supports.

    A document without any designation gives no parties and a warning in its source.
    """
    lines = [
        line for line in sentences(document.text) if not citing.boilerplate(line, document.text)
    ]
    reading = Reading(document, lines, Cast(document.text, lines))
    citing.mark_credits(reading.cast)
    aware = speaks_of_sanctions(document.text)
    for line in lines:
        _read_line(reading, line, aware=aware)
    return _extraction(reading)


def _read_line(reading: Reading, line: Sentence, *, aware: bool) -> None:
    if line.heading or (_leads(reading, line) and not cues(line.text)):
        _heading(reading, line)
        return
    if reading.lead_in and _bullet(reading, line):
        return
    previous: Cue | None = None
    for cue in cues(line.text):
        if cue.needs == "announced" and not reading.announcing:
            continue
        if credible(line, cue, reading.cast, aware=aware):
            _apply(reading, line, cue, previous)
            previous = cue
    reading.memory.note(items(reading.cast, line.start, line.end))


def _apply(reading: Reading, line: Sentence, cue: Cue, previous: Cue | None) -> None:
    """Record what one cue says of whom it concerns."""
    found = concerned(line, cue, previous, reading.cast, reading.memory)
    refused = denied(line.text, cue)
    if refused:
        for figure in found.listing.figures:
            reading.denials.setdefault(id(figure), refused)
        return
    status = status_of(
        cue, found.around, reading.day, relative=found.relative, lead_in=found.lead_in
    )
    citation = _citation(reading, line.start + cue.start, line.start + cue.end)
    reading.announcing = reading.announcing or status == "designated"
    _kinds(found.listing, line.text[cue.start : cue.end])
    for figure in found.listing.figures:
        if _may_be_listed(figure, status):
            _record(reading, line, figure, status, citation)
    _announce(reading, line, found, status)
    if found.lead_in and cue.sense != "accuse":
        _lead(reading, line, status, citation)


def _may_be_listed(figure: Figure, status: Status) -> bool:
    if figure.role == "authority":
        return authority(figure.name) is None and status != "accused"
    return figure.role == "party"


def _record(
    reading: Reading, line: Sentence, figure: Figure, status: Status, citation: Citation
) -> None:
    cited, felt = programmes(line.text), effects(line.text)
    reading.findings.append(Finding(figure, status, citation, cited, felt))


def _kinds(found: Listing, cue: str) -> None:
    """Let the noun of a list say the kind of its names: "two individuals, A and B"."""
    kind = slots.plural_kind(cue)
    for words, item in found.parts:
        kind = slots.plural_kind(words) or kind
        figure = item.figure if item else None
        if figure and kind and not any(is_organisation(each) for each in figure.name.split()):
            figure.kind = figure.kind if figure.titles and kind != "vessel" else kind


def _announce(reading: Reading, line: Sentence, found: Concerned, status: Status) -> None:
    """Record what a list counts; names that fill the count are subtracted at the end."""
    if status not in ("designated", "delisted"):
        return
    for words, item in found.listing.parts:
        for kind, count in slots.counted(words, named=item is not None):
            slot = Unnamed(
                kind=kind,
                count=count,
                status=status,
                source=reading.document.id,
                citations=(_words_citation(reading, line, words),),
            )
            reading.announced.append((line.start, slot))


def _words_citation(reading: Reading, line: Sentence, words: str) -> Citation:
    """Cite the words of an announcement, or its whole sentence where they stand apart."""
    pattern = r"\W+".join(re.escape(word) for word in words.split())
    match = re.search(pattern, line.text)
    start, end = match.span() if match else (0, len(line.text))
    return _citation(reading, line.start + start, line.start + end)


def _lead(reading: Reading, line: Sentence, status: Status, citation: Citation) -> None:
    """Remember a sentence whose list follows in bullets."""
    nobody = Figure("", "other")
    reading.lead_in = Finding(nobody, status, citation, programmes(line.text), effects(line.text))
    reading.lead_kind = slots.plural_kind(line.text)


def _leads(reading: Reading, line: Sentence) -> bool:
    """Whether a short line without a full stop stands right above bullets."""
    following = reading.lines.index(line) + 1
    above = following < len(reading.lines) and reading.lines[following].bullet
    return above and not line.bullet and len(line.text) <= HEADING and line.text[-1] not in ".!?"


def _heading(reading: Reading, line: Sentence) -> None:
    """A heading may lead a list in bullets, or name the kind of those under it."""
    if _leads(reading, line):
        for status, pattern in HEADED.items():
            match = pattern.search(line.text)
            if match:
                start = line.start + match.start()
                citation = _citation(reading, start, line.start + match.end())
                _lead(reading, line, status, citation)
    reading.lead_kind = slots.plural_kind(line.text) or reading.lead_kind


def _bullet(reading: Reading, line: Sentence) -> bool:
    """Take the name at the head of a bullet into the list that a sentence leads."""
    lead = reading.lead_in
    first = reading.lines.index(line)
    fresh = first == 0 or reading.lines[first - 1].block != line.block
    if not line.bullet and len(line.text) > 60:
        reading.lead_in = None
        return False
    if lead is None or not fresh:
        return False
    stream = items(reading.cast, line.start, line.end)
    named = next((place for place, each in enumerate(stream[:8]) if each.listable), None)
    kind = slots.plural_kind(line.text) if named is None else None
    if named is None or (not line.bullet and named > 0):
        reading.lead_kind = kind or reading.lead_kind
        return False
    _lead_bullet(reading, lead, stream[named].figure)
    return False


def _lead_bullet(reading: Reading, lead: Finding, figure: Figure | None) -> None:
    if figure is None or not _may_be_listed(figure, lead.status):
        return
    figure.kind = figure.kind or reading.lead_kind
    reading.findings.append(
        Finding(figure, lead.status, lead.citation, lead.programmes, lead.effects)
    )


def _citation(reading: Reading, start: int, end: int) -> Citation:
    words = reading.document.text[start:end]
    return Citation(source=reading.document.id, start=start, end=end, words=words)


def _extraction(reading: Reading) -> Extraction:
    document, named = reading.document, parties(reading.findings)
    listed = {id(each.figure) for each in reading.findings}
    stated = stated_relations(reading.lines, reading.cast)
    remaining = left_out(document, reading.cast, listed, reading.denials)
    nothing = all(each.status == "accused" for each in named) and not reading.announced
    return Extraction(
        source=document.source(
            rests_on=citing.rests_on(reading.lines, reading.cast),
            warnings=(
                *(() if document.date else (UNDATED,)),
                *((NO_DESIGNATION,) if nothing else ()),
            ),
        ),
        parties=named,
        unnamed=open_slots(reading.announced, named),
        relations=records(document, stated),
        left_out=(*remaining, *mentioned_unnamed(document, stated)),
    )
