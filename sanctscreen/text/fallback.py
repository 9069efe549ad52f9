"""The last resort for letters that no table of ours romanises: another package, or nothing.

A fallback turns one letter into ASCII, or into an empty string. What it covers is reported with
every result, because nobody here has reviewed it (docs/scripts.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable

Fallback = Callable[[str], str]

_APOSTROPHES = re.compile("['\"`]")
_OTHER = re.compile("[^a-z0-9]")


def by_unidecode(letter: str) -> str:
    """Romanise one letter with Unidecode; a Han character ends in a space, as a word of its own.

    >>> by_unidecode("北")
    'bei '
    """
    from unidecode import unidecode

    spelled = _APOSTROPHES.sub("", unidecode(letter, errors="ignore").lower())
    return _OTHER.sub(" ", spelled) if _OTHER.sub("", spelled) else ""


def by_nothing(_letter: str) -> str:
    """Romanise no letter: for those who may not install Unidecode or do not want it."""
    return ""


FALLBACKS: dict[str, Fallback] = {"unidecode": by_unidecode, "none": by_nothing}


def fallback(name: str) -> Fallback:
    """Return the fallback of this name.

    Raises:
        ValueError: there is no such fallback.
    """
    if name not in FALLBACKS:
        raise ValueError(f"unknown fallback {name!r}: one of {', '.join(FALLBACKS)}")
    return FALLBACKS[name]
