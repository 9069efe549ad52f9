"""Habits of Belarusian, Russian and Ukrainian names, which spell one name by three sounds.

Passports of Belarus and Ukraine romanise "Яўген" and "Євген", lists write "Evgeny"; what the
three languages make differently is folded by `sanctscreen.text.keys.slavic_key`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sanctscreen.text.keys import slavic_key

#: Endings of surnames and patronymics, by which a name in Latin letters shows its origin.
_ENDING = re.compile(
    "...(?:[oe]v|[oe]va|v[iy]t?ch|witsch|wicz|vna|[aoi]una|en[kc][oa]|ch[uy]k|[iy]uk|[aoi]u"
    "|sk[iy]|sk[iy]i|ski[yj]|ska[iyj]a)$"
)
_VOWELS = str.maketrans("", "", "aeiou")
#: Fewer consonants are shared by too many names.
LEAST_CONSONANTS = 2


def is_slavic(words: Iterable[str]) -> bool:
    """Tell whether a romanised name follows East Slavic habits.

    >>> is_slavic(["yauheniy", "vrubleuski"]), is_slavic(["eugene", "wright"])
    (True, False)
    """
    return any(map(_ends_so, words))


@lru_cache(maxsize=2_048)
def slavic_skeleton(word: str) -> str:
    """Return the consonants of the Slavic key, or nothing.

    >>> slavic_skeleton("yauheniy") == slavic_skeleton("evgeny") == "vhn"
    True
    """
    consonants = slavic_key(word).translate(_VOWELS)
    return consonants if len(consonants) >= LEAST_CONSONANTS else ""


@lru_cache(maxsize=8_192)
def _ends_so(word: str) -> bool:
    return _ENDING.search(word) is not None
