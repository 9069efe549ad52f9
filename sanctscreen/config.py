"""The rule book: thresholds, statuses and weights, validated, with a digest.

The values that apply by default stand in ``data/config/default.toml`` with their reasons;
``Config(threshold=85)`` or ``Config(weak_aliases=True)`` changes what it names and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from math import isclose
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from sanctscreen import data
from sanctscreen.errors import ConfigError
from sanctscreen.model import Kind, Record, Status


def _region(name: str) -> str:
    """Refuse a region that the table does not have."""
    known = [row["region"] for row in data.table("embargoes")]
    if name not in {*known, "all"}:
        raise ValueError(f"no such region: {name!r}; known: all, {', '.join(known)}")
    return name


Region = Annotated[str, AfterValidator(_region)]
Reason = Annotated[str, Field(min_length=1, max_length=1000)]
Score = Annotated[float, Field(ge=0, le=100)]


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(data.read_bytes("config/default.toml").decode("utf-8"))


def flattened(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Write the values of sections under the names of both, such as ``thresholds.person``."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        inner = isinstance(value, Mapping)
        found |= flattened(value, f"{prefix}{name}.") if inner else {prefix + name: value}
    return found


def _default(key: str, section: str | None = None) -> Any:
    """Make a field that takes its default from ``default.toml``."""
    return Field(default_factory=lambda: (_defaults()[section] if section else _defaults())[key])


class Section(Record):
    """A part of the configuration; its defaults are validated like any other value."""

    model_config = ConfigDict(validate_default=True)


class Thresholds(Section):
    """The score from which on a party of each kind is a hit, 0 to 100.

    ``unknown`` applies where the kind of the party is not stated.
    """

    person: Score = _default("person", "thresholds")
    entity: Score = _default("entity", "thresholds")
    vessel: Score = _default("vessel", "thresholds")
    aircraft: Score = _default("aircraft", "thresholds")
    unknown: Score = _default("unknown", "thresholds")


class Weights(Section):
    """What words cost that do not agree, in multiples of their weight.

    Attributes:
        omitted: a word that one side lacks.
        contradicted: a word that the other side replaces by another.
        misspelled: a word that the other side spells otherwise, by how far the two differ.
        chance: what the agreeing words of a person's name lack to tell that person from others.
    """

    omitted: Annotated[float, Field(gt=0, le=1)] = _default("omitted", "weights")
    contradicted: Annotated[float, Field(ge=1, le=5)] = _default("contradicted", "weights")
    misspelled: Annotated[float, Field(ge=1, le=5)] = _default("misspelled", "weights")
    chance: Annotated[float, Field(ge=0, le=1)] = _default("chance", "weights")

    @model_validator(mode="after")
    def _omission_is_cheapest(self) -> Self:
        """Hold the index's premise: nothing costs less than an omission."""
        if self.misspelled < 3 * self.omitted and not isclose(self.misspelled, 3 * self.omitted):
            raise ValueError("a misspelled word must cost at least three times an omitted one")
        return self


