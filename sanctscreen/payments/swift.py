"""Read SWIFT MT103, MT202 and MT202COV messages, one or several in a file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from io import IncrementalNewlineDecoder
from itertools import chain
from typing import NamedTuple

from sanctscreen.errors import InputError
from sanctscreen.payments.fieldmap import Entry, joined, look_up
from sanctscreen.payments.subjects import Line, Place, Subject, bic_keys, line, readings
from sanctscreen.payments.swift_parties import party_subjects

_HEADER = re.compile(r"\{1:[A-Z]\d{2}(?P<address>[A-Z0-9]{12})")
_SENT = re.compile(r"\{2:I(?P<type>\d{3})(?P<address>[A-Z0-9]{12})")
_RECEIVED = re.compile(r"\{2:O(?P<type>\d{3})\d{10}(?P<address>[A-Z0-9]{12})")
_TEXT = re.compile(r"\{4:\s*\n(.*?)\n-\}", re.DOTALL)
_TAG = re.compile(r"^:(\d{2})([A-Z]?):", re.MULTILINE)
_COVER = re.compile(r"\{119:COV\}")
#: What every message starts with.
START = "{1:"
#: Characters of one message; the standard allows 10,000.
LONGEST = 1 << 20
#: A cover's sequence B starts with the ordering customer, whom sequence A does not have.
ORDERING_CUSTOMER, REFERENCE = "50", "20"
TYPES = {"103": "mt103", "202": "mt202"}


class Field(NamedTuple):
    """A field of block 4: its tag in digits, its option letter, and what it says."""

    tag: str
    option: str
    value: str


class SwiftReader:
    """Reads one file.

    Attributes:
        transactions: how many have been read so far.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._types: dict[str, None] = {}
        self.transactions = 0

    @property
    def message_type(self) -> str:
        """The types of the messages that have been read so far, joined by a space."""
        return " ".join(self._types)

    def subjects(self) -> Iterator[Subject]:
        """Yield every field to screen, in the order of the file.

        Raises:
            InputError: a message is cut off, or of a type that is not known.
        """
        for raw, row in _messages(self._chunks):
            message = _Message(raw, row)
            self._types[message.type] = None
            self.transactions += 1
            yield from message.subjects(self.transactions)


def _messages(chunks: Iterable[bytes]) -> Iterator[tuple[str, int]]:
    """Yield each message of a file with the row that it starts in."""
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    lines = IncrementalNewlineDecoder(None, translate=True)
    waiting, row, begun = "", 1, False
    for chunk in chain(chunks, (b"",)):
        waiting += lines.decode(decode(chunk, final=not chunk), final=not chunk)
        *whole, waiting = waiting.split(START)
        if len(waiting) > LONGEST:
            raise InputError(f"a message of more than {LONGEST} characters", row=row)
        for raw in whole:
            if begun:
                yield START + raw, row
            row += raw.count("\n")
            begun = True
    yield START + waiting, row


class _Message:
    """One message, checked for being whole."""

    def __init__(self, raw: str, row: int) -> None:
        header, application = _HEADER.match(raw), _SENT.search(raw) or _RECEIVED.search(raw)
        if header is None or application is None:
            raise InputError("no header blocks {1:…} and {2:…} of a SWIFT message", row=row)
        if application["type"] not in TYPES:
            raise InputError(f"MT{application['type']} is not read, MT103 and MT202 are", row=row)
        found = _TEXT.search(raw)
        if found is None:
            raise InputError("no block {4:…-}: the message is cut off or damaged", row=row)
        self._is_sent = application.re is _SENT
        self._addresses = (header["address"], application["address"])
        self._map = TYPES[application["type"]]
        self._fields = list(_fields(found[1], row + raw.count("\n", 0, found.start(1))))
        self._cover = self._cover_start(bool(_COVER.search(raw)), row)
        self.type = f"MT{application['type']}{'COV' if self._cover else ''}"

    def _cover_start(self, announced: bool, row: int) -> int:
        """Return where sequence B of a cover starts; 0 if there is none."""
        if self._map != "mt202":
            return 0
        starts = [at for at, each in enumerate(self._fields) if each.tag == ORDERING_CUSTOMER]
        if announced and not starts:
            raise InputError("a cover payment without its ordering customer", row=row, field="50a")
        return starts[0] if starts else 0

    def subjects(self, number: int) -> Iterator[Subject]:
        """Yield every field to screen: the banks of the headers, then block 4 in its order."""
        reference = next((each.value for each in self._fields if each.tag == REFERENCE), "")
        place = Place(reference.strip(), number, "")
        ours, theirs = self._addresses
        banks = (ours, theirs) if self._is_sent else (theirs, ours)
        for which, address in zip(("sender", "receiver"), banks, strict=True):
            yield _bank(address, which, self._map, place)
        for at, each in enumerate(self._fields):
            in_cover = self._cover and at >= self._cover
            yield from _field(each, "mt202cov" if in_cover else self._map, place)


def _fields(block: str, row: int) -> Iterator[Field]:
    """Yield the fields of block 4.

    Raises:
        InputError: the block does not start with a field.
    """
    found = list(_TAG.finditer(block))
    if not found or block[: found[0].start()].strip():
        raise InputError("block 4 does not start with a field such as :20:", row=row)
    for this, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else len(block)
        yield Field(this[1], this[2], block[this.end() : end].rstrip("\n"))


def _bank(address: str, which: str, message: str, place: Place) -> Subject:
    """Make the subject of a bank's terminal: a BIC whose ninth character is the terminal's."""
    entry = look_up(message, which) or Entry(which, "bic")
    bic = address[:8] + address[9:]
    keys = tuple(bic_keys(bic))
    faults = () if keys else (f"no BIC: {bic!r}",)
    return Subject(place._replace(field=entry.field), bic, identifiers=keys, faults=faults)


def _field(each: Field, message: str, place: Place) -> Iterator[Subject]:
    tag = each.tag + each.option
    entry = look_up(message, tag) or look_up(message, each.tag) or Entry(f"field {tag}", "text")
    where = place._replace(field=joined(place.field, entry.field))
    if entry.screened_as in {"party", "agent"}:
        is_bank = entry.screened_as == "agent"
        yield from party_subjects(each.option, each.value, where, is_bank=is_bank)
    elif entry.screened_as == "text":
        lines = [_continued(part) for part in each.value.split("\n")]
        text = " ".join(each.text.strip() for each in lines)
        yield Subject(where, text, passages=readings(lines), faults=() if text else ("empty",))


def _continued(text: str) -> Line:
    """Take the mark of continuation, ``//``, off a line."""
    rest = text.removeprefix("//")
    return line(rest, text[: len(text) - len(rest)])
