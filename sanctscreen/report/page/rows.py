"""What a page says about one row: the counterparty, its hits, and their words side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sanctscreen.batch import Screened
from sanctscreen.evidence.names import Pair
from sanctscreen.model import Counterparty, Party
from sanctscreen.model.party import Address, Identifier
from sanctscreen.result import ClearedHit, Hit
from sanctscreen.score import Explanation
from sanctscreen.text.words import Word

#: Hits of one row that a page shows in full; it says how many more there are.
MOST_HITS = 25
#: Addresses and identifiers of a listed party that a page shows.
MOST_VALUES = 8
#: From this similarity on a spelling counts as a variant, below it as a loose resemblance.
VARIANT = 0.9


def row_data(outcome: Screened) -> dict[str, Any]:
    """Return what a page says about a row; listed parties are named by their ids."""
    result = outcome.result
    groups = (result.hits, result.cleared, result.set_aside)
    return {
        "row": outcome.row,
        "digest": result.counterparty_digest,
        "decision": outcome.decision,
        "reason": outcome.reason,
        "regions": [each.title for each in result.regions],
        "faulty": any(fault.review for fault in outcome.faults),
        **_counterparty(result.counterparty),
        "hits": [hit_data(hit) for hit in result.hits[:MOST_HITS]],
        "cleared": [cleared_data(each) for each in result.cleared[:MOST_HITS]],
        "aside": [hit_data(hit) for hit in result.set_aside[:MOST_HITS]],
        "unshown": sum(max(0, len(each) - MOST_HITS) for each in groups),
    }


def shown_hits(outcome: Screened) -> tuple[Hit, ...]:
    """Return the hits, what was cleared and what was set aside, as far as a page shows them."""
    result = outcome.result
    cleared = (each.hit for each in result.cleared[:MOST_HITS])
    return (*result.hits[:MOST_HITS], *cleared, *result.set_aside[:MOST_HITS])


def party_data(party: Party) -> dict[str, Any]:
    """Return what an analyst needs of a listed party to tell it from a counterparty."""
    born = [*map(str, party.dates_of_birth), *party.places_of_birth]
    countries = dict.fromkeys([*party.nationalities, *party.citizenships, *party.places])
    return {
        "id": party.id,
        "digest": party.digest,
        "name": party.name,
        "kind": party.kind or "unknown",
        "status": party.status,
        "sources": [
            [each.source, each.status, str(each.listed or ""), list(each.programmes)]
            for each in party.statuses
        ],
        "born": born,
        "countries": [*countries],
        "positions": [*party.titles, *party.positions],
        "names": [name.full for name in party.names[1:]],
        "addresses": _some(filter(None, map(_address, party.addresses))),
        "identifiers": _some(map(_identifier, party.identifiers)),
    }


def _some(values: Iterable[str]) -> list[str]:
    """Return the first of some values, each once, and how many more there are."""
    found = [*dict.fromkeys(values)]
    rest = len(found) - MOST_VALUES
    return [*found[:MOST_VALUES], *([f"{rest} more"] if rest > 0 else [])]


def _address(address: Address) -> str:
    said = (address.street, address.city, address.region, address.postal_code, address.country)
    return ", ".join(filter(None, said))


def _identifier(identifier: Identifier) -> str:
    said = (identifier.type.replace("_", " "), identifier.value, identifier.country)
    return " ".join(filter(None, said))


def hit_data(hit: Hit) -> dict[str, Any]:
    """Return a hit: its scores, its facts, and the two names word against word."""
    return {
        "party": hit.party.id,
        "score": hit.score,
        "name_score": hit.explanation.score,
        "matched": hit.matched_name,
        "review": hit.review,
        "facts": [[str(fact.name), fact.points, fact.statement] for fact in hit.facts],
        "words": [*word_cells(hit.explanation)],
        "sum": _terms(hit.explanation),
    }


def cleared_data(cleared: ClearedHit) -> dict[str, Any]:
    """Return a hit that an analyst has cleared, with who said so and why."""
    said = cleared.clearance
    when = f"on {said.decided_at.date()}, until {said.expires}"
    return {**hit_data(cleared.hit), "cleared": f"Cleared by {said.author} {when}: {said.reason}"}


def word_cells(explanation: Explanation) -> Iterator[dict[str, Any]]:
    """Yield the words of both names against each other, in the order of the first name.

    Words that only the second name has come last; where both names have words of their own,
    these contradict each other and stand in one cell.
    """
    alignment = explanation.alignment
    pairs = {pair.at: pair for pair in alignment.pairs}
    paired = {at + step for at, pair in pairs.items() for step in range(len(pair.left))}
    ours, theirs = alignment.left_over, alignment.right_over
    waiting = bool(ours and theirs)
    for at, word in enumerate(explanation.left.words):
        if pair := pairs.get(at):
            yield _pair_cell(pair)
        elif at not in paired and not (ours and theirs):
            yield _cell([word], [], "omitted", "only in the row")
        elif at not in paired and waiting:
            waiting = False
            yield _cell(ours, theirs, "contradicted", "contradicted")
    if not (ours and theirs):
        yield from (_cell([], [word], "omitted", "omitted") for word in theirs)


def _pair_cell(pair: Pair) -> dict[str, Any]:
    tone, verdict = _tone(pair), pair.verdict
    if any(word.foreign for word in (*pair.left, *pair.right)):
        verdict = "romanised" if verdict == "same" else f"romanised, {verdict}"
    return _cell(pair.left, pair.right, tone, verdict, pair.similarity)


def _tone(pair: Pair) -> str:
    """Return the sort of a verdict, which a page gives a colour."""
    romanised = any(word.foreign for word in (*pair.left, *pair.right))
    if pair.verdict == "same":
        return "romanised" if romanised else "same"
    if pair.verdict == "joined":
        return "joined"
    if pair.verdict.startswith("same "):
        return "meaning"
    return "variant" if pair.similarity >= VARIANT else "loose"


def _cell(
    left: Sequence[Word],
    right: Sequence[Word],
    tone: str,
    verdict: str,
    similarity: float | None = None,
) -> dict[str, Any]:
    cell = {"tone": tone, "verdict": verdict, "left": _words(left), "right": _words(right)}
    return cell if similarity is None else {**cell, "similarity": round(similarity, 4)}


def _words(words: Sequence[Word]) -> list[list[Any]]:
    return [[word.origin, word.text, word.wordclass, round(word.weight, 4)] for word in words]


def _terms(explanation: Explanation) -> list[list[Any]]:
    """Return the terms of the score: what, how much of it, and what it costs."""
    if explanation.alignment.equal:
        return []
    data = explanation.to_dict()
    costs: dict[str, float] = data["costs"]
    terms = [[name, data[name], cost] for name, cost in costs.items() if data[name]]
    return [["agreed", data["agreed"], 1], *terms]


def _counterparty(who: Counterparty) -> dict[str, Any]:
    about = {
        "born": ", ".join(filter(None, (str(who.date_of_birth or ""), who.place_of_birth))),
        "countries": list(who.countries),
        "gender": who.gender,
        "identifiers": [f"{kind} {value}" for kind, value in who.identifiers.items()],
        "reference": who.reference,
        "kind": who.kind,
    }
    return {"name": who.name, **{key: value for key, value in about.items() if value}}
