"""One XML element of a list file, which keeps count of what has been read from it.

A reader asks an element for what it knows of; whatever nobody asked for is *left over*, and the
list names it in ``Source.unread``. So a field that a publisher adds is noticed on the first day.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sanctscreen.errors import ListError

TEXT = "#"


class Element:
    """An element with its attributes, children and text; names are without namespace.

    Attributes:
        tag: its name.
        line: the line of the file where it starts, counted from 1.
        file: the file that it stands in.
    """

    __slots__ = ("_attributes", "_children", "_parts", "_read", "file", "line", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], *, line: int, file: Path) -> None:
        self.tag = tag
        self.line = line
        self.file = file
        self._attributes = attributes
        self._children: list[Element] = []
        self._parts: list[str] = []
        self._read: set[str] = set()

    def __iter__(self) -> Iterator[Element]:
        """Go through the children in their order; this marks nothing as read."""
        return iter(self._children)

    def all(self, path: str) -> list[Element]:
        """Return every element below this one that a path such as ``"A/B"`` leads to."""
        found = [self]
        for tag in path.split("/"):
            found = [child for each in found for child in each._children if child.tag == tag]
        return found

    def first(self, path: str) -> Element | None:
        """Return the first element that a path leads to; a second one stays unread."""
        return next(iter(self.all(path)), None)

    def only(self, path: str) -> Element | None:
        """Return the one element that a path leads to, if there is any.

        Raises:
            ListError: there are several: the end of this record and the start of the next are
                missing, so that two parties look like one.
        """
        found = self.all(path)
        if len(found) > 1:
            raise found[1].error("a second one in one record: two records run together?", path)
        return found[0] if found else None

    def text(self, path: str = "") -> str:
        """Read the text of this element, or of the first that a path leads to.

        White space is reduced to single spaces; no such element, or an empty one, is ``""``.
        """
        element = self.first(path) if path else self
        if element is None:
            return ""
        element._read.add(TEXT)
        return " ".join("".join(element._parts).split())

    def texts(self, path: str) -> tuple[str, ...]:
        """Read the text of every element that a path leads to, leaving out empty ones."""
        return tuple(text for each in self.all(path) if (text := each.text()))

    def attr(self, name: str) -> str:
        """Read an attribute; one that is not there, or empty, is ``""``."""
        self._read.add(name)
        value = self._attributes.get(name)
        return " ".join(value.split()) if value else ""

    def left_over(self, path: str) -> Iterator[str]:
        """Yield the paths of all content that nobody read.

        Args:
            path: where this element stands, such as ``"export/sanctionEntity"``.
        """
        if TEXT not in self._read and any(not part.isspace() for part in self._parts):
            yield path
        for name, value in self._attributes.items():
            if name not in self._read and value and not value.isspace():
                yield f"{path}/@{name}"
        for child in self._children:
            yield from child.left_over(f"{path}/{child.tag}")

    def error(self, message: str, field: str | None = None) -> ListError:
        """Make the error that names this element's file and line."""
        return ListError(message, path=self.file, row=self.line, field=field)

    def add_child(self, child: Element) -> None:
        """Append a child, while the file is being read."""
        self._children.append(child)

    def add_text(self, text: str) -> None:
        """Append text, while the file is being read."""
        self._parts.append(text)
