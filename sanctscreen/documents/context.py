"""What the words beside a name say of it: kind, places, nationality."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from sanctscreen.documents import vocabulary
from sanctscreen.documents.names import Mention, is_organisation
from sanctscreen.model import Kind

if TYPE_CHECKING:
    from sanctscreen.documents.figures import Figure

APPOSITIVE = re.compile(
    r"(?:\s*\([^()]*\))?\s*(?:,\s+|\s+(?:is|was)\s+|\s+[–—-]\s+|:\s+)(?P<words>[^,.;:()\n]{3,120})"
)
LOCATED = re.compile(
    r"(?:\s*\([^()]*\))?,?\s+(?:(?:which|who) (?:is|was) )?"
    r"(?:(?:based|located|headquartered|registered|incorporated|domiciled|resident|living) )?"
    r"(?:in|near|out of)\s+(?:the )?(?:[a-z]+ (?:of )?){0,3}"
    r"(?P<place>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*(?:, [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*)?)"
)
OF_PLACE = re.compile(r"\bof (?P<place>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*), (?:the )?$")
BASED = (
    r"(?P<place>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*)-"
    r"(?:based|registered|incorporated|headquartered|flagged|domiciled)\b"
)
#: "Dubai-based A", "the Dubai-based trader A"; and "A, a Dubai-based trader".
BASED_BEFORE = re.compile(BASED + r"(?: [a-z-]+){0,4} $")
BASED_BEHIND = re.compile(r"an? (?:[a-z-]+ ){0,3}" + BASED)
NOUN_STOP = frozenset(
    "of in at for from with by who which that whose based linked owned located headquartered "
    "registered responsible involved accused known acting working and on to under near".split()
)
#: Where an adjective of nationality stands: right before a name, or early in an appositive.
ADJACENT = r"\b({}) (?:(?!who|which|that|and|is|was)[a-z-]+ ){{0,3}}$"
LEADING = r"^(?:[a-z-]+ ){{1,4}}({}) [a-z]"
#: Adjectives that tell whose action it is and not where a party comes from.
AUTHORITATIVE = frozenset(["US", "U.S.", "UK", "European", "West", "American", "British"])
BEFORE_LENGTH = 60


def describe(figure: Figure, mention: Mention, text: str) -> None:
    """Add to a figure what the words around one of its mentions say of it."""
    before = text[max(0, mention.start - BEFORE_LENGTH) : mention.start]
    head = re.split(r"[.;:()\n]|,\s(?!$)", before)[-1]
    appositive = APPOSITIVE.match(text, mention.end)
    phrase = appositive["words"] if appositive else ""
    phrase = "" if re.match(r"(?:and|or|but|along|as)\b", phrase) else phrase
    noun = (
        _kind_before(head)
        or _kind_behind(mention, text)
        or (
            _kind_of(phrase)
            if re.match(r"(?:an?|the|one|its|his|her|who|[a-z])\b", phrase)
            else None
        )
    )
    if noun == "vessel" or figure.kind is None:
        figure.kind = noun or figure.kind
    _places(figure, mention, text, head, phrase)
    for adjective in (*_nationality(head, ADJACENT), *_nationality(phrase, LEADING)):
        if _person(figure, mention):
            figure.nationalities.setdefault(adjective)
        else:
            figure.places.setdefault(vocabulary.demonyms()[adjective])


def _kind_before(head: str) -> Kind | None:
    """Return the kind of the common noun that stands right before a name."""
    words = re.findall(r"[\w’'-]+", head)
    kind, _ = vocabulary.kind_nouns().get(words[-1].lower() if words else "", ("", 0))
    return "vessel" if re.search(r"\b(?:M/V|M/T|MV|F/V)\s*$", head) else cast("Kind", kind) or None


def _kind_behind(mention: Mention, text: str) -> Kind | None:
    """Return the kind of the noun right behind a name, of things only ("the Vela Star tanker")."""
    word = re.match(r" ([a-z]+)\b", text[mention.end : mention.end + 20])
    kind, number = vocabulary.kind_nouns().get(word[1] if word else "", ("", 0))
    return cast("Kind", kind) if number == 1 and kind in ("entity", "vessel") else None


def _kind_of(phrase: str) -> Kind | None:
    """Return the kind of the noun that heads an appositive: "a Russian bank owner"."""
    last = None
    for word in re.findall(r"[\w’'-]+", phrase)[:9]:
        if word.lower() in NOUN_STOP and last:
            break
        kind, number = vocabulary.kind_nouns().get(word.lower(), ("", 0))
        last = kind if number == 1 else last
    return cast("Kind | None", last)


def _person(figure: Figure, mention: Mention) -> bool:
    return figure.kind == "person" or (
        figure.kind is None and not any(is_organisation(word) for word in mention.name.split())
    )


def _places(figure: Figure, mention: Mention, text: str, head: str, phrase: str) -> None:
    names = vocabulary.words("places", "name")
    for match in (
        LOCATED.match(text, mention.end),
        OF_PLACE.search(text[max(0, mention.start - BEFORE_LENGTH) : mention.start]),
        BASED_BEFORE.search(head),
        BASED_BEHIND.match(phrase),
    ):
        if match and match["place"].split(", ")[0].rstrip(".") in names:
            figure.places.setdefault(match["place"].rstrip("."))


def _nationality(words: str, where: str) -> list[str]:
    """Return the adjective of a place in the words beside a name, as written."""
    match = _adjective(where).search(words)
    return [match[1]] if match and match[1] not in AUTHORITATIVE else []


@cache
def _adjective(where: str) -> re.Pattern[str]:
    forms = sorted(vocabulary.demonyms(), key=len, reverse=True)
    return re.compile(where.format("|".join(map(re.escape, forms))))
