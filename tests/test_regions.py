"""Embargoed regions in addresses: named, for review, and off unless asked for."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

import sanctscreen as ss
from sanctscreen.batch import screen_file
from sanctscreen.data import table
from sanctscreen.regions import find_regions
from sanctscreen.testing import tiny_list, tiny_screener
from sanctscreen.text.countries import country_codes

CASES = Path(__file__).parent.parent / "fixtures" / "regions.csv"
ALL = tiny_screener(ss.Config(embargoed_regions=["all"]))
PAYMENT = """<Document><FIToFICstmrCdtTrf><GrpHdr><NbOfTxs>1</NbOfTxs></GrpHdr><CdtTrfTxInf>
<Dbtr><Nm>Village Bakery</Nm><PstlAdr><TwnNm>Simferopol</TwnNm><Ctry>RU</Ctry></PstlAdr></Dbtr>
<Cdtr><Nm>Mill and Sons</Nm><CtryOfRes>CU</CtryOfRes></Cdtr>
</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>"""


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_a_region_is_recognised_in_an_address(case: dict[str, str]) -> None:
    """In any of the scripts and spellings of the table, and nothing else is."""
    found = [each.region for each in find_regions(["all"], [case["text"]])]

    assert found == ([case["region"]] if case["region"] else [])


def test_every_form_leads_to_its_region() -> None:
    """No row of the table is out of reach."""
    for row in table("embargoed_places"):
        assert row["region"] in {each.region for each in find_regions(["all"], [row["form"]])}


def test_regions_are_off_by_default() -> None:
    """The same counterparty is clear unless the configuration asks for the region."""
    who = ss.Counterparty(name="Village Bakery", countries=["CU"], addresses=["Krimea"])

    assert tiny_screener().screen(who).decision == "clear"
    assert [each.region for each in ALL.screen(who).regions] == ["cuba", "crimea"]
    only = tiny_screener(ss.Config(embargoed_regions=["crimea"])).screen(who)
    assert [each.region for each in only.regions] == ["crimea"]


def test_a_region_is_a_finding_of_its_own() -> None:
    """It asks for review, is no hit, and stands in the record with the acts behind it."""
    who = ss.Counterparty(name="Village Bakery", addresses=["Lenin St 5, Simferopol"])
    result = ALL.screen(who)

    assert (result.decision, result.hits) == ("review", ())
    assert result.record()["regions"] == [
        {
            "region": "crimea",
            "title": "Crimea and Sevastopol",
            "acts": "US Executive Order 13685; EU Regulation 692/2014; UK SI 2019/855",
            "form": "simferopol",
            "text": "Lenin St 5, Simferopol",
        }
    ]


def test_a_name_is_no_address() -> None:
    """A firm may be called after a city; only where it is counts."""
    assert ALL.screen("Simferopol Bakery").regions == ()


def test_an_unknown_region_is_refused() -> None:
    """A misspelled region would never be found."""
    with pytest.raises(ValidationError, match=r"no such region.*crimea"):
        ss.Config(embargoed_regions=["krimea"])
    assert ss.Config(embargoed_regions=["crimea"]).embargoed_regions == ("crimea",)


def test_regions_of_a_payment_are_named_by_field() -> None:
    """In an address, and as a country of residence; without asking, the payment is clear."""
    payment = ALL.screen_payment(PAYMENT)

    found = {each.field: [r.region for r in each.result.regions] for each in payment.findings}
    assert {field: regions for field, regions in found.items() if regions} == {
        "debtor_address": ["crimea"],
        "creditor": ["cuba"],
    }
    assert (payment.decision, tiny_screener().screen_payment(PAYMENT).decision) == (
        "review",
        "clear",
    )


def test_regions_of_a_file_come_from_its_address_columns(tmp_path: Path) -> None:
    """Columns of an address are read together, and only where regions are asked for."""
    source, target = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text(
        "name,street,city,country\nBakery,Krymskaya 5,Yalta,RUS\nMill,Hauptstr. 1,Berlin,DEU\n",
        encoding="utf-8",
    )

    screen_file(source, target, ALL)
    first, second = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    screen_file(source, target, ss.Screener(tiny_list()))
    plain = json.loads(target.read_text(encoding="utf-8").splitlines()[0])

    assert (first["decision"], first["input"]["addresses"]) == ("review", ["Krymskaya 5, Yalta"])
    assert first["reason"].startswith("embargoed region: Crimea and Sevastopol ('yalta'")
    assert (second["decision"], plain["decision"]) == ("clear", "clear")
    assert "addresses" not in plain["input"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("Krimea", "crimea"),
        ("Kuba", "cu"),
        ("DPRK", "kp"),
        ("PRK", "kp"),
        ("irn", "ir"),
        ("Korea, North", "kp"),
        ("Iran (Islamic Republic of)", "ir"),
        ("РФ", "ru"),
        ("D.P.R.K.", "kp"),
        ("Korea (DPRK)", "kp"),
        ("Korea, Dem. People's Rep.", "kp"),
        ("Korea, Rep.", "kr"),
        ("I.R. Iran", "ir"),
        ("Iran, Islamic Rep.", "ir"),
        ("Rep. Cuba", "cu"),
        ("Congo, Dem. Rep.", "cd"),
        ("Congo, Rep.", "cg"),
        ("China, Republic of", "tw"),
        ("China, People's Republic of", "cn"),
        ("Netherlands (the)", "nl"),
        ("N.A.", None),
        ("Republic", None),
        ("Islamic State", None),
        ("Atlantis", None),
    ],
)
def test_a_country_is_known_by_every_spelling(stated: str, code: str | None) -> None:
    """Codes of two and three letters, and names in any language, the other way round too."""
    assert country_codes([stated]) == ({code} if code else set())
