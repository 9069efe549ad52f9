"""From any script to lower-case ASCII by reviewable tables, and a record of what they lack.

``sanctscreen/data/romanize/`` holds one table per script, named by its ISO 15924 code; a new file
is picked up by itself. Hangul has its own rules (`sanctscreen.text.hangul`). A letter without a
rule loses its marks; one that still has none goes to the fallback, and the result says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from sanctscreen.data import table
from sanctscreen.text import han, hangul, thai
from sanctscreen.text.fallback import Fallback
from sanctscreen.text.fallback import fallback as fallback_named
from sanctscreen.text.hangul import segment_hangul, split_surname
from sanctscreen.text.scripts import COMMON, script_of, scripts

__all__ = [
    "Romanized",
    "divide_firm",
    "divide_person",
    "guess_language",
    "romanize",
    "romanize_word",
    "segment_hangul",
    "split_surname",
]

MOST_ALTERNATIVES = 16
_AFTER_VOWEL = re.compile("[aeiouy]$")


@dataclass(frozen=True, slots=True)
class Romanized:
    """One word in Latin letters.

    Attributes:
        text: the displayed spelling, of ``a-z``, ``0-9`` and, where a script writes no spaces,
            single spaces; empty if no letter could be romanised.
        alternatives: spellings by other habits, without ``text``.
        language: BCP 47 tag of the language whose rules applied; ``None`` for the script's own.
        fallback_letters: the letters that the fallback spelled.
        dropped: the letters that nothing could spell.
    """

    text: str
    alternatives: tuple[str, ...] = ()
    language: str | None = None
    fallback_letters: str = ""
    dropped: str = ""


class _Piece(NamedTuple):
    """Some letters of a word and their spellings, the displayed one first."""

    letters: str
    spellings: tuple[str, ...]
    by_fallback: bool = False


Positions = dict[str, tuple[str, ...]]


class _Rules(NamedTuple):
    """The rules of a script in one language, by the letters they spell, and the most letters."""

    by_letters: dict[str, Positions]
    longest: int


@lru_cache(maxsize=2_048)
def romanize_word(
    word: str, *, language: str | None = None, fallback: str = "unidecode"
) -> Romanized:
    """Romanise one word.

    >>> romanize_word("юрьевич").text
    'yuryevich'

    Args:
        word: a word in any script, or in several.
        language: BCP 47 tag of its language; guessed from the letters if not given.
        fallback: what spells letters without a table of ours: ``unidecode`` or ``none``.

    Raises:
        ValueError: there is no such fallback.
    """
    spell = fallback_named(fallback)
    plain = _folded(word)
    if plain.isascii() and plain.isalnum():
        return Romanized(plain, language=language)
    language = language or guess_language(plain)
    pieces = list(_pieces(plain, language))
    pieces = [_fallen_back(piece, spell) if piece.by_fallback else piece for piece in pieces]
    text, *others = dict.fromkeys(_joined(pieces))
    return Romanized(
        text,
        tuple(other for other in others if other)[:MOST_ALTERNATIVES],
        language,
        "".join(piece.letters for piece in pieces if piece.by_fallback and piece.spellings[0]),
        "".join(piece.letters for piece in pieces if piece.by_fallback and not piece.spellings[0]),
    )


def romanize(text: str, *, language: str | None = None, fallback: str = "unidecode") -> Romanized:
    """Romanise a whole name word by word, its language told by all its letters together.

    The alternatives take every word in the same habit.

    >>> romanize("Сергій Григорович").text
    'serhiy hryhorovych'

    Raises:
        ValueError: there is no such fallback.
    """
    language = language or guess_language(text)
    parts = [part for word in text.split() for part in divide_firm(word)]
    words = [romanize_word(part, language=language, fallback=fallback) for part in parts]
    spelled = [_Piece("", (word.text, *word.alternatives)) for word in words if word.text]
    shown, *others = dict.fromkeys(_joined(spelled, " "))
    return Romanized(
        shown,
        tuple(others)[:MOST_ALTERNATIVES],
        language,
        "".join(word.fallback_letters for word in words),
        "".join(word.dropped for word in words),
    )


def divide_firm(word: str) -> tuple[str, ...]:
    """Cut the unspaced name of a firm, in Hangul or Han characters, into words."""
    return han.divide_firm(word) if han.is_han(word) else segment_hangul(word)


def divide_person(word: str) -> tuple[str, ...]:
    """Cut the unspaced name of a person, in Hangul or Han characters, into words."""
    return han.divide_person(word) if han.is_han(word) else split_surname(word)


def guess_language(text: str) -> str | None:
    """Tell the language of a word or name by its letters; ``None`` if they do not.

    >>> guess_language("Ћосић"), guess_language("Иванов")
    ('sr', None)
    """
    if text.isascii():
        return None
    lower = _folded(text)
    present = scripts(lower)
    found = (
        language
        for script, language, pattern in _patterns()
        if script in present and pattern.search(lower)
    )
    return next(found, None)


def _folded(text: str) -> str:
    """Fold case and compose, as the tables' letters are; composing may bring capitals back."""
    composed = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKC", composed.casefold())


