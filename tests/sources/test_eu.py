"""The EU's list in its three layouts: what is special in each, and the real files."""

from collections import Counter
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

SHARED = Path(__file__).parents[3] / "shared" / "data" / "eu"
LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
SAMPLES = {
    "eu_fsf": LISTS / "eu_fsf" / "sample.xml",
    "eu_legacy": LISTS / "eu_legacy" / "sample.xml",
    "eu_csv": LISTS / "eu_csv" / "sample.csv",
}
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="no development data beside checkout")

#: A reference that is not whole is kept, but links to nobody.
CUT = "united_nations_id"

COUNTS = [
    # file, persons, enterprises, records
    ("fsf-rebuilt-2026-02-23.xml.gz", 4341, 1519, 5860),
    ("fsf-sample-2020-04-15.xml", 7, 0, 7),
    ("fsf-sample-2020-04-15-b.xml", 6, 0, 7),
    ("legacy-global-2016-02-11.xml.gz", 319, 276, 595),
    ("legacy-csv-2018-07-04-excel-mangled.csv.gz", 61, 32, 999),
]


def read_changed(tmp_path, sample, old, new):
    path = tmp_path / SAMPLES[sample].name
    content = SAMPLES[sample].read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    return read_list(path, minimum=0)


@pytest.mark.parametrize("sample", SAMPLES)
def test_version_and_unread(sample):
    """The list is dated by the file itself, and nothing in the sample is left unread."""
    source = read_list(SAMPLES[sample], minimum=0).sources[0]

    assert source.version is not None
    assert source.published is not None
    assert source.version.startswith(source.published.isoformat())
    assert source.unread == ()


@pytest.mark.parametrize(
    ("sample", "old", "new", "unread"),
    [
        ("eu_fsf", 'strong="false"', 'strong="false" eyes="blue"', "@eyes"),
        ("eu_fsf", "<subjectType", "<eyes>blue</eyes><subjectType", "sanctionEntity/eyes"),
        ("eu_legacy", "<TITLE>Dr.</TITLE>", "<RANK>Dr.</RANK>", "WHOLE/ENTITY/NAME/RANK"),
        ("eu_legacy", "<CITIZEN ", "<EYES>blue</EYES><CITIZEN ", "WHOLE/ENTITY/EYES"),
        ("eu_csv", "Naal_title", "Naal_rank", "Naal_rank"),
    ],
)
def test_new_field_is_noticed(tmp_path, sample, old, new, unread):
    """A field that the publisher adds or renames is named as unread."""
    (path,) = read_changed(tmp_path, sample, old, new).sources[0].unread

    assert path.endswith(unread)


@pytest.mark.parametrize(
    ("sample", "old", "new", "message"),
    [
        ("eu_fsf", 'euReferenceNumber="EU.90001.11"', "", "a party without a reference"),
        ("eu_fsf", "nameAlias", "otherAlias", "a party without a name"),
        ("eu_fsf", "<regulation ", '<subjectType code="x"/><regulation ', "two records run"),
        ("eu_legacy", 'Entity_id="90001"', 'Entity_id="90003"', "row 5.*says otherwise"),
        ("eu_legacy", 'ENTITY Id="90001"', "ENTITY", "a party without a number"),
        ("eu_legacy", "<WHOLENAME>Pebble Shore Trading</WHOLENAME>", "", "a party without a name"),
        ("eu_csv", ";EU.90001.11", ";", "row 2, field 'EU_ref_num': a row without a reference"),
        ("eu_csv", "Pebble Shore “Trading”", "", "a party without a name"),
        ("eu_csv", ";EU.90002.22\n", "\n", "58 cells, not 59"),
    ],
)
def test_refused(tmp_path, sample, old, new, message):
    """A party without id or name, or a row cut short, is an error, not one party fewer."""
    with pytest.raises(ListError, match=message):
        read_changed(tmp_path, sample, old, new)


def test_unknown_kind(tmp_path):
    """A subject type that nobody knows leaves the kind open, to be screened against all."""
    content = SAMPLES["eu_fsf"].read_text(encoding="utf-8")
    path = tmp_path / "sample.xml"
    path.write_text(content.replace('code="person" classificationCode="P"', 'code="ship"'), "utf-8")

    assert [party.kind for party in read_list(path, minimum=0).parties] == [None, "entity"]


def test_other_export_is_not_ours(tmp_path):
    """A file that merely has the same outermost element is not taken for the list."""
    path = tmp_path / "export.xml"
    path.write_text("<export><row/></export>", encoding="utf-8")
    with pytest.raises(ListError, match="no reader recognises"):
        read_list(path)


def test_wrapped_row_with_a_second_cell(tmp_path):
    """A spreadsheet's row that came apart at a comma is refused."""
    content = (LISTS / "eu_csv.excel" / "sample.csv").read_bytes()
    path = tmp_path / "sample.csv"
    path.write_bytes(content.replace(b"11\t", b'11",x,"\t', 1))
    with pytest.raises(ListError, match="row 2: more than one cell around the row"):
        read_list(path, minimum=0)


@needs_data
@pytest.mark.parametrize(("name", "persons", "enterprises", "records"), COUNTS)
def test_real_file(name, persons, enterprises, records):
    """Every published file is read whole: its records, its kinds, every field."""
    party_list = read_list(SHARED / name, minimum=0)
    source = party_list.sources[0]
    kinds = Counter(party.kind for party in party_list.parties)

    assert (source.records, source.unread) == (records, ())
    assert (kinds["person"], kinds["entity"]) == (persons, enterprises)


@needs_data
def test_real_references():
    """Parties that the EU says are on the UN list name them by the id that the UN reader gives."""
    parties = read_list(SHARED / "fsf-rebuilt-2026-02-23.xml.gz").parties
    listed = read_list(SHARED.parent / "un" / "UN_consolidated-2026-02-27.xml").parties
    references = {each for party in parties for each in party.references}
    cut = sorted(text for party in parties for key, text in party.details if key == CUT)

    assert len(references) == 83
    assert references < {party.id for party in listed}
    assert cut == ["HTi.00", "LYi.28", "QDi.43", "QDi.43"]
