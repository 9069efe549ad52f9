"""What the publishers write into one cell: numbered values, days, numbers with their issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sanctscreen.data import table
from sanctscreen.errors import InputError
from sanctscreen.model import Identifier, PartialDate
from sanctscreen.remarks import read_partial_date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MARK = re.compile(
    r"(?:^|(?<=[\s,;.:)]))\(?([0-9]{1,2}|[a-z])\)(?:-\(?([0-9]{1,2}|[a-z])\))?", re.I
)
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.? \d{4}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})"
)
_ISSUED = re.compile(rf"(?:issued?|date of issue)\b(?:(?!expir)[^()\d]){{0,50}}({_DAY})", re.I)
_EXPIRES = re.compile(
    rf"(?:expir\w*|valid (?:un)?till?|date of expir\w*)\b[^()\d]{{0,30}}({_DAY})", re.I
)
_BIRTH = re.compile(
    r"(?P<circa>(?:circa|c\.|approximately) )?"
    r"(?:(?P<d>[\dd]{1,2})[/-](?P<m>[\dm]{1,2})[/-])?(?P<y>\d{4})",
    re.I,
)
#: Where the number itself is over and its circumstances begin.
_TAIL = re.compile(r"\(|[.,;:]? ?\b(?:issued?|expir|valid|date of|place of|under name)", re.I)
_LABEL = re.compile(
    r"^.*\b(?:n[o°]s?|numbers?|cards?|codes?|passports?|id|licen[cs]e|certificate)\b[.:º° ]*", re.I
)
_VALUE = re.compile(
    r"(?:[A-Z]{1,4}[ .-])?[A-Z]*\d[A-Z0-9]*(?:[./ -]{1,2}(?=[A-Z]{0,3}\d)[A-Z0-9]+)*[A-Z]?(?![a-z])"
)
_ASIDE = re.compile(r"\([^()]*\) ?")
_COUNTRY = re.compile(r"\(([^()\d]+?)(?:,| issued| foreign| passport|\))")
_NEXT = re.compile(r"(?<=[.;]) (?=[A-Z][\w ]{0,30}(?:[Pp]assport|\bI[Dd]\b|[Nn]ational [Ii]))")


def numbered(cell: str) -> list[str]:
    """Split ``1) x 2) y``, ``(a) x (b) y`` or ``a) x b) y``; what leads the row leads each value.

    >>> numbered("1) Saudi Arabia 2) Qatar"), numbered("Passports (1) A 12 (2) B 34")
    (['Saudi Arabia', 'Qatar'], ['Passports A 12', 'Passports B 34'])
    """
    values = [text for _, _, text in _items(cell)]
    return [value for value in values if value.strip(" -")] or ([cell] if cell else [])


def paired(first: str, second: str) -> list[str]:
    """Join two cells whose numbered values belong together, such as towns and countries.

    >>> paired("(1) Tiaret (2) -", "(1)-(2) Algeria")
    ['Tiaret, Algeria', 'Algeria']
    """
    left, right = list(_items(first)), list(_items(second))
    for single, several in ((left, right), (right, left)):
        if len(single) == 1 and len(several) > 1:
            single[0] = (1, max(end for _, end, _ in several), single[0][2])
    places = sorted({n for start, end, _ in left + right for n in range(start, end + 1)})
    return [value for n in places for value in _joined([_at(left, n), _at(right, n)])]


def day(text: str) -> date | None:
    """Read ``27/04/2020``, ``27-04-2020``, ``3.4.2007``, ``2020-04-27`` or ``3 May 2007``."""
    parts = re.findall(r"\d+|[A-Za-z]{3,}", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
    if len(parts) != 3:
        return None
    first, month, last = parts if len(parts[0]) < 4 else reversed(parts)
    try:
        number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
        return date(int(last), number, int(first))
    except (ValueError, OverflowError):
        return None


def birth_or_note(text: str) -> tuple[str, PartialDate | str]:
    """Read a date of birth, ``1971-02`` or as OFAC writes it, or keep the text as a note.

    Returns:
        The field of a party that it belongs to, and the value.
    """
    try:
        try:
            return "dates_of_birth", PartialDate.parse(text)
        except ValueError:
            return "dates_of_birth", read_partial_date(text)
    except InputError:
        return "notes", f"Date of birth: {text}"


def birth(text: str) -> PartialDate | None:
    """Read ``14/02/1971``, ``00/00/1971``, ``dd/mm/1971``, ``00/02/1971`` or ``circa 1971``.

    Returns:
        ``None`` where the text is no such date: the caller keeps it as a note.
    """
    match = _BIRTH.fullmatch(text.strip())
    if match is None:
        return None
    number, month = (int(match[key]) if (match[key] or "").isdecimal() else 0 for key in "dm")
    circa = bool(match["circa"])
    try:
        return PartialDate.of(
            int(match["y"]), month or None, (month and number) or None, circa=circa
        )
    except ValueError:
        return None


def identifiers(cell: str, type: str) -> tuple[list[Identifier], list[str]]:
    """Read numbers written as running text.

    The number is the first word with digits after the label; issuer and days are read where
    they stand in the usual words; the whole text stays in the note if it says more.

    Returns:
        the identifiers, and the parts in which no number was found.

    >>> identifiers("592667 (Qatari passport issued on 3 May 2007)", "passport")[0][0].country
    'Qatari'
    """
    found, unread = [], []
    for value in numbered(cell):
        for part in _NEXT.split(value):
            identifier = _identifier(part.strip(), type)
            found += [identifier] if identifier else []
            unread += [] if identifier else [part.strip()]
    return found, unread


def circumstances(text: str) -> dict[str, Any]:
    """Read the country, the day of issue and the day of expiry that a text states.

    >>> circumstances("Issued on 3 May 2007")
    {'issued': datetime.date(2007, 5, 3)}
    """
    inside = _COUNTRY.search(text)
    country = country_at_start(inside[1]) if inside else None
    issued, expires = _ISSUED.search(text), _EXPIRES.search(text)
    facts = {
        "country": country or country_at_start(text),
        "issued": day(issued[1]) if issued else None,
        "expires": day(expires[1]) if expires else None,
    }
    return {field: value for field, value in facts.items() if value}


def country_at_start(text: str) -> str | None:
    """Return the country, or the adjective of one, that opens a text, as written there."""
    words = text.split()
    for length in range(min(4, len(words)), 0, -1):
        if " ".join(words[:length]).lower().strip(".") in _countries():
            return " ".join(words[:length])
    return None


def parted(cell: str) -> tuple[str | None, str | None]:
    """Split ``Afghanistan (since 2009)`` into the country and what is said of it."""
    match = re.fullmatch(r"([^()]+?)\s*\((.+)\)", cell)
    return (match[1], match[2]) if match else (cell or None, None)


def _identifier(text: str, type: str) -> Identifier | None:
    # What stands before an aside and what stands after it are no one number.
    value = _number_in(text) or next(filter(None, map(_number_in, _ASIDE.split(text))), None)
    if value is None:
        return None
    facts = circumstances(text)
    plain = (value[0], f"{value[0]} ({facts.get('country')})")
    note = None if text.rstrip(".") in plain else text
    return Identifier(type=type, value=value[0].strip(), note=note, **facts)


def _number_in(text: str) -> re.Match[str] | None:
    tail = _TAIL.search(text, 1)
    head = text[: tail.start()] if tail else text
    return _VALUE.search(_LABEL.sub("", head)) or _VALUE.search(head)


def _items(cell: str) -> Iterator[tuple[int, int, str]]:
    """Yield (first number, last number, value) of a numbered cell; one item if it is none."""
    marks = _in_order(cell)
    if not marks:
        if cell:
            yield 1, 1, cell
        return
    lead = cell[: marks[0].start()].strip()
    if _number(marks[0][1]) == 2:
        yield 1, 1, lead.rstrip(" ,;")
        lead = ""
    ends = [mark.start() for mark in marks[1:]] + [len(cell)]
    for mark, end in zip(marks, ends, strict=True):
        text = cell[mark.end() : end].strip(" ,;\t")
        yield _number(mark[1]), _number(mark[2] or mark[1]), f"{lead} {text}".strip()


def _in_order(cell: str) -> list[re.Match[str]]:
    """Find marks that count up from 1 or a, or from 2 or b after text; a lone mark is text."""
    marks: list[re.Match[str]] = []
    following = 1
    for mark in _MARK.finditer(cell):
        start = _number(mark[1])
        if start == following or (not marks and start == 2 and mark.start()):
            marks.append(mark)
            following = _number(mark[2] or mark[1]) + 1
    alone = len(marks) == 1 and marks[0].start() > 0 and _number(marks[0][1]) == 1
    return [] if alone else marks


def _number(mark: str) -> int:
    return int(mark) if mark.isdecimal() else ord(mark.lower()) - ord("a") + 1


def _at(items: list[tuple[int, int, str]], place: int) -> str:
    return next((text for start, end, text in items if start <= place <= end), "")


def _joined(parts: list[str]) -> list[str]:
    kept = [part for part in parts if part.strip(" -")]
    return [", ".join(kept)] if kept else []


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["form"] for row in table("countries"))
