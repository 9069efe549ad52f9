"""What screening a payment message gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sanctscreen.result import Decision, ScreeningResult


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome for one field of one transaction.

    Attributes:
        transaction: the transaction's reference, or that of the message where the field stands
            before all transactions.
        number: the transaction's number in the file, counted from 1; 0 before all of them.
        field: ``debtor``, ``ultimate_creditor``, ``creditor_agent``, ``remittance`` … as in
            docs/payments.md; for an element that the field map does not know, its path.
        text: the field as the message has it, its lines joined.
        result: the screening; its ``reason`` says what of the field could not be read.
        spans: for each hit of ``result``, where in ``text`` the name stands, as the positions
            of its first character and after its last; ``None`` where it is not one stretch.
    """

    transaction: str
    number: int
    field: str
    text: str
    result: ScreeningResult
    spans: tuple[tuple[int, int] | None, ...]

    @property
    def decision(self) -> Decision:
        """The decision of the screening."""
        return self.result.decision

    def record(self) -> dict[str, Any]:
        """Return the finding as JSON-ready data."""
        return {
            "transaction": self.transaction,
            "number": self.number,
            "field": self.field,
            "text": self.text,
            "spans": [list(span) if span else None for span in self.spans],
            "result": self.result.record(),
        }


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """The outcome of screening a message, or a file of messages.

    Attributes:
        message_type: such as ``pacs.008`` or ``MT103``; several are joined by a space.
        transactions: how many there are.
        findings: one for each field that was screened, in the order of the message.
    """

    message_type: str
    transactions: int
    findings: tuple[Finding, ...]

    @property
    def decision(self) -> Decision:
        """``match`` if any field is one, else ``review`` if any is, else ``clear``."""
        found = {finding.decision for finding in self.findings}
        return "match" if "match" in found else "review" if "review" in found else "clear"

    def record(self) -> dict[str, Any]:
        """Return everything an auditor needs, JSON-ready."""
        return {
            "message_type": self.message_type,
            "transactions": self.transactions,
            "decision": self.decision,
            "findings": [finding.record() for finding in self.findings],
        }
