"""The UN list: what is special in it, and the real files."""

from collections import Counter
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

SHARED = Path(__file__).parents[3] / "shared" / "data" / "un"
SAMPLE = Path(__file__).parents[2] / "fixtures" / "lists" / "un_sc" / "sample.xml"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="no development data beside checkout")

COUNTS = [
    # file, individuals, entities, records, parties
    ("UN_consolidated-2026-02-27.xml", 730, 273, 1003, 1003),
    ("UN_consolidated-2025-04-19.xml.gz", 684, 193, 877, 877),
    ("UN_consolidated-2023-10-17.xml.gz", 693, 253, 946, 946),
    ("UN_consolidated-2023-10-19.xml.gz", 670, 192, 862, 862),
    ("UN_consolidated-2023-12-09.xml.gz", 676, 193, 870, 869),
    ("UN_consolidated-2016-02-11.xml.gz", 130, 109, 239, 239),
]


def read_changed(tmp_path, old, new):
    path = tmp_path / "list.xml"
    content = SAMPLE.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    return read_list(path, minimum=0)


def test_version():
    """The list is dated by the moment at which the publisher generated it."""
    source = read_list(SAMPLE, minimum=0).sources[0]

    assert (source.version, str(source.published)) == ("2026-02-27T00:00:09.554Z", "2026-02-27")
    assert (source.records, source.unread, source.warnings) == (3, (), ())


def test_new_field_is_noticed(tmp_path):
    """A field that the publisher adds is named as unread."""
    party_list = read_changed(tmp_path, "<GENDER>", "<EYES>blue</EYES><GENDER>")

    assert party_list.sources[0].unread == ("CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL/EYES",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<REFERENCE_NUMBER>KPi.902</REFERENCE_NUMBER>", "", "row .* a party without a reference"),
        ("MIRELA", "M" * 2_001, "a name of more than 2000 characters"),
        ("Mirela of the Docks", "()" * 1_001, "a name of more than 2000 characters"),
        ("</INDIVIDUAL>\n    <INDIVIDUAL>", "", "row .* two records run together"),
        ("<FIRST_NAME>MIRELA</FIRST_NAME>", "<FIRST_NAME/>", "row .* a party without a name"),
    ],
)
def test_refused(tmp_path, old, new, message):
    """A party without reference or name is an error with its line, not one party fewer."""
    with pytest.raises(ListError, match=message):
        read_changed(tmp_path, old, new)


def test_repeated_record(tmp_path):
    """Two records of one reference are one party with the facts of both, and a warning."""
    party_list = read_changed(tmp_path, "KPi.902", "QDi.901")

    assert len(party_list) == 2
    assert party_list.sources[0].records == 3
    assert party_list.sources[0].warnings == ("un-sc:QDi.901 stands in 2 records, read as one",)
    party = party_list.parties[0]
    assert [name.full for name in party.names if name.type == "primary"] == ["TARVO BELEKHANI OSK"]
    assert {"MIRELA", "Mirela of the Docks"} < {name.full for name in party.names}
    assert party.programmes == ("Al-Qaida", "DPRK")
    assert "Gender: female" in party.notes


@pytest.mark.parametrize("day", ["2017-13-45", "yesterday"])
def test_impossible_day(tmp_path, day):
    """A day of listing that is none is kept as it is written."""
    party = read_changed(tmp_path, "2017-06-02", day).parties[1]

    assert party.statuses[0].listed is None
    assert party.notes == (f"LISTED_ON: {day}",)


@needs_data
@pytest.mark.parametrize(("name", "persons", "entities", "records", "parties"), COUNTS)
def test_real_file(name, persons, entities, records, parties):
    """Every published file is read whole: its records, its kinds, every field."""
    party_list = read_list(SHARED / name, minimum=0)
    source = party_list.sources[0]

    assert (source.records, len(party_list), source.unread) == (records, parties, ())
    assert Counter(party.kind for party in party_list.parties) == {
        "person": persons,
        "entity": entities,
    }


@needs_data
def test_real_changes():
    """Between the published days as many parties go and come as the publisher says."""
    days = ["2023-10-17", "2023-10-19", "2023-12-09"]
    ids = [
        {party.id for party in read_list(SHARED / f"UN_consolidated-{day}.xml.gz").parties}
        for day in days
    ]

    assert (len(ids[0] - ids[1]), len(ids[1] - ids[0])) == (84, 0)
    assert (len(ids[1] - ids[2]), len(ids[2] - ids[1])) == (0, 7)


@needs_data
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("UN_consolidated-2024-10-16-unescaped-ampersand.xml.gz", 39788),
        ("UN_consolidated-2025-08-16-mixed-encoding.xml.gz", 53),
    ],
)
def test_real_malformed(name, line):
    """The copies that somebody spoiled are refused at the line where the damage begins."""
    with pytest.raises(ListError, match=f"{name}, row {line}: not well-formed XML"):
        read_list(SHARED / "malformed" / name)


@needs_data
def test_excerpt_is_too_short():
    """An excerpt does not pass for the list."""
    with pytest.raises(ListError, match="239 parties, fewer than the 600"):
        read_list(SHARED / "UN_consolidated-2016-02-11.xml.gz")
