"""Lists of names: what a verb acts on, who a sentence is about.

"A, a Russian banker, his company B (BB) and C, based in D, for …" lists A, B and C. The words
that end a list or begin a description stand in ``stop_words.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sanctscreen.documents import vocabulary
from sanctscreen.documents.figures import Cast, Figure
from sanctscreen.documents.tokens import Token, tokens

SEPARATORS = frozenset([",", ";", "and", "including", "namely", ":", "&", "plus"])
HARD = frozenset([",", ";", "including", "namely", ":"])
RELATIVES = frozenset(["who", "which", "whose", "whom", "that", "where"])
#: A preposition repeated inside a list: "sanctions on A and on B".
REPEATED = frozenset(["on", "against", "upon"])
ENUMERATOR = re.compile(r"\((?:[ivx]+|\d{1,2}|[a-h])\)")
DASHES = frozenset("–—")
QUOTES = frozenset("“”\"'‘’«»")


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a sign or a whole name; a name carries the figure it stands for."""

    text: str
    start: int
    end: int
    figure: Figure | None = None
    possessive: bool = False

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    @property
    def listable(self) -> bool:
        """Whether it names somebody whom a list of names may hold."""
        return self.figure is not None and self.figure.role in ("party", "authority")


@dataclass
class Listing:
    """What a list of names held.

    Attributes:
        parts: the words before a name, or of a part without one, and the name if there is one.
        end: offset where reading stopped.
    """

    parts: list[tuple[str, Item | None]] = field(default_factory=list)
    end: int = 0

    @property
    def figures(self) -> list[Figure]:
        """The figures named, each once, in order."""
        named = [item.figure for _, item in self.parts if item is not None and item.figure]
        return list({id(each): each for each in named}.values())


def items(cast: Cast, start: int, end: int) -> list[Item]:
    """Return the words and names between two offsets, without parentheses and quotes.

    A numbering in parentheses separates like a semicolon.
    """
    text = _blank_parentheses(cast.text[start:end])
    found: list[Item] = []
    for token in tokens(text, start):
        if found and token.start < found[-1].end:
            continue
        found.append(_item(cast, token))
    return [each for each in found if each.text not in QUOTES]


def _item(cast: Cast, token: Token) -> Item:
    figure = cast.at(token.start)
    if figure is None:
        return Item(token.text, token.start, token.end)
    mention = next(each for each in figure.mentions if each.start == token.start)
    end = max(token.end, mention.end)
    return Item(mention.name, mention.start, end, figure, mention.possessive)


def _blank_parentheses(text: str) -> str:
    text = ENUMERATOR.sub(lambda match: ";" + " " * (len(match[0]) - 1), text)
    return re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text)


def listing(stream: list[Item], *, subject: bool = False) -> Listing:
    """Read a list of names from the head of a stream of words.

    Args:
        stream: the words after a verb, or those of a clause before it.
        subject: whether the stream is a clause, which may open with an adverbial ("On Monday,").
    """
    found = Listing(end=stream[0].start if stream else 0)
    skipping = opened = False
    for part in _parts(stream):
        separator, words = part
        if skipping and separator not in HARD:
            continue
        skipping = False
        if not words:
            continue
        verdict = _read(words, found, first=not opened, subject=subject)
        if verdict == "end":
            break
        skipping = verdict == "skip"
        opened = opened or verdict != "intro"
    return found


def _parts(stream: list[Item]) -> list[tuple[str, list[Item]]]:
    """Split a stream at commas, semicolons and "and"; each part knows what stood before it."""
    parts: list[tuple[str, list[Item]]] = [("", [])]
    for item in stream:
        if item.figure is None and (item.lower in SEPARATORS or item.text in DASHES):
            parts.append((item.lower if item.text not in DASHES else ",", []))
        else:
            parts[-1][1].append(item)
    return parts


def _read(words: list[Item], found: Listing, *, first: bool, subject: bool) -> str:
    """Read one part of a list; say whether to go on, to skip to the next comma, or to end."""
    if words[0].lower in REPEATED and any(each.listable for each in words[1:3]):
        words = words[1:]
    if effect := _effect(words[0]):
        adverbial = subject and first
        return "intro" if adverbial else "skip" if effect == "skip" else "end"
    place = _named(words)
    before = words if place is None else words[:place]
    if place is None or any(_effect(each) == "stop" for each in before):
        return _unnamed(before, found, first=first, subject=subject)
    if any(_effect(each) == "skip" or each.lower in RELATIVES for each in before):
        return _attached(before, found, first=first)
    after = words[place + 1 :]
    if not first and not subject and _new_clause(after):
        return "end"
    found.parts.append((_join(before), words[place]))
    found.end = words[place].end
    return _continues(after, subject=subject)


