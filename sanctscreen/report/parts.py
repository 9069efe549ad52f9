"""The parts that every view is made of: safe text, tables of facts, score bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sanctscreen.model import Party

BAR_WIDTH = 8
#: From this score on a bar is red; below it is yellow.
HOT = 90.0


def plain(text: str) -> str:
    r"""Return text with every character that a terminal would act upon written as its code.

    Names may hold characters that move the cursor or turn the reading direction.

    >>> plain("Acme" + chr(27) + "[31m")
    'Acme\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii")
        for each in text
    )


def facts(*rows: tuple[str, str | Text]) -> RenderableType:
    """Show labelled values below each other."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(label, Text(plain(value)) if isinstance(value, str) else value)
    return Padding(grid, (0, 0, 0, 1))


def table(*columns: str, narrow: Iterable[str] = ()) -> Table:
    """Make an empty table; narrow columns are not wrapped."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim", padding=(0, 1))
    kept = set(narrow)
    for column in columns:
        made.add_column(column, no_wrap=column in kept, overflow="fold")
    return made


class ScoreBar:
    """A score, 0 to 100, as a bar and a number; plain signs where the terminal has no others."""

    def __init__(self, score: float) -> None:
        self.score = score

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        full, empty = ("#", "-") if options.ascii_only else ("━", "─")
        filled = round(self.score / 100 * BAR_WIDTH)
        colour = "red" if self.score >= HOT else "yellow"
        rest = (empty * (BAR_WIDTH - filled), "dim")
        yield Text.assemble((full * filled, colour), rest, (f" {self.score:5.1f}", "bold"))

    def __rich_measure__(self, _: Console, __: ConsoleOptions) -> Measurement:
        return Measurement(BAR_WIDTH + 6, BAR_WIDTH + 6)


def named(party: Party, *notes: str) -> Text:
    """Show a party by its name, with notes and its id below."""
    below = [plain(each) for each in (*notes, party.id) if each]
    return Text.assemble((plain(party.name), "bold"), ("".join(f"\n{e}" for e in below), "dim"))


def words(code: str | None) -> str:
    """Write a code such as ``previously_designated`` in words."""
    return (code or "unknown").replace("_", " ")


def counted(values: Iterable[str | None]) -> str:
    """Write how often each value occurs, the most frequent first."""
    counts = Counter(map(words, values)).most_common()
    return ", ".join(f"{count:,} {value}" for value, count in counts)
