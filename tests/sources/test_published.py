"""The British, Canadian, Swiss and other American lists as published: counts, nothing lost."""

import csv
import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no development data beside checkout")

#: file, how to read it, records, parties of each kind
COUNTS = [
    ("uk/ConList-2020-04-27.csv", {}, 9_492, {"person": 1_523, "entity": 579, None: 12}),
    ("uk/ConList-2018-04-13.csv.gz", {}, 9_487, {"person": 1_426, "entity": 669, None: 11}),
    ("uk/ConList-2016-02-12.csv.gz", {"minimum": 0}, 800, {"person": 323, "entity": 140}),
    (
        "uk/UK-Sanctions-List-rebuilt-2026-02-23.xml.gz",
        {},
        5_738,
        {"person": 3_868, "entity": 1_288, "vessel": 582},
    ),
    ("uk/FCDO_SL_2025-08-11.ods", {}, 5_302, {"person": 3_752, "entity": 1_087, "vessel": 461}),
    ("us_other/bis_dpl-2022-09.txt", {}, 581, {None: 461}),
    (
        "us_other/csl-2019-12.csv",
        {"minimum": 0},
        115,
        {"entity": 46, "person": 20, "vessel": 2, None: 45},
    ),
    (
        "us_other/csl-2023-11-30.csv.gz",
        {"minimum": 0, "partial": True},
        4_226,
        {"entity": 1_055, "person": 1_122, "vessel": 3, None: 2_039},
    ),
    ("canada/sema-lmes-2025.xml", {}, 4_759, {"person": 3_334, "entity": 1_316, "vessel": 109}),
    ("canada/sema-lmes-2020.xml", {}, 1_369, {"person": 985, "entity": 384}),
    ("switzerland/seco-format-example-2024-01-17.xml", {"minimum": 0}, 3, {"person": 3}),
]
#: file, lines before the header line, delimiter, encoding, the party that a row belongs to
TABLES = [
    ("uk/ConList-2020-04-27.csv", 1, ",", "cp1252", lambda row: f"uk-ofsi:{row['Group ID']}"),
    ("uk/ConList-2018-04-13.csv.gz", 1, ",", "cp1252", lambda row: f"uk-ofsi:{row['Group ID']}"),
    (
        "us_other/csl-2023-11-30.csv.gz",
        1,
        ",",
        "utf-8",
        lambda row: f"us-csl:{row['entity_number'] or row['_id']}",
    ),
    (
        "us_other/bis_dpl-2022-09.txt",
        0,
        "\t",
        "utf-8",
        lambda row: f"us-bis-dpl:{' '.join(row['Name'].split())}",
    ),
]
#: Dates, which become dates; what becomes the id, kind or type; where a list stands on the web.
READ_OTHERWISE = {
    *("DOB", "dates_of_birth", "Listed On", "Last Updated", "start_date", "Effective_Date"),
    *("Last_Update", "_id", "Group ID", "Group Type", "Alias Type", "type", "source"),
    *("source_list_url", "source_information_url"),
}
#: Marks of several values, months, and labels that became the type of an identifier.
SIGNS = re.compile(
    r"\d{1,2}|[a-z]|and|no|swift|name|issuer|date|target|type|organization|established|legal|"
    r"secondary|sanctions?|risk|additional|information|gender|nationality|registration|of|"
    r"transactions|prohibited|for|persons|owned|or|controlled|by|u|s|financial|institutions|"
    r"ifca|determination|email|address|entity|number|website|country|booklet|rfc|telephone|"
    r"title|passport|id|tax|code|phone|linked|to|dob|pob|alt|identification|national|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)


@pytest.mark.parametrize(
    ("file", "how", "records", "kinds"), COUNTS, ids=lambda value: str(value)[:40]
)
def test_counts(file, how, records, kinds):
    """Each file reads whole, with the counts of its publisher and no field unread."""
    party_list = read_list(DATA / file, **how)
    source = party_list.sources[0]

    assert (source.records, source.unread) == (records, ())
    assert Counter(party.kind for party in party_list.parties) == kinds


def words(text):
    return {word for word in re.findall(r"\w+", text.lower()) if not SIGNS.fullmatch(word)}


@pytest.mark.parametrize(("file", "skip", "delimiter", "encoding", "id_of"), TABLES)
def test_every_word_remains(file, skip, delimiter, encoding, id_of):
    """Whatever word stands in a row of a table stands in the party that the row belongs to."""
    raw = (DATA / file).read_bytes()
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode(encoding)
    lines = text.splitlines(keepends=True)
    header, *rows = list(csv.reader(lines, delimiter=delimiter))[skip:]
    parties = read_list(DATA / file, minimum=0, partial="csl" in file).parties
    known = {}
    for party in parties:
        # An order of the Denied Persons List has its day in the id where the name is not enough.
        text = json.dumps(party.model_dump(mode="json"), ensure_ascii=False)
        known.setdefault(party.id.partition(" @ ")[0], set()).update(words(text))
    lost = Counter()
    for row in rows:
        if len(row) == len(header):
            cells = dict(zip(header, row, strict=True))
            kept = known[id_of(cells)]
            for column in cells.keys() - READ_OTHERWISE:
                lost.update((column, word) for word in words(cells[column]) - kept)

    assert dict(lost) == {}


def test_cut_off_list_is_refused():
    """The Consolidated Screening List whose last row breaks off is no list unless asked for."""
    path = DATA / "us_other" / "csl-2023-11-30.csv.gz"
    with pytest.raises(ListError, match="row 4233: the last row is cut off"):
        read_list(path, minimum=0)
    with pytest.raises(ListError, match="fewer than the 8000"):
        read_list(path, partial=True)
    warnings = read_list(path, minimum=0, partial=True).sources[0].warnings

    assert any("row 4233 is cut off and left out, as asked" in each for each in warnings)
