"""Official notices: every fixture's reading, and what a notice never does."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.documents.model import Document
from sanctscreen.documents.notice import looks_like_notice, read_notice
from sanctscreen.documents.notice_entry import read_entry

FIXTURES = Path(__file__).parents[2] / "fixtures" / "notices"
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
