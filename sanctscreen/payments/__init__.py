"""Screen payment messages: every party, agent, account and text of every transaction.

    payment = Screener().screen_payment("pacs008.xml")
    payment.decision, [(each.field, each.decision) for each in payment.findings]

``data/payment_fields.tsv`` says which field is screened as what; docs/payments.md shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import SEEK_END, BytesIO
from itertools import chain, groupby
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sanctscreen.errors import InputError
from sanctscreen.payments.iso import IsoReader
from sanctscreen.payments.result import Finding, PaymentResult
from sanctscreen.payments.screening import Desk
from sanctscreen.payments.swift import SwiftReader
from sanctscreen.payments.tree import read_tree

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

__all__ = [
    "Finding",
    "PaymentResult",
    "screen_message",
    "screen_payment",
    "screen_transactions",
]

#: Bytes of a file whose result is held as a whole; a pain.001 of 20,000 transactions has about
#: 40 million.
LARGEST = 1 << 27
#: Bytes read at a time.
CHUNK = 1 << 16
#: What a message in a ``str`` starts with; anything else is a path.
XML, SWIFT = "<", "{1:"
_BLANK = "\ufeff \t\r\n"
#: Beginnings of UTF-16 and UTF-8 marks, which only XML has.
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def screen_payment(
    message: str | bytes | PathLike[str], screener: Screener | None = None
) -> PaymentResult:
    """Screen a payment message against the list shipped with the library, or by a screener.

    Takes the message, and raises the errors, of `Screener.screen_payment`.
    """
    from sanctscreen.screen import Screener

    return (screener or Screener()).screen_payment(message)


def screen_message(screener: Screener, message: str | bytes | PathLike[str]) -> PaymentResult:
    """Screen every field of a message, or of a file of messages.

    Raises:
        InputError: it cannot be read; the error names the place.
    """
    with _opened(message) as (reader, size):
        if size > LARGEST:
            raise InputError(f"larger than {LARGEST} bytes; screen it transaction by transaction")
        findings = tuple(Desk(screener).screen(reader.subjects()))
        return PaymentResult(reader.message_type, reader.transactions, findings)


def screen_transactions(
    screener: Screener, message: str | bytes | PathLike[str]
) -> Iterator[PaymentResult]:
    """Screen a message, or a file of messages of any size, transaction by transaction.

    Takes the message, and raises the errors, of `screen_message`.
    """
    with _opened(message) as (reader, _):
        findings = Desk(screener).screen(reader.subjects())
        for number, each in groupby(findings, key=lambda finding: finding.number):
            found = tuple(each)
            yield PaymentResult(reader.message_type, int(number > 0), found)


@contextmanager
def _opened(
    message: str | bytes | PathLike[str],
) -> Iterator[tuple[IsoReader | SwiftReader, int]]:
    """Open a message for reading, and say how many bytes it has; name its file in errors."""
    stream, path = _stream(message)
    with stream:
        try:
            size = stream.seek(0, SEEK_END)
            stream.seek(0)
            yield _reader(stream), size
        except InputError as error:
            if path is None or error.path:
                raise
            raise error.located(path) from error


def _stream(message: str | bytes | PathLike[str]) -> tuple[BinaryIO, Path | None]:
    """Return the bytes of a message, and the file that they come from, if they do."""
    if isinstance(message, bytes):
        return BytesIO(message), None
    if isinstance(message, str) and message.lstrip(_BLANK).startswith((XML, SWIFT)):
        return BytesIO(message.encode("utf-8", "surrogatepass")), None
    path = Path(message)
    try:
        return path.open("rb"), path
    except (OSError, ValueError) as error:
        raise InputError(f"neither a payment message nor a file: {error}") from error


def _reader(stream: BinaryIO) -> IsoReader | SwiftReader:
    """Tell the language of a message by its first characters."""
    start = stream.read(64)
    head = start.decode("utf-8", "replace").lstrip(_BLANK)
    chunks = chain((start,), iter(partial(stream.read, CHUNK), b""))
    if head.startswith(XML) or start.startswith(_MARKS):
        return IsoReader(read_tree(chunks))
    if SWIFT in head:
        return SwiftReader(chunks)
    raise InputError("neither ISO 20022 XML nor a SWIFT MT message with its header blocks")
