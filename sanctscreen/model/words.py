"""The fixed words of the trade, and the base of every record."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

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
