"""Clean a name character by character: repair, fold, strip. Every function is ``str -> str``."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from sanctscreen.data import table
from sanctscreen.text.scripts import COMMON, script_of, scripts

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_APOSTROPHES = re.compile(
    "['\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02be\u02bf\u02b9\u02c8`\u00b4\u2032\uff07]"
)
#: Symbols that typists take for Greek capitals.
_GREEK_SYMBOLS = {
    0x2206: "\N{GREEK CAPITAL LETTER DELTA}",
    0x220F: "\N{GREEK CAPITAL LETTER PI}",
    0x2211: "\N{GREEK CAPITAL LETTER SIGMA}",
}
_HEBREW_QUOTES = re.compile('(?<=[\u05d0-\u05ea])["\u05f3\u05f4\u201d](?=[\u05d0-\u05ea])')
_ITERATION = re.compile("(.)\u3005")
_ASCII_SPACES = {at: " " for at in range(128) if not chr(at).isalnum()}
_AMPERSAND = re.compile(r"[&+]")
_DIGIT = re.compile(r"\d")
_DIGIT_EDGE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
#: UTF-8 read as Windows-1252 or Latin-1 shows these letters before a symbol or another of them.
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]")


def repair(text: str) -> str:
    r"""Undo UTF-8 that was read as Windows-1252 or Latin-1, where that gives valid text.

    >>> repair("Ð\x9dÐ¸ÐºÑ\x83Ð»Ð¸Ð½")
    'Никулин'
    """
    if not is_misread(text):
        return text
    for codec in ("cp1252", "latin-1"):
        try:
            return text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return text


def is_misread(text: str) -> bool:
    """Tell whether a text may be UTF-8 that was read as something else."""
    return not text.isascii() and _MOJIBAKE.search(text) is not None


def compose(text: str) -> str:
    """Apply Unicode NFKC, and write out the ideographic iteration mark.

    Full-width forms, ligatures and the like become plain letters; marks that stand inside Hebrew
    abbreviations go.

    >>> compose("佐々木 ＳＡＴＯ")
    '佐佐木 SATO'
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text.translate(_GREEK_SYMBOLS))
    return _ITERATION.sub(r"\1\1", _HEBREW_QUOTES.sub("", composed))


def strip_invisible(text: str) -> str:
    r"""Remove format, control and private characters; line breaks and tabs become spaces.

    >>> strip_invisible("Pet\u200brov\u202e")
    'Petrov'
    """
    if text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def surname_last(text: str) -> str:
    """Turn a person's name from list order into natural order.

    >>> surname_last("NIKULIN, Dmitry Yuryevich")
    'Dmitry Yuryevich NIKULIN'
    """
    surname, comma, given = text.partition(",")
    return f"{given.strip()} {surname.strip()}" if comma and given.strip() else text


def fold_case(text: str) -> str:
    """Fold case, and drop the dot that folding leaves on a Turkish capital I."""
    return text.casefold().replace("i\u0307", "i")


def join_apostrophes(text: str) -> str:
    """Remove apostrophes and their look-alikes, which join rather than separate.

    >>> join_apostrophes("agha'i")
    'aghai'
    """
    if text.isascii() and "'" not in text and "`" not in text:
        return text
    return _APOSTROPHES.sub("", text)


def space_punctuation(text: str) -> str:
    """Replace what is no letter, digit or mark by a space, and part letters from digits.

    >>> space_punctuation("al-omgy & bros., no.8")
    'al omgy and bros no 8'
    """
    if text.isascii() and text.isalpha():
        return text
    spelled = _AMPERSAND.sub(" and ", text) if "&" in text or "+" in text else text
    if spelled.isascii():
        kept = spelled.translate(_ASCII_SPACES)
    else:
        kept = "".join(char if _is_written(char) else " " for char in spelled)
    parted = _DIGIT_EDGE.sub(" ", kept) if _DIGIT.search(kept) else kept
    return " ".join(parted.split())


def to_latin(text: str) -> str:
    """Replace the look-alikes in a Latin name into which letters of other scripts slipped.

    The name must have Latin letters, and every other letter of it a Latin look-alike; a name in
    Cyrillic has letters that no Latin one looks like.

    >>> to_latin("k\u0456m \u0422\u043eng-\u043do".casefold())
    'kim tong-ho'
    """
    if text.isascii() or "Latn" not in scripts(text):
        return text
    latin = "".join(_lookalikes()[0].get(char, char) for char in text)
    return latin if scripts(latin) == {"Latn"} else text


def fold_lookalikes(word: str) -> str:
    """Replace look-alikes in a word that mixes Latin with Cyrillic, Greek or other letters.

    The word becomes all of the script that most of its letters have, if every other letter has
    a look-alike there; else all of another script of it, and it stays as it is if none will do.

    >>> fold_lookalikes("p\u0435trov"), fold_lookalikes("с\u0061харов")
    ('petrov', 'сахаров')
    """
    found = Counter(script_of(char) for char in word)
    del found[COMMON]
    if len(found) < 2 or "Latn" not in found:
        return word
    for script, _ in found.most_common():
        folded = "".join(_in_script(char, script) for char in word)
        if scripts(folded) == {script}:
            return folded
    return word


def _in_script(char: str, script: str) -> str:
    """Return the look-alike of a letter in a script, or the letter where it has none."""
    latin_of, from_latin = _lookalikes()
    latin = latin_of.get(char, char)
    return latin if script == "Latn" else from_latin.get((latin, script), char)


@cache
def _lookalikes() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    rows = table("confusables")
    latin_of = {row["char"].casefold(): row["latin"].casefold() for row in rows}
    from_latin: dict[tuple[str, str], str] = {}
    for row in rows:
        from_latin.setdefault((row["latin"].casefold(), row["script"]), row["char"].casefold())
    return latin_of, from_latin


@cache
def _is_written(char: str) -> bool:
    """Tell whether a character is a letter, a numeral or a mark."""
    return unicodedata.category(char)[0] in "LNM"


@cache
def _visible(char: str) -> str:
    if char in "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029":
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"} else char
