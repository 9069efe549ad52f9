"""Short forms that are made of the initials of the other words of a name."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import takewhile
from operator import eq

from sanctscreen.data import table

#: Initials of fewer words are no short form, and words of fewer letters have none in it.
LEAST_INITIALS = 3
_BRACKETED = re.compile(r"[(\[]\s*([^\W\d_]{2,8})\s*[)\]]")
_VOWEL = re.compile("[aeiou]")
_WORD = re.compile(r"[^\W\d_]+")


def drop_initialism(text: str) -> str:
    """Drop a short form that is made of the initials of the other words.

    In brackets, one of its letters may come from a word that is missing; at the end it may leave
    words out; elsewhere it must spell the words right before it.

    >>> drop_initialism("mujahidin indonesia barat (mib)")
    'mujahidin indonesia barat'
    >>> drop_initialism("doostan international company (dico)")
    'doostan international company'
    >>> drop_initialism("haqqani network (hqn)")
    'haqqani network'
    >>> drop_initialism("south shipping line iran ssl")
    'south shipping line iran'
    >>> drop_initialism("industrial factories of precision ifp machinery")
    'industrial factories of precision machinery'
    """
    for found in _BRACKETED.finditer(text) if "(" in text or "[" in text else ():
        rest = " ".join((text[: found.start()] + " " + text[found.end() :]).split())
        if _shortens(found[1], _WORD.findall(rest)):
            return rest
    words = text.split()
    kept = _without_spelled(_without_last(words))
    return " ".join(kept) if len(kept) < len(words) else text


def _without_spelled(words: list[str]) -> list[str]:
    """Leave out what spells the words right before it, small ones not counted."""
    if len(words) <= LEAST_INITIALS:
        return words
    kept = []
    before = ""  # the initials so far
    for word in words:
        if len(word) < LEAST_INITIALS:
            kept.append(word)
            continue
        if not before.endswith(word) or word in _meaning():
            kept.append(word)
        before += word[0]
    return kept


def _without_last(words: list[str]) -> list[str]:
    """Leave the last word out if it runs through initials from the first one on."""
    last, first = (words[-1], words[0][0]) if words else ("", "")
    if len(last) < LEAST_INITIALS or (first.isalpha() and first != last[0]):
        return words
    before = _WORD.findall(" ".join(words[:-1]))
    initials = "".join(word[0] for word in before)
    if last[0] != initials[:1] or last in _meaning():
        return words
    if _runs_through(last, initials) or _begins_several(last, before):
        return [word for word in words[:-1] if _WORD.search(word)]
    return words


def _runs_through(letters: str, text: str) -> bool:
    """Tell whether the letters come in this order in a text, others between them or not."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _shortens(short: str, words: list[str]) -> bool:
    """Tell whether a word in brackets is made of beginnings of the others."""
    missing = sum((Counter(short) - Counter(word[0] for word in words)).values())
    allowed = 1 if len(short) >= LEAST_INITIALS and short not in _meaning() else 0
    return missing <= allowed or _begins_several(short, words) or _has_consonants(short, words)


def _has_consonants(short: str, words: list[str]) -> bool:
    """Tell whether a short form is consonants of the name, from its first letter on ("hqn")."""
    text = "".join(words)
    return not _VOWEL.search(short) and short[0] == text[:1] and _runs_through(short, text)


def _begins_several(short: str, words: list[str]) -> bool:
    one = any(word.startswith(short) for word in words)
    return not one and _begins(short, words)


def _begins(short: str, words: list[str]) -> bool:
    """Tell whether a short form is the beginnings of words in their order, one after another."""
    reached = {0}  # how much of the short form the words so far may have spelled
    for word in words:
        for start in tuple(reached):
            same = map(eq, short[start:], word)
            reached.update(at for at, _ in enumerate(takewhile(bool, same), start + 1))
    return len(short) in reached


@cache
def _meaning() -> frozenset[str]:
    """Return the words that say something of their own: "(UAE)" where, and "ltd" what it is."""
    legal = (row["form"].split()[-1] for row in table("legal_forms"))
    return frozenset((*legal, *(row["form"] for row in table("countries"))))
