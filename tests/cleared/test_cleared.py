"""Hits that an analyst has cleared: what stays hidden, and what is open again."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen.cleared import Clearances, clear, reopen
from sanctscreen.errors import ClearanceError
from sanctscreen.model import Clearance, Identifier, Name, PartialDate
from sanctscreen.result import ScreeningResult

BANK: dict[str, Any] = {"id": "x:1", "kind": "entity", "names": ["Listed Maritime Bank"]}
OTHER: dict[str, Any] = {"id": "x:2", "kind": "entity", "names": ["Maritime Bank Listed"]}
WHO: dict[str, Any] = {"name": "Listed Maritime Bank", "reference": "C1", "countries": ["DE"]}


def screened(
    *parties: dict[str, Any],
    who: dict[str, Any] | None = None,
    said: Clearances | None = None,
    **config: Any,
) -> ScreeningResult:
    party_list = ss.PartyList(parties=[ss.Party(**each) for each in parties or (BANK,)])
    screener = ss.Screener(party_list, config=ss.Config(**config), cleared=said)
    return screener.screen(ss.Counterparty(**(who or WHO)))


def word(result: ScreeningResult | None = None, **changes: Any) -> Clearance:
    """Return an analyst's word on the bank, as of today."""
    said = clear(result or screened(), "x:1", author="Ann", reason="another bank")
    return said.model_copy(update=changes)


def test_a_cleared_hit_is_hidden_and_kept() -> None:
    """The decision is clear; the hit stands in the record with who cleared it and why."""
    result = screened(said=Clearances([word()]))

    assert (result.decision, result.hits) == ("clear", ())
    assert [each.hit.party.id for each in result.cleared] == ["x:1"]
    recorded = result.record()["cleared"][0]
    assert (recorded["party"], recorded["clearance"]["author"]) == ("x:1", "Ann")
    assert recorded["explanation"]


def test_only_the_hit_itself_is_hidden() -> None:
    """Another hit of the same counterparty counts as before."""
    result = screened(BANK, OTHER, said=Clearances([word()]))

    assert (result.decision, [hit.party.id for hit in result.hits]) == ("match", ["x:2"])


#: what differs from what the analyst saw, and what the result says about it
CHANGES = {
    "a new alias": ({"names": ["Listed Maritime Bank", "LMB"]}, {}, "entry has changed"),
    "a new alias that matches": (
        {"names": ["Listed Bank", "Listed Maritime Bank"]},
        {},
        "entry has changed",
    ),
    "a new identifier": (
        {"identifiers": [Identifier(type="bic", value="LISTDEFF")]},
        {},
        "entry has changed",
    ),
    "a new remark": ({"notes": ["seen in Hamburg"]}, {}, "entry has changed"),
    "a reference to another list": ({"references": ["un:1"]}, {}, "entry has changed"),
    "another country": ({}, {"countries": ["KP"]}, "counterparty has changed"),
    "another kind": ({}, {"kind": "entity"}, "counterparty has changed"),
    "a number": ({}, {"identifiers": {"bic": "LISTDEFF"}}, "counterparty has changed"),
    "another spelling": ({}, {"name": "Listed Maritime Bank."}, "counterparty has changed"),
    "a reference of another": ({}, {"reference": "C2"}, ""),
    "no reference": ({}, {"reference": None}, ""),
}


@pytest.mark.parametrize(("party", "who", "why"), CHANGES.values(), ids=CHANGES)
def test_any_change_opens_the_hit_again(
    party: dict[str, Any], who: dict[str, Any], why: str
) -> None:
    """Whichever side changes; a known counterparty is told from a new one by its reference."""
    result = screened(BANK | party, who=WHO | who, said=Clearances([word()]))

    assert (result.decision, result.cleared) == ("match", ())
    assert [why in each.why for each in result.reopened] == [True] * bool(why)
    assert [each["party"] for each in result.record()["reopened"]] == ["x:1"] * bool(why)


def test_another_name_of_the_same_entry_opens_the_hit_again() -> None:
    """A weak alias that did not count when the analyst looked counts now."""
    weak = Name(full="Listed Maritime Bank", quality="weak")
    party = BANK | {"names": [Name(full="Listed Maritim Bank", type="primary"), weak]}
    said = Clearances([word(screened(party))])

    assert screened(party, said=said).decision == "clear"
    result = screened(party, said=said, weak_aliases=True)
    assert result.decision == "match"
    assert "another name of the party matches" in str(result.reopened[0])


@pytest.mark.parametrize(("days", "decision"), [(-1, "match"), (0, "match"), (1, "clear")])
def test_it_expires_by_itself(days: int, decision: str) -> None:
    """It holds before the day of expiry, not on it."""
    today = datetime.now(UTC)
    said = word(decided_at=today - timedelta(days=9), expires=today.date() + timedelta(days=days))

    result = screened(said=Clearances([said]))

    assert result.decision == decision
    assert ["expired" in each.why for each in result.reopened] == [True] * (decision == "match")


@pytest.mark.parametrize("order", [1, -1])
def test_the_latest_word_counts(order: int) -> None:
    """Whatever the order in which the words are given."""
    said = word()
    taken_back = reopen(said, author="Ben", reason="a mistake")

    result = screened(said=Clearances([said, taken_back][::order]))

    assert (result.decision, result.reopened) == ("match", ())


