"""Which writing system a letter, a word or a name belongs to.

Codes are those of ISO 15924. Python's Unicode database names every letter after its script,
which is all that is needed here.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

#: First word of a letter's Unicode name, to the ISO 15924 code.
CODES = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "HANGUL": "Hang",
    "CJK": "Hani",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "THAI": "Thai",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "ORIYA": "Orya",
    "MYANMAR": "Mymr",
    "ETHIOPIC": "Ethi",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "SINHALA": "Sinh",
    "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong",
}
COMMON = "Zyyy"
OTHER = "Zzzz"
_LATIN, _NONE = frozenset({"Latn"}), frozenset[str]()


@lru_cache(maxsize=65_536)
def script_of(char: str) -> str:
    """Return the script of one character; ``Zyyy`` for digits, spaces, marks and punctuation.

    >>> script_of("Ж"), script_of("7")
    ('Cyrl', 'Zyyy')
    """
    if unicodedata.category(char)[0] != "L":
        return COMMON
    name = unicodedata.name(char, "")
    if name.startswith(("FULLWIDTH LATIN", "MODIFIER LETTER")):
        return "Latn"
    if name.startswith("HALFWIDTH KATAKANA"):
        return "Kana"
    return CODES.get(name.partition(" ")[0], OTHER)


def scripts(text: str) -> frozenset[str]:
    """Return every script that the letters of ``text`` belong to.

    >>> sorted(scripts("МРБ Bank 2"))
    ['Cyrl', 'Latn']
    """
    if text.isascii():
        return _LATIN if any(map(str.isalpha, text)) else _NONE
    return frozenset(map(script_of, text)) - {COMMON}


def dominant_script(text: str) -> str:
    """Return the script of most letters (the first of equals), ``Zyyy`` for no letters.

    >>> dominant_script("조선광선은행")
    'Hang'
    """
    found = Counter(code for code in map(script_of, text) if code != COMMON)
    return found.most_common(1)[0][0] if found else COMMON
