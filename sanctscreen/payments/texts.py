"""Identifiers within free text, where nothing says what they are but how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sanctscreen.data import table
from sanctscreen.text.identifiers import identifier_fault

#: Where an IBAN may begin, and what may follow; its end shows by its check digits alone.
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")
SHORTEST_IBAN = 15
#: How each other type is written; the first group is the identifier.
PATTERNS = (
    ("bic", re.compile(r"\b([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")),
    ("lei", re.compile(r"\b([A-Z0-9]{18}\d{2})\b")),
    ("imo", re.compile(r"\bIMO(?: (?:NO|NUMBER|NR))?[ .:#]*(\d{7})\b", re.IGNORECASE)),
    ("wallet", re.compile(r"\b((?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9]{25,100})\b")),
)


def identifiers_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is written like an identifier and keeps its type's rules, as type and value.

    >>> list(identifiers_in("CARGO OF MV EXAMPLE IMO 9074729 PAID TO KALIGB22XXX"))
    [('bic', 'KALIGB22XXX'), ('imo', '9074729')]
    """
    for found in IBAN.finditer(text):
        yield from _iban(found[0].replace(" ", ""))
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(text):
            value = found[1]
            if kind == "bic" and value[4:6].lower() not in _countries():
                continue
            if not identifier_fault(kind, value):
                yield kind, value


def _iban(written: str) -> Iterator[tuple[str, str]]:
    """Yield the IBAN that a text begins with, whatever stands right behind it."""
    for length in range(len(written), SHORTEST_IBAN - 1, -1):
        if not identifier_fault("iban", written[:length]):
            yield "iban", written[:length]
            return


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["alpha2"] for row in table("country_codes"))
