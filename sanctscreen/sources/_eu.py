"""What the European Commission's list files share: papers, regulations, UN references."""

from __future__ import annotations

import re
from functools import cache

from sanctscreen.data import table
from sanctscreen.model import Gender, Kind, Name

ID = "eu-fsf"
TITLE = "Consolidated list of persons, groups and entities subject to EU financial sanctions"
PUBLISHER = "European Commission, Directorate-General for Financial Stability (FISMA)"
HOMEPAGE = "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions"
LICENCE = "© European Union; reuse with attribution (Commission Decision 2011/833/EU)"
#: Council regulations that fill the list freeze assets and forbid making any available.
EFFECTS = ("block",)

KINDS: dict[str, Kind] = {"person": "person", "P": "person", "enterprise": "entity", "E": "entity"}
GENDERS: dict[str, Gender] = {"M": "male", "F": "female"}
#: Country code and country name that mean that nobody knows.
UNKNOWN = {"00", "UNKNOWN"}
#: What stands, in any case, where a number or a text should be.
FILLERS = {"-", "none", "n/a", "unknown"}
_UN_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3}")


def identifier_type(code: str) -> str:
    """Return the type of identifier for a code such as ``regnumber``; an unknown one is other."""
    return _types().get(code.lower(), "other")


def identifier_label(code: str) -> str:
    """Return what a code says beyond the type, such as ``birth certificate``; or nothing."""
    return _labels().get(code.lower(), code)


def un_reference(text: str) -> tuple[str, object]:
    """Return a reference to a party of the UN list, or a detail where its number is cut.

    ``QDi.43`` may be QDi.043 or what is left of QDi.430, so it links to nobody.

    >>> un_reference("KPe.047"), un_reference("QDi.43")
    (('references', 'un-sc:KPe.047'), ('details', ('united_nations_id', 'QDi.43')))
    """
    if _UN_REFERENCE.fullmatch(text):
        return "references", f"un-sc:{text}"
    return "details", ("united_nations_id", text)


def stated(text: str) -> str:
    """Return a text, or nothing where it only says that there is none."""
    return "" if text.lower() in FILLERS else text


def country(code: str, description: str = "") -> str | None:
    """Return a country by its name, else its code; ``None`` where the list says unknown."""
    known = [text for text in (description, code) if text and text not in UNKNOWN]
    return known[0] if known else None


def primary_first(names: list[Name]) -> list[Name]:
    """Put a name first that has no language or English, in Latin letters, as the EU marks none."""
    latin = (name for name in names if name.script == "Latn")
    plain = (name for name in names if name.language in (None, "en") and name.script == "Latn")
    first = next(plain, None) or next(latin, None) or next(iter(names), None)
    if first is None:
        return []
    rest = [name for name in names if name is not first]
    return [first.model_copy(update={"type": "primary"}), *rest]


@cache
def _types() -> dict[str, str]:
    return {row["code"]: row["type"] for row in table("eu_identification_types")}


@cache
def _labels() -> dict[str, str]:
    return {row["code"]: row["note"] for row in table("eu_identification_types")}
