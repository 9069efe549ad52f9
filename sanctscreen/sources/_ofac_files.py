"""The four files of OFAC's legacy CSV layout: which is which, and whether each is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sanctscreen.errors import ListError
from sanctscreen.sources import _files

END_OF_FILE = "\x1a"
#: Number of columns, to what a file of such rows holds.
ROLES = {12: "parties", 5: "aliases", 6: "addresses", 2: "comments"}
COMPANIONS = {
    "sdn": {"aliases": "alt", "addresses": "add", "comments": "sdn_comments"},
    "cons_prim": {"aliases": "cons_alt", "addresses": "cons_add", "comments": "cons_comments"},
}


class OfacFile(NamedTuple):
    """One file of a set.

    Attributes:
        raw: its bytes, unpacked.
        role: ``parties``, ``aliases``, ``addresses`` or ``comments``.
        rows: its rows with their line numbers.
        ended: it closes with the mark that the publisher sets at the end.
    """

    path: Path
    raw: bytes
    role: str
    rows: list[tuple[int, list[str]]]
    ended: bool


def open_set(paths: list[Path]) -> dict[str, OfacFile]:
    """Open the files of one list, keyed by role.

    Args:
        paths: the file of parties, whose companions are then looked for beside it; or several
            files, which are then taken to be all.

    Raises:
        ListError: a file is missing, empty, cut off or malformed, or the roles do not fit.
    """
    files = _with_companions(paths[0]) if len(paths) == 1 else [_open(path) for path in paths]
    return _by_role(files)


def _with_companions(path: Path) -> list[OfacFile]:
    """Open a file of parties and what stands beside it under the publisher's names."""
    main = _open(path)
    if main.role != "parties":
        raise ListError(f"holds {main.role} only; give the file of parties", path=path)
    beside = {each.name.lower(): each for each in sorted(path.parent.iterdir())}
    files = [main]
    for companion in _companion_names(path.name.lower()):
        found = beside.get(companion) or beside.get(f"{companion}.gz")
        if found is not None:
            files.append(_open(found))
    return files


def _companion_names(name: str) -> Iterator[str]:
    """Yield ``alt.csv`` … for ``sdn.csv``, ``cons_alt.csv`` … for ``cons_prim.csv``."""
    for prefix, companions in COMPANIONS.items():
        if name.startswith(prefix):
            suffix = name.removeprefix(prefix).removesuffix(".gz")
            yield from (f"{companion}{suffix}" for companion in companions.values())


def _by_role(files: list[OfacFile]) -> dict[str, OfacFile]:
    by_role = {each.role: each for each in reversed(files)}
    if len(by_role) < len(files):
        raise ListError("two files hold the same; one list at a time", path=files[-1].path)
    if "parties" not in by_role:
        raise ListError("no file of parties among those given", path=files[0].path)
    return by_role


def _open(path: Path) -> OfacFile:
    """Read one file whole: every row as wide as the first, the last one not broken off."""
    raw = _files.content(path)
    text = _files.text(raw, path).rstrip("\r\n")
    ended = text.endswith(END_OF_FILE)
    rows = list(_files.rows(text.rstrip(END_OF_FILE), path))
    width = len(rows[0][1]) if rows else 0
    if width not in ROLES:
        raise ListError(f"{width} columns, not {sorted(ROLES)}", path=path, row=1)
    for number, row in rows:
        if len(row) != width:
            raise ListError(f"{len(row)} columns, not {width}: cut off?", path=path, row=number)
        if not row[0].strip().isdecimal():
            raise ListError("no number", path=path, row=number, field="ent_num")
    if not ended and not raw.endswith((b"\n", b'"', b"-0- ")):
        raise ListError("the last row is cut off", path=path, row=rows[-1][0])
    return OfacFile(path, raw, ROLES[width], rows, ended)
