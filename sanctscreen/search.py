"""Find the listed parties whose names, or identifiers, are near those of a counterparty."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.config import Config
from sanctscreen.evidence.identifiers import given_keys, listed_keys
from sanctscreen.evidence.names import Costs
from sanctscreen.evidence.passages import is_passage
from sanctscreen.index import Asked
from sanctscreen.model import Counterparty, Kind, Name, Party
from sanctscreen.packed import Members
from sanctscreen.score import READINGS, Comparison, costs_of, is_ordered, score_inside, score_names
from sanctscreen.shelves import Gathering, Shelf
from sanctscreen.text.alternatives import alternatives, sought
from sanctscreen.text.normalize import LONGEST, NormalName, normalize
from sanctscreen.text.words import Reading

#: Returns the least score of a name, 0 to 100, of a counterparty and a party of a kind.
Wanted = Callable[[Counterparty, Kind | None], float]


#: The numbers of the parties that have an identifier.
_Identified = Mapping[tuple[str, str], Sequence[int]]
#: Listed names that are kept in their normal form once they were compared.
LISTED = 2_048


class Found(NamedTuple):
    """A party, the name of it that scored best, and how.

    Attributes:
        party: the party.
        name: its best name that may raise a hit by itself.
        comparison: how that name compares.
        identifiers: the identifiers that the party shares with the counterparty.
        weak: the same with the best weak alias, where one scored as wanted.
    """

    party: Party
    name: Name
    comparison: Comparison
    identifiers: tuple[str, ...] = ()
    weak: Found | None = None


class Search:
    """Looks a counterparty up among the names and identifiers of some parties.

    Listed names are normalised again when they are compared, since few ever are.
    """

    def __init__(
        self, parties: Sequence[Party], config: Config, members: Members | None = None
    ) -> None:
        """Catalogue every name, or take what `members` returned for the same parties."""
        self._parties, self._config = parties, config
        # No cache holds what holds it, so that a search that nobody needs is freed at once.
        self._normal = partial(_normal, fallback=config.fallback)
        self._listed = lru_cache(maxsize=LISTED)(self._normal)
        self._costs = partial(_costs, config=config)
        if members is None:
            self._shelves, identified = self._gathered_names()
            self._by_identifier: Callable[[], _Identified] = lambda: identified
        else:
            count = len({name.partition(".")[0] for name in members if name[0].isdigit()})
            self._shelves = [Shelf.unpacked(members, f"{at}.", self._costs) for at in range(count)]
            self._by_identifier = cache(partial(_identified, members["identifiers"]))

    def members(self) -> Members:
        """Return everything that was made of the parties, as arrays."""
        flat = [[*key, numbers] for key, numbers in self._by_identifier().items()]
        identifiers = np.frombuffer(json.dumps(flat).encode(), dtype=np.uint8)
        packed = (shelf.packed(f"{at}.") for at, shelf in enumerate(self._shelves))
        return dict([*chain.from_iterable(packed), ("identifiers", identifiers)])

    def find(
        self, block: Sequence[Counterparty], wanted: Wanted, passages: Sequence[bool]
    ) -> list[list[Found]]:
        """Return each party with a name that scores as wanted, or with a shared identifier.

        Args:
            block: whoever is looked up; what is found for one does not depend on the others.
            wanted: the least score of a name.
            passages: for each, whether its name is known to be free text, however short.

        Returns:
            for each counterparty, what was found.
        """
        best: list[dict[str, Found]] = [{} for _ in block]
        weak: list[dict[str, Found]] = [{} for _ in block]
        for shelf in self._shelves:
            some = [(at, who) for at, who in enumerate(block) if shelf.kinds_for(who.kind)]
            for at, found in self._names_on(shelf, some, wanted, passages):
                _keep_best((weak if self._is_weak(found.name) else best)[at], found)
        return [
            self._gathered(who, mine, supporting)
            for who, mine, supporting in zip(block, best, weak, strict=True)
        ]

    def _gathered(
        self, who: Counterparty, best: dict[str, Found], weak: dict[str, Found]
    ) -> list[Found]:
        """Add weak aliases and shared identifiers to what the names of one found."""
        for found in weak.values():
            strong = best.get(found.party.id) or self._closest(found.party, who.name)
            best[found.party.id] = strong._replace(weak=found)
        for party, shared in self._sharing(who):
            found = best.get(party.id) or self._closest(party, who.name)
            best[party.id] = found._replace(identifiers=tuple(shared))
        return list(best.values())

    def _gathered_names(self) -> tuple[list[Shelf], _Identified]:
        """Gather the names by reading, and the parties by their identifiers."""
        names, identified = Gathering(), defaultdict[tuple[str, str], list[int]](list)
        for number, party in enumerate(self._parties):
            names.add(number, party)
            for key in _keys(party):
                identified[key].append(number)
        return names.shelves(self._normal, self._costs), identified

    def _is_weak(self, name: Name) -> bool:
        """Tell whether a name raises no hit by itself."""
        return name.quality == "weak" and not self._config.weak_aliases

    def _names_on(
        self,
        shelf: Shelf,
        some: list[tuple[int, Counterparty]],
        wanted: Wanted,
        passages: Sequence[bool],
    ) -> Iterator[tuple[int, Found]]:
        """Yield each entry of one shelf that scores as wanted, by whichever name of a text."""
        asked: list[Asked] = []
        places: list[int] = []
        for at, who in some:
            least = min(wanted(who, kind) for kind in shelf.kinds_for(who.kind))
            for each in sought(who.name[:LONGEST]):
                query = self._normal(each, shelf.reading)
                if not query.words:
                    continue  # it shares no word with anybody
                inside = passages[at] or is_passage(query)
                if inside and "," in each:
                    # The comma of a name puts the surname first; that of a text parts words.
                    query = self._normal(each.replace(",", " "), shelf.reading)
                asked.append(Asked(query, least, inside))
                places.append(at)
        if not asked:
            return
        every = shelf.index.reachable(asked)
        given = dict(some)
        for at, one, rows in zip(places, asked, every, strict=True):
            for row in rows:
                kind = shelf.kind(row)
                if kind not in shelf.kinds_for(given[at].kind):
                    continue
                threshold = wanted(given[at], kind)
                found = self._compared(shelf, one._replace(threshold=threshold), row)
                if found.comparison.score >= threshold:
                    yield at, found

    def _compared(self, shelf: Shelf, asked: Asked, row: int) -> Found:
        """Compare a query with a listed name, in full and then as a stretch of a passage."""
        number, at, which = shelf.entry(row)
        party, ordered = self._parties[number], is_ordered(shelf.reading)
        name = party.names[at]
        listed = self._listed(alternatives(name.full)[which], shelf.reading)
        scored = score_names(asked.query, listed, ordered=ordered, config=self._config)
        if asked.inside and scored.score < asked.threshold:
            scored = score_inside(asked.query, scored, ordered=ordered, config=self._config)
        return Found(party, name, scored)

    def _sharing(self, who: Counterparty) -> list[tuple[Party, list[str]]]:
        """Return the parties that share an identifier with the counterparty."""
        if not who.identifiers:
            return []
        sharing: dict[int, list[str]] = defaultdict(list)
        for key in given_keys(who.identifiers.items()):
            for number in self._by_identifier().get(key, ()):
                sharing[number].append(" ".join(key))
        return [(self._parties[number], shared) for number, shared in sharing.items()]

    def _closest(self, party: Party, name: str) -> Found:
        """Compare with every name of a party that no name led to, and keep the best."""
        names = [each for each in party.names if not self._is_weak(each)] or party.names
        return max(
            (
                Found(party, listed, self._compare(name, listed, reading))
                for listed in names
                for reading in READINGS[party.kind]
            ),
            key=lambda found: found.comparison.score,
        )

    def _compare(self, name: str, listed: Name, reading: Reading) -> Comparison:
        query, normal = self._normal(name, reading), self._normal(listed.full, reading)
        return score_names(query, normal, ordered=is_ordered(reading), config=self._config)


def _identified(packed: NDArray[np.uint8]) -> _Identified:
    """Return the numbers of the parties that have each identifier, as `members` packed them."""
    return {(kind, value): numbers for kind, value, numbers in json.loads(packed.tobytes())}


def _normal(name: str, reading: Reading, *, fallback: str) -> NormalName:
    return normalize(name, reading=reading, fallback=fallback)


def _costs(reading: Reading, *, config: Config) -> Costs:
    return costs_of(config, ordered=is_ordered(reading))


def _keep_best(best: dict[str, Found], found: Found) -> None:
    known = best.get(found.party.id)
    if known is None or known.comparison.score < found.comparison.score:
        best[found.party.id] = found


def _keys(party: Party) -> Iterator[tuple[str, str]]:
    return listed_keys((each.type, each.value) for each in party.identifiers)
