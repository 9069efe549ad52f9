"""XML list files, read record by record, and trusted with nothing.

A file may be hostile or damaged. Any DOCTYPE is refused, and with it every entity beyond
XML's own five and every external file; depth, sizes and the number of elements in a record are
bounded; what is not well-formed is an error with its line, never a shorter list. Each record is
handed out whole and then forgotten, so a file of 100 MB takes no more memory than its parties.

    document = Document(path, {"INDIVIDUAL", "ENTITY"}, ignored={"*/SORT_KEY": "order of print"})
    parties = [party(record) for record in document.records()]
    document.root.attr("dateGenerated"), document.digest, document.unread
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Set
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from sanctscreen.errors import ListError
from sanctscreen.markup import SPACE, Fault, feed, hardened_parser, local
from sanctscreen.sources import _files
from sanctscreen.sources._element import Element

DEEPEST = 64
#: Bytes of one tag with its attributes; the longest published has 5,000.
LONGEST_TAG = 1 << 20
#: Characters of text in one record; the longest published has 60,000.
LONGEST_TEXT = 1 << 24
#: Elements of one record; the longest published, a table of reference values, has 5,000.
LARGEST_RECORD = 200_000
#: Different fields that no rule reads; a layout of more is not the one the reader knows.
MOST_UNREAD = 10_000
CHUNK = 1 << 16
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
#: Where the schema lies says nothing of a party.
SCHEMA_ATTRIBUTES = {f"{SCHEMA}{SPACE}{name}" for name in ("schemaLocation", "nil")} | {
    f"{SCHEMA}{SPACE}noNamespaceSchemaLocation"
}


class Root(NamedTuple):
    """The outermost element of a file, by which a reader recognises its format."""

    tag: str
    namespace: str
    attributes: Mapping[str, str]


def root_of(head: bytes, path: Path) -> Root | None:
    """Return the outermost element from the first bytes of a file; ``None`` if it is no XML.

    Raises:
        ListError: the file has a DOCTYPE.
    """
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        return None
    found: list[Root] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(SPACE)
        found.append(Root(tag, namespace, attributes))
        parser.StartElementHandler = None

    parser = hardened_parser(_fault(path))
    parser.StartElementHandler = start
    try:
        parser.Parse(head, False)
    except ListError:
        raise
    except (expat.ExpatError, ValueError, LookupError):
        pass
    return found[0] if found else None


class Document:
    """An XML file on its way to becoming records.

    Attributes:
        path: the file.
        root: the outermost element without its children, known once records are asked for.
        digest: SHA-256 of the unpacked bytes, known when all records have been handed out.
    """

    def __init__(
        self,
        path: Path,
        tags: Set[str],
        *,
        ignored: Mapping[str, str] | None = None,
        content: Iterable[bytes] | None = None,
    ) -> None:
        """Prepare to read a file.

        Args:
            path: the file, plain or gzip.
            tags: names of the elements that are records, without namespace. One inside another
                is part of the outer one.
            ignored: patterns (as in `fnmatch`) of paths from the root, such as
                ``"export/sanctionEntity/@logicalId"``, that are left unread on purpose, each
                with the reason.
            content: the XML itself, piece by piece, where it is only a part of the file.
        """
        self.path = path
        self.root = Element("", {}, line=1, file=path)
        self.digest = ""
        self._tags = tags
        self._content = content
        self._ignored = dict(ignored or {})
        self._left: set[str] = set()
        self._outside: list[str] = []
        self._open: list[Element] = []
        self._ready: list[tuple[str, Element]] = []
        self._fed = 0
        self._elements = 0
        self._characters = 0
        self._parser = hardened_parser(_fault(path))

    def records(self) -> Iterator[Element]:
        """Yield each record, complete; what a reader has not read from it by the next is unread.

        Raises:
            ListError: the file is missing, empty, cut off, malformed, hostile or too large.
        """
        self._listen()
        total = hashlib.sha256()
        for chunk in _chunks(self.path) if self._content is None else self._content:
            total.update(chunk)
            self._feed(chunk)
            yield from self._hand_out()
        self._feed(b"", last=True)
        yield from self._hand_out()
        self.digest = total.hexdigest()

    @property
    def unread(self) -> tuple[str, ...]:
        """Paths of content that nobody read and that is not ignored on purpose, sorted."""
        left = self._left.union(self.root.left_over(self.root.tag))
        return tuple(sorted(path for path in left if not self._is_ignored(path)))

    def _listen(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def _feed(self, chunk: bytes, *, last: bool = False) -> None:
        feed(self._parser, chunk, self._error, last=last)
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG + CHUNK:
            line = self._parser.CurrentLineNumber
            raise self._error(f"a tag of more than {LONGEST_TAG} bytes", line)

    def _hand_out(self) -> Iterator[Element]:
        ready, self._ready = self._ready, []
        for path, record in ready:
            yield record
            self._note(record, path)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        line = self._parser.CurrentLineNumber
        element = Element(tag, _plain(attributes), line=line, file=self.path)
        if self._open:
            self._elements += 1
            self._open[-1].add_child(element)
            self._open.append(element)
        elif tag in self._tags:
            self._elements = 1
            self._characters = 0
            self._open.append(element)
        else:
            self._enter(element)
        if len(self._outside) + len(self._open) > DEEPEST:
            raise self._error(f"nested more than {DEEPEST} deep", line)
        if self._elements > LARGEST_RECORD:
            raise self._error(f"a record of more than {LARGEST_RECORD} elements", line)

    def _enter(self, element: Element) -> None:
        """Go into an element that is no record but holds them."""
        self._outside.append(element.tag)
        if len(self._outside) == 1:
            self.root = element
            return
        self._note(element, "/".join(self._outside))

    def _end(self, _name: str) -> None:
        if not self._open:
            self._outside.pop()
            return
        element = self._open.pop()
        if not self._open:
            self._ready.append(("/".join([*self._outside, element.tag]), element))

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].add_text(text)
            self._characters += len(text)
            if self._characters > LONGEST_TEXT:
                line = self._parser.CurrentLineNumber
                raise self._error(f"a record of more than {LONGEST_TEXT} characters", line)
        elif not text.isspace():
            self._left.add("/".join(self._outside))

    def _note(self, element: Element, path: str) -> None:
        """Remember what nobody has read of an element."""
        self._left.update(element.left_over(path))
        if len(self._left) > MOST_UNREAD:
            raise self._error(f"more than {MOST_UNREAD} unknown fields", element.line)

    def _is_ignored(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in self._ignored)

    def _error(self, message: str, line: int) -> ListError:
        return ListError(message, path=self.path, row=line)


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Take the namespaces off the attributes' names."""
    if SPACE not in "".join(attributes):
        return attributes
    return {
        local(name): value for name, value in attributes.items() if name not in SCHEMA_ATTRIBUTES
    }


def _fault(path: Path) -> Fault:
    """Return what makes the errors of a list file."""
    return lambda message, line: ListError(message, path=path, row=line)


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the unpacked bytes of a file piece by piece.

    Raises:
        ListError: the file cannot be opened, is empty, breaks off or unpacks to too much.
    """
    size = 0
    try:
        with path.open("rb") as file:
            packed = file.read(len(_files.GZIP)) == _files.GZIP
        with gzip.open(path) if packed else path.open("rb") as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > _files.LARGEST:
                    raise ListError(f"larger than {_files.LARGEST} bytes", path=path)
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise ListError(f"cannot be read: {error}", path=path) from error
    if not size:
        raise ListError("empty file", path=path)
