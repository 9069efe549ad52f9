"""What one cell of a list holds: several values, pairs, numbers, days of birth."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctscreen.sources import _texts

CELLS = Path(__file__).parents[2] / "fixtures" / "cells"


def cases(name):
    with (CELLS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t")][1:]


def listed(cell):
    return [part for part in cell.split(" | ") if part]


@pytest.mark.parametrize(("cell", "values"), cases("numbered"))
def test_numbered(cell, values):
    """Marks that count up divide a cell; a lone mark inside a text does not."""
    assert listed(values) == _texts.numbered(cell)


@pytest.mark.parametrize(("first", "second", "values"), cases("paired"))
def test_paired(first, second, values):
    """The values of two cells are joined by their marks, and one value with all of the other."""
    assert listed(values) == _texts.paired(first, second)


@pytest.mark.parametrize("case", cases("numbers"), ids=lambda case: case[0])
def test_identifiers(case):
    """The number, its issuer and its days are found in running text; what holds none is named."""
    cell, found, country, issued, expires, rest = case
    identifiers, unread = _texts.identifiers(cell, "passport")

    assert listed(found) == [each.value for each in identifiers]
    assert listed(rest) == unread
    if identifiers:
        first = identifiers[0]
        assert (country, issued, expires) == tuple(
            str(value or "") for value in (first.country, first.issued, first.expires)
        )


@given(st.text(alphabet="AZaz019 ()./-,;no", max_size=40).map(str.strip))
@example("A()0")
def test_no_cell_is_dropped(cell):
    """A cell becomes an identifier or is named as unread; only an empty one becomes nothing."""
    identifiers, unread = _texts.identifiers(cell, "passport")

    assert bool(identifiers or any(unread)) == bool(cell)
    assert all(each.value in cell for each in identifiers)


@pytest.mark.parametrize(("cell", "span"), cases("births"))
def test_birth(cell, span):
    """A day, month or year is as precise as it is written; anything else is no date."""
    assert span == str(_texts.birth(cell) or "")


@pytest.mark.parametrize(
    "text",
    ["27/04/2020", "27-04-2020", "27.4.2020", "2020-04-27", "27 April 2020", "27th Apr. 2020"],
)
def test_day(text):
    """The publishers' ways of writing a day are all read."""
    assert date(2020, 4, 27) == _texts.day(text)


@pytest.mark.parametrize("text", ["", "2020", "April 2020", "31/02/2020", "27 Foo 2020", "3017"])
def test_no_day(text):
    """What is no whole day is none."""
    assert _texts.day(text) is None
