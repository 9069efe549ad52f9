"""The Consolidated Screening List: lists within the list, cut rows, damaged JSON."""

import json
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
CSV = LISTS / "us_csl_csv" / "consolidated.csv"
JSON = LISTS / "us_csl_json" / "consolidated.json"


def test_one_status_per_list():
    """A party of two lists has the status, programmes and effect of each."""
    party = read_list(CSV, minimum=0).party("us-csl:990002")

    assert [(each.source, each.effects) for each in party.statuses] == [
        ("us-csl-ssi", ("restrict",)),
        ("us-csl-mbs", ("restrict",)),
    ]
    assert party.references == ("ofac-cons:990002",)


def test_unknown_list_is_named():
    """A list that the table does not know is read, without an effect, and pointed out."""
    party_list = read_list(CSV, minimum=0)

    assert any("Invented List" in each for each in party_list.sources[0].warnings)
    assert sum(source.records for source in party_list.sources[1:]) == 7


def test_cut_row_is_left_out_only_if_asked(tmp_path):
    """A last row that breaks off is refused; on request it is left out and the source says so."""
    path = tmp_path / "csl.csv"
    path.write_bytes(CSV.read_bytes()[:-40])
    with pytest.raises(ListError, match="cut off"):
        read_list(path, minimum=0)
    party_list = read_list(path, minimum=0, partial=True)

    assert len(party_list) == len(read_list(CSV, minimum=0)) - 1
    assert any("left out, as asked" in each for each in party_list.sources[0].warnings)


def test_other_formats_are_read_whole_or_not_at_all():
    """A format whose reader knows no halves says so."""
    with pytest.raises(ListError, match="us-csl-json is read whole or not at all"):
        read_list(JSON, minimum=0, partial=True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.update(total=4), "3 records, but it says 4"),
        (lambda content: content.update(results={}), "no array of results"),
        (lambda content: content["results"].__setitem__(0, "x"), "no object"),
        (lambda content: content["results"][0].update(name=None, alt_names=[]), "without a name"),
        (lambda content: content["results"][0].update(name=["x"]), "no single value"),
        (lambda content: content["results"][0].update(alt_names=[{}]), "no plain values"),
        (lambda content: content["results"][0].update(ids=["x"]), "holds no objects"),
    ],
)
def test_damaged_json(tmp_path, change, message):
    """A JSON file that does not hold what it should is refused with the record and field."""
    content = json.loads(JSON.read_text(encoding="utf-8"))
    change(content)
    path = tmp_path / "csl.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ListError, match=message):
        read_list(path, format="us-csl-json", minimum=0)


def test_key_twice(tmp_path):
    """Two values for one key are no choice that a reader may make."""
    path = tmp_path / "csl.json"
    path.write_text('{"results": [], "results": [], "source_list_url": ""}', encoding="utf-8")
    with pytest.raises(ListError, match="a key twice"):
        read_list(path, minimum=0)


def test_unread_field(tmp_path):
    """A field that the publisher adds is named."""
    content = json.loads(JSON.read_text(encoding="utf-8"))
    content["results"][0]["addresses"][0]["planet"] = "Earth"
    content["results"][1]["vessel_colour"] = "grey"
    path = tmp_path / "csl.json"
    path.write_text(json.dumps(content), encoding="utf-8")

    assert read_list(path, minimum=0).sources[0].unread == ("addresses.planet", "vessel_colour")
