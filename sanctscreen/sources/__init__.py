"""The post room: official list files, each read by the one module that knows its layout.

A reader is a module of this folder whose name does not start with an underscore. It carries a
card (`Reader`) and is found by its place: adding a source is adding a file. Readers are
imported when a list is first read, never before.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from sanctscreen.errors import ListError, UnknownFormatError

if TYPE_CHECKING:
    from sanctscreen.party_list import PartyList


class Reader(Protocol):
    """What every module of this folder provides.

    Attributes:
        ID: the source id of the parties it reads, such as ``"ofac-sdn"``.
        TITLE: the list's own name.
        PUBLISHER: who publishes it.
        HOMEPAGE: where it is published.
        LICENCE: on what terms.
        FORMAT: what a caller says to choose this reader.
        MINIMUM: fewer parties than this are taken for a download that broke off.
    """

    ID: str
    TITLE: str
    PUBLISHER: str
    HOMEPAGE: str
    LICENCE: str
    FORMAT: str
    MINIMUM: int

    def recognises(self, head: bytes, path: Path) -> bool:
        """Tell from the first bytes, unpacked, whether a file is of this format."""

    def read(self, paths: list[Path], *, minimum: int | None = None) -> PartyList:
        """Read the files that together are one list."""


class PartialReader(Protocol):
    """A reader that can leave out a last row that is cut off; it states ``PARTIAL = True``."""

    def read(
        self, paths: list[Path], *, minimum: int | None = None, partial: bool = False
    ) -> PartyList:
        """Read the files, or what there is of them."""


@cache
def readers() -> dict[str, Reader]:
    """Return every reader by its format; readers with a looser test come later."""
    names = sorted(each.name for each in pkgutil.iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names if name[0] != "_"]
    found = [cast("Reader", module) for module in modules]
    # A private list may have any columns that fit, so whoever knows a layout goes first.
    return {each.FORMAT: each for each in sorted(found, key=lambda each: each.ID == "user")}


def read(
    paths: list[Path],
    *,
    format: str | None = None,
    minimum: int | None = None,
    partial: bool = False,
) -> PartyList:
    """Read a party list from the files that together make it.

    Args:
        paths: one file, or several of the same list.
        format: the name of a reader; found from the content if ``None``.
        minimum: fewer parties than this raise; the reader's own figure if ``None``.
        partial: read what there is of a file whose last row is cut off, and say so in the
            warnings of its source, where the format's reader can (``PARTIAL``).

    Raises:
        ListError: a file is missing, empty, cut off or malformed, or the list is too short; or
            the format is read whole or not at all.
        UnknownFormatError: no reader recognises a file, or none has that name.
    """
    if not paths:
        raise ListError("no file to read a list from")
    reader = _named(format) if format else _recognising(paths)
    if not partial:
        return reader.read(paths, minimum=minimum)
    if not getattr(reader, "PARTIAL", False):
        raise ListError(f"{reader.FORMAT} is read whole or not at all", path=paths[0])
    return cast("PartialReader", reader).read(paths, minimum=minimum, partial=True)


def _named(format: str) -> Reader:
    if format not in readers():
        raise UnknownFormatError(f"no such list format: {format!r}; known: {_known()}")
    return readers()[format]


def _recognising(paths: list[Path]) -> Reader:
    """Find the one reader that recognises every file."""
    from sanctscreen.sources._files import head

    heads = [(head(path), path) for path in paths]
    own = cast("Reader", import_module(f"{__name__}.own_json"))  # the others need not be loaded
    if all(own.recognises(content, path) for content, path in heads):
        return own
    for reader in readers().values():
        if all(reader.recognises(content, path) for content, path in heads):
            return reader
    together = "the files" if len(paths) > 1 else "the file"
    raise UnknownFormatError(
        f"no reader recognises {together}; tried {_known()}", path=", ".join(map(str, paths))
    )


def _known() -> str:
    return ", ".join(sorted(readers()))
