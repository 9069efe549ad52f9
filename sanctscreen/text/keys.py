"""Keys that stay the same when a name is spelled by another habit.

The *sound key* folds romanisation habits in general, the *Korean key* those of Korean, the *shape
key* letters that look alike to a scanner. All are rewriting rules in a table, applied in one pass
from left to right, the longest rule first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from sanctscreen.data import Row, table
from sanctscreen.errors import TableError

_DOUBLED = re.compile(r"(.)(?=\1)")
_VOWELS_AND_H = str.maketrans("", "", "aeiouh")
#: Whole words of consonant, vowel and final consonant as Korean has them.
_KOREAN = re.compile(
    r"(?:(?:kk|gg|kh|th|ph|tch|tt|dd|pp|bb|ss|jj|dj|ch|sh|ll|[kgtdpbsjhmnrl])?"
    r"(?:yeo|you|yoo|weo|wae|yae|wa|we|wi|wo|ya|ye|yo|yu|oe|oi|eo|eu|ae|ai|oo|ou|ee|yi|ui|[aeiouy])"
    r"(?:ng|ck|[nmlrkgptbsd](?![aeiouyw]))?)+"
)


@lru_cache(maxsize=4_096)
def sound_key(word: str) -> str:
    """Fold the romanisation habits of one lower-case ASCII word.

    >>> sound_key("yuryevich") == sound_key("jurjewitsch") == sound_key("iourievitch")
    True
    """
    return squeezed(_fold("sound_key", word)) or word


def squeezed(word: str) -> str:
    """Write letters once that stand there several times in a row.

    >>> squeezed("muhammad"), squeezed("aaa")
    ('muhamad', 'a')
    """
    return _DOUBLED.sub("", word)


def skeleton(key: str) -> str:
    """Return the consonants of a sound key, without ``h``: what vowel habits leave alone.

    >>> skeleton(sound_key("mohammed")) == skeleton(sound_key("muhamad"))
    True
    """
    return key.translate(_VOWELS_AND_H)


@lru_cache(maxsize=2_048)
def shape_key(word: str) -> str:
    """Fold letters that scanners take for each other.

    >>> shape_key("kelmfndi") == shape_key("kelmendi")
    True
    """
    return _fold("shape_key", word)


def abjad(word: str, habit: int = 0) -> str:
    """Fold a word to the consonants that an abjad writes, see `sanctscreen.text.arabic`.

    >>> abjad("reza") == abjad("rida") == "rd"
    True
    >>> abjad("gamal"), abjad("gamal", habit=1)
    ('kml', 'jml')

    Args:
        word: a romanised word.
        habit: which reading to take of letters that may stand for several, 0 for the first.
    """
    return _fold("abjad_key", word, habit)


def has_readings(rules: str, word: str) -> bool:
    """Tell whether a word has letters that a table reads in several ways."""
    return _ambiguous(rules).search(word) is not None


@cache
def _ambiguous(rules: str) -> re.Pattern[str]:
    several = (row["from"] for row in table(rules) if len(row["to"].split()) > 1)
    return re.compile("|".join(several))


@lru_cache(maxsize=2_048)
def korean_key(word: str) -> str:
    """Fold the spellings of a romanised Korean word; empty where it is not Korean syllables.

    >>> korean_key("gwangseon") == korean_key("kwangson") == "kwangson"
    True
    >>> korean_key("strasbourg")
    ''
    """
    return _fold("korean_key", word) if _KOREAN.fullmatch(word) else ""


@lru_cache(maxsize=2_048)
def cantonese_key(word: str) -> str:
    """Fold the spellings of a romanised Cantonese word.

    >>> cantonese_key("kwokkeung") == cantonese_key("gwokkeung")
    True
    """
    return _fold("cantonese_key", word)


@lru_cache(maxsize=2_048)
def slavic_key(word: str) -> str:
    """Fold what Belarusian, Ukrainian and Russian make differently of one name.

    >>> slavic_key("syarhey") == slavic_key("sergey") == "serhei"
    True
    """
    return squeezed(_fold("slavic_key", word))


def _fold(rules: str, word: str, habit: int = 0) -> str:
    """Rewrite a word by the rules of a table."""
    pattern, targets = _rewriting(rules, habit)
    return pattern.sub(lambda found: targets[found.lastindex or 0], word)


#: Where a rule may be bound to, as what must stand before and after its letters.
_POSITIONS = {
    "": ("", ""),
    "start": (r"\A", ""),
    "end": ("", r"\Z"),
    "after_consonant": ("[^aeiouy]", ""),
    "before_front": ("", "(?=[eiy])"),
    "coda": ("[aeiouy]", "(?![aeiouy])"),
    "onset": (r"\A", "(?![aeiouy])"),
}


@cache
def _rewriting(rules: str, habit: int) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return a pattern, and what it writes for each rule of a table, by the group that matched.

    A rule with several targets, parted by spaces, writes one of them by habit; ``_`` is nothing.
    The rules stand by their first letter, so that those of other letters are not tried.
    """
    rows = sorted(table(rules), key=_precedence)
    if unknown := {row["position"] for row in rows} - set(_POSITIONS):
        raise TableError(f"{rules}.tsv: no such position: {', '.join(sorted(unknown))}")
    by_first: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_first[row["from"][0]].append(row)
    some = (
        re.escape(first) + f"(?:{'|'.join(map(_rest_of_rule, of_first))})"
        for first, of_first in by_first.items()
    )
    ordered = (row for of_first in by_first.values() for row in of_first)
    targets = ("", *(_target(row["to"], habit) for row in ordered))
    return re.compile("|".join(some)), targets


def _rest_of_rule(row: Row) -> str:
    """Return the pattern of a rule after its first letter; an empty group tells which it was."""
    letters = re.escape(row["from"])
    before, after = _POSITIONS[row["position"]]
    looked_back = f"(?<={before}{letters})" if before else ""
    return f"{re.escape(row['from'][1:])}{looked_back}{after}()"


def _target(cell: str, habit: int) -> str:
    choices = cell.split() or [""]
    return choices[min(habit, len(choices) - 1)].strip("_")


def _precedence(row: Row) -> tuple[int, bool]:
    """Order rules longest first, and one bound to a position before one that holds anywhere."""
    return -len(row["from"]), not row["position"]
