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

_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiou")
#: Whole words of consonant, vowel and final consonant as Korean has them.
_KOREAN = re.compile(
    r"(?:(?:kk|gg|kh|th|ph|tch|tt|dd|pp|bb|ss|jj|dj|ch|sh|ll|[kgtdpbsjhmnrl])?"
    r"(?:yeo|you|yoo|weo|wae|yae|wa|we|wi|wo|ya|ye|yo|yu|oe|oi|eo|eu|ae|ai|oo|ou|ee|yi|ui|[aeiouy])"
    r"(?:ng|ck|[nmlrkgptbsd](?![aeiouyw]))?)+"
)


@lru_cache(maxsize=262_144)
def sound_key(word: str) -> str:
    """Fold the romanisation habits of one lower-case ASCII word.

    >>> sound_key("yuryevich") == sound_key("jurjewitsch") == sound_key("iourievitch")
    True
    """
    return _DOUBLED.sub(r"\1", _fold("sound_key", word)) or word


def skeleton(key: str) -> str:
    """Return the consonants of a sound key, without ``h``: what vowel habits leave alone.

    >>> skeleton(sound_key("mohammed")) == skeleton(sound_key("muhamad"))
    True
    """
    return re.sub("[aeiouh]", "", key)


@lru_cache(maxsize=262_144)
def shape_key(word: str) -> str:
    """Fold letters that scanners take for each other.

    >>> shape_key("kelmfndi") == shape_key("kelmendi")
    True
    """
    return _fold("shape_key", word)


def abjad(word: str) -> str:
    """Fold a word to the consonants that an abjad writes, see `sanctscreen.text.arabic`.

    >>> abjad("reza") == abjad("rida") == "rd"
    True
    """
    return _fold("abjad_key", word)


@lru_cache(maxsize=262_144)
def korean_key(word: str) -> str:
    """Fold the spellings of a romanised Korean word; empty where it is not Korean syllables.

    >>> korean_key("gwangseon") == korean_key("kwangson") == "kwangson"
    True
    >>> korean_key("strasbourg")
    ''
    """
    return _fold("korean_key", word) if _KOREAN.fullmatch(word) else ""


def _fold(rules: str, word: str) -> str:
    """Rewrite a word by the rules of a table."""
    by_letter = _by_letter(rules)
    folded: list[str] = []
    at = 0
    while at < len(word):
        for source, target, position in by_letter.get(word[at], ()):
            if word.startswith(source, at) and _holds(position, word, at, at + len(source)):
                folded.append(target)
                at += len(source)
                break
        else:
            folded.append(word[at])
            at += 1
    return "".join(folded)


def _holds(position: str, word: str, start: int, end: int) -> bool:
    """Tell whether a rule that is bound to a position may apply to ``word[start:end]``."""
    match position:
        case "":
            return True
        case "start":
            return start == 0
        case "end":
            return end == len(word)
        case "after_consonant":
            return start > 0 and word[start - 1] not in _VOWELS and word[start - 1] != "y"
        case "before_front":
            return word[end : end + 1] in {"e", "i", "y"}
        case _:
            raise TableError(f"no such position: {position!r}")


@cache
def _by_letter(rules: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return the rules of a table by the letter that they begin with, in order of precedence."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in sorted(table(rules), key=_precedence):
        found[row["from"][0]].append((row["from"], row["to"], row["position"]))
    return dict(found)


def _precedence(row: Row) -> tuple[int, bool]:
    """Order rules longest first, and one bound to a position before one that holds anywhere."""
    return -len(row["from"]), not row["position"]
