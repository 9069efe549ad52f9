"""What a screening gives back: hits, the decision, and a record that an auditor can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sanctscreen.evidence.facts import Fact
from sanctscreen.model import Counterparty, Party
from sanctscreen.score import Explanation

Decision = Literal["clear", "review", "match"]


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
        set_aside: parties whose name is a hit, but which a conflicting fact moved below the
            threshold; they do not count towards the decision, and are never hidden.
        reason: why the decision is ``review`` although no hit says so, else empty.
        stamp: which lists, configuration and library made the result.
        screened_at: when, in UTC.
        out_of_date: which sources of the lists are older than the configured age, or state none.
    """

    counterparty: Counterparty
    decision: Decision
    hits: tuple[Hit, ...]
    set_aside: tuple[Hit, ...]
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
            "set_aside": [hit.record() for hit in self.set_aside],
            "lists": [
                {"version": version, "digest": digest} for version, digest in self.stamp.lists
            ],
            "config_digest": self.stamp.config_digest,
            "out_of_date": list(self.out_of_date),
            "library_version": self.stamp.library,
            "screened_at": self.screened_at.isoformat(timespec="milliseconds"),
        }


def decide(hits: Sequence[Hit], reason: str) -> Decision:
    """Return the decision that hits and a doubt about the name lead to."""
    if any(not hit.review for hit in hits):
        return "match"
    return "review" if hits or reason else "clear"
