"""The words of a cleaned name, as written and as romanised, before any word has a class."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from sanctscreen.text import clean, han
from sanctscreen.text.hangul import split_surname
from sanctscreen.text.romanize import Romanized, divide_firm, divide_person, romanize_word
from sanctscreen.text.steps import apply_steps
from sanctscreen.text.words import Reading

Divide = Callable[[str], tuple[str, ...]]


class Written(NamedTuple):
    """One written word and its romanised spelling.

    Attributes:
        origin: the word as written.
        text: its spelling in lower-case ASCII; empty if no letter could be romanised.
        folded: whether look-alikes of letters were replaced in it.
        fallback_letters: its letters that the fallback romanised.
        dropped: its letters that nothing could romanise.
        alternatives: its other romanisations.
    """

    origin: str
    text: str
    folded: bool = False
    fallback_letters: str = ""
    dropped: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def lookup(self) -> str:
        """The word as tables of words know it: Han words that sound alike are not one word."""
        if self.origin.isascii() or not han.is_han(self.origin):
            return self.text
        return han.simplified(self.origin)


def written_words(
    text: str, reading: Reading, language: str | None, fallback: str
) -> list[Written]:
    """Divide a cleaned text into words and romanise them.

    Args:
        text: what `sanctscreen.text.steps.apply_steps` returned.
        reading: how the name is read; only people have surnames.
        language: as for `sanctscreen.text.normalize.normalize`.
        fallback: likewise.
    """
    if text.isascii():
        return [Written(word, word) for word in text.split()]
    parts = (text if reading == "person" else han.without_spaces(text)).split()
    divide = _dividing(parts, reading)
    words: list[Written] = []
    for each in parts:
        if each.isascii():
            words.append(Written(each, each))
        else:
            words += _romanized(each, divide, language, fallback)
    return words


def _dividing(parts: list[str], reading: Reading) -> Divide:
    """Return what cuts an unspaced name; a person's in several Han words is cut already."""
    if reading != "person":
        return divide_firm
    return divide_person if sum(map(han.is_han, parts)) < 2 else split_surname


@lru_cache(maxsize=8_192)
def _romanized(
    word: str, divide: Divide, language: str | None, fallback: str
) -> tuple[Written, ...]:
    plain = clean.fold_lookalikes(word)
    return tuple(
        each
        for part in divide(plain)
        for each in _as_romanized(
            part, romanize_word(part, language=language, fallback=fallback), plain != word
        )
    )


def _as_romanized(part: str, romanized: Romanized, folded: bool) -> list[Written]:
    texts = romanized.text.split() or [""]
    others = romanized.alternatives if len(texts) == 1 else ()
    letters, dropped = romanized.fallback_letters, romanized.dropped
    return [Written(part, text, folded, letters, dropped, others) for text in texts]


def spell(text: str) -> tuple[str, ...]:
    """Spell a text as the words of a name are looked up, before any word has a class.

    >>> spell("ООО «Ромашка»"), spell("貿易")
    (('ooo', 'romashka'), ('贸易',))
    """
    cleaned, _ = apply_steps(text, "vessel")  # the reading without steps of its own
    words = written_words(cleaned, "organisation", None, "unidecode")
    return tuple(each.lookup for each in words if each.text)
