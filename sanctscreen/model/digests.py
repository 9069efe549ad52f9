"""Digests of what is compared later: canonical JSON, hashed."""

from __future__ import annotations

import hashlib
import json


def canonical(value: object) -> bytes:
    r"""Write JSON-ready data in the one way that is hashed: sorted keys, no spaces, ASCII.

    >>> canonical({"b": "é", "a": [1.5, None]})
    b'{"a":[1.5,null],"b":"\\u00e9"}'

    Raises:
        ValueError: a number is infinite or none.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def digest_of(value: object) -> str:
    """Return the SHA-256, in hexadecimal, of JSON-ready data in canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()
