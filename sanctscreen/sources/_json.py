"""JSON list files: objects that keep count of which of their fields have been read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sanctscreen.errors import ListError

#: More nesting than any list has; keeps a crafted file from exhausting the stack.
DEEPEST = 64


def loads(text: str, path: Path, *, row: int | None = None) -> Any:
    """Parse JSON.

    Raises:
        ListError: the text is no JSON, is nested without end or states a key twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise ListError(
            f"not JSON in column {error.colno}: {error.msg}; cut off or damaged?",
            path=path,
            row=row or error.lineno,
        ) from error
    except (ValueError, RecursionError) as error:
        raise ListError(f"damaged JSON: {error}", path=path, row=row) from error


class Unread:
    """The fields that held something and that nobody asked for, across all records."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}

    def add(self, name: str) -> None:
        """Note a field."""
        self._names.setdefault(name)

    def fields(self) -> tuple[str, ...]:
        """Return the fields, each once, sorted."""
        return tuple(sorted(self._names))


class Fields:
    """An object whose fields are asked for by name."""

    def __init__(
        self,
        content: Mapping[str, Any],
        unread: Unread,
        *,
        path: Path,
        row: int,
        place: str = "",
    ) -> None:
        self._content = content
        self._unread = unread
        self._asked: set[str] = set()
        self._path, self._row, self._place = path, row, place

    def text(self, name: str) -> str:
        """Return a field that holds one text or number; empty where there is none.

        Raises:
            ListError: it holds something else.
        """
        value = self._get(name)
        if isinstance(value, list | dict):
            raise self._error("holds no single value", name)
        return " ".join(_plain(value).split())

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that holds several texts, or one; empty ones are left out.

        Raises:
            ListError: it holds something else.
        """
        value = self._get(name)
        values = value if isinstance(value, list) else [value]
        if any(isinstance(each, list | dict) for each in values):
            raise self._error("holds no plain values", name)
        return tuple(text for each in values if (text := " ".join(_plain(each).split())))

    def objects(self, name: str) -> Iterator[Fields]:
        """Yield the objects of a field that holds several.

        Raises:
            ListError: it holds something else.
        """
        value = self._get(name)
        for each in value if isinstance(value, list) else [] if value is None else [value]:
            if not isinstance(each, dict):
                raise self._error("holds no objects", name)
            yield Fields(
                each,
                self._unread,
                path=self._path,
                row=self._row,
                place=f"{self._place}{name}.",
            )

    def close(self) -> None:
        """Report the fields that hold something and were not asked for."""
        for name, value in self._content.items():
            if name not in self._asked and value not in (None, "", [], {}):
                self._unread.add(f"{self._place}{name}")

    def _get(self, name: str) -> Any:
        self._asked.add(name)
        return self._content.get(name)

    def _error(self, message: str, name: str) -> ListError:
        return ListError(message, path=self._path, row=self._row, field=f"{self._place}{name}")


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key twice in one object")
    return found
