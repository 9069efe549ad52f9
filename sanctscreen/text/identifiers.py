"""Identifiers written so that equal ones look equal: screening and merging clean them alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

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
#: What a wallet's address may have around it (BIP 21, ERC-681 and their kin).
_WALLET_LINK = re.compile(
    r"(?:bitcoin|bitcoincash|ethereum|litecoin|dash|tron|monero|ripple|zcash):(?://)?([^?@]+).*",
    re.IGNORECASE,
)
#: Addresses in which case says nothing: hexadecimal, bech32 (BIP 173) and cash addresses.
_CASELESS = re.compile(
    r"0x[0-9a-f]+|(?:bc|tb|ltc|zs|cosmos|addr)1[02-9ac-hj-np-z]+|[qp][02-9ac-hj-np-z]{41}"
)
_HEXADECIMAL = re.compile(r"0x[0-9a-f]{40}", re.IGNORECASE)
_BITCOIN = re.compile(r"bc1[0-9a-z]+|[13](?=.*[A-Za-z])[1-9A-HJ-NP-Za-km-z]{25,34}")
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
        return _wallet(value)
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
    17442), ship numbers (seven digits: companies have another check digit than ships), and
    addresses of Bitcoin and of Ethereum's kin. The others have no rule without their issuer.

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
        return _is_address(plain)
    if type == "bic":
        return _BIC_FORM.fullmatch(plain) is not None
    return type != "imo" or (len(plain) == 7 and plain.isdecimal())


def _wallet(value: str) -> str:
    """Clean an address: in the older forms capital letters are other letters, in others not."""
    found = _WALLET_LINK.fullmatch(value.strip())
    address = found[1] if found else value.strip()
    return address.lower() if _CASELESS.fullmatch(address.lower()) else address


def _is_address(address: str) -> bool:
    if address.startswith("0x"):
        return _HEXADECIMAL.fullmatch(address) is not None
    if _BITCOIN.fullmatch(address):
        from stdnum import bitcoin

        return bitcoin.is_valid(address)
    return True
