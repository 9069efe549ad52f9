"""Where a document has its facts from, whose statement a sentence is, and what is boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctscreen.documents import vocabulary
from sanctscreen.documents.cues import cues
from sanctscreen.documents.figures import Cast, Figure
from sanctscreen.documents.names import Mention
from sanctscreen.documents.sentences import Sentence

ATTRIBUTED = re.compile(
    r"(?:according to|as reported by|reported by|citing|cited by|told|quoted by|said|issued by|"
    r"published by|(?:statements?|(?:press )?releases?) (?:\w+ )?(?:by|from|of)|\()"
    r"\s+(?:[a-z][\w-]*,? ){0,3}$|\($",
    re.IGNORECASE,
)
REPORTS = re.compile(
    r"(?:[’']s [\w ]{0,40})?,? (?:\w+ly )?(?:reports?|reported|said|says|stated|announced|"
    r"wrote|noted|confirmed|(?:press )?(?:release|statement))\b"
)
BOILERPLATE_BLOCK = 3_000


def boilerplate(line: Sentence, text: str) -> bool:
    """Whether a sentence belongs to the frame of a page: appeals, notices, contacts.

    A sentence with a cue of designation never does.
    """
    if cues(line.text):
        return False
    block = _block(line, text)
    if not any(
        re.search(row["pattern"], block, re.IGNORECASE) for row in vocabulary.rows("boilerplate")
    ):
        return False
    return len(block) <= BOILERPLATE_BLOCK and not cues(block)


def _block(line: Sentence, text: str) -> str:
    start = text.rfind("\n", 0, line.start) + 1
    end = text.find("\n", line.end)
    return text[start : end if end >= 0 else len(text)].strip()


def mark_credits(cast: Cast) -> None:
    """Give the figures that stand in the credit of a picture their role."""
    for row in vocabulary.rows("credits"):
        for match in re.finditer(row["pattern"], cast.text, re.IGNORECASE):
            figure = cast.at(match.start("name"))
            if figure is not None and figure.role == "party":
                figure.role = "photo_credit"


def attribution(line: Sentence, cast: Cast) -> str:
    """Return whose statement a sentence is: ``report`` where it names nobody.

    The accuser comes first, then media ("KCNA via Reuters"), then a quoted authority.
    """
    named = list(_named(line, cast))
    accusation = next((cue for cue in cues(line.text) if cue.sense == "accuse"), None)
    if accusation:
        before = [each for each, mention in named if mention.end <= line.start + accusation.start]
        if before:
            return before[-1].name
    media = dict.fromkeys(each.name for each, _ in named if each.role == "media")
    if media:
        return " via ".join(reversed(media))
    quoted = (each for each, mention in named if each.role == "authority" and _cited(mention, cast))
    return next((each.name for each in quoted), "report")


def rests_on(lines: list[Sentence], cast: Cast) -> tuple[str, ...]:
    """Return the media and authorities that a document says its facts come from, sorted."""
    found = {
        figure.name
        for line in lines
        for figure, mention in _named(line, cast)
        if figure.role in ("media", "authority") and _cited(mention, cast)
    }
    return tuple(sorted(found))


def _named(line: Sentence, cast: Cast) -> Iterator[tuple[Figure, Mention]]:
    for mention in cast.mentions:
        figure = cast.at(mention.start)
        if figure is not None and line.start <= mention.start < line.end:
            yield figure, mention


def _cited(mention: Mention, cast: Cast) -> bool:
    before = cast.text[max(0, mention.start - 70) : mention.start]
    return bool(ATTRIBUTED.search(before) or REPORTS.match(cast.text, mention.end))
