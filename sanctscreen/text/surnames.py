"""Codes of surnames that differ between the women and the men of a family."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sanctscreen.data import table
from sanctscreen.text.keys import sound_key

#: Letters that must stand before the ending, since less is no surname.
LEAST_STEM = 3


def gendered_codes(word: str) -> Iterator[str]:
    """Yield a code for each surname of a man that a word is, or is the woman's form of.

    >>> set(gendered_codes("petrova")) & set(gendered_codes("petrov")) != set()
    True
    """
    feminine, masculine, either = _endings()
    if not word.endswith(either):
        return
    stems = {word} if word.endswith(masculine) else set()
    for ending, others in feminine.items():
        stem = word.removesuffix(ending)
        if LEAST_STEM <= len(stem) < len(word):
            stems |= {stem + other for other in others}
    yield from sorted({f"gendered:{sound_key(each)}" for each in stems})


@cache
def _endings() -> tuple[dict[str, set[str]], tuple[str, ...], tuple[str, ...]]:
    """Return the men's endings for each of the women's, all the men's, and all there are."""
    feminine: dict[str, set[str]] = {}
    for row in table("gendered_surnames"):
        feminine.setdefault(row["feminine"], set()).add(row["masculine"])
    masculine = tuple(sorted(set().union(*feminine.values())))
    return feminine, masculine, (*feminine, *masculine)
