"""Screen what a message gave, and put the outcomes of one field together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from sanctscreen.errors import InputError
from sanctscreen.model import Counterparty, PartialDate
from sanctscreen.payments.result import Finding
from sanctscreen.payments.spans import find_span
from sanctscreen.payments.subjects import Place, Subject
from sanctscreen.payments.texts import identifiers_in
from sanctscreen.result import Hit, ScreeningResult, decide
from sanctscreen.text.identifiers import identifier_faults

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

#: Fields remembered, so that memory does not grow with a file.
MOST_KNOWN = 4096
_NOWHERE = Place("", 0, "")


class Desk:
    """Screens the subjects of one file; what a file repeats is screened once, or nearly so."""

    def __init__(self, screener: Screener) -> None:
        self._screener = screener
        self._known: dict[Subject, ScreeningResult] = {}

    def screen(self, subject: Subject) -> Finding:
        """Screen one field."""
        content = subject._replace(place=_NOWHERE)
        result = self._known.get(content)
        if result is None:
            if len(self._known) == MOST_KNOWN:
                self._known.clear()
            result = self._known[content] = self._result(subject)
        spans = tuple(find_span(hit, subject.text) for hit in result.hits)
        return Finding(*subject.place, subject.text, result, spans)

    def _result(self, subject: Subject) -> ScreeningResult:
        if subject.passages:
            inside = chain.from_iterable(map(identifiers_in, subject.passages))
            subject = subject._replace(identifiers=(*subject.identifiers, *inside))
        faults = list(subject.faults)
        parties = list(_counterparties(subject, faults))
        results = [self._screener.screen(each) for each in parties]
        results += [self._screener.screen_text(each) for each in subject.passages]
        doubts = [_doubt(each, subject) for each in results]
        return self._screener.cleared.apply(_together(results, (*faults, *doubts)))


def _doubt(result: ScreeningResult, subject: Subject) -> str:
    """Return why a reading asks for review; that it holds no name is no reason in itself."""
    who = result.counterparty
    if not _says_nothing(who, subject):
        return result.reason
    said = (identifier_faults(who.identifiers), *map(str, result.regions))
    return "; ".join(filter(None, said))


def _says_nothing(who: Counterparty, subject: Subject) -> bool:
    """Tell whether no name is missing: only numbers are screened, or a text is a mere dash."""
    if not who.name:
        return bool(subject.identifiers or subject.faults)
    is_mark = who.name.isascii() and not any(map(str.isalnum, who.name))
    return is_mark and who.name in subject.passages and who.name not in subject.names


def _counterparties(subject: Subject, faults: list[str]) -> Iterator[Counterparty]:
    """Yield every reading of the name, and every further number of a type, as a counterparty."""
    packs = _packs(subject.identifiers)
    names = subject.names or (("",) if packs or not subject.passages else ())
    known = {
        "kind": subject.kind,
        "countries": subject.countries,
        "date_of_birth": _birth(subject.birth_date, faults),
    }
    for name, pack in zip_longest(names, packs):
        yield Counterparty(name=name or "", identifiers=pack or {}, **known)


def _packs(identifiers: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Divide identifiers so that no type occurs twice in one counterparty."""
    packs: list[dict[str, str]] = []
    for kind, value in dict.fromkeys(identifiers):
        free = next((pack for pack in packs if kind not in pack), None)
        if free is None:
            packs.append({kind: value})
        else:
            free[kind] = value
    return packs


def _birth(text: str, faults: list[str]) -> PartialDate | None:
    if not text:
        return None
    try:
        return PartialDate.parse(text)
    except (InputError, ValueError):
        faults.append(f"no date of birth: {text!r}")
        return None


def _together(results: Sequence[ScreeningResult], doubts: Sequence[str]) -> ScreeningResult:
    """Make one result of several readings: of each party the best hit, and every doubt.

    What was cleared in one reading is open until it is cleared for all of them together.
    """
    cleared = (each.hit for result in results for each in result.cleared)
    hits = _best(chain((hit for result in results for hit in result.hits), cleared))
    found = {hit.party.id for hit in hits}
    regions = {each.region: each for result in results[::-1] for each in result.regions}
    aside = _best(hit for result in results for hit in result.set_aside)
    reason = "; ".join(dict.fromkeys(doubt for doubt in doubts if doubt))
    return replace(
        results[0],
        decision=decide(hits, reason),
        hits=hits,
        set_aside=tuple(hit for hit in aside if hit.party.id not in found),
        reason=reason,
        cleared=(),
        reopened=(),
        regions=tuple(regions.values()),
        also=tuple(each.counterparty.digest for each in results[1:]),
    )


def _best(hits: Iterator[Hit]) -> tuple[Hit, ...]:
    """Keep the best hit of each party, best first, as a single screening would."""
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.party.id)
        if known is None or known.score < hit.score:
            best[hit.party.id] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.party.id)))
