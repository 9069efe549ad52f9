"""The labelled sets: which rows are read, against which list, and under which tags they count."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from sanctscreen.model import Kind

#: The lists, where they lie, and what stands before a publisher's own id.
LISTS = {
    "ofac_sdn": ("ofac/2023-12-28/sdn.csv", "ofac-sdn:"),
    "un_sc": ("un/UN_consolidated-2026-02-27.xml", "un-sc:"),
    "un_sc_2025": ("un/UN_consolidated-2025-04-19.xml.gz", "un-sc:"),
    "eu_fsf": ("eu/fsf-rebuilt-2026-02-23.xml.gz", "eu-fsf:"),
}
#: Names that are screened, by the list that they are screened against.
SCREENED = {
    "testpack_ofac_dev": "ofac_sdn",
    "crosslist_ofac_dev": "ofac_sdn",
    "negatives_global_dev": "ofac_sdn",
    "negatives_us_dev": "ofac_sdn",
    "benign_us_congress_dev": "ofac_sdn",
    "hard_negatives_dev": "ofac_sdn",
    "testpack_un_dev": "un_sc",
    "crosslist_un_dev": "un_sc",
    "positives_un_dev": "un_sc_2025",
    "diacritics_eu_dev": "eu_fsf",
}
PAIRED = ("name_pairs_dev", "cross_script_pairs_dev", "transliteration_variants_dev")
KINDS: dict[str, Kind | None] = {
    "person": "person",
    "entity": "entity",
    "company": "entity",
    "organization": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
    "legalentity": None,
    "text": None,
    "token": None,
}
NAMESAKES = "namesake_other_dob"
#: Whether the spelling of a name in positives_un_dev was altered.
TREATED = ("as listed", "spelling altered")
#: A date that can be: some of those that were altered on purpose name the 32nd of a month.
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
#: What a note in transliteration_variants_dev says a rule can derive.
DERIVABLE = ("translit", "format", "homoglyph")
Row = dict[str, str]


@dataclass(frozen=True)
class Query:
    """A name to screen; ``expected`` is the id of the party that it means, if it means one."""

    name: str
    kind: Kind | None
    expected: str
    tags: tuple[str, ...]
    born: str = ""
    is_text: bool = False


@dataclass(frozen=True)
class Pair:
    """Two names, and whether they mean one party."""

    left: str
    right: str
    kind: Kind | None
    is_match: bool
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """Which rows of a file are read: one in ``every``, or all if there are at most ``whole``."""

    every: int = 1
    whole: int = 3_000


ALL = Sample()


def rows(path: Path, sample: Sample = ALL) -> list[Row]:
    """Return the rows of a sample.

    A row is chosen by its content: files repeat a pattern, which every Nth row would follow.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        found = list(csv.DictReader(lines))
    if len(found) <= sample.whole:
        return found
    return [row for row in found if crc32(" ".join(row.values()).encode()) % sample.every == 0]


def queries(data: Path, name: str, sample: Sample = ALL) -> Iterator[Query]:
    """Yield the names of a set, each spelling once a category; exact namesakes are left out."""
    prefix, seen = LISTS[SCREENED[name]][1], set()
    for row in rows(data / "eval" / f"{name}.csv", sample):
        if row.get("exact_namesake_of"):
            continue
        for query in _queries(row, prefix):
            if query not in seen:
                seen.add(query)
                yield query


def _queries(row: Row, prefix: str) -> Iterator[Query]:
    """Yield the name by itself, and again with what else the row knows of it."""
    name, kind = row.get("query") or row["full_name"], KINDS[row.get("schema", "person")]
    expected = prefix + row["expected_party_id"] if row.get("expected_party_id") else ""
    tags = tuple(_tags(row))
    if NAMESAKES in tags:
        yield Query(name, kind, expected, tags, born=row["dob"])
        return
    yield Query(name, kind, expected, tags)
    if row.get("schema") == "text":
        yield Query(name, kind, expected, ("text, by screen_text",), is_text=True)
    if "treatment" in row and DATE.fullmatch(row["date_of_birth"]):
        date = "another" if "dob" in row["treatment"] else "the same"
        dated = tuple(f"{tag}, {date} date of birth" for tag in tags if tag in TREATED)
        yield Query(name, kind, expected, dated, born=row["date_of_birth"])


def _tags(row: Row) -> Iterator[str]:
    """Yield what a row counts under."""
    severity, category = row.get("severity", ""), row.get("category", "")
    schema = row.get("schema", "person")
    if "treatment" in row:
        severity = TREATED["name" in row["treatment"]]
    if category == NAMESAKES:
        yield category
        return
    yield "all"
    yield f"all, {schema}"
    if severity and row.get("expected_party_id"):
        yield severity
        yield f"{severity}, {schema}"
    if category:
        yield category
        if severity != "stretch":
            yield f"{category}, must and should"


def pairs(data: Path, name: str, sample: Sample = ALL) -> Iterator[Pair]:
    """Yield the pairs of a set, each once."""
    read = {"transliteration_variants_dev": _variants}.get(name, _labelled)
    found = (pair for row in rows(data / "eval" / f"{name}.csv", sample) for pair in read(row))
    yield from dict.fromkeys(found)


def _labelled(row: Row) -> Iterator[Pair]:
    """Yield the pair of a row, unless reading another script cannot lead to the name."""
    is_match = row["is_match"] == "true"
    if is_match and row.get("closeness", "close") not in ("close", "loose"):
        return
    tags = ["all", f"all, {row['schema'].lower()}"]
    tags += [f"{key}: {row[key]}" for key in ("quality", "script", "category") if row.get(key)]
    if not is_match or row.get("closeness") == "close":
        tags.append("close")
    kind = KINDS[row["schema"].lower()]
    yield Pair(row["name1"], row["name2"], kind, is_match, tuple(tags))


def _variants(row: Row) -> Iterator[Pair]:
    """Yield every two different spellings of a row."""
    source = row["system_note"].split()[0].strip(":")
    tag = "derivable" if source in DERIVABLE else "only a list can know"
    spellings = list(dict.fromkeys((row["original"], row["variant_a"], row["variant_b"])))
    for at, left in enumerate(spellings):
        for right in spellings[at + 1 :]:
            yield Pair(
                left, right, KINDS[row["kind"]], is_match=True, tags=("all", tag, row["script"])
            )
