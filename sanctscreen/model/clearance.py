"""An analyst's word on a hit: not a match, or look again."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from sanctscreen.model.digests import digest_of
from sanctscreen.model.words import Record

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
#: Long enough for any name and any reason, short enough for a hostile file.
Text = Annotated[str, Field(min_length=1, max_length=2000)]


class Clearance(Record):
    """An analyst's word on a hit, bound to both sides as the analyst saw them.

    Attributes:
        action: ``clear`` hides the hit; ``reopen`` takes back what was cleared before.
        counterparty: the digest of the counterparty's data, see `Counterparty.digest`.
        party: the id of the listed party.
        entry: the digest of its list entry, see `Party.digest`.
        matched_name: the listed name that scored best.
        author: whose word it is.
        reason: why, for whoever asks in ten years.
        decided_at: when, with its offset from UTC.
        expires: the first day, in UTC, on which it no longer holds; a ``reopen`` has none.
        name: the counterparty's name, for people to read.
        reference: the counterparty's reference, if it has one.
        party_name: the listed party's name, for people to read.

    Raises:
        pydantic.ValidationError: a field is missing, too long or of the wrong form, or it
            expires before it begins.
    """

    action: Literal["clear", "reopen"] = "clear"
    counterparty: Digest
    party: Text
    entry: Digest
    matched_name: Text
    author: Text
    reason: Text
    decided_at: AwareDatetime
    expires: date | None = None
    name: Annotated[str, Field(max_length=2000)] = ""
    reference: Annotated[str, Field(max_length=2000)] | None = None
    party_name: Annotated[str, Field(max_length=2000)] = ""

    @model_validator(mode="after")
    def _expires(self) -> Self:
        """Let nothing be cleared for ever."""
        if self.action == "clear" and self.expires is None:
            raise ValueError("what is cleared needs a day on which it expires")
        if self.expires and self.expires <= self.decided_at.date():
            raise ValueError("it must expire after the day on which it is decided")
        return self

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of every value."""
        return digest_of(self.model_dump(mode="json"))
