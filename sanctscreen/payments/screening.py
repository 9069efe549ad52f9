"""Screen what a message gave, and put the outcomes of one field together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest
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
#: Fields screened together: about those of a message.
BLOCK = 64
_NOWHERE = Place("", 0, "")


class Desk:
    """Screens the subjects of one file; what a file repeats is screened once, or nearly so."""

    def __init__(self, screener: Screener) -> None:
        self._screener = screener
        self._known: dict[Subject, ScreeningResult] = {}

    def screen(self, subjects: Iterable[Subject]) -> Iterator[Finding]:
        """Screen fields in their order, some at a time, which costs less than one by one.

        An error in reading them comes after the findings of those before it.
        """
        for block in _blocks(subjects):
            known = self._results(block)
            for subject in block:
                result = known[subject._replace(place=_NOWHERE)]
                spans = tuple(find_span(hit, subject.text) for hit in result.hits)
                yield Finding(*subject.place, subject.text, result, spans)

    def _results(self, block: Sequence[Subject]) -> dict[Subject, ScreeningResult]:
        """Return the results of some fields; what is remembered is not screened again."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        contents = dict.fromkeys(subject._replace(place=_NOWHERE) for subject in block)
        plans = [_Plan(each) for each in contents if each not in self._known]
        asked = [who for plan in plans for who in (*plan.parties, *plan.texts)]
        passages = [at >= len(plan.parties) for plan in plans for at in range(plan.count)]
        screened = iter(self._screener.screen_block(asked, passages=passages))
        for plan in plans:
            results = list(islice(screened, plan.count))
            doubts = [_doubt(each, plan.subject) for each in results]
            told = self._together(results, (*plan.faults, *doubts))
            self._known[plan.content] = self._screener.cleared.apply(told)
        return {each: self._known[each] for each in contents}

    def _together(
        self, results: Sequence[ScreeningResult], doubts: Sequence[str]
    ) -> ScreeningResult:
        """Make one result of several readings: of each party the best hit, and every doubt.

        What was cleared in one reading is open until it is cleared for all of them together. A
        payment to an account goes through the bank that keeps it, so that a listed one is a match.
        """
        cleared = (each.hit for result in results for each in result.cleared)
        every = _best(chain((hit for result in results for hit in result.hits), cleared))
        waits = self._screener.config.review_statuses
        hits = tuple(replace(hit, review=hit.party.status in waits) for hit in every)
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


class _Plan:
    """What is to be screened for one field.

    Attributes:
        content: the field, wherever it stands.
        subject: the same with the identifiers that its texts hold.
        faults: what of it could not be read.
        parties: every reading of it as a counterparty.
        texts: every reading of it as free text.
    """

    def __init__(self, content: Subject) -> None:
        inside = chain.from_iterable(map(identifiers_in, content.passages))
        self.content = content
        self.subject = content._replace(identifiers=(*content.identifiers, *inside))
        self.faults = list(content.faults)
        self.parties = list(_counterparties(self.subject, self.faults))
        self.texts = [Counterparty(name=text) for text in content.passages]

    @property
    def count(self) -> int:
        """How many readings there are."""
        return len(self.parties) + len(self.texts)


def _blocks(subjects: Iterable[Subject]) -> Iterator[list[Subject]]:
    block: list[Subject] = []
    try:
        for subject in subjects:
            block.append(subject)
            if len(block) == BLOCK:
                yield block
                block = []
    except InputError:
        yield block
        raise
    yield block


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
        "place_of_birth": subject.birth_place,
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


def _best(hits: Iterator[Hit]) -> tuple[Hit, ...]:
    """Keep the best hit of each party, best first, as a single screening would."""
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.party.id)
        if known is None or known.score < hit.score:
            best[hit.party.id] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.party.id)))
