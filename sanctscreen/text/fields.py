"""What the name field of a payment or register holds beside a name: other parties, details.

"Anna Kowalska c/o Kalina Trading LLC" names two parties, and what follows in "Kalina Trading LLC,
12 Main Street" or "Ivan Petrov (born 1970)" is no part of the name. The field is screened as it
stands too, so that nothing is lost where a mark is part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sanctscreen.data import table
from sanctscreen.text.marks import any_of

#: A part with fewer letters is no name; where only punctuation parts two names, or a word that may
#: be one, or a name from an address, each name has so many words.
LEAST_LETTERS, LEAST_WORDS = 3, 2
#: An address begins behind one of so many commas.
MOST_COMMAS = 3
#: Longer texts than two of ISO 20022's longest names are read for the names inside them.
LONGEST = 2 * 140 + 1
#: What stands between two parties, and not between the words of one.
_BETWEEN = re.compile(r"\s*[;|]\s*|\s+[/\u2013\u2014-]+\s+")
_DIGIT = re.compile(r"\d")
#: What identifies somebody: behind one word a shorter number may be part of a name ("Inn 24").
_IDENTIFIER = re.compile(r"\d{5}")
_EDGES = " \t\r\n,;:/|()[]\"'“”«»-"


def names_in(field: str) -> tuple[str, ...]:
    """Return the names that may stand in a field that holds more than a name; none in most.

    >>> names_in("Anna Kowalska c/o Kalina Trading LLC"), names_in("PETROV, Ivan")
    (('Anna Kowalska', 'Kalina Trading LLC'), ())
    >>> names_in("Ivan Petrov (born 1970)"), names_in("Kalina Trading, 12 Main Street")
    (('Ivan Petrov',), ('Kalina Trading',))
    """
    if len(field) > LONGEST:
        return ()
    found = (name for party in _parties(field) for name in _names(party))
    names = dict.fromkeys(name.strip(_EDGES) for name in found)
    names.pop(field.strip(_EDGES), None)
    return tuple(name for name in names if _letters(name) >= LEAST_LETTERS)


def _parties(field: str) -> Iterator[str]:
    """Yield what stands beside the marks of other parties; all of it where there is none."""
    for part in _marks("party").split(field):
        yield part
        for pattern in (_BETWEEN, _marks("between")):
            several = pattern.split(part)
            if len(several) > 1 and all(_words(each) >= LEAST_WORDS for each in several):
                yield from several


def _names(party: str) -> Iterator[str]:
    """Yield a name without the numbers, the relatives and the address behind it."""
    name = _before_relative(_before_details(party))
    yield name
    segments = name.split(",")
    for count in range(1, min(len(segments), MOST_COMMAS + 1)):
        first, rest = ",".join(segments[:count]), ",".join(segments[count:])
        if _words(first) >= LEAST_WORDS and ("," in rest or _DIGIT.search(rest)):
            yield first


def _before_details(party: str) -> str:
    mark = _marks("details").search(party)
    if not mark:
        return party
    before, behind = party[: mark.start()], party[mark.end() :]
    number = _DIGIT if _words(before) >= LEAST_WORDS else _IDENTIFIER
    return before if number.search(behind) else party


def _before_relative(party: str) -> str:
    before = _marks("relative").split(party, maxsplit=1)[0]
    return before if _words(before) >= LEAST_WORDS else party


def _words(text: str) -> int:
    return len(text.split())


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


@cache
def _marks(place: str) -> re.Pattern[str]:
    """Return the pattern of the marks of a sort, the longest first."""
    marks = [row["mark"] for row in table("field_marks") if row["place"] == place]
    return re.compile(any_of(marks) + r"(?![\w/-])[\s:.]*", re.IGNORECASE)
