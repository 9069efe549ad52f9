"""Identifiers written so that equal ones look equal: screening and merging clean them alike."""

from __future__ import annotations

#: A BIC of eleven letters that ends so names the head office, as its first eight do (ISO 9362).
_HEAD_OFFICE = "XXX"
_BIC = 8


def clean_identifier(type: str, value: str) -> str:
    """Return an identifier without what its writers add: spaces, punctuation, case, prefixes.

    >>> clean_identifier("bic", "kkbc kp py xxx"), clean_identifier("imo", "IMO 9187629")
    ('KKBCKPPY', '9187629')

    Args:
        type: as in `sanctscreen.model.Identifier`.
        value: the identifier as written; the result is empty if it holds no letter or digit.
    """
    if type == "wallet":
        # Addresses tell capital letters apart, except those written in hexadecimal.
        address = value.strip()
        return address.lower() if address.lower().startswith("0x") else address
    plain = "".join(filter(str.isalnum, value)).upper()
    if type == "bic" and len(plain) > _BIC:
        return plain.removesuffix(_HEAD_OFFICE)
    return plain.removeprefix("IMO") if type == "imo" else plain
