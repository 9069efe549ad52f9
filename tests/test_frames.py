"""Data frames of pandas, polars and Arrow: the same rows, with a decision beside each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sanctscreen as ss
from sanctscreen.batch import Options
from sanctscreen.errors import InputError
from sanctscreen.testing import tiny_screener

SCREENER = tiny_screener()
LISTED = "OSTROVSKAYA, Milena Igorevna"
CONTENT = {
    "customer": [LISTED, "Bakery", None, "Oreshnik Trade House"],
    "born": [date(1971, 2, 14), None, None, None],
    "amount": [1.5, None, 3.0, 4.0],
}
OPTIONS = Options(columns={"name": "customer", "date_of_birth": "born"})
MAKERS = [pd.DataFrame, pl.DataFrame, pa.table]


def columns_of(frame: Any) -> dict[str, list[Any]]:
    """Return the columns of any frame, missing values as ``None``."""
    if isinstance(frame, pd.DataFrame):
        frame = pa.Table.from_pandas(frame, preserve_index=False)
    found: dict[str, list[Any]] = (
        frame.to_pydict() if isinstance(frame, pa.Table) else frame.to_dict(as_series=False)
    )
    return found


@pytest.mark.parametrize("make", MAKERS, ids=["pandas", "polars", "arrow"])
def test_a_frame_comes_back_with_decisions(make: Callable[[Any], Any]) -> None:
    """Type, rows and columns stay; the frame that was given is not changed."""
    frame = make(CONTENT)

    told = ss.screen_frame(frame, SCREENER, options=OPTIONS)

    assert type(told) is type(frame)
    assert len(frame.columns) == 3
    columns = columns_of(told)
    assert {name: columns[name] for name in CONTENT} == columns_of(frame)
    assert columns["screening_decision"] == ["match", "clear", "review", "match"]
    assert columns["screening_hits"] == [1, 0, 0, 1]
    assert columns["screening_score"][:3] == [100.0, None, None]
    assert columns["screening_party_id"] == ["test:3", None, None, "test:1"]
    assert (
        columns["screening_reason"][2] == "customer: no name; the name holds no letters or digits"
    )


@pytest.mark.parametrize("make", MAKERS, ids=["pandas", "polars", "arrow"])
def test_a_frame_without_rows_gets_the_columns_too(make: Callable[[Any], Any]) -> None:
    """A pipeline meets the same columns on a quiet day."""
    frame = make({"name": ["Bakery"]})
    whole, none = ss.screen_frame(frame, SCREENER), ss.screen_frame(frame[:0], SCREENER)

    assert list(columns_of(none)) == list(columns_of(whole))
    assert columns_of(none)["screening_decision"] == []


def test_an_index_of_pandas_stays() -> None:
    """Labels, repeated ones included, and names that are no text."""
    frame = pd.DataFrame({0: [1, 2], "name": ["Bakery", LISTED]}, index=["b", "b"])

    told = ss.screen_frame(frame, SCREENER)

    assert (list(told.index), list(told.columns[:2])) == (["b", "b"], [0, "name"])
    assert list(told["screening_decision"]) == ["clear", "match"]


def test_missing_values_of_every_kind_are_missing() -> None:
    """No row is screened for the word that stands for a missing value."""
    names = pd.Series([pd.NA, None, float("nan"), pd.NaT], dtype=object)

    told = ss.screen_frame(pd.DataFrame({"name": names}), SCREENER)

    assert set(told["screening_reason"]) == {"name: no name; the name holds no letters or digits"}


def test_results_equal_those_of_single_screenings() -> None:
    """Threshold and kind are heeded."""
    frame = pl.DataFrame({"name": ["Oreshnik Trade House"]})

    told = ss.screen_frame(frame, SCREENER, options=Options(threshold=99, kind="entity"))

    assert told["screening_decision"].to_list() == ["clear"]


@pytest.mark.parametrize("value", [{"name": ["Bakery"]}, pl.LazyFrame({"name": ["Bakery"]}), None])
def test_what_is_no_frame_is_refused(value: Any) -> None:
    """The error says what is taken."""
    with pytest.raises(TypeError, match="takes a pandas or polars DataFrame"):
        ss.screen_frame(value, SCREENER)


def test_a_frame_without_names_is_refused() -> None:
    """It is never clear."""
    with pytest.raises(InputError, match="no column holds a name"):
        ss.screen_frame(pa.table({"colour": ["red"]}), SCREENER)
