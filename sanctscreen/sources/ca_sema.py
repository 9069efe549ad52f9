"""Canada's Consolidated Autonomous Sanctions List: ``sema-lmes.xml``.

One ``record`` per item of a schedule, in one of two layouts: until 2021 with ``Entity``,
``DateOfBirth`` and ``Title``; then with ``EntityOrShip``, ``DateOfBirthOrShipBuildDate``,
``TitleOrShip``, ``ShipIMONumber`` and the day of listing.
Layout: https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sanctscreen.data import table
from sanctscreen.errors import ListError
from sanctscreen.model import Identifier, Kind, Name, Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _texts
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._xml import Document, root_of
from sanctscreen.text.scripts import dominant_script

ID = "ca-sema"
TITLE = "Consolidated Canadian Autonomous Sanctions List"
PUBLISHER = "Global Affairs Canada"
HOMEPAGE = (
    "https://www.international.gc.ca/world-monde/international_relations-relations_internationales/"
    "sanctions/consolidated-consolide.aspx"
)
LICENCE = "Crown copyright; non-commercial reproduction permitted with attribution"
FORMAT = "ca-sema"
#: The list has been longer than this since 2016.
MINIMUM = 1_000

RECORD = "record"
#: A listed person or entity is blocked; a listed ship may not be served or dock.
EFFECTS: dict[Kind, str] = {"person": "block", "entity": "block", "vessel": "restrict"}
#: English and French, apart from the brackets that may hold a stroke of their own.
_BILINGUAL = re.compile(r"(?P<english>(?:[^()/]|\([^()]*\))+)/(?P<french>(?:[^()/]|\([^()]*\))+)")
_LABEL = re.compile(r"[,;]?\s*\b([A-Z][a-z]+(?:ian|ssian|abic))\s*:\s*")
_ALSO = re.compile(r"^(?:also|or|and|and also)\s+|\s+AKA$", re.IGNORECASE)


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its outermost element and its records."""
    root = root_of(head, path)
    return root is not None and root.tag == "data-set" and b"<Country>" in head


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a Canadian list.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 1,000.

    Raises:
        ListError: the file is missing, empty, cut off, malformed or hostile, a record names
            nobody, or two records are the same item.
    """
    path = _files.only(paths)
    document = Document(path, {RECORD})
    parties = [_party(record, path) for record in document.records()]
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        digest=document.digest,
        records=len(parties),
        unread=document.unread,
        warnings=("the file holds no date: the version is made from its content",),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


def _party(record: Element, path: Path) -> Party:
    country, french = _languages(record.text("Country"))
    schedule, item = record.text("Schedule"), record.text("Item")
    if not country or not item:
        raise ListError("a record without a country or item", path=path, row=record.line)
    draft = Draft(":".join(part for part in (ID, _short(country), schedule, item) if part))
    draft.add("details", *((key, text) for key, text in _place(schedule, item, french) if text))
    _read_name(draft, record)
    for text in _aliases(record.text("Aliases")):
        draft.add("names", _alias(text, draft))
    _read_facts(draft, record)
    draft.add(
        "statuses",
        _draft.statuses(
            ID,
            programmes=[country],
            effects=[EFFECTS[draft.kind]] if draft.kind else [],
            listed=[_texts.day(record.text("DateOfListing"))],
        ),
    )
    return draft.party(path=path, row=record.line)


def _place(schedule: str, item: str, french: str) -> Iterator[tuple[str, str]]:
    yield "schedule", schedule
    yield "item", item
    yield "programme_in_french", french


def _short(country: str) -> str:
    """Take the abbreviation of a long title, such as ``JVCFOR``."""
    match = re.search(r"\(([A-Z]{3,})\)$", country)
    return match[1] if match else country


def _languages(text: str) -> tuple[str, str]:
    """Divide ``Belarus / Bélarus``."""
    english, _, french = text.partition(" / ")
    return english.strip(), french.strip()


def _read_name(draft: Draft, record: Element) -> None:
    given, family = record.text("GivenName"), record.text("LastName")
    whole = record.text("EntityOrShip") or record.text("Entity")
    imo = record.text("ShipIMONumber")
    if imo:
        draft.add("identifiers", Identifier(type="imo", value=imo))
    draft.kind = "person" if family or given else "vessel" if imo else "entity"
    if draft.kind == "person":
        parts = tuple((key, text) for key, text in (("given", given), ("family", family)) if text)
        draft.add(
            "names",
            Name(full=f"{given} {family}".strip(), type="primary", parts=parts[: 2 * bool(given)]),
        )
        return
    both = _BILINGUAL.fullmatch(whole)
    if both:
        draft.add("names", Name(full=both["english"].strip(), type="primary", language="en"))
        draft.add("names", Name(full=both["french"].strip(), language="fr"))
    elif whole:
        draft.add("names", Name(full=whole, type="primary"))


def _read_facts(draft: Draft, record: Element) -> None:
    born = record.text("DateOfBirthOrShipBuildDate") or record.text("DateOfBirth")
    title = record.text("TitleOrShip") or record.text("Title")
    if draft.kind == "vessel":
        draft.add("details", *(("year_of_build", born),) if born else ())
        draft.add("details", *(("vessel_type", title),) if title else ())
        return
    for text in re.split(r"\s+or\s+", born, flags=re.IGNORECASE):
        if text:
            draft.add(*_texts.birth_or_note(text))
    draft.add("titles", *(part.strip() for part in title.split("/")))


def _alias(pair: tuple[str, str | None], draft: Draft) -> Name | None:
    """Make an alias; a single word in the place of a person's name is weak."""
    full, language = pair
    single = draft.kind == "person" and len(full.split()) == 1
    return Name(full=full, language=language, quality="weak" if single else "unknown")


def _aliases(text: str) -> Iterator[tuple[str, str | None]]:
    """Divide the aliases of a record, each with its language where a label states it.

    Semicolons divide, or, where there are none, commas: but not before a legal form
    (``НПО "Ижбс", ООО``). Strokes divide between blanks, ``or`` always and ``and`` before a
    name in another script.
    """
    pieces = _LABEL.split(text)
    languages = [None, *(_language_codes().get(label.lower()) for label in pieces[1::2])]
    for piece, language in zip(pieces[::2], languages, strict=True):
        for part in _divided(piece):
            bare = _ALSO.sub("", part.strip(" ,;.")).strip()
            bare = bare.strip("()") if bare.count("(") != bare.count(")") else bare
            if bare:
                yield bare, language


def _divided(piece: str) -> Iterator[str]:
    mark = ";" if ";" in piece else ","
    joined: list[str] = []
    for part in piece.split(mark):
        if joined and mark == "," and part.strip(" .").lower() in _legal_forms():
            joined[-1] += f",{part}"
        else:
            joined.append(part)
    for part in joined:
        for half in re.split(r"\s+or\s+|\s+/\s+|,\s+or\s+", part):
            first, _, second = half.partition(" and ")
            if second and "Latn" not in (dominant_script(first), dominant_script(second)):
                yield from (first, second)
            else:
                yield half


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(row["form"].lower().strip(".") for row in table("legal_forms"))


@cache
def _language_codes() -> dict[str, str]:
    return {row["code"]: row["language"] for row in table("language_codes")}
