"""The semicolon language of OFAC's remarks and notices, read into facts.

``DOB 07 Oct 1954; alt. DOB circa 1955; POB Moscow, Russia; Passport A123 (Russia) expires
28 Jan 2025; a.k.a. 'BNC'.`` Each clause opens with words that say what it states; those words
stand in ``data/ofac_clauses.tsv`` and ``data/identifier_types.tsv``. A clause that opens with
none of them is kept word for word in `Facts.notes`.

Weak aliases stand here and nowhere else in the CSV files (OFAC FAQ 123,
https://ofac.treasury.gov/faqs/123).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from sanctscreen.data import table
from sanctscreen.errors import InputError
from sanctscreen.model import Gender, Identifier, Name, NameType, PartialDate, Record

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
GENDERS: dict[str, Gender] = {"male": "male", "female": "female"}
LEI_LENGTH = 20
#: Types whose values are never words alone: "Passport issued in Bosnia" states no number.
NUMBERED = frozenset("passport national_id tax registration imo mmsi phone wallet".split())

_AFTER_WORD = re.compile(r"[\s:]")
_DATE = re.compile(r"(?:(?:(\d{1,2}) )?([A-Za-z]{3,9})\.? )?(\d{4})")
_RANGE = re.compile(r" to |(?<=\d{4})-(?=\d{4})")
_ALTERNATIVE = re.compile(r"^alt\. ?", re.IGNORECASE)
_QUOTED = re.compile(r"""['"“‘](.+)['"”’]""", re.DOTALL)
#: A label that no table names, but that says itself what follows is a number or code.
_NUMBERED = re.compile(
    r"(?P<label>[A-Z][^\d;]*?\b(?:No\.?|Number|ID|Code|Card|#))[:\s]+(?P<rest>\S*\d.*)", re.DOTALL
)
_WHEN = re.compile(r" (issued|expires) ((?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?\d{4})$")
_COUNTRY = re.compile(r" ?\(([^()]*)\)$")
#: "S.A.", "C.V.": the last full stop belongs to the abbreviation.
_ABBREVIATION = re.compile(r"(?:^|[\s,(])(?:[A-Za-z]\.){2,}$")


class Facts(Record):
    """What a run of clauses states, under the field names of `sanctscreen.model.Party`.

    Attributes:
        aliases: weak aliases and, in notices, names in other scripts.
        notes: the clauses that no rule could read, word for word.
    """

    aliases: tuple[Name, ...] = ()
    dates_of_birth: tuple[PartialDate, ...] = ()
    places_of_birth: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    gender: Gender | None = None
    titles: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    secondary_sanctions: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def party_fields(self) -> dict[str, Any]:
        """Return the facts as keyword arguments for `Party`, the aliases left out."""
        return {
            field: value for field, value in self.__dict__.items() if value and field != "aliases"
        }


def read_remarks(text: str, *, cut: bool = False) -> Facts:
    """Read a whole remarks field.

    Args:
        text: clauses joined by semicolons, with or without a closing full stop.
        cut: the text breaks off in its last clause, which is then kept as a note and not
            believed: half a wallet address is another wallet address.

    >>> read_remarks("DOB 07 Oct 1954; a.k.a. 'BNC'.").aliases[0].full
    'BNC'
    """
    whole = text if cut else _without_stop(text)
    clauses = [clause for part in whole.split(";") if (clause := part.strip())]
    if not cut:
        return read_clauses(clauses)
    return read_clauses(clauses[:-1], notes=clauses[-1:])


def read_clauses(clauses: Iterable[str], *, notes: Iterable[str] = ()) -> Facts:
    """Read clauses that have been separated already.

    Args:
        clauses: one statement each.
        notes: text that is known to be unreadable, put before the unread clauses.
    """
    found: dict[str, list[Any]] = {}
    unread = list(notes)
    for clause in clauses:
        try:
            field, value = read_clause(clause)
        except InputError:
            unread.append(clause)
            continue
        found.setdefault(field, []).append(value)
    gender, *others = found.pop("gender", [None])
    unread += [f"Gender {other}" for other in others if other != gender]
    lists = {field: tuple(dict.fromkeys(values)) for field, values in found.items()}
    return Facts(**lists, gender=gender, notes=tuple(unread))


@lru_cache(maxsize=4_096)
def read_clause(clause: str) -> tuple[str, Any]:
    """Read one clause.

    Returns:
        The field of `Facts` that it belongs to, and its value.

    Raises:
        InputError: no rule covers the clause.

    >>> read_clause("POB Moscow, Russia")
    ('places_of_birth', 'Moscow, Russia')
    """
    text = _ALTERNATIVE.sub("", clause.strip(), count=1)
    rule = _rule_for(text)
    if rule is None:
        return _numbered(text)
    value = text[len(rule.start) :].lstrip(" :").rstrip()
    if not value and rule.field != "directive":
        raise InputError(f"no rule reads {clause!r}")
    if rule.field == "identifier":
        return "identifiers", _identifier(value, rule)
    return _READERS[rule.field](value, rule, text)


def opens_clause(text: str) -> bool:
    """Tell whether the words that open ``text`` stand in a table, as no address's do.

    >>> opens_clause("Tax ID No. 77"), opens_clause("Flat No. 77, Moscow")
    (True, False)
    """
    return _rule_for(_ALTERNATIVE.sub("", text.strip(), count=1)) is not None


