"""Whoever is screened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from sanctscreen.model.dates import PartialDate
from sanctscreen.model.digests import digest_of
from sanctscreen.model.words import Gender, Kind, Record


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
        place_of_birth: town, region and country, as far as they are known, in any order and script.
        countries: ISO 3166 codes or country names.
        gender: ``male`` or ``female``.
        identifiers: type to value, such as ``{"bic": "KKBCKPPY"}``; types as in `Identifier`.
        addresses: where the counterparty is, as text. Looked through for embargoed regions where
            the configuration asks for that, and for nothing else.
        reference: the caller's own key, echoed in the result.
    """

    name: str
    kind: Kind | None = None
    date_of_birth: Annotated[PartialDate | None, BeforeValidator(_partial_date)] = None
    place_of_birth: str = ""
    countries: tuple[str, ...] = ()
    gender: Gender | None = None
    identifiers: Mapping[str, str] = Field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    reference: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of everything that is known, the reference included."""
        return digest_of(self.model_dump(mode="json", exclude_defaults=True))

    @field_validator("countries", "addresses", mode="before")
    @classmethod
    def _one_alone(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="before")
    @classmethod
    def _plain_name(cls, value: Any) -> Any:
        """Let a bare string stand for a counterparty of that name."""
        return {"name": value} if isinstance(value, str) else value
