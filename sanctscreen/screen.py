"""The screener: a counterparty in, a decision with scored and explained hits out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Literal, NamedTuple

import sanctscreen
from sanctscreen.config import Config
from sanctscreen.errors import ListError
from sanctscreen.evidence.passages import is_passage
from sanctscreen.index import Index
from sanctscreen.model import Counterparty, Kind, Name, Party
from sanctscreen.party_list import PartyList, default_list
from sanctscreen.party_list.checks import out_of_date
from sanctscreen.score import (
    READINGS,
    Comparison,
    Explanation,
    is_ordered,
    score_inside,
    score_names,
)
from sanctscreen.text.classes import Reading
from sanctscreen.text.normalize import NormalName, normalize

Decision = Literal["clear", "review", "match"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A party whose score is at or above the threshold.

    Attributes:
        score: 0 to 100, of the party's best name.
        party: the party, as listed.
        matched_name: the listed name that scored best.
        explanation: how the score came about.
        review: whether the party's status asks for review rather than counts as a match.
    """

    score: float
    party: Party
    matched_name: str
    explanation: Explanation
    review: bool

    def record(self) -> dict[str, Any]:
        """Return the hit as JSON-ready data."""
        return {
            "score": self.score,
            "party": self.party.id,
            "name": self.party.name,
            "kind": self.party.kind,
            "status": self.party.status,
            "statuses": {each.source: each.status for each in self.party.statuses},
            "programmes": list(self.party.programmes),
            "matched_name": self.matched_name,
            "review": self.review,
            "explanation": self.explanation.to_dict(),
        }


