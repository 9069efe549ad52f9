"""From parties that were found by name to hits: what else is known moves their scores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sanctscreen.evidence.facts import (
    SHARED,
    Fact,
    is_account_alone,
    is_weak_alone,
    shared_fact,
    weak_alias,
    weigh,
)
from sanctscreen.evidence.names import BELOW_EQUAL
from sanctscreen.model import Counterparty, Kind
from sanctscreen.result import Hit
from sanctscreen.search import Found

#: Returns the threshold of a kind of party, 0 to 100.
Wanted = Callable[[Kind | None], float]


def weighed(
    who: Counterparty, found: Sequence[Found], wanted: Wanted, review: Collection[str]
) -> tuple[list[Hit], list[Hit]]:
    """Return the hits and what a fact set aside, each best first.

    Args:
        who: the counterparty.
        found: the parties that share a name or an identifier with it.
        wanted: the least score of a hit.
        review: statuses of parties that ask for review.
    """
    if not found:
        return [], []
    ranked = sorted(
        (_weigh(each, who, wanted(each.party.kind), review) for each in found),
        key=lambda pair: (-pair[0].score, pair[0].party.id),
    )
    hits, aside = [], []
    for hit, name in ranked:
        least = wanted(hit.party.kind)
        if hit.score >= least and not is_weak_alone(hit.facts):
            hits.append(hit)
        elif name >= least:
            aside.append(hit)
    return hits, aside


def _weigh(
    found: Found, who: Counterparty, wanted: float, review: Collection[str]
) -> tuple[Hit, float]:
    """Return the hit that a found party would make, and the score of its name alone.

    A weak alias supports the other names; where it would be a hit and they are none, it stands
    in their place, and is set aside.
    """

    def hit(one: Found, *more: Fact) -> Hit:
        return _hit(one, who, wanted, review, more)

    weak = found.weak
    if weak is None:
        return hit(found), found.comparison.score
    supported = hit(found, weak_alias(weak.name.full, alone=False))
    if max(supported.score, found.comparison.score) >= wanted:
        return supported, found.comparison.score
    return hit(weak, weak_alias(weak.name.full, alone=True)), weak.comparison.score


def _hit(
    found: Found, who: Counterparty, wanted: float, review: Collection[str], more: Sequence[Fact]
) -> Hit:
    """Make a hit of a found party: its name's score, moved by the facts.

    Whoever has an account at a listed bank is not that bank: somebody must look.
    """
    shared = [shared_fact(each) for each in found.identifiers]
    facts = (*shared, *more, *weigh(who, found.party))
    score = _moved(found.comparison.score, facts)
    is_customer = is_account_alone(shared) and found.comparison.score < wanted
    must_look = is_customer or found.party.status in review
    explanation = found.comparison.explanation
    return Hit(score, found.party, found.name.full, explanation, must_look, facts)


def _moved(score: float, facts: Sequence[Fact]) -> float:
    """Move the score of a name by facts; 100 stays for equal names, and identifiers decide."""
    if any(fact.name in SHARED for fact in facts):
        return max(score, BELOW_EQUAL)
    most = score if score > BELOW_EQUAL else BELOW_EQUAL
    return round(min(most, max(0.0, score + sum(fact.points for fact in facts))), 2)
