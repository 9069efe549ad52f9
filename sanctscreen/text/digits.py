"""Digits that stand for letters, as typists who hide a name and scanners who misread it write them.

Only a digit where no numeral stands is read so: "v1lla" and "c0." hold none, "no.8" does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sanctscreen.data import table
from sanctscreen.text.rarity import attested

_DIGIT = re.compile(r"\d")
#: The Arabic article before its hyphen.
_ARTICLE = re.compile(r"(?<=\b[aeu])1(?=-[^\W\d_])")
#: Inside a word in Latin letters; before three letters of it, where it is no ordinal; a zero
#: after letters; and a digit among dotted initials ("5.a.l.").
_LATIN = "[a-z\u00df-\u024f]"
_STANDING = re.compile(
    rf"(?<={_LATIN})[0-9]{{1,3}}(?={_LATIN})"
    rf"|\b[0-9](?={_LATIN}{{3}})(?!(?:st|nd|rd|th)\b)"
    rf"|(?<={_LATIN})0\b"
    rf"|\b[0-9](?=\.{_LATIN}\b)"
    rf"|(?<=\b{_LATIN}\.)[0-9](?=\.)"
)
#: A one that may end a longer word.
_ENDING = re.compile(r"(?<=[^\W\d_]{4})1\b")
_BETWEEN_WORDS = re.compile(r"(\W+)")


def read_digits(text: str) -> str:
    """Read digits inside words as the letters that they stand for.

    A one is read as *l* where that alone makes a word that is known to exist, else as *i*.

    >>> read_digits("m1kha1l lv0vich, 5heng no.8 1st dongfeng6")
    'mikhail lvovich, sheng no.8 1st dongfeng6'
    >>> read_digits("g10b4l stee1 c0. 5.a.l.")
    'global steel co. s.a.l.'
    """
    if not _DIGIT.search(text):
        return text
    text = _ARTICLE.sub("l", text)
    usual = _read(text, _letters())
    if "1" not in text:
        return usual
    other = _read(_ENDING.sub("l", text), _letters() | {"1": "l"})
    words = zip(_BETWEEN_WORDS.split(usual), _BETWEEN_WORDS.split(other), strict=True)
    return "".join(_known(left, right) for left, right in words)


def letters_for_digits(word: str) -> str:
    """Read every digit of a word as a letter, unless it is a number.

    >>> letters_for_digits("son6"), letters_for_digits("stee1"), letters_for_digits("61")
    ('song', 'steel', '61')
    """
    if word.isalpha() or word.isdecimal():
        return word
    return _known(*letter_readings(word))


def letters_within(text: str, stretches: Iterable[tuple[int, int]]) -> list[str]:
    """Return what `letters_for_digits` makes of stretches of a text.

    >>> letters_within("no6stee1", [(0, 3), (2, 3), (3, 8)])
    ['nog', '6', 'steel']
    """
    usual, other = letter_readings(text)
    return [
        each
        if (each := text[first:end]).isalpha() or each.isdecimal()
        else _known(usual[first:end], other[first:end])
        for first, end in stretches
    ]


def letter_readings(text: str) -> tuple[str, str]:
    """Return a text with its digits as their usual letters, and the same with a one as *l*.

    >>> letter_readings("stee1 61")
    ('steei gi', 'steel gl')
    """
    usual, other = _translations()
    read = text.translate(usual)
    return read, text.translate(other) if "1" in text else read


def _known(usual: str, other: str) -> str:
    return other if other != usual and attested(other) and not attested(usual) else usual


def _read(text: str, letters: dict[str, str]) -> str:
    return _STANDING.sub(lambda found: "".join(letters.get(each, each) for each in found[0]), text)


@cache
def _letters() -> dict[str, str]:
    return {row["digit"]: row["letter"] for row in table("digit_letters")}


@cache
def _translations() -> tuple[dict[int, str], dict[int, str]]:
    """Return the usual letters of digits, and the same with a one as *l*, for `str.translate`."""
    return str.maketrans(_letters()), str.maketrans(_letters() | {"1": "l"})
