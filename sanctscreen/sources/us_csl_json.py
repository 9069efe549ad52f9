"""The Consolidated Screening List as JSON: ``{"results": [...]}`` with one object per record.

Layout: https://developer.trade.gov/consolidated-screening-list.html
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sanctscreen.errors import ListError
from sanctscreen.model import Address, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _json, _texts, _us_csl
from sanctscreen.sources._us_csl import Clause, Entry

ID = _us_csl.ID
TITLE = _us_csl.TITLE
PUBLISHER = _us_csl.PUBLISHER
HOMEPAGE = _us_csl.HOMEPAGE
LICENCE = _us_csl.LICENCE
FORMAT = "us-csl-json"
MINIMUM = _us_csl.MINIMUM

PLAIN = (
    *("id", "source", "entity_number", "type", "title", "start_date", "remarks", "call_sign"),
    *_us_csl.DETAILS,
)
#: Where the lists stand on the web, what the search service adds, and the country once more.
ADDED = ("source_list_url", "source_information_url", "score")


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the card's signature
    """Tell the list by its first keys."""
    bare = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return bare.startswith(b"{") and b'"results"' in head and b'"source_list_url"' in head


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a Consolidated Screening List.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 8,000.

    Raises:
        ListError: the file is missing, empty, cut off or malformed, holds fewer records than it
            says, or a record names no party.
    """
    path = _files.only(paths)
    raw = _files.content(path)
    content = _json.loads(_files.text(raw, path), path)
    results = content.get("results") if isinstance(content, dict) else None
    if not isinstance(results, list):
        raise ListError("no array of results", path=path, field="results")
    _check_total(content, len(results), path)
    unread = _json.Unread()
    entries = [_entry(number, each, unread, path) for number, each in enumerate(results, 1)]
    main = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        digest=_files.digest([raw]),
        records=len(entries),
        unread=unread.fields(),
        warnings=("the file holds no date: the version is made from its content",),
    )
    return _draft.party_list(
        _us_csl.parties(entries, path),
        _us_csl.sources(main, entries),
        path=path,
        minimum=MINIMUM if minimum is None else minimum,
    )


def _check_total(content: dict[str, Any], count: int, path: Path) -> None:
    total = content.get("total", count)
    if isinstance(total, int) and total != count:
        raise ListError(f"{count} records, but it says {total}", path=path, field="total")


def _entry(number: int, result: Any, unread: _json.Unread, path: Path) -> Entry:
    if not isinstance(result, dict):
        raise ListError("no object", path=path, row=number, field="results")
    record = _json.Fields(result, unread, path=path, row=number)
    for field in ADDED:
        record.text(field)
    addresses = _addresses(record)
    # Records of other lists state the party's country beside its addresses.
    country = record.text("country")
    if country and country not in {each.country for each in addresses}:
        addresses.append(Address(country=country))
    entry = Entry(
        row=number,
        plain={field: record.text(field) for field in PLAIN},
        programmes=record.texts("programs"),
        names=tuple(name for name in (record.text("name"), *record.texts("alt_names")) if name),
        addresses=tuple(addresses),
        dates_of_birth=record.texts("dates_of_birth"),
        places_of_birth=record.texts("places_of_birth"),
        nationalities=record.texts("nationalities"),
        citizenships=record.texts("citizenships"),
        clauses=tuple(_clause(each) for each in record.objects("ids")),
    )
    record.close()
    return entry


def _addresses(record: _json.Fields) -> list[Address]:
    found = []
    for each in record.objects("addresses"):
        fields = {
            "street": each.text("address") or None,
            "city": each.text("city") or None,
            "region": each.text("state") or None,
            "postal_code": each.text("postal_code") or None,
            "country": each.text("country") or None,
        }
        each.close()
        found += [Address(**fields)] if any(fields.values()) else []
    return found


def _clause(each: _json.Fields) -> Clause:
    """Write a number as OFAC's remarks do."""
    country = f" ({each.text('country')})" if each.text("country") else ""
    issued, expires = (
        f" {word} {_day(each.text(field))}" if each.text(field) else ""
        for word, field in (("issued", "issue_date"), ("expires", "expiration_date"))
    )
    text = f"{each.text('type')} {each.text('number')}{country}{issued}{expires}".strip()
    each.close()
    return Clause(text)


def _day(text: str) -> str:
    """Write ``2000-08-12`` as OFAC does; other forms stand as they are."""
    found = _texts.day(text)
    return f"{found:%d %b %Y}" if found else text
