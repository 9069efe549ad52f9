"""OFAC's advanced XML: what points nowhere, damage, and agreement with the other layouts."""

from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
SAMPLE = LISTS / "us_ofac_advanced" / "sdn_advanced.xml"


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """Copy the sample with one change."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / SAMPLE.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_every_field_is_read():
    """No field of the sample is left unread, and nothing is doubted."""
    (source,) = read_list(SAMPLE, minimum=0).sources

    assert (source.unread, source.warnings, source.version) == ((), (), "2031-03-28")


def test_same_ids_as_the_other_layouts():
    """A party has the same id and primary name in every layout."""
    advanced = read_list(SAMPLE, minimum=0)
    legacy = read_list(LISTS / "us_ofac_xml" / "sdn.xml", minimum=0)

    assert [(each.id, each.name, each.kind) for each in advanced.parties] == [
        (each.id, each.name, each.kind) for each in legacy.parties
    ]


def test_original_script_is_kept():
    """A name in its own script is a name like any other."""
    party = read_list(SAMPLE, minimum=0).party("ofac-sdn:900001")

    assert ("ЗЕЛЕНКО, Аркадий Борисович", "Cyrl") in [(n.full, n.script) for n in party.names]


def test_new_field_is_named(tmp_path):
    """An element that the publisher adds is named, not dropped in silence."""
    path = edited(tmp_path, "<SanctionsEntryReference", "<Rank>1</Rank><SanctionsEntryReference")

    assert read_list(path, minimum=0).sources[0].unread == (
        "Sanctions/DistinctParties/DistinctParty/Profile/Rank",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('Version="1"', 'Version="2" DeltaBaseVersion="1"', "changes, not a whole list"),
        ('FixedRef="900002"', 'FixedRef="x"', "field 'FixedRef': no number: 'x'"),
        ('FixedRef="900002"', 'FixedRef="900001"', "party 900001 twice"),
        ('Profile ID="900002"', 'Profile ID="900001"', "profile 900001 twice"),
        ('Profile ID="900002" PartySubTypeID="3"', 'Profile ID="900002"', "no type of party"),
        ('PartySubTypeID="3"', 'PartySubTypeID="9"', "no PartySubType of the number 9"),
        ('PartyType ID="2">Entity', 'PartyType ID="2">Planet', "unknown type of party: 'Planet'"),
        ('AliasTypeID="1402"', 'AliasTypeID="1499"', "no AliasType of the number 1499"),
        ('"1402">N.K.A.', '"1402">X.K.A.', "unknown type of alias: 'x.k.a.'"),
        (">EX-ABC</NamePartValue>", "></NamePartValue>", "a name without text"),
        ('LocationID="4"', 'LocationID="40"', "no Location of the number 40"),
        ('" ProfileID="900004"', '" ProfileID="7"', "no Profile of the number 7"),
        ("<Year>1954</Year><Month>10", "<Year>1954</Year><Month>13", "no such day: 1954-13-7"),
        ("<Year>1955</Year>", "<Year>1956</Year>", "ends before it begins"),
        ("<Year>2031</Year>", "<Year></Year>", "row 3: no such day"),
        ("<SanctionsEntryLinks />\n</Sanctions>", "", "not well-formed"),
    ],
)
def test_damage(old, new, message, tmp_path):
    """A file that points nowhere, or that is none, is refused with its line."""
    with pytest.raises(ListError, match=message):
        read_list(edited(tmp_path, old, new), minimum=0)


def test_doubts(tmp_path):
    """A relation that leaves the file, and a party without a listing, are said."""
    text = SAMPLE.read_text(encoding="utf-8")
    text = text.replace(
        'From-ProfileID="900003" To-ProfileID="900002"', 'From-ProfileID="900003" To-ProfileID="5"'
    )
    start = text.index('    <SanctionsEntry ID="4"')
    path = tmp_path / "sdn.xml"
    path.write_text(text[:start] + text[text.index("  </SanctionsEntries>") :], encoding="utf-8")
    party_list = read_list(path, minimum=0)

    assert party_list.sources[0].warnings == (
        "party 900003 is tied to 5, not in this file",
        "parties without a listing: 900004",
    )
    assert party_list.party("ofac-sdn:900003").links[0].name == "profile 5"
