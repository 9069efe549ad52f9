"""Who judges names: the screener, plain string distances, and logic-v2 where it is installed.

A baseline has its publisher's usual threshold. logic-v2 takes milliseconds a party, so it judges
the expected party and the parties of the forty names that two string distances put nearest, as
if an index had chosen them: it misses nothing by selection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from rapidfuzz import fuzz, process, utils
from sets import Pair, Query

import sanctscreen as ss
from sanctscreen.model import Kind, Party

OURS = "sanctscreen"
RATIOS: dict[str, tuple[Callable[..., float], float]] = {
    "token_sort@85": (fuzz.token_sort_ratio, 85),
    "token_set@85": (fuzz.token_set_ratio, 85),
    "WRatio@90": (fuzz.WRatio, 90),
}
SCHEMAS = {"person": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
NEAREST = 20


class Judge(Protocol):
    """Says which parties a name hits, and how alike two names are."""

    def hits(self, query: Query) -> set[str]:
        """Return the ids of the parties that a name hits."""

    def score(self, pair: Pair) -> float:
        """Return how alike two names are, 0 to 100."""

    def least(self, kind: Kind | None) -> float:
        """Return the threshold of a kind, 0 to 100."""


def judges(party_list: ss.PartyList, *, baselines: bool) -> dict[str, Judge]:
    """Return everybody who judges, the screener first."""
    found: dict[str, Judge] = {OURS: Ours(party_list)}
    if baselines:
        named = _names(party_list)
        found |= {label: Ratio(named, *ratio) for label, ratio in RATIOS.items()}
        if matcher := logic_v2(named):
            found["logic-v2@70"] = matcher
    return found


class Ours:
    """The screener, at its default thresholds unless a configuration says otherwise."""

    def __init__(self, party_list: ss.PartyList, config: ss.Config | None = None):
        self._screener = ss.Screener(party_list, config=config or ss.Config())

    def hits(self, query: Query) -> set[str]:
        """Screen a name."""
        return {hit.party.id for hit in self.result(query).hits}

    def result(self, query: Query) -> ss.ScreeningResult:
        """Return all that the screener says of a name."""
        if query.is_text:
            return self._screener.screen_text(query.name)
        who: dict[str, Any] = {"date_of_birth": query.born} if query.born else {}
        return self._screener.screen(ss.Counterparty(name=query.name, kind=query.kind, **who))

    def score(self, pair: Pair) -> float:
        """Compare two names."""
        return ss.compare(pair.left, pair.right, kind=pair.kind).score

    def least(self, kind: Kind | None) -> float:
        """Return the default threshold of a kind."""
        return ss.Config().threshold_for(kind)


Named = Sequence[tuple[str, Party]]


def _names(party_list: ss.PartyList) -> Named:
    """Return every name of a list but weak ones, which the screener leaves out as well."""
    return [
        (utils.default_process(name.full), party)
        for party in party_list.parties
        for name in party.names
        if name.quality != "weak"
    ]


class Ratio:
    """One of rapidfuzz's ratios over every name of a list."""

    def __init__(self, named: Named, scorer: Callable[..., float], least: float):
        self._parties = [party for _, party in named]
        self._choices = [name for name, _ in named]
        self._scorer, self._least = scorer, least

    def hits(self, query: Query) -> set[str]:
        """Return the parties of the kind with a name at or above the threshold."""
        found = (self._parties[at] for at in np.flatnonzero(self.scores(query.name, self._least)))
        return {party.id for party in found if query.kind in (None, party.kind)}

    def nearest(self, query: Query) -> Iterator[Party]:
        """Yield the parties of the kind whose names are nearest."""
        for at in np.argsort(-self.scores(query.name, 0), kind="stable")[:NEAREST]:
            if query.kind in (None, self._parties[at].kind):
                yield self._parties[at]

    def scores(self, name: str, least: float) -> Any:
        """Return the ratio of a name and every listed one, 0 below the least."""
        asked = [utils.default_process(name)]
        return process.cdist(asked, self._choices, scorer=self._scorer, score_cutoff=least)[0]

    def score(self, pair: Pair) -> float:
        """Return the ratio of two names."""
        return self._scorer(pair.left, pair.right, processor=utils.default_process)

    def least(self, kind: Kind | None) -> float:  # noqa: ARG002
        """Return the same threshold for every kind."""
        return self._least


class LogicV2:
    """nomenklatura's matcher over the parties nearest to a name, and the expected one."""

    def __init__(self, named: Named, matcher: Any, model: Any):
        self._matcher, self._model = matcher, model
        self._config = matcher.default_config()
        self._parties = {party.id: party for _, party in named}
        self._entities: dict[str, Any] = {}
        self._near = [Ratio(named, scorer, 0) for scorer in (fuzz.token_set_ratio, fuzz.WRatio)]

    def hits(self, query: Query) -> set[str]:
        """Return those of the nearest parties that the matcher accepts."""
        near = {party.id: party for ratio in self._near for party in ratio.nearest(query)}
        if expected := self._parties.get(query.expected):
            near[expected.id] = expected
        return {party.id for party in near.values() if self._accepts(query, party)}

    def _accepts(self, query: Query, party: Party) -> bool:
        schema = SCHEMAS.get(party.kind or "", "LegalEntity")
        left = self._entity(schema, (query.name,), (query.born,) if query.born else ())
        names = tuple(name.full for name in party.names if name.quality != "weak")
        born = tuple(map(str, party.dates_of_birth)) if query.born else ()
        return self._compare(left, self._entity(schema, names, born)) >= self.least(query.kind)

    def _entity(self, schema: str, names: tuple[str, ...], born: tuple[str, ...] = ()) -> Any:
        # The matcher remembers what it read of an entity by its id: equal ids, equal entities.
        key = repr((schema, names, born))
        if key not in self._entities:
            known = {"birthDate": list(born)} if schema == "Person" else {}
            data = {"id": key, "schema": schema, "properties": {"name": list(names), **known}}
            self._entities[key] = self._model.get_proxy(data)
        return self._entities[key]

    def _compare(self, left: Any, right: Any) -> float:
        return 100 * float(self._matcher.compare(left, right, self._config).score)

    def score(self, pair: Pair) -> float:
        """Compare two entities of which the name alone is known."""
        schema = SCHEMAS.get(pair.kind or "", "LegalEntity")
        return self._compare(*(self._entity(schema, (name,)) for name in (pair.left, pair.right)))

    def least(self, kind: Kind | None) -> float:  # noqa: ARG002
        """Return the same threshold for every kind."""
        return 70.0


def logic_v2(named: Named) -> Judge | None:
    """Return nomenklatura's matcher if it is installed."""
    try:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm
    except ImportError:
        return None
    return LogicV2(named, get_algorithm("logic-v2"), model)
