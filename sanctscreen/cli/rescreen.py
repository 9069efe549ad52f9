"""The commands that build upon the results of a run: rescreen, look back."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanctscreen.cli.parts import (
    ALERT,
    EXISTING,
    Paths,
    answer,
    chosen_config,
    cleared_option,
    json_option,
    ledger_key_option,
    ledger_option,
    list_option,
    make_screener,
    open_ledger,
    output_option,
    read_clearances,
    workers_option,
)

if TYPE_CHECKING:
    from sanctscreen.ledger import Ledger
    from sanctscreen.rescreen import Rescreened, Tally

#: Moves that a terminal shows; --json has them all.
MOST_SHOWN = 50

run_option = click.option(
    "--run", metavar="ID", help="Which run of a ledger; the last one if left out."
)


@click.command()
@click.argument("results", metavar="RESULTS", type=EXISTING)
@click.option("--old", multiple=True, required=True, type=EXISTING, help="The list in use then.")
@click.option("--new", multiple=True, required=True, type=EXISTING, help="The list in use now.")
@output_option
@run_option
@cleared_option
@ledger_option
@ledger_key_option
@workers_option
@json_option
def rescreen(results: Path, output: Path, *, as_json: bool, **given: Any) -> None:
    """Bring RESULTS of an old list to a new one.

    Only what the change can touch is screened again. RESULTS are JSON lines that screen-file wrote,
    or a ledger. What is written, JSON lines or CSV, equals what a full run would write. Results
    that were made with another list than --old, another configuration or another version of
    sanctscreen are refused. Where there were several lists, state all of them, in their order, with
    --old and with --new.
    """
    from sanctscreen.batch.files import whole_part
    from sanctscreen.party_list import read_list
    from sanctscreen.recorded import read_results
    from sanctscreen.report import rescreened_view
    from sanctscreen.rescreen import Rescreener, Tally
    from sanctscreen.rescreen.writing import written

    ledger = open_ledger(given["ledger"], given["ledger_key"])
    rescreener = Rescreener(
        [read_list(path) for path in given["old"]],
        [read_list(path) for path in given["new"]],
        config=chosen_config(),
        cleared=read_clearances(given["cleared"]),
        workers=given["workers"],
    )
    tally = Tally()
    with (
        closing(read_results(results, given["run"])) as recorded,
        whole_part(output, encoding="utf-8") as part,
    ):
        stream = part.start()
        found = rescreener.rescreen(recorded)
        told = _recorded(_counted(found, tally), ledger, results.name)
        for text in written(told, output, rescreener):
            stream.write(text)
    answer(tally.to_dict() if as_json else rescreened_view(tally, str(output)))
    if tally.alerts:
        sys.exit(ALERT)


def _counted(found: Iterator[Rescreened], tally: Tally) -> Iterator[Rescreened]:
    for each in found:
        tally.add(each)
        yield each


def _recorded(
    found: Iterator[Rescreened], ledger: Ledger | None, file: str
) -> Iterator[Rescreened]:
    """Yield the results, and write them to a ledger if there is one."""
    if ledger is None:
        return found
    from sanctscreen.ledger.runs import record_rescreened

    return record_rescreened(ledger, file, found)


@click.command("look-back")
@click.argument("results", metavar="RESULTS", type=EXISTING)
@list_option
@run_option
@workers_option
@json_option
def look_back(results: Path, lists: Paths, run: str | None, workers: int, *, as_json: bool) -> None:
    """Say which decisions of RESULTS other rules would change.

    The rules are the configuration of --config. RESULTS are JSON lines that screen-file wrote, or a
    ledger; the list must be the one that they were made with. Cleared hits count as open. With
    --json there is a line for each result that moves. Exit status: 0 none would, 1 some would, 2
    bad input.
    """
    from sanctscreen.lookback import look_back
    from sanctscreen.recorded import read_results
    from sanctscreen.report import moved_view

    decisions: Counter[tuple[str, str]] = Counter()
    moved, shown = 0, []
    screener = make_screener(lists, None)
    with closing(read_results(results, run)) as recorded:
        for each in look_back(recorded, screener, workers=workers):
            decisions[each.before, each.after] += 1
            if each:
                moved += 1
                if as_json:
                    answer(each.to_dict())
                elif moved <= MOST_SHOWN:
                    shown.append(each)
    if not as_json:
        answer(moved_view(decisions, moved, shown))
    if any(before != after for before, after in decisions):
        sys.exit(ALERT)
