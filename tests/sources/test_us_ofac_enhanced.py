"""OFAC's enhanced XML: unread fields, damage, and agreement with the other layouts."""

from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
SAMPLE = LISTS / "us_ofac_enhanced" / "sdn_enhanced.xml"


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


def test_agrees_with_the_advanced_layout():
    """A party has the same id, names, kind, dates, gender and programmes in both layouts."""
    enhanced = read_list(SAMPLE, minimum=0)
    advanced = read_list(LISTS / "us_ofac_advanced" / "sdn_advanced.xml", minimum=0)

    for one, other in zip(enhanced.parties, advanced.parties, strict=True):
        assert (one.id, one.names, one.kind, one.gender) == (
            other.id,
            other.names,
            other.kind,
            other.gender,
        )
        assert set(other.dates_of_birth) <= set(one.dates_of_birth)
        assert one.programmes == other.programmes


def test_new_field_is_named(tmp_path):
    """An element that the publisher adds is named, not dropped in silence."""
    path = edited(tmp_path, "<identityId>", "<rank>1</rank><identityId>")

    assert read_list(path, minimum=0).sources[0].unread == (
        "sanctionsData/entities/entity/generalInfo/rank",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('entity id="900002"', 'entity id="x"', "field 'id': no number: 'x'"),
        ('entity id="900002"', 'entity id="900001"', "party 900001 twice"),
        (">Vessel<", ">Planet<", "unknown type of party: 'Planet'"),
        (">N.K.A.<", ">X.K.A.<", "unknown type of alias: 'x.k.a.'"),
        ("<formattedFullName>EX-ABC<", "<formattedFullName><", "a name without text"),
        ('entityId="900002"', "", "a relation to nobody"),
        ("<dataAsOf>2031", "<dataAsOf>x", "no such day"),
        ("<fromDateBegin>2015-01-29", "<fromDateBegin>2016-01-29", "ends before it begins"),
        ("</sanctionsData>", "", "not well-formed"),
    ],
)
def test_damage(old, new, message, tmp_path):
    """A damaged file is refused with its line."""
    with pytest.raises(ListError, match=message):
        read_list(edited(tmp_path, old, new), minimum=0)


def test_relation_that_leaves_the_file_is_said(tmp_path):
    """A related party that the file does not hold is named by its number."""
    path = edited(tmp_path, 'relatedEntity entityId="900002"', 'relatedEntity entityId="5"')
    party_list = read_list(path, minimum=0)

    assert party_list.sources[0].warnings == ("party 900001 is tied to 5, not in this file",)
    assert party_list.party("ofac-sdn:900001").links[0].name == "party 5"
