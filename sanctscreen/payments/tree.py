"""A payment file in XML as a tree, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers.expat import XMLParserType

from sanctscreen.errors import InputError
from sanctscreen.markup import feed, hardened_parser, local

DEEPEST = 64
#: Elements of one file; a pain.001 of 20,000 transactions has about a million.
MOST_ELEMENTS = 4_000_000
#: Characters of text in one element; the longest that the standard allows has 20,000.
LONGEST_TEXT = 1 << 20


class Node:
    """An element; names are without namespace.

    Attributes:
        tag: its name.
        path: the names from the transaction, or the root, down to it, joined by ``/``.
        line: where it starts, counted from 1.
        children: the elements in it.
        text: the text right in it.
    """

    __slots__ = ("children", "line", "path", "tag", "text")

    def __init__(self, tag: str, path: str, line: int) -> None:
        self.tag = tag
        self.path = path
        self.line = line
        self.children: list[Node] = []
        self.text = ""

    def walk(self) -> Iterator[Node]:
        """Yield the element and everything in it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[tuple[Node, Node]]:
        """Yield every element in it that holds no other, with the element around it."""
        for child in self.children:
            if child.children:
                yield from child.leaves()
            else:
                yield self, child

    def find(self, path: str) -> str:
        """Return the text of the first element that a path leads to, else an empty string."""
        nodes = [self]
        for tag in path.split("/"):
            nodes = [child for node in nodes for child in node.children if child.tag == tag]
        return " ".join(nodes[0].text.split()) if nodes else ""


def read_tree(content: bytes) -> Node:
    """Read a whole XML file.

    Raises:
        InputError: it is not well-formed, has a DOCTYPE, or exceeds a bound.
    """
    return _Builder().build(content)


class _Builder:
    """Grows a tree from what the parser reports."""

    def __init__(self) -> None:
        self._top = Node("", "", 1)
        self._open = [self._top]
        self._count = 0
        self._parser: XMLParserType = hardened_parser(_fault)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def build(self, content: bytes) -> Node:
        feed(self._parser, content, _fault, last=True)
        return self._top.children[0]

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        around, line = self._open[-1], self._parser.CurrentLineNumber
        self._count += 1
        if len(self._open) > DEEPEST:
            raise _fault(f"nested more than {DEEPEST} deep", line)
        if self._count > MOST_ELEMENTS:
            raise _fault(f"more than {MOST_ELEMENTS} elements", line)
        tag = local(name)
        node = Node(tag, f"{around.path}/{tag}".lstrip("/"), line)
        around.children.append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        node = self._open[-1]
        node.text += text
        if len(node.text) > LONGEST_TEXT:
            raise _fault(f"a text of more than {LONGEST_TEXT} characters", node.line)


def _fault(message: str, line: int) -> InputError:
    return InputError(message, row=line)
