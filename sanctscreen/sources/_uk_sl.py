"""The UK Sanctions List in whichever layout: what each field of a designation becomes.

The fields go by the names of the XML layout; the CSV layout has the same under other headings.
Fields: https://www.gov.uk/government/publications/the-uk-sanctions-list
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from sanctscreen.model import Identifier, Link, SourceStatus
from sanctscreen.sources import _draft, _texts, _uk
from sanctscreen.sources._draft import Draft

ID = "uk-sl"
TITLE = "UK Sanctions List"
PUBLISHER = "Foreign, Commonwealth and Development Office"
HOMEPAGE = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
LICENCE = _uk.LICENCE
#: The list has been longer than this since 2022.
MINIMUM = 3_000

#: Said where a field is empty.
NOTHING = ("N/A", "n/a", "None", "-")


def read_fact(draft: Draft, field: str, text: str) -> None:
    """Give a draft the fact that a field of the list states.

    Args:
        draft: the party.
        field: a key of `FACTS`.
        text: what the field holds; nothing is read where it is empty.
    """
    if text and text not in NOTHING:
        FACTS[field](draft, text)


def status(
    *,
    regimes: Iterable[str],
    measures: Iterable[str],
    designated: Iterable[date | None],
    updated: Iterable[date | None],
) -> SourceStatus:
    """Join what a designation says of itself.

    Args:
        regimes: the regulations that it rests on.
        measures: the cells of sanctions imposed, several in one joined by ``|`` or commas.
        designated: when.
        updated: when last.
    """
    several = [each for cell in measures if cell not in NOTHING for each in _measures(cell)]
    return _draft.statuses(
        ID,
        programmes=[regime for regime in regimes if regime],
        effects=_uk.effects(several),
        listed=designated,
        changed=updated,
    )


def place_of_birth(draft: Draft, town: str, country: str) -> None:
    """Join a town and a country of birth."""
    draft.add("places_of_birth", ", ".join(part for part in (town, country) if part))


def document(draft: Draft, number: str, information: str, type: str) -> None:
    """Read the number of a passport or an identity card and what is said of it."""
    if number not in NOTHING:
        _uk.numbers(draft, number, information, type)
    elif information:
        draft.add("notes", information)


def _measures(cell: str) -> list[str]:
    return cell.split("|") if "|" in cell else cell.split(", ")


def _text(field: str) -> Callable[[Draft, str], None]:
    return lambda draft, text: draft.add(field, text)


def _detail(key: str) -> Callable[[Draft, str], None]:
    return lambda draft, text: draft.add("details", (key, text))


def _link(relation: str) -> Callable[[Draft, str], None]:
    return lambda draft, text: draft.add("links", Link(name=text, relation=relation))


def _reference(source: str) -> Callable[[Draft, str], None]:
    return lambda draft, text: draft.add("references", _uk.reference(source, text))


def _identifier(type: str) -> Callable[[Draft, str], None]:
    return lambda draft, text: draft.add("identifiers", Identifier(type=type, value=text))


def _registration(draft: Draft, text: str) -> None:
    _uk.numbers(draft, text, "", "registration")


def _imo(draft: Draft, text: str) -> None:
    draft.add("identifiers", Identifier(type="imo", value=text.removeprefix("IMO").strip()))


def _remarks(draft: Draft, text: str) -> None:
    draft.add_all(_uk.remarks(text))
    _uk.approximate(draft, text)


def _titles(draft: Draft, text: str) -> None:
    draft.add("titles", *_texts.numbered(text))


def _positions(draft: Draft, text: str) -> None:
    draft.add("positions", *_texts.numbered(text))


#: Field, to what it becomes.
FACTS: dict[str, Callable[[Draft, str], None]] = {
    "OFSIGroupID": _reference("uk-ofsi"),
    "UNReferenceNumber": _reference("un-sc"),
    "DesignationSource": _detail("designation_source"),
    "OtherInformation": _remarks,
    "UKStatementofReasons": _text("notes"),
    "Title": _titles,
    "PhoneNumber": _identifier("phone"),
    "EmailAddress": _identifier("email"),
    "Website": _identifier("website"),
    "DOB": _uk.births,
    "Gender": _uk.gender,
    "Nationality": _text("nationalities"),
    "Position": _positions,
    "BusinessRegistrationNumber": _registration,
    "TypeOfEntity": _detail("organization_type"),
    "ParentCompany": _link("owned by"),
    "Subsidiary": _link("owns"),
    "IMONumber": _imo,
    "CurrentOwnerOperator": _link("owner or operator"),
    "PreviousOwnerOperator": _link("previous owner or operator"),
    "CurrentBelievedFlagOfShip": _detail("flag"),
    "PreviousFlag": _detail("former_flag"),
    "TypeOfShip": _detail("vessel_type"),
    "TonnageOfShip": _detail("tonnage"),
    "LengthOfShip": _detail("length"),
    "YearBuilt": _detail("year_of_build"),
    "HullIdentificationNumber": _identifier("other"),
}
