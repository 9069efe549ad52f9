"""From a cue and the words around it to a status, or to none.

A status is what the words of this document support. A perfect without a date ("has been
sanctioned") is ``sanctioned_undated``; "previously", a pluperfect or an earlier date make it
``previously_designated``; a bare "as a designated bank" is ``unclear``.
"""

from __future__ import annotations

import re
from datetime import date

from sanctscreen.documents import vocabulary
from sanctscreen.documents.cues import Cue
from sanctscreen.documents.dates import before
from sanctscreen.model import Status

#: How far around a cue the words reach that may deny, suppose or date it.
REACH = 70
DECIDED = re.compile(
    r"\b(?:moved|decided|agreed|voted|acted|steps|(?:took |taking )?action|order|decision)\s*$"
)
LIFTED = re.compile(
    r"\b(?:were|was|have been|has been|are being|had been) (?:\w+ )?"
    r"(?:lifted|removed|dropped|revoked|terminated|annulled|rescinded)\b"
)
PROGRAMME = re.compile(
    r"\b(?:Executive Order(?: \(E\.?O\.?\))?|E\.O\.|EO)\s*(\d{5})|\[([A-Z][A-Z0-9-]{2,})\]"
    r"|\b(Directive \d[a-z]?)\b"
    r"|\b((?:Council )?(?:Implementing )?Regulation \((?:EU|EC)\) (?:No )?\d+/\d+)"
)


def denied(sentence: str, cue: Cue) -> str | None:
    """Return ``negated`` or ``hypothetical`` where a cue tells of nothing that happened."""
    lead = re.split(r"[;:,]", sentence[max(0, cue.start - REACH) : cue.start])[-1]
    words = lead + sentence[cue.start : cue.end].replace("no longer", "")
    if cue.tense == "infinitive" and not DECIDED.search(lead):
        return "hypothetical"
    if vocabulary.patterns("markers", "meaning", "negated").search(words):
        return "negated"
    if vocabulary.patterns("markers", "meaning", "hypothetical").search(words):
        return "hypothetical"
    return None


def other_sense(sentence: str, cue: Cue) -> bool:
    """Whether "sanctioned" or "designated" here tells of loans, sport and the like."""
    nearby = sentence[max(0, cue.start - REACH) : cue.end + REACH]
    return vocabulary.patterns("markers", "meaning", "other_sense").search(nearby) is not None


def speaks_of_sanctions(text: str) -> bool:
    """Whether a document speaks of sanctions by an authority at all."""
    return vocabulary.patterns("markers", "meaning", "context").search(text) is not None


def status_of(cue: Cue, around: str, day: date | None, *, relative: bool, lead_in: bool) -> Status:
    """Return the status that a cue gives.

    Args:
        cue: the words.
        around: the words beside it that may date it, without descriptions of the parties.
        day: the document's own date, against which a stated date is earlier or not.
        relative: whether the cue stands in a relative clause ("A, which was sanctioned").
        lead_in: whether it leads a list ("the following have been sanctioned:").
    """
    if cue.sense == "accuse":
        return "accused"
    if cue.sense == "remove" or (cue.tense == "noun" and LIFTED.search(around)):
        return "delisted"
    if cue.sense == "amend":
        return "previously_designated"
    if cue.voice == "adjective" and cue_words_unclear(around):
        return "unclear"
    return _designated(cue, around, day, relative=relative, lead_in=lead_in)


def cue_words_unclear(words: str) -> bool:
    """Whether an adjective stands in "as a designated …", which says neither when nor by whom."""
    return re.search(r"\bas an? (?:designated|sanctioned|blacklisted)\b", words) is not None


def _designated(
    cue: Cue, around: str, day: date | None, *, relative: bool, lead_in: bool
) -> Status:
    marked_now = vocabulary.patterns("markers", "meaning", "now").search(around) is not None
    earlier = before(around, day)
    if cue.tense == "pluperfect" or _previously(around):
        return "previously_designated"
    if cue.tense in ("now", "present") or marked_now or earlier is False:
        return "designated"
    if earlier:
        return "previously_designated"
    if lead_in or (cue.voice == "active" and cue.tense != "noun" and not relative):
        return "designated"
    main_clause = cue.voice == "passive" and cue.tense == "past" and not relative
    return "designated" if main_clause else "sanctioned_undated"


def _previously(words: str) -> bool:
    return vocabulary.patterns("markers", "meaning", "previously").search(words) is not None


def programmes(sentence: str) -> tuple[str, ...]:
    """Return the programmes and executive orders that a sentence cites.

    >>> programmes("pursuant to Executive Order 14024 and E.O. 13382")
    ('E.O. 14024', 'E.O. 13382')
    """
    found = (
        f"E.O. {match[1]}" if match[1] else match[2] or match[3] or match[4]
        for match in PROGRAMME.finditer(sentence)
    )
    return tuple(dict.fromkeys(found))


def effects(sentence: str) -> tuple[str, ...]:
    """Return what a sentence says a listing does (``block``, ``travel_ban`` …)."""
    return tuple(
        row["effect"]
        for row in vocabulary.rows("effects")
        if re.search(row["pattern"], sentence, re.IGNORECASE)
    )
