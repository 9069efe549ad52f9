"""Find the listed parties whose names, or identifiers, are near those of a counterparty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sanctscreen.config import Config
from sanctscreen.evidence.identifiers import given_keys, listed_keys
from sanctscreen.evidence.passages import is_passage
from sanctscreen.index import Asked, Index
from sanctscreen.model import Counterparty, Kind, Name, Party
from sanctscreen.score import READINGS, Comparison, is_ordered, score_inside, score_names
from sanctscreen.text.alternatives import alternatives
from sanctscreen.text.classes import Reading
from sanctscreen.text.normalize import NormalName, normalize

#: Returns the least score of a name, 0 to 100, of a counterparty and a party of a kind.
Wanted = Callable[[Counterparty, Kind | None], float]


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


class _Entry(NamedTuple):
    """One name of one party, normalised in one reading."""

    party: Party
    name: Name
    normal: NormalName


class _Shelf(NamedTuple):
    """The listed names of one kind in one reading, with their index."""

    kind: Kind | None
    reading: Reading
    entries: list[_Entry]
    catalogue: Index


class Search:
    """Looks a counterparty up among the names and identifiers of some parties."""

    def __init__(self, parties: Sequence[Party], config: Config) -> None:
        """Normalise and catalogue every name that may raise a hit."""
        self._config = config
        self._shelves = tuple(self._arrange(parties))
        self._by_identifier: dict[tuple[str, str], list[Party]] = defaultdict(list)
        for party in parties:
            for key in _keys(party):
                self._by_identifier[key].append(party)

    def find(
        self, block: Sequence[Counterparty], wanted: Wanted, *, passage: bool = False
    ) -> list[list[Found]]:
        """Return each party with a name that scores as wanted, or with a shared identifier.

        Args:
            block: whoever is looked up; what is found for one does not depend on the others.
            wanted: the least score of a name.
            passage: whether the names are known to be free text, however short.

        Returns:
            for each counterparty, what was found.
        """
        best: list[dict[str, Found]] = [{} for _ in block]
        weak: list[dict[str, Found]] = [{} for _ in block]
        for shelf in self._shelves:
            some = [(at, who) for at, who in enumerate(block) if _on(shelf, who)]
            for at, found in self._names_on(shelf, some, wanted, passage):
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
        for party, shared in self._sharing(who).items():
            found = best.get(party.id) or self._closest(party, who.name)
            best[party.id] = found._replace(identifiers=tuple(shared))
        return list(best.values())

    def _arrange(self, parties: Sequence[Party]) -> Iterator[_Shelf]:
        listed: dict[tuple[Kind | None, Reading], list[_Entry]] = defaultdict(list)
        for party in parties:
            for reading in READINGS[party.kind]:
                listed[party.kind, reading] += self._entries(party, reading)
        for (kind, reading), entries in listed.items():
            yield _Shelf(kind, reading, entries, Index.of(entry.normal for entry in entries))

    def _entries(self, party: Party, reading: Reading) -> Iterator[_Entry]:
        """Yield the names of a party, each in its alternatives."""
        for name in party.names:
            for each in alternatives(name.full):
                yield _Entry(party, name, self._normal(each, reading))

    def _is_weak(self, name: Name) -> bool:
        """Tell whether a name raises no hit by itself."""
        return name.quality == "weak" and not self._config.weak_aliases

    def _normal(self, name: str, reading: Reading) -> NormalName:
        return normalize(name, reading=reading, fallback=self._config.fallback)

    def _names_on(
        self, shelf: _Shelf, some: list[tuple[int, Counterparty]], wanted: Wanted, passage: bool
    ) -> Iterator[tuple[int, Found]]:
        """Yield each entry of one shelf that scores as wanted, by whichever name of a text."""
        asked: list[Asked] = []
        places: list[int] = []
        for at, who in some:
            for each in alternatives(who.name):
                query = self._normal(each, shelf.reading)
                asked.append(Asked(query, wanted(who, shelf.kind), passage or is_passage(query)))
                places.append(at)
        weights = self._config.weights
        every = shelf.catalogue.reachable(
            asked,
            omitted=weights.omitted,
            doubled=min(weights.contradicted, weights.misspelled),
        )
        for at, one, rows in zip(places, asked, every, strict=True):
            for row in rows:
                found = self._compared(shelf, one, row)
                if found.comparison.score >= one.threshold:
                    yield at, found

    def _compared(self, shelf: _Shelf, asked: Asked, row: int) -> Found:
        """Compare a query with a listed name, in full and then as a stretch of a passage."""
        entry, ordered = shelf.entries[row], is_ordered(shelf.reading)
        scored = score_names(asked.query, entry.normal, ordered=ordered, config=self._config)
        if asked.inside and scored.score < asked.threshold:
            scored = score_inside(asked.query, scored, ordered=ordered, config=self._config)
        return Found(entry.party, entry.name, scored)

    def _sharing(self, who: Counterparty) -> dict[Party, list[str]]:
        """Return the parties that share an identifier with the counterparty."""
        sharing: dict[str, tuple[Party, list[str]]] = {}
        for key in given_keys(who.identifiers.items()):
            for party in self._by_identifier.get(key, ()):
                sharing.setdefault(party.id, (party, []))[1].append(" ".join(key))
        return dict(sharing.values())

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


def _keep_best(best: dict[str, Found], found: Found) -> None:
    known = best.get(found.party.id)
    if known is None or known.comparison.score < found.comparison.score:
        best[found.party.id] = found


def _on(shelf: _Shelf, who: Counterparty) -> bool:
    """Tell whether a counterparty may be on a shelf."""
    return who.kind is None or shelf.kind is None or who.kind == shelf.kind


def _keys(party: Party) -> Iterator[tuple[str, str]]:
    return listed_keys((each.type, each.value) for each in party.identifiers)
