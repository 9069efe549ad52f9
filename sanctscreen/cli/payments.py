"""The command that screens payment messages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

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


@click.command("screen-payment")
@click.argument("files", metavar="FILE...", type=EXISTING, nargs=-1, required=True)
@list_option
@cleared_option
@ledger_option
@ledger_key_option
@json_option
def screen_payment(
    files: Paths, lists: Paths, cleared: Path | None, *, as_json: bool, **record: Any
) -> None:
    """Screen payment messages, ISO 20022 or SWIFT MT.

    pacs.008, pacs.009, pacs.004, pain.001, MT103, MT202 and MT202COV are read. Every party,
    agent, account and text of every transaction is screened; a field that cannot be read asks
    for review. With --json there is one line for each file. A file that cannot be read is named
    on standard error, the others are screened, and the exit status is 2.
    """
    from sanctscreen.report import payment_view

    screener = make_screener(lists, cleared)
    ledger = open_ledger(record["ledger"], record["ledger_key"])
    status = 0
    for path in files:
        try:
            payment = screener.screen_payment(path)
        except InputError as error:
            click.echo(f"Error: {complaint(error)}", err=True)
            status = BAD_INPUT
            continue
        if ledger:
            from sanctscreen.ledger.runs import payment_records

            ledger.record(payment_records(payment, str(path)))
        named = {"file": str(path), **payment.record()}
        answer(named if as_json else payment_view(payment, str(path)))
        status = max(status, ALERT) if payment.decision != "clear" else status
    sys.exit(status)
