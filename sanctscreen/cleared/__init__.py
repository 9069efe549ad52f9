"""Hits that an analyst has cleared: what was said, and when it no longer holds.

A clearance holds for one counterparty, one list entry and one of its names, as the analyst saw
them. Whatever of these changes, the hit is open again, so that nothing cleared can hide a new
or changed entry (OFAC, "Guidance on the False Hit List", 2015). Nothing here reads or writes
files; `sanctscreen.cleared.store` keeps clearances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from sanctscreen.errors import ClearanceError
from sanctscreen.model import Clearance, Counterparty
from sanctscreen.model.digests import digest_of
from sanctscreen.result import DECISIONS, ClearedHit, Hit, Reopened, ScreeningResult, decide

#: How long a clearance holds if the analyst says nothing else.
USUAL_DAYS = 365
#: As much of a counterparty's name as helps a person to recognise it.
NAME_SHOWN = 200


class Clearances:
    """What analysts have cleared, as it stood at one moment; never changes once made."""

    def __init__(self, said: Iterable[Clearance] = ()) -> None:
        """Take what analysts have said, in any order; the latest word on a hit counts."""
        self._by_digest: dict[tuple[str, str], Clearance] = {}
        self._by_reference: dict[tuple[str, str], Clearance] = {}
        for each in sorted(said, key=lambda one: one.decided_at):
            self._by_digest[each.counterparty, each.party] = each
            if each.reference:
                self._by_reference[each.reference, each.party] = each

    def __len__(self) -> int:
        return len(self._by_digest)

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of all that counts; empty if nothing was cleared."""
        latest = sorted(each.digest for each in self._by_digest.values())
        return digest_of(latest) if latest else ""

    def latest(self, who: str, party: str, reference: str | None = None) -> Clearance | None:
        """Return the last clearance of a hit, whether or not it holds.

        Args:
            who: the digest of the counterparty.
            party: the id of the listed party.
            reference: the counterparty's reference, by which it is known if its data changes.
        """
        found = self._by_digest.get((who, party))
        if found is None and reference:
            found = self._by_reference.get((reference, party))
        return found if found and found.action == "clear" else None

    def apply(self, result: ScreeningResult) -> ScreeningResult:
        """Return a result with every hit cleared that may be, and every other one open.

        The decision is ``clear`` only if no hit is open and the name could be screened. Hits
        that a limit left out count as open.
        """
        if not self and not result.cleared and not result.reopened:
            return result
        who = result.counterparty_digest
        hits = sorted(
            (*result.hits, *(each.hit for each in result.cleared)),
            key=lambda hit: (-hit.score, hit.party.id),
        )
        judged = [(hit, self._judge(who, hit, result)) for hit in hits]
        still_open = tuple(hit for hit, said in judged if not isinstance(said, Clearance))
        decision = decide(still_open, result.reason)
        if result.unshown:
            decision = max(decision, result.decision, key=DECISIONS.index)
        return replace(
            result,
            decision=decision,
            hits=still_open,
            cleared=tuple(ClearedHit(hit, it) for hit, it in judged if isinstance(it, Clearance)),
            reopened=tuple(it for _, it in judged if isinstance(it, Reopened)),
        )

    def _judge(self, who: str, hit: Hit, result: ScreeningResult) -> Clearance | Reopened | None:
        """Return the clearance that hides a hit, or why the last one does not."""
        said = self.latest(who, hit.party.id, result.counterparty.reference)
        if said is None:
            return None
        now = (who, hit.party.digest, hit.matched_name)
        why = lapsed(said, now, result.screened_at.date())
        return Reopened(hit.party.id, why, said) if why else said


def lapsed(said: Clearance, now: tuple[str, str, str], day: date) -> str:
    """Say why a clearance no longer holds; empty if it does.

    Args:
        said: the clearance.
        now: the digests of counterparty and list entry, and the listed name that matches.
        day: the day on which it is asked about, in UTC.
    """
    who, entry, matched_name = now
    if said.entry != entry:
        return "the list entry has changed"
    if said.matched_name != matched_name:
        return "another name of the party matches"
    if said.counterparty != who:
        return "the counterparty has changed"
    if said.expires is None or day >= said.expires:
        return f"the clearance expired on {said.expires}"
    return ""


def clear(
    result: ScreeningResult | Mapping[str, Any],
    party: str,
    *,
    author: str,
    reason: str,
    expires: date | None = None,
) -> Clearance:
    """Say that one hit of a result is no match.

    Args:
        result: the result as the analyst saw it, or its record.
        party: the id of the listed party.
        author: whose word it is.
        reason: why the two are not the same.
        expires: the first day on which it no longer holds; in `USUAL_DAYS` if ``None``.

    Raises:
        ClearanceError: the result has no open hit on that party, or a value cannot be kept.
    """
    record = result.record() if isinstance(result, ScreeningResult) else result
    hits = {hit["party"]: hit for hit in record["hits"]}
    if party not in hits:
        raise ClearanceError(f"no open hit on {party!r}; there are: {', '.join(hits) or 'none'}")
    who, hit, now = Counterparty.model_validate(record["input"]), hits[party], datetime.now(UTC)
    try:
        return Clearance(
            counterparty=record["counterparty_digest"],
            party=party,
            entry=hit["party_digest"],
            matched_name=hit["matched_name"],
            author=author,
            reason=reason,
            decided_at=now,
            expires=expires or now.date() + timedelta(days=USUAL_DAYS),
            name=who.name[:NAME_SHOWN],
            reference=who.reference,
            party_name=hit["name"],
        )
    except ValidationError as error:
        raise ClearanceError(faults(error)) from error


def reopen(said: Clearance, *, author: str, reason: str) -> Clearance:
    """Take back a clearance.

    Raises:
        ClearanceError: a value cannot be kept.
    """
    changed = {"author": author, "reason": reason, "decided_at": datetime.now(UTC)}
    try:
        return Clearance.model_validate(
            {**said.model_dump(), **changed, "action": "reopen", "expires": None}
        )
    except ValidationError as error:
        raise ClearanceError(faults(error)) from error


def faults(error: ValidationError) -> str:
    """Name every field that is wrong in one line, without its content."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    parts = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}".lstrip(": ") for each in found)
    return "; ".join(parts)
