"""Prose: every fixture's reading, the ground truth, and what holds for every text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.documents.model import Document
from sanctscreen.documents.prose import NO_DESIGNATION, UNDATED, read_prose
from sanctscreen.documents.reader import read_document

FIXTURES = Path(__file__).parents[2] / "fixtures" / "documents" / "prose"
TEXTS = sorted(each for each in FIXTURES.iterdir() if not each.name.endswith(".json"))
SENTENCES = sorted(
    line for path in TEXTS for line in read_document(path).text.split("\n") if line.strip()
)


def read(text):
    return read_prose(Document(id="text", path="text.txt", text=text))


def statuses(text):
    return {party.name: party.status for party in read(text).parties}


def party_reading(party):
    """The fields of a party that a fixture states; empty ones are left out."""
    optional = {
        "aliases": [name.full for name in party.names[1:]],
        "places": list(party.places),
        "nationalities": list(party.nationalities),
        "programmes": list(party.programmes),
    }
    words = [citation.words for citation in party.statuses[0].citations]
    return {
        "name": party.name,
        "kind": party.kind,
        "status": party.status,
        **{field: value for field, value in optional.items() if value},
        "words": words,
    }


def reading(extraction):
    """An extraction in the form of the fixtures' expected readings."""
    source, left_out = extraction.source, {}
    for each in extraction.left_out:
        left_out.setdefault(each.role, []).append(each.name)
    return {
        "date": source.published.isoformat() if source.published else None,
        "rests_on": list(source.rests_on),
        "warnings": list(source.warnings),
        "parties": [party_reading(party) for party in extraction.parties],
        "unnamed": [[slot.kind, slot.count, slot.status] for slot in extraction.unnamed],
        "relations": [
            [each.subject, each.relation, each.object, each.attribution]
            for each in extraction.relations
        ],
        "left_out": left_out,
    }


def citations(extraction):
    for party in extraction.parties:
        yield from (each for status in party.statuses for each in status.citations)
    for slot in extraction.unnamed:
        yield from slot.citations
    yield from (each.citation for each in (*extraction.relations, *extraction.left_out))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_reading(path):
    """A text is read as the file beside it expects: parties, slots, relations, left out."""
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))

    assert expected == reading(read_prose(read_document(path)))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_citations_stand_in_the_text(path):
    """Every citation quotes the words at its offsets."""
    document = read_document(path)
    found = list(citations(read_prose(document)))

    assert found
    assert [each.words for each in found] == [
        document.text[each.start : each.end] for each in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OFAC today designated Alpha Bank.", "designated"),
        ("Alpha Bank was added to the SDN List.", "designated"),
        ("Alpha Bank is being designated pursuant to E.O. 14024.", "designated"),
        ("OFAC is designating Alpha Bank.", "designated"),
        ("OFAC added Alpha Bank to the SDN List.", "designated"),
        ("The EU imposed sanctions against Alpha Bank.", "designated"),
        ("US sanctions Alpha Bank over arms sales, Treasury says.", "designated"),
        ("The United Kingdom froze the assets of Alpha Bank.", "designated"),
        ("The UN Security Council blacklisted Alpha Bank on Monday.", "designated"),
        ("Alpha Bank, which was sanctioned by the EU in 2018, declined to comment.",
         "previously_designated"),
        ("Alpha Bank had been blacklisted by the Treasury.", "previously_designated"),
        ("Alpha Bank has previously been designated by OFAC.", "previously_designated"),
        ("In 2014 the EU sanctioned Alpha Bank.", "previously_designated"),
        ("Alpha Bank, which the United States sanctioned in 2019, is in Minsk.",
         "previously_designated"),
        ("Alpha Bank has been sanctioned by the U.S. Treasury.", "sanctioned_undated"),
        ("Traders dealt with Alpha Bank, a U.S.-sanctioned lender, the Treasury said.",
         "sanctioned_undated"),
        ("The Treasury said that Kilo used Alpha Bank as a designated bank.", "unclear"),
        ("The Treasury accused Alpha Bank of fraud.", "accused"),
        ("Alpha Bank was removed from the SDN List.", "delisted"),
        ("Alpha Bank was delisted by the EU.", "delisted"),
        ("The EU lifted sanctions on Alpha Bank.", "delisted"),
        ("Restrictive measures against Alpha Bank were lifted by the EU.", "delisted"),
    ],
)  # fmt: skip
def test_status(text, expected):
    """The construction around a verb decides the status."""
    assert expected == statuses(text).get("Alpha Bank")


