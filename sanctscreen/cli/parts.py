"""What the commands share: options, exit statuses, reading, showing, complaining."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanctscreen.errors import SanctscreenError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sanctscreen.cleared import Clearances
    from sanctscreen.config import Config
    from sanctscreen.ledger import Ledger
    from sanctscreen.party_list import PartyList
    from sanctscreen.screen import Screener

Paths = tuple[Path, ...]
KINDS = ("person", "entity", "vessel", "aircraft")
ALERT, BAD_INPUT, INTERRUPTED, TERMINATED = 1, 2, 130, 143

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)

kind_option = click.option("--kind", type=click.Choice(KINDS), help="What the counterparty is.")
list_option = click.option(
    "--list",
    "lists",
    type=EXISTING,
    multiple=True,
    metavar="PATH",
    help="A party list; several may follow. The list shipped with sanctscreen if left out.",
)
more_lists = click.argument("more", nargs=-1, type=EXISTING, metavar="")
cleared_option = click.option(
    "--cleared",
    type=EXISTING,
    metavar="STORE",
    help="Hits that analysts have cleared; see sanctscreen cleared.",
)
ledger_option = click.option(
    "--ledger",
    type=NEW,
    metavar="LEDGER",
    help="Record every screening there, the clear ones too; .jsonl for JSON lines, else SQLite.",
)
ledger_key_option = click.option(
    "--ledger-key",
    type=EXISTING,
    metavar="FILE",
    help="Record personal data as digests under the key in FILE, or in SANCTSCREEN_LEDGER_KEY.",
)
threshold_option = click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    help="The score from which on a party is a hit, 0 to 100.",
)
output_option = click.option(
    "-o", "--output", type=NEW, required=True, help="The file to write, whole or not at all."
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="How many processes screen; the list is shared.  [default: 1]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class BadInputError(click.ClickException):
    """Input that cannot be used: one line on standard error, exit status 2."""

    exit_code = BAD_INPUT


def read(path: Path | None) -> PartyList:
    """Read a list; the one shipped with the library if no path is given."""
    from sanctscreen.party_list import default_list, read_list

    return default_list() if path is None else read_list(path)


def make_screener(lists: Paths, cleared: Path | None) -> Screener:
    """Make a screener for some lists; for the one shipped with the library if there is none."""
    from sanctscreen.party_list import read_list
    from sanctscreen.screen import Screener

    party_lists = [read_list(path) for path in lists] if lists else None
    return Screener(party_lists, config=chosen_config(), cleared=read_clearances(cleared))


def read_clearances(path: Path | None) -> Clearances | None:
    """Read what analysts have cleared, if a store is given."""
    if path is None:
        return None
    from sanctscreen.cleared.store import Store

    return Store(path).clearances()


def open_ledger(path: Path | None, key: Path | None) -> Ledger | None:
    """Open the ledger that is to be written, if one is."""
    if path is None:
        if key:
            raise click.UsageError("--ledger-key needs --ledger")
        return None
    from sanctscreen.ledger import Ledger
    from sanctscreen.ledger.privacy import read_key

    return Ledger(path, key=read_key(key))


def chosen_config() -> Config:
    """Return the configuration that ``--config`` names; the default one without it."""
    from sanctscreen.config import Config

    path: Path | None = click.get_current_context().find_root().params.get("config")
    return Config.read(path) if path else Config()


def answer(said: RenderableType | dict[str, Any]) -> None:
    """Print an answer: data as one line of JSON, anything else as rich draws it."""
    from rich.console import Console

    if isinstance(said, dict):
        narrow = not (sys.stdout.encoding or "").lower().startswith("utf")
        click.echo(json.dumps(said, ensure_ascii=narrow))
    else:
        Console(highlight=False).print(said)


def complaint(error: Exception) -> str:
    """Write an error in one line; what is no fault of the input is raised again."""
    if isinstance(error, SanctscreenError | OSError):
        return " ".join(str(error).split())
    details = getattr(error, "errors", None)
    if details is None:
        raise error
    faults = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in details())
    return "; ".join(faults)
