"""Whose spelling habits a name follows, as its letters and its words tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sanctscreen.text import chinese, han
from sanctscreen.text.arabic import is_arabic
from sanctscreen.text.hangul import surnames_by_spelling
from sanctscreen.text.keys import korean_key
from sanctscreen.text.phrases import Found
from sanctscreen.text.scripts import scripts
from sanctscreen.text.slavic import is_slavic
from sanctscreen.text.words import Reading
from sanctscreen.text.written import Written

#: What a place is called that speaks of Korea.
_KOREA = frozenset({"korea", "kp", "kr"})
_NONE = frozenset[str]()


class Habits(NamedTuple):
    """Whose spelling habits a name follows.

    Attributes:
        korean: whether it is Korean.
        arabic: whether it is Arabic, Persian or Urdu.
        slavic: whether it is Belarusian, Russian or Ukrainian.
        han: whether it has Han characters.
        chinese: the romanisations that it may follow if it is Chinese in Latin letters.
    """

    korean: bool = False
    arabic: bool = False
    slavic: bool = False
    han: bool = False
    chinese: frozenset[str] = frozenset()


def habits_of(
    text: str, written: Sequence[Written], found: Iterable[Found], reading: Reading
) -> Habits:
    """Tell whose habits a name follows.

    Args:
        text: the cleaned text, in whatever script.
        written: its words.
        found: its phrases.
        reading: how the name is read.
    """
    texts = [each.text for each in written]
    letters = _NONE if text.isascii() else scripts(text)
    return Habits(
        korean="Hang" in letters or _is_korean(texts, found, reading),
        arabic="Arab" in letters or is_arabic(texts),
        slavic="Cyrl" in letters or is_slavic(texts),
        han=han.is_han(text),
        chinese=_chinese_systems(written, texts) if reading == "person" else _NONE,
    )


def _is_korean(texts: list[str], found: Iterable[Found], reading: Reading) -> bool:
    """Tell whether a name mentions Korea, or is a Korean surname and Korean syllables."""
    if not _KOREA.isdisjoint([meaning.canon for _, _, meaning in found if meaning]):
        return True
    known = surnames_by_spelling()
    if reading != "person" or known.keys().isdisjoint(texts):
        return False
    return all(text in known or korean_key(text) for text in texts)


def _chinese_systems(written: Sequence[Written], texts: list[str]) -> frozenset[str]:
    systems = chinese.systems(texts)
    return systems if systems and all(each.origin.isascii() for each in written) else _NONE
