"""The bytes of a saved party list: one JSON document, a party a line, stamped with a digest.

The digest is made of the same lines in an order of their own, so it depends neither on the
order of the parties nor on the machine, and a list is checked as fast as it is loaded.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sanctscreen.errors import InputError
from sanctscreen.party_list.stored import SEPARATOR, Lines, StoredParties

if TYPE_CHECKING:
    from sanctscreen.model import Party
    from sanctscreen.party_list import PartyList

FORMAT = "sanctscreen-list/1"
#: Lines that are digested at once.
TOGETHER = 256
#: What stands before the first party, and after the last.
_OPENING, _CLOSING = b',\n "parties": [\n', b"\n ]\n}\n"


def party_lines(party_list: PartyList) -> list[bytes]:
    """Return each party as one line of JSON, without fields that hold their default."""
    parties = party_list.parties
    if isinstance(parties, StoredParties):
        return list(parties.lines)
    return [_line(party) for party in parties]


def divided(content: bytes) -> tuple[bytes, Lines] | None:
    """Divide a file into a list without parties and their lines, if it is laid out as `document`.

    What it holds is not looked at, nor copied.
    """
    at, end = content.find(_OPENING), len(content) - len(_CLOSING)
    start = at + len(_OPENING)
    if at < 0 or end < start or not content.endswith(_CLOSING):
        return None
    return content[:at] + b',\n "parties": []\n}', Lines.between(content, start, end)


def digest_of(party_list: PartyList, lines: list[bytes]) -> str:
    """Return the SHA-256, in hexadecimal, of everything in the list but the parties' order."""
    total = hashlib.sha256(_canonical(_preamble(party_list)))
    ordered = sorted(lines)
    for at in range(0, len(ordered), TOGETHER):
        total.update(b"\n" + b"\n".join(ordered[at : at + TOGETHER]))
    return total.hexdigest()


def document(party_list: PartyList, lines: list[bytes]) -> bytes:
    """Return the file's bytes: the preamble indented for people, then a party a line."""
    content = {"format": FORMAT, "digest": party_list.digest, **_preamble(party_list)}
    head = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
    parties = SEPARATOR.join(lines)
    return head.removesuffix(b"\n}") + _OPENING + parties + _CLOSING


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears under its name only once all of it is on the disk.

    A name that ends in ``.gz`` gets the content packed; the same content always gives the same
    bytes.

    Raises:
        InputError: the path is a directory or a device, or cannot be written.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise InputError("not a regular file, so it cannot be replaced as a whole", path=path)
    packed = gzip.compress(content, mtime=0) if path.suffix == ".gz" else content
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            stream.write(packed)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=path) from error
    finally:
        part.unlink(missing_ok=True)


def _line(party: Party) -> bytes:
    return party.model_dump_json(exclude_defaults=True).encode("utf-8")


def _preamble(party_list: PartyList) -> dict[str, object]:
    return party_list.model_dump(mode="json", exclude_defaults=True, exclude={"parties"})


def _canonical(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")
