"""Arrays and texts in one file that is opened by mapping it into memory.

The file states what it was made of and by (its *key*) and the SHA-256 of its content. A file of
another key, or a damaged one, is as good as none: what it holds can be made again.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind")
Members = Mapping[str, NDArray[Any]]

#: The first bytes of a file, and what the content is aligned to.
MAGIC, ALIGNED = b"sanctscreen-packed/1\n", 64


def pack(thing: Any, prefix: str = "") -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the arrays of a dataclass, and of those inside it, by name."""
    for each in fields(thing):
        if each.init:
            yield from _packed(getattr(thing, each.name), prefix + each.name)


def unpack(kind: type[Kind], members: Members, prefix: str = "") -> Kind:
    """Make a dataclass of what `pack` yielded.

    Raises:
        KeyError: something is missing.
    """
    hints = get_type_hints(kind)
    given = {
        each.name: _unpacked(hints[each.name], members, prefix + each.name)
        for each in fields(kind)  # type: ignore[arg-type]
        if each.init
    }
    return kind(**given)


def contents(key: str, members: Members) -> bytes:
    """Return the bytes of a file."""
    at, directory, parts = 0, {}, []
    for name, array in members.items():
        raw = np.ascontiguousarray(array).tobytes()
        directory[name] = [array.dtype.str, list(array.shape), at]
        parts += [raw, bytes(-len(raw) % ALIGNED)]
        at += len(raw) + -len(raw) % ALIGNED
    body = b"".join(parts)
    head = {"key": key, "digest": hashlib.sha256(body).hexdigest(), "members": directory}
    line = MAGIC + json.dumps(head, separators=(",", ":")).encode()
    return line + b" " * (-(len(line) + 1) % ALIGNED) + b"\n" + body


def opened(path: Path, key: str) -> Members | None:
    """Map a file into memory; ``None`` if there is none of this key that is whole.

    The digest is made of what is read and let go, so that only what is used stays in memory.
    """
    try:
        with path.open("rb") as stream:
            if stream.readline() != MAGIC:
                return None
            head = json.loads(stream.readline())
            start = stream.tell()
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if head["key"] != key or head["digest"] != digest:
                return None
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        body = memoryview(mapped)[start:]
        return {name: _member(body, *place) for name, place in head["members"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _member(body: memoryview, dtype: str, shape: list[int], at: int) -> NDArray[Any]:
    count = int(np.prod(shape, dtype=np.int64))
    return np.frombuffer(body, dtype=np.dtype(dtype), count=count, offset=at).reshape(shape)


def _packed(value: Any, name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    if is_dataclass(value):
        yield from pack(value, f"{name}.")
    elif isinstance(value, str | bytes):
        raw = value.encode() if isinstance(value, str) else value
        yield name, np.frombuffer(raw, dtype=np.uint8)
    else:
        yield name, np.asarray(value)


def _unpacked(kind: Any, members: Members, name: str) -> Any:
    if is_dataclass(kind):
        return unpack(kind, members, f"{name}.")  # type: ignore[arg-type]
    array = members[name]
    if kind is str:
        return array.tobytes().decode()
    if kind is bytes:
        return array.tobytes()
    return kind(array) if kind in (float, int) else array
