"""Screen payment messages: every party, agent, account and text of every transaction.

    payment = Screener().screen_payment("pacs008.xml")
    payment.decision, [(each.field, each.decision) for each in payment.findings]

``data/payment_fields.tsv`` says which field is screened as what; docs/payments.md shows it.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from sanctscreen.errors import InputError
from sanctscreen.payments.iso import IsoReader
from sanctscreen.payments.result import Finding, PaymentResult
from sanctscreen.payments.screening import Desk
from sanctscreen.payments.swift import SwiftReader
from sanctscreen.payments.tree import read_tree

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

__all__ = ["Finding", "PaymentResult", "screen_message", "screen_payment"]

#: Bytes of a file; a pain.001 of 20,000 transactions has about 40 million.
LARGEST = 1 << 27
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
    content, path = _content(message)
    try:
        reader = _reader(content)
        desk = Desk(screener)
        findings = tuple(desk.screen(subject) for subject in reader.subjects())
    except InputError as error:
        if path is None or error.path:
            raise
        raise error.located(path) from error
    return PaymentResult(reader.message_type, reader.transactions, findings)


def _content(message: str | bytes | PathLike[str]) -> tuple[bytes, Path | None]:
    """Return the bytes of a message and the file that they come from, if they do."""
    if isinstance(message, bytes):
        return _bounded(message, None), None
    if isinstance(message, str) and message.lstrip(_BLANK).startswith((XML, SWIFT)):
        return _bounded(message.encode("utf-8", "surrogatepass"), None), None
    path = Path(message)
    try:
        with path.open("rb") as file:
            return _bounded(file.read(LARGEST + 1), path), path
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"neither a payment message nor a file: {error}") from error


def _bounded(content: bytes, path: Path | None) -> bytes:
    if len(content) > LARGEST:
        raise InputError(f"larger than {LARGEST} bytes", path=path)
    return content


def _reader(content: bytes) -> IsoReader | SwiftReader:
    """Tell the language of a message by its first characters."""
    head = content[:64].decode("utf-8", "replace").lstrip(_BLANK)
    if head.startswith(XML) or content.startswith(_MARKS):
        return IsoReader(read_tree(content))
    if SWIFT in head:
        return SwiftReader(content.decode("utf-8-sig", "replace"))
    raise InputError("neither ISO 20022 XML nor a SWIFT MT message with its header blocks")
