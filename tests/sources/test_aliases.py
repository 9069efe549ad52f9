"""Names that the UN list writes together, taken apart."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.sources._aliases import read_aliases

CASES = Path(__file__).parents[2] / "fixtures" / "aliases.tsv"


def cases():
    lines = CASES.read_text(encoding="utf-8").splitlines()[1:]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"] or case["note"])
def test_cases(case):
    """Every case of the table comes apart as written there."""
    found = read_aliases(case["text"], case["note"])

    assert "|".join(found.names) == case["names"]
    assert found.former is (case["former"] == "yes")
    assert "|".join(found.notes) == case["notes"]


@given(st.text(alphabet="ab (;)тأ1:,-", max_size=30), st.text(alphabet="ab (;)тأ1:,-", max_size=30))
def test_no_letter_is_lost(text, note):
    """Whatever the punctuation, each letter of both fields stands in a name or a note."""
    found = read_aliases(text, note)
    kept = "".join(found.names + found.notes)

    assert {char for char in text + note if char.isalpha()} <= set(kept)
