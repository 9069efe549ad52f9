"""Read ISO 20022 payment messages of any version, whatever their namespace and envelope.

Every element that holds text is screened as the field map says. One that the map does not know
is screened as free text under its path, so that a new version can add fields but hide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanctscreen.errors import InputError
from sanctscreen.payments.fieldmap import Entry, joined, look_up
from sanctscreen.payments.parties import account_subjects, party_subjects
from sanctscreen.payments.subjects import Line, Place, Subject, line, readings
from sanctscreen.payments.tree import Node

#: The element that each type of message consists of.
BODIES = {
    "FIToFICstmrCdtTrf": "pacs.008",
    "FICdtTrf": "pacs.009",
    "PmtRtr": "pacs.004",
    "CstmrCdtTrfInitn": "pain.001",
}
#: What has a head of its own before its transactions.
HEADED = frozenset({*BODIES, "PmtInf"})
#: Where a transaction's reference stands, best first; the payer's own is the one people quote.
REFERENCES = ("EndToEndId", "OrgnlEndToEndId", "TxId", "OrgnlTxId", "InstrId", "RtrId", "UETR")
NO_REFERENCE = "NOTPROVIDED"
#: What only a party or an agent consists of.
PARTY_PARTS = frozenset({"Nm", "PstlAdr", "FinInstnId", "Pty"})


class IsoReader:
    """Reads one file.

    Attributes:
        transactions: how many have been read so far.
    """

    def __init__(self, root: Node) -> None:
        self.transactions = 0
        self._types: dict[str, None] = {}
        self._root = root

    @property
    def message_type(self) -> str:
        """The types of the messages that have been read so far, joined by a space."""
        return " ".join(self._types)

    def subjects(self) -> Iterator[Subject]:
        """Yield every field to screen, in the order of the file.

        Raises:
            InputError: the file holds no message that is known, or no transaction; or it cannot
                be read to its end.
        """
        self._note(self._root)
        yield from self._inside(self._root, Place("", 0, ""))
        if not self._types:
            known = ", ".join(BODIES.values())
            raise InputError(f"no {known} in <{self._root.tag}>", row=self._root.line)
        if not self.transactions:
            raise InputError("the message holds no transaction", row=self._root.line)

    def _inside(self, node: Node, place: Place, text_field: str = "") -> Iterator[Subject]:
        """Yield the subjects of an element's children, then the text that is its own field."""
        if node.tag in HEADED:
            head = node.with_first_child()
            place = place._replace(transaction=_reference(head, ("PmtInfId", "MsgId")), number=0)
        before = self.transactions
        lines: list[Line] = []
        for child in node.growing_children():
            self._note(child)
            entry = _entry(child, node)
            yield from self._child(child, entry, place, text_field, lines)
            if child.tag in HEADED or (entry and entry.screened_as == "transaction"):
                node.forget(child)
        if lines:
            text = " ".join(each.text for each in lines)
            yield Subject(place._replace(field=text_field), text, passages=readings(lines))
        if node.tag in BODIES:
            yield from self._miscount(node, place, self.transactions - before)

    def _note(self, node: Node) -> None:
        """Note the type of a message that begins."""
        if node.tag in BODIES:
            self._types[BODIES[node.tag]] = None

    def _child(
        self, child: Node, entry: Entry | None, place: Place, text_field: str, lines: list[Line]
    ) -> Iterator[Subject]:
        how = entry.screened_as if entry else "group" if child.children else "text"
        inner = place
        if entry:
            inner = place._replace(field=joined(place.field, entry.field))
        elif not child.children:
            inner = place._replace(field=child.path)
        if how == "transaction":
            self.transactions += 1
            inner = Place(_reference(child, REFERENCES), self.transactions, place.field)
            yield from self._inside(child, inner)
        elif how in {"party", "agent"}:
            yield from party_subjects(child, inner)
        elif how == "account":
            yield from account_subjects(child, inner)
        elif how == "group":
            yield from self._inside(child, inner, text_field)
        elif how == "text" and text_field and not (entry and child.children):
            lines += _lines(child)
        elif how == "text" and child.children:
            yield from self._inside(child, inner, inner.field)
        elif how == "text" and (found := _lines(child)):
            yield Subject(inner, " ".join(each.text for each in found), passages=readings(found))

    def _miscount(self, body: Node, place: Place, found: int) -> Iterator[Subject]:
        """Ask for review where the header announces another number of transactions."""
        announced = _reference(body, ("GrpHdr/NbOfTxs",))
        if announced and announced != str(found):
            fault = f"the header announces {announced} transactions, the message holds {found}"
            yield Subject(
                place._replace(field="number_of_transactions"), announced, faults=(fault,)
            )


def _entry(child: Node, node: Node) -> Entry | None:
    """Return what the map says of an element, and read as much of it as that takes."""
    if child.tag in BODIES:
        child.with_first_child()
        return None
    known = look_up("iso", child.tag, node.tag)
    if known and known.screened_as == "group":
        return known
    if not known and child.completed_or_with(BODIES):
        return None
    child.completed()
    return known or _guess(child)


def _guess(node: Node) -> Entry | None:
    """Take an element that the map does not know for a party, if it is made like one."""
    if any(child.tag in PARTY_PARTS for child in node.children):
        return Entry(node.path, "party")
    return None


def _lines(node: Node) -> list[Line]:
    """Return the lines of a text; only line breaks and a field's width part words."""
    return [line(each.strip()) for each in node.text.splitlines() if each.strip()]


def _reference(node: Node, paths: tuple[str, ...]) -> str:
    """Return the first reference that an element states, wherever in its head it stands."""
    for path in paths:
        for head in (node, *node.children):
            value = head.find(path)
            if value and value != NO_REFERENCE:
                return value
    return ""
