"""Words that stand beside a name and say something of it, as a pattern that finds any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(marks: Iterable[str]) -> str:
    """Return a pattern of marks that begin a word, the longest first.

    >>> re.findall(any_of(["c/o", "care of", "id"]), "Sa'id c/o Milena, scare of care of")
    ['c/o', 'care of']
    """
    longest_first = sorted(marks, key=len, reverse=True)
    first = "".join(sorted({re.escape(mark[0]) for mark in longest_first}))
    every = "|".join(map(re.escape, longest_first))
    # The first letter stands in front since it tells the fastest where no mark begins.
    return rf"(?=[{first}])(?<![\w/.-])(?<!\w['\u2019\u02bc`])(?:{every})"