@pytest.mark.parametrize(
    "text",
    [
        "OFAC has not sanctioned Alpha Bank.",
        "Alpha Bank has not been sanctioned by the EU.",
        "Alpha Bank was never designated by OFAC.",
        "Alpha Bank could be sanctioned by the EU.",
        "The EU may sanction Alpha Bank.",
        "The EU considered sanctioning Alpha Bank.",
        "Senators called for sanctions on Alpha Bank, which OFAC watches.",
        "The Treasury threatened to designate Alpha Bank.",
        "If Alpha Bank is sanctioned, the EU will act.",
        "The sanctions target a scheme run by Alpha Bank, the Treasury said.",
        "OFAC sanctioned companies linked to Alpha Bank.",
        "OFAC sanctioned the tycoon’s firm, whose shares Alpha Bank holds.",
        "Alpha Bank sanctioned a loan of ten million.",
        "The league sanctioned Alpha Bank Arena for crowd trouble.",
        "Alpha Bank was named the designated driver of growth.",
        "OFAC designated Bravo Ltd for having supplied Alpha Bank.",
    ],
)
def test_no_designation(text):
    """A denial, a wish, a description or another sense of the word designates nobody."""
    assert "Alpha Bank" not in statuses(text)


def test_empty_reading_says_so():
    """A text without a designation lists nobody and says so in its source."""
    extraction = read("Alpha Bank opened a branch in Minsk.")

    assert extraction.parties == ()
    assert extraction.source.warnings == (UNDATED, NO_DESIGNATION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OFAC today sanctioned five entities and one individual.", [("entity", 5), ("person", 1)]),
        ("OFAC sanctioned two companies, Alpha Ltd and Bravo Ltd.", []),
        ("OFAC sanctioned ten companies, including Alpha Ltd and Bravo Ltd.", [("entity", 8)]),
        ("OFAC sanctioned a businessman and 12 tankers.", [("person", 1), ("vessel", 12)]),
        ("Five entities were designated by OFAC. OFAC designated five entities.", [("entity", 5)]),
        ("OFAC has not sanctioned five entities.", []),
    ],
)
def test_slots(text, expected):
    """Counted parties become slots, less those that the text names, and each only once."""
    assert expected == [(slot.kind, slot.count) for slot in read(text).unnamed]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("OFAC designated Alpha Bank.", {"Alpha Bank": "entity"}),
        ("OFAC designated Ivan Karlov.", {"Ivan Karlov": "person"}),
        ("OFAC designated the tanker Alpha Star.", {"Alpha Star": "vessel"}),
        ("OFAC designated two individuals, Abel Tonk and Zed Marr.",
         {"Abel Tonk": "person", "Zed Marr": "person"}),
        ("OFAC designated Alpha Bravo.", {"Alpha Bravo": None}),
    ],
)  # fmt: skip
def test_kind(text, kinds):
    """Legal forms, names, titles and nouns beside a name show its kind; nothing else does."""
    assert kinds == {party.name: party.kind for party in read(text).parties}


@given(st.text())
def test_any_text_is_read(text):
    """Any text is read without an error, and its citations hold."""
    found = list(citations(read(text)))

    assert [each.words for each in found] == [text[each.start : each.end] for each in found]


@given(st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_any_order_of_sentences_is_read(lines):
    """Sentences in any order and number give unique ids and citations that hold."""
    text = "\n\n".join(lines)
    extraction = read(text)
    ids = [party.id for party in extraction.parties]

    assert len(ids) == len(set(ids))
    assert all(each.words == text[each.start : each.end] for each in citations(extraction))


@given(st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_reading_is_deterministic(lines):
    """The same text is read the same twice."""
    text = "\n\n".join(lines)

    assert read(text) == read(text)


def test_adjective_of_an_unknown_place_names_nobody():
    """The adjective before a common noun is no party, whether or not the place is known."""
    text = "OFAC today designated Viktor Marenko, a Ruritanian businessman, and Kalina LLC."

    assert statuses(text) == {"Viktor Marenko": "designated", "Kalina LLC": "designated"}
