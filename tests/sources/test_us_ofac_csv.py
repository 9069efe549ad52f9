"""OFAC's legacy CSV: the set of files, the warnings, and the real lists."""

import shutil
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

ROOT = Path(__file__).parents[2]
SDN = ROOT / "fixtures" / "lists" / "us_ofac_csv"
REAL = ROOT.parent / "shared" / "data" / "ofac"

#: parties, strong aliases, weak aliases, addresses that are not wholly null
REAL_COUNTS = {
    "2023-12-28/sdn.csv": (13_821, 17_091, 3_391, 18_990 - 2_652),
    "2022-01-21/sdn.csv": (9_044, 12_409, 2_474, 11_297),
    "2021-07-07/sdn.csv": (8_976, 11_910, 2_441, 11_440),
    "consolidated/cons_prim.csv": (442, 1_073, 72, 522),
}


@pytest.fixture
def sdn(tmp_path):
    return Path(shutil.copytree(SDN, tmp_path / "set")) / "sdn.csv"


def edit(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def test_companions_are_found(sdn):
    """The file of parties alone brings in its companions, whatever the case of their names."""
    together = read_list(
        [sdn, *sdn.parent.glob("[a]*.csv"), sdn.parent / "sdn_comments.csv"], minimum=0
    )
    (sdn.parent / "alt.csv").rename(sdn.parent / "ALT.CSV")

    assert together.digest == read_list(sdn, minimum=0).digest


def test_missing_companion_is_said(sdn):
    """A list without its aliases is read, and says so."""
    (sdn.parent / "alt.csv").unlink()
    party_list = read_list(sdn, minimum=0)

    assert any("without them" in each for each in party_list.sources[0].warnings)
    assert all(name.quality == "weak" for name in party_list.party("ofac-sdn:900002").names[1:])


def test_version_comes_from_content(sdn, tmp_path):
    """The folder's name and the file's date never pass for the publisher's date."""
    moved = shutil.copytree(sdn.parent, tmp_path / "2031-01-01") / "sdn.csv"
    first, second = read_list(sdn, minimum=0), read_list(moved, minimum=0)

    assert first.version == second.version
    assert first.version == f"sha256:{first.sources[0].digest[:12]}"
    assert first.sources[0].published is None


def test_warnings_name_what_is_wrong(sdn):
    """Strays, stale comments and remarks that break off are named by row and party."""
    warnings = "\n".join(read_list(sdn, minimum=0).sources[0].warnings)

    assert "aliases of no listed party: row 6 (party 999999)" in warnings
    assert "ofac-sdn:900001: comments on remarks not cut" in warnings
    assert "ofac-sdn:900006: remarks cut, no continuation" in warnings


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("sdn.csv", b'900007,"PLAIN CORP."', b'900001,"PLAIN CORP."', "row 7.*party 900001 twice"),
        ("sdn.csv", b'"PLAIN CORP."', b"-0- ", "row 7.*without a name"),
        ("sdn.csv", b'900007,"PLAIN', b'x,"PLAIN', "row 7.*no number"),
        ("sdn.csv", b'"PLAIN CORP.",', b"", "row 7.*11 columns, not 12"),
        ("alt.csv", b'900006,11,"aka"', b'1,1,"aka"', "not of the same day"),
        ("alt.csv", b'900001,2,"fka"', b'900001,2,"fka",', "row 2.*6 columns, not 5"),
        ("sdn_comments.csv", b"900005,", b"900005,7,", "row 1: 3 columns"),
        ("add.csv", b"\r\n\x1a", b"\r\n900006,7,-0- ,-0- ,-0- ,-0", "row 7.*last row is cut off"),
        ("add.csv", b'"Port Example"', b'"Port "Example"', "row 1.*damaged row"),
        ("add.csv", b"Novgorod", b"Novgorod\xff", "row 6.*not UTF-8"),
    ],
)
def test_damage(sdn, file, old, new, message):
    """A damaged row is refused, with file and row."""
    edit(sdn.parent / file, old, new)
    with pytest.raises(ListError, match=message):
        read_list(sdn, minimum=0)


def test_minimum(sdn):
    """A handful of parties is no SDN List."""
    with pytest.raises(ListError, match="8 parties, fewer than the 5000"):
        read_list(sdn)


@pytest.mark.parametrize(
    ("file", "old", "new", "warning"),
    [
        ("alt.csv", b"\x1a", b"", "the file of aliases has no end mark"),
        ("sdn.csv", b'"vessel"', b'"balloon"', "ofac-sdn:900003: unknown type 'balloon'"),
        ("alt.csv", b'900002,4,"nka"', b'900002,4,"xka"', "900002: unknown alias type 'xka'"),
    ],
)
def test_doubts(sdn, file, old, new, warning):
    """What is new or odd but readable is read, and warned of."""
    edit(sdn.parent / file, old, new)
    party_list = read_list(sdn, minimum=0)

    assert any(warning in each for each in party_list.sources[0].warnings)
    assert len(party_list) == 8


def test_files_without_parties(sdn):
    """Aliases and addresses alone are no list."""
    with pytest.raises(ListError, match="no file of parties"):
        read_list([sdn.parent / "alt.csv", sdn.parent / "add.csv"], minimum=0)


def test_one_file_of_each_role(sdn):
    """Two files of parties, or none, make no list."""
    with pytest.raises(ListError, match="hold the same"):
        read_list([sdn, ROOT / "fixtures/lists/us_ofac_csv.cons/cons_prim.csv"], minimum=0)
    with pytest.raises(ListError, match="give the file of parties"):
        read_list(sdn.parent / "alt.csv", minimum=0)


@pytest.mark.skipif(not REAL.exists(), reason="the published lists are not beside the checkout")
@pytest.mark.parametrize("file", REAL_COUNTS)
def test_real_lists(file):
    """Every published row is read: parties, aliases, addresses."""
    parties = read_list(REAL / file).parties
    qualities = Counter(name.quality for party in parties for name in party.names)
    counts = (
        len(parties),
        qualities["strong"] - len(parties),
        qualities["weak"],
        sum(len(party.addresses) for party in parties),
    )

    assert REAL_COUNTS[file] == counts


@pytest.mark.skipif(not REAL.exists(), reason="the published lists are not beside the checkout")
def test_qualities_agree_with_the_publishers_xml():
    """The rule that alt.csv is strong and the remarks are weak gives what the XML states."""
    root = ElementTree.parse(REAL / "consolidated" / "consolidated-2025-03-28.xml").getroot()
    space = root.tag.partition("}")[0] + "}"
    parties = {each.id: each for each in read_list(REAL / "consolidated/cons_prim.csv").parties}
    verdicts: Counter[bool] = Counter()
    for entry in root.iter(f"{space}sdnEntry"):
        party = parties.get(f"ofac-cons:{entry.findtext(f'{space}uid')}")
        qualities = {name.full: name.quality for name in party.names} if party else {}
        for alias in entry.iter(f"{space}aka"):
            parts = (alias.findtext(f"{space}{each}Name") for each in ("last", "first"))
            stated = qualities.get(", ".join(filter(None, parts)))
            if stated:
                verdicts[stated == alias.findtext(f"{space}category")] += 1

    assert verdicts == {True: 1_135}
