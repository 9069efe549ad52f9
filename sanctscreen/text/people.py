"""The written words of a person's name: initials taken apart, names of two words written as one."""

from __future__ import annotations

import re
from functools import cache

from sanctscreen.text.arabic import servant_names
from sanctscreen.text.classes import phrases
from sanctscreen.text.given_names import given_name_codes
from sanctscreen.text.written import Written

#: Two consonants that are no letter of another script, of which hardly any name is made; and
#: those that are names.
_INITIALS = re.compile("(?!.h|dz|ts)[b-df-hj-np-tv-xz]{2}")
_WITHOUT_VOWELS = frozenset({"ng"})
#: The name of God as romanised, as spoken after another word, and what servant names begin with.
GOD, SPOKEN_GOD, SERVANT = "allah", "ullah", "abd"


def persons_words(written: list[Written]) -> list[Written]:
    """Return the words that a person's name is compared by."""
    return _one_servant_name(_names_of_god(_initials_apart(written)))


def _initials_apart(written: list[Written]) -> list[Written]:
    """Part initials that are written together, as in "JC Juncker"."""
    if len(written) == 1 or 2 not in [len(each.text) for each in written]:
        return written
    apart: list[Written] = []
    for each in written:
        if _are_initials(each):
            apart += [each._replace(origin=letter, text=letter) for letter in each.text]
        else:
            apart.append(each)
    return apart


def _are_initials(word: Written) -> bool:
    text = word.text
    if len(text) != 2 or not word.origin.isascii():
        return False
    return _INITIALS.fullmatch(text) is not None and not _is_known_short(text)


@cache
def _is_known_short(text: str) -> bool:
    """Tell whether a word of two letters is a title, a particle or a name of its own."""
    if text in _WITHOUT_VOWELS or any(given_name_codes(text)):
        return True
    return phrases("person", foreign=False).find([text], [text])[0].meaning is not None


def _names_of_god(written: list[Written]) -> list[Written]:
    """Write names like "hibat allah" in Arabic letters as one, with the vowel of speech."""
    if GOD not in [each.text for each in written]:
        return written
    joined: list[Written] = []
    for each in written:
        before = joined[-1] if joined else None
        foreign = before is not None and not before.origin.isascii() and not each.origin.isascii()
        if before and foreign and each.text == GOD and before.text != SERVANT:
            joined[-1] = _joined([before, each._replace(text=SPOKEN_GOD)])
        else:
            joined.append(each)
    return joined


def _one_servant_name(written: list[Written]) -> list[Written]:
    """Write names like "abd al rahman" as one word."""
    stretches = servant_names([each.text for each in written])
    if len(stretches) == len(written):
        return written
    return [_joined(written[start:end]) for start, end in stretches]


def _joined(parts: list[Written]) -> Written:
    if len(parts) == 1:
        return parts[0]
    return parts[-1]._replace(
        origin=" ".join(part.origin for part in parts),
        text="".join(part.text for part in parts),
        alternatives=(),
    )
