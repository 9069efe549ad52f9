"""OpenSanctions entities in the FollowTheMoney model: ``entities.ftm.json``, one object a line.

Addresses, documents, sanctions and relations are entities of their own and are joined to the
party they name; in ``targets.nested.json`` they stand inside it, which is read as well.
Layout: https://www.opensanctions.org/docs/entities/
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sanctscreen.errors import ListError
from sanctscreen.model import Identifier, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList
from sanctscreen.sources import _draft, _files, _ftm, _json, _texts, _uk
from sanctscreen.sources._draft import Draft
from sanctscreen.sources._ftm import Entity, Listing

ID = "opensanctions"
TITLE = "OpenSanctions entities"
PUBLISHER = "OpenSanctions Datenbanken GmbH"
HOMEPAGE = "https://www.opensanctions.org/datasets/"
LICENCE = "CC BY-NC 4.0, or a data licence of the publisher for business use"
FORMAT = "opensanctions-ftm"
#: Its smallest datasets hold a few dozen; any that is worth screening against holds more.
MINIMUM = 20

#: Longer than any published line; keeps a crafted file from filling the memory.
LONGEST_LINE = 1 << 24
DOCUMENTS = ("Passport", "Identification")
#: Where a dataset's own ids stand, and the list whose numbers they are.
REFERENTS = (("us_ofac_sdn", re.compile(r"ofac-(\d+)"), "ofac-sdn"),)
KNOWN = frozenset(
    "id schema caption properties target datasets referents first_seen last_seen last_change "
    "origin".split()
)


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the card's signature
    """Tell the format by the keys of its first line."""
    line = head.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    return line.startswith(b"{") and b'"schema"' in line and b'"properties"' in line


def read(paths: list[Path], *, minimum: int | None = None) -> PartyList:
    """Read a file of entities.

    Args:
        paths: the one file.
        minimum: fewer parties raise; by default 20.

    Raises:
        ListError: the file is missing, empty, cut off or malformed, or an entity has no id.
    """
    path = _files.only(paths)
    collection = _Collection(path)
    collection.read()
    parties = collection.parties()
    source = Source(
        id=ID,
        type="list",
        title=TITLE,
        publisher=PUBLISHER,
        version=collection.seen or None,
        published=_texts.day(collection.seen[:10]),
        digest=collection.digest,
        records=collection.records,
        unread=collection.unread.fields(),
        warnings=collection.warnings(),
    )
    return _draft.party_list(
        parties, [source], path=path, minimum=MINIMUM if minimum is None else minimum
    )


class _Collection:
    """The entities of one file: parties, and what stands around them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digest = ""
        self.seen = ""
        self.records = 0
        self.unread = _json.Unread()
        self._entities: dict[str, Entity] = {}
        self._drafts: dict[str, Draft] = {}
        self._topics: dict[str, list[str]] = {}
        self._addresses: dict[str, list[str]] = {}
        self._listings: dict[str, Listing] = {}
        self._captions: dict[str, str] = {}
        self._around: list[Entity] = []
        self._stray = 0

    def read(self) -> None:
        """Go through the file line by line."""
        total = hashlib.sha256()
        for number, line in _lines(self.path):
            total.update(line)
            text = _files.text(line, self.path).strip()
            if text:
                self.records += 1
                self._add(_json.loads(text, self.path, row=number), number)
        self.digest = total.hexdigest()
        self._join()

    def parties(self) -> list[Party]:
        """Make the parties, in the order of the file, and let go of what they are made of."""
        return [self._party(key) for key in list(self._drafts)]

    def warnings(self) -> tuple[str, ...]:
        """Say what belongs to no party of the file."""
        if not self._stray:
            return ()
        return (f"{self._stray} entities stand around no party of the file",)

    def _add(self, content: Any, row: int, depth: int = 0) -> str:
        """Take in an object and whatever is nested in it; return its id."""
        if depth > _json.DEEPEST:
            raise ListError(f"nested more than {_json.DEEPEST} deep", path=self.path, row=row)
        if not isinstance(content, dict) or not isinstance(content.get("properties"), dict):
            raise ListError("no entity", path=self.path, row=row)
        key, schema = content.get("id"), content.get("schema")
        if not isinstance(key, str) or not key or not isinstance(schema, str):
            raise ListError("an entity without an id or schema", path=self.path, row=row)
        for name in content.keys() - KNOWN:
            if content[name]:
                self.unread.add(name)
        entity = Entity(
            id=key,
            schema=schema,
            caption=str(content.get("caption") or key),
            properties=self._properties(content["properties"], row, depth),
            target=bool(content.get("target")),
            datasets=self._texts(content, "datasets", row),
            referents=self._texts(content, "referents", row),
            seen=str(content.get("last_seen") or ""),
            changed=str(content.get("last_change") or ""),
            nested=frozenset(_nested(content["properties"])),
        )
        self._take(entity, row)
        return key

    def _properties(self, content: dict[str, Any], row: int, depth: int) -> dict[str, list[str]]:
        """Read the values of each property; an entity nested there becomes its id."""
        found: dict[str, list[str]] = {}
        for key, values in content.items():
            for value in values if isinstance(values, list) else [values]:
                nested = isinstance(value, dict)
                text = self._add(value, row, depth + 1) if nested else _plain(value)
                if text is None:
                    raise ListError("no plain value", path=self.path, row=row, field=key)
                if text:
                    found.setdefault(key, []).append(text)
        return found

    def _texts(self, content: dict[str, Any], key: str, row: int) -> tuple[str, ...]:
        values = content.get(key) or []
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise ListError("no array of texts", path=self.path, row=row, field=key)
        return tuple(values)

    def _take(self, entity: Entity, row: int) -> None:
        self.seen = max(self.seen, entity.seen)
        self._captions[entity.id] = entity.caption
        held = entity.schema in ("CryptoWallet", "Security") and (
            entity.properties.get("holder") or entity.properties.get("issuer")
        )
        if entity.schema not in _ftm.KINDS or held:
            self._around.append(entity)
            return
        if entity.id in self._drafts:
            raise ListError(f"entity {entity.id} twice", path=self.path, row=row)
        draft = Draft(f"{ID}:{entity.id}", _ftm.KINDS[entity.schema])
        self._entities[entity.id] = entity
        self._drafts[entity.id] = draft
        self._listings[entity.id] = Listing()
        topics, addresses = _ftm.read_properties(draft, entity)
        entity.properties = {}
        self._topics[entity.id], self._addresses[entity.id] = topics, addresses

    def _join(self) -> None:
        """Join what stands around the parties to them, and forget it."""
        addresses = {each.id: each for each in self._around if each.schema == "Address"}
        for key, wanted in self._addresses.items():
            for each in wanted:
                if each in addresses:
                    _ftm.read_address(self._drafts[key], addresses[each])
        for entity in self._around:
            if entity.schema in _ftm.links():
                _ftm.read_link(self._drafts, self._captions, entity)
            elif entity.schema != "Address":
                self._attach(entity)
        self._around.clear()

    def _attach(self, entity: Entity) -> None:
        """Give an entity of one holder to that holder."""
        ends = ("entity", "holder", "issuer")
        owners = [key for end in ends for key in entity.properties.get(end, ())]
        known = [key for key in owners if key in self._drafts]
        self._stray += not known
        for key in known:
            draft = self._drafts[key]
            if entity.schema == "Sanction":
                _ftm.read_sanction(draft, self._listings[key], entity)
            elif entity.schema in DOCUMENTS:
                _ftm.read_document(draft, entity)
            elif entity.schema == "CryptoWallet":
                note = ", ".join(entity.properties.get("currency", [])) or None
                for value in entity.properties.get("publicKey", ()):
                    draft.add("identifiers", Identifier(type="wallet", value=value, note=note))
            else:
                _read_other(draft, entity, ends)

    def _party(self, key: str) -> Party:
        draft, entity = self._drafts.pop(key), self._entities.pop(key)
        listing = self._listings.pop(key)
        if not draft.of("names"):
            draft.add("names", _ftm.primary(entity.caption))
        draft.add("details", *(("dataset", each) for each in entity.datasets))
        draft.add("details", *(("topic", each) for each in self._topics[key]))
        draft.add("references", *_references(entity))
        draft.add("statuses", _status(self._topics[key], listing, entity))
        return draft.party(path=self.path)


