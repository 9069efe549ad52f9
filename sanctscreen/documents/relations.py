"""Who did what with whom, as a document states it, from the verbs in ``relations.tsv``.

A purpose ("to establish …") is that of whoever the statement before it in the sentence ends
with: "A cooperating with B to establish C" makes A and B establish C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sanctscreen.documents import slots, vocabulary
from sanctscreen.documents.citing import attribution
from sanctscreen.documents.cues import Cue, cues
from sanctscreen.documents.figures import Cast
from sanctscreen.documents.model import Document
from sanctscreen.documents.phrases import RELATIVES, Item, items, listing, parties_noun
from sanctscreen.documents.roles import REASONS, authority
from sanctscreen.documents.sentences import Sentence
from sanctscreen.documents.statuses import denied
from sanctscreen.model import Citation, LeftOut, Relation

IMPOSED = "imposed sanctions on"
DETERMINERS = frozenset(["a", "an", "the", "another", "its", "their", "his", "her"])
ACCUSED_OF = re.compile(r"\s*of\s+(?:an?\s+|another\s+|the\s+)?")
OBJECT_REACH = 200
#: What may stand between an object and its participle: "funds, until then held in …".
GAP = re.compile(r",?(?: [a-z]+){0,3}")


@dataclass(frozen=True)
class Side:
    """One side of a relation: a party by name, or the document's own words."""

    text: str
    start: int
    end: int
    named: bool

    @property
    def words(self) -> str:
        """The words without article."""
        first, _, rest = self.text.partition(" ")
        return rest if not self.named and first.lower() in DETERMINERS and rest else self.text


@dataclass(frozen=True)
class Stated:
    """A relation with all its subjects and objects, at its place in a sentence."""

    subjects: tuple[Side, ...]
    label: str
    objects: tuple[Side, ...]
    voice: str
    attribution: str
    start: int
    end: int


def stated_relations(lines: list[Sentence], cast: Cast) -> list[Stated]:
    """Return the relations of a document, in order."""
    return [each for line in lines if not line.heading for each in _of_sentence(line, cast)]


def records(document: Document, stated: list[Stated]) -> tuple[Relation, ...]:
    """Return one record per pair of subject and object, each once."""
    found: dict[tuple[str, str, str], Relation] = {}
    for each in stated:
        words = document.text[each.start : each.end]
        citation = Citation(source=document.id, start=each.start, end=each.end, words=words)
        for subject in each.subjects:
            for target in each.objects:
                key = (subject.words, each.label, target.words)
                found.setdefault(
                    key,
                    Relation(
                        subject=key[0],
                        relation=key[1],
                        object=key[2],
                        attribution=each.attribution,
                        citation=citation,
                    ),
                )
    return tuple(found.values())


def mentioned_unnamed(document: Document, stated: list[Stated]) -> tuple[LeftOut, ...]:
    """Return the unnamed parties that relations speak of ("a company headquartered in …")."""
    found: dict[str, LeftOut] = {}
    for each in stated:
        for side in (*each.subjects, *each.objects):
            if not side.named and each.label != IMPOSED and slots.counted(side.text):
                found.setdefault(
                    side.text,
                    LeftOut(
                        name=side.text,
                        role="unnamed",
                        reason=REASONS["unnamed"],
                        citation=Citation(
                            source=document.id, start=side.start, end=side.end, words=side.text
                        ),
                    ),
                )
    return tuple(found.values())


def _of_sentence(line: Sentence, cast: Cast) -> list[Stated]:
    found: list[Stated] = []
    for start, end, voice, label in _verbs(line.text):
        cue = Cue("relation", voice, "past", start, end)
        if denied(line.text, cue) is None:
            stated = _state(line, cue, label, cast, found[-1] if found else None)
            if stated.subjects and stated.objects:
                found.append(stated)
    return found


def _verbs(sentence: str) -> list[tuple[int, int, str, str]]:
    """Return start, end, voice and label of the verbs, the longest where two overlap."""
    found: list[tuple[int, int, str, str]] = []
    for pattern, voice, label in _patterns():
        for match in pattern.finditer(sentence):
            kept = match.groupdict().get("keep") or ""
            found.append((*match.span(), voice, label.replace("{keep}", kept)))
    found.extend(
        (cue.start, cue.end, "accusation", "accused of")
        for cue in cues(sentence)
        if cue.sense == "accuse" and cue.voice == "active"
    )
    chosen: list[tuple[int, int, str, str]] = []
    for each in sorted(found, key=lambda each: each[0] - each[1]):
        if all(each[1] <= other[0] or each[0] >= other[1] for other in chosen):
            chosen.append(each)
    return sorted(chosen)


def _state(line: Sentence, cue: Cue, label: str, cast: Cast, previous: Stated | None) -> Stated:
    behind = items(cast, line.start + cue.end, min(line.end, line.start + cue.end + OBJECT_REACH))
    before = items(cast, line.start, line.start + cue.start)
    whose = "fact" if label == IMPOSED else attribution(line, cast)
    span = (line.start + cue.start, line.start + cue.end)
    if cue.voice == "accusation":
        return _accusation(line, cast, behind, span)
    after = _after(behind, cast)
    if cue.voice == "purpose":
        subjects = _continued(previous)
        return Stated(subjects, label, after, cue.voice, whose, *span)
    if cue.voice == "passive":
        patient = _passive_patient(before, previous, cast)
        return Stated(after, label, patient, cue.voice, whose, *span)
    subjects = _imposing(before, line, cast) if label == IMPOSED else _nearest(before)
    if not any(each.named or (label == IMPOSED and parties_noun(each.text)) for each in after):
        return Stated((), label, (), cue.voice, whose, *span)
    return Stated(subjects, label, after, cue.voice, whose, *span)


