"""Files of many transactions: one result each, memory that does not grow, errors in their place."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import sanctscreen as ss
from sanctscreen.cli import cli
from sanctscreen.errors import InputError
from sanctscreen.payments.tree import Node, read_tree
from sanctscreen.testing import tiny_list, tiny_screener

SCREENER = tiny_screener()
PAIN = """<?xml version="1.0"?>
<e:Envelope xmlns:e="urn:envelope"><e:Body>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
<CstmrCdtTrfInitn><GrpHdr><MsgId>M1</MsgId><NbOfTxs>{count}</NbOfTxs></GrpHdr>
<PmtInf><PmtInfId>P1</PmtInfId><Dbtr><Nm>Village Bakery</Nm></Dbtr>
{transactions}</PmtInf></CstmrCdtTrfInitn></Document></e:Body></e:Envelope>
"""
TRANSACTION = """<CdtTrfTxInf><PmtId><EndToEndId>E{at}</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="EUR">1.00</InstdAmt></Amt><Cdtr><Nm>{name}</Nm></Cdtr>
<RmtInf><Ustrd>INVOICE {at}</Ustrd></RmtInf></CdtTrfTxInf>
"""
WALLET = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SWIFT = "{{1:F01EXAMDEFFAXXX0000000001}}{{2:I103EXAMUS33XXXXN}}{{4:\n:20:R{at}\n:59:{name}\n-}}\n"


def pain(folder: Path, count: int, listed: int = 0) -> Path:
    """Write a pain.001 in an envelope; the transaction of that number pays a listed party."""
    names = ["Oreshnik Trade House" if at == listed else "Mill" for at in range(1, count + 1)]
    made = "".join(TRANSACTION.format(at=at, name=name) for at, name in enumerate(names, 1))
    (folder / "pain.xml").write_text(PAIN.format(count=count, transactions=made), encoding="utf-8")
    return folder / "pain.xml"


def swift(folder: Path, count: int, listed: int = 0) -> Path:
    """Write a file of MT103, likewise."""
    names = ["Oreshnik Trade House" if at == listed else "Mill" for at in range(1, count + 1)]
    text = "".join(SWIFT.format(at=at, name=name) for at, name in enumerate(names, 1))
    (folder / "mt103.fin").write_text(text, encoding="utf-8")
    return folder / "mt103.fin"


@pytest.mark.parametrize("make", [pain, swift])
def test_each_transaction_has_its_result(tmp_path: Path, make: object) -> None:
    """In order, with its number and reference; together they are the findings of the whole."""
    path = make(tmp_path, 700, listed=650)  # type: ignore[operator]
    whole = SCREENER.screen_payment(path)
    each = list(SCREENER.screen_payments(path))

    assert [(f.number, f.field, f.text, f.decision) for f in whole.findings] == [
        (f.number, f.field, f.text, f.decision) for part in each for f in part.findings
    ]
    assert sum(part.transactions for part in each) == whole.transactions == 700
    (alert,) = (part for part in each if part.decision != "clear")
    assert {f.number for f in alert.findings} == {650}
    assert alert.findings[0].transaction in {"E650", "R650"}


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Of 12,000 elements, those of two pieces of the file are at hand at a time."""
    path = pain(tmp_path, 1500)
    most = 0
    for at, _ in enumerate(SCREENER.screen_payments(path)):
        if at % 500 == 0:
            most = max(most, sum(isinstance(each, Node) for each in gc.get_objects()))

    assert 0 < most < 6000


def test_what_is_read_ahead_is_bounded(tmp_path: Path) -> None:
    """A transaction is screened before the next but one piece of the file is read."""
    content = pain(tmp_path, 2000).read_bytes()
    read = 0

    def chunks() -> Iterator[bytes]:
        nonlocal read
        for at in range(0, len(content), 1000):
            read = at
            yield content[at : at + 1000]

    root = read_tree(chunks())
    assert (root.tag, root.closed, read) == ("Envelope", False, 0)


def test_an_error_comes_after_what_was_before_it(tmp_path: Path) -> None:
    """A file that is cut off gives its whole transactions, then an error with file and row."""
    path = pain(tmp_path, 900)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2000]), encoding="utf-8")
    seen: list[str] = []

    def screen() -> None:
        for each in SCREENER.screen_payments(path):
            seen.extend(f.transaction for f in each.findings if f.field == "creditor")

    with pytest.raises(InputError, match=r"pain\.xml, row \d+: not well-formed"):
        screen()
    assert seen[:3] == ["E1", "E2", "E3"]
    assert len(seen) > 500
    with pytest.raises(InputError):
        SCREENER.screen_payment(path)


def test_the_command_prints_line_by_line(tmp_path: Path) -> None:
    """One line of JSON for each transaction; the exit status gates the run as ever."""
    tiny_list().save(tmp_path / "list.json")
    path = pain(tmp_path, 30, listed=20)
    command = ["screen-payment", str(path), "--lines", "--list", str(tmp_path / "list.json")]

    done = CliRunner().invoke(cli, command)

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, len(lines)) == (1, 31)
    assert [line["transactions"] for line in lines[:3]] == [0, 1, 1]
    assert [line["decision"] for line in lines].count("match") == 1


@pytest.mark.parametrize(
    ("text", "identifier", "span"),
    [
        ("FUEL FOR MV EXAMPLE IMO 9074729 MAY", "imo 9074729", "9074729"),
        ("VIA KALIGB22XXX REF 77", "bic KALIGB22", "KALIGB22"),
        (
            "ACC BY13 NBRB 3600 9000 0000 2Z00 AB00 RENT",
            "account at bank NBRB BY",
            "BY13 NBRB 3600 9000 0000 2Z00 AB00",
        ),
        (
            "BTC 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "wallet 1A1zP1",
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        ),
        ("LEI 5493001KJTIIGC8Y1R12.", "lei 5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
        ("SHIPPING INVOICE 9074729", None, None),
    ],
)
def test_an_identifier_in_a_text_is_looked_up(
    text: str, identifier: str | None, span: str | None
) -> None:
    """What is written like one is a hit where a listed party has it, with its place in the text."""
    listed = [
        ("imo", "9074729"),
        ("bic", "KALIGB22"),
        ("bic", "NBRBBY2X"),
        ("wallet", WALLET),
        ("lei", "5493001KJTIIGC8Y1R12"),
    ]
    stated = [{"type": kind, "value": value} for kind, value in listed]
    party = ss.Party(id="t:1", kind="entity", names=["Qwertz"], identifiers=stated)
    message = SWIFT.format(at=1, name=f"MILL\n:70:{text}")
    payment = ss.Screener(ss.PartyList(parties=[party])).screen_payment(message)

    found = [f for f in payment.findings if f.result.hits]
    assert bool(found) == bool(identifier)
    for each in found:
        assert each.field == "remittance"
        assert identifier in str(each.result.hits[0])
        place = each.spans[0]
        assert (each.text[slice(*place)] if place else None) == span


def test_a_number_that_breaks_its_rules_is_for_review() -> None:
    """In a field that is for it, not in a text."""
    iban = "DE88370400440532013000"
    account = SCREENER.screen_payment(SWIFT.format(at=1, name=f"/{iban}\nMILL"))
    text = SCREENER.screen_payment(SWIFT.format(at=1, name=f"MILL\n:70:{iban}"))

    assert (account.decision, text.decision) == ("review", "clear")
    reasons = [f.result.reason for f in account.findings if f.decision == "review"]
    assert reasons == [f"no IBAN: '{iban}'"]
