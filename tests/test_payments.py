"""Payment messages: every field is read by the map, and none is passed over."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen.cli import cli
from sanctscreen.data import table
from sanctscreen.errors import InputError
from sanctscreen.model import Identifier
from sanctscreen.payments.subjects import Line, readings
from sanctscreen.payments.tree import DEEPEST

ROOT = Path(__file__).parents[1]
MESSAGES = ROOT / "fixtures" / "messages"
SHARED = ROOT.parent / "shared" / "data"
FILES = sorted(each for each in MESSAGES.iterdir() if each.suffix in {".xml", ".fin"})
PARTIES = (
    ss.Party(
        id="x:person",
        kind="person",
        names=("QUISTRENDEL, Borbala",),
        identifiers=(Identifier(type="passport", value="AB1234567"),),
    ),
    ss.Party(id="x:firm", kind="entity", names=("Vormelund Shipping",)),
    ss.Party(
        id="x:bank",
        kind="entity",
        names=("Torkavian Unity Bank",),
        identifiers=(Identifier(type="bic", value="TRKVKPPY"),),
    ),
    ss.Party(id="x:ship", kind="vessel", names=("OSTREVAL DAWN",)),
)
SWIFT = "{1:F01EXAMDEFFAXXX0000000001}{2:I103EXAMUS33XXXXN}{4:\n:20:X\n%s\n-}"
ISO = "<Document><FIToFICstmrCdtTrf><CdtTrfTxInf>%s</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>"


@pytest.fixture(scope="module")
def screener() -> ss.Screener:
    """Return a screener for four invented parties."""
    return ss.Screener(ss.PartyList(parties=PARTIES))


def expected() -> list[dict[str, str]]:
    with (MESSAGES / "expected.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def alerts(payment: ss.PaymentResult) -> Iterator[tuple[str, ...]]:
    """Yield what is not clear: place, decision, parties, the words marked, the reason."""
    for each in payment.findings:
        if each.decision != "clear":
            parties = " ".join(hit.party.id for hit in each.result.hits)
            marked = [each.text[slice(*span)] for span in each.spans if span]
            place = (str(each.number), each.transaction, each.field, each.decision)
            yield (*place, parties, "; ".join(marked), each.result.reason)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_message_alerts_where_expected(path: Path, screener: ss.Screener) -> None:
    """A message alerts in the fields that the table names, and in no other."""
    wanted = [tuple(row.values())[1:] for row in expected() if row["file"] == path.name]

    assert list(alerts(screener.screen_payment(path))) == wanted


def test_sample_messages_give_their_truth() -> None:
    """Each sample against OFAC's list hits the right party in the right field, and nothing else."""
    truth = SHARED / "messages" / "truth.csv"
    official = SHARED / "ofac" / "2023-12-28" / "sdn.csv"
    if not truth.exists() or not official.exists():
        pytest.skip("needs the sample messages and OFAC's list beside the checkout")
    screener = ss.Screener(ss.read_list(official))
    with truth.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        payment = screener.screen_payment(truth.parent / row["file"])
        found = [
            (each.field, hit.party.id) for each in payment.findings for hit in each.result.hits
        ]
        hit = (row["field"].replace(" ", "_"), f"ofac-sdn:{row['expected_party_id']}")

        assert found == ([] if row["expected"] == "clear" else [hit]), row["file"]
        assert payment.decision == ("clear" if row["expected"] == "clear" else "match")


