"""Identifiers written so that equal ones look equal: screening and merging clean them alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import mul

from sanctscreen.text.wallets import clean_address, is_address

#: Every type of identifier that lists and counterparties may state.
TYPES = frozenset(
    "passport national_id tax registration bic iban lei imo mmsi call_sign tail_number wallet "
    "website email phone other".split()
)
#: A BIC of eleven letters that ends so names the head office, as its first eight do (ISO 9362).
_HEAD_OFFICE = "XXX"
_BIC = 8
#: ISO 9362: institution, country, location and perhaps a branch.
_BIC_FORM = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
#: What the digits of a ship's number and of a company's weigh in their check digits.
_SHIP, _COMPANY = (7, 6, 5, 4, 3, 2), (8, 6, 4, 2, 9, 7)
_WEB = re.compile(r"(?:https?://)?(?:www\.)?(.+?)/*", re.IGNORECASE)


def clean_identifier(type: str, value: str) -> str:
    """Return an identifier without what its writers add: spaces, punctuation, case, prefixes.

    >>> clean_identifier("bic", "kkbc kp py xxx"), clean_identifier("imo", "IMO 9187629")
    ('KKBCKPPY', '9187629')
    >>> clean_identifier("wallet", "bitcoin:BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ?amount=1")
    'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'

    Args:
        type: as in `sanctscreen.model.Identifier`.
        value: the identifier as written; the result is empty if it holds no letter or digit.
    """
    if type == "wallet":
        return clean_address(value)
    if type == "website" and (found := _WEB.fullmatch(value.strip())):
        value = found[1]
    plain = "".join(filter(str.isalnum, value)).upper()
    if type == "bic" and len(plain) > _BIC:
        return plain.removesuffix(_HEAD_OFFICE)
    if type == "phone":
        return plain.removeprefix("00")
    return plain.removeprefix("IMO") if type == "imo" else plain


def looks_like_iban(value: str) -> bool:
    """Tell whether an account number is written as an IBAN: country, check digits, 11 to 30 more.

    >>> looks_like_iban("DE89 3704 0044 0532 0130 00"), looks_like_iban("7730-0044")
    (True, False)
    """
    plain = clean_identifier("iban", value)
    return plain[:2].isalpha() and plain[2:4].isdecimal() and 15 <= len(plain) <= 34


def identifier_faults(identifiers: Mapping[str, str]) -> str:
    """Say what is wrong with identifiers, given by type, in one line; empty if nothing is."""
    return "; ".join(filter(None, (identifier_fault(*each) for each in identifiers.items())))


@lru_cache(maxsize=8192)
def identifier_fault(type: str, value: str) -> str:
    """Say what is wrong with an identifier by the rules of its type; empty if nothing is.

    Checked are BIC (ISO 9362), IBAN (ISO 13616: country, length, layout, check digits), LEI (ISO
    17442), IMO numbers of ships and of companies (each with its own check digit), and addresses of
    wallets by the rules of their currencies. The others have no rule without their issuer.

    >>> identifier_fault("iban", "DE89 3704 0044 0532 0130 00")
    ''
    >>> identifier_fault("iban", "DE88 3704 0044 0532 0130 00")
    "no IBAN: 'DE88 3704 0044 0532 0130 00'"
    """
    if type not in TYPES:
        return f"no such type of identifier: {type!r}"
    return "" if _is_valid(type, value) else f"no {_NAMES[type]}: {value!r}"


_NAMES = {"bic": "BIC", "iban": "IBAN", "lei": "LEI", "imo": "IMO number", "wallet": "wallet"}


def _is_valid(type: str, value: str) -> bool:
    plain = clean_identifier(type, value)
    if type == "iban":
        from stdnum import iban

        return iban.is_valid(plain)
    if type == "lei":
        from stdnum import lei

        return lei.is_valid(plain)
    if type == "wallet":
        return is_address(value)
    if type == "bic":
        return _BIC_FORM.fullmatch(plain) is not None
    return type != "imo" or _is_imo(plain)


def _is_imo(number: str) -> bool:
    """Check the last digit, which ships and companies reckon in ways of their own.

    Ships: IMO Resolution A.1117(30); companies and registered owners: Resolution MSC.160(78).
    """
    if not (len(number) == 7 and number.isascii() and number.isdecimal()):
        return False
    digits = [int(each) for each in number]
    ship, company = (sum(map(mul, digits, weights)) for weights in (_SHIP, _COMPANY))
    return digits[-1] in {ship % 10, (11 - company % 11) % 10}
