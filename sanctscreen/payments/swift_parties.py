"""Read parties and agents of SWIFT MT messages, in each of the options that their fields have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sanctscreen.payments.fieldmap import identifier_types
from sanctscreen.payments.subjects import Line, Place, Subject, bic_keys, line, readings
from sanctscreen.text.identifiers import looks_like_iban

#: Options that hold a BIC, numbered lines, or an account and nothing else.
BIC_OPTIONS, NUMBERED, ACCOUNT_ONLY = "AG", "F", "C"
ACCOUNT = "/"
_NUMBERED = re.compile(r"([1-8])/(.*)")
_IDENTIFIED = re.compile(r"(?P<code>[A-Z]{4})/(?P<country>[A-Z]{2})/(?P<rest>.+)")
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COUNTRY = re.compile(r"([A-Z]{2})(?:/.*)?")
#: The code of a bank in the clearing system of its country, such as Russia's BIK.
_CLEARING = re.compile(r"[A-Z]{2}(\d{3,})")
#: What the numbers of option F stand for.
NAME, ADDRESS, TOWN, BIRTH_DATE, BIRTH_PLACE, CUSTOMER, NATIONAL, FURTHER = "12345678"


def party_subjects(option: str, value: str, place: Place, *, is_bank: bool) -> Iterator[Subject]:
    """Yield a party or agent, and apart from it whatever its field keeps apart.

    Args:
        option: the option letter, empty if the tag has none.
        value: the field, line by line.
        place: where it stands.
        is_bank: whether the field names a financial institution.
    """
    head, lines = _account(value.split("\n"))
    if (option and option in BIC_OPTIONS) or (option == ACCOUNT_ONLY and not is_bank):
        yield _by_bic(head, lines, place)
    elif option == NUMBERED:
        yield from _numbered(head, lines, place)
    elif option == ACCOUNT_ONLY:
        yield Subject(place, head, identifiers=(("other", head),) if head else ())
    else:
        yield _by_lines(head, lines, place, is_bank=is_bank)


def _account(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Part the account or clearing code that a field may start with from its other lines."""
    if lines[0].startswith(ACCOUNT):
        return lines[0].lstrip(ACCOUNT), list(lines[1:])
    return "", list(lines)


def _numbers(head: str) -> tuple[tuple[str, str], ...]:
    """Take an account for what it is written like: an IBAN, a clearing code, or a wallet."""
    if not head:
        return ()
    if looks_like_iban(head):
        return (("iban", head),)
    found = _CLEARING.fullmatch(head)
    return (("other", found[1]),) if found else (("wallet", head),)


def _by_bic(head: str, lines: Sequence[str], place: Place) -> Subject:
    text = " ".join(lines).strip()
    keys = tuple(bic_keys(text))
    faults = () if keys else (f"no BIC: {text!r}",)
    passages = () if keys or not text else (text,)
    identifiers = (*keys, *_numbers(head))
    return Subject(place, text, passages=passages, identifiers=identifiers, faults=faults)


def _by_lines(head: str, written: Sequence[str], place: Place, *, is_bank: bool) -> Subject:
    """Read name and address, which nothing keeps apart: the first line is the name, or more.

    A name may go on in the next line where the line is full; and all lines are searched as
    free text, because senders do not always start with the name.
    """
    lines = [line(each) for each in written if each.strip()]
    end = next((at for at, each in enumerate(lines) if not each.full), len(lines) - 1)
    names = dict.fromkeys(each for count in range(1, end + 2) for each in readings(lines[:count]))
    return Subject(
        place,
        _text(lines),
        names=tuple(names),
        passages=readings(lines) if len(lines) > 1 else (),
        kind="entity" if is_bank else None,
        identifiers=_numbers(head),
        faults=() if lines else ("neither a name nor an address",),
    )


def _numbered(head: str, written: Sequence[str], place: Place) -> Iterator[Subject]:
    """Read option F, where each line says by a number what it holds."""
    identified = _IDENTIFIED.fullmatch(written[0]) if written and not head else None
    parts, faults = _sorted(written[1:] if identified else written)
    countries, identifiers = [], [*_numbers(head)]
    if identified:
        types = identifier_types(identified["code"])
        identifiers += [(each, identified["rest"].rpartition("/")[2]) for each in types]
    for number, types in ((CUSTOMER, ("other",)), (NATIONAL, ("national_id",))):
        value = _text(parts[number])
        identifiers += [(each, value.rpartition("/")[2]) for each in types if value]
    for number in (TOWN, BIRTH_PLACE):
        for each in parts[number][:1]:
            found = _COUNTRY.fullmatch(each.text)
            countries += [found[1]] if found else []
            faults += [] if found else [f"no country code: {each.text!r}"]
    yield Subject(
        place,
        _text(parts[NAME]),
        names=readings(parts[NAME]),
        birth_date=_DATE.sub(r"\1-\2-\3", _text(parts[BIRTH_DATE])),
        birth_place=_text(parts[BIRTH_PLACE]),
        countries=tuple(dict.fromkeys(countries)),
        identifiers=tuple(identifiers),
        faults=tuple(faults if parts[NAME] else [*faults, "no line 1/, the name"]),
    )
    for end, numbers in (("address", (ADDRESS, TOWN)), ("further", (FURTHER,))):
        lines = [each for number in numbers for each in parts[number]]
        if lines:
            where = place._replace(field=f"{place.field}_{end}")
            yield Subject(where, _text(lines), passages=readings(lines))


def _sorted(written: Sequence[str]) -> tuple[dict[str, list[Line]], list[str]]:
    """Part numbered lines by their numbers; a line without one is no part and a fault."""
    parts: dict[str, list[Line]] = defaultdict(list)
    faults = []
    for each in written:
        found = _NUMBERED.fullmatch(each)
        if found:
            parts[found[1]].append(line(found[2], f"{found[1]}/"))
        else:
            parts[FURTHER].append(line(each))
            faults.append(f"a line without its number: {each!r}")
    return parts, faults


def _text(lines: Sequence[Line]) -> str:
    return " ".join(each.text.strip() for each in lines)
