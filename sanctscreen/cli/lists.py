"""The commands for lists: build, import, merge, update, show and compare them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanctscreen.cli.parts import (
    BAD_INPUT,
    EXISTING,
    Paths,
    answer,
    chosen_config,
    json_option,
    output_option,
    read,
)
from sanctscreen.errors import InputError, ListError

if TYPE_CHECKING:
    from sanctscreen.party_list import PartyList
    from sanctscreen.update import Address

accept_option = click.option(
    "--accept",
    default="",
    metavar="REASON",
    help="Take a list that lost too much all the same; the reason is kept in the list.",
)


@click.group()
def lists() -> None:
    """Collect the commands of this module; the command line takes them over."""


@lists.command("build-list")
@click.argument("documents", nargs=-1, required=True, type=EXISTING)
@output_option
@click.option("--overlay", type=EXISTING, help="An analyst's corrections.")
def build_list(documents: Paths, output: Path, overlay: Path | None) -> None:
    """Build a party list from DOCUMENTS.

    DOCUMENTS are press releases, news reports and official notices.
    """
    from sanctscreen.documents import build_list, describe
    from sanctscreen.report import plain

    party_list = build_list(list(documents), overlay=overlay)
    party_list.save(output)
    _save_index(output)
    click.echo("\n".join(map(plain, describe(party_list).splitlines())))


@lists.command("import-list")
@click.argument("files", nargs=-1, required=True, type=EXISTING)
@output_option
@click.option("--format", metavar="NAME", help="The format, where detection is wrong.")
@click.option("--minimum", type=click.IntRange(0), help="Fewer parties than this are refused.")
@click.option(
    "--replaces",
    type=EXISTING,
    help="The list in use; the file to be written, if it is there already.",
)
@accept_option
def import_list(files: Paths, output: Path, replaces: Path | None, accept: str, **how: Any) -> None:
    """Read the official list in FILES, and save it.

    Several FILES together make one list. A list that lost more than the configuration allows of
    the one that it replaces, a tenth if it says nothing, is refused.
    """
    from sanctscreen.party_list import read_list
    from sanctscreen.report import list_view

    party_list = read_list(list(files), **how).with_minimum(how["minimum"])
    old = read_list(replaces) if replaces else _earlier(output, party_list)
    if old:
        party_list = _replacing(party_list, old, accept)
    party_list.save(output)
    _save_index(output)
    answer(list_view(party_list, shown=0))


def _save_index(path: Path) -> None:
    """Save an index beside a list, so that screening against it starts fast."""
    from sanctscreen.party_list import read_list
    from sanctscreen.screen import Screener

    try:
        screener = Screener(read_list(path, format="sanctscreen-json"), config=chosen_config())
    except ListError:
        return  # a list that nobody may screen against needs no index
    try:
        screener.save_index()
    except (InputError, OSError) as error:
        click.echo(f"{path}: saved without its index: {error}", err=True)


def _earlier(output: Path, new: PartyList) -> PartyList | None:
    """Return what stands in the place of a list, if it is an earlier version of it."""
    from sanctscreen.party_list import read_list

    try:
        old = read_list(output, format="sanctscreen-json") if output.is_file() else None
    except InputError:
        # What cannot be read is in nobody's use.
        return None
    ids = {source.id for source in new.sources}
    return old if old and ids & {source.id for source in old.sources} else None


def _replacing(new: PartyList, old: PartyList, accept: str) -> PartyList:
    """Refuse a list that lost too much of the old one, or record why it is taken."""
    try:
        new.check_replaces(old, max_shrink=chosen_config().max_list_shrink)
    except ListError as error:
        if not accept:
            raise ListError(f"{error}; --accept REASON takes it all the same") from error
        return new.with_warning(f"taken although {error}: {accept}")
    return new


@lists.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("lists"),
    show_default=True,
    help="Where the lists are kept.",
)
@click.option("--address", metavar="URL", help="Where the one SOURCE is, for instance a mirror.")
@click.option("--loopback", is_flag=True, help="Allow plain HTTP to this very machine.")
@click.option("--minimum", type=click.IntRange(0), help="Fewer parties than this are refused.")
@accept_option
def update(
    sources: tuple[str, ...],
    folder: Path,
    address: str | None,
    *,
    loopback: bool,
    **checks: Any,
) -> None:
    """Fetch the publishers' lists into one folder.

    All of them are fetched if no SOURCE is named. What fails any check is not swapped in: the last
    good list stays, and the exit status is 2.
    """
    from sanctscreen.report import plain
    from sanctscreen.update import Options, list_path, update
    from sanctscreen.update.fetch import Policy

    wanted = _wanted(sources, address)
    shrink = chosen_config().max_list_shrink
    options = Options(policy=Policy(loopback=loopback), max_shrink=shrink, **checks)
    failed = False
    for outcome in update(folder, wanted, options):
        bad = outcome.result == "failed"
        failed |= bad
        if not bad:
            _save_index(list_path(folder, outcome.source))
        line = f"{outcome.source}: {outcome.result.upper() if bad else outcome.result}: "
        click.echo(line + plain(outcome.message), err=bad)
    if failed:
        sys.exit(BAD_INPUT)


def _wanted(sources: tuple[str, ...], address: str | None) -> list[Address]:
    """Return the addresses of the sources that are asked for."""
    from sanctscreen.update import addresses

    known = addresses()
    for source in sources:
        if source not in known:
            raise click.UsageError(f"no such source: {source}; known: {', '.join(known)}")
    wanted = [known[source] for source in sources] or list(known.values())
    if address is None:
        return wanted
    if len(sources) != 1:
        raise click.UsageError("--address needs exactly one SOURCE")
    return [wanted[0]._replace(address=address)]


@lists.command()
@click.argument("files", metavar="LIST...", nargs=-1, required=True, type=EXISTING)
@output_option
@click.option("--overlay", type=EXISTING, help="An analyst's corrections.")
def merge(files: Paths, output: Path, overlay: Path | None) -> None:
    """Join LISTs into one, where each party stands once.

    It has a status for each source. Parties are joined by cross-references and strong identifiers,
    never by name alone; what an analyst knows beyond that goes into the overlay.
    """
    from sanctscreen.documents.overlay import apply_overlay, read_overlay
    from sanctscreen.merge import merge
    from sanctscreen.report import list_view

    party_list = merge(map(read, files))
    if overlay:
        party_list = apply_overlay(party_list, read_overlay(overlay), path=overlay)
    party_list.save(output)
    _save_index(output)
    answer(list_view(party_list, shown=0))


@lists.command()
@click.argument("path", metavar="[LIST.json]", required=False, type=EXISTING)
@click.option("--party", metavar="ID", help="Show everything about one party.")
@json_option
def show(path: Path | None, party: str | None, *, as_json: bool) -> None:
    """Show a party list, or one party of it.

    Without LIST.json it is the list shipped with sanctscreen.
    """
    from sanctscreen.report import list_view, party_view

    party_list = read(path)
    if party is None:
        answer(json.loads(party_list.to_json()) if as_json else list_view(party_list))
        return
    try:
        found = party_list.party(party)
    except KeyError as error:
        raise InputError(f"there is no party {party!r}", path=path) from error
    answer(found.model_dump(mode="json", exclude_defaults=True) if as_json else party_view(found))


@lists.command()
@click.argument("old", type=EXISTING)
@click.argument("new", type=EXISTING)
@json_option
def diff(old: Path, new: Path, *, as_json: bool) -> None:
    """Show what changed in a party list from OLD to NEW."""
    from sanctscreen.diff import diff
    from sanctscreen.report import diff_view

    difference = diff(read(old), read(new))
    answer(difference.to_dict() if as_json else diff_view(difference))
