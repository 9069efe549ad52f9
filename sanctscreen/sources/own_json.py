"""The library's own list files: what ``build-list``, ``import-list`` and `PartyList.save` write.

The file carries a digest of its content, so an altered or cut file does not load.
"""

from __future__ import annotations

import re
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.party_list import FORMAT as FILE_FORMAT
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _files

ID = "sanctscreen"
TITLE = "A list saved by sanctscreen"
PUBLISHER = "whoever saved it"
HOMEPAGE = "docs/lists.md"
LICENCE = "that of the sources it names"
FORMAT = "sanctscreen-json"
#: A document without a designation yields a list without a party, on purpose.
MINIMUM = 0

_MARK = re.compile(rb'"format"\s*:\s*"' + FILE_FORMAT.encode() + b'"')


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the card's signature
    """Tell a saved list by the format it names in its first lines."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and bool(_MARK.search(head[:1024]))


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read one saved list.

    Raises:
        ListError: several files, a damaged one, or fewer parties than ``minimum``.
    """
    if len(paths) != 1:
        raise ListError("a saved list is one file; read several lists one by one", path=paths[1])
    party_list = PartyList.from_json(_files.content(paths[0]), path=paths[0])
    _files.check_count(len(party_list), MINIMUM if minimum is None else minimum, paths[0])
    return party_list
