"""Names that a publisher wrote together into one field, taken apart.

The UN list writes ``Azim Adhajani; Azim Agha-Jani``, ``Jin Tiesan (金铁三)``,
``حسن غول (Hassan Ghul; Hassan Gul)`` and ``Ezatullah Haqqani (previously listed as)``: several
names, one name in two scripts, and a name with a word about it. A screener needs each alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sanctscreen.data import table
from sanctscreen.text.scripts import dominant_script

#: ``a; b`` and ``a b) c``
_BETWEEN = re.compile(r"\s*;\s*|\s+[b-z]\)\s+")
_BRACKETS = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")
_BORN = re.compile(r",?\s+born\s+(?=\S*\s?\d|in |on )")
_FOREIGN = re.compile(r"[^\s,.;:()0-9-](?:[^;:()0-9]*[^\s,.;:()0-9-])?")
_LATIN = ("Latn", "Zyyy")


class Aliases(NamedTuple):
    """What one field of names held.

    Attributes:
        names: each name, in the order of the field.
        former: the field calls them former names.
        notes: what it says of them beside that.
    """

    names: tuple[str, ...]
    former: bool
    notes: tuple[str, ...]


def read_aliases(text: str, note: str = "") -> Aliases:
    """Take apart a field of names.

    Args:
        text: the field.
        note: what a second field says of it.

    >>> read_aliases("Jin Tiesan (金铁三)").names
    ('Jin Tiesan', '金铁三')
    >>> read_aliases("Abu Banat", "original script: Абу Банат").names
    ('Abu Banat', 'Абу Банат')
    """
    found = _Found()
    main, *rest = _BORN.split(text, maxsplit=1)
    found.notes += [f"born {each}" for each in rest]
    main = _BRACKETS.sub(lambda match: found.bracket(main, match), main)
    found.names[:0] = _parted(main)
    if note:
        found.note(note, foreign=not _is_latin(main))
    names = tuple(dict.fromkeys(found.names))
    return Aliases(names, found.former, tuple(found.notes))


class _Found:
    """Names and notes as they turn up."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.notes: list[str] = []
        self.former = False

    def bracket(self, whole: str, match: re.Match[str]) -> str:
        """Decide what a bracket is; return what stays of it in the name."""
        inside = _without_words(match[1].strip())
        before = whole[: match.start()]
        if self._knows(inside):
            return " "
        foreign = any(not _is_latin(word) for word in inside.split())
        if foreign is not _is_latin(before) or not before.strip():
            return match[0]
        self.names += [self._bare(name) for name in _parted(inside)]
        return " "

    def note(self, note: str, *, foreign: bool) -> None:
        """Read the field beside the name; the words stay as a note unless all are understood."""
        if self._knows(note):
            return
        start = note.lower()
        self.former = self.former or any(start.startswith(each) for each in _words("fka"))
        found = _foreign_runs(note)
        if foreign and "(" in note:
            found += _listed(note)
        elif foreign and ";" in note and not any(map(str.isdigit, note)):
            found += _parted(note)
        self.names += found
        if _without_words(note) not in found:
            self.notes.append(note)

    def _bare(self, name: str) -> str:
        """Take off known words after a dash."""
        head, dash, tail = name.rpartition(" - ")
        return head if dash and self._knows(tail) else name

    def _knows(self, words: str) -> bool:
        """Tell whether a table says what the words mean, and act on it."""
        bare = words.lower().strip(" .,")
        self.former = self.former or bare in _words("fka")
        if bare in _words("note"):
            self.notes.append(words)
        return bare in _words("fka") | _words("note") | _words("script")


@cache
def _words(meaning: str) -> frozenset[str]:
    return frozenset(row["words"] for row in table("alias_remarks") if row["meaning"] == meaning)


def _without_words(text: str) -> str:
    """Take off ``original script:`` before a name, or ``(original script)`` after it."""
    for words in sorted(_words("script"), key=len, reverse=True):
        text = re.sub(rf"^{words}\s*:\s*|\s*\({words}\)", "", text, flags=re.I)
    return text.strip()


def _parted(text: str) -> list[str]:
    names = (" ".join(each.split()).strip(" ,;").lstrip(") ") for each in _BETWEEN.split(text))
    return [part for name in names if any(map(str.isalnum, name)) for part in _by_script(name)]


def _by_script(name: str) -> list[str]:
    """Part ``Agha Jan اغا جان``: words of one script, then as many or so of another."""
    words = name.split()
    latin = [_is_latin(word) for word in words]
    turn = latin.index(False) if False in latin else 0
    if turn < 2 or any(latin[turn:]):
        return [name]
    return [" ".join(words[:turn]), " ".join(words[turn:])]


def _listed(note: str) -> list[str]:
    """Return the names of the brackets that list several."""
    lists = (match[1] for match in _BRACKETS.finditer(note) if ";" in match[1])
    return [name for each in lists for name in _parted(each)]


def _foreign_runs(note: str) -> list[str]:
    """Return what stands in another script inside a Latin note."""
    if not _is_latin(note) and ":" not in note:
        return [note]
    runs = _FOREIGN.findall(note)
    return [run for run in runs if not _is_latin(run)]


def _is_latin(text: str) -> bool:
    return dominant_script(text) in _LATIN
