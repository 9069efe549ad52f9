"""OFAC's XML layouts: unread fields, damage, and the real lists."""

import shutil
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "fixtures" / "lists"
REAL = ROOT.parent / "shared" / "data" / "ofac" / "consolidated"

#: entries, aliases strong and weak, addresses, identifiers and other labelled facts
REAL_COUNTS = {
    "consolidated-2025-03-28.xml": (443, 1_066, 70, 520, "2025-03-28"),
    "consolidated-2022-02-22.xml.gz": (444, 1_010, 61, 490, "2022-02-22"),
    "consolidated-2022-02-24.xml.gz": (462, 1_108, 71, 525, "2022-02-24"),
}
needs_real = pytest.mark.skipif(
    not REAL.exists(), reason="the published lists are not beside the checkout"
)


def edited(tmp_path: Path, sample: str, old: str, new: str) -> Path:
    """Copy a sample with one change."""
    (file,) = (each for each in (LISTS / sample).iterdir() if each.suffix == ".xml")
    text = file.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / file.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("sample", ["us_ofac_xml", "us_ofac_xml.cons"])
def test_every_field_is_read(sample):
    """The sample holds every element of the schema, and none is left unread."""
    (file,) = (LISTS / sample).glob("*.xml")

    assert read_list(file, minimum=0).sources[0].unread == ()


def test_new_field_is_named(tmp_path):
    """An element that the publisher adds is named, not dropped in silence."""
    path = edited(tmp_path, "us_ofac_xml", "<title>", "<rank>General</rank><title>")

    assert read_list(path, minimum=0).sources[0].unread == ("sdnList/sdnEntry/rank",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<Record_Count>4", "<Record_Count>5", "4 entries, but the file says it holds 5"),
        ("03/28/2031", "2031-03-28", "row 3, field 'Publish_Date': not a day"),
        ("<uid>900002", "<uid>900001", "party 900001 twice"),
        ("<uid>900002", "<uid>x", "field 'uid': no number: 'x'"),
        ("<sdnType>Vessel", "<sdnType>Balloon", "unknown type of party: 'Balloon'"),
        ("<type>a.k.a.", "<type>x.k.a.", "field 'type': unknown type of alias: 'x.k.a.'"),
        ("<lastName>INVENTED STAR</lastName>", "", "field 'lastName': a name without text"),
        ("<sdnList", '<!DOCTYPE a [<!ENTITY b "c">]><sdnList', "DOCTYPE"),
        ("</sdnList>", "", "not well-formed"),
        ("KORYO INVENTED", "KORYO & INVENTED", "not well-formed"),
    ],
)
def test_damage(old, new, message, tmp_path):
    """A damaged file is refused, with file and row."""
    with pytest.raises(ListError, match=message):
        read_list(edited(tmp_path, "us_ofac_xml", old, new), minimum=0)


def test_one_file_at_a_time():
    """The SDN List and the other one are two lists."""
    files = [LISTS / "us_ofac_xml/sdn.xml", LISTS / "us_ofac_xml.cons/consolidated.xml"]
    with pytest.raises(ListError, match="one by one"):
        read_list(files)


def test_minimum():
    """A handful of parties is neither list."""
    with pytest.raises(ListError, match="4 parties, fewer than the 5000"):
        read_list(LISTS / "us_ofac_xml/sdn.xml")
    with pytest.raises(ListError, match="2 parties, fewer than the 200"):
        read_list(LISTS / "us_ofac_xml.cons/consolidated.xml")


def test_packed_file_is_recognised(tmp_path):
    """The content tells the format, whatever the file is called."""
    path = shutil.copy(LISTS / "us_ofac_xml/sdn.xml", tmp_path / "download.bin")

    assert len(read_list(path, minimum=0)) == 4


@needs_real
@pytest.mark.parametrize("file", REAL_COUNTS)
def test_real_lists(file):
    """Every published entry, alias and address is read, and no field is left unread."""
    party_list = read_list(REAL / file)
    entries, strong, weak, addresses, day = REAL_COUNTS[file]
    qualities = [name.quality for party in party_list.parties for name in party.names[1:]]

    assert (len(party_list), qualities.count("strong"), qualities.count("weak")) == (
        entries,
        strong,
        weak,
    )
    assert sum(len(party.addresses) for party in party_list.parties) == addresses
    assert (party_list.version, party_list.sources[0].unread) == (day, ())


@needs_real
def test_real_xml_and_csv_agree():
    """The XML of March 2025 and the CSV of December hold the same parties, but for updates."""
    xml = read_list(REAL / "consolidated-2025-03-28.xml")
    csv = {party.id: party for party in read_list(REAL / "cons_prim.csv").parties}
    both = [(party, csv[party.id]) for party in xml.parties if party.id in csv]

    assert len(both) == 442
    for field, most in {"dates_of_birth": 0, "places_of_birth": 0, "gender": 0, "links": 0}.items():
        differing = sum(getattr(one, field) != getattr(other, field) for one, other in both)
        assert differing <= most, field
    same_identifiers = sum(set(one.identifiers) == set(two.identifiers) for one, two in both)
    assert same_identifiers == 422
