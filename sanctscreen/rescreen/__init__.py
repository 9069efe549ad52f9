"""Screen yesterday's counterparties against today's list, as far as the change can touch them.

A result can differ only if a party that is new or has changed is a hit, or if a hit of yesterday
is on a party that has changed or is gone; for a score depends on two parties and never on the
list around them. So every counterparty is screened against the new and changed parties alone,
and those that are touched against the whole new list; the others keep their result.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

import sanctscreen
from sanctscreen.batch import Screened
from sanctscreen.batch.counterparties import Fault
from sanctscreen.cleared import Clearances, lapsed
from sanctscreen.config import Config
from sanctscreen.diff import diff_together
from sanctscreen.model import Clearance, Counterparty
from sanctscreen.party_list import PartyList
from sanctscreen.recorded import Moved, Recorded, Result
from sanctscreen.result import ScreeningResult
from sanctscreen.screen import Screener

#: Results that moved and are named; a count says how many there are.
MOST_SHOWN = 50


class Rescreened(NamedTuple):
    """The result of one counterparty against the new list.

    Attributes:
        before: its result against the old one.
        record: its result, as a full run would have written it.
        touched: whether it was screened against the whole new list.
    """

    before: Recorded
    record: dict[str, Any]
    touched: bool

    @property
    def moved(self) -> Moved:
        """What the change makes of it; false if decision and hits are what they were."""
        had = {hit.party for hit in self.before.result.hits}
        has = {hit["party"] for hit in self.record["hits"]}
        decisions = self.before.result.decision, self.record["decision"]
        return Moved.of(self.before, decisions, had, has)


class Tally:
    """What a rescreening came to.

    Attributes:
        rows: results in all.
        touched: how many of them were screened against the whole new list.
        moves: how often a decision became another or stayed, as ``(before, after)``.
        moved: how many results have another decision or other hits.
        shown: the first `MOST_SHOWN` of these.
    """

    def __init__(self) -> None:
        self.rows = self.touched = self.moved = 0
        self.moves: Counter[tuple[str, str]] = Counter()
        self.shown: list[Moved] = []

    def add(self, one: Rescreened) -> None:
        """Count a result."""
        self.rows += 1
        self.touched += one.touched
        if one.touched and (moved := one.moved):
            self.moved += 1
            self.shown += [moved] if self.moved <= MOST_SHOWN else []
        self.moves[one.before.result.decision, one.record["decision"]] += 1

    @property
    def alerts(self) -> int:
        """How many results are not clear now."""
        return sum(count for (_, after), count in self.moves.items() if after != "clear")

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        moves = [{"from": a, "to": b, "rows": n} for (a, b), n in sorted(self.moves.items())]
        return {
            "rows": self.rows,
            "touched": self.touched,
            "decisions": moves,
            "moved": self.moved,
            "first_moved": [each.to_dict() for each in self.shown],
        }


class Rescreener:
    """Brings results against old lists to new ones."""

    def __init__(
        self,
        old: Sequence[PartyList],
        new: Sequence[PartyList],
        *,
        config: Config | None = None,
        cleared: Clearances | None = None,
        workers: int = 1,
    ) -> None:
        """Find out what has changed.

        Args:
            old: the lists that the results were made with, in the same order.
            new: the lists to screen against.
            config: the configuration that the results were made with.
            cleared: hits that analysts have cleared.
            workers: how many processes screen.

        Raises:
            ListError: as for `Screener`.
        """
        self._lists = [{"version": each.version, "digest": each.digest} for each in old]
        self._config = config or Config()
        #: What a full run would screen with.
        self.screener = Screener(new, config=self._config, cleared=cleared)
        self._workers = workers
        change = diff_together(old, new)
        #: The parties that no result of yesterday knows, or knows otherwise.
        self.changed = (*change.added, *(each.after for each in change.changed))
        gone = (*change.removed, *(each.before for each in change.changed))
        self._gone = frozenset(each.id for each in gone)

    def rescreen(self, results: Iterable[Recorded]) -> Iterator[Rescreened]:
        """Yield the result of every counterparty, in the order given.

        Raises:
            ResultsError: the results were made with other lists, another configuration or
                another version of the library, or do not hold every hit.
        """
        now = datetime.now(UTC)
        for each, is_near in self._near(map(self._checked, results)):
            if is_near or self._is_touched(each.result, now.date()):
                yield Rescreened(each, again(self.screener, each, each.result.threshold), True)
            else:
                yield Rescreened(each, self._carried(each, now), False)

    def outcome(self, one: Rescreened) -> Screened:
        """Return a row as a full run decides it, for formats that show names word by word.

        Raises:
            ResultsError: it is the result of a single name and not of a row.
        """
        before, record = one.before.result, one.record
        if before.row is None:
            raise one.before.error("it is no row of a file")
        if any(record[what] for what in ("hits", "set_aside", "cleared", "reopened", "reason")):
            found = self.screener.screen(before.input, threshold=before.threshold)
        else:
            found = self._clear(before.input)
        return Screened.of(before.row, found, _faults(before))

    def _clear(self, who: Counterparty) -> ScreeningResult:
        """Return the result of a counterparty of whom there is nothing to say."""
        now = datetime.now(UTC)
        late = self.screener.out_of_date(now.date())
        return ScreeningResult(
            counterparty=who,
            decision="clear",
            hits=(),
            set_aside=(),
            reason="",
            stamp=self.screener.stamp,
            screened_at=now,
            out_of_date=late,
        )

    def _checked(self, each: Recorded) -> Recorded:
        """Refuse a result that the new one cannot be built upon."""
        result = each.result
        if result.config_digest != self._config.digest:
            raise each.error("made with another configuration")
        if result.library_version != sanctscreen.__version__:
            raise each.error(f"made with sanctscreen {result.library_version}")
        if [{"version": it.version, "digest": it.digest} for it in result.lists] != self._lists:
            raise each.error("made with another list than the old one")
        return whole(each)

    def _near(self, results: Iterable[Recorded]) -> Iterator[tuple[Recorded, bool]]:
        """Pair each result with whether a new or changed party is a hit, or nearly."""
        screener = self._narrow
        if screener is None:
            yield from ((each, False) for each in results)
            return
        for each, found in screen_again(screener, results, workers=self._workers):
            yield each, bool(found.hits or found.set_aside)

    @cached_property
    def _narrow(self) -> Screener | None:
        """A screener of the new and changed parties alone; how old they are is no matter here."""
        if not self.changed:
            return None
        config = self._config.model_copy(update={"max_list_age_days": None})
        return Screener(PartyList(parties=self.changed), config=config)

    def _is_touched(self, result: Result, today: date) -> bool:
        """Tell whether a party that was a hit has changed or is gone, or an analyst's word has."""
        hits = [*result.hits, *result.cleared]
        if any(it.party in self._gone for it in (*hits, *result.set_aside)):
            return True
        hidden: dict[str, Clearance] = {}
        lapses: dict[str, tuple[str, Clearance]] = {}
        who, reference = result.counterparty_digest, result.input.reference
        for hit in hits:
            said = self.screener.cleared.latest(who, hit.party, reference)
            if said is None:
                continue
            if why := lapsed(said, (who, hit.party_digest, hit.matched_name), today):
                lapses[hit.party] = (why, said)
            else:
                hidden[hit.party] = said
        return hidden != {it.party: it.clearance for it in result.cleared} or lapses != {
            it.party: (it.why, it.clearance) for it in result.reopened
        }

    @cached_property
    def _stamp(self) -> dict[str, Any]:
        """What every result says of the new lists."""
        return self.screener.stamp.record()

    def _carried(self, each: Recorded, now: datetime) -> dict[str, Any]:
        """Return a result as it was, with what is new about the lists."""
        late = list(self.screener.out_of_date(now.date()))
        fresh: dict[str, Any] = {**self._stamp, "out_of_date": late}
        if "screened_at" in each.record:
            fresh["screened_at"] = now.isoformat(timespec="milliseconds")
        return {**each.record, **fresh}


