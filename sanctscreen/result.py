"""What a screening gives back: hits, the decision, and a record that an auditor can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sanctscreen.evidence.facts import Fact, is_account_alone
from sanctscreen.model import Clearance, Counterparty, Party
from sanctscreen.model.digests import digest_of
from sanctscreen.regions import RegionFinding
from sanctscreen.score import Explanation

Decision = Literal["clear", "review", "match"]

#: Mildest first.
DECISIONS: tuple[Decision, ...] = ("clear", "review", "match")


@dataclass(frozen=True, slots=True)
class Hit:
    """A party whose score is at or above the threshold.

    Attributes:
        score: 0 to 100: that of the party's best name, moved by the facts.
        party: the party, as listed.
        matched_name: the listed name that scored best.
        explanation: how the score of the name came about.
        review: whether the party's status asks for review rather than counts as a match.
        facts: what else both sides state, and by how many points it moved the score.
    """

    score: float
    party: Party
    matched_name: str
    explanation: Explanation
    review: bool
    facts: tuple[Fact, ...] = ()

    @property
    def keeps_account(self) -> bool:
        """Whether the party is but the bank of the counterparty's account."""
        return is_account_alone(self.facts)

    def __str__(self) -> str:
        """Show the names word by word, then the facts and the score that they led to."""
        if not self.facts:
            return str(self.explanation)
        facts = " · ".join(str(fact) for fact in self.facts)
        return f"{self.explanation}\n      {facts}: {self.score:.1f}"

    def record(self) -> dict[str, Any]:
        """Return the hit as JSON-ready data."""
        return {
            "score": self.score,
            "party": self.party.id,
            "party_digest": self.party.digest,
            "name": self.party.name,
            "kind": self.party.kind,
            "status": self.party.status,
            "statuses": {each.source: each.status for each in self.party.statuses},
            "programmes": list(self.party.programmes),
            "matched_name": self.matched_name,
            "review": self.review,
            "explanation": self.explanation.to_dict(),
            "facts": [fact._asdict() for fact in self.facts],
        }


@dataclass(frozen=True, slots=True)
class ClearedHit:
    """A hit that an analyst has said to be no match; it does not count, and is never dropped.

    Attributes:
        hit: the hit, as it would be without the analyst's word.
        clearance: who said so, why, and until when.
    """

    hit: Hit
    clearance: Clearance

    def __str__(self) -> str:
        """Show the hit, and below it the analyst's word."""
        said = self.clearance
        return (
            f"{self.hit}\n      cleared by {said.author} on {said.decided_at.date()}, "
            f"until {said.expires}: {said.reason}"
        )

    def record(self) -> dict[str, Any]:
        """Return the hit and the analyst's word as JSON-ready data."""
        return {**self.hit.record(), "clearance": self.clearance.model_dump(mode="json")}


