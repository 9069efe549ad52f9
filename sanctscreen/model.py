"""The words of the trade as immutable records: party, name, status, counterparty.

A *designated party* is whoever a list or a document names; its *statuses* say, source by
source, what that source supports. A *counterparty* is whoever is screened.
``docs/glossary.md`` explains each word.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from sanctscreen.text.scripts import dominant_script

Kind = Literal["person", "entity", "vessel", "aircraft"]
Status = Literal[
    "designated",
    "previously_designated",
    "sanctioned_undated",
    "unclear",
    "accused",
    "mentioned",
    "delisted",
]
NameType = Literal["primary", "aka", "fka", "nka"]
Quality = Literal["strong", "weak", "unknown"]
Gender = Literal["male", "female"]

KINDS: tuple[Kind, ...] = ("person", "entity", "vessel", "aircraft")
#: Strongest first: the order in which ``Party.status`` chooses among several sources.
STATUSES: tuple[Status, ...] = (
    "designated",
    "previously_designated",
    "sanctioned_undated",
    "unclear",
    "accused",
    "mentioned",
    "delisted",
)


class Record(BaseModel):
    """Base of every record: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(Record):
    """One name of a party, as its source writes it.

    Attributes:
        full: the whole name, for instance ``"NIKULIN, Dmitry Yuryevich"``.
        type: ``primary``, ``aka``, ``fka`` (formerly) or ``nka`` (now).
        quality: ``strong``, ``weak`` (OFAC FAQ 122, UN "Low") or ``unknown``; a source that
            says nothing leaves it unknown.
        language: BCP 47 tag where the source states it.
        parts: the parts in the source's order where it keeps them apart, as ``(part, text)``;
            a part is ``given``, ``family``, ``patronymic``, ``title``, ``suffix`` or ``other``.
    """

    full: Annotated[str, Field(min_length=1)]
    type: NameType = "aka"
    quality: Quality = "unknown"
    language: str | None = None
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def script(self) -> str:
        """ISO 15924 code of the script that most letters belong to, such as ``"Cyrl"``."""
        return dominant_script(self.full)


class Citation(Record):
    """The few words of a document that support a statement, and where they stand.

    Attributes:
        source: id of the document in ``PartyList.sources``.
        start: offset of the first character in the document's text.
        end: offset after the last one.
        words: the words themselves.
    """

    source: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    words: str


class SourceStatus(Record):
    """What one source says of a party.

    Attributes:
        source: id of the source in ``PartyList.sources``.
        status: the status that this source supports.
        programmes: the publisher's programme tags, such as ``("DPRK3", "RUSSIA-EO14024")``.
        effects: what the listing does (``block``, ``reject``, ``restrict`` …), kept apart from
            status.
        listed: the day of listing, where the source states it.
        changed: the day of the last amendment, where the source states it.
        removed: the day of delisting, where the source states it.
        citations: the words that support the status, for a document.
        note: why an analyst or a rule decided so, where that needs saying.
    """

    source: str
    status: Status = "designated"
    programmes: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    listed: date | None = None
    changed: date | None = None
    removed: date | None = None
    citations: tuple[Citation, ...] = ()
    note: str | None = None


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


class Identifier(Record):
    """A number or code that tells a party from its namesakes.

    Attributes:
        type: ``passport``, ``national_id``, ``tax``, ``registration``, ``bic``, ``lei``, ``imo``,
            ``mmsi``, ``call_sign``, ``tail_number``, ``wallet``, ``website``, ``email``,
            ``phone`` or ``other``.
        value: as the source writes it.
        country: who issued it, as the source writes it.
        issued: the day of issue.
        expires: the day of expiry.
        note: what else the source says of it (a wallet's currency, "individual", …).
    """

    type: str
    value: Annotated[str, Field(min_length=1)]
    country: str | None = None
    issued: date | None = None
    expires: date | None = None
    note: str | None = None


class Address(Record):
    """Where a party is, as the source writes it; at least one field is set."""

    street: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    note: str | None = None


class Link(Record):
    """Another party that a source ties this one to.

    Attributes:
        name: the other party, as the source names it.
        relation: how: ``linked to``, ``owned by``, ``owns``, ``family``, ``acts for`` or the
            source's own words.
    """

    name: Annotated[str, Field(min_length=1)]
    relation: str = "linked to"


def _links(value: object) -> object:
    """Let plain strings stand for parties that this one is linked to."""
    if not isinstance(value, list | tuple):
        return value
    return tuple(Link(name=item) if isinstance(item, str) else item for item in value)


def _names(value: object) -> object:
    """Let plain strings stand for names; the first of them is the primary one."""
    if not isinstance(value, list | tuple):
        return value
    return tuple(
        Name(full=item, type="aka" if place else "primary") if isinstance(item, str) else item
        for place, item in enumerate(value)
    )


