"""Words, numbers and signs of a sentence, with what their spelling says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sanctscreen.documents import vocabulary
from sanctscreen.documents.vocabulary import plain

ABBREVIATED = (
    r"(?:Inc|Ltd|Co|Corp|Pte|Pty|Sdn|Bhd|Ltda|Kft|Zrt|St|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Adm|"
    r"Jr|Sr|No)\."
)
TOKEN = re.compile(
    rf"\b{ABBREVIATED}|(?:\b[^\W\d_]{{1,2}}\.){{2,}}(?:[^\W\d_]\b)?|\b[A-Z]\.(?=\s)"
    r"|[^\W_]+(?:[’'./&-][^\W_]+)*|[^\w\s]"
)
MODIFIER = re.compile(
    r"-(?:based|designated|owned|linked|flagged|born|registered|backed|led|controlled|sanctioned|"
    r"incorporated|occupied|affiliated|run|made|style|era|held|hit|related|funded|listed|domiciled|headquartered)$"
)
POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
PREFIXED = re.compile(r"(?:al|el|ar|as|at|ad|an|az|ash|bin|ben)[-'’][A-Z]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; ``start`` and ``end`` are offsets in the document."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in small letters with plain apostrophes."""
        return plain(self.text.lower())

    @property
    def modifier(self) -> bool:
        """Whether it is an adjective made with a hyphen, such as "Dubai-based"."""
        return MODIFIER.search(self.text) is not None

    @property
    def capital(self) -> bool:
        """Whether it can be a word of a name by its spelling."""
        if self.modifier or self.text in calendar():
            return False
        return self.text[0].isupper() or PREFIXED.match(self.text) is not None

    @property
    def function(self) -> bool:
        """Whether it is a small word of the language; "US" and "IT" are none."""
        return self.lower in function_words() and not (len(self.text) > 1 and self.text.isupper())

    @property
    def possessive(self) -> bool:
        """Whether it ends in a genitive, other than of words such as "People's"."""
        return POSSESSIVE.search(self.text) is not None and self.lower not in inner_possessives()


def tokens(text: str, offset: int = 0) -> list[Token]:
    """Split a sentence; ``offset`` is where it begins in the document."""
    return [
        Token(match[0], match.start() + offset, match.end() + offset)
        for match in TOKEN.finditer(text)
    ]


@cache
def calendar() -> frozenset[str]:
    """Return the words of the calendar."""
    return _common("calendar")


@cache
def function_words() -> frozenset[str]:
    """Return the words that never start a name."""
    return _common("function")


@cache
def openers() -> frozenset[str]:
    """Return the words that are no name when they stand alone."""
    return _common("opener")


@cache
def inner_possessives() -> frozenset[str]:
    """Return the genitives that stand inside names."""
    return _common("inner")


def _common(kind: str) -> frozenset[str]:
    return frozenset(
        plain(row["word"]) for row in vocabulary.rows("common_words") if row["type"] == kind
    )