def _continued(previous: Stated | None) -> tuple[Side, ...]:
    if previous is None:
        return ()
    mutual = previous.voice == "mutual"
    return (*previous.subjects, *previous.objects) if mutual else previous.objects


def _accusation(line: Sentence, cast: Cast, behind: list[Item], span: tuple[int, int]) -> Stated:
    """Read "accused A of a plot to use B": A, accused of plot to use, B."""
    whose = attribution(line, cast)
    nobody = Stated((), "", (), "accusation", whose, *span)
    accused = next((each for each in behind[:6] if each.listable and not each.possessive), None)
    matter = ACCUSED_OF.match(cast.text, accused.end) if accused else None
    if accused is None or matter is None:
        return nobody
    rest = items(cast, matter.end(), line.end)
    target = next((each for each in rest if each.listable and _is_party(each)), None)
    end = target.start if target else matter.end()
    label = "accused of " + re.sub(r"\s+(?:the|an?)$", "", cast.text[matter.end() : end].strip())
    if target is None or len(label) > 60:
        phrase = _words(rest)
        objects = (_side(phrase, cast),) if phrase else ()
        return Stated((_name(accused),), "accused of", objects, "accusation", whose, *span)
    return Stated(
        (_name(accused),), label, (_name(target),), "accusation", whose, span[0], matter.end()
    )


def _after(behind: list[Item], cast: Cast) -> tuple[Side, ...]:
    """Return whom or what stands behind a verb: names, or the words of one phrase."""
    found = [item for _, item in listing(behind).parts if item and _is_party(item)]
    if not found:
        found = _described_names(behind)
    if found:
        return tuple(_name(each) for each in found)
    phrase = _words(behind)
    return (_side(phrase, cast),) if phrase else ()


def _described_names(behind: list[Item]) -> list[Item]:
    """Find the names that an apposition gives: "by the state-owned banks of C, A and B"."""
    if not behind or behind[0].lower not in DETERMINERS:
        return []
    comma = next((place for place, each in enumerate(behind) if each.text == ","), None)
    if comma is None or not any(each.lower in vocabulary.kind_nouns() for each in behind[:comma]):
        return []
    return [item for _, item in listing(behind[comma + 1 :]).parts if item and _is_party(item)]


def _passive_patient(before: list[Item], previous: Stated | None, cast: Cast) -> tuple[Side, ...]:
    if previous and GAP.fullmatch(
        cast.text, previous.objects[-1].end, before[-1].end if before else 0
    ):
        return previous.objects
    if before and before[-1].listable and _is_party(before[-1]):
        return (_name(before[-1]),)
    phrase: list[Item] = []
    for item in reversed(before[-8:]):
        phrase.insert(0, item)
        if item.lower in DETERMINERS:
            return (_side(phrase, cast),)
        if item.text in ",;:" or item.listable:
            return ()
    return ()


def _nearest(before: list[Item]) -> tuple[Side, ...]:
    party = next(
        (each for each in reversed(before) if _is_party(each) and not each.possessive), None
    )
    return (_name(party),) if party else ()


def _imposing(before: list[Item], line: Sentence, cast: Cast) -> tuple[Side, ...]:
    """Return who imposes: the authority of the sentence, or the state that acts."""
    everyone = [*before, *items(cast, before[-1].end if before else line.start, line.end)]
    for item in (*reversed(before), *everyone):
        if item.figure is not None and item.figure.role == "authority":
            return (Side(authority(item.text) or item.text, item.start, item.end, named=True),)
    state = next(
        (each for each in reversed(before) if each.figure and each.figure.role == "place"), None
    )
    return (Side(state.text, state.start, state.end, named=True),) if state else ()


def _is_party(item: Item) -> bool:
    return item.figure is not None and item.figure.role == "party"


def _name(item: Item) -> Side:
    name = item.figure.name if item.figure else item.text
    return Side(name, item.start, item.end, named=True)


def _words(stream: list[Item]) -> list[Item]:
    """Return the words of one phrase, up to a comma, a relative pronoun or a stop word."""
    effects = vocabulary.mapping("stop_words", "word", "effect")
    for place, item in enumerate(stream):
        bounded = item.text in ",;:.–—" or item.lower in RELATIVES
        if bounded or (item.figure is None and effects.get(item.lower) == "stop"):
            return stream[:place]
    return stream


def _side(phrase: list[Item], cast: Cast) -> Side:
    start, end = phrase[0].start, phrase[-1].end
    return Side(" ".join(cast.text[start:end].split()), start, end, named=False)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(rf"\b(?:{row['pattern']})(?!\w)"), row["voice"], row["label"])
        for row in vocabulary.rows("relations")
    )
