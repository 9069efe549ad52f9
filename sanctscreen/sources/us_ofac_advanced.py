"""OFAC's advanced XML: ``sdn_advanced.xml`` and ``cons_advanced.xml``.

A ``DistinctParty`` holds names, in every script and part by part, and features; documents,
places, relations and listings stand apart and point to it. Schema:
https://ofac.treasury.gov/sdn-list-data-formats-data-schemas/frequently-asked-questions-on-advanced-sanctions-list-standard
"""

from __future__ import annotations

from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Address, Identifier, Link, Name
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _ofac, us_ofac_csv
from sanctscreen.sources._element import Element
from sanctscreen.sources._ofac import Entry
from sanctscreen.sources._ofac_features import add_feature
from sanctscreen.sources._ofac_names import names
from sanctscreen.sources._ofac_reference import Paper, Words, address, date_of, day, paper
from sanctscreen.sources._xml import Document, root_of

ID = us_ofac_csv.ID
TITLE = us_ofac_csv.TITLE
PUBLISHER = us_ofac_csv.PUBLISHER
HOMEPAGE = us_ofac_csv.HOMEPAGE
LICENCE = us_ofac_csv.LICENCE
FORMAT = "ofac-advanced"
MINIMUM = us_ofac_csv.MINIMUM

RECORDS = {
    "DateOfIssue",
    "ReferenceValueSets",
    "Location",
    "IDRegDocument",
    "DistinctParty",
    "ProfileRelationship",
    "SanctionsEntry",
}
IGNORED = {
    "Sanctions/@Version": "the version of the layout",
    "Sanctions/ReferenceValueSets/*": "tables of words, of which those in use are looked up",
    "*/@ID": "numbers within the file",
    "*/@FixedRef": "numbers of names and identities, not of the party",
    "*/@CalendarTypeID": "Gregorian",
    "*Fixed": "whether a part of a date is known, which its bounds say as well",
    "*/@ScriptID": "the letters tell the script",
    "*/@ScriptStatusID": "whether a script is certain",
    "*/@DocNameStatusID": "which spelling of a name is the publisher's own",
    "*/@Acronym": "a name part in capital letters",
    "*/LocationPartValue/@*": "which of several spellings is the first",
    "*/@CountryRelevanceID": "how a country belongs to a place",
    "*/@ReliabilityID": "not used by the publisher",
    "*/IdentityReference/@*": "which of a party's identities a feature belongs to",
    "*/FeatureVersionReference/@*": "points back to the party",
    "*/IDRegDocumentReference/@*": "points back to the document",
    "*/IDRegDocumentMention/@*": "points to another document",
    "*/DocumentedNameReference/@*": "the name on a document",
    "*/ProfileRelationshipReference/@*": "points to the relation",
    "*/SanctionsEntryReference/@*": "points to the listing",
    "*/Identity/@*": "which identity is the first; all are read",
    "*/VersionDetail/@DetailTypeID": "whether a detail is text or a word of a table",
    "*/SanctionsEntry/@*": "the list, told from the programmes as in every layout",
    "*/SanctionsMeasure/DatePeriod*": "of the measure; the listing has its own day",
    "*/ProfileRelationship/@RelationQualityID": "not used by the publisher",
    "*/ProfileRelationship/@SanctionsEntryID": "the listing that the relation belongs to",
}