def read_partial_date(text: str) -> PartialDate:
    """Read ``07 Oct 1954``, ``Oct 1954``, ``1954``, ``circa 1954`` or ``1950 to 1952``.

    Raises:
        InputError: the text is no such date.

    >>> str(read_partial_date("circa 1954"))
    'circa 1954'
    """
    bare = text.strip().rstrip(".")
    circa = bare.startswith(("circa ", "Circa ", "c. "))
    ends = _RANGE.split(bare.partition(" ")[2] if circa else bare)
    if len(ends) > 2:
        raise InputError(f"no rule reads {text!r}")
    first, last = _date_span(ends[0], circa=circa), _date_span(ends[-1], circa=circa)
    if first.earliest > last.latest:
        raise InputError(f"no rule reads {text!r}")
    return PartialDate(earliest=first.earliest, latest=last.latest, circa=circa)


class _Rule(NamedTuple):
    """What words open a clause, and what it then states."""

    start: str
    field: str
    key: str
    note: str


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """Both tables, keyed by the first word of the rule, the longest start first."""
    clauses = [_Rule(row["start"], row["field"], row["key"], "") for row in table("ofac_clauses")]
    identifiers = [
        _Rule(row["label"], "identifier", row["type"], row["note"])
        for row in table("identifier_types")
    ]
    grouped: dict[str, list[_Rule]] = {}
    for rule in sorted(clauses + identifiers, key=lambda rule: -len(rule.start)):
        grouped.setdefault(_first_word(rule.start), []).append(rule)
    return {word: tuple(rules) for word, rules in grouped.items()}


def _first_word(text: str) -> str:
    return _AFTER_WORD.split(text, maxsplit=1)[0].lower()


def _rule_for(text: str) -> _Rule | None:
    for rule in _rules().get(_first_word(text), ()):
        end = len(rule.start)
        if text[:end].lower() == rule.start.lower() and not text[end : end + 1].isalnum():
            return rule
    return None


def _without_stop(text: str) -> str:
    """Take off the full stop that ends the remarks, unless it belongs to an abbreviation."""
    bare = text.rstrip()
    return bare if _ABBREVIATION.search(bare) else bare.removesuffix(".")


def _date_span(text: str, *, circa: bool = False) -> PartialDate:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise InputError(f"no rule reads {text!r}")
    day, word, year = match.groups()
    try:
        month = MONTHS.index(word[:3].lower()) + 1 if word else None
        return PartialDate.of(int(year), month, int(day) if day else None, circa=circa)
    except ValueError as error:
        raise InputError(f"no rule reads {text!r}") from error


def _identifier(text: str, rule: _Rule) -> Identifier:
    value, country, dates, notes = _tail(text)
    kind = rule.key
    if kind == "wallet":
        currency, _, value = value.partition(" ")
        notes.insert(0, currency)
    if kind == "lei" and len(value) != LEI_LENGTH:
        kind, notes = "other", ["Legal Entity Number", *notes]
    if not value or (kind in NUMBERED and not any(map(str.isdecimal, value))):
        raise InputError(f"no rule reads {text!r}")
    note = ", ".join([rule.note, *notes] if rule.note else notes)
    return Identifier(type=kind, value=value, country=country, note=note or None, **dates)


def _tail(text: str) -> tuple[str, str | None, dict[str, date], list[str]]:
    """Separate a value from "(Country) issued DATE expires DATE"; a vague date is a note."""
    dates: dict[str, date] = {}
    notes: list[str] = []
    while match := _WHEN.search(text):
        when = _date_span(match[2])
        if when.earliest == when.latest:
            dates[match[1]] = when.earliest
        else:
            notes.insert(0, match[0].strip())
        text = text[: match.start()]
    country = _COUNTRY.search(text)
    if country is None or not country.start():
        return text.strip(), None, dates, notes
    return text[: country.start()].strip(), country[1].strip() or None, dates, notes


def _numbered(text: str) -> tuple[str, Identifier]:
    """Read an identifier whose label stands in no table: its type is ``other``."""
    match = _NUMBERED.fullmatch(text)
    if match is None:
        raise InputError(f"no rule reads {text!r}")
    return "identifiers", _identifier(match["rest"], _Rule("", "", "other", match["label"]))


def _weak_alias(value: str, rule: _Rule, _: str) -> tuple[str, Name]:
    """Read a quoted alias; an alias without quotes is none that remarks are known to hold."""
    match = _QUOTED.fullmatch(value)
    if match is None:
        raise InputError(f"no rule reads {value!r}")
    kind: dict[str, NameType] = {"aka": "aka", "fka": "fka", "nka": "nka"}
    return "aliases", Name(full=match[1], type=kind[rule.key], quality="weak")


def _gender(value: str, *_: object) -> tuple[Literal["gender"], Gender]:
    if value.lower() not in GENDERS:
        raise InputError(f"no rule reads {value!r}")
    return "gender", GENDERS[value.lower()]


def _plain(field: str) -> Callable[[str, _Rule, str], tuple[str, str]]:
    """Make the reader of a field that takes its text as it stands."""
    return lambda value, _rule, _text: (field, value)


#: ``ofac_clauses.tsv`` field, to what reads it: (value, rule, whole clause) -> (field, value).
_READERS: dict[str, Callable[[str, _Rule, str], tuple[str, Any]]] = {
    "date_of_birth": lambda value, _rule, _text: ("dates_of_birth", read_partial_date(value)),
    "place_of_birth": _plain("places_of_birth"),
    "nationality": _plain("nationalities"),
    "citizenship": _plain("citizenships"),
    "gender": _gender,
    "weak_alias": _weak_alias,
    "link": _plain("links"),
    "title": _plain("titles"),
    "secondary_sanctions": _plain("secondary_sanctions"),
    "detail": lambda value, rule, _text: ("details", (rule.key, value)),
    "directive": lambda _value, rule, text: ("details", (rule.key, text)),
}