def _status(topics: list[str], listing: Listing, entity: Entity) -> SourceStatus:
    said = _draft.statuses(
        ID,
        programmes=listing.programmes,
        effects=_uk.effects(listing.provisions),
        listed=[_texts.day(each[:10]) for each in listing.listed],
        changed=[_texts.day(each[:10]) for each in (*listing.changed, entity.changed)],
    )
    status = _ftm.status_of(topics, listing, entity)
    removed = _texts.day(max(listing.ended)[:10]) if status == "delisted" else None
    return said.model_copy(update={"status": status, "removed": removed})


def _references(entity: Entity) -> Iterator[str]:
    for referent in entity.referents:
        if referent != entity.id:
            yield f"{ID}:{referent}"
        for dataset, pattern, source in REFERENTS:
            match = pattern.fullmatch(referent)
            if match and dataset in entity.datasets:
                yield f"{source}:{match[1]}"


def _read_other(draft: Draft, entity: Entity, ends: tuple[str, ...]) -> None:
    """Keep an entity whose schema no rule knows as details of its holder."""
    for key, values in entity.properties.items():
        if key not in ends:
            draft.add("details", *((f"{entity.schema}_{key}".lower(), value) for value in values))


def _nested(properties: dict[str, Any]) -> Iterator[str]:
    for key, values in properties.items():
        if any(isinstance(each, dict) for each in (values if isinstance(values, list) else ())):
            yield key


def _plain(value: Any) -> str | None:
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return " ".join(str(value).split())
    return None


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file, unpacked, each with its number.

    Raises:
        ListError: the file cannot be opened, breaks off, or a line or the whole is too long.
    """
    size = number = 0
    packed = _files.is_packed(path)
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                number, size = number + 1, size + len(line)
                if len(line) == LONGEST_LINE or size > _files.LARGEST:
                    raise ListError("too large", path=path, row=number)
                yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise ListError(f"cannot be read: {error}", path=path) from error
    if not size:
        raise ListError("empty file", path=path)
