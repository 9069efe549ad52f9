"""Parties that a text counts and does not name: "five entities and one individual"."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from sanctscreen.documents import vocabulary
from sanctscreen.model import Kind

Slot = tuple[Kind | None, int | None]


def counted(words: str, *, named: bool = False) -> list[Slot]:
    """Return kind and count of each group that words announce; no count where none is given.

    Args:
        words: a part of a list, such as ``"a network of five groups"``.
        named: whether a name follows, so that "a company" is no unnamed one.

    >>> counted("a network of five groups"), counted("some Russian banks")
    ([('entity', 5)], [('entity', None)])
    """
    found: list[Slot] = []
    for match in _pattern().finditer(words):
        kind, number = vocabulary.kind_nouns()[match["noun"].lower()]
        article = match["count"].lower() in ("a", "an", "another")
        if kind and not (article and (named or number == 2)):
            found.append((cast("Kind", kind), _value(match["count"])))
    return found


def plural_kind(words: str) -> Kind | None:
    """Return the kind that a plural noun gives to the names after it ("two individuals, …")."""
    for word in reversed(re.findall(r"[\w-]+", words.lower())):
        kind, number = vocabulary.kind_nouns().get(word, ("", 0))
        if number == 2 and kind:
            return cast("Kind", kind)
    return None


def _value(count: str) -> int | None:
    digits = count.replace(",", "")
    value = int(digits) if digits.isdigit() else vocabulary.numbers()[count.lower()]
    return value or None


@cache
def _pattern() -> re.Pattern[str]:
    """A number, up to four words that are no number and no small word, and a noun of a kind."""
    counts = "|".join(sorted(map(re.escape, vocabulary.numbers()), key=len, reverse=True))
    nouns = "|".join(noun for noun in vocabulary.kind_nouns() if noun != "network")
    gap = rf"(?:(?!(?:of|in|and|for|by|with|on|to|{counts})\b)[\w.’'-]+ ){{0,4}}?"
    return re.compile(
        rf"\b(?P<count>\d{{1,3}}(?:,\d{{3}})?|{counts})(?! of (?:the|his|her|its|their)\b) "
        rf"(?:of )?{gap}(?P<noun>{nouns})\b"
        rf"(?! (?:of|{nouns})\b)",
        re.IGNORECASE,
    )
