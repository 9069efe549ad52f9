"""A designated party: its names, its status in each source, and what is known of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from sanctscreen.model.dates import PartialDate
from sanctscreen.model.digests import digest_of
from sanctscreen.model.documents import Citation
from sanctscreen.model.words import STATUSES, Gender, Kind, NameType, Quality, Record, Status
from sanctscreen.text.scripts import dominant_script


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

    def as_alias(self) -> Name:
        """Return a primary name as one more name of the same party; others as they are."""
        return self.model_copy(update={"type": "aka"}) if self.type == "primary" else self


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


class Identifier(Record):
    """A number or code that tells a party from its namesakes.

    Attributes:
        type: ``passport``, ``national_id``, ``tax``, ``registration``, ``bic``, ``iban``, ``lei``,
            ``imo``, ``mmsi``, ``call_sign``, ``tail_number``, ``wallet``, ``website``, ``email``,
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

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of everything that the list says of the party."""
        return digest_of(self.model_dump(mode="json", exclude_defaults=True))
