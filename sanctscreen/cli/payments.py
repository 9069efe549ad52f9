"""The command that screens payment messages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanctscreen.cli.parts import (
    ALERT,
    BAD_INPUT,
    EXISTING,
    Paths,
    answer,
    cleared_option,
    complaint,
    json_option,
    ledger_key_option,
    ledger_option,
    list_option,
    make_screener,
    open_ledger,
)
from sanctscreen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctscreen.payments import PaymentResult
    from sanctscreen.screen import Screener


@click.command("screen-payment")
@click.argument("files", metavar="FILE...", type=EXISTING, nargs=-1, required=True)
@list_option
@cleared_option
@ledger_option
@ledger_key_option
@json_option
@click.option("--lines", is_flag=True, help="Print each transaction as a line of JSON, at once.")
def screen_payment(
    files: Paths, lists: Paths, cleared: Path | None, *, as_json: bool, lines: bool, **record: Any
) -> None:
    """Screen payment messages, ISO 20022 or SWIFT MT.

    pacs.008, pacs.009, pacs.004, pain.001, MT103, MT202 and MT202COV are read. Every party,
    agent, account and text of every transaction is screened; a field that cannot be read asks
    for review. With --json there is one line for each file; with --lines one for each transaction,
    printed as soon as it is screened, so that files of any size can be screened. A file that
    cannot be read is named on standard error, the others are screened, and the exit status is 2.
    """
    screener = make_screener(lists, cleared)
    ledger = open_ledger(record["ledger"], record["ledger_key"])
    status = 0
    for path in files:
        screened = screener.screen_payments(path) if lines else _whole(screener, path)
        try:
            for payment in screened:
                if ledger:
                    from sanctscreen.ledger.runs import payment_records

                    ledger.record(payment_records(payment, str(path)))
                _answer(payment, path, as_json=as_json or lines)
                status = max(status, ALERT) if payment.decision != "clear" else status
        except InputError as error:
            click.echo(f"Error: {complaint(error)}", err=True)
            status = BAD_INPUT
    sys.exit(status)


def _whole(screener: Screener, path: Path) -> Iterator[PaymentResult]:
    """Yield the one result of a whole file."""
    yield screener.screen_payment(path)


def _answer(payment: PaymentResult, path: Path, *, as_json: bool) -> None:
    from sanctscreen.report import payment_view

    named = {"file": str(path), **payment.record()}
    answer(named if as_json else payment_view(payment, str(path)))
