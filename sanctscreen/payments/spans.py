"""Where in a text the name stands that a hit was raised by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from sanctscreen.evidence.facts import ACCOUNT, IDENTIFIER
from sanctscreen.evidence.identifiers import given_keys
from sanctscreen.payments.texts import identifiers_in
from sanctscreen.result import Hit
from sanctscreen.text.identifiers import TYPES


def find_span(hit: Hit, text: str) -> tuple[int, int] | None:
    """Return where a name stands in a text: the first position, and the one after the last.

    Spaces, punctuation and case are passed over, so that a word that is broken at the end of a
    line is found. ``None`` where the words that agree are not one stretch of the text. An
    identifier that both share is found in place of the name.
    """
    for fact in hit.facts:
        if fact.name == ACCOUNT and (found := _account(fact.statement, text)):
            return found
        kind, _, value = fact.statement.partition(" ")
        if fact.name == IDENTIFIER and kind in TYPES and (found := _span([_plain(value)], text)):
            return found
    aligned = hit.explanation.alignment.pairs
    words = [_plain(word.origin) for pair in aligned for word in pair.left]
    return _span(words, text)


def _account(statement: str, text: str) -> tuple[int, int] | None:
    """Return where the account stands that a listed bank keeps."""
    for each in identifiers_in(text):
        if statement in map(" ".join, given_keys([each])):
            return _span([_plain(each[1])], text)
    return None


def _span(words: Sequence[str], text: str) -> tuple[int, int] | None:
    """Return where words stand next to each other."""
    letters = [(char, at) for at, each in enumerate(text) for char in _plain(each)]
    plain = "".join(char for char, _ in letters)
    for start in _starts(plain, words):
        length = _stretch(plain[start:], words)
        if length:
            return letters[start][1], letters[start + length - 1][1] + 1
    return None


def _starts(text: str, words: Sequence[str]) -> list[int]:
    """Return every position at which one of the words stands."""
    return sorted(found.start() for word in set(words) for found in _places(word, text))


def _places(word: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(word), text) if word else iter(())


def _stretch(text: str, words: Sequence[str]) -> int:
    """Return the length of the words, in whichever order, at the start of a text; 0 if not."""
    left, at = sorted(words, key=len, reverse=True), 0
    while left:
        found = next((word for word in left if text.startswith(word, at)), None)
        if found is None:
            return 0
        left.remove(found)
        at += len(found)
    return at


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())
