r"""The card catalogue: which listed names can reach the threshold at all.

This is the only place that may leave a name uncompared, and it does so by a bound: a score that
the exact comparison cannot exceed. ``docs/performance.md`` proves it; in short:

Each query word, or neighbours joined, agrees with at most the best word of a listed name, so
the sum of these maxima bounds the agreed weight A from above. In the same way, what share of
each side's weight costs nothing is bounded from above, and so the rest, *l* on the left and *r*
on the right, from below. Where only one side has a rest it costs at least the omission rate O;
where both have one it costs at least D, the cheaper of contradiction and misspelling:

    K >= O max(l, r) + (D - O) min(l, r)        score <= 99 A / (A + K)

Not every name need be looked at. A hit has a pair that brings more than it costs, so that the
names are enough in which some word agrees that well. Or the commonest words are set aside, as
long as a query that agrees in nothing else omits too much, and the names are enough in which any
other word agrees at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from sanctscreen.evidence.names import DISTINCTIVE
from sanctscreen.evidence.names import Costs as Due
from sanctscreen.evidence.passages import LEAST_WEIGHT
from sanctscreen.evidence.words import FLOOR, weight
from sanctscreen.index.block import ROW, Block, Item, Query
from sanctscreen.index.bound import Costs
from sanctscreen.index.cache import Entry, Kept
from sanctscreen.index.joins import Joined, joined
from sanctscreen.index.names import Names, before_each, catalogue, charged
from sanctscreen.index.spellings import SLACK
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

Key = TypeVar("Key", bound=Hashable)

#: A query whose words stand in more places than this sets the commonest of them aside.
FEW = 12
#: Similarities that words are looked up down to are rounded down to multiples of this.
STEP = 0.05


class Asked(NamedTuple):
    """A name that is screened, in the index's reading.

    Attributes:
        query: the name, normalised.
        threshold: the least score of a hit, 0 to 100.
        inside: whether the listed name may stand anywhere inside the query, so that the rest of
            the query costs nothing; such a name must meet the demands of
            `sanctscreen.evidence.passages`.
    """

    query: NormalName
    threshold: float
    inside: bool = False


class Index:
    """Listed names of one reading, ready to be narrowed down for queries."""

    def __init__(self, vocabulary: Vocabulary, names: Names) -> None:
        """Take what `sanctscreen.index.names.catalogue` made."""
        self.vocabulary, self.names = vocabulary, names
        self._kept = Kept[Word](self._find)
        self._kept_joins = Kept[Joined](self._find_joins)

    @classmethod
    def of(cls, names: Iterable[NormalName]) -> Index:
        """Catalogue the names; their positions are the rows that `reachable` returns."""
        return cls(*catalogue(names))

    def reachable(self, asked: Sequence[Asked], due: Due) -> list[list[int]]:
        """Return, for each query, the rows whose score may reach the threshold, in order.

        Args:
            asked: the queries; what is found for one does not depend on the others.
            due: what words cost that do not agree.
        """
        costs = Costs.of(due)
        found: list[list[int]] = [[] for _ in asked]
        self._kept_joins.prepare((j for each in asked for j in joined(each.query.words)), FLOOR)
        queries: list[Query] = []
        places: list[int] = []
        for place, each in enumerate(asked):
            if costs.need(charged(each.query.words), each.threshold) < SLACK:
                found[place] = list(range(len(self.names.weights)))
            elif (query := self._query(each, costs)) is not None:
                queries.append(query)
                places.append(place)
        if queries:
            block = Block(queries, self.vocabulary, self.names, costs)
            for candidate in block.reachable(block.candidates()).tolist():
                found[places[candidate >> 32]].append(candidate & ROW)
        return found

    def _query(self, asked: Asked, costs: Costs) -> Query | None:
        """Take a query apart; ``None`` if it touches nothing."""
        given = asked.query.words
        words, joins = _counted(given), _counted(joined(given))
        least = FLOOR
        if not asked.inside:
            least = max(FLOOR, min(1.0, costs.break_even(asked.threshold)) // STEP * STEP)
        found = [self._kept.get(word, least) for word in words]
        found_joins = [self._kept_joins.get(each, FLOOR) for each in joins]
        touched = sum([entry.rows for entry in found]) + sum([e.rows for e in found_joins])
        if not touched:
            return None
        seeds = _Seeds([True] * len(found), [True] * len(found), [True] * len(found_joins))
        if touched > FEW:
            weights = [times * word.weight for word, times in words.items()]
            weights += [times * each.weight for each, times in joins.items()]
            seeds = _seeds(asked, costs, list(words), [*found, *found_joins], weights)
            if not all((*seeds.words, *seeds.joins)):
                found = [
                    self._kept.get(word, FLOOR) if is_seed else entry
                    for word, entry, is_seed in zip(words, found, seeds.words, strict=True)
                ]
        return Query(
            asked.threshold,
            asked.inside,
            asked.query.is_cut,
            charged(given),
            weight(given),
            _items(given, words, found, list(zip(seeds.words, seeds.cut, strict=True))),
            [
                Item(entry, each.weight, each.attested, True, 0.0, False, times, is_seed, True)
                for (each, times), entry, is_seed in zip(
                    joins.items(), found_joins, seeds.joins, strict=True
                )
                if entry.rows
            ],
        )

    def _find(self, words: list[Word], least: float) -> list[Entry]:
        starts = self.names.rows.starts
        return [Entry.of(word, least, self.vocabulary.alike(word, least), starts) for word in words]

    def _find_joins(self, joins: list[Joined], _: float) -> list[Entry]:
        every = self.vocabulary.alike_joins(joins)
        starts = self.names.rows.starts
        return [Entry.of(j, FLOOR, ways, starts) for j, ways in zip(joins, every, strict=True)]


class _Seeds(NamedTuple):
    """Whose meetings are looked at.

    Attributes:
        words: for each word of a query, whether every name that it meets is.
        cut: for each word, whether at least those that fill their field are.
        joins: for each of the joins, whether every name that it meets is.
    """

    words: list[bool]
    cut: list[bool]
    joins: list[bool]


def _seeds(
    asked: Asked, costs: Costs, words: list[Word], entries: list[Entry], weights: list[float]
) -> _Seeds:
    """Set the commonest words aside as far as a hit needs another one; joins come after words."""
    given = asked.query.words
    need = costs.need(charged(given), asked.threshold)
    need = min(need, LEAST_WEIGHT) if asked.inside else need
    aside = _aside([entry.rows for entry in entries], weights, need)
    kept = [at not in aside for at in range(len(entries))]
    seeds, joins = kept[: len(words)], kept[len(words) :]
    common = dict.fromkeys(word for word, is_seed in zip(words, seeds, strict=True) if not is_seed)
    ends = _ends_of_cut(given, common, costs.need(1.0, asked.threshold))
    return _Seeds(seeds, [word in ends or not all(joins) for word in words], joins)


def _counted(things: Sequence[Key]) -> dict[Key, int]:
    """Count equal things; most names have none."""
    counted = dict.fromkeys(things, 1)
    return counted if len(counted) == len(things) else dict(Counter(things))


def _items(
    given: Sequence[Word],
    words: dict[Word, int],
    found: list[Entry],
    seeds: list[tuple[bool, bool]],
) -> list[Item]:
    """Return the distinct words of a query as items."""
    if len(words) == len(given):
        before, last = before_each(given), len(given) - 1
    else:
        first = dict(reversed(list(zip(given, before_each(given), strict=True))))
        before, last = [first[word] for word in words], list(words).index(given[-1])
    return [
        Item(
            entry,
            word.weight,
            word.attested,
            word.wordclass in DISTINCTIVE,
            before[at],
            at == last,
            times,
            *is_seed,
        )
        for at, ((word, times), entry, is_seed) in enumerate(
            zip(words.items(), found, seeds, strict=True)
        )
    ]


def _ends_of_cut(given: Sequence[Word], common: Collection[Word], need: float) -> set[Word]:
    """Return the common words that alone may agree with a name whose end may be missing.

    Such a name says nothing against what follows the last word that agrees; so these are the
    words before one up to which common words weigh enough.

    Args:
        given: the words of the query.
        common: the words that were set aside.
        need: the share of the weight, up to the last word that agrees, that must agree somehow.
    """
    ends: set[Word] = set()
    so_far: set[Word] = set()
    total = agreed = 0.0
    for word in given:
        weighs = 0.0 if word.wordclass == "title" else word.weight
        total += weighs
        if word in common:
            agreed += word.weight
            so_far.add(word)
            if agreed >= need * total - SLACK:
                ends |= so_far
    return ends


def _aside(rows: list[int], weights: list[float], need: float) -> set[int]:
    """Set aside the commonest words that together weigh less than is needed.

    Args:
        rows: how many places each word or join leads to.
        weights: the weight of each in the query.
        need: the weight of the query that must agree somehow.
    """
    aside: set[int] = set()
    for at in sorted(range(len(rows)), key=lambda each: -rows[each]):
        if rows[at] and weights[at] < need - SLACK:
            aside.add(at)
            need -= weights[at]
    return aside
