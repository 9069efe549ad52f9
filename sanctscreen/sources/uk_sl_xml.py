"""The UK Sanctions List as XML: one ``Designation`` per party.

It holds every person, entity and ship under UK sanctions and has been the only UK list since
January 2026. Layout: https://www.gov.uk/government/publications/the-uk-sanctions-list
"""

from __future__ import annotations

from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _texts, _uk, _uk_sl
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._xml import Document, root_of

ID = _uk_sl.ID
TITLE = _uk_sl.TITLE
PUBLISHER = _uk_sl.PUBLISHER
HOMEPAGE = _uk_sl.HOMEPAGE
LICENCE = _uk_sl.LICENCE
FORMAT = "uk-sl-xml"
MINIMUM = _uk_sl.MINIMUM

RECORD = "Designation"
IGNORED = {
    "*/SanctionsImposedIndicators/*": "one true or false per measure; SanctionsImposed names them",
}
NAMES = tuple(f"Name{number}" for number in range(1, 7))
LINES = tuple(f"AddressLine{number}" for number in range(1, 7))
PERSON = "IndividualDetails/Individual"
ENTITY = "EntityDetails/Entity"
SHIP = "ShipDetails/Ship"
#: Path of every field that stands for itself; its last step is the key of `_uk_sl.FACTS`.
FIELDS = (
    "OFSIGroupID",
    "UNReferenceNumber",
    "DesignationSource",
    "UKStatementofReasons",
    "Titles/Title",
    "PhoneNumbers/PhoneNumber",
    "EmailAddresses/EmailAddress",
    "Websites/Website",
    f"{PERSON}/DOBs/DOB",
    f"{PERSON}/Genders/Gender",
    f"{PERSON}/Nationalities/Nationality",
    f"{PERSON}/Positions/Position",
    f"{ENTITY}/BusinessRegistrationNumbers/BusinessRegistrationNumber",
    f"{ENTITY}/TypeOfEntities/TypeOfEntity",
    f"{ENTITY}/ParentCompanies/ParentCompany",
    f"{ENTITY}/Subsidiaries/Subsidiary",
    f"{SHIP}/IMONumbers/IMONumber",
    f"{SHIP}/CurrentOwnerOperators/CurrentOwnerOperator",
    f"{SHIP}/PreviousOwnerOperators/PreviousOwnerOperator",
    f"{SHIP}/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip",
    f"{SHIP}/PreviousFlags/PreviousFlag",
    f"{SHIP}/TypeOfShipDetails/TypeOfShip",
    f"{SHIP}/TonnageOfShipDetails/TonnageOfShip",
    f"{SHIP}/LengthOfShipDetails/LengthOfShip",
    f"{SHIP}/YearsBuilt/YearBuilt",
    f"{SHIP}/HullIdentificationNumbers/HullIdentificationNumber",
    "OtherInformation",
)


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its outermost element."""
    root = root_of(head, path)
    return root is not None and root.tag == "Designations"


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a UK Sanctions List.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 3,000.

    Raises:
        ListError: the file is missing, empty, cut off, malformed or hostile, or a designation
            has no id or no name.
    """
    path = _files.only(paths)
    document = Document(path, {RECORD, "DateGenerated"}, ignored=IGNORED)
    parties, generated = [], ""
    for record in document.records():
        if record.tag == RECORD:
            parties.append(_party(record, path))
        else:
            generated = record.text()
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=generated or None,
        published=_texts.day(generated),
        digest=document.digest,
        records=len(parties),
        unread=document.unread,
        warnings=() if generated else ("the file states no date",),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


def _party(record: Element, path: Path) -> Party:
    number = record.text("UniqueID")
    if not number:
        raise ListError("a designation without an id", path=path, row=record.line, field="UniqueID")
    draft = Draft(f"{ID}:{number}", _uk.KINDS.get(record.text("IndividualEntityShip")))
    _read_names(draft, record)
    for field in FIELDS:
        for text in record.texts(field):
            _uk_sl.read_fact(draft, field.rpartition("/")[2], text)
    _read_groups(draft, record)
    draft.add(
        "statuses",
        _uk_sl.status(
            regimes=record.texts("RegimeName"),
            measures=record.texts("SanctionsImposed"),
            designated=[_texts.day(record.text("DateDesignated"))],
            updated=[_texts.day(record.text("LastUpdated"))],
        ),
    )
    return draft.party(path=path, row=record.line)


def _read_names(draft: Draft, record: Element) -> None:
    for each in record.all("Names/Name"):
        parts = [each.text(tag) for tag in NAMES]
        name = _uk.name(parts, each.text("NameType"), each.text("AliasStrength"), draft.kind)
        draft.add("names", name)
    for each in record.all("NonLatinNames/NonLatinName"):
        language = each.text("NonLatinScriptLanguage") or each.text("NonLatinScriptType")
        each.text("NonLatinScriptType")
        draft.add("names", _uk.original_script(each.text("NameNonLatinScript"), language))


def _read_groups(draft: Draft, record: Element) -> None:
    """Read the fields that belong together."""
    for each in record.all("Addresses/Address"):
        lines = [each.text(tag) for tag in LINES]
        postal_code, country = each.text("AddressPostalCode"), each.text("AddressCountry")
        draft.add("addresses", _uk.address(lines, postal_code, country))
    for each in record.all(f"{PERSON}/BirthDetails/Location"):
        _uk_sl.place_of_birth(draft, each.text("TownOfBirth"), each.text("CountryOfBirth"))
    for each in record.all(f"{PERSON}/PassportDetails/Passport"):
        number, information = (
            each.text("PassportNumber"),
            each.text("PassportAdditionalInformation"),
        )
        _uk_sl.document(draft, number, information, "passport")
    for each in record.all(f"{PERSON}/NationalIdentifierDetails/NationalIdentifier"):
        number = each.text("NationalIdentifierNumber")
        information = each.text("NationalIdentifierAdditionalInformation")
        _uk_sl.document(draft, number, information, "national_id")