def test_path_text_and_bytes_give_the_same(screener: ss.Screener) -> None:
    """A message may be given as a path, a path in a string, a string or bytes."""
    path = MESSAGES / "mt103.fin"
    forms = (path, str(path), path.read_text(encoding="utf-8"), path.read_bytes())
    found = [list(alerts(screener.screen_payment(form))) for form in forms]

    assert found[0]
    assert found.count(found[0]) == len(forms)


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("no/such/file.xml", "neither a payment message nor a file"),
        (b"", "neither ISO 20022 XML nor a SWIFT MT message"),
        (b"\x00\xff", "neither ISO 20022 XML nor a SWIFT MT message"),
        ("<!DOCTYPE d [<!ENTITY e 'x'>]><Document>&e;</Document>", "row 1: a DOCTYPE"),
        ("<Document>\n<FICdtTrf></Document>", "row 2: not well-formed XML"),
        ("<Document><BkToCstmrStmt/></Document>", "row 1: no pacs.008, pacs.009"),
        ("<Document><FICdtTrf/></Document>", "holds no transaction"),
        ("<a>" * (DEEPEST + 2), "nested more than"),
        ("{1:F01EXAMDEFFAXXX0000000001}{2:I940EXAMUS33XXXXN}{4:\n:20:X\n-}", "MT940 is not read"),
        ("{1:F01EXAMDEFFAXXX0000000001}{2:I103EXAMUS33XXXXN}{4:\n:20:X\n", "cut off or damaged"),
        ("{1:F01EXAMDEFFAXXX0000000001}", "no header blocks"),
    ],
)
def test_unreadable_message_is_an_error_with_its_place(
    message: str | bytes, fault: str, screener: ss.Screener
) -> None:
    """What is no whole message of a known type is an error that says where."""
    with pytest.raises(InputError, match=fault):
        screener.screen_payment(message)


def test_error_names_the_file(tmp_path: Path, screener: ss.Screener) -> None:
    """The error of a damaged file names the file and the line."""
    path = tmp_path / "cut.xml"
    path.write_text("<Document>\n<FICdtTrf>", encoding="utf-8")

    with pytest.raises(InputError, match=r"cut\.xml, row 2") as caught:
        screener.screen_payment(path)
    assert (caught.value.path, caught.value.row) == (str(path), 2)


@given(st.text(alphabet="AB /.-", max_size=40), st.text(alphabet="AB /.-", max_size=40))
def test_readings_keep_every_letter(first: str, second: str) -> None:
    """Joining lines loses and adds nothing but spaces."""
    for full in (True, False):
        for each in readings([Line(first, full), Line(second, full=False)]):
            assert each.replace(" ", "") == (first + second).replace(" ", "")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_content_of_an_element_is_screened_or_refused(content: str) -> None:
    """Whatever stands in a creditor, the outcome is a finding for it or an error with a place."""
    screener = ss.Screener(ss.PartyList(parties=PARTIES))
    try:
        payment = screener.screen_payment(ISO % f"<Cdtr><Nm>{content}</Nm></Cdtr>")
    except InputError as error:
        told = error.row is not None
    else:
        told = any(each.field.startswith("creditor") for each in payment.findings)
    assert told


@given(st.text(alphabet="VORMELUND SHIPPING:/-\n1", max_size=80))
def test_any_line_of_a_swift_party_is_screened(content: str) -> None:
    """Whatever stands in field 59, there is a finding for the creditor, or an error."""
    screener = ss.Screener(ss.PartyList(parties=PARTIES))
    try:
        payment = screener.screen_payment(SWIFT % f":59:{content}")
    except InputError:
        return
    assert "creditor" in [each.field for each in payment.findings]


@pytest.mark.parametrize(
    ("message", "born"),
    [
        (
            ISO % "<Dbtr><Nm>A</Nm><Id><PrvtId><DtAndPlcOfBirth><BirthDt>1985-01-02</BirthDt>"
            "<PrvcOfBirth>Pest</PrvcOfBirth><CityOfBirth>Sampletown</CityOfBirth>"
            "<CtryOfBirth>HU</CtryOfBirth></DtAndPlcOfBirth></PrvtId></Id></Dbtr>",
            "Pest, Sampletown, HU",
        ),
        (SWIFT % ":50F:/1\n1/A\n3/HU/OTHERTOWN\n4/19850102\n5/HU/SAMPLETOWN", "HU/SAMPLETOWN"),
    ],
)
def test_a_birth_counts_with_its_day_and_its_place(
    message: str, born: str, screener: ss.Screener
) -> None:
    """Both are weighed beside the name of the party."""
    found = screener.screen_payment(message).findings
    who = next(each for each in found if each.field == "debtor").result.counterparty

    assert (str(who.date_of_birth), who.place_of_birth) == ("1985-01-02", born)


