"""Dates as precisely as their source knows them."""

from __future__ import annotations

import calendar
from datetime import date

from sanctscreen.model.words import Record


class PartialDate(Record):
    """A date as precisely as its source knows it: a span of days, both ends included.

    >>> PartialDate.parse("1971")
    PartialDate(earliest=datetime.date(1971, 1, 1), latest=datetime.date(1971, 12, 31), circa=False)
    """

    earliest: date
    latest: date
    circa: bool = False

    @classmethod
    def of(
        cls, year: int, month: int | None = None, day: int | None = None, *, circa: bool = False
    ) -> PartialDate:
        """Make the span that a year, a year and month, or a whole date stands for."""
        first, last = month or 1, month or 12
        return cls(
            earliest=date(year, first, day or 1),
            latest=date(year, last, day or calendar.monthrange(year, last)[1]),
            circa=circa,
        )

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read an ISO 8601 date: ``1971``, ``1971-02`` or ``1971-02-14``.

        Raises:
            ValueError: the text is no such date.
        """
        parts = text.strip().split("-")
        widths = [len(part) for part in parts]
        if widths not in ([4], [4, 2], [4, 2, 2]) or not all(part.isdecimal() for part in parts):
            raise ValueError(f"not an ISO 8601 date: {text!r}")
        return cls.of(*(int(part) for part in parts))

    def __str__(self) -> str:
        start, end = self.earliest, self.latest
        prefix = "circa " if self.circa else ""
        if start == end:
            return prefix + start.isoformat()
        if self == PartialDate.of(start.year, circa=self.circa):
            return f"{prefix}{start.year}"
        if self == PartialDate.of(start.year, start.month, circa=self.circa):
            return f"{prefix}{start:%Y-%m}"
        return f"{prefix}{start.isoformat()} to {end.isoformat()}"
