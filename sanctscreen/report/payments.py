"""Show the outcome of screening a payment message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sanctscreen.report.parts import plain, words
from sanctscreen.report.screening import COLOURS

if TYPE_CHECKING:
    from sanctscreen.payments import Finding, PaymentResult


def payment_view(payment: PaymentResult, title: str) -> RenderableType:
    """Show the decision for a message, then each field that is not clear, and why."""
    badge = (f" {payment.decision.upper()} ", COLOURS[payment.decision])
    count = f"{payment.transactions:,} transaction{'s' if payment.transactions > 1 else ''}"
    screened = f"{len(payment.findings):,} fields"
    about = (f"  {payment.message_type}, {count}, {screened}", "dim")
    head = Text.assemble(badge, "  ", (plain(title), "bold"), about)
    alerts = [finding for finding in payment.findings if finding.decision != "clear"]
    return Group(head, *(_finding(each) for each in alerts))


def _finding(finding: Finding) -> RenderableType:
    """Show one field: where it stands, what it says with the names marked, and the hits."""
    place = f"{finding.transaction or 'no reference'} · {words(finding.field)}"
    lines: list[RenderableType] = [Text(plain(place), style="bold"), _marked(finding)]
    if finding.result.reason:
        lines.append(Text(plain(finding.result.reason), style="yellow"))
    for hit in finding.result.hits:
        lines += [Text(plain(line.strip()), style="dim") for line in str(hit).splitlines()]
        lines.append(Text(plain(f"{hit.party.id}  {hit.party.name}  {words(hit.party.status)}")))
    return Padding(Group(*lines), (1, 0, 0, 2))


def _marked(finding: Finding) -> Text:
    """Show the text of a field with every listed name in it underlined."""
    text = Text(plain(finding.text))
    if len(text) == len(finding.text):
        for span in filter(None, finding.spans):
            text.stylize("underline", *span)
    return text
