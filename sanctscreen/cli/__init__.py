"""The command line: each command reads, calls one function of the library, and shows the answer.

Answers go to standard output, progress and messages to standard error. The exit status lets a
script gate a payment run: 0 all clear, 1 at least one hit or row for review, 2 bad usage or input.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanctscreen import __version__
from sanctscreen.cli.cleared import cleared
from sanctscreen.cli.config import config as config_commands
from sanctscreen.cli.ledger import ledger as ledger_commands
from sanctscreen.cli.ledger import verify
from sanctscreen.cli.lists import lists as list_commands
from sanctscreen.cli.parts import (
    ALERT,
    EXISTING,
    INTERRUPTED,
    KINDS,
    NEW,
    TERMINATED,
    BadInputError,
    Paths,
    answer,
    chosen_config,
    cleared_option,
    complaint,
    json_option,
    kind_option,
    ledger_key_option,
    ledger_option,
    list_option,
    make_screener,
    more_lists,
    open_ledger,
    output_option,
    threshold_option,
    workers_option,
)
from sanctscreen.cli.payments import screen_payment
from sanctscreen.cli.rescreen import look_back, rescreen
from sanctscreen.errors import SanctscreenError, ShortListError

if TYPE_CHECKING:
    from sanctscreen.batch import Observer
    from sanctscreen.ledger import Ledger
    from sanctscreen.model import Kind
    from sanctscreen.screen import Screener

__all__ = ["KINDS", "cli", "main"]


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
            raise BadInputError(complaint(error) + self._remedy(error, ctx)) from error

    def _remedy(self, error: Exception, ctx: click.Context) -> str:
        """Say what takes a short list where the command itself has no option for that."""
        command = self.commands.get(ctx.invoked_subcommand or "")
        options = [] if command is None else [each.name for each in command.params]
        if not isinstance(error, ShortListError) or "minimum" in options:
            return ""
        return ": import-list --minimum 0 saves it as a list for this command"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sanctscreen")
@click.option("--config", type=EXISTING, help="A TOML file with thresholds, statuses and weights.")
def cli(config: Path | None) -> None:  # noqa: ARG001 - the commands look it up
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
@cleared_option
@ledger_option
@ledger_key_option
@threshold_option
@json_option
def screen(
    name: str, kind: Kind | None, threshold: float | None, *, as_json: bool, **against: Any
) -> None:
    """Screen one NAME and show the hits with their reasons."""
    from sanctscreen.report import result_view

    ledger = open_ledger(against.pop("ledger"), against.pop("ledger_key"))
    result = _screener(**against).screen(name, kind=kind, threshold=threshold)
    if ledger:
        ledger.record([result.record()])
    answer(result.record() if as_json else result_view(result))
    if result.decision != "clear":
        sys.exit(ALERT)


@cli.command("screen-file")
@click.argument("source", metavar="IN.csv", type=EXISTING)
@more_lists
@output_option
@list_option
@cleared_option
@ledger_option
@ledger_key_option
@threshold_option
@kind_option
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=HEADER",
    help="Which column holds what, such as name=Kunde; may be repeated.",
)
@click.option("--report", type=NEW, metavar="OUT.html", help="A page about the run to write too.")
@click.option("--resume", is_flag=True, help="Go on with a run that was killed, where it stopped.")
@workers_option
@click.option("--encoding", help="The encoding of the file, where detection is wrong.")
@click.option("--delimiter", help="The character between cells, where detection is wrong.")
def screen_file(
    source: Path, output: Path, columns: tuple[str, ...], report: Path | None, **known: Any
) -> None:
    """Screen every row of a CSV, JSON lines or Parquet file.

    The result has the same rows in the same order, the columns they had, and the decision with
    its reasons beside them. Delimiter, quoting, encoding and columns are detected. Rows that
    cannot be read in full are named on standard error and get the decision "review". Cells that
    a spreadsheet would run as formulas get an apostrophe before them. The report is one HTML file
    that shows every row that is not clear; it needs no network. After a crash or a kill, the same
    command with --resume goes on, and ends with the same bytes.
    """
    from sanctscreen import batch
    from sanctscreen.batch.columns import parse_overrides
    from sanctscreen.report import summary_view
    from sanctscreen.report.page import Files, screen_with_report
    from sanctscreen.report.progress import watching

    screener = _screener(*map(known.pop, ("lists", "more", "cleared")))
    ledger = open_ledger(known.pop("ledger"), known.pop("ledger_key"))
    options = batch.Options(columns=parse_overrides(columns), **known)
    with watching(source) as watcher, _resumable(wanted=options.resume):
        observer = _recording(ledger, source, watcher)
        screen = partial(batch.screen_file, source, output)
        if report:
            screen = partial(screen_with_report, Files(source, output, report))
        summary = screen(screener, options=options, observer=observer)
    answer(summary_view(summary, ", ".join(map(str, filter(None, (output, report))))))
    if summary.alerts:
        sys.exit(ALERT)


@cli.command()
@click.argument("pairs", metavar="PAIRS.csv", type=EXISTING)
@json_option
def evaluate(pairs: Path, *, as_json: bool) -> None:
    """Measure the matcher on labelled pairs.

    PAIRS.csv has the columns name1, name2, is_match and perhaps schema.
    """
    from sanctscreen.evaluate import evaluate, read_pairs
    from sanctscreen.report import evaluation_view

    evaluation = evaluate(read_pairs(pairs), config=chosen_config())
    answer(evaluation.to_dict() if as_json else evaluation_view(evaluation))


@cli.command()
@click.argument("left", metavar="NAME")
@click.argument("right", metavar="OTHER")
@kind_option
@json_option
def explain(left: str, right: str, kind: Kind | None, *, as_json: bool) -> None:
    """Compare NAME with OTHER and say how the score comes about."""
    from sanctscreen.report import comparison_view
    from sanctscreen.score import compare

    comparison = compare(left, right, kind=kind, config=chosen_config())
    answer(comparison.explanation.to_dict() if as_json else comparison_view(comparison))


cli.add_command(screen_payment)
cli.add_command(cleared)
cli.add_command(verify)
cli.add_command(rescreen)
cli.add_command(look_back)
cli.add_command(ledger_commands)
cli.add_command(config_commands)
for command in list_commands.commands.values():
    cli.add_command(command)


def main() -> None:
    """Run the command line; a polite kill cleans up as Ctrl-C does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    cli()


def _recording(ledger: Ledger | None, source: Path, observer: Observer) -> Observer:
    """Let a ledger hear of what an observer hears, if there is one."""
    if ledger is None:
        return observer
    from sanctscreen.ledger.runs import Recorder

    return Recorder(ledger, source.name, observer)


@contextmanager
def _resumable(*, wanted: bool) -> Iterator[None]:
    """Say after Ctrl-C, where that is so, that the run can be gone on with."""
    try:
        yield
    except KeyboardInterrupt:
        if not wanted:
            raise
        click.echo("interrupted; the same command goes on with what is done", err=True)
        sys.exit(INTERRUPTED)


def _screener(lists: Paths, more: Paths, cleared: Path | None) -> Screener:
    """Make a screener for the lists given, ``--list A B`` and ``--list A --list B`` alike."""
    if more and not lists:
        raise click.UsageError(f"unexpected argument: {more[0]}")
    return make_screener((*lists, *more), cleared)