def recognises(head: bytes, path: Path) -> bool:
    """Tell the file by its outermost element."""
    root = root_of(head, path)
    return root is not None and root.tag == "Sanctions"


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read one file.

    Args:
        paths: the file.
        minimum: fewer parties raise; by default 5,000 (SDN) or 200 (Consolidated).

    Raises:
        ListError: there are several files, or the one is missing, empty, cut off, malformed,
            too short, a file of changes only, or points to what it does not hold.
    """
    document = Document(_ofac.only(paths), RECORDS, ignored=IGNORED)
    return _Assembly(document).party_list(minimum)


class _Assembly:
    """The records of one file, on their way to becoming parties."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._words = Words()
        self._places: dict[str, Address | None] = {}
        self._papers: dict[str, list[Paper]] = {}
        self._entries: dict[str, Entry] = {}
        self._order: list[Entry] = []
        self._listed: set[str] = set()
        self._warnings: list[str] = []
        self._issued: Element | None = None

    def party_list(self, minimum: int | None) -> PartyList:
        """Read every record, then make the list."""
        take = {
            "ReferenceValueSets": self._words.add,
            "Location": self._location,
            "IDRegDocument": self._document_record,
            "DistinctParty": self._party,
            "ProfileRelationship": self._relation,
            "SanctionsEntry": self._listing,
            "DateOfIssue": self._date_of_issue,
        }
        for record in self._document.records():
            take[record.tag](record)
        if self._document.root.attr("DeltaBaseVersion"):
            message = "a file of changes, not a whole list"
            raise ListError(message, path=self._document.path)
        published = day(self._issued) if self._issued is not None else None
        unlisted = [entry.number for entry in self._order if entry.number not in self._listed]
        if unlisted:
            self._warnings.append(f"parties without a listing: {', '.join(unlisted)}")
        return _ofac.party_list(
            self._order,
            self._document,
            published=published,
            minimum=minimum,
            warnings=self._warnings,
        )

    def _date_of_issue(self, record: Element) -> None:
        day(record)
        self._issued = record

    def _location(self, record: Element) -> None:
        self._places[record.attr("ID")] = address(record, self._words)

    def _document_record(self, record: Element) -> None:
        papers = self._papers.setdefault(record.attr("IdentityID"), [])
        papers.append(paper(record, self._words))

    def _party(self, record: Element) -> None:
        number = record.attr("FixedRef")
        if not number.isdecimal():
            raise record.error(f"no number: {number!r}", "FixedRef")
        profiles = record.all("Profile")
        if not profiles:
            raise record.error("a party without a profile")
        entry = Entry(number, _ofac.kind_of(self._kind(profiles[0]), record), record.line)
        entry.clauses += record.texts("Comment")
        self._order.append(entry)
        for profile in profiles:
            if profile.attr("ID") in self._entries:
                raise profile.error(f"profile {profile.attr('ID')} twice", "ID")
            self._entries[profile.attr("ID")] = entry
            self._profile(profile, entry)

    def _profile(self, profile: Element, entry: Entry) -> None:
        """Read names, documents, features and references."""
        entry.clauses += profile.texts("Comment")
        for identity in profile.all("Identity"):
            self._identity(identity, entry)
        for feature in profile.all("Feature"):
            label = self._words.word("FeatureType", feature, "FeatureTypeID")
            for version in feature.all("FeatureVersion"):
                self._feature(label, version, entry)
        for reference in profile.all("ExternalReference"):
            kind = self._words.word("ExRefType", reference, "ExRefTypeID")
            texts = (*reference.texts("ExRefValue"), *reference.texts("DirectURL"))
            entry.clauses += [f"{kind} {text}" for text in texts]

    def _identity(self, identity: Element, entry: Entry) -> None:
        found = names(identity, self._words, is_person=entry.kind == "person")
        entry.names += map(Name.as_alias, found) if entry.names else found
        for each in self._papers.get(identity.attr("ID"), ()):
            entry.add_identifier(
                each.label, each.number, country=each.country, days=each.days, note=each.note
            )

    def _kind(self, profile: Element) -> str:
        """Vessels and aircraft are told by the subtype, persons and entities by the type."""
        subtype = self._words.element("PartySubType", profile, "PartySubTypeID")
        if subtype is None:
            raise profile.error("no type of party", "PartySubTypeID")
        word = subtype.text()
        if word.lower() in _ofac.KINDS:
            return word
        return self._words.word("PartyType", subtype, "PartyTypeID")

    def _feature(self, label: str, version: Element, entry: Entry) -> None:
        """Keep what one feature says: a date, places, words."""
        spans = [date_of(period) for period in version.all("DatePeriod")]
        places = [self._place(each) for each in version.all("VersionLocation")]
        words = [self._detail(each) for each in version.all("VersionDetail")]
        note = version.text("Comment")
        key = label.lower()
        if key == "birthdate":
            entry.dates_of_birth += spans
        elif key == "location":
            entry.addresses += [place for place in places if place]
        elif key == "vessel call sign":
            entry.identifiers += [
                Identifier(type="call_sign", value=each) for each in words if each
            ]
        else:
            texts = [*filter(None, words), *(_line(place) for place in places if place)]
            texts = texts or [str(span) for span in spans]
            for text in texts or [""]:
                add_feature(entry, label, text, note)
            note = ""
        entry.clauses += [f"{label}: {note}"] if note else []

    def _detail(self, element: Element) -> str:
        return self._words.word("DetailReference", element, "DetailReferenceID") or element.text()

    def _place(self, element: Element) -> Address | None:
        number = element.attr("LocationID")
        if number not in self._places:
            raise element.error(f"no Location of the number {number}", "LocationID")
        return self._places[number]

    def _owner(self, record: Element, attribute: str) -> Entry:
        number = record.attr(attribute)
        if number not in self._entries:
            raise record.error(f"no Profile of the number {number}", attribute)
        return self._entries[number]

    def _relation(self, record: Element) -> None:
        one, number = self._owner(record, "From-ProfileID"), record.attr("To-ProfileID")
        other = self._entries.get(number)
        if other is None:
            self._warnings.append(f"party {one.number} is tied to {number}, not in this file")
        relation = self._words.word("RelationType", record, "RelationTypeID").lower()
        former = "formerly " if record.attr("Former") == "true" else ""
        said = " ".join(filter(None, (former + relation, record.text("Comment"))))
        name = other.names[0].full if other else f"profile {number}"
        one.links.append(Link(name=name, relation=said or "linked to"))

    def _listing(self, record: Element) -> None:
        """Keep programmes, the day of listing, the legal basis and what is said beside them."""
        entry = self._owner(record, "ProfileID")
        self._listed.add(entry.number)
        for event in record.all("EntryEvent"):
            kind = self._words.word("EntryEventType", event, "EntryEventTypeID")
            days = [day(each) for each in event.all("Date")]
            if kind.lower() == "created":
                entry.listed = min([*days, *filter(None, [entry.listed])])
            else:
                entry.details += [(kind.lower(), each.isoformat()) for each in days]
            basis = self._words.word("LegalBasis", event, "LegalBasisID")
            entry.details += [("legal_basis", basis)] if basis else []
            entry.clauses += event.texts("Comment")
        for measure in record.all("SanctionsMeasure"):
            kind = self._words.word("SanctionsType", measure, "SanctionsTypeID")
            comment = measure.text("Comment")
            if kind.lower() == "program":
                entry.programmes += [comment] if comment else []
            elif kind.lower() == "block" and not comment:
                entry.effects.append("block")
            else:
                said = ", ".join(filter(None, (kind, comment)))
                entry.details.append(("sanctions_type", said))
        entry.clauses += [*record.texts("Comment"), *record.texts("LimitationsToListing")]
        entry.clauses += record.texts("SupportingInfo/Text")


def _line(place: Address) -> str:
    return ", ".join(text for _, text in place if text)
