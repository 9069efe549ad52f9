"""Compare two names word by word: align, weigh, add up.

Every word is paired with at most one word of the other name, or a few neighbours with one
("Patr ushev"). What is left on both sides contradicts, what is left on one side is omitted.

    score = 99 × agreed / (agreed + contradicted × C + misspelled × M + omitted × O + chance × P)

with the costs C, M, O and P from the configuration; 100 is kept for equal names.
``docs/how-a-score-is-made.md`` works an example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sanctscreen.evidence.joins import agreeing_joins, join, spans
from sanctscreen.evidence.roll import Met, Rest, proper, roll_of
from sanctscreen.evidence.words import FLOOR, INITIAL, Agreement, agree, weight
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

#: Where names have more pairs of words than this, words are looked up and not compared in turn.
MANY = 200
#: Names of more words than this are summed up once, not for each name that they are set against.
LONG = 100
#: The least share of its weight that a word nobody knows brings into doubt. The index relies on
#: this times the cost of a misspelled word not being less than the cost of an omitted one.
UNKNOWN = 1 / 3
#: How much of the weight that an initial leaves unsaid counts as omitted.
UNSAID = 0.9
#: Classes of the words that name a party, rather than say what it is or where.
DISTINCTIVE = frozenset({"name", "initial", "number"})
#: Agreed weight of such words that is enough to name a party: that of a very common name; and
#: what agreement on common words counts towards it, since five of them in a row are no chance.
NAMED, COMMON = 0.46, 0.2
#: How much more, as a share of its weight, a line of business counts that one name lacks.
BUSINESS_ADDED = 0.75
#: Agreed weight that tells one person from all others, or nearly: two rare words or three; and
#: how much must speak against a match for chance to count in full.
SURE, DOUBT = 2.0, 0.2
#: The highest score of names that are not equal after normalisation.
BELOW_EQUAL = 99.0


class Costs(NamedTuple):
    """What a word costs that does not agree, as a multiple of its weight.

    The index relies on ``omitted`` being the least of the first three. ``chance`` is what it costs
    that other people may share what agrees; firms pay for common words in another way.
    """

    contradicted: float
    misspelled: float
    omitted: float
    chance: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Words that were set against each other.

    Attributes:
        at: the place of the first left word in its name.
        left: words of the left name; several where neighbours were joined.
        right: words of the right name.
        similarity: how far they agree, 0 to 1.
        verdict: by what they agree, in words.
    """

    at: int
    left: tuple[Word, ...]
    right: tuple[Word, ...]
    similarity: float
    verdict: str

    @property
    def agreed(self) -> float:
        """Weight that speaks for the match: the lighter side's, by the similarity."""
        return self.similarity * min(weight(self.left), weight(self.right))

    @property
    def misspelled(self) -> float:
        """Weight that the pair leaves in doubt, by what similarity lacks.

        It is the heavier side's; but where that side is a word that nobody knows, it is taken for
        a slip in the lighter one, and a third of its weight is the least that counts.
        """
        if self.similarity == 1.0 or self.verdict == INITIAL:
            return 0.0
        light, heavy = sorted((self.left, self.right), key=weight)
        doubted = weight(heavy)
        if not any(word.attested for word in heavy):
            doubted = max(weight(light), doubted * UNKNOWN)
        return (1.0 - self.similarity) * doubted

    @property
    def is_distinctive(self) -> bool:
        """Whether words of the name proper agree, rather than common words."""
        return any(word.wordclass in DISTINCTIVE for word in (*self.left, *self.right))

    @property
    def omitted(self) -> float:
        """Weight that an initial leaves unsaid."""
        if self.verdict != INITIAL:
            return 0.0
        return UNSAID * abs(weight(self.left) - weight(self.right))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names, word against word, and the sums that the score is made of.

    Attributes:
        pairs: the paired words, in the order of the left name.
        left_over: words of the left name that found no partner.
        right_over: words of the right name that found none.
        agreed: weight that agrees.
        misspelled: weight of paired words in so far as they are not the same.
        contradicted: weight that the other side replaces by something else.
        omitted: weight that the other side lacks.
        lacking: weight that what agrees lacks to tell a person from all others.
        equal: whether the names are the same after normalisation.
    """

    pairs: tuple[Pair, ...]
    left_over: tuple[Word, ...]
    right_over: tuple[Word, ...]
    agreed: float
    misspelled: float
    contradicted: float
    omitted: float
    lacking: float
    equal: bool

    def score(self, costs: Costs) -> float:
        """Return the score, 0 to 100; 100 for equal names and for no others."""
        if self.equal:
            return 100.0
        against = self._against(costs)
        total = self.agreed + against + costs.chance * self._chance(costs, against)
        return round(BELOW_EQUAL * self.agreed / total, 2) if total else 0.0

    def chance(self, costs: Costs) -> float:
        """Return the weight that speaks for another person who shares by chance what agrees.

        It is what agreement lacks, in full only where something speaks against a match.
        """
        return self._chance(costs, self._against(costs))

    def _chance(self, costs: Costs, against: float) -> float:
        return self.lacking * min(1.0, against / DOUBT) if costs.chance else 0.0

    def _against(self, costs: Costs) -> float:
        due = self.costs_due(costs)
        return (
            due.contradicted * self.contradicted
            + due.misspelled * self.misspelled
            + due.omitted * self.omitted
        )

    def costs_due(self, costs: Costs) -> Costs:
        """Return what disagreement costs, given whether a name word agrees.

        Where one does, it is ``costs``. Where only common words do, the rest is what tells the
        names apart: an omitted word costs as much as a contradicted one, and the others double.
        """
        named = sum(pair.agreed * (1.0 if pair.is_distinctive else COMMON) for pair in self.pairs)
        nameless = max(0.0, 1.0 - named / NAMED)
        return Costs(
            contradicted=(1.0 + nameless) * costs.contradicted,
            misspelled=(1.0 + nameless) * costs.misspelled,
            omitted=costs.omitted + nameless * (costs.contradicted - costs.omitted),
            chance=costs.chance,
        )


def align(left: NormalName, right: NormalName, *, ordered: bool = False) -> Alignment:
    """Set two names against each other, best pairs first.

    Args:
        left: one name.
        right: the other.
        ordered: whether the order of the words matters for equality; it never does for people.
    """
    pairs = choose(candidates(left.words, right.words))
    taken_left = {at for pair in pairs for at in range(*pair.left)}
    taken_right = {at for pair in pairs for at in range(*pair.right)}
    left_over = _rest(left.words, taken_left, cut=_is_filled(right, taken_right))
    right_over = _rest(right.words, taken_right, cut=_is_filled(left, taken_left))
    made = tuple(pair_of(left.words, right.words, each) for each in sorted(pairs))
    over = sorted((left_over.weight, right_over.weight))
    agreed = sum(pair.agreed for pair in made)
    return Alignment(
        pairs=made,
        left_over=left_over.words,
        right_over=right_over.words,
        agreed=agreed,
        misspelled=sum(pair.misspelled for pair in made),
        contradicted=over[0],
        omitted=sum(pair.omitted for pair in made)
        + over[1]
        - over[0]
        + _added_business(left_over, right_over),
        lacking=max(0.0, SURE - agreed),
        equal=_equal(left, right, ordered=ordered),
    )


def _added_business(left_over: Rest, right_over: Rest) -> float:
    """Return what a line of business weighs more where one name alone has it, and nothing else.

    "Kalina Pharmacy" is hardly "Kalina": names lose what is generic rather than what they do.
    """
    if left_over.words and right_over.words:
        return 0.0
    return BUSINESS_ADDED * (left_over.business + right_over.business)


class Candidate(NamedTuple):
    """A possible pair: spans of word positions, and how far they agree."""

    left: tuple[int, int]
    right: tuple[int, int]
    agreement: Agreement
    gain: float


def candidates(left: tuple[Word, ...], right: tuple[Word, ...]) -> Iterator[Candidate]:
    """Yield every pair of single words that agree, and every join that does."""
    if len(left) * len(right) > MANY:
        yield from _looked_up(left, right)
        return
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            agreement = agree(one, other)
            if agreement.similarity >= FLOOR:
                gain = agreement.similarity * min(one.weight, other.weight)
                yield Candidate((i, i + 1), (j, j + 1), agreement, gain)
    for span, at, agreement, gain in agreeing_joins(left, right):
        yield Candidate(span, (at, at + 1), agreement, gain)
    for span, at, agreement, gain in agreeing_joins(right, left):
        yield Candidate((at, at + 1), span, agreement, gain)


def _looked_up(left: tuple[Word, ...], right: tuple[Word, ...]) -> Iterator[Candidate]:
    """Yield the same of long names: each word of the shorter is looked up in the longer."""
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    roll = roll_of(longer)
    for at, word in enumerate(shorter):
        for met in (*roll.agreeing(word), *roll.joined(word)):
            yield _set_against(met, (at, at + 1), swapped=longer is right)
    for span in spans(len(shorter)):
        for met in roll.agreeing_with(join(shorter[slice(*span)])):
            yield _set_against(met, span, swapped=longer is right)


def _set_against(met: Met, span: tuple[int, int], *, swapped: bool) -> Candidate:
    if swapped:
        return Candidate(span, met.span, met.agreement, met.gain)
    return Candidate(met.span, span, met.agreement, met.gain)


def choose(given: Iterable[Candidate]) -> list[Candidate]:
    """Take the best candidates whose words are still free."""
    chosen: list[Candidate] = []
    ordered = sorted(given, key=lambda c: (-c.gain, -c.agreement.similarity, c.left, c.right))
    free_left: set[int] = {at for each in ordered for at in range(*each.left)}
    free_right: set[int] = {at for each in ordered for at in range(*each.right)}
    for each in ordered:
        span_left, span_right = set(range(*each.left)), set(range(*each.right))
        if span_left <= free_left and span_right <= free_right:
            free_left -= span_left
            free_right -= span_right
            chosen.append(each)
    return chosen


def pair_of(left: tuple[Word, ...], right: tuple[Word, ...], chosen: Candidate) -> Pair:
    """Return the words of a candidate."""
    similarity, verdict = chosen.agreement
    one, other = left[slice(*chosen.left)], right[slice(*chosen.right)]
    return Pair(chosen.left[0], one, other, similarity, verdict)


def _is_filled(name: NormalName, taken: set[int]) -> bool:
    """Tell whether a name agrees up to the end of a full field."""
    return name.is_cut and len(name.words) - 1 in taken


def _rest(words: tuple[Word, ...], taken: set[int], *, cut: bool) -> Rest:
    """Return the words without a partner; those that a cut name had no room for do not count."""
    end = max(taken, default=-1) + 1 if cut else len(words)
    if len(words) > LONG:
        return roll_of(words).rest(taken, end)
    return Rest.of(tuple(word for at, word in enumerate(words[:end]) if at not in taken))


def _equal(left: NormalName, right: NormalName, *, ordered: bool) -> bool:
    """Tell whether two names are the same once spelled alike."""
    mine, theirs = _proper(left.words), _proper(right.words)
    if len(mine) != len(theirs):
        return False
    return bool(mine) and (mine == theirs if ordered else sorted(mine) == sorted(theirs))


def _proper(words: tuple[Word, ...]) -> list[str]:
    """Return the words of a name without its titles, unless it has nothing else."""
    return roll_of(words).proper if len(words) > LONG else proper(words)
