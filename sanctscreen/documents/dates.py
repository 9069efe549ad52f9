"""Days as English documents write them; a relative day ("Thursday") is never resolved."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
FULL = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_YEAR}-(?P<month_number>\d\d)-(?P<day>\d\d)(?!\d)",
    )
)
MONTH_YEAR = re.compile(rf"\b{_MONTH}\s+{_YEAR}\b", re.I)
YEAR = re.compile(rf"\b(?:in|since|from|of|back in|during)\s+(?:early |late |mid-)?{_YEAR}\b", re.I)
#: The lines among which a document states its own date, and the most that may stand beside it.
DATELINE_LINES = 12
DATELINE_REST = 60
DATELINE_START = 80


def full_date(text: str) -> date | None:
    """Return the first day that ``text`` states with day, month and year.

    >>> full_date("Sep 19, 2024 - 18:00")
    datetime.date(2024, 9, 19)
    """
    found = [
        (match.start(), day)
        for pattern in FULL
        for match in pattern.finditer(text)
        if (day := _day(match)) is not None
    ]
    return min(found)[1] if found else None


def dateline(text: str) -> date | None:
    """Return the day that a document gives as its own, on a line or at the head of one.

    A date inside a sentence is an event's and not the document's, unless the sentence opens
    the text as a dateline does ("LONDON, 3 May 2024 - …").
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()][:DATELINE_LINES]
    for line in lines:
        alone = len(line) <= DATELINE_REST and not line.endswith((".", ";", ","))
        head = line if alone else line[:DATELINE_START]
        if (alone or re.search(r"\d{4}\)?\.?\s*[-–—:|]\s", head)) and (day := full_date(head)):
            return day
    return None


def before(text: str, day: date | None) -> bool | None:
    """Tell whether the words date an event before ``day``; ``None`` where they hold no date.

    Without a ``day`` a bare year or month tells of the past, and a full date does not.
    """
    if stated := full_date(text):
        return day is not None and (day - stated).days > 7
    if month := MONTH_YEAR.search(text):
        year, number = int(month["year"]), MONTHS.index(month["month"][:3].lower()) + 1
        return day is None or (year, number) < (day.year, day.month)
    if match := YEAR.search(text):
        return day is None or int(match["year"]) < day.year
    return None


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    number = parts.get("month_number")
    month = int(number) if number else MONTHS.index(parts["month"][:3].lower()) + 1
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
