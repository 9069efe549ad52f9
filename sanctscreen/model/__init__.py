"""The words of the trade as immutable records: party, name, status, counterparty.

A *designated party* is whoever a list or a document names; its *statuses* say, source by
source, what that source supports. A *counterparty* is whoever is screened.
``docs/glossary.md`` explains each word.
"""

from sanctscreen.model.clearance import Clearance
from sanctscreen.model.counterparty import Counterparty
from sanctscreen.model.dates import PartialDate
from sanctscreen.model.documents import Citation, LeftOut, Relation, Source, Unnamed
from sanctscreen.model.party import Address, Identifier, Link, Name, Party, SourceStatus
from sanctscreen.model.words import (
    KINDS,
    STATUSES,
    Gender,
    Kind,
    NameType,
    Quality,
    Record,
    Status,
)

__all__ = [
    "KINDS",
    "STATUSES",
    "Address",
    "Citation",
    "Clearance",
    "Counterparty",
    "Gender",
    "Identifier",
    "Kind",
    "LeftOut",
    "Link",
    "Name",
    "NameType",
    "PartialDate",
    "Party",
    "Quality",
    "Record",
    "Relation",
    "Source",
    "SourceStatus",
    "Status",
    "Unnamed",
]