def _pieces(word: str, language: str | None) -> Iterator[_Piece]:
    """Divide a word into the longest stretches that a rule knows."""
    start, script, before = 0, COMMON, " "
    while start < len(word):
        script = script_of(word[start]) if word[start].isalpha() else script
        piece = _piece_at(word, start, _rules(script, language), before)
        start += len(piece.letters)
        before = piece.spellings[0] or before
        yield piece


def _piece_at(word: str, start: int, rules: _Rules, before: str) -> _Piece:
    """Spell what stands at ``start``: syllables, what a rule knows, or an unmarked letter."""
    syllables = hangul.leading_syllables(word, start)
    if syllables:
        return _Piece(syllables, hangul.spellings(syllables))
    if script_of(word[start]) == "Hani" and (characters := han.leading_characters(word, start)):
        return _Piece(characters, han.spellings(characters))
    if letters := thai.leading_letters(word, start):
        return _Piece(letters, thai.spellings(letters))
    for length in range(min(rules.longest, len(word) - start), 0, -1):
        positions = rules.by_letters.get(word[start : start + length], {})
        for position in positions:
            if _holds(position, word[start + length :], before):
                return _Piece(word[start : start + length], positions[position])
    return _unmarked(word[start], rules)


def _holds(position: str, rest: str, before: str) -> bool:
    """Tell whether a rule's position fits the spelling before it and the letters after it."""
    starts = before.endswith(" ")
    if position == "word":
        return starts and not rest
    if position == "start":
        return starts
    if position == "end":
        return not rest
    if position == "before_sign":
        return unicodedata.category(rest[0])[0] == "M" if rest else False
    return _AFTER_VOWEL.search(before) is not None if position == "after_vowel" else True


def _unmarked(letter: str, rules: _Rules) -> _Piece:
    """Spell one letter without a rule: plain, a digit, by its base letter, or not at all yet."""
    if letter.isascii():
        return _Piece(letter, (letter if letter.isalnum() else " ",))
    if letter.isdecimal():
        return _Piece(letter, (str(unicodedata.decimal(letter)),))
    if not letter.isalpha():
        silent = unicodedata.category(letter)[0] == "M"
        return _Piece(letter, ("",) if silent else (" ",))
    base = unicodedata.normalize("NFKD", letter)[0]
    if base.isascii():
        return _Piece(letter, (base.lower(),))
    known = rules.by_letters.get(base, {}).get("")
    return _Piece(letter, known) if known and base != letter else _Piece(letter, ("",), True)


def _fallen_back(piece: _Piece, spell: Fallback) -> _Piece:
    return piece._replace(spellings=(spell(piece.letters),))


def _joined(pieces: list[_Piece], separator: str = "") -> Iterator[str]:
    """Join the pieces once per habit; a piece with fewer spellings repeats its last."""
    most = max((len(piece.spellings) for piece in pieces), default=1)
    for habit in range(most):
        chosen = (piece.spellings[min(habit, len(piece.spellings) - 1)] for piece in pieces)
        yield " ".join(separator.join(chosen).split())


@cache
def _rules(script: str, language: str | None) -> _Rules:
    """Return the rules of a script; those of the language replace the default of a letter."""
    if script not in _tables():
        return _Rules({}, 0)
    default: dict[str, Positions] = {}
    own: dict[str, Positions] = {}
    for row in table(f"romanize/{script}"):
        if row["language"] in ("", language):
            chosen = own if row["language"] else default
            chosen.setdefault(row["from"], {})[row["position"]] = _spellings(row["to"])
    by_letters = default | own
    if f"{script}_words" in _tables():
        for row in table(f"romanize/{script}_words"):
            known = by_letters.get(row["word"], {})
            by_letters[row["word"]] = known | {"word": _spellings(row["spellings"])}
    by_letters = {letters: _strictest(found) for letters, found in by_letters.items()}
    return _Rules(by_letters, max(map(len, by_letters)))


def _spellings(cell: str) -> tuple[str, ...]:
    """Read a cell of spellings parted by spaces, in which ``_`` is a space."""
    return tuple(spelling.replace("_", " ") for spelling in cell.split()) or ("",)


def _strictest(positions: Positions) -> Positions:
    """Put the rule that holds anywhere last."""
    return dict(sorted(positions.items(), reverse=True))


@cache
def _tables() -> frozenset[str]:
    """Return the names of the tables; those of Hangul and Han have rules of their own."""
    names = (entry.name for entry in files("sanctscreen.data").joinpath("romanize").iterdir())
    return frozenset(
        name.removesuffix(".tsv") for name in names if not name.startswith(("Hang", "Hani"))
    )


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = table("romanize/languages")
    return tuple((row["script"], row["language"], re.compile(row["pattern"])) for row in rows)
