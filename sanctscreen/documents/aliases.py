"""Other names that a document gives behind a name: "(PHL)", "also known as …", "formerly …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctscreen.documents.names import Mention
from sanctscreen.documents.roles import role_of
from sanctscreen.documents.tokens import calendar
from sanctscreen.model import NameType
from sanctscreen.text.scripts import dominant_script

PARENTHESIS = re.compile(r"\s*,?\s*\(([^()]{1,160})\)")
KNOWN_AS = (
    r"(?P<fka>formerly(?: known as)?|previously(?: known as)?|f[./]?k[./]?a\.?:?)|"
    r"(?P<nka>now(?: known as)?|n[./]?k[./]?a\.?:?)|"
    r"(?P<aka>(?:also|better|otherwise|sometimes) known as|known as|a[./]?k[./]?a\.?:?|alias|"
    r"trading as|doing business as|d/b/a|also called|nicknamed|or|"
    r"(?:in )?(?:Russian|Ukrainian|Korean|Chinese|Arabic|Persian|Farsi|Cyrillic|Belarusian|Hangul|"
    r"Japanese|Hebrew|Serbian|Burmese|native script|original script)\s*:)"
)
INSIDE = re.compile(rf"(?:{KNOWN_AS})\s+", re.I)
NAME = (
    r"[“\"'‘]?(?P<name>[^\W_a-z][\w.’'&-]*"
    r"(?:[ -](?:[^\W_a-z][\w.’'&-]*|of|and|the|&|al|bin))*)[”\"'’]?"
)
BESIDE = re.compile(rf"\s*,?\s+(?:{KNOWN_AS})\s+{NAME}")
SEPARATOR = re.compile(r"\s*[;,]\s*(?:or\s+|and\s+)?|\s+or\s+")
QUOTED = re.compile(r"^(?:the )?[“\"'‘](.+?)[”\"'’]$")
#: Defined terms of lawyers ("the “Company”") that name nobody.
GENERIC = re.compile(r"^(?:the |collectively|together|“?the)", re.I)

Alias = tuple[str, NameType, int, int]


def after(mention: Mention, text: str) -> Iterator[Alias]:
    """Yield name, type and the span of text taken, of each other name behind a mention.

    >>> [each[:2] for each in after(Mention(0, 14, "Petrov Holding"), "Petrov Holding (PHL) …")]
    [('PHL', 'aka')]
    """
    place = mention.end
    if match := PARENTHESIS.match(text, place):
        for name, type_ in _inside(match[1], mention):
            yield name, type_, match.start(1), match.end(1)
        place = match.end()
    if (match := BESIDE.match(text, place)) and not match[0].strip(", ").lower().startswith("or "):
        yield match["name"].rstrip(".,"), _type(match), match.start("name"), match.end("name")


def _inside(words: str, host: Mention) -> Iterator[tuple[str, NameType]]:
    """Read a parenthesis; a type holds for the names after it until the next type."""
    type_: NameType = "aka"
    marked = False
    for part in SEPARATOR.split(words):
        match = INSIDE.match(part)
        if match:
            type_, marked = _type(match), True
        rest = part[match.end() :] if match else part
        if name := _name(rest.strip(), host, marked=marked):
            yield name, type_


def _name(part: str, host: Mention, *, marked: bool) -> str | None:
    """Return the name in a part of a parenthesis, or ``None`` where it is no name."""
    quoted = QUOTED.match(part)
    name = (quoted[1] if quoted else part).strip(" .,")
    if not name or GENERIC.match(part) or any(char.isdigit() for char in name):
        return None
    if marked or dominant_script(name) not in ("Latn", "Zyyy"):
        return name
    if role_of(Mention(0, len(name), name)) != "party" or name in calendar():
        return None
    words = name.split()
    acronym = len(words) == 1 and sum(char.isupper() for char in name) >= 2
    shortened = set(words) <= set(host.name.split())
    return name if quoted or acronym or shortened else None


def _type(match: re.Match[str]) -> NameType:
    return "fka" if match["fka"] else "nka" if match["nka"] else "aka"
