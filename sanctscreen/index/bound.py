"""What a rest costs at least, and so what a score can be at the most; see docs/performance.md."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.names import BELOW_EQUAL, COMMON, DOUBT, SURE, UNKNOWN, UNSAID
from sanctscreen.evidence.names import Costs as Due
from sanctscreen.index.parts import SLACK

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Scores are rounded to two decimals.
ROUNDING = 0.006
#: The rows of what is added up: weight that costs nothing on either side, that agrees, and that
#: agrees and names a party.
LEFT, RIGHT, AGREED, BY_NAME = range(4)


class Costs(NamedTuple):
    """What a rest costs at least, and what of a word is one.

    Attributes:
        single: what a rest of one side costs.
        added: what it costs more where the other side has one.
        chance: what it costs that others may share what agrees.
        unsaid: what share of the weight that an initial leaves unsaid is charged as a rest of
            both sides, which costs no more than it does.
    """

    single: float
    added: float
    chance: float
    unsaid: float

    @classmethod
    def of(cls, due: Due) -> Costs:
        """Take the least of what the comparison charges."""
        both = min(due.contradicted, due.misspelled)
        # Costs may rise where only common words agree, those of a rest of both sides up to twice.
        rest = min(due.omitted, due.contradicted / 2.0) / both
        return cls(due.omitted, both - due.omitted, due.chance, UNSAID * rest)

    @property
    def double(self) -> float:
        """What a rest of both sides costs at least, and weight that is misspelled."""
        return self.single + self.added

    def need(self, total: Floats, shares: Floats) -> Floats:
        """Return the weight of each query that must cost nothing for a score to be reached."""
        least = np.maximum(0.0, shares)
        need: Floats = total * self.single * least / (1.0 - least + self.single * least)
        return need

    def may_reach(self, shares: Floats, agreed: Floats, rest: Rest) -> Bools:
        """Tell where the score may be the threshold or more."""
        single = self.single + rest.lacking * self.added
        added = self.added + rest.lacking * self.single
        left, right = rest.left, rest.right
        cost = single * np.maximum(left, right) + added * np.minimum(left, right)
        if self.chance:
            cost += self.chance * np.maximum(0.0, SURE - agreed) * np.minimum(1.0, cost / DOUBT)
        reached: Bools = agreed >= shares * (agreed + cost) - SLACK
        return reached


class Rest(NamedTuple):
    """What a query and a listed name leave over at the least.

    Attributes:
        left: weight of the query.
        right: weight of the listed name.
        lacking: by what share costs rise at the least, since only common words agree; see
            `sanctscreen.evidence.names.Alignment.costs_due`.
    """

    left: Floats
    right: Floats
    lacking: Floats


class Pairs(NamedTuple):
    """Pairs of words, each with bounds on what it brings.

    Attributes:
        agreed: weight that agrees at the most.
        left: how much of the query word's weight costs nothing, at the most.
        right: how much of the listed word's weight costs nothing, at the most.
        cost: how much of the weight in doubt costs something, at the least.
    """

    agreed: Floats
    left: Floats
    right: Floats
    cost: Floats

    @classmethod
    def of(
        cls,
        mine: tuple[Floats, Bools],
        theirs: tuple[Floats, Bools],
        met: NDArray[np.void],
        costs: Costs,
    ) -> Pairs:
        """Weigh pairs.

        Args:
            mine: the weights of one side, and whether its words are known to exist.
            theirs: those of the other.
            met: how they agree, see `sanctscreen.index.lexicon.UNITS`.
            costs: what a rest costs at the least.
        """
        (left, left_known), (right, right_known) = mine, theirs
        light, heavy = np.minimum(left, right), np.maximum(left, right)
        known = np.where(right > left, right_known, left_known)
        similarity = met["similarity"]
        cost = (1.0 - similarity) * np.where(known, heavy, np.maximum(light, heavy * UNKNOWN))
        np.minimum(cost, costs.unsaid * (heavy - light), out=cost, where=met["initial"])
        return cls(
            similarity * light, np.maximum(left - cost, 0.0), np.maximum(right - cost, 0.0), cost
        )


def added_up(pairs: Pairs, named: Bools) -> Floats:
    """Return what is added up of some pairs, a column for each; ``named`` if they name a party."""
    counted = pairs.agreed * np.where(named, 1.0, COMMON)
    return np.array([pairs.left, pairs.right, pairs.agreed, counted])


def shares(thresholds: Floats) -> Floats:
    """Return what share of the sum must agree for scores, which are below 99 if not equal."""
    least: Floats = (np.minimum(thresholds, BELOW_EQUAL) - ROUNDING) / BELOW_EQUAL
    return least
