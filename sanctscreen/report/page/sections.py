"""The parts of a page that are known once a run is over, as HTML that needs no script."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

import sanctscreen
from sanctscreen import data
from sanctscreen.batch import Options, Summary
from sanctscreen.config import Config
from sanctscreen.model import Source
from sanctscreen.party_list import PartyList
from sanctscreen.report.page.chart import chart
from sanctscreen.report.page.embed import shown
from sanctscreen.report.page.tally import Tally
from sanctscreen.report.parts import counted

#: Libraries whose version can move a score.
SCORING = ("rapidfuzz", "Unidecode", "numpy")
#: Warnings about lists that a page shows at once.
MOST_WARNINGS = 3
DIGEST = "SHA-256"


@dataclass(frozen=True, slots=True)
class Run:
    """All that is known about a run once it is over.

    Attributes:
        name: the file that was screened, without its folder.
        digest: SHA-256 of its bytes, in hexadecimal.
        lists: what it was screened against.
        config: how.
        options: what the user said about the file.
        summary: what the run came to.
        tally: the counts that a page shows.
        finished: when, in UTC.
    """

    name: str
    digest: str
    lists: tuple[PartyList, ...]
    config: Config
    options: Options
    summary: Summary
    tally: Tally
    finished: datetime

    @property
    def thresholds(self) -> dict[str, float]:
        """The threshold of each kind that this run went by."""
        if self.options.threshold is not None:
            return {"every kind": self.options.threshold}
        if self.config.threshold is not None:
            return {"every kind": self.config.threshold}
        return self.config.thresholds.model_dump()


def sections(run: Run) -> dict[str, str]:
    """Return the parts of a page by the names that its template gives them."""
    tally = run.tally
    return {
        "name": shown(run.name),
        "finished": f"{_day(run.finished)}, {run.finished:%H:%M} UTC",
        "headline": _headline(tally),
        "tiles": "".join(_tiles(tally)),
        "warnings": _doubts(run),
        "chart": chart(tally, [*run.thresholds.values()]),
        "file": _facts(_file(run)),
        "about": shown(f"{run.name}: {tally.rows:,} rows, read as {run.summary.layout}"),
        "lists": "".join(_list(each, run) for each in run.lists),
        "unshown": _unshown(tally),
        "config": _facts(_configuration(run)),
        "facts": _table("fact_points", ("fact", "points", "meaning")),
        "classes": _table("word_classes", ("class", "weight", "meaning")),
        "versions": _facts(_versions(run)),
    }


def _doubts(run: Run) -> str:
    """Show whatever casts doubt on a run; many warnings of lists behind one line."""
    found = [*run.tally.out_of_date]
    if run.summary.layout.encoding.guessed:
        found.append(f"the encoding {run.summary.layout.encoding.name} of the file is a guess")
    warned = [*_list_warnings(run.lists)]
    if len(warned) <= MOST_WARNINGS:
        return _warned([*found, *warned])
    more = f"<summary>{len(warned)} warnings about the lists</summary>{_warned(warned)}"
    return f'{_warned(found)}<details class="warned">{more}</details>'


def _list_warnings(lists: Iterable[PartyList]) -> Iterator[str]:
    for source in (source for each in lists for source in each.sources):
        yield from (f"{source.id}: {said}" for said in source.warnings)
        if source.unread:
            yield f"{source.id}: {len(source.unread):,} remarks could not be read"


def _warned(said: Iterable[str]) -> str:
    items = "".join(f"<li>{shown(each)}</li>" for each in said)
    return f'<ul class="warnings" aria-label="Warnings">{items}</ul>' if items else ""


def _headline(tally: Tally) -> str:
    if not tally.alerts:
        return "The row is clear" if tally.rows == 1 else f"All {tally.rows:,} rows are clear"
    needs = "row needs" if tally.alerts == 1 else "rows need"
    return f"{tally.alerts:,} of {tally.rows:,} {needs} a person"


def _tiles(tally: Tally) -> Iterator[str]:
    """Yield the numbers that come first, those with rows behind them as a way to these."""
    rate = f"{tally.alerts / tally.rows:.2%}"
    yield _tile("match", f"{tally.decisions['match']:,}", "match", "decision:match")
    yield _tile("review", f"{tally.decisions['review']:,}", "review", "decision:review")
    yield _tile("clear", f"{tally.decisions['clear']:,}", "clear")
    yield _tile("rate", rate, "alert rate")
    yield _tile("faulty", f"{tally.faulty:,}", "bad rows", "faulty")
    yield _tile("aside", f"{tally.set_aside:,}", "hits set aside", "aside")
    if tally.regions:
        yield _tile("regions", f"{tally.regions:,}", "name a region", "regions")
    if tally.cleared:
        yield _tile("cleared", f"{tally.cleared:,}", "hits cleared", "cleared")


def _tile(tone: str, value: str, label: str, shows: str = "") -> str:
    inner = f"<b>{value}</b> <span>{label}</span>"
    if shows and value != "0":
        return f'<button type="button" class="tile {tone}" data-shows="{shows}">{inner}</button>'
    return f'<div class="tile {tone}">{inner}</div>'


def _file(run: Run) -> Iterator[tuple[str, str]]:
    summary, tally = run.summary, run.tally
    yield "file", run.name
    yield "rows", f"{tally.rows:,}, of which {tally.faulty:,} could not be read in full"
    if tally.noted:
        hold = "row holds" if tally.noted == 1 else "rows hold"
        yield "notes", f"{tally.noted:,} {hold} a value that was left out; none asks for review"
    yield "read as", str(summary.layout)
    yield "columns", ", ".join(f"{role} = {head}" for role, head in summary.columns.items())
    yield DIGEST, run.digest


def _list(party_list: PartyList, run: Run) -> str:
    """Show one list: its sources and how old they are, then what tells it from other versions."""
    announced = sum(each.count or 1 for each in party_list.unnamed)
    facts = [
        ("version", party_list.version),
        ("parties", f"{len(party_list):,}: {counted(each.kind for each in party_list.parties)}"),
        ("status", counted(each.status for each in party_list.parties)),
        *([("announced", f"{announced:,} that no source names")] if announced else []),
        (DIGEST, party_list.digest),
        *((f"{DIGEST} of {each.id}", each.digest) for each in party_list.sources if each.digest),
    ]
    sources = "".join(_source(each, run) for each in party_list.sources)
    said = f"{len(party_list):,} parties, version {party_list.version}"
    return (
        f'<section class="list"><ul class="sources">{sources}</ul>'
        f"<details><summary>{shown(said)}</summary>{_facts(facts)}</details></section>"
    )


def _source(source: Source, run: Run) -> str:
    """Show one source with its day of publication and how old that made it."""
    title = shown(source.title or source.id)
    by = f" · {shown(source.publisher)}" if source.publisher else ""
    if source.published is None:
        age = '<span class="doubt">states no day of publication</span>'
    else:
        days = (run.finished.date() - source.published).days
        age = f"published {_day(source.published)}, {days:,} days before this run"
    held = f" · {source.records:,} records" if source.records is not None else ""
    known = f"<code>{shown(source.id)}</code>{by}{held}"
    return f"<li><b>{title}</b><span>{age}</span><span>{known}</span></li>"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _unshown(tally: Tally) -> str:
    if not tally.unshown:
        return ""
    said = f"{tally.unshown:,} more rows are not clear and not in this page; the CSV has them all."
    return f'<p class="doubt" role="note">{said}</p>'


def _configuration(run: Run) -> Iterator[tuple[str, str]]:
    """Yield every value of the configuration, and what this run did otherwise."""
    if run.options.threshold is not None:
        yield "threshold of this run", f"{run.options.threshold:g}, in place of those below"
    usual = Config().values
    for key, value in run.config.values.items():
        said, by_default = _words(value), _words(usual[key])
        said = said if said == by_default else f"{said} (by default {by_default})"
        yield key, said + _because(run.config.rationale_for(key), changed=value != usual[key])
    yield DIGEST, run.config.digest


def _because(rationale: str, *, changed: bool) -> str:
    if rationale:
        return f": {rationale}"
    return ": no rationale is given" if changed else ""


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not set" if value is None else str(value)


def _versions(run: Run) -> Iterator[tuple[str, str]]:
    yield "sanctscreen", sanctscreen.__version__
    yield "Python", platform.python_version()
    yield from ((name, version(name)) for name in SCORING)
    yield "finished", run.finished.isoformat(timespec="seconds")


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    items = (
        f"<div><dt>{shown(name)}</dt><dd>{_value(name, said)}</dd></div>" for name, said in rows
    )
    return f"<dl>{''.join(items)}</dl>"


def _value(name: str, said: str) -> str:
    return f'<code class="digest">{shown(said)}</code>' if name.startswith(DIGEST) else shown(said)


def _table(name: str, columns: tuple[str, ...]) -> str:
    heads = "".join(f"<th scope=col>{shown(column)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{shown(row[column])}</td>' for column in columns)}</tr>"
        for row in data.table(name)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