class Stamp(NamedTuple):
    """What made a result: lists, configuration and library, each with its version."""

    lists: tuple[tuple[str, str], ...]
    config_digest: str
    library: str


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """The outcome of screening one counterparty.

    Attributes:
        counterparty: whoever was screened.
        decision: ``match`` if there is a hit that counts, ``review`` if a person must look
            (a hit for review, or a name that could not be screened in full), else ``clear``.
        hits: best first; equal scores by party id.
        reason: why the decision is ``review`` although no hit says so, else empty.
        threshold: the threshold in force for each kind, as ``(kind, threshold)``.
        stamp: which lists, configuration and library made the result.
        screened_at: when, in UTC.
        out_of_date: which sources of the lists are older than the configured age, or state none.
    """

    counterparty: Counterparty
    decision: Decision
    hits: tuple[Hit, ...]
    reason: str
    stamp: Stamp
    screened_at: datetime
    out_of_date: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return everything an auditor needs, JSON-ready."""
        return {
            "input": self.counterparty.model_dump(mode="json", exclude_defaults=True),
            "decision": self.decision,
            "reason": self.reason,
            "hits": [hit.record() for hit in self.hits],
            "lists": [
                {"version": version, "digest": digest} for version, digest in self.stamp.lists
            ],
            "config_digest": self.stamp.config_digest,
            "out_of_date": list(self.out_of_date),
            "library_version": self.stamp.library,
            "screened_at": self.screened_at.isoformat(timespec="milliseconds"),
        }


class _Listed(NamedTuple):
    """One name of one party, normalised in one reading."""

    party: Party
    name: Name
    normal: NormalName


class _Shelf(NamedTuple):
    """The listed names of one kind in one reading, with their index."""

    kind: Kind | None
    reading: Reading
    entries: list[_Listed]
    catalogue: Index


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
    ) -> None:
        """Prepare the lists for screening.

        Args:
            party_list: one list or several; the list shipped with the library if ``None``.
            config: thresholds, statuses and weights; the default configuration if ``None``.

        Raises:
            ListError: there is no list, a list is empty, two lists share a party's id, or a list
                is out of date and the configuration refuses that.
        """
        lists = default_list() if party_list is None else party_list
        self.party_lists = (lists,) if isinstance(lists, PartyList) else tuple(lists)
        self.config = config or Config()
        self._parties = _alerting(self.party_lists, self.config)
        self._looked_up: tuple[date | None, tuple[str, ...]] = (None, ())
        self._out_of_date(datetime.now(UTC).date())

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
        now = datetime.now(UTC)
        _check(threshold, limit)
        who = _counterparty(counterparty, kind)
        reason = self._doubt(who.name)
        hits = self._hits(who, threshold)
        hits.sort(key=lambda hit: (-hit.score, hit.party.id))
        return ScreeningResult(
            counterparty=who,
            decision=_decide(hits, reason),
            hits=tuple(hits[:limit]),
            reason=reason,
            stamp=self._stamp,
            screened_at=now,
            out_of_date=self._out_of_date(now.date()),
        )

    def screen_many(
        self,
        counterparties: Iterable[str | Counterparty],
        *,
        kind: Kind | None = None,
        threshold: float | None = None,
        limit: int | None = None,
    ) -> Iterator[ScreeningResult]:
        """Screen counterparties one after another, lazily and in the order given.

        Takes the arguments of `screen`; each result equals what `screen` returns.
        """
        for counterparty in counterparties:
            yield self.screen(counterparty, kind=kind, threshold=threshold, limit=limit)

    @cached_property
    def _stamp(self) -> Stamp:
        lists = tuple((each.version, each.digest) for each in self.party_lists)
        return Stamp(lists, self.config.digest, sanctscreen.__version__)

    def _out_of_date(self, today: date) -> tuple[str, ...]:
        """Say which sources are too old on that day; looked up once a day."""
        limit = self.config.max_list_age_days
        if limit is None or self._looked_up[0] == today:
            return self._looked_up[1]
        found = tuple(said for each in self.party_lists for said in out_of_date(each, today, limit))
        if found and self.config.refuse_old_lists:
            raise ListError(f"out of date: {'; '.join(found)}")
        self._looked_up = (today, found)
        return found

    @cached_property
    def _shelves(self) -> tuple[_Shelf, ...]:
        """Every listed name by kind and reading, with an index of each."""
        listed: dict[tuple[Kind | None, Reading], list[_Listed]] = {}
        for party in self._parties:
            for reading in READINGS[party.kind]:
                shelf = listed.setdefault((party.kind, reading), [])
                shelf.extend(self._listed(party, reading))
        return tuple(
            _Shelf(kind, reading, entries, Index([entry.normal for entry in entries]))
            for (kind, reading), entries in listed.items()
        )

    def _listed(self, party: Party, reading: Reading) -> Iterator[_Listed]:
        """Normalise the names of a party that may raise a hit."""
        for name in party.names:
            if name.quality != "weak" or self.config.weak_aliases:
                normal = normalize(name.full, reading=reading, fallback=self.config.fallback)
                yield _Listed(party, name, normal)

    def _doubt(self, name: str) -> str:
        """Say why a name could not be screened, or not in full; empty if it could."""
        normal = normalize(name, fallback=self.config.fallback)
        return normal.unscreenable or normal.damage

    def _hits(self, who: Counterparty, threshold: float | None) -> list[Hit]:
        """Score every listed name that may reach the threshold; keep each party's best."""
        best: dict[str, Hit] = {}
        for shelf in self._shelves:
            if who.kind and shelf.kind and who.kind != shelf.kind:
                continue
            wanted = self.config.threshold_for(shelf.kind) if threshold is None else threshold
            query = normalize(who.name, reading=shelf.reading, fallback=self.config.fallback)
            for hit in self._hits_on(shelf, query, wanted):
                known = best.get(hit.party.id)
                if known is None or known.score < hit.score:
                    best[hit.party.id] = hit
        return list(best.values())

    def _hits_on(self, shelf: _Shelf, query: NormalName, wanted: float) -> Iterator[Hit]:
        """Yield a hit for each listed name of one shelf that scores high enough."""
        omitted = self.config.weights.omitted
        ordered = is_ordered(shelf.reading)
        passage = is_passage(query)
        rows = shelf.catalogue.reachable(query, wanted, omitted=omitted, inside=passage)
        for row in rows:
            entry = shelf.entries[row]
            scored = score_names(query, entry.normal, ordered=ordered, config=self.config)
            if passage and scored.score < wanted:
                scored = score_inside(query, scored, ordered=ordered, config=self.config)
            if scored.score >= wanted:
                yield self._hit(entry, scored)

    def _hit(self, entry: _Listed, scored: Comparison) -> Hit:
        review = entry.party.status in self.config.review_statuses
        return Hit(scored.score, entry.party, entry.name.full, scored.explanation, review)


def _alerting(lists: Sequence[PartyList], config: Config) -> list[Party]:
    """Return the parties whose status raises hits, of all lists.

    Raises:
        ListError: there is no list, a list is empty, or two lists share a party's id.
    """
    if not lists:
        raise ListError("no party list to screen against")
    seen: set[str] = set()
    alerting: list[Party] = []
    for party_list in lists:
        if not party_list.parties:
            raise ListError(f"party list {party_list.version!r} holds no party")
        for party in party_list.parties:
            if party.id in seen:
                raise ListError(f"two lists hold a party of the id {party.id!r}")
            seen.add(party.id)
            if party.status in config.alerting_statuses:
                alerting.append(party)
    return alerting


def _counterparty(given: str | Counterparty, kind: Kind | None) -> Counterparty:
    if isinstance(given, str):
        return Counterparty(name=given, kind=kind)
    return given if given.kind or not kind else given.model_copy(update={"kind": kind})


def _check(threshold: float | None, limit: int | None) -> None:
    if threshold is not None and not 0 <= threshold <= 100:
        raise ValueError(f"threshold must be within 0 to 100, not {threshold}")
    if limit is not None and limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")


def _decide(hits: Sequence[Hit], reason: str) -> Decision:
    if any(not hit.review for hit in hits):
        return "match"
    return "review" if hits or reason else "clear"
