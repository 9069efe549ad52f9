"""Names within a name: "X (ex Y)", "X, formerly Y", "X a.k.a. Y" name one party twice."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from sanctscreen.data import table
from sanctscreen.text.fields import names_in
from sanctscreen.text.marks import any_of
from sanctscreen.text.twice import ways

#: A part with fewer letters and digits is no name of its own.
LEAST_LETTERS = 3
_EDGES = " \t\r\n,;:()[]\"'“”«»"
_PLAIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff .&',-]*")
#: What parts words, and the letters of Turkish that patterns take for an *i*.
_APART = str.maketrans(",'\u0131", "  i", ".\u0307")


@lru_cache(maxsize=1_024)
def alternatives(name: str) -> tuple[str, ...]:
    """Return the names that a text holds; the text itself where it holds but one.

    >>> alternatives("OCEAN PEARL (ex SEA STAR)")
    ('OCEAN PEARL', 'SEA STAR')
    >>> alternatives("Alexander Express")
    ('Alexander Express',)
    """
    if is_plain(name):
        return (name,)
    parts = [part.strip(_EDGES) for part in _mark().split(name)]
    names = [part for part in parts if sum(map(str.isalnum, part)) >= LEAST_LETTERS]
    return tuple(dict.fromkeys(names)) if len(names) > 1 else (name,)


def sought(name: str) -> tuple[str, ...]:
    """Return the names by which somebody is looked up who is written so.

    >>> sought("Ivan Petrov (Иван Петров)")
    ('Ivan Petrov (Иван Петров)', 'Ivan Petrov', 'Иван Петров')
    """
    if is_plain(name):
        return (name,)
    every = alternatives(name) + names_in(name)
    return tuple(dict.fromkeys([*every, *(way for each in every for way in ways(each))]))


def is_plain(name: str) -> bool:
    """Tell of most names that are one, and written once, that they are, for little.

    They have Latin letters, and no mark but those of names; no word of them begins a mark, and
    none stands twice.
    """
    if _PLAIN.fullmatch(name) is None or " -" in name or name.count(",") > 1:
        return False
    folded = name.casefold()
    words = folded.translate(_APART).split()
    is_marked = "ex-" in folded or not _openings().isdisjoint(words)
    return not is_marked and len(set(words)) == len(words)


@cache
def _openings() -> frozenset[str]:
    """Return the words that marks begin with, without dots."""
    rows = (*table("alternative_marks"), *table("field_marks"))
    return frozenset(row["mark"].casefold().translate(_APART).split()[0] for row in rows)


@cache
def _mark() -> re.Pattern[str]:
    """Return the pattern of all marks; "Ex-Im Bank" names no former one."""
    marks = defaultdict(list)
    for row in table("alternative_marks"):
        marks["joined" if row["mark"].endswith("-") else row["place"]].append(row["mark"])
    bracketed, joined = ("|".join(map(re.escape, marks[each])) for each in ("bracket", "joined"))
    words = rf"(?:{any_of(marks['anywhere'])}|[(\[]\s*(?:{bracketed}))(?=[\s:])[\s:]*"
    return re.compile(rf"{words}|(?:[(\[]|(?<=\s))\s*(?:{joined})\s*(?!im\b)", re.IGNORECASE)
