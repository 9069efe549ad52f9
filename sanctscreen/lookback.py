"""Look back: which decisions of a run would be others by another configuration.

Hits that analysts cleared count as open on both sides, since a look-back is about the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctscreen.recorded import Moved, Recorded, Result
from sanctscreen.rescreen import recorded_anew, screen_again, whole
from sanctscreen.result import DECISIONS
from sanctscreen.screen import Screener


def look_back(
    results: Iterable[Recorded], screener: Screener, *, workers: int = 1
) -> Iterator[Moved]:
    """Yield what would become of every result, in the order given.

    Thresholds are those of the new configuration, also where a run had one of its own.

    Args:
        results: of a run.
        screener: the lists that the run was made with, and the other configuration; no
            clearances.
        workers: how many processes screen.

    Raises:
        ResultsError: a result was made with another list, or is not whole.
    """
    lists = [(each.version, each.digest) for each in screener.party_lists]

    def checked() -> Iterator[Recorded]:
        for each in results:
            if [(it.version, it.digest) for it in each.result.lists] != lists:
                raise each.error("made with another list")
            yield whole(each)

    for each, found in screen_again(screener, checked(), own_threshold=False, workers=workers):
        had = {hit.party for hit in (*each.result.hits, *each.result.cleared)}
        has = {hit.party.id for hit in found.hits}
        after = recorded_anew(each, found)["decision"]
        yield Moved.of(each, (_open(each.result), after), had, has)


def _open(result: Result) -> str:
    """Return what the decision would be with every cleared hit open."""
    opened = ["review" if hit.review else "match" for hit in result.cleared]
    return max(result.decision, *opened, key=DECISIONS.index) if opened else result.decision
