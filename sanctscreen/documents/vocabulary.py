"""The tables of ``sanctscreen/data/documents`` as the sets and patterns that the rules ask for."""

from __future__ import annotations

import re
from functools import cache

from sanctscreen import data

CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def plain(word: str) -> str:
    """Fold typographic quotes, so that a table needs one spelling only."""
    return word.translate(CURLY)


def rows(name: str) -> tuple[data.Row, ...]:
    """Return a table of this room."""
    return data.table(f"documents/{name}")


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """Return one column of a table as a set."""
    return frozenset(plain(row[column]) for row in rows(name))


@cache
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """Return two columns of a table as a dict; keys have plain quotes."""
    return {plain(row[key]): row[value] for row in rows(name)}


@cache
def patterns(name: str, column: str, value: str) -> re.Pattern[str]:
    """Return the patterns of the rows whose ``column`` is ``value`` as one pattern."""
    chosen = [row["pattern"] for row in rows(name) if row[column] == value]
    return re.compile(
        "|".join(chosen), 0 if value in ("context", "hypothetical") else re.IGNORECASE
    )


@cache
def instrument() -> re.Pattern[str]:
    """Return what marks a capitalised phrase as a law, an order, a list or a programme."""
    return re.compile("|".join(row["pattern"] for row in rows("instruments")))


@cache
def demonyms() -> dict[str, str]:
    """Return adjective of a place → the shortest name of the place."""
    found: dict[str, str] = {}
    for row in sorted(rows("places"), key=lambda row: len(row["name"])):
        for form in filter(None, row["demonyms"].split("|")):
            found.setdefault(form, row["name"])
    return found


@cache
def leading_demonym() -> re.Pattern[str]:
    """Return the pattern of one demonym at the head of a phrase, the longest first."""
    forms = sorted(demonyms(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, forms))})(?=\s)")


@cache
def numbers() -> dict[str, int]:
    """Return number word → value; 0 means that the text gives no number."""
    return {row["word"]: int(row["value"]) for row in rows("numbers")}


@cache
def kind_nouns() -> dict[str, tuple[str, int]]:
    """Return common noun → kind and grammatical number (1 or 2)."""
    return {row["word"]: (row["kind"], int(row["number"])) for row in rows("kind_nouns")}
