"""Read a document from disk: decode it, free it of markup, find its title and date.

Encodings are tried in the order of how sure they are: a byte order mark, strict UTF-8, the
pattern of zero bytes that UTF-16 leaves, and only then statistical detection, which is
reported as a warning. Offsets into the text count characters after markup was taken away.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from sanctscreen.documents.dates import dateline
from sanctscreen.documents.markup import Extracted, read_html, read_markdown
from sanctscreen.documents.model import Document, DocumentType, slug
from sanctscreen.documents.notice import looks_like_notice
from sanctscreen.errors import DocumentError
from sanctscreen.party_list import AnyPath

#: Longest first, because the mark of UTF-16 begins that of UTF-32.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY_STARTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)", re.I | re.S
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
TITLE_LIMIT = 200
#: Lines above a headline that say only what the text is.
LABEL = re.compile(
    r"(?:for immediate release|(?:press|news|media) releases?|statement|news)\W*", re.I
)


def read_document(path: AnyPath) -> Document:
    """Read one document, whatever its encoding, as plain text, Markdown or HTML.

    Args:
        path: the file; ``.html``, ``.htm``, ``.md`` and ``.markdown`` name their format, and
            HTML is also known by its first tag.

    Raises:
        DocumentError: the file is missing, empty or not text.
    """
    content = _bytes(path)
    decoded, warnings = _decode(content, path)
    extracted = _extract(decoded, Path(path).suffix.lower())
    text = extracted.text
    if not text.strip():
        raise DocumentError("the document holds no text", path=path)
    kind: DocumentType = "notice" if looks_like_notice(text) else "prose"
    return Document(
        id=slug(Path(path).stem) or "document",
        path=str(path),
        title=extracted.title or _first_line(text),
        text=text,
        type=kind,
        date=extracted.date or dateline(text),
        publisher=extracted.publisher,
        digest=hashlib.sha256(content).hexdigest(),
        warnings=warnings,
    )


def _bytes(path: AnyPath) -> bytes:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be opened: {error.strerror or error}", path=path) from error
    if not content.strip(b"\x00 \t\r\n"):
        raise DocumentError("the document is empty", path=path)
    if content.startswith(BINARY_STARTS):
        raise DocumentError("not a text document: convert it to text first", path=path)
    return content


def _decode(content: bytes, path: AnyPath) -> tuple[str, tuple[str, ...]]:
    """Return the text and a warning where its encoding had to be guessed."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(content, encoding, path), ()
    for encoding in _likely(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text, () if encoding == "utf-8" else (
                f"Decoded as {encoding} by its zero bytes.",
            )
    return _detect(content, path)


def _likely(content: bytes) -> tuple[str, ...]:
    """Zero bytes at every other place are UTF-16 without a byte order mark."""
    if b"\x00" not in content:
        return ("utf-8",)
    even, odd = content[::2].count(0), content[1::2].count(0)
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _strict(content: bytes, encoding: str, path: AnyPath) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(f"damaged {encoding} text: {error.reason}", path=path) from error


def _detect(content: bytes, path: AnyPath) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = None if b"\x00" in content else from_bytes(content).best()
    if best is None or CONTROL.search(str(best)):
        raise DocumentError("not a text document: its bytes fit no encoding", path=path)
    return str(best), (f"Decoded as {best.encoding}, guessed from the bytes: check the names.",)


def _extract(text: str, suffix: str) -> Extracted:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if suffix in (".html", ".htm", ".xhtml") or HTML_START.match(text):
        return read_html(text)
    if suffix in (".md", ".markdown"):
        return read_markdown(text)
    return Extracted(text)


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return next((line for line in lines if not LABEL.fullmatch(line)), lines[0])[:TITLE_LIMIT]
