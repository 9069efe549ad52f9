"""Names that are written twice: in two scripts, or one time after another.

Registers and payments show a name beside its transcription. Each of the two is a name; set
against a listed one the other would count as a second name that the listed one lacks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sanctscreen.text.fields import LONGEST
from sanctscreen.text.scripts import COMMON, dominant_script, scripts

#: Each of the two has so many words, unless its script parts none; a single one of another script
#: is often a legal form.
LEAST_WORDS = 2
#: Scripts that put no space between words, or none between the parts of a person's name.
_UNSPACED = frozenset({"Hang", "Hani", "Hira", "Kana", "Khmr", "Laoo", "Mymr", "Thai", "Tibt"})
_LATIN = frozenset({"Latn"})
_WORD = re.compile(r"[^\s/|;()\[\]]+")
_EDGES = ".,:\"'“”«»-"


def ways(name: str) -> tuple[str, ...]:
    """Return the ways in which a name is written that is written twice; none if it is not.

    >>> ways("PETROV, Ivan (ПЕТРОВ, Иван)")
    ('PETROV, Ivan', 'ПЕТРОВ, Иван')
    >>> ways("Kalina Trading LLC / Kalina Trading LLC")
    ('Kalina Trading LLC',)
    >>> ways("ООО Romashka"), ways("Sirhan Sirhan")
    ((), ())
    """
    if name.count(" ") < LEAST_WORDS or len(name) > LONGEST:
        return ()
    if not name.isascii() and not scripts(name) <= _LATIN:
        parts = _by_script(_WORD.findall(name))
        if all(map(_is_name, parts)):
            return tuple(" ".join(part).strip(_EDGES) for part in parts)
    folded = name.casefold()
    begins = _WORD.search(folded)
    is_again = begins is not None and folded.count(begins[0].strip(_EDGES)) > 1
    return _said_before(_WORD.findall(name)) if is_again else ()


def _by_script(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the words in Latin letters from all others; numbers go with the word before them."""
    latin, other = list[str](), list[str]()
    last = latin
    for word in words:
        script = dominant_script(word)
        last = last if script == COMMON else latin if script == "Latn" else other
        last.append(word)
    return latin, other


def _is_name(part: Sequence[str]) -> bool:
    """Tell whether some words may be a name of their own."""
    written = [found for found in map(scripts, part) if found]
    return len(written) >= LEAST_WORDS or any(_UNSPACED & found for found in written)


def _said_before(words: Sequence[str]) -> tuple[str, ...]:
    """Return the first half of some words if the other half says the same again."""
    half = len(words) // 2
    if half < LEAST_WORDS or len(words) % 2:
        return ()
    folded = [word.strip(_EDGES).casefold() for word in words]
    return (" ".join(words[:half]).strip(_EDGES),) if folded[:half] == folded[half:] else ()
