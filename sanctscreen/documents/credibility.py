"""Whether a cue speaks of sanctions by an authority, and not of loans, sport or a plain noun."""

from __future__ import annotations

from sanctscreen.documents.cues import Cue
from sanctscreen.documents.figures import Cast
from sanctscreen.documents.phrases import Item, items
from sanctscreen.documents.sentences import Sentence
from sanctscreen.documents.statuses import other_sense

#: How many words behind a cue its agent may stand ("sanctioned in 2018 by the EU").
AGENT_REACH = 8


def credible(line: Sentence, cue: Cue, cast: Cast, *, aware: bool) -> bool:
    """Whether a cue can give a status.

    Args:
        line: its sentence.
        cue: the cue.
        cast: the figures of the document.
        aware: whether the document speaks of sanctions by an authority at all.
    """
    if cue.sense == "accuse":
        return True
    before = items(cast, line.start, line.start + cue.start)
    if cue.needs == "authority":
        return any(_authority(each) or _place(each) for each in before)
    if cue.tense == "present":
        return bool(before) and (_authority(before[-1]) or _place(before[-1]))
    if not aware or other_sense(line.text, cue):
        sure = cue.needs != "context" and not other_sense(line.text, cue)
        return sure or _by_authority(before, items(cast, line.start + cue.end, line.end))
    return True


def _by_authority(before: list[Item], behind: list[Item]) -> bool:
    """Whether a sentence names the authority that acts, or a state where the actor stands."""
    if any(_authority(each) for each in (*before, *behind)):
        return True
    agent = next((n for n, each in enumerate(behind[:AGENT_REACH]) if each.lower == "by"), None)
    named = [*before[-2:], *(behind[agent : agent + 3] if agent is not None else [])]
    return any(_place(each) for each in named)


def _authority(item: Item) -> bool:
    return item.figure is not None and item.figure.role == "authority"


def _place(item: Item) -> bool:
    return item.figure is not None and item.figure.role == "place"