def test_the_clearing_code_of_an_agent_is_looked_up() -> None:
    """Lists state that of Russian banks, without the letters of the system."""
    bank = ss.Party(
        id="x:2",
        kind="entity",
        names=["Torkavian Unity Bank"],
        identifiers=[Identifier(type="other", value="044525225")],
    )
    payment = ss.Screener(ss.PartyList(parties=[bank])).screen_payment(
        SWIFT % ":57D://RU044525225\nTUB\nMOSCOW"
    )

    assert [(each.field, each.decision) for each in payment.findings if each.result.hits] == [
        ("creditor_agent", "match")
    ]


def test_record_is_json_and_the_result_is_frozen(screener: ss.Screener) -> None:
    """A record survives JSON, and a result cannot be changed."""
    payment = screener.screen_payment(MESSAGES / "pacs008-two.xml")
    record = json.loads(json.dumps(payment.record()))

    assert record["decision"] == payment.decision == "match"
    assert len(record["findings"]) == len(payment.findings)
    with pytest.raises(AttributeError):
        payment.findings = ()  # type: ignore[misc]


def test_shipped_list_is_the_default() -> None:
    """Without a screener, a message is screened against the list shipped with the library."""
    message = ISO % "<Cdtr><Nm>Korea Kwangson Bank</Nm></Cdtr>"

    assert ss.screen_payment(message).decision == "match"


def test_every_place_of_the_map_is_told_once() -> None:
    """The field map says one thing of each place, and gives a reason for what is not screened."""
    rows = table("payment_fields")
    places = [(row["message"], row["place"]) for row in rows]

    assert len(set(places)) == len(places)
    assert [row["place"] for row in rows if row["screened_as"] == "none" and not row["note"]] == []


@pytest.mark.parametrize(
    ("names", "status"),
    [(["clear.fin"], 0), (["clear.fin", "hit.fin"], 1), (["bad.fin", "hit.fin", "clear.fin"], 2)],
)
def test_command_gates_a_run(names: list[str], status: int, tmp_path: Path) -> None:
    """The command screens every file it can, and its status tells clear, alert and bad input."""
    (tmp_path / "clear.fin").write_text(SWIFT % ":59:MARTA ESPOSITO", encoding="utf-8")
    (tmp_path / "hit.fin").write_text(SWIFT % ":59:VORMELUND SHIPPING", encoding="utf-8")
    (tmp_path / "bad.fin").write_text("{1:", encoding="utf-8")
    ss.PartyList(parties=PARTIES).save(tmp_path / "list.json")
    files = [str(tmp_path / name) for name in names]
    done = CliRunner().invoke(
        cli, ["screen-payment", *files, "--list", str(tmp_path / "list.json"), "--json"]
    )

    assert done.exit_code == status
    assert ("bad.fin" in done.stderr) == ("bad.fin" in names)
    answers = [json.loads(line)["file"] for line in done.stdout.splitlines()]
    assert answers == [each for each in files if not each.endswith("bad.fin")]


def test_document_shows_the_map() -> None:
    """The document lists every place of the field map."""
    page = (ROOT / "docs" / "payments.md").read_text(encoding="utf-8")
    rows = [
        f"| `{row['place']}` | {row['field'] and '`' + row['field'] + '`'} "
        f"| {row['screened_as']} | {row['note']} |"
        for row in table("payment_fields")
    ]

    assert [row for row in rows if row not in page] == []
