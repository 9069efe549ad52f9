"""Identifiers: cleaned, checked by the rules of their type, looked up exactly, a hit each."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen.batch import screen_file
from sanctscreen.evidence.identifiers import given_keys, listed_keys
from sanctscreen.model import Identifier, Party
from sanctscreen.text.identifiers import TYPES, clean_identifier, identifier_fault

CASES = Path(__file__).parent.parent / "fixtures" / "identifiers"


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of cases."""
    with (CASES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def screener(*identifiers: tuple[str, str]) -> ss.Screener:
    """Make a screener of one party that states these identifiers."""
    stated = [Identifier(type=kind, value=value) for kind, value in identifiers]
    party = Party(id="t:1", kind="entity", names=["Oreshnik Trade House"], identifiers=stated)
    return ss.Screener(ss.PartyList(parties=[party]))


@pytest.mark.parametrize("case", rows("shared.csv"), ids=lambda case: case["note"])
def test_an_identifier_is_looked_up_exactly(case: dict[str, str]) -> None:
    """The same number in another writing is a match by itself, another number is none."""
    result = screener((case["type"], case["listed"])).screen(
        ss.Counterparty(name="Village Bakery", identifiers={case["given_as"]: case["given"]})
    )

    assert (case["shared"] == "yes") == bool(result.hits)
    if result.hits:
        expected = "review" if case["says"].startswith("account at bank") else "match"
        assert (result.decision, result.hits[0].score) == (expected, 99.0)
        assert case["says"] in str(result.hits[0])


@pytest.mark.parametrize("case", rows("checked.csv"), ids=lambda case: case["note"])
def test_an_identifier_is_checked(case: dict[str, str]) -> None:
    """What breaks the rules of its type is for review, named; what keeps them is clear."""
    result = screener().screen(
        ss.Counterparty(name="Village Bakery", identifiers={case["type"]: case["value"]})
    )

    assert (case["fault"], "review" if case["fault"] else "clear") == (
        result.reason.partition(":")[0],
        result.decision,
    )


def test_a_hit_outweighs_a_fault() -> None:
    """A list may state a number with wrong check digits; whoever states the same is a match."""
    wrong = {"lei": "253400VTMXV2UE7XNN67"}
    result = screener(*wrong.items()).screen(ss.Counterparty(name="Bakery", identifiers=wrong))

    assert (result.decision, result.reason) == ("match", "no LEI: '253400VTMXV2UE7XNN67'")


def test_whoever_has_an_account_at_a_listed_bank_is_not_that_bank(tmp_path: Path) -> None:
    """A customer with such an account asks for review, and the reason says where it is."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    iban = "BY13NBRB3600900000002Z00AB00"
    source.write_text(f"name,IBAN\nBakery,{iban}\nOreshnik Trade House,{iban}\n", encoding="utf-8")

    screen_file(source, target, screener(("bic", "NBRBBY2X")))

    out = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8")))
    assert [(row["screening_decision"], row["screening_reason"]) for row in out] == [
        ("review", "the account is at Oreshnik Trade House"),
        ("match", ""),
    ]


def test_a_payment_to_an_account_at_a_listed_bank_is_a_match() -> None:
    """The payment goes through that bank, whoever the account belongs to."""
    message = (
        "<Document><FIToFICstmrCdtTrf><CdtTrfTxInf><Cdtr><Nm>Bakery</Nm></Cdtr><CdtrAcct><Id>"
        "<IBAN>BY13NBRB3600900000002Z00AB00</IBAN></Id></CdtrAcct></CdtTrfTxInf>"
        "</FIToFICstmrCdtTrf></Document>"
    )
    payment = screener(("bic", "NBRBBY2X")).screen_payment(message)

    assert [(each.field, each.decision) for each in payment.findings] == [
        ("creditor", "clear"),
        ("creditor_account", "match"),
    ]


def test_identifiers_of_a_file_are_checked_and_looked_up(tmp_path: Path) -> None:
    """Columns for them are recognised, and a fault stands in the reason."""
    source = tmp_path / "in.csv"
    source.write_text(
        "name,IBAN,SWIFT code,wallet address\n"
        "A,,KALI ZZ 22 XXX,\n"
        "B,DE88370400440532013000,,\n"
        "C,,,0X38735F03B30FBC022DDD06ABED01F0CA823C6A94\n",
        encoding="utf-8",
    )
    listed = [("bic", "KALIZZ22"), ("wallet", "0x38735f03b30fbc022ddd06abed01f0ca823c6a94")]

    screen_file(source, tmp_path / "out.csv", screener(*listed))

    out = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8")))
    assert [(row["screening_decision"], row["screening_reason"]) for row in out] == [
        ("match", ""),
        ("review", "no IBAN: 'DE88370400440532013000'"),
        ("match", ""),
    ]


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=60))
def test_any_text_is_cleaned_checked_and_keyed(kind: str, value: str) -> None:
    """Whatever stands in a field, nothing breaks, and cleaning twice is cleaning once."""
    cleaned = clean_identifier(kind, value)

    assert cleaned == clean_identifier(kind, cleaned)
    assert isinstance(identifier_fault(kind, value), str)
    for keys in (given_keys, listed_keys):
        assert all(len(key) == 2 for key in keys([(kind, value)]))
