"""OFAC's semicolon language, clause by clause."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.data import table
from sanctscreen.model import Identifier, Name
from sanctscreen.remarks import Facts, read_remarks

CASES = Path(__file__).parents[1] / "fixtures" / "remarks.tsv"
TYPES = {
    "passport",
    "national_id",
    "tax",
    "registration",
    "bic",
    "lei",
    "imo",
    "mmsi",
    "call_sign",
    "tail_number",
    "wallet",
    "website",
    "email",
    "phone",
    "other",
}


def cases():
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield from (pytest.param(*row.values(), id=row["clause"]) for row in rows)


def plain(value):
    """Write a fact as the case file does."""
    if isinstance(value, Identifier):
        return "|".join(str(each or "-") for each in value.__dict__.values())
    if isinstance(value, Name):
        return f"{value.full}|{value.type}|{value.quality}"
    return str(value)


@pytest.mark.parametrize(("clause", "field", "value"), list(cases()))
def test_clause(clause, field, value):
    """Each clause is read into one fact, and what no rule reads becomes a note."""
    facts = read_remarks(clause).model_dump(exclude_defaults=True)
    stated = getattr(read_remarks(clause), field)

    assert [field] == list(facts)
    assert value == plain(stated if isinstance(stated, str) else stated[0])


def test_whole_field():
    """Clauses are read in order, the closing full stop belongs to none of them."""
    facts = read_remarks("DOB 1954; POB Moscow, Russia; Haji; Linked To: ABC LTD.; a.k.a. 'X'.")

    assert facts.places_of_birth == ("Moscow, Russia",)
    assert facts.links == ("ABC LTD.",)
    assert facts.notes == ("Haji",)
    assert facts.aliases[0].full == "X"


@pytest.mark.parametrize(
    ("text", "link"),
    [("Linked To: A BANK.", "A BANK"), ("Linked To: B, S.A. DE C.V.", "B, S.A. DE C.V.")],
)
def test_last_full_stop(text, link):
    """The full stop at the end is the sentence's, unless an abbreviation owns it."""
    assert (link,) == read_remarks(text).links


def test_cut_clause_is_not_believed():
    """Half a wallet address is another wallet address, so it is kept as text alone."""
    facts = read_remarks("DOB 1954; Digital Currency Address - XBT 12QtD5BF", cut=True)

    assert facts.identifiers == ()
    assert facts.notes == ("Digital Currency Address - XBT 12QtD5BF",)


def test_identifier_types_are_known():
    """Every label of the table leads to a type that `Identifier` documents."""
    assert {row["type"] for row in table("identifier_types")} <= TYPES


@given(st.lists(st.text(st.characters(exclude_characters=";."), min_size=1, max_size=30)))
def test_nothing_is_dropped(clauses):
    """Whatever a clause says, it comes back as a fact or, word for word, as a note."""
    unread = {clause.strip() for clause in clauses} - set(read_remarks(";".join(clauses)).notes)

    assert all(read_remarks(clause) != Facts() for clause in unread if clause)
    assert not any(read_remarks(clause).notes for clause in unread)
