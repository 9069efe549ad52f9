"""The commands for ledgers: verify, show, continue."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sanctscreen.cli.parts import (
    ALERT,
    EXISTING,
    NEW,
    Paths,
    answer,
    chosen_config,
    json_option,
    ledger_key_option,
)


@click.command()
@click.argument("ledgers", metavar="LEDGER...", nargs=-1, required=True, type=EXISTING)
@click.option("--head", metavar="NUMBER:HASH", help="A head of the last LEDGER, kept elsewhere.")
@json_option
def verify(ledgers: Paths, head: str | None, *, as_json: bool) -> None:
    """Find records that were altered, removed or moved.

    Several LEDGERs continue each other, the oldest first. Keep the head that is shown elsewhere:
    --head proves later that all records up to it are there, unchanged. Without it, nobody can
    tell a ledger that was written anew as a whole, or cut off at its end. Exit status: 0 intact,
    1 not, 2 no ledger.
    """
    from sanctscreen.ledger.chain import Head
    from sanctscreen.ledger.verify import verify_all
    from sanctscreen.report import verified_view

    found = verify_all(ledgers, head=Head.parse(head) if head else None)
    years = chosen_config().retention_years
    for path, one in zip(ledgers, found, strict=True):
        said = {"file": str(path), **one.to_dict(years)}
        answer(said if as_json else verified_view(one, str(path), years))
    if not all(one.intact for one in found):
        sys.exit(ALERT)


@click.group("ledger")
def ledger() -> None:
    """Show a ledger, or continue it in a new file."""


@ledger.command()
@click.argument("path", metavar="LEDGER", type=EXISTING)
def show(path: Path) -> None:
    """Print the records of LEDGER as JSON lines.

    Each is checked before it is printed. What is printed is itself a ledger that can be verified.
    """
    from sanctscreen.ledger import lines

    for line in lines(path):
        click.echo(line)


@ledger.command("continue")
@click.argument("old", type=EXISTING)
@click.argument("new", type=NEW)
@ledger_key_option
def go_on(old: Path, new: Path, ledger_key: Path | None) -> None:
    """Close the ledger OLD and begin NEW, which continues it.

    The first record of NEW names the last one of OLD. Begin a new ledger every year, for instance,
    and each can be removed as a whole once it has been kept for long enough.
    """
    from sanctscreen.ledger import Ledger
    from sanctscreen.ledger.privacy import read_key

    key = read_key(ledger_key)
    head = Ledger(old, key=key).close()
    Ledger(new, key=key, continues=head)
    click.echo(f"{new} continues {old} after {head}")