class Config(Section):
    """How a screener decides.

    >>> Config(threshold=85).threshold_for("person")
    85.0

    Attributes:
        threshold: one threshold for every kind, in place of ``thresholds``.
        thresholds: the threshold of each kind.
        weights: what words cost that do not agree.
        alerting_statuses: statuses that raise a hit.
        review_statuses: those of them whose hits ask for review rather than count as a match.
        weak_aliases: whether a weak alias raises a hit by itself.
        fallback: what romanises letters that our own tables do not cover.
        max_list_age_days: from how many days on every result says that a list is out of date;
            ``None`` for no limit. A list that states no day of publication is then doubted too.
        refuse_old_lists: whether such a list is an error rather than a remark.
        max_list_shrink: the share, 0 to 1, of the list in use that an update may lose.
        retention_years: for how many years a ledger is kept after its last record.
        embargoed_regions: the regions whose names in addresses and countries ask for review, as in
            ``data/embargoes.tsv``, or ``all``; none by default.
        rationale: why a field has its value, by the field's name, such as ``thresholds.person``;
            for the people who ask later. No result depends on it.

    Raises:
        pydantic.ValidationError: a field is unknown or out of range.
    """

    threshold: Score | None = None
    thresholds: Thresholds = Field(default_factory=Thresholds)
    weights: Weights = Field(default_factory=Weights)
    alerting_statuses: tuple[Status, ...] = _default("alerting_statuses")
    review_statuses: tuple[Status, ...] = _default("review_statuses")
    weak_aliases: bool = _default("weak_aliases")
    fallback: Literal["unidecode", "none"] = _default("fallback")
    max_list_age_days: Annotated[int, Field(ge=0)] | None = None
    refuse_old_lists: bool = _default("refuse_old_lists")
    max_list_shrink: Annotated[float, Field(ge=0, le=1)] = _default("max_list_shrink")
    retention_years: Annotated[int, Field(ge=0, le=1000)] = _default("retention_years")
    embargoed_regions: tuple[Region, ...] = _default("embargoed_regions")
    rationale: Annotated[Mapping[str, Reason], BeforeValidator(flattened)] = Field(
        default_factory=dict
    )

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Config:
        """Read a TOML file that states what differs from the default.

        Raises:
            ConfigError: the file cannot be read, is not TOML, or a field of it is unknown or out
                of range; every such field is named.
        """
        try:
            stated = tomllib.loads(Path(path).read_text(encoding="utf-8"))
            return cls.model_validate(stated)
        except ValidationError as error:
            faults = (_fault(dict(each)) for each in error.errors())
            raise ConfigError("; ".join(faults), path=path) from error
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(str(error), path=path) from error

    def threshold_for(self, kind: Kind | None) -> float:
        """Return the threshold for a party of that kind, 0 to 100."""
        if self.threshold is not None:
            return self.threshold
        value: float = getattr(self.thresholds, kind or "unknown")
        return value

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every value by the name of its field, such as ``thresholds.person``, JSON-ready."""
        return flattened(self.model_dump(mode="json", exclude={"rationale"}))

    def rationale_for(self, field: str) -> str:
        """Say why a field has its value; empty if it is not the default and nobody says why.

        >>> Config(thresholds={"person": 80}).rationale_for("thresholds.person")
        ''
        """
        if said := self.rationale.get(field):
            return said
        reasons = flattened(_defaults()["rationale"])
        return reasons.get(field, "") if self.values[field] == _usual().values[field] else ""

    @cached_property
    def stated_thresholds(self) -> tuple[dict[str, Any], ...]:
        """The thresholds that apply, each with its kinds and its rationale, JSON-ready."""
        kinds: dict[tuple[float, str], list[str]] = {}
        for kind in Thresholds.model_fields:
            field = f"thresholds.{kind}" if self.threshold is None else "threshold"
            score = float(self.values[field])
            kinds.setdefault((score, self.rationale_for(field)), []).append(kind)
        return tuple(
            {"kinds": found, "score": score, "rationale": said}
            for (score, said), found in kinds.items()
        )

    @model_validator(mode="after")
    def _reasons_are_of_fields(self) -> Self:
        """Refuse a reason for what there is not."""
        if unknown := [field for field in self.rationale if field not in self.values]:
            raise ValueError(f"a rationale for no such field: {', '.join(unknown)}")
        return self

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of every value that a result depends on."""
        values = self.model_dump(mode="json", exclude={"retention_years", "rationale"})
        content = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode("utf-8")).hexdigest()


def _fault(found: Mapping[str, Any]) -> str:
    """Say in one line what is wrong with a field, and which one may be meant if there is none."""
    from difflib import get_close_matches

    field, given = ".".join(map(str, found["loc"])), found["input"]
    if found["type"] == "extra_forbidden":
        meant = get_close_matches(field, _usual().values, n=1)
        return f"{field}: there is no such field" + (f", {meant[0]} is one" if meant else "")
    message = found["msg"].removeprefix("Value error, ").replace("Input should", "it should", 1)
    stated = f" = {given!r}" if isinstance(given, str | int | float) else ""
    return f"{field}{stated}: {message}" if field else message


@cache
def _usual() -> Config:
    return Config()
