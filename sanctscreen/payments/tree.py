"""A payment file in XML as a tree that grows while it is read, within bounds.

Whoever walks the tree asks for more of it as far as it is needed, and forgets what is done: a
file of any size takes the memory of one transaction.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from xml.parsers.expat import XMLParserType

from sanctscreen.errors import InputError
from sanctscreen.markup import feed, hardened_parser, local

DEEPEST = 64
#: Elements at hand at a time; a transaction with all that the standard allows has about 5,000.
MOST_ELEMENTS = 200_000
#: Characters of text in one element; the longest that the standard allows has 20,000.
LONGEST_TEXT = 1 << 20


class Node:
    """An element; names are without namespace.

    Attributes:
        tag: its name.
        path: the names from the transaction, or the root, down to it, joined by ``/``.
        line: where it starts, counted from 1.
        children: the elements in it, as far as it is read.
        text: the text right in it, likewise.
        closed: whether it is read to its end.
    """

    __slots__ = ("_builder", "children", "closed", "line", "path", "tag", "text")

    def __init__(self, tag: str, path: str, line: int, builder: _Builder | None = None) -> None:
        self.tag = tag
        self.path = path
        self.line = line
        self.children: list[Node] = []
        self.text = ""
        self.closed = builder is None
        self._builder = builder

    def completed(self) -> Node:
        """Read the element to its end."""
        while not self.closed:
            self._grow()
        return self

    def completed_or_with(self, tags: Container[str]) -> bool:
        """Read to the end of the element, or until one of some others is met in it: say which."""
        while not (found := any(each.tag in tags for each in self.walk())) and not self.closed:
            self._grow()
        return found

    def with_first_child(self) -> Node:
        """Read until the first element in it is complete."""
        while not self.closed and not (self.children and self.children[0].closed):
            self._grow()
        return self

    def growing_children(self) -> Iterator[Node]:
        """Yield the elements in it as they are met, the last one perhaps not yet complete."""
        at = 0
        while True:
            while at < len(self.children):
                yield self.children[at]
                at += 1
            if self.closed:
                return
            self._grow()

    def forget(self, child: Node) -> None:
        """Let go of an element in it, once that is done with."""
        if self._builder:
            self._builder.count -= sum(1 for _ in child.walk())
        at = len(self.children) - 1
        while self.children[at] is not child:
            at -= 1
        self.children[at] = _FORGOTTEN

    def walk(self) -> Iterator[Node]:
        """Yield the element and everything in it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def _grow(self) -> None:
        if self._builder:
            self._builder.read_on()

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


_FORGOTTEN = Node("", "", 0)


def read_tree(chunks: Iterable[bytes]) -> Node:
    """Begin to read an XML file; return its root, which grows as it is asked for.

    Raises:
        InputError: now or while it grows: it is not well-formed, has a DOCTYPE, or exceeds a
            bound.
    """
    return _Builder(iter(chunks)).root()


class _Builder:
    """Grows a tree from what the parser reports.

    Attributes:
        count: the elements at hand.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._top = Node("", "", 1)
        self._open = [self._top]
        self.count = 0
        self._parser: XMLParserType = hardened_parser(_fault)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def root(self) -> Node:
        """Read until the root begins."""
        while not self._top.children:
            self.read_on()
        return self._top.children[0]

    def read_on(self) -> None:
        """Read the next piece of the file; that it ends too early is the parser's to say."""
        chunk = next(self._chunks, b"")
        feed(self._parser, chunk, _fault, last=not chunk)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        around, line = self._open[-1], self._parser.CurrentLineNumber
        self.count += 1
        if len(self._open) > DEEPEST:
            raise _fault(f"nested more than {DEEPEST} deep", line)
        if self.count > MOST_ELEMENTS:
            raise _fault(f"more than {MOST_ELEMENTS} elements", line)
        tag = local(name)
        node = Node(tag, f"{around.path}/{tag}".lstrip("/"), line, self)
        around.children.append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop().closed = True

    def _text(self, text: str) -> None:
        node = self._open[-1]
        node.text += text
        if len(node.text) > LONGEST_TEXT:
            raise _fault(f"a text of more than {LONGEST_TEXT} characters", node.line)


def _fault(message: str, line: int) -> InputError:
    return InputError(message, row=line)
