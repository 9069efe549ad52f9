"""Identifiers as keys that are equal where the identifiers say the same.

One identifier may have several keys: a branch's BIC is also its bank's, and an IBAN names the
bank that keeps the account. Where a key of a counterparty is one of a party, both share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sanctscreen.data import table
from sanctscreen.text.identifiers import clean_identifier

Key = tuple[str, str]
#: Fewer letters and digits identify nobody: what a form leaves over, such as `(357)`.
SHORTEST = 4
#: The type of the key for the bank that keeps an account.
BANK = "account at bank"
#: A number of the value added tax, whose country some leave out.
_WITH_COUNTRY = re.compile(r"[A-Z]{2}(\d{8,12})")
#: How OFAC and others mark the number of a Russian bank (BIK): a type of its own is not stated.
_RUSSIAN_BANK = re.compile(r"04\d{7}")


def given_keys(identifiers: Iterable[Key]) -> Iterator[Key]:
    """Yield the keys of what a counterparty states, as type and value.

    >>> list(given_keys([("bic", "kkbckppyxxx"), ("passport", "A 123-456")]))
    [('bic', 'KKBCKPPY'), ('passport', 'A123456')]
    >>> list(given_keys([("iban", "BY13 NBRB 3600 9000 0000 2Z00 AB00")]))
    [('iban', 'BY13NBRB3600900000002Z00AB00'), ('account at bank', 'NBRB BY')]
    """
    for kind, value in identifiers:
        yield from _keys(kind, value)
        if kind == "iban" and (bank := _bank_of(clean_identifier(kind, value))):
            yield BANK, bank


def listed_keys(identifiers: Iterable[Key]) -> Iterator[Key]:
    """Yield the keys of what a list states of a party; a bank has one for its accounts too.

    An address of a wallet in which capital letters are other letters has one in capitals alone.

    >>> list(listed_keys([("bic", "NBRBBY2X")]))
    [('bic', 'NBRBBY2X'), ('account at bank', 'NBRB BY')]
    """
    for kind, value in identifiers:
        for key in _keys(kind, value):
            yield key
            if kind == "bic":
                yield BANK, f"{key[1][:4]} {key[1][4:6]}"
            elif kind == "wallet" and not key[1].islower():
                yield kind, key[1].upper()  # as a system writes it that knows capitals alone
        if kind == "other" and _RUSSIAN_BANK.fullmatch(value.strip()):
            yield BANK, f"{value.strip()} RU"


def _keys(type: str, value: str) -> Iterator[Key]:
    cleaned = clean_identifier(type, value)
    if sum(map(str.isalnum, cleaned)) < SHORTEST or len(set(cleaned)) == 1:
        return
    yield type, cleaned
    if type == "bic" and len(cleaned) > 8:
        yield type, cleaned[:8]
    if type == "tax" and (found := _WITH_COUNTRY.fullmatch(cleaned)):
        yield type, found[1]


def _bank_of(iban: str) -> str:
    """Return the bank of an IBAN and its country, where its code can be met on a list."""
    place = _places().get(iban[:2])
    if place is None:
        return ""
    start, length = place
    return f"{iban[start : start + length]} {iban[:2]}"


@cache
def _places() -> dict[str, tuple[int, int]]:
    rows = table("iban_banks")
    return {row["country"]: (int(row["start"]) - 1, int(row["length"])) for row in rows}
