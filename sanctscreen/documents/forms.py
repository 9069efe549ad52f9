"""Names with and without their legal form: "Alpha Trading" and "Alpha Trading LLC"."""

from __future__ import annotations

import re

from sanctscreen.documents import vocabulary
from sanctscreen.documents.model import slug

#: Legal forms written out, at the end of a name.
LONG_FORM = re.compile(
    r",? (?:(?:Public|Open|Closed|Private) )?(?:Joint[ -]Stock Company|Limited Liability Company|"
    r"(?:Private |Public )?Limited(?: Company)?|Company Limited|Stock Company|"
    r"S\.?(?:A\.?)?(?:P\.?I\.?)?(?: de R\.?L\.?)? de C\.?V\.?)$"
)


def core(name: str) -> str:
    """Return the key of a name without legal forms; names of one party share it.

    >>> core("Alpha Trading, LLC") == core("Alpha Trading")
    True
    """
    legal = vocabulary.words("legal_forms", "form")
    words = [word for word in re.split(r"[ ,]+", LONG_FORM.sub("", name)) if word not in legal]
    return slug(" ".join(words)) or slug(name)


def has_legal_form(name: str) -> bool:
    """Whether a name states a legal form."""
    return core(name) != slug(name)
