"""What passes between the steps of reading a document: the document, and what it yields.

A `Document` is the text that was read, with everything known of where it comes from. An
`Extraction` is what one document supports; ``build_list`` merges several into a party list.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Literal

from sanctscreen.model import LeftOut, Party, Record, Relation, Source, Unnamed

DocumentType = Literal["prose", "notice"]


class Document(Record):
    r"""A document as it was read; every offset elsewhere counts characters of ``text``.

    Attributes:
        id: slug of the file's stem, the ``source`` of everything the document supports.
        path: the file, as the caller named it.
        title: the headline; empty where the document has none.
        text: the text, decoded and, for HTML, freed of markup. Line ends are ``\n``.
        type: ``notice`` for the format of an authority's recent actions, else ``prose``.
        date: the day that the document itself states, if it states one in full.
        publisher: who published it, where the document says so.
        digest: SHA-256 of the file's bytes, in hexadecimal.
        warnings: what could not be told with certainty, one sentence each.
    """

    id: str
    path: str
    title: str = ""
    text: str
    type: DocumentType = "prose"
    date: datetime.date | None = None
    publisher: str | None = None
    digest: str = ""
    warnings: tuple[str, ...] = ()

    def source(self, *, rests_on: tuple[str, ...] = (), warnings: tuple[str, ...] = ()) -> Source:
        """Return the record of this document for the list's ``sources``.

        Args:
            rests_on: where the document says its facts come from.
            warnings: what its reader could not read, added to the document's own warnings.
        """
        return Source(
            id=self.id,
            type=self.type,
            title=self.title,
            publisher=self.publisher,
            published=self.date,
            digest=self.digest,
            rests_on=rests_on,
            warnings=(*self.warnings, *warnings),
        )


class Extraction(Record):
    """What one document supports: each party has exactly one status, for this document."""

    source: Source
    parties: tuple[Party, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    relations: tuple[Relation, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def slug(text: str) -> str:
    """Return ``text`` in small letters and digits of any script, joined by hyphens.

    >>> slug("Société Générale d'Import (SGI)")
    'societe-generale-d-import-sgi'
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded).casefold()
    bare = "".join(each for each in decomposed if not unicodedata.combining(each))
    return "-".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare)))


def party_id(name: str) -> str:
    """Return the id of the party that documents name so; the same name gives the same id.

    >>> party_id("MRB Bank")
    'documents:mrb-bank'
    """
    return f"documents:{slug(name)}"
