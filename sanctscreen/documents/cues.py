"""The words that impose, list, remove, amend or accuse, and the grammar they stand in.

Forms of verbs come from ``verbs.tsv``, the constructions from ``templates.tsv``, and the rest
from ``noun_cues.tsv``. A cue that is denied, supposed or wished for carries no status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sanctscreen.data import Row
from sanctscreen.documents import vocabulary

#: How far behind a verb the words "to the SDN List" may stand.
TAIL_REACH = 400
PASSIVE_REACH = 60
FORMS = ("past", "ing", "third", "base")
ADJECTIVE = re.compile(
    r"(?:\bas )?(?:\b(?:an?|the|any|other|another|its|their|with|of) )?"
    r"(?:\b(?:already|previously|currently|now)[- ])?(?:\b[\w.]+-)?"
    r"(?P<word>\b(?:designated|sanctioned|blacklisted)) (?=[\w“\"])"
)
#: The same at the head of a sentence: "Sanctioned businessman A sold …".
OPENING = re.compile(r"(?:Designated|Sanctioned|Blacklisted) (?=(?:[A-Z]\w+ )?[a-z]+ [A-Z])")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give somebody a status.

    Attributes:
        sense: ``designate``, ``remove``, ``amend`` or ``accuse``.
        voice: ``active`` (who it concerns stands behind), ``passive`` (before), ``reduced``
            ("A, sanctioned by …") or ``adjective`` ("the sanctioned bank A").
        tense: ``now``, ``past``, ``perfect``, ``pluperfect``, ``state``, ``gerund``,
            ``infinitive``, ``noun`` or ``present`` ("EU sanctions A": a verb by its subject only).
        start: offset in the sentence.
        end: offset after the words that the list of names follows.
        needs: what else must hold (see ``verbs.tsv``).
    """

    sense: str
    voice: str
    tense: str
    start: int
    end: int
    needs: str = ""


def cues(sentence: str) -> list[Cue]:
    """Return the cues of a sentence in order; where two overlap, the longer one.

    >>> [(each.sense, each.voice, each.tense) for each in cues("A has been sanctioned.")]
    [('designate', 'passive', 'perfect')]
    """
    found: list[Cue] = []
    candidates = [*_nouns(sentence), *_adjectives(sentence), *_verbs(sentence)]
    for each in sorted(candidates, key=lambda each: each.start - each.end):
        if all(each.end <= other.start or each.start >= other.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def _nouns(sentence: str) -> Iterator[Cue]:
    for pattern, row in _noun_patterns():
        for match in pattern.finditer(sentence):
            yield Cue(row["sense"], row["voice"], row["tense"], *match.span(), needs=row["needs"])


def _adjectives(sentence: str) -> Iterator[Cue]:
    """Find "a designated bank", "U.S.-sanctioned", but not "has sanctioned"."""
    for match in ADJECTIVE.finditer(sentence):
        if match.start() < match.start("word"):
            yield Cue(
                "designate", "adjective", "state", match.start(), match.end("word"), "context"
            )
    if opening := OPENING.match(sentence):
        yield Cue("designate", "adjective", "state", 0, opening.end() - 1, "context")


def _verbs(sentence: str) -> Iterator[Cue]:
    """Find verbs with everything that their row asks for."""
    for voice, tense, pattern in _templates():
        for match in pattern.finditer(sentence):
            for row in _verb_forms().get(match["form"].lower(), ()):
                if (end := _complete(row, voice, match, sentence)) is not None:
                    yield Cue(row["sense"], voice, tense, match.start(), end, row["needs"])
                    break


def _complete(row: Row, voice: str, match: re.Match[str], sentence: str) -> int | None:
    """Return where a verb's own words end, or ``None`` where its phrase is not complete."""
    if row["before_object"]:
        tail = _phrase(row["before_object"]).match(sentence, match.end())
        return tail.end() if tail and voice == "active" else None
    if not row["after_object"]:
        return match.end()
    reach = TAIL_REACH if voice == "active" else PASSIVE_REACH
    tail = _phrase(row["after_object"]).search(sentence, match.end(), match.end() + reach)
    if tail is None:
        return None
    return tail.end() if voice != "active" or tail.start() == match.end() else match.end()


@cache
def _phrase(name: str) -> re.Pattern[str]:
    return re.compile(
        r"\s+" + vocabulary.mapping("phrases", "name", "pattern")[name], re.IGNORECASE
    )


@cache
def _adverbs() -> str:
    words = "|".join(sorted(map(re.escape, vocabulary.words("adverbs")), reverse=True))
    return rf"(?:(?:{words}|[a-z]+ly),? )*"


@cache
def _templates() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return voice, tense and pattern of each construction, over all verbs at once."""
    compiled = []
    for row in vocabulary.rows("templates"):
        pattern = row["pattern"].replace("{adv}", _adverbs())
        for form in FORMS:
            verbs = sorted({verb[form] for verb in vocabulary.rows("verbs")}, key=len, reverse=True)
            pattern = pattern.replace(f"{{{form}}}", rf"(?P<form>{'|'.join(verbs)})\b")
        compiled.append((row["voice"], row["tense"], re.compile(rf"(?<![\w-]){pattern}")))
    return tuple(compiled)


@cache
def _verb_forms() -> dict[str, tuple[Row, ...]]:
    forms: dict[str, tuple[Row, ...]] = {}
    for row in vocabulary.rows("verbs"):
        for form in {row[each] for each in FORMS}:
            forms[form] = (*forms.get(form, ()), row)
    return forms


@cache
def _noun_patterns() -> tuple[tuple[re.Pattern[str], Row], ...]:
    return tuple(
        (
            re.compile(r"\b" + row["pattern"].replace("{adv}", _adverbs()) + r"\b", re.IGNORECASE),
            row,
        )
        for row in vocabulary.rows("noun_cues")
    )
