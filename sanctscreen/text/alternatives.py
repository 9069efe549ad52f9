"""Names within a name: "X (ex Y)", "X, formerly Y", "X a.k.a. Y" name one party twice."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sanctscreen.data import table

#: A part with fewer letters and digits is no name of its own.
LEAST_LETTERS = 3
_EDGES = " \t\r\n,;:()[]\"'“”«»"


@lru_cache(maxsize=4_096)
def alternatives(name: str) -> tuple[str, ...]:
    """Return the names that a text holds; the text itself where it holds but one.

    >>> alternatives("OCEAN PEARL (ex SEA STAR)")
    ('OCEAN PEARL', 'SEA STAR')
    >>> alternatives("Alexander Express")
    ('Alexander Express',)
    """
    if name.isascii() and not _literal_mark().search(name.lower()):
        return (name,)
    parts = [part.strip(_EDGES) for part in _mark().split(name)]
    names = [part for part in parts if sum(map(str.isalnum, part)) >= LEAST_LETTERS]
    return tuple(dict.fromkeys(names)) if len(names) > 1 else (name,)


@cache
def _literal_mark() -> re.Pattern[str]:
    """Return what a name in ASCII letters must hold, in lower case, if it holds a mark."""
    marks = {row["mark"].lower() for row in table("alternative_marks")}
    return re.compile("|".join(map(re.escape, sorted(marks))))


@cache
def _mark() -> re.Pattern[str]:
    """Return the pattern of all marks, the longest first."""
    rows = sorted(table("alternative_marks"), key=lambda row: -len(row["mark"]))
    return re.compile("|".join(_pattern(row["mark"], row["place"]) for row in rows), re.IGNORECASE)


def _pattern(mark: str, place: str) -> str:
    if mark.endswith("-"):  # "Ex-Im Bank" names no former one
        return r"(?:[(\[]|(?<=\s))\s*" + re.escape(mark) + r"\s*(?!im\b)"
    opening = r"[(\[]\s*" if place == "bracket" else r"(?<![\w/.-])"
    return opening + re.escape(mark) + r"(?=[\s:])[\s:]*"
