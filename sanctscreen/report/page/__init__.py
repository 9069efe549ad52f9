"""A report of a run as one HTML page that loads nothing and can be read without a network.

Rows are written to the page while they are screened, so memory does not grow with the file. A
page holds every row that is not clear, and every clear one with a hit that a fact set aside or
an analyst cleared; of the others it holds the count.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

from sanctscreen import data
from sanctscreen.batch import Heard, Observer, Options, Screened, Summary, screen_file
from sanctscreen.batch.files import Part, whole_part
from sanctscreen.errors import InputError
from sanctscreen.report.page.embed import data_line, shown, source_hash
from sanctscreen.report.page.rows import party_data, row_data, shown_hits
from sanctscreen.report.page.sections import Run, sections
from sanctscreen.report.page.tally import Tally

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

#: Rows that a page holds in full: more than a team reviews, and as many as a browser still bears.
MOST_ROWS = 100_000


class Files(NamedTuple):
    """The files of a run.

    Attributes:
        source: what is screened, see `sanctscreen.batch.screen_file`.
        target: the CSV file to write, as there.
        report: the HTML file to write.
    """

    source: Path
    target: Path
    report: Path


def screen_with_report(
    files: Files,
    screener: Screener,
    *,
    options: Options | None = None,
    observer: Observer | None = None,
) -> Summary:
    """Screen a file as `sanctscreen.batch.screen_file` does, and write a page about it.

    The page, like the target, appears only once it is complete. It is the same for the same
    file, lists, configuration and versions, but for the time that it shows.

    Args:
        files: what to read, and what to write.
        screener: what the rows are screened with.
        options: what is known about the file.
        observer: hears of progress and of faulty rows.

    Raises:
        InputError: as for ``screen_file``; or the report is the source or the target, or cannot
            be written.
    """
    source, target, report = files
    if report.resolve() in {source.resolve(), target.resolve()}:
        raise InputError("the report would overwrite another file of this run", path=report)
    options = options or Options()
    with whole_part(report, encoding="utf-8", keep=options.resume) as part:
        page = PageWriter(part, source.name, observer or Observer())
        summary = screen_file(source, target, screener, options=options, observer=page)
        page.finish(
            Run(
                name=source.name,
                digest=_digest(source),
                lists=screener.party_lists,
                config=screener.config,
                options=options,
                summary=summary,
                tally=page.tally,
                finished=datetime.now(UTC),
            )
        )
    return summary


class PageWriter(Observer):
    """Hears of rows and writes them to a page; what it hears it passes on.

    Attributes:
        tally: the counts so far.
    """

    def __init__(self, part: Part, title: str, observer: Observer) -> None:
        """Prepare a page.

        Args:
            part: the file that it is written to.
            title: what it is about.
            observer: hears all that this one hears.
        """
        self.tally = Tally()
        self._part, self._title, self._observer = part, title, observer
        self._parties: set[str] = set()
        self._held = 0

    def begin(self) -> None:
        """Begin the page."""
        self._observer.begin()
        self._out = self._part.start()
        head = {"title": shown(self._title), "style": _asset("page.css"), "policy": _policy()}
        self._out.write(Template(_asset("head.html")).substitute(head))

    def keep(self) -> Any:
        """Return how far the page has come."""
        return {
            "offset": self._part.settle(),
            "parties": sorted(self._parties),
            "held": self._held,
            "tally": self.tally.keep(),
            "observer": self._observer.keep(),
        }

    def go_on(self, kept: Any) -> None:
        """Go on with the page from where it had come to."""
        if not kept:
            raise InputError("the interrupted run wrote no report; it goes on without --report")
        self._observer.go_on(kept["observer"])
        self._out = self._part.start(kept["offset"])
        self._parties, self._held = set(kept["parties"]), kept["held"]
        self.tally = Tally.of(kept["tally"])

    def end(self) -> None:
        """Pass it on."""
        self._observer.end()

    def progress(self, rows: int, read: int) -> None:
        """Pass it on."""
        self._observer.progress(rows, read)

    def fault(self, error: InputError, *, review: bool) -> None:
        """Pass it on."""
        self._observer.fault(error, review=review)

    def hears(self) -> Heard:
        """Hear of the rows that the page may show, or of what the other observer hears of."""
        return "all" if self._observer.hears() == "all" else "notable"

    def passed(self, rows: int, out_of_date: tuple[str, ...]) -> None:
        """Count rows of which there is nothing to show."""
        self._observer.passed(rows, out_of_date)
        self.tally.add_plain(rows, out_of_date)

    def screened(self, outcome: Screened) -> None:
        """Count a row, and write it if there is something to look at."""
        self._observer.screened(outcome)
        self.tally.add(outcome)
        result = outcome.result
        if outcome.decision == "clear" and not result.set_aside and not result.cleared:
            return
        if self._held == MOST_ROWS:
            self.tally.unshown += 1
            return
        self._held += 1
        for hit in shown_hits(outcome):
            if hit.party.id not in self._parties:
                self._parties.add(hit.party.id)
                self._line({"party": party_data(hit.party)})
        self._line({"row": row_data(outcome)})

    def finish(self, run: Run) -> None:
        """Write all that is known only once the run is over."""
        parts = {**sections(run), "script": _asset("page.js")}
        self._out.write(Template(_asset("body.html")).substitute(parts))

    def _line(self, value: object) -> None:
        self._out.write(data_line(value) + "\n")


@cache
def _asset(name: str) -> str:
    return data.read_bytes(f"report/{name}").decode("utf-8")


def _policy() -> str:
    """Return a content security policy that admits our style and script, and no network at all."""
    return (
        f"default-src 'none'; style-src {source_hash(_asset('page.css'))}; "
        f"script-src {source_hash(_asset('page.js'))}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
