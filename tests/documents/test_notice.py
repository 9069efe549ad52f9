"""Official notices: every fixture's reading, and what a notice never does."""

import gzip
import json
import re
import textwrap
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.documents.model import Document
from sanctscreen.documents.notice import looks_like_notice, read_notice
from sanctscreen.remarks.entry import read_entry

FIXTURES = Path(__file__).parents[2] / "fixtures" / "notices"
REAL = FIXTURES.parents[2] / "shared" / "data" / "ofac" / "sdnlist-2016.txt.gz"
NOTICES = sorted(FIXTURES.glob("*.txt"))
HEADING = "The following entities have been added to OFAC's SDN List:\n\n"


def document(text, **fields):
    return Document(id="notice", path="notice.txt", text=text, type="notice", **fields)


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_reading(path):
    """A notice is read party by party as written down beside it, with its warnings."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    read = read_notice(document(path.read_text(encoding="utf-8")))

    assert expected["warnings"] == list(read.source.warnings)
    assert expected["parties"] == [
        party.model_dump(mode="json", exclude_defaults=True) for party in read.parties
    ]


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_citations_stand_in_the_text(path):
    """What a party cites is found at the offsets given, and opens with its name."""
    text = path.read_text(encoding="utf-8")
    for party in read_notice(document(text)).parties:
        heading, name = party.statuses[0].citations

        assert text[heading.start : heading.end] == heading.words
        assert " ".join(text[name.start : name.end].split()) == party.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADING + "A BANK, Moscow, Russia [DPRK3].", True),
        ("**" + HEADING.strip() + "**\n\nA BANK [DPRK3].", True),
        (HEADING + "A bank was named in the notice, reporters said.", False),
        ("Treasury added five banks to the SDN List [DPRK3].", False),
        ("The following general licenses have been issued:\n\nLicense 1 [DPRK3].", False),
        ("", False),
    ],
)
def test_looks_like_notice(text, expected):
    """A notice has a heading that names an action, and tagged entries below it."""
    assert looks_like_notice(text) is expected


@pytest.mark.parametrize(
    ("stated", "printed", "expected"),
    [
        (None, "Release Date 09/19/2031\n", date(2031, 9, 19)),
        (date(2031, 1, 1), "Release Date 09/19/2031\n", date(2031, 1, 1)),
        (None, "Release Date 19/19/2031\n", None),
        (None, "", None),
    ],
)
def test_date(stated, printed, expected):
    """The day is the one printed, month first; a party added is listed that day."""
    read = read_notice(document(printed + HEADING + "A BANK [DPRK3].", date=stated))

    assert expected == read.source.published
    assert expected == read.parties[0].statuses[0].listed


def layouts(path):
    """Write a notice with a line to each entry, wrapped, and all in one paragraph."""
    text = path.read_text(encoding="utf-8")
    paragraphs = [" ".join(each.split()) for each in text.split("\n\n")]
    entries = [each for each in paragraphs if "[" in each or each.startswith("The following")]
    wrapped = [textwrap.fill(each, 68, break_on_hyphens=False) for each in entries]
    yield pytest.param("\n".join(entries), id="a line each")
    yield pytest.param("\n".join(wrapped), id="wrapped")
    yield pytest.param("\n\n".join(wrapped), id="wrapped paragraphs")
    yield pytest.param(re.sub(r"(?<=\.)\n(?!The)", " ", "\n".join(entries)), id="run on")


@pytest.mark.parametrize("text", list(layouts(FIXTURES / "designations.txt")))
def test_layout_makes_no_difference(text):
    """However the lines are broken, the same entries are read: none hides in another."""
    original = (FIXTURES / "designations.txt").read_text(encoding="utf-8")
    expected, read = (
        [party.model_copy(update={"statuses": ()}) for party in read_notice(document(each)).parties]
        for each in (original, text)
    )

    assert expected == read


def test_namesakes_are_kept_apart():
    """Two entries of one name are two parties, and the notice says so."""
    entry = "A, B; DOB {} (individual) [SDGT].\n"
    read = read_notice(document(HEADING + entry.format(1950) + entry.format(1980)))

    assert [party.id for party in read.parties] == ["documents:a-b", "documents:a-b-2"]
    assert read.source.warnings == ("A, B: 2 entries of this name, kept apart",)


@pytest.mark.skipif(not REAL.exists(), reason="the published lists are not beside the checkout")
def test_real_entries():
    """OFAC's list of 2016 as printed: every entry is read, almost no text is left over."""
    with gzip.open(REAL, "rt", encoding="ascii", errors="replace") as file:
        entries = [each for each in re.split(r"\n\s*\n", file.read()) if "]" in each]
    read = read_notice(document(HEADING.replace("entities", "entries") + "\n\n".join(entries)))

    assert len(read.parties) == len(entries) == 3_062
    assert sum(len(party.notes) for party in read.parties) < 500
    assert not any("[" in party.name for party in read.parties)


def test_primary_name_repeated():
    """An alias that repeats the primary name does not push it from its place."""
    names = read_entry('A, B (a.k.a. "Z"; a.k.a. A, B; f.k.a. "Z") (individual) [SDGT].').names

    assert [(name.full, name.type) for name in names] == [("A, B", "primary"), ("Z", "aka")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A [SDGT]. -to- B [SDGT].", [["B", "A"]]),
        ("A [SDGT].\n\n-to-\n\nA [DPRK].", [["A"]]),
        ("A [SDGT]. -to-", [["A"]]),
        ("-to- B [SDGT].", [["B"]]),
        ("A [SDGT]. -to- B [SDGT]. -to- C [SDGT].", [["B", "A"], ["C"]]),
        ("A [SDGT]. -to- B [SDGT]. C [SDGT]. -to- D [SDGT].", [["B", "A"], ["D", "C"]]),
    ],
)
def test_changes(text, names):
    """The new entry is the party, the former name its alias; a lone half is kept."""
    read = read_notice(document(f"The following changes have been made to the SDN List:\n{text}"))

    assert [[name.full for name in party.names] for party in read.parties] == names


def test_unread_paragraph_is_named():
    """A paragraph that is no entry makes no party and is not passed over in silence."""
    read = read_notice(document(HEADING + "A BANK [DPRK3].\n\nContact the office."))

    assert [party.name for party in read.parties] == ["A BANK"]
    assert read.source.warnings == ("not read as an entry: 'Contact the office.'",)


def test_notice_without_entries_says_so():
    """An empty notice yields no party and a warning."""
    read = read_notice(document("The following deletions have been made to OFAC's SDN List:"))

    assert read.parties == ()
    assert read.source.warnings == ("the notice holds no entry that could be read",)


@given(st.text(st.sampled_from("AB c,;()[].:\"'-\nа1"), max_size=80))
def test_any_entry_is_kept(text):
    """Whatever stands between a name and its tags, the name is a party's or is warned of."""
    read = read_notice(document(f"{HEADING}NAME OF A BANK{text} [DPRK3]."))
    told = [*(party.name for party in read.parties), *read.source.warnings]

    assert any("NAME OF A BANK" in each for each in told)


@given(st.text(min_size=1).filter(str.strip))
def test_entry_never_fails(text):
    """Any text has a name, if only a strange one."""
    assert read_entry(text).names[0].full
