"""What a payment message gives to screen, whichever language the message speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from sanctscreen.model import Kind
from sanctscreen.text.normalize import FIELD_WIDTHS

#: Where more lines are full, only the readings with every break and with none are tried.
MOST_BREAKS = 2
#: ISO 9362: institution, country, location and perhaps a branch.
_BIC = re.compile(r"([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2})([A-Z0-9]{3})?")


class Place(NamedTuple):
    """Where in a file something stands.

    Attributes:
        transaction: the reference of the transaction, or of the message where it stands before
            all transactions.
        number: the transaction's number in the file, counted from 1; 0 before all of them.
        field: the field, such as ``creditor``.
    """

    transaction: str
    number: int
    field: str


class Subject(NamedTuple):
    """One field of one transaction, read but not yet screened.

    Attributes:
        place: where it stands.
        text: the field as the message has it, its lines joined.
        names: readings of it that are screened as a name.
        passages: readings of it that are screened as free text.
        kind: what the party must be, where the field says so.
        birth_date: ISO 8601; empty if not given.
        birth_place: town, region and country, as far as they are given.
        countries: ISO 3166 codes.
        identifiers: type and value; a type may occur several times.
        faults: what of it could not be read.
    """

    place: Place
    text: str
    names: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    kind: Kind | None = None
    birth_date: str = ""
    birth_place: str = ""
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line of a field.

    Attributes:
        text: the line without codes that only number it.
        full: whether it fills the width of the field, so that a word may go on in the next.
    """

    text: str
    full: bool


def line(text: str, prefix: str = "") -> Line:
    """Make a line; the prefix counts for the width and not for the text.

    >>> line("GOODS PER B/L 77812 SHIPPER HODA TR").full
    True
    """
    return Line(text, len(prefix) + len(text) in FIELD_WIDTHS)


def readings(lines: Sequence[Line]) -> tuple[str, ...]:
    """Join lines with spaces, and without one wherever a word may go on in the next line.

    >>> readings([Line("TO HODA TR", full=True), Line("ADING", full=False)])
    ('TO HODA TR ADING', 'TO HODA TRADING')
    """
    kept = [each for each in lines if each.text.strip()]
    if not kept:
        return ()
    doubtful = sum(each.full for each in kept[:-1])
    if doubtful > MOST_BREAKS:
        ways = [(" ",) * doubtful, ("",) * doubtful]
    else:
        ways = list(product((" ", ""), repeat=doubtful))
    return tuple(dict.fromkeys(_join(kept, iter(way)) for way in ways))


def bic_keys(value: str) -> Iterator[tuple[str, str]]:
    """Yield a BIC as identifiers: the branch itself, and the bank that it belongs to.

    >>> list(bic_keys("kkbckppy123"))
    [('bic', 'KKBCKPPY123'), ('bic', 'KKBCKPPY')]
    >>> list(bic_keys("KKBC"))
    []
    """
    found = _BIC.fullmatch(value.strip().upper())
    if found:
        yield from (("bic", each) for each in dict.fromkeys([found[0], found[1]]))


def _join(lines: Sequence[Line], breaks: Iterator[str]) -> str:
    text = ""
    for at, each in enumerate(lines):
        last = at == len(lines) - 1
        text += each.text.strip() + ("" if last else next(breaks) if each.full else " ")
    return text
