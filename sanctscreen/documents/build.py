"""Build a party list from documents: read each, merge what they support, correct it."""

from __future__ import annotations

from collections.abc import Sequence

from sanctscreen.documents.merge import merge
from sanctscreen.documents.model import Document, Extraction
from sanctscreen.documents.overlay import apply_overlay, read_overlay
from sanctscreen.documents.prose import read_prose
from sanctscreen.documents.reader import read_document
from sanctscreen.errors import DocumentError
from sanctscreen.party_list import AnyPath, PartyList


def build_list(paths: Sequence[AnyPath], *, overlay: AnyPath | None = None) -> PartyList:
    """Build a party list from documents: press releases, news reports, official notices.

    Args:
        paths: the documents, in the order in which their sources are listed; a document that
            is given twice counts once.
        overlay: an analyst's corrections, TOML or CSV (``docs/documents.md``).

    Raises:
        DocumentError: no document is given, or one cannot be read.
        OverlayError: the overlay is malformed, or one of its rows fits nothing.
    """
    if isinstance(paths, str) or not paths:
        raise DocumentError("give at least one document, as a list of paths")
    corrections = read_overlay(overlay) if overlay is not None else ()
    party_list = merge([_extract(document) for document in _documents(paths)])
    return apply_overlay(party_list, corrections, path=overlay) if corrections else party_list


def _documents(paths: Sequence[AnyPath]) -> list[Document]:
    """Read the documents; two files of the same name get different ids."""
    found: dict[str, Document] = {}
    taken: dict[str, int] = {}
    for path in paths:
        document = read_document(path)
        if document.digest in found:
            continue
        taken[document.id] = taken.get(document.id, 0) + 1
        if taken[document.id] > 1:
            document = document.model_copy(update={"id": f"{document.id}-{taken[document.id]}"})
        found[document.digest] = document
    return list(found.values())


def _extract(document: Document) -> Extraction:
    if document.type == "prose":
        return read_prose(document)
    from sanctscreen.documents.notice import read_notice

    return read_notice(document)
