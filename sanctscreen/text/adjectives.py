"""Slavic adjectives: one stem, some twenty endings, and each of them romanised in several ways."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sanctscreen.data import table
from sanctscreen.text.keys import sound_key
from sanctscreen.text.rarity import attested

#: A word whose stem is shorter says too little.
LEAST_STEM = 4
#: Endings that names have as well.
SHORT = frozenset("aeo")


@lru_cache(maxsize=4_096)
def concept_of(word: str) -> str | None:
    """Return the concept that an adjective stands for, whatever its case and gender.

    >>> concept_of("mezhdunarodnogo"), concept_of("mezhdunarodniy"), concept_of("international")
    ('international', 'international', None)
    """
    found = _endings().search(word, LEAST_STEM)
    if not found or (found[0] in SHORT and attested(word)):  # "kalina" is a name
        return None
    return _stems().get(sound_key(word[: found.start()]))


@cache
def _stems() -> dict[str, str]:
    return {sound_key(row["stem"]): row["concept"] for row in table("adjectives")}


@cache
def _endings() -> re.Pattern[str]:
    """Return a pattern that finds the longest ending of a word."""
    endings = sorted((row["ending"] for row in table("adjective_endings")), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(endings)})$")
