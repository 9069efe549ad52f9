"""Help for the unit tests of those who use the library: a tiny list and two assertions.

The list is invented and will not change between minor versions, so that your tests fail when
your thresholds change, and not when a sanctions list does.

>>> from sanctscreen.testing import assert_clear, assert_hit
>>> assert_hit("Oreshnik Trade House", "test:1")
>>> assert_clear("Kalina Bakery", kind="entity")
"""

from __future__ import annotations

from functools import cache

from sanctscreen.config import Config
from sanctscreen.model import Identifier, Kind, PartialDate, Party
from sanctscreen.party_list import PartyList
from sanctscreen.result import Hit
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
    name: str,
    party_id: str,
    *,
    screener: Screener | None = None,
    kind: Kind | None = None,
) -> None:
    """Fail unless screening a name hits that party.

    Args:
        name: the name to screen.
        party_id: the party that must be among the hits.
        screener: yours; the tiny one with the default configuration if ``None``.
        kind: what the counterparty is.

    Raises:
        AssertionError: the party is no hit; the message says what was hit instead.
    """
    hits = _hits(name, screener, kind)
    if party_id not in {hit.party.id for hit in hits}:
        raise AssertionError(f"{name!r} does not hit {party_id}; it hits: {_said(hits)}")


def assert_clear(name: str, *, screener: Screener | None = None, kind: Kind | None = None) -> None:
    """Fail if screening a name hits anybody; takes the arguments of `assert_hit`.

    Raises:
        AssertionError: there is a hit; the message explains it.
    """
    hits = _hits(name, screener, kind)
    if hits:
        raise AssertionError(f"{name!r} is not clear: {_said(hits)}")


def _hits(name: str, screener: Screener | None, kind: Kind | None) -> tuple[Hit, ...]:
    return (screener or tiny_screener()).screen(name, kind=kind).hits


def _said(hits: tuple[Hit, ...]) -> str:
    return "\n".join(f"{hit.party.id}\n{hit}" for hit in hits) or "nobody"