def _new_clause(after: list[Item]) -> bool:
    """Whether a verb follows a name, which so is a new subject: "…, minister B says"."""
    if not after or after[0].figure is not None:
        return False
    word = after[0].text
    verb = re.fullmatch(r"[a-z]+(?:ed|s)", word) is not None and not _effect(after[0])
    return verb or word in vocabulary.words("speech")


def _named(words: list[Item]) -> int | None:
    """Return the place of the name that a part is about.

    A genitive is not what a part is about, nor is the first name of "A director B" or that of
    "A officials".
    """
    for place, item in enumerate(words):
        if item.listable and not item.possessive and not _modifies(words, place):
            return place
    return None


def _modifies(words: list[Item], place: int) -> bool:
    """Whether the nouns behind a name make it their adjective."""
    nouns: list[str] = []
    for item in words[place + 1 :]:
        if item.figure is not None or _effect(item):
            break
        nouns.append(item.lower)
    numbers = [
        vocabulary.kind_nouns()[noun] for noun in nouns[:3] if noun in vocabulary.kind_nouns()
    ]
    leads_on = any(each.listable for each in words[place + 1 + len(nouns) : place + 2 + len(nouns)])
    if any(number == 2 for _, number in numbers[:1]) and not leads_on:
        return True
    return leads_on and any(kind == "person" for kind, _ in numbers)


def _unnamed(words: list[Item], found: Listing, *, first: bool, subject: bool) -> str:
    """A part without a name: a count of parties, a description, or no parties at all."""
    about_parties = parties_noun(_head(words)) or _leads_with_place(words)
    if first and not subject and not about_parties:
        return "end"
    found.parts.append((_join(_until_stop(words)), None))
    found.end = words[-1].end
    if any(_effect(each) == "stop" for each in words):
        return "intro" if first and subject else "end"
    return "skip" if len(_head(words).split()) < len(words) else "go"


def _attached(before: list[Item], found: Listing, *, first: bool) -> str:
    """A name inside a description ("companies linked to A") is no part of the list."""
    found.parts.append((_join(before), None))
    found.end = before[-1].end
    return "end" if first and not parties_noun(_head(before)) else "skip"


def _head(words: list[Item]) -> str:
    """Return the words up to the first that begins a description; "of" does not."""
    for place, item in enumerate(words):
        if _effect(item) == "skip" and item.lower not in ("of", "consisting", "comprising"):
            return _join(words[:place])
    return _join(words)


def _continues(after: list[Item], *, subject: bool) -> str:
    """Whether a list goes on behind a name, by the words that follow it."""
    for place, item in enumerate(after[:2]):
        if item.lower in vocabulary.kind_nouns():
            after = after[place + 1 :]
            break
    if not after:
        return "go"
    effect = _effect(after[0])
    if effect == "stop" or any(_effect(each) == "stop" for each in after):
        return "end" if not subject else "go"
    if effect == "skip" and all(
        each.figure is not None for each in after[1:] if each.lower != "the"
    ):
        return "go"
    return "skip" if effect == "skip" else "end"


def _until_stop(words: list[Item]) -> list[Item]:
    for place, item in enumerate(words):
        if _effect(item) == "stop":
            return words[:place]
    return words


def _leads_with_place(words: list[Item]) -> bool:
    """Whether a part is about a state itself: "Iran and Example Bank"."""
    first = next((each for each in words if each.lower != "the"), None)
    return first is not None and first.figure is not None and first.figure.role == "place"


def _effect(item: Item) -> str:
    """Return ``stop``, ``skip`` or nothing; a participle in -ing begins a description."""
    if item.figure is not None:
        return ""
    effect = vocabulary.mapping("stop_words", "word", "effect").get(item.lower, "")
    if effect or not re.fullmatch(r"[a-z]{3,}ing", item.text) or item.lower in SEPARATORS:
        return effect
    noun = item.text.title() in vocabulary.words("organisation_words") or item.text == "following"
    return "" if noun else "skip"


def parties_noun(words: str) -> bool:
    """Whether words speak of several parties or of one: "five entities", "a network of …"."""
    known = vocabulary.kind_nouns()
    return any(each in known or each in ("network", "following") for each in words.lower().split())


def _join(words: list[Item]) -> str:
    return " ".join(each.text for each in words if each.text[0].isalnum())
