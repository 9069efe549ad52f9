"""Addresses of wallets: cleaned, and checked by the rules of their currencies.

An address is taken for what it is written like, since customers hardly ever state the currency.
Checked are base58 with a check sum (Bitcoin, Litecoin, Dogecoin, Verge, Dash, Zcash, Bitcoin
Gold, Tron; Ripple with an alphabet of its own), bech32 (BIP 173, BIP 350), the cash addresses of
Bitcoin Cash, hexadecimal addresses (capital letters as ERC-55 has them), and Monero's. Solana's
have no check sum, and what is written otherwise has no rule that is known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

from sanctscreen.text.keccak import keccak_256

#: What an address may have around it (BIP 21, ERC-681 and their kin).
_LINK = re.compile(
    r"(?:bitcoin|bitcoincash|ethereum|litecoin|dogecoin|dash|tron|monero|ripple|zcash|solana):"
    r"(?://)?([^?@]+).*",
    re.IGNORECASE,
)
_HEXADECIMAL = re.compile(r"0[xX][0-9A-Za-z]+")
_BECH32 = re.compile(r"(?:bc|tb|ltc|zs|u|cosmos|addr)1[02-9ac-hj-np-z]{20,}", re.IGNORECASE)
_CASH = re.compile(r"[qp][02-9ac-hj-np-z]{41}", re.IGNORECASE)
#: Nearly every base58 address has letters of both cases; an account number has not.
_BASE58 = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?:[13LMDA97XGT]|t[13])[1-9A-HJ-NP-Za-km-z]{25,34}")
_RIPPLE = re.compile(r"(?=.*[a-z])(?=.*[A-Z])r[1-9A-HJ-NP-Za-km-z]{24,34}")
_MONERO = re.compile(r"[48](?:[1-9A-HJ-NP-Za-km-z]{94}|[1-9A-HJ-NP-Za-km-z]{105})")

_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE_LETTERS = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
#: The hash of a key or a script in a base58 address, and the check sum behind it.
_HASH, _SUM = 20, 4
#: What stands before the hash: the currency, and whether it is a key or a script.
_VERSIONS = frozenset(
    bytes.fromhex(version)
    for version in (
        *("00", "05"),  # Bitcoin, the older form of Bitcoin Cash, Litecoin's older scripts
        *("30", "32"),  # Litecoin
        *("1e", "16"),  # Dogecoin, Verge
        *("4c", "10"),  # Dash
        *("26", "17"),  # Bitcoin Gold
        "41",  # Tron
        *("1cb8", "1cbd"),  # Zcash
    )
)
#: The polynomials of BIP 173 and of cash addresses, and what their sums must come to.
_BECH32_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CASH_STEPS = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
_BECH32_SUMS = frozenset({1, 0x2BC830A3})
_CASH_PREFIX = "bitcoincash"
#: Monero writes eight bytes as eleven letters, and the fewer at the end as fewer.
_MONERO_LETTERS = 11
_MONERO_BYTES = {11: 8, 10: 7, 9: 6, 7: 5, 6: 4, 5: 3, 3: 2, 2: 1}


def clean_address(value: str) -> str:
    """Write an address as it is looked up: without its link, in small letters if case is mute.

    In base58 a capital letter is another letter.

    >>> clean_address("bitcoin:BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ?amount=1")
    'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'
    """
    address = _bare(value)
    caseless = any(form.fullmatch(address) for form in (_HEXADECIMAL, _BECH32, _CASH))
    return address.lower() if caseless else address


def is_address(value: str) -> bool:
    """Tell whether an address keeps the rules of what it is written like; yes if none is known.

    >>> is_address("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8")
    True
    >>> is_address("TJRabPrwbZy45sbavfcjinPJC18kjpRTv9")
    False
    """
    address = _bare(value)
    rule = next((rule for form, rule in _RULES if form.fullmatch(address)), None)
    return rule is None or rule(address)


def _bare(value: str) -> str:
    found = _LINK.fullmatch(value.strip())
    return found[1] if found else value.strip()


def _is_hexadecimal(address: str) -> bool:
    """Check 20 bytes; where both cases occur, capitals are a check sum (ERC-55)."""
    digits = address[2:]
    if not re.fullmatch("[0-9A-Fa-f]{40}", digits):
        return False
    if digits in {digits.lower(), digits.upper()}:
        return True
    sums = keccak_256(digits.lower().encode()).hex()
    pairs = zip(digits, sums, strict=False)
    return all(it.isdigit() or it.isupper() == (int(each, 16) > 7) for it, each in pairs)


def _is_base58(address: str, letters: str = _LETTERS) -> bool:
    data = _bytes(address, letters)
    version, rest, total = data[: -_HASH - _SUM], data[:-_SUM], data[-_SUM:]
    return version in _VERSIONS and sha256(sha256(rest).digest()).digest()[:_SUM] == total


def _is_ripple(address: str) -> bool:
    return _is_base58(address, _RIPPLE_LETTERS)


def _is_bech32(address: str) -> bool:
    name, _, data = address.lower().rpartition("1")
    prefix = [*(ord(it) >> 5 for it in name), 0, *(ord(it) & 31 for it in name)]
    return _polymod(prefix, data, _BECH32_STEPS, 25) in _BECH32_SUMS


def _is_cash(address: str) -> bool:
    prefix = [*(ord(it) & 31 for it in _CASH_PREFIX), 0]
    return _polymod(prefix, address.lower(), _CASH_STEPS, 35) == 1


def _is_monero(address: str) -> bool:
    parts = [address[at : at + _MONERO_LETTERS] for at in range(0, len(address), _MONERO_LETTERS)]
    data = b""
    for part in parts:
        number, length = _number(part, _LETTERS), _MONERO_BYTES.get(len(part), 0)
        if number.bit_length() > 8 * length:
            return False
        data += number.to_bytes(length, "big")
    return keccak_256(data[:-_SUM])[:_SUM] == data[-_SUM:]


def _bytes(text: str, letters: str) -> bytes:
    """Read base58, in which every zero byte at the start is a letter of its own."""
    number = _number(text, letters)
    zeros = len(text) - len(text.lstrip(letters[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _number(text: str, letters: str) -> int:
    number = 0
    for each in text:
        number = number * len(letters) + letters.index(each)
    return number


def _polymod(prefix: list[int], text: str, steps: tuple[int, ...], bits: int) -> int:
    """Return what the check sum of a text comes to, five bits a letter."""
    total = 1
    for each in (*prefix, *map(_BECH32_LETTERS.index, text)):
        top = total >> bits
        total = (total & ((1 << bits) - 1)) << 5 ^ each
        for at, step in enumerate(steps):
            total ^= step if top >> at & 1 else 0
    return total


#: How an address is written, and what it must then keep.
_RULES: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_HEXADECIMAL, _is_hexadecimal),
    (_BECH32, _is_bech32),
    (_CASH, _is_cash),
    (_MONERO, _is_monero),
    (_BASE58, _is_base58),
    (_RIPPLE, _is_ripple),
)
