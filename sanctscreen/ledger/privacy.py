"""Personal data as keyed digests: HMAC-SHA-256 (RFC 2104) in place of what it is made of.

What is not known to be harmless is digested, so a new field of a result is never written in
plain by oversight. The key is never stored.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sanctscreen.errors import LedgerError
from sanctscreen.model.digests import canonical

#: The environment variable that holds the key.
VARIABLE = "SANCTSCREEN_LEDGER_KEY"
#: Fewer characters could be guessed.
SHORTEST = 32
PREFIX = "hmac-sha256:"

#: What says nothing of the counterparty, at each place of a record.
KEPT = frozenset(
    "run row decision unshown threshold thresholds free_text lists config_digest library_version "
    "screened_at out_of_date message_type number field rescreened".split()
)
KEPT_OF_HIT = frozenset(
    "score party party_digest name kind status statuses programmes matched_name review why".split()
)
KEPT_OF_CLEARANCE = frozenset(
    "action party entry matched_name author decided_at expires party_name".split()
)
KEPT_OF_FACT = frozenset({"name", "points"})
HITS = frozenset({"hits", "set_aside", "cleared", "reopened"})


def read_key(path: Path | None) -> bytes | None:
    """Return the key in a file, or else in the environment; ``None`` if there is none.

    Raises:
        LedgerError: the key is too short to be one, or the file cannot be read.
    """
    try:
        key = path.read_bytes() if path else os.environ.get(VARIABLE, "").encode()
    except OSError as error:
        raise LedgerError(f"the key cannot be read: {error}", path=path) from error
    key = key.strip()
    if not key and path is None:
        return None
    if len(key) < SHORTEST:
        raise LedgerError(f"a key has at least {SHORTEST} characters", path=path)
    return key


def keyed(key: bytes, field: str, value: object) -> str:
    """Return the digest of a value in a field; equal values of a field have equal digests."""
    content = field.encode() + b"\0" + canonical(value)
    return PREFIX + hmac.new(key, content, hashlib.sha256).hexdigest()


def withheld(key: bytes, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of a screening with personal data as keyed digests."""
    return {field: _field(key, field, value) for field, value in record.items()}


def _field(key: bytes, field: str, value: Any) -> Any:
    if field == "input":
        return {name: _of_input(key, name, each) for name, each in value.items()}
    if field in HITS:
        return [_hit(key, each) for each in value]
    return value if field in KEPT else _digest(key, field, value)


def _of_input(key: bytes, field: str, value: Any) -> Any:
    """Digest a field of the counterparty, identifiers one by one, so that each can be found."""
    if field == "identifiers":
        return {kind: keyed(key, f"input.{field}.{kind}", each) for kind, each in value.items()}
    return value if field == "kind" else keyed(key, f"input.{field}", value)


def _hit(key: bytes, hit: Mapping[str, Any]) -> dict[str, Any]:
    parts = {"clearance": KEPT_OF_CLEARANCE, "facts": KEPT_OF_FACT}
    made: dict[str, Any] = {}
    for field, value in hit.items():
        if field in parts:
            several = value if isinstance(value, list) else [value]
            found = [_part(key, f"hit.{field}", parts[field], each) for each in several]
            made[field] = found if isinstance(value, list) else found[0]
        else:
            made[field] = value if field in KEPT_OF_HIT else _digest(key, f"hit.{field}", value)
    return made


def _part(key: bytes, path: str, kept: frozenset[str], part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field: value if field in kept else _digest(key, f"{path}.{field}", value)
        for field, value in part.items()
    }


def _digest(key: bytes, field: str, value: Any) -> Any:
    """Digest a value; what is empty says nothing."""
    return keyed(key, field, value) if value else value
