"""Codes of given names: what a nickname stands for, and a name in another language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from sanctscreen.data import table
from sanctscreen.text.arabic import arabic_words
from sanctscreen.text.keys import sound_key


def given_name_codes(word: str) -> Iterator[str]:
    """Yield a code for each given name that a word spells, translates or may be short for.

    >>> sorted(given_name_codes("bob")), sorted(given_name_codes("mykola"))
    (['nickname:robert'], ['nickname:mikola', 'variant:nikolay'])
    """
    shorts, names = _nicknames()
    own = _name_keys(word) & names
    for key in own.union(*(_name_keys(name) for name in shorts.get(word, ()))):
        yield f"nickname:{key}"
    for name in _variants().get(sound_key(word), ()):
        yield f"variant:{name}"


def _name_keys(name: str) -> set[str]:
    """Return what the spellings of a given name share: its sound, its word in Arabic letters."""
    return {sound_key(name), *arabic_words().get(name, ())}


@cache
def _nicknames() -> tuple[dict[str, set[str]], set[str]]:
    """Return the given names that a nickname may stand for, and the keys of all these names."""
    shorts: dict[str, set[str]] = defaultdict(set)
    names: set[str] = set()
    for row in table("nicknames"):
        shorts[row["nickname"]].add(row["name"])
        names |= _name_keys(row["name"])
    return dict(shorts), names


@cache
def _variants() -> dict[str, set[str]]:
    """Return the names that each sound key stands for in another language, by their first one."""
    variants: dict[str, set[str]] = defaultdict(set)
    for row in table("name_variants"):
        names = row["names"].split()
        for name in names:
            variants[sound_key(name)].add(names[0])
    return dict(variants)
