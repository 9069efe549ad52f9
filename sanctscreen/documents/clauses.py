"""Whom a cue concerns: the list behind it, the subject before it, or an earlier sentence.

"Both banks have been sanctioned" points back to the last two entities named together; "A,
which was sanctioned" to A; "He was delisted" to the last person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sanctscreen.documents import vocabulary
from sanctscreen.documents.cues import Cue
from sanctscreen.documents.figures import Cast, Figure
from sanctscreen.documents.phrases import RELATIVES, Item, Listing, items, listing
from sanctscreen.documents.sentences import Sentence

SPEECH_LEAD = r"(?:said|says|announced|stated|confirmed|reported|noted|added|showed)(?: that)?"
CLAUSE_START = re.compile(rf"[;:]|\b(?:{SPEECH_LEAD}|while|whereas|but)\b(?! \w+ sanctions)")
AFTER_END = re.compile(r";|,(?! (?:19|20)\d\d)|\.\s|\.$| (?:for|who|which|after|because|as part)\b")
AROUND = 90
NOUN_PHRASE = 6
INTRO = re.compile(
    r"^(?:In|On|At|Since|During|Earlier|Last|Today|Yesterday|Previously|Back)\b[^,]{0,50}"
    r"(?:, (?:19|20)\d\d)?,"
)
PLACED = ("and", ",", "the", "a", "an", "as", "well", "along", "with", "&")


@dataclass
class Concerned:
    """Whom a cue concerns, and the words that may date it.

    Attributes:
        listing: names and counts.
        around: the words beside the cue, without descriptions of the parties.
        relative: whether the cue stands in a relative clause.
        lead_in: whether a list in bullets or behind a colon follows.
    """

    listing: Listing
    around: str = ""
    relative: bool = False
    lead_in: bool = False


@dataclass
class Memory:
    """The groups of figures that earlier sentences named together, the latest last."""

    groups: list[list[Figure]] = field(default_factory=list)

    def note(self, stream: list[Item]) -> None:
        """Take in the names of a sentence, grouped as it joins them by commas and "and"."""
        group: list[Figure] = []
        for item in stream:
            if item.figure is not None and item.figure.role == "party":
                group.append(item.figure)
            elif item.lower not in PLACED:
                self._close(group)
                group = []
        self._close(group)

    def _close(self, group: list[Figure]) -> None:
        if group:
            self.groups.append(group)

    def recall(self, words: str) -> list[Figure]:
        """Return the figures that a pronoun or "both banks" points back to."""
        for row in vocabulary.rows("anaphors"):
            if re.search(row["pattern"], words.strip(), re.IGNORECASE):
                return self._last(row["kind"], plural=row["number"] == "plural")
        return []

    def _last(self, kind: str, *, plural: bool) -> list[Figure]:
        for group in reversed(self.groups):
            fitting = [each for each in group if not kind or each.kind in (kind, None)]
            if fitting and (len(fitting) > 1 or not plural):
                return fitting if plural else fitting[:1]
        return []


def concerned(
    line: Sentence, cue: Cue, previous: Cue | None, cast: Cast, memory: Memory
) -> Concerned:
    """Return whom a cue concerns.

    Args:
        line: the sentence.
        cue: one of its cues.
        previous: the cue before it in the sentence, whose subject it may share.
        cast: the figures of the document.
        memory: what the sentences before named.
    """
    if cue.voice == "active":
        return _object(line, cue, cast)
    if cue.voice == "adjective":
        return _described(line, cue, cast)
    found = _subject(line, cue, previous, cast, memory)
    rest = line.text[cue.end :]
    if re.match(r"[^.,;]{0,40}:", rest):
        tail = listing(items(cast, line.start + cue.end + rest.index(":") + 1, line.end))
        found.listing.parts.extend(tail.parts)
        found.lead_in = True
    return found


def _object(line: Sentence, cue: Cue, cast: Cast) -> Concerned:
    found = listing(items(cast, line.start + cue.end, line.end))
    end = max(cue.end, found.end - line.start)
    around = _around(line.text, cue, end)
    following = line.text.find(": ", cue.end)
    if not found.figures and following > 0 and re.search(r"\b(?:following|below)\b", line.text):
        found = listing(items(cast, line.start + following + 1, line.end))
    if not found.figures and (whom := _relative_object(line, cue, cast)):
        return Concerned(whom, around, relative=True)
    return Concerned(found, around, lead_in=line.text.rstrip().endswith(":"))


def _relative_object(line: Sentence, cue: Cue, cast: Cast) -> Listing | None:
    """Return A in "A, which the United States sanctioned in 2018"."""
    before = items(cast, line.start, line.start + cue.start)
    for place in range(len(before) - 1, max(-1, len(before) - 7), -1):
        if before[place].lower in ("who", "whom", "which", "that"):
            actor = [each for each in before[place + 1 :] if each.figure is not None]
            states = all(each.figure and each.figure.role != "party" for each in actor)
            found = _antecedent(before[: place + 1], cue, line) if actor and states else None
            return found if found and found.parts else None
    return None


def _described(line: Sentence, cue: Cue, cast: Cast) -> Concerned:
    """Find the party of an adjective: named right behind it, or described by it."""
    words = line.text[cue.start : cue.end]
    for item in _noun_phrase(items(cast, line.start + cue.end, line.end)):
        if item.listable and not item.possessive and not words.startswith("as "):
            return Concerned(Listing([("", item)], item.end), words)
    before = [each for each in items(cast, line.start, line.start + cue.start) if each.listable]
    between = line.text[before[-1].end - line.start : cue.start] if before else ""
    close = before and (words.startswith("as ") or re.search(r"(?:,|\bis|\bwas)\s*$", between))
    return Concerned(Listing([("", before[-1])], before[-1].end) if close else Listing(), words)


def _noun_phrase(behind: list[Item]) -> Iterator[Item]:
    """Yield the words of the noun phrase that an adjective opens."""
    for item in behind[:NOUN_PHRASE]:
        yield item
        small = vocabulary.mapping("stop_words", "word", "effect").get(item.lower)
        if item.figure is None and (small or not re.match(r"[\w.-]+$", item.text)):
            return


def _subject(
    line: Sentence, cue: Cue, previous: Cue | None, cast: Cast, memory: Memory
) -> Concerned:
    start = _clause_start(line.text, cue, previous)
    head = items(cast, line.start + start, line.start + cue.start)
    around = _around(line.text, cue, cue.end)
    if cue.voice == "reduced" or (head and head[-1].lower in RELATIVES):
        everything = items(cast, line.start, line.start + cue.start)
        found = _antecedent(everything, cue, line)
        if not found.parts:
            _recall(found, line.text[: cue.start], memory)
        return Concerned(found, around, relative=True)
    found = listing(head, subject=True)
    if not found.figures and not any(item for _, item in found.parts):
        _recall(found, line.text[start : cue.start], memory)
    return Concerned(found, around, lead_in=line.text.rstrip().endswith(":"))


def _recall(found: Listing, words: str, memory: Memory) -> None:
    """Add the figures that a clause points back to."""
    found.parts.extend(("", _stand_in(each)) for each in memory.recall(words))


def _stand_in(figure: Figure) -> Item:
    first = figure.mentions[0]
    return Item(first.name, first.start, first.end, figure)


def _clause_start(sentence: str, cue: Cue, previous: Cue | None) -> int:
    start = 0
    for match in CLAUSE_START.finditer(sentence, 0, cue.start):
        start = match.end()
    if previous is None or previous.end <= start:
        return start
    between = sentence[previous.end : cue.start]
    return previous.end if re.search(r"[A-Z]", between) else start


def _antecedent(before: list[Item], cue: Cue, line: Sentence) -> Listing:
    """Return what a relative pronoun or a participle points to: the last fitting name or list."""
    pronoun = before[-1].lower if before and before[-1].lower in RELATIVES else ""
    plural = re.search(
        r"\b(?:both|all|two|three|each|none) of (?:which|whom)\s*$", line.text[: cue.start]
    )
    found: list[Item] = []
    for item in reversed(before):
        if item.listable and _fits(item, pronoun) and not item.possessive:
            found.insert(0, item)
            if not plural:
                break
        elif found and item.lower not in PLACED:
            break
    if not found or _another_noun(line.text[found[-1].end - line.start : cue.start]):
        return Listing()
    return Listing([("", item) for item in found], found[-1].end)


def _fits(item: Item, pronoun: str) -> bool:
    kind = item.figure.kind if item.figure else None
    if pronoun == "which":
        return kind != "person"
    return not (pronoun == "who" and kind in ("entity", "vessel"))


def _another_noun(between: str) -> bool:
    """Whether a noun of its own stands between a name and the pronoun ("a company which …")."""
    if between.lstrip().startswith((",", "(")) and "," in between[2:]:
        return False
    return re.search(
        r"\b(?:an?|some|several|the|other) (?:[\w-]+ ){0,3}?[a-z]+\b.*\b(?:who|which|that)?\s*$",
        between,
    ) is not None and any(
        word in vocabulary.kind_nouns() for word in re.findall(r"[a-z-]+", between)
    )


def _around(sentence: str, cue: Cue, end: int) -> str:
    """Return the words that may date a cue: an opening adverbial, and those right beside it."""
    intro = INTRO.match(sentence)
    lead = re.split(r"[,;:]", sentence[: cue.start])[-1]
    between = sentence[cue.end : end] if cue.voice == "active" and end - cue.end < 30 else ""
    after = sentence[end : end + AROUND]
    cut = AFTER_END.search(after)
    after = after[: cut.start()] if cut else after
    cue_words = sentence[cue.start : cue.end]
    return f"{intro[0] if intro else ''} {lead} {cue_words} {between} {after}"
