"""Switzerland's list of sanctioned persons, entities and objects, as SECO's XML.

A ``target`` has identities with names in parts, each part with its spellings in other scripts;
programmes, sets of measures and places are referred to by number.
Layout: https://www.seco.admin.ch, "Search for sanctions subjects", and its format description
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sanctscreen.errors import ListError
from sanctscreen.model import Kind, Link, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _seco, _texts, _uk
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._seco import Register
from sanctscreen.sources._xml import Document, root_of

ID = "ch-seco"
TITLE = "Overall list of sanctioned individuals, entities and organisations"
PUBLISHER = "State Secretariat for Economic Affairs (SECO), Switzerland"
HOMEPAGE = (
    "https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/"
    "Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos/"
    "sanktionsmassnahmen/suche_sanktionsadressaten.html"
)
LICENCE = "free use with the source named (opendata.swiss)"
FORMAT = "ch-seco"
#: The whole list has been longer than this since 2014.
MINIMUM = 1_500

ROOT = "swiss-sanctions-list"
RECORDS = {"target", "sanctions-program", "place"}
IGNORED = {
    "*/modification/added*": "what an amendment added stands in the target itself",
    "*/modification/removed*": "what an amendment took away no longer holds",
}
KINDS: dict[str, Kind] = {"individual": "person", "entity": "entity"}
OBJECTS: dict[str, Kind] = {"vessel": "vessel", "aircraft": "aircraft"}


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its outermost element."""
    root = root_of(head, path)
    return root is not None and root.tag == ROOT


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a Swiss list, the whole one or an amendment.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 1,500.

    Raises:
        ListError: the file is missing, empty, cut off, malformed or hostile, or a target names
            nobody.
    """
    path = _files.only(paths)
    register = _seco.register(path)
    document = Document(path, RECORDS, ignored=IGNORED)
    parties, records = [], 0
    for record in document.records():
        if record.tag == "sanctions-program":
            _seco.read_programme(record, register)
        elif record.tag == "place":
            record.attr("ssid")
            _seco.read_place(record)
        else:
            parties.append(_party(record, register, path))
            records += 1
    day, kind = document.root.attr("date"), document.root.attr("list-type")
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=day or None,
        published=_texts.day(day),
        digest=document.digest,
        records=records,
        unread=document.unread,
        warnings=() if kind == "whole-list" else (f"no whole list: its type is {kind!r}",),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


def _party(record: Element, register: Register, path: Path) -> Party:
    number = record.attr("ssid")
    if not number:
        raise ListError("a target without a number", path=path, row=record.line, field="ssid")
    draft = Draft(f"{ID}:{number}")
    for tag in ("individual", "entity", "object"):
        for each in record.all(tag):
            draft.kind = OBJECTS.get(each.attr("object-type"), KINDS.get(tag))
            _uk.gender(draft, each.attr("sex"))
            _read_body(draft, each, register)
    for identity in _seco.identities(record):
        _read_identity(draft, identity, register)
    draft.add("details", *(("foreign_identifier", e) for e in record.texts("foreign-identifier")))
    draft.add("statuses", _status(draft, record, register))
    return draft.party(path=path, row=record.line)


def _read_body(draft: Draft, body: Element, register: Register) -> None:
    for tag in ("justification", "other-information"):
        for each in body.all(tag):
            each.attr("ssid")
            each.attr("lang")
            draft.add_all(_uk.remarks(each.text()))
    for each in body.all("relation"):
        other = each.attr("target-id")
        relation = each.attr("relation-type").replace("-", " ")
        words = ", ".join(filter(None, (relation, each.text("remark"))))
        each.attr("ssid")
        name = register.names.get(other, other) or "not named"
        draft.add("links", Link(name=name, relation=words or "linked to"))
    for each in body.all("generic-attribute"):
        each.attr("ssid")
        if each.text():
            draft.add("details", (each.attr("name") or "attribute", each.text()))


def _read_identity(draft: Draft, identity: Element, register: Register) -> None:
    identity.attr("ssid")
    for each in identity.all("name"):
        draft.add("names", *_seco.names(each))
    for each in identity.all("nationality"):
        each.attr("ssid")
        draft.add("nationalities", _country(each))
    for each in identity.all("place-of-birth"):
        place = register.places.get(each.attr("place-id"), ("", "", ""))
        parts = [*place, _country(each), each.text("remark")]
        for name in ("ssid", "quality"):
            each.attr(name)
        draft.add("places_of_birth", ", ".join(filter(None, parts)))
    for each in identity.all("address"):
        draft.add("addresses", _seco.address(each, register))
    for each in identity.all("day-month-year"):
        _seco.read_birth(draft, each)
    for each in identity.all("identification-document"):
        _seco.read_document(draft, each)


def _country(element: Element) -> str:
    for each in element.all("country"):
        each.attr("iso-code")
    return element.text("country")


def _status(draft: Draft, record: Element, register: Register) -> SourceStatus:
    sets = [
        register.sets.get(number, (number, ""))
        for number in (*record.texts("sanctions-set-id"), record.attr("sanctions-set-id"))
        if number
    ]
    draft.add("details", *(("sanctions_set", name) for _, name in sets if name))
    events = [_event(each) for each in record.all("modification")]
    said = _draft.statuses(
        ID,
        programmes=[key for key, _ in sets],
        effects=_seco.effects([name for _, name in sets]),
        listed=[day for kind, day in events if kind == "listed"],
        changed=[day for kind, day in events if kind == "amended"],
    )
    # The newest stands first; a target that was listed again after it was taken off is listed.
    newest = max(events, key=lambda event: event[1] or date.min, default=("listed", None))
    if newest[0] != "de-listed":
        return said
    return said.model_copy(update={"status": "delisted", "removed": newest[1]})


def _event(element: Element) -> tuple[str, date | None]:
    days = [
        _texts.day(element.attr(name))
        for name in ("effective-date", "publication-date", "enactment-date")
    ]
    return element.attr("modification-type"), next((day for day in days if day), None)
