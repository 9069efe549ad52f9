"""The screener: a counterparty in, a decision with scored and explained hits out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sanctscreen
from sanctscreen.cleared import Clearances
from sanctscreen.collector import unhurried_collector
from sanctscreen.config import Config
from sanctscreen.errors import ListError
from sanctscreen.evidence.facts import most_gained
from sanctscreen.hits import weighed
from sanctscreen.listed import Alerting, alerting, save_index, saved_index
from sanctscreen.model import Counterparty, Kind
from sanctscreen.party_list import PartyList, default_list
from sanctscreen.party_list.checks import out_of_date
from sanctscreen.regions import RegionFinding, find_regions
from sanctscreen.result import ScreeningResult, Stamp, decide, packed, unpacked
from sanctscreen.search import Found, Search
from sanctscreen.text.identifiers import identifier_faults
from sanctscreen.text.normalize import doubt

if TYPE_CHECKING:
    from sanctscreen.payments import PaymentResult

#: How many counterparties `Screener.screen_many` reads ahead, at most.
LARGEST_BLOCK = 1_024
#: Names that need the tables of every script that has some of its own.
_FIRST = (
    "Warm Up Trading Company",
    "ООО Ромашка",
    "محمد علي",
    "王小明",
    "김철수",
    "สมชาย",
    "राम",
    "דוד",
)


class Screener:
    """Screens counterparties against one or several party lists.

    >>> Screener().screen("Korea Kwangson Bank", kind="entity").decision
    'match'

    A screener never changes once made; to screen against a newer list, make a new one.
    """

    def __init__(
        self,
        party_list: PartyList | Sequence[PartyList] | None = None,
        *,
        config: Config | None = None,
        cleared: Clearances | None = None,
    ) -> None:
        """Prepare the lists for screening.

        Args:
            party_list: one list or several; the list shipped with the library if ``None``.
            config: thresholds, statuses and weights; the default configuration if ``None``.
            cleared: hits that analysts have cleared; none if ``None``.

        Raises:
            ListError: there is no list, a list is empty, two lists share a party's id, or a list
                is out of date and the configuration refuses that.
        """
        lists = default_list() if party_list is None else party_list
        self.party_lists = (lists,) if isinstance(lists, PartyList) else tuple(lists)
        self.config = config or Config()
        self.cleared = cleared or Clearances()
        self._members = saved_index(self.party_lists, self.config)
        if self._members is None:
            self._parties = alerting(self.party_lists, self.config)
        else:
            self._parties = Alerting(self.party_lists, self._members["alerting"])
        self._looked_up: tuple[date | None, tuple[str, ...]] = (None, ())
        self.out_of_date(datetime.now(UTC).date())

    def __reduce__(self) -> tuple[Callable[[], Screener], tuple[()]]:
        """Let a process that is no copy of this one prepare the same lists again."""
        made = partial(type(self), self.party_lists, config=self.config, cleared=self.cleared)
        return made, ()

    def screen(
        self,
        counterparty: str | Counterparty,
        *,
        kind: Kind | None = None,
        threshold: float | None = None,
        limit: int | None = None,
    ) -> ScreeningResult:
        """Screen one counterparty.

        Args:
            counterparty: a name, or a counterparty with what else is known.
            kind: what the counterparty is, where the counterparty itself does not say.
            threshold: 0 to 100, in place of the configured ones for this call.
            limit: the most hits to return, best first; every hit if ``None``.

        Raises:
            ValueError: the threshold is not within 0 to 100, or the limit is below 1.
            ListError: a list has gone out of date and the configuration refuses that.
        """
        _check(threshold, limit)
        return self._screen([_counterparty(counterparty, kind)], threshold, limit)[0]

    def screen_text(
        self, text: str, *, threshold: float | None = None, limit: int | None = None
    ) -> ScreeningResult:
        """Screen free text, such as the purpose of a payment, for listed names inside it.

        `screen` treats a text as free text only if its words say so; this does in any case, so
        that what stands around a name never speaks against it, however short the text.

        >>> Screener().screen_text("FUEL FOR KOREA KWANGSON BANK").decision
        'match'

        Takes the other arguments of `screen`, and raises its errors.
        """
        _check(threshold, limit)
        return self._screen([Counterparty(name=text)], threshold, limit, [True])[0]

    def screen_block(
        self,
        block: Sequence[Counterparty],
        *,
        threshold: float | None = None,
        passages: Sequence[bool] = (),
    ) -> list[ScreeningResult]:
        """Screen some counterparties together, which costs less than one by one.

        Args:
            block: whoever is screened; the result of one does not depend on the others.
            threshold: as for `screen`.
            passages: for each, whether its name is free text, as for `screen_text`; if empty,
                none is.

        Raises:
            ValueError: the threshold is not within 0 to 100.
        """
        _check(threshold, None)
        return self._screen(block, threshold, None, passages) if block else []

    def screen_payment(self, message: str | bytes | PathLike[str]) -> PaymentResult:
        """Screen every party, agent and text of a payment message.

        Args:
            message: the message itself, or the path of a file that holds one or several:
                ISO 20022 pacs.008, pacs.009, pacs.004, pain.001, or SWIFT MT103, MT202,
                MT202COV (docs/payments.md).

        Raises:
            InputError: the message cannot be read, or is of a type that is not known; the error
                names the place.
        """
        from sanctscreen.payments import screen_message

        return screen_message(self, message)

    def screen_payments(self, message: str | bytes | PathLike[str]) -> Iterator[PaymentResult]:
        """Screen a file of payments of any size, one transaction at a time.

        Takes the message, and raises the errors, of `screen_payment`; an error comes after the
        results of the transactions before it. Memory does not grow with the file.

        Yields:
            A result for each transaction, in the order of the file; and one for what stands
            before, between or after transactions and holds for several of them (its
            ``transactions`` is 0, and so is the ``number`` of its findings).
        """
        from sanctscreen.payments import screen_transactions

        return screen_transactions(self, message)

    def screen_many(
        self,
        counterparties: Iterable[str | Counterparty],
        *,
        kind: Kind | None = None,
        threshold: float | None = None,
        limit: int | None = None,
        workers: int = 1,
    ) -> Iterator[ScreeningResult]:
        """Screen counterparties one after another, lazily and in the order given.

        Reads up to `LARGEST_BLOCK` counterparties ahead, a few blocks for each worker, which
        makes it faster than `screen`. Takes the other arguments of `screen`; each result equals
        what `screen` returns.

        Args:
            counterparties: names, or counterparties with what else is known.
            kind: as for `screen`, like the two that follow.
            threshold: 0 to 100.
            limit: the most hits of each.
            workers: how many processes screen; with 1 it is this one.

        Raises:
            ValueError: the threshold, the limit or the number of workers is out of range.
        """
        from sanctscreen.workers import divided, worked

        _check(threshold, limit)
        if workers < 1:
            raise ValueError(f"workers must be at least 1, not {workers}")
        blocks = divided((_counterparty(each, kind) for each in counterparties), LARGEST_BLOCK)
        if workers == 1:
            for block in blocks:
                yield from self._screen(block, threshold, limit)
            return
        self.warm_up()
        for block, answers in worked(blocks, _Work(self, threshold, limit), workers):
            for who, told in zip(block, answers, strict=True):
                yield unpacked(who, self.stamp, told)

    def warm_up(self) -> None:
        """Make now what the first screening would make: the index, and tables that words need."""
        known = {"registration": "0"}  # of nobody, so that shared identifiers are looked up
        self._screen([Counterparty(name=each, identifiers=known) for each in _FIRST], None, None)

    def save_index(self) -> Path:
        """Save what was made of a saved list beside its file, so that the next start is fast.

        The index is used by every screener of the same list, statuses and version of this
        library, and by no other. Returns its path.

        Raises:
            InputError: the list was not read from a saved list, or the index cannot be written.
        """
        members = {**self._search.members(), "alerting": self._parties.places}
        return save_index(self.party_lists, self.config, members)

    @cached_property
    def stamp(self) -> Stamp:
        """What makes the results: lists, configuration and library."""
        lists = tuple((each.version, each.digest) for each in self.party_lists)
        config = self.config
        return Stamp(lists, config.digest, sanctscreen.__version__, config.stated_thresholds)

    def out_of_date(self, today: date) -> tuple[str, ...]:
        """Say which sources are older on that day than the configuration allows.

        Raises:
            ListError: there is one, and the configuration refuses that.
        """
        limit = self.config.max_list_age_days
        if limit is None or self._looked_up[0] == today:
            return self._looked_up[1]
        found = tuple(said for each in self.party_lists for said in out_of_date(each, today, limit))
        if found and self.config.refuse_old_lists:
            raise ListError(f"out of date: {'; '.join(found)}")
        self._looked_up = (today, found)
        return found

    @cached_property
    def _search(self) -> Search:
        with unhurried_collector():
            return Search(self._parties, self.config, self._members)

    def _screen(
        self,
        block: Sequence[Counterparty],
        threshold: float | None,
        limit: int | None,
        passages: Sequence[bool] = (),
    ) -> list[ScreeningResult]:
        """Screen some counterparties together, which costs less than one by one."""
        passages = passages or [False] * len(block)

        def wanted(who: Counterparty, kind: Kind | None) -> float:
            return max(0.0, self._wanted(kind, threshold) - most_gained(who))

        every = self._search.find(block, wanted, passages)
        return [
            self._result(who, found, threshold, passage=passage).limited(limit)
            for who, found, passage in zip(block, every, passages, strict=True)
        ]

    def _result(
        self, who: Counterparty, found: list[Found], threshold: float | None, *, passage: bool
    ) -> ScreeningResult:
        now = datetime.now(UTC)
        regions = self._regions(who, passage=passage)
        reason = doubt(who.name, fallback=self.config.fallback)
        if who.identifiers or regions:
            doubts = (reason, identifier_faults(who.identifiers), *map(str, regions))
            reason = "; ".join(filter(None, doubts))
        wanted = partial(self._wanted, threshold=threshold)
        hits, set_aside = weighed(who, found, wanted, self.config.review_statuses)
        result = ScreeningResult(
            counterparty=who,
            decision=decide(hits, reason),
            hits=tuple(hits),
            set_aside=tuple(set_aside),
            reason=reason,
            stamp=self.stamp,
            screened_at=now,
            out_of_date=self.out_of_date(now.date()),
            threshold=None if threshold is None else float(threshold),
            free_text=passage,
            regions=regions,
        )
        return self.cleared.apply(result)

    def _regions(self, who: Counterparty, *, passage: bool) -> tuple[RegionFinding, ...]:
        """Return the embargoed regions that are asked for and named."""
        wanted = self.config.embargoed_regions
        if not wanted:
            return ()
        texts = (*who.addresses, who.name) if passage else who.addresses
        return find_regions(wanted, texts, who.countries)

    def _wanted(self, kind: Kind | None, threshold: float | None) -> float:
        return self.config.threshold_for(kind) if threshold is None else threshold


@dataclass(frozen=True, slots=True)
class _Work:
    """What a worker does with a block."""

    screener: Screener
    threshold: float | None
    limit: int | None

    def __call__(self, block: Sequence[Counterparty]) -> list[dict[str, Any]]:
        return [*map(packed, self.screener._screen(block, self.threshold, self.limit))]


def _counterparty(given: str | Counterparty, kind: Kind | None) -> Counterparty:
    if isinstance(given, str):
        return Counterparty(name=given, kind=kind)
    return given if given.kind or not kind else given.model_copy(update={"kind": kind})


def _check(threshold: float | None, limit: int | None) -> None:
    if threshold is not None and not 0 <= threshold <= 100:
        raise ValueError(f"threshold must be within 0 to 100, not {threshold}")
    if limit is not None and limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
