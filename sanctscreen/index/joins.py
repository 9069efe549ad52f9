"""Neighbouring words written together, as the index files and looks them up."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sanctscreen.evidence.joins import JOIN_MOST
from sanctscreen.text.codes import ABJAD, KOREAN, READ, joined_codes
from sanctscreen.text.digits import letters_for_digits
from sanctscreen.text.words import Word


class Joined(NamedTuple):
    """Neighbouring words written together; ``attested`` if any of them is."""

    text: str
    key: str
    weight: float
    attested: bool
    codes: frozenset[str]


@lru_cache(maxsize=1_024)
def joined(words: tuple[Word, ...]) -> tuple[Joined, ...]:
    """Return every stretch of neighbours that may be joined."""
    found: list[Joined] = []
    texts = [word.text.replace(" ", "") for word in words]
    keys = [word.key.replace(" ", "") for word in words]
    may_share = any(_may_share(word.codes) for word in words)
    for start in range(len(words) - 1):
        weight, attested = words[start].weight, words[start].attested
        for end in range(start + 1, min(start + JOIN_MOST, len(words))):
            weight += words[end].weight
            attested |= words[end].attested
            text, key = "".join(texts[start : end + 1]), "".join(keys[start : end + 1])
            codes = joined_codes(words[start : end + 1]) if may_share else _NO_CODES
            found.append(Joined(letters_for_digits(text), key, weight, attested, codes))
    return tuple(found)


@lru_cache(maxsize=32_768)
def _may_share(codes: frozenset[str]) -> bool:
    """Tell whether words of these codes have any once they are written together."""
    return any(code.startswith((ABJAD, KOREAN, *READ)) for code in codes)


_NO_CODES = frozenset[str]()
