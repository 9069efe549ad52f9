"""The commands for hits that an analyst says are no match."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanctscreen.cli.parts import EXISTING, NEW, answer, json_option, output_option
from sanctscreen.errors import ClearanceError

if TYPE_CHECKING:
    from sanctscreen.recorded import Recorded, Result

author_option = click.option("--author", required=True, help="Whose word it is.")
reason_option = click.option("--reason", required=True, help="Why, for whoever asks later.")
store_argument = click.argument("store", type=EXISTING)


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day such as 2027-01-31") from error


@click.group("cleared")
def cleared() -> None:
    """Keep hits that an analyst says are no match.

    A cleared hit does not count, and is shown as cleared. It is open again when the list entry
    or the counterparty changes, when another name of the party matches, or when it expires.
    """


@cleared.command()
@click.argument("store", type=NEW)
@click.argument("results", metavar="RESULTS.jsonl", type=EXISTING)
@click.option("--party", required=True, metavar="ID", help="The listed party that was hit.")
@click.option("--row", type=int, help="The row of the screened file, where several hit it.")
@click.option("--reference", help="The counterparty's reference, where several hit it.")
@click.option("--transaction", help="The transaction of a payment message, where several hit it.")
@click.option("--field", help="The field of a payment message, where several hit it.")
@author_option
@reason_option
@click.option(
    "--expires",
    callback=_day,
    metavar="DAY",
    help="The first day, in UTC, on which it no longer holds; in a year if left out.",
)
def add(store: Path, results: Path, party: str, **said: Any) -> None:
    """Clear one hit of RESULTS.jsonl in STORE.

    STORE is made if there is none. RESULTS.jsonl is what screen-file wrote, or the answer of screen
    --json or screen-payment --json. The clearance is bound to the counterparty and the list entry
    as they are there.
    """
    from sanctscreen.cleared import clear
    from sanctscreen.cleared.store import Store
    from sanctscreen.recorded import read_results

    wanted = {name: said.pop(name) for name in ("row", "reference", "transaction", "field")}
    found = _chosen(
        [
            each
            for each in read_results(results)
            if any(hit.party == party for hit in each.result.hits) and _is(each.result, wanted)
        ],
        f"hit on {party!r}",
        results,
    )
    clearance = clear(found.record, party, **said)
    Store(store, create=True).add([clearance])
    click.echo(f"{clearance.name}: {party} is cleared until {clearance.expires}")


@cleared.command()
@store_argument
@click.argument("number", type=int)
@author_option
@reason_option
def reopen(store: Path, number: int, author: str, reason: str) -> None:
    """Take back the clearance of that NUMBER in STORE.

    "cleared list" shows the numbers.
    """
    from sanctscreen.cleared import reopen
    from sanctscreen.cleared.store import Store

    kept = Store(store)
    said = kept.get(number)
    if said.action != "clear":
        raise ClearanceError(f"number {number} clears nothing", path=store)
    kept.add([reopen(said, author=author, reason=reason)])
    click.echo(f"{said.name}: {said.party} is open again")


@cleared.command("list")
@store_argument
@json_option
def show(store: Path, *, as_json: bool) -> None:
    """Show all that was ever said in STORE, the latest last."""
    from sanctscreen.cleared.store import Store
    from sanctscreen.report import clearances_view

    kept = Store(store).history()
    rows = [{"number": each.number, **each.said.model_dump(mode="json")} for each in kept]
    answer({"clearances": rows} if as_json else clearances_view(kept))


@cleared.command("export")
@store_argument
@output_option
def export(store: Path, output: Path) -> None:
    """Write all that was ever said in STORE to a file.

    It is CSV or JSON, as its name ends.
    """
    from sanctscreen.cleared.exchange import write
    from sanctscreen.cleared.store import Store
    from sanctscreen.party_list.storage import write_whole

    said = [each.said for each in Store(store).history()]
    write_whole(output, write(said, output))
    click.echo(f"{output}: {len(said):,} written")


@cleared.command()
@click.argument("results", metavar="RESULTS.jsonl", type=EXISTING)
@output_option
def worksheet(results: Path, output: Path) -> None:
    """Write the open hits of RESULTS.jsonl to a CSV file.

    An analyst fills it in: whoever writes "clear" as the action, an author and a reason beside a
    hit clears it once import takes the file; without a day of expiry for a year. The other rows
    stay open.
    """
    from sanctscreen.cleared.exchange import worksheet
    from sanctscreen.party_list.storage import write_whole
    from sanctscreen.recorded import read_results

    write_whole(output, worksheet(read_results(results)))
    click.echo(f"{output}: written")


@cleared.command("import")
@click.argument("store", type=NEW)
@click.argument("source", metavar="FILE", type=EXISTING)
def take(store: Path, source: Path) -> None:
    """Take clearances from FILE into STORE.

    FILE is .csv or .json; STORE is made if there is none. All of the file is taken or nothing. What
    STORE has already is passed over; the latest word on a hit counts, wherever it comes from. Rows
    without an action, as worksheet leaves them, are undecided.
    """
    from sanctscreen.cleared.exchange import read
    from sanctscreen.cleared.store import Store

    said, undecided = read(source)
    new = Store(store, create=True).add(said)
    more = f", {undecided:,} undecided" if undecided else ""
    click.echo(f"{store}: {new:,} of {len(said):,} are new{more}")


def _is(result: Result, wanted: dict[str, Any]) -> bool:
    """Tell whether a result is the one that the options describe."""
    stated = {**result.model_dump(include={*wanted}), "reference": result.input.reference}
    return all(value in {None, stated[name]} for name, value in wanted.items())


def _chosen(found: list[Recorded], what: str, path: Path) -> Recorded:
    """Return the one that was found.

    Raises:
        ClearanceError: there is none, or several.
    """
    if not found:
        raise ClearanceError(f"no open {what}", path=path)
    if len(found) > 1:
        lines = ", ".join(str(each.number) for each in found[:5])
        message = f"{len(found)} results have a {what}, in lines {lines} …"
        choose = "choose with --row, --reference, --transaction or --field"
        raise ClearanceError(f"{message}: {choose}", path=path)
    return found[0]