class Party(Record):
    """A designated party, or one that a source mentions with a lesser status.

    >>> Party(id="x1", kind="person", names=["Ivan Petrov"]).name
    'Ivan Petrov'

    Attributes:
        id: ``"<source>:<publisher's own id>"``, stable between versions.
        kind: what the party is; ``None`` where no source says.
        names: the primary name first.
        statuses: one per source; a party made by hand is ``designated`` by source ``user``.
        positions: offices that the party holds or held.
        links: other parties that the source ties this one to ("Linked To: …").
        references: ids of the same party in other lists, as a source states them.
        details: facts with no field of their own (vessel type, tonnage, flag …).
        notes: text of the source that no rule could read, kept word for word.
    """

    id: Annotated[str, Field(min_length=1)]
    kind: Kind | None = None
    names: Annotated[tuple[Name, ...], BeforeValidator(_names), Field(min_length=1)]
    statuses: Annotated[tuple[SourceStatus, ...], Field(min_length=1)] = (
        SourceStatus(source="user"),
    )
    dates_of_birth: tuple[PartialDate, ...] = ()
    places_of_birth: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    gender: Gender | None = None
    titles: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    links: Annotated[tuple[Link, ...], BeforeValidator(_links)] = ()
    references: tuple[str, ...] = ()
    secondary_sanctions: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The primary name, as listed."""
        return self.names[0].full

    @property
    def status(self) -> Status:
        """The strongest status that any source supports."""
        return min((each.status for each in self.statuses), key=STATUSES.index)

    @property
    def programmes(self) -> tuple[str, ...]:
        """Every programme tag of every source, each once, in the order of the sources."""
        return tuple(dict.fromkeys(tag for each in self.statuses for tag in each.programmes))


class Unnamed(Record):
    """Parties that a document announces and counts but does not name.

    Attributes:
        kind: what they are.
        count: how many; ``None`` where the document gives no number.
        status: what the document says of them.
        source: id of the first document that announces them.
        citations: the announcing words, one per document that repeats the announcement.
    """

    kind: Kind | None
    count: Annotated[int, Field(ge=1)] | None
    status: Status = "designated"
    source: str
    citations: tuple[Citation, ...] = ()


class Relation(Record):
    """Who did what with whom, directed, as a document states it.

    Attributes:
        subject: who acts, by name or by the document's own words.
        relation: the verb phrase, such as ``"cooperated with"``.
        object: whom or what the act concerns.
        attribution: whose statement it is (``fact``, ``report``, or the accuser or agency named).
        citation: the words that state it.
    """

    subject: str
    relation: str
    object: str
    attribution: str
    citation: Citation


class LeftOut(Record):
    """A name that a document holds and the list does not, with the reason."""

    name: str
    role: str
    reason: str
    citation: Citation


class Source(Record):
    """A document or an official list file that a party list was built from.

    Attributes:
        id: short and stable, such as ``"ofac-sdn"`` or the document's file stem.
        type: ``list``, ``notice`` or ``prose``.
        title: the headline, or the list's name.
        publisher: who published it, where known.
        version: the publisher's own version or date.
        published: the day of publication, where stated.
        digest: SHA-256 of the bytes read, in hexadecimal.
        rests_on: where a document says its facts come from; two documents that share an entry
            are not independent confirmation of each other.
        records: how many records the file held.
        unread: fields of the file that no rule reads, each once.
        warnings: what could not be read in full, one sentence each.
    """

    id: str
    type: Literal["list", "notice", "prose", "user"]
    title: str = ""
    publisher: str | None = None
    version: str | None = None
    published: date | None = None
    digest: str = ""
    rests_on: tuple[str, ...] = ()
    records: int | None = None
    unread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def _partial_date(value: object) -> object:
    """Let an ISO date, as text or as a ``date``, stand for a partial date."""
    if isinstance(value, str):
        return PartialDate.parse(value)
    if isinstance(value, date):
        return PartialDate(earliest=value, latest=value)
    return value


class Counterparty(Record):
    """Whoever is screened.

    Attributes:
        name: the name as the payment or the customer file gives it; it may be empty or
            unreadable, and is then never ``clear``.
        kind: what the counterparty is; ``None`` screens against every kind.
        date_of_birth: an ISO 8601 date (``1971``, ``1971-02``, ``1971-02-14``) or a ``date``.
        countries: ISO 3166 codes or country names.
        gender: ``male`` or ``female``.
        identifiers: type to value, such as ``{"bic": "KKBCKPPY"}``; types as in `Identifier`.
        reference: the caller's own key, echoed in the result.
    """

    name: str
    kind: Kind | None = None
    date_of_birth: Annotated[PartialDate | None, BeforeValidator(_partial_date)] = None
    countries: tuple[str, ...] = ()
    gender: Gender | None = None
    identifiers: Mapping[str, str] = Field(default_factory=dict)
    reference: str | None = None

    @field_validator("countries", mode="before")
    @classmethod
    def _one_country(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="before")
    @classmethod
    def _plain_name(cls, value: Any) -> Any:
        """Let a bare string stand for a counterparty of that name."""
        return {"name": value} if isinstance(value, str) else value
