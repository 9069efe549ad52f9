"""How much a word tells: by its class, or, for a name word, by how rare it is in the world.

The weights come from shipped tables alone. They never depend on the list that is screened
against, so that a score means the same with every list and on every day.
"""

from __future__ import annotations

from functools import cache

from sanctscreen.data import columns, table
from sanctscreen.text.words import WordClass

#: What each step of commonness takes from a name word's weight; ten steps, 0 to 9.
STEP = 0.06
#: Weight of a name word by its length, up to four letters: short words coincide by chance.
_SHORT = {2: 0.6, 3: 0.8}


def class_weight(wordclass: WordClass) -> float:
    """Return the weight of a word whose class decides it, 0 to 1."""
    return _class_weights()[wordclass]


def name_weight(word: str) -> float:
    """Return the weight of a name word, 0 to 1: 1 for one that the frequency table lacks.

    >>> name_weight("mohammed") < name_weight("kwangson")
    True
    """
    return (1.0 - STEP * (_commonness(word) or 0)) * _SHORT.get(len(word), 1.0)


def attested(word: str) -> bool:
    """Tell whether a word is known to be a name or a word, and so hardly a misspelling."""
    return _commonness(word) is not None


@cache
def _class_weights() -> dict[WordClass, float]:
    return {row["class"]: float(row["weight"]) for row in table("word_classes")}  # type: ignore[misc]


def _commonness(word: str) -> int | None:
    """Return how common a word is, 0 to 9; ``None`` for one that the frequency table lacks."""
    words, entry = _known().get(word[:3], ""), f" {word}="
    at = words.find(entry)
    return None if at < 0 else int(words[at + len(entry)])


@cache
def _known() -> dict[str, str]:
    """Return the words that begin with three letters, as one text: so they take least memory."""
    known = columns("word_frequency")
    return dict(zip(known["begins"], map(" ".__add__, known["words"]), strict=True))