def screen_again(
    screener: Screener,
    results: Iterable[Recorded],
    *,
    own_threshold: bool = True,
    workers: int = 1,
) -> Iterator[tuple[Recorded, ScreeningResult]]:
    """Screen the counterparties of results as they were screened, many at once.

    Args:
        screener: what they are screened with.
        results: what they were once.
        own_threshold: whether a threshold that a run had of its own holds again.
        workers: how many processes screen.
    """
    waiting: deque[Recorded] = deque()

    def counterparties(group: Iterable[Recorded]) -> Iterator[Counterparty]:
        for each in group:
            waiting.append(each)
            yield each.result.input

    for (stated, text), group in groupby(results, lambda it: _call(it.result)):
        who, threshold = counterparties(group), stated if own_threshold else None
        found: Iterator[ScreeningResult]
        if text:
            found = (screener.screen_text(it.name, threshold=threshold) for it in who)
        else:
            found = screener.screen_many(who, threshold=threshold, workers=workers)
        for result in found:
            yield waiting.popleft(), result


def again(screener: Screener, each: Recorded, threshold: float | None) -> dict[str, Any]:
    """Return the record of a counterparty that is screened again, with the faults of its row."""
    who = each.result.input
    if each.result.free_text:
        return recorded_anew(each, screener.screen_text(who.name, threshold=threshold))
    return recorded_anew(each, screener.screen(who, threshold=threshold))


def recorded_anew(each: Recorded, result: ScreeningResult) -> dict[str, Any]:
    """Return a record in the place of an older one: a row with its faults, or a single name."""
    if each.result.row is None:
        return {**each.record, **result.record()}
    made = Screened.of(each.result.row, result, _faults(each.result)).record()
    if "screened_at" in each.record:
        made["screened_at"] = result.screened_at.isoformat(timespec="milliseconds")
    return {**each.record, **made}


def whole(each: Recorded) -> Recorded:
    """Return a result whose input and hits are all there.

    Raises:
        ResultsError: they are not.
    """
    if each.result.transaction is not None:
        raise each.error("a field of a payment message: screen the message again")
    if each.result.unshown:
        raise each.error("a limit has cut its hits off")
    if each.result.input.digest != each.result.counterparty_digest:
        raise each.error("its input is not all that was screened")
    return each


def _faults(result: Result) -> list[Fault]:
    """Return what could not be read of a row."""
    return [Fault(**fault.model_dump()) for fault in result.faults]


def _call(result: Result) -> tuple[float | None, bool]:
    return result.threshold, result.free_text
