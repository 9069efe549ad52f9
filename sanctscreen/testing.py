"""Help for the unit tests of those who use the library: a tiny list and three assertions.

The list is invented and will not change between minor versions, so that your tests fail when
your thresholds change, and not when a sanctions list does.

>>> from sanctscreen.testing import assert_clear, assert_hit
>>> assert_hit("Oreshnik Trade House", "test:1")
>>> assert_clear("Kalina Bakery", kind="entity")
"""

from __future__ import annotations

from functools import cache

from sanctscreen.config import Config
from sanctscreen.model import Counterparty, Identifier, Kind, PartialDate, Party
from sanctscreen.party_list import PartyList
from sanctscreen.result import ScreeningResult
from sanctscreen.screen import Screener


@cache
def tiny_list() -> PartyList:
    """Return an invented list of two firms, two people and a vessel."""
    return PartyList(
        version="test",
        parties=(
            Party(id="test:1", kind="entity", names=["ORESHNIK TRADING HOUSE LLC"]),
            Party(
                id="test:2",
                kind="entity",
                names=["KALINA MARITIME BANK", "Морской банк Калина"],
                identifiers=[Identifier(type="bic", value="KALIZZ22")],
            ),
            Party(
                id="test:3",
                kind="person",
                names=["OSTROVSKAYA, Milena Igorevna"],
                dates_of_birth=[PartialDate.parse("1971-02-14")],
            ),
            Party(id="test:4", kind="person", names=["AL-ZARRAD, Abd al-Rahman"]),
            Party(id="test:5", kind="vessel", names=["SEA LANTERN 6"]),
        ),
    )


def tiny_screener(config: Config | None = None) -> Screener:
    """Return a screener of the tiny list, with the default configuration or yours."""
    return Screener(tiny_list(), config=config)


def assert_hit(
    who: str | Counterparty,
    party_id: str,
    *,
    screener: Screener | None = None,
    kind: Kind | None = None,
) -> None:
    """Fail unless screening a counterparty hits that party.

    Args:
        who: a name, or a counterparty with what else is known.
        party_id: the party that must be among the hits.
        screener: yours; the tiny one with the default configuration if ``None``.
        kind: what the counterparty is.

    Raises:
        AssertionError: the party is no hit; the message says what was hit instead.
    """
    result = _screened(who, screener, kind)
    if party_id not in {hit.party.id for hit in result.hits}:
        name = result.counterparty.name
        raise AssertionError(f"{name!r} does not hit {party_id}; it hits: {_said(result)}")


def assert_clear(
    who: str | Counterparty, *, screener: Screener | None = None, kind: Kind | None = None
) -> None:
    """Fail unless screening a counterparty is clear; takes the arguments of `assert_hit`.

    Raises:
        AssertionError: there is a hit, or a doubt such as a name that cannot be screened; the
            message explains it.
    """
    result = _screened(who, screener, kind)
    if result.decision != "clear":
        raise AssertionError(f"{result.counterparty.name!r} is not clear: {_said(result)}")


def assert_review(
    who: str | Counterparty, *, screener: Screener | None = None, kind: Kind | None = None
) -> None:
    """Fail unless screening a counterparty asks for review; takes the arguments of `assert_hit`.

    >>> assert_review("???")

    Raises:
        AssertionError: the decision is another one; the message explains it.
    """
    result = _screened(who, screener, kind)
    if result.decision != "review":
        name = result.counterparty.name
        raise AssertionError(f"{name!r} is a {result.decision}, no review: {_said(result)}")


def _screened(
    who: str | Counterparty, screener: Screener | None, kind: Kind | None
) -> ScreeningResult:
    return (screener or tiny_screener()).screen(who, kind=kind)


def _said(result: ScreeningResult) -> str:
    """Say what was hit and set aside, and what is doubtful."""
    hits = [f"{hit.party.id}\n{hit}" for hit in result.hits] or ["nobody"]
    aside = [f"set aside: {hit.party.id}\n{hit}" for hit in result.set_aside]
    return "\n".join(filter(None, [*hits, *aside, result.reason]))
