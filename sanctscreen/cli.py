"""The command line: each command reads, calls one function of the library, and shows the answer.

Answers go to standard output, progress and messages to standard error. The exit status lets a
script gate a payment run: 0 all clear, 1 at least one hit or row for review, 2 bad usage or input.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanctscreen import __version__
from sanctscreen.errors import InputError, SanctscreenError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sanctscreen.model import Kind
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
threshold_option = click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    help="The score from which on a party is a hit, 0 to 100.",
)
output_option = click.option(
    "-o", "--output", type=NEW, required=True, help="The file to write, whole or not at all."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class BadInputError(click.ClickException):
    """Input that cannot be used: one line on standard error, exit status 2."""

    exit_code = BAD_INPUT


class Commands(click.Group):
    """The commands, with the errors of the library turned into clear lines."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted, nothing was written", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            raise
        except (SanctscreenError, ValueError, OSError) as error:
            raise BadInputError(_complaint(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sanctscreen")
def cli() -> None:
    """Tell whether a counterparty is a sanctioned party, and why.

    Exit status: 0 all clear, 1 at least one hit or row for review, 2 bad usage or input.
    """
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


@cli.command()
@click.argument("name")
@more_lists
@kind_option
@list_option
@threshold_option
@json_option
def screen(
    name: str, kind: Kind | None, threshold: float | None, *, as_json: bool, **lists: Paths
) -> None:
    """Screen one NAME and show the hits with their reasons."""
    from sanctscreen.report import result_view

    result = _screener(**lists).screen(name, kind=kind, threshold=threshold)
    _show(result.record() if as_json else result_view(result))
    if result.decision != "clear":
        sys.exit(ALERT)


@cli.command("screen-file")
@click.argument("source", metavar="IN.csv", type=EXISTING)
@more_lists
@output_option
@list_option
@threshold_option
@kind_option
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=HEADER",
    help="Which column holds what, such as name=Kunde; may be repeated.",
)
@click.option("--encoding", help="The encoding of the file, where detection is wrong.")
@click.option("--delimiter", help="The character between cells, where detection is wrong.")
def screen_file(
    source: Path, output: Path, lists: Paths, more: Paths, columns: tuple[str, ...], **known: Any
) -> None:
    """Screen every row of a CSV file.

    The result has the same rows in the same order, the columns they had, and the decision with
    its reasons beside them. Delimiter, quoting, encoding and columns are detected. Rows that
    cannot be read in full are named on standard error and get the decision "review". Cells that
    a spreadsheet would run as formulas get an apostrophe before them.
    """
    from sanctscreen import batch
    from sanctscreen.batch.columns import parse_overrides
    from sanctscreen.report import summary_view
    from sanctscreen.report.progress import watching

    options = batch.Options(columns=parse_overrides(columns), **known)
    screener = _screener(lists, more)
    with watching(source) as observer:
        summary = batch.screen_file(source, output, screener, options=options, observer=observer)
    _show(summary_view(summary, str(output)))
    if summary.alerts:
        sys.exit(ALERT)


@cli.command("build-list")
@click.argument("documents", nargs=-1, required=True, type=EXISTING)
@output_option
@click.option("--overlay", type=EXISTING, help="An analyst's corrections.")
def build_list(documents: Paths, output: Path, overlay: Path | None) -> None:
    """Build a party list from DOCUMENTS: press releases, news reports, official notices."""
    from sanctscreen.documents import build_list, describe
    from sanctscreen.report import plain

    party_list = build_list(list(documents), overlay=overlay)
    party_list.save(output)
    click.echo("\n".join(map(plain, describe(party_list).splitlines())))


@cli.command("import-list")
@click.argument("files", nargs=-1, required=True, type=EXISTING)
@output_option
def import_list(files: Paths, output: Path) -> None:
    """Read the official list that FILES together make, and save it."""
    from sanctscreen.party_list import read_list
    from sanctscreen.report import list_view

    party_list = read_list(list(files))
    party_list.save(output)
    _show(list_view(party_list, shown=0))


@cli.command()
@click.argument("lists", nargs=-1, required=True, type=EXISTING)
@output_option
@click.option("--overlay", type=EXISTING, help="An analyst's corrections.")
def merge(lists: Paths, output: Path, overlay: Path | None) -> None:
    """Join LISTS into one, where the same party stands once with a status per source.

    Parties are joined by cross-references and strong identifiers, never by name alone; what an
    analyst knows beyond that goes into the overlay.
    """
    from sanctscreen.documents.overlay import apply_overlay, read_overlay
    from sanctscreen.merge import merge
    from sanctscreen.report import list_view

    party_list = merge(map(_read, lists))
    if overlay:
        party_list = apply_overlay(party_list, read_overlay(overlay), path=overlay)
    party_list.save(output)
    _show(list_view(party_list, shown=0))


@cli.command()
@click.argument("path", metavar="[LIST.json]", required=False, type=EXISTING)
@click.option("--party", metavar="ID", help="Show everything about one party.")
@json_option
def show(path: Path | None, party: str | None, *, as_json: bool) -> None:
    """Show a party list, or one party of it; without LIST.json the list shipped with us."""
    from sanctscreen.report import list_view, party_view

    party_list = _read(path)
    if party is None:
        _show(json.loads(party_list.to_json()) if as_json else list_view(party_list))
        return
    try:
        found = party_list.party(party)
    except KeyError as error:
        raise InputError(f"there is no party {party!r}", path=path) from error
    _show(found.model_dump(mode="json", exclude_defaults=True) if as_json else party_view(found))


@cli.command()
@click.argument("old", type=EXISTING)
@click.argument("new", type=EXISTING)
@json_option
def diff(old: Path, new: Path, *, as_json: bool) -> None:
    """Show what changed between two versions of a party list, OLD and NEW."""
    from sanctscreen.diff import diff
    from sanctscreen.report import diff_view

    difference = diff(_read(old), _read(new))
    _show(difference.to_dict() if as_json else diff_view(difference))


@cli.command()
@click.argument("pairs", metavar="PAIRS.csv", type=EXISTING)
@json_option
def evaluate(pairs: Path, *, as_json: bool) -> None:
    """Measure the matcher on labelled pairs.

    PAIRS.csv has the columns name1, name2, is_match and perhaps schema.
    """
    from sanctscreen.evaluate import evaluate, read_pairs
    from sanctscreen.report import evaluation_view

    evaluation = evaluate(read_pairs(pairs))
    _show(evaluation.to_dict() if as_json else evaluation_view(evaluation))


@cli.command()
@click.argument("left", metavar="NAME")
@click.argument("right", metavar="OTHER")
@kind_option
@json_option
def explain(left: str, right: str, kind: Kind | None, *, as_json: bool) -> None:
    """Compare NAME with OTHER and say how the score comes about."""
    from sanctscreen.report import comparison_view
    from sanctscreen.score import compare

    comparison = compare(left, right, kind=kind)
    _show(comparison.explanation.to_dict() if as_json else comparison_view(comparison))


def main() -> None:
    """Run the command line; a polite kill cleans up as Ctrl-C does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    cli()


def _screener(lists: Paths, more: Paths) -> Screener:
    """Make a screener for the lists given, ``--list A B`` and ``--list A --list B`` alike."""
    if more and not lists:
        raise click.UsageError(f"unexpected argument: {more[0]}")
    from sanctscreen.party_list import read_list
    from sanctscreen.screen import Screener

    return Screener([read_list(path) for path in (*lists, *more)] if lists else None)


def _read(path: Path | None) -> PartyList:
    from sanctscreen.party_list import default_list, read_list

    return default_list() if path is None else read_list(path)


def _show(answer: RenderableType | dict[str, Any]) -> None:
    """Print an answer: data as one line of JSON, anything else as rich draws it."""
    from rich.console import Console

    if isinstance(answer, dict):
        narrow = not (sys.stdout.encoding or "").lower().startswith("utf")
        click.echo(json.dumps(answer, ensure_ascii=narrow))
    else:
        Console(highlight=False).print(answer)


def _complaint(error: Exception) -> str:
    """Write an error in one line; what is no fault of the input is raised again."""
    if isinstance(error, SanctscreenError | OSError):
        return " ".join(str(error).split())
    details = getattr(error, "errors", None)
    if details is None:
        raise error
    faults = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in details())
    return "; ".join(faults)