class Reopened(NamedTuple):
    """Why an analyst's word no longer hides a hit.

    Attributes:
        party: the id of the listed party.
        why: what has changed since.
        clearance: the word that no longer holds.
    """

    party: str
    why: str
    clearance: Clearance

    def __str__(self) -> str:
        said = self.clearance
        when = f"{said.author} cleared it on {said.decided_at.date()}"
        return f"{self.party} is open again, since {self.why}; {when}: {said.reason}"

    def record(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        clearance = self.clearance.model_dump(mode="json")
        return {"party": self.party, "why": self.why, "clearance": clearance}


class Stamp(NamedTuple):
    """What made a result: lists, configuration and library, each with its version.

    ``thresholds`` are those of the configuration, each with its kinds and its rationale.
    """

    lists: tuple[tuple[str, str], ...]
    config_digest: str
    library: str
    thresholds: tuple[Mapping[str, Any], ...] = ()

    def record(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "lists": [{"version": version, "digest": digest} for version, digest in self.lists],
            "config_digest": self.config_digest,
            "thresholds": [dict(each) for each in self.thresholds],
            "library_version": self.library,
        }


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """The outcome of screening one counterparty.

    Attributes:
        counterparty: whoever was screened.
        decision: ``match`` if there is a hit that counts, ``review`` if a person must look
            (a hit for review, or a name that could not be screened in full), else ``clear``.
        hits: best first; equal scores by party id.
        set_aside: parties whose name is a hit, but which a conflicting fact moved below the
            threshold, or of which nothing but a weak alias matches; they do not count towards
            the decision, and are never hidden.
        reason: why the decision is ``review`` although no hit says so, else empty.
        stamp: which lists, configuration and library made the result.
        screened_at: when, in UTC.
        out_of_date: which sources of the lists are older than the configured age, or state none.
        cleared: hits that an analyst has said to be no match, best first; they do not count
            towards the decision, and are never hidden.
        reopened: hits that an analyst cleared once, and why they count again.
        threshold: what this call asked for in place of the configured thresholds, if it did.
        free_text: whether the name was screened as free text in any case.
        unshown: how many more hits there are than the call asked for; they count all the same.
        regions: embargoed regions that addresses or countries name; each asks for review.
        also: the digests of what else was screened as the same field of a payment message.
    """

    counterparty: Counterparty
    decision: Decision
    hits: tuple[Hit, ...]
    set_aside: tuple[Hit, ...]
    reason: str
    stamp: Stamp
    screened_at: datetime
    out_of_date: tuple[str, ...] = ()
    cleared: tuple[ClearedHit, ...] = ()
    reopened: tuple[Reopened, ...] = ()
    threshold: float | None = None
    free_text: bool = False
    unshown: int = 0
    also: tuple[str, ...] = ()
    regions: tuple[RegionFinding, ...] = ()

    @property
    def counterparty_digest(self) -> str:
        """SHA-256, in hexadecimal, of all that was screened."""
        own = self.counterparty.digest
        return digest_of([own, *self.also]) if self.also else own

    def limited(self, limit: int | None) -> ScreeningResult:
        """Return the result with no more than so many hits, and the same decision."""
        if limit is None or len(self.hits) <= limit:
            return self
        unshown = self.unshown + len(self.hits) - limit
        return replace(self, hits=self.hits[:limit], unshown=unshown)

    def record(self) -> dict[str, Any]:
        """Return everything an auditor needs, JSON-ready."""
        return {
            "input": self.counterparty.model_dump(mode="json", exclude_defaults=True),
            "counterparty_digest": self.counterparty_digest,
            "decision": self.decision,
            "reason": self.reason,
            "hits": [hit.record() for hit in self.hits],
            "set_aside": [hit.record() for hit in self.set_aside],
            "cleared": [each.record() for each in self.cleared],
            "reopened": [each.record() for each in self.reopened],
            "unshown": self.unshown,
            "regions": [each._asdict() for each in self.regions],
            "threshold": self.threshold,
            "free_text": self.free_text,
            **self.stamp.record(),
            "out_of_date": list(self.out_of_date),
            "screened_at": self.screened_at.isoformat(timespec="milliseconds"),
        }


#: What the side that asked knows of a result, so that it need not be sent back.
_KNOWN = ("counterparty", "stamp")
#: What a result says of a counterparty of whom there is nothing to say.
_USUAL = {"decision": "clear", "hits": (), "set_aside": (), "reason": ""} | {
    each.name: each.default for each in fields(ScreeningResult) if each.default is not MISSING
}
_SENT = [each.name for each in fields(ScreeningResult) if each.name not in _KNOWN]


def packed(result: ScreeningResult) -> dict[str, Any]:
    """Return what distinguishes a result, for the process that knows who was screened."""
    values = ((name, getattr(result, name)) for name in _SENT)
    return {name: value for name, value in values if value != _USUAL.get(name, MISSING)}


def unpacked(who: Counterparty, stamp: Stamp, told: Mapping[str, Any]) -> ScreeningResult:
    """Make the result again that `packed` was given."""
    return ScreeningResult(counterparty=who, stamp=stamp, **{**_USUAL, **told})


def decide(hits: Sequence[Hit], reason: str) -> Decision:
    """Return the decision that hits and a doubt about the name lead to."""
    if not hits:
        return "review" if reason else "clear"
    return "review" if all(hit.review for hit in hits) else "match"