def test_a_limit_cannot_make_an_uncleared_hit_clear() -> None:
    """Hits beyond the limit count, whether clearances are known before or applied later."""
    party_list = ss.PartyList(parties=[ss.Party(**BANK), ss.Party(**OTHER)])
    said, who = Clearances([word()]), ss.Counterparty(**WHO)

    before = ss.Screener(party_list, cleared=said).screen(who, limit=1)
    after = said.apply(ss.Screener(party_list).screen(who, limit=1))

    assert (before.decision, [hit.party.id for hit in before.hits]) == ("match", ["x:2"])
    assert (after.decision, after.hits, after.unshown) == ("match", (), 1)


def test_a_name_that_cannot_be_screened_is_never_clear() -> None:
    """Clearing its hits does not make it readable."""
    who = {"name": "?!", "identifiers": {"bic": "LISTDEFF"}}
    party = BANK | {"identifiers": [Identifier(type="bic", value="LISTDEFF")]}
    said = Clearances([word(screened(party, who=who))])

    result = screened(party, who=who, said=said)

    assert (result.decision, result.hits, len(result.cleared)) == ("review", (), 1)


@given(cleared=st.sets(st.integers(0, 4)), later=st.sets(st.integers(0, 4)))
def test_applying_again_is_applying_anew(cleared: set[int], later: set[int]) -> None:
    """A result that was judged by older clearances comes out as one that never was."""
    parties = [BANK | {"id": f"x:{number}"} for number in range(5)]
    plain = screened(*parties)

    def said(which: set[int]) -> Clearances:
        return Clearances(
            clear(plain, f"x:{each}", author="Ann", reason="no") for each in sorted(which)
        )

    one, two = said(cleared), said(later)

    result = two.apply(one.apply(plain))
    assert result == two.apply(plain)
    assert result.decision == ("clear" if len(later) == 5 else "match")
    assert {each.hit.party.id for each in result.cleared} == {f"x:{each}" for each in later}
    assert len(result.hits) + len(result.cleared) == 5


MESSAGE = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<CdtTrfTxInf><PmtId><EndToEndId>{id}</EndToEndId></PmtId><Dbtr><Nm>Listed Maritime Bank</Nm>
<Id><OrgId>{numbers}</OrgId></Id></Dbtr><Cdtr><Nm>Hofmann Werkzeugbau</Nm></Cdtr></CdtTrfTxInf>
</FIToFICstmrCdtTrf></Document>"""
NUMBER = "<Othr><Id>{}</Id><SchmeNm><Cd>TXID</Cd></SchmeNm></Othr>"


def test_a_field_of_a_payment_is_cleared_with_all_that_it_says() -> None:
    """The next payment of the same party is clear; one that says more about it is not."""
    party_list = ss.PartyList(parties=[ss.Party(**BANK)])

    def paid(*numbers: str, said: Clearances | None = None) -> ss.PaymentResult:
        message = MESSAGE.format(id="A-1", numbers="".join(map(NUMBER.format, numbers)))
        return ss.Screener(party_list, cleared=said).screen_payment(message)

    hit = next(each for each in paid("11", "22").findings if each.decision == "match")
    said = Clearances([word(hit.result)])

    assert paid("11", "22", said=said).decision == "clear"
    assert paid("11", said=said).decision == "match"
    assert paid("11", "33", said=said).decision == "match"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"party": "x:9"}, "no open hit on 'x:9'; there are: x:1"),
        ({"author": ""}, "author: String should have at least 1 character"),
        ({"reason": ""}, "reason: String should have at least 1 character"),
        ({"reason": "x" * 2001}, "reason: String should have at most 2000 characters"),
        ({"expires": date(2020, 1, 1)}, "must expire after the day"),
    ],
)
def test_what_cannot_be_kept_is_an_error(arguments: dict[str, Any], message: str) -> None:
    """A word without author, reason or a future has no weight."""
    given = {"party": "x:1", "author": "Ann", "reason": "no"} | arguments
    with pytest.raises(ClearanceError, match=message):
        clear(screened(), **given)


def test_digests_are_those_of_the_content() -> None:
    """Equal content has an equal digest, however it was made; other content another."""
    born = ss.Counterparty(name="A", date_of_birth="1971", identifiers={"bic": "B", "lei": "L"})
    again = ss.Counterparty.model_validate_json(born.model_dump_json())
    turned = ss.Counterparty(
        name="A", date_of_birth=PartialDate.parse("1971"), identifiers={"lei": "L", "bic": "B"}
    )

    assert born.digest == again.digest == turned.digest
    assert born.digest != born.model_copy(update={"name": "B"}).digest
    assert ss.Counterparty(name="\ud800").digest


def test_screening_opens_no_database() -> None:
    """Neither the library nor a screener with clearances needs SQLite."""
    code = (
        "import sys, sanctscreen as ss; from sanctscreen.cleared import Clearances, clear; "
        "r = ss.Screener().screen('Korea Kwangson Bank'); "
        "c = Clearances([clear(r, r.hits[0].party.id, author='A', reason='B')]); "
        "assert ss.Screener(cleared=c).screen('Korea Kwangson Bank').decision == 'clear'; "
        "sys.exit('sqlite3' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
