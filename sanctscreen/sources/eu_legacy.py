"""The EU's consolidated financial sanctions list as it was until 2018: ``<WHOLE>``, ``<ENTITY>``.

Names carry no quality here, so every alias is of unknown quality; the parties have the
publisher's running number, which the later files call ``logicalId``.
"""

from __future__ import annotations

from pathlib import Path

from sanctscreen.model import Party, Source
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _eu, _eu_old, _files, _texts, _xml
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._element import Element
from sanctscreen.sources._repeats import join_repeats

ID = "eu-global"
TITLE = _eu.TITLE
PUBLISHER = _eu.PUBLISHER
HOMEPAGE = _eu.HOMEPAGE
LICENCE = _eu.LICENCE
FORMAT = "eu-global"
#: The list held more than 2,000 parties in the years of this format.
MINIMUM = 1_500

IGNORED = {
    "WHOLE/ENTITY/*/@Id": "the publisher's row number",
}
ACT = ("legal_basis", "reg_date", "pdf_link")


def recognises(head: bytes, path: Path) -> bool:
    """Tell the list by its outermost element."""
    root = _xml.root_of(head, path)
    return root is not None and root.tag == "WHOLE"


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read the list.

    Raises:
        ListError: several files, a damaged one, a party without number or name, or fewer
            parties than ``minimum``.
    """
    path = _files.only(paths)
    document = _xml.Document(path, {"ENTITY"}, ignored=IGNORED)
    records = [_party(record) for record in document.records()]
    parties, repeats = join_repeats(records, path=path)
    day = _texts.day(document.root.attr("Date"))
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=day.isoformat() if day else None,
        published=day,
        digest=document.digest,
        records=len(records),
        unread=document.unread,
        warnings=tuple(repeats),
    )
    wanted = MINIMUM if minimum is None else minimum
    return _draft.party_list(parties, [source], path=path, minimum=wanted)


def _party(record: Element) -> Party:
    number = record.attr("Id")
    if not number:
        raise record.error("a party without a number", "Id")
    draft = Draft(f"{ID}:{number}", _eu.KINDS.get(record.attr("Type")))
    known = [child for child in record if child.tag in _eu_old.READERS]
    for child in known:
        if child.attr("Entity_id") != number:
            raise child.error(f"stands in party {number} and says otherwise", "Entity_id")
    _eu_old.add_facts(draft, [fact for child in known for fact in _facts(child)])
    draft.add("notes", record.attr("remark"))
    elements = [record, *known]
    acts = [tuple(each.attr(name) for name in ACT) for each in elements]
    _eu_old.add_listing(draft, ID, [each.attr("programme") for each in elements], acts)
    return draft.party(path=record.file, row=record.line)


def _facts(element: Element) -> _eu_old.Facts:
    fields = {tag: element.text(tag) for tag in _eu_old.FIELDS[element.tag]}
    return _eu_old.READERS[element.tag](fields)
