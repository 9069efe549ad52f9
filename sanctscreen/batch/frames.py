"""Screen a data frame: the same frame with a decision beside each row.

The frame's own library does the work on the frame; none of them is imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from sanctscreen.batch.encoding import Encoding
from sanctscreen.batch.outcome import Observer, Options
from sanctscreen.batch.reading import Layout, Row
from sanctscreen.batch.run import Run, list_labels
from sanctscreen.batch.values import cell_of
from sanctscreen.batch.writing import PREFIX, RESULT_COLUMNS, result_header, result_values

if TYPE_CHECKING:
    from sanctscreen.screen import Screener

Frame = TypeVar("Frame")
#: Values by the names of the result columns.
Told = dict[str, list[Any]]
#: The names of a frame's columns, their values, and what puts others beside them.
_Opened = tuple[list[str], list[list[Any]], Callable[[Told], Any]]
#: The types of result columns that hold no text, by their names.
WHOLE, REAL = "hits", "score"


def screen_frame(
    frame: Frame, screener: Screener | None = None, *, options: Options | None = None
) -> Frame:
    """Screen every row of a pandas or polars data frame, or of an Arrow table.

    Args:
        frame: its columns are recognised by their names, as those of a file are
            (docs/files.md). It stays as it is.
        screener: one of the list shipped with the library if ``None``.
        options: the columns, the kind of rows that state none, the threshold; what concerns
            files alone says nothing here.

    Returns:
        A frame of the same kind, with the same rows in the same order, and the columns
        ``screening_decision`` to ``screening_explanation`` beside those it had.

    Raises:
        InputError: no column holds a name.
        TypeError: it is no frame of these libraries.
    """
    from sanctscreen.screen import Screener

    header, columns, joined = _LIBRARIES[_library(frame)](frame)
    screener = screener or Screener()
    table = _FrameTable(header, columns)
    run = Run(table, screener, options or Options(), Observer())
    labels = "; ".join(list_labels(screener))
    rows = [result_values(outcome, labels) for outcome in run.outcomes()]
    told = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in RESULT_COLUMNS]
    answer: Frame = joined(dict(zip(result_header(header), told, strict=True)))
    return answer


class _FrameTable:
    """The rows of a frame, their values as text."""

    path = None
    layout = Layout(Encoding("utf-8"), format="data frame")

    def __init__(self, header: list[str], columns: list[list[Any]]) -> None:
        self.header, self._columns = header, columns

    def rows(self) -> Iterator[Row]:
        """Yield the rows, the first as number 1."""
        for number, values in enumerate(zip(*self._columns, strict=True), start=1):
            yield Row(number, [cell_of(value) for value in values])

    def position(self) -> int:
        """Say nothing: a frame has no bytes that are read."""
        return 0


def _library(frame: object) -> str:
    """Return the library that a frame, or a class that it derives from, belongs to.

    Raises:
        TypeError: it is none.
    """
    for each in type(frame).__mro__:
        root = each.__module__.partition(".")[0]
        if root in _LIBRARIES and each.__name__ in {"DataFrame", "Table", "RecordBatch"}:
            return root
    raise TypeError(
        "screen_frame takes a pandas or polars DataFrame (a LazyFrame after .collect()) or an "
        f"Arrow table, not {type(frame).__qualname__}"
    )


def _pandas(frame: Any) -> _Opened:
    def joined(told: Told) -> Any:
        # Where there is no hit, pandas has no score: its missing number.
        return frame.assign(**told).astype({name: "float64" for name in told if _is(name, REAL)})

    places = range(frame.shape[1])
    columns = [frame.iloc[:, at].astype(object) for at in places]
    filled = [column.where(column.notna(), None).tolist() for column in columns]
    return [str(name) for name in frame.columns], filled, joined


def _polars(frame: Any) -> _Opened:
    def joined(told: Told) -> Any:
        import polars

        def type_of(name: str) -> Any:
            whole = polars.Int32 if _is(name, WHOLE) else polars.String
            return polars.Float64 if _is(name, REAL) else whole

        added = [polars.Series(name, values, type_of(name)) for name, values in told.items()]
        return frame.with_columns(added)

    return list(frame.columns), [column.to_list() for column in frame.iter_columns()], joined


def _arrow(frame: Any) -> _Opened:
    def joined(told: Told) -> Any:
        from sanctscreen.batch.parquet import column_of, result_fields

        wider = frame
        for field in result_fields(header):
            wider = wider.append_column(field, column_of(field, told[field.name]))
        return wider

    header = list(frame.schema.names)
    return header, [column.to_pylist() for column in frame.columns], joined


def _is(name: str, column: str) -> bool:
    """Tell a result column, which may have a number behind its name."""
    return name.removeprefix(PREFIX).partition("_")[0] == column


_LIBRARIES = {"pandas": _pandas, "polars": _polars, "pyarrow": _arrow}
