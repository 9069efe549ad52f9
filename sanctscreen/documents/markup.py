"""Take the markup off HTML and Markdown and keep the words, block by block.

Every offset of a citation counts characters of the text that is returned here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from sanctscreen.documents.dates import full_date

SILENT = frozenset(
    "script style nav noscript template svg iframe form button footer aside select".split()
)
BLOCKS = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol table tr blockquote figure "
    "figcaption dl dt dd hr pre td th address".split()
)
DATE_KEYS = frozenset(
    "article:published_time datepublished date dc.date dcterms.date dcterms.created pubdate".split()
)
PUBLISHER_KEYS = frozenset(["og:site_name", "dc.publisher", "publisher", "application-name"])

MARKDOWN = (
    (re.compile(r"\A---\n.*?\n---\n", re.S), ""),
    (re.compile(r"<!--.*?-->", re.S), ""),
    (re.compile(r"^```.*$|^[ \t]*[-*_]{3,}[ \t]*$", re.M), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", re.M), "\n\\1\n"),
    (re.compile(r"^[ \t]*>[ \t]?", re.M), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), "\\1"),
    (re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])"), "\\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), "\\2"),
    (re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])"), "\\1"),
    (re.compile(r"`([^`\n]+)`"), "\\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), "\\1"),
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The words of a document and what its markup says of it."""

    text: str
    title: str = ""
    date: date | None = None
    publisher: str | None = None


def read_html(source: str) -> Extracted:
    r"""Return the visible words of a page, one block per line, bullets marked with ``•``.

    Scripts, styles, navigation, forms, asides and footers are left out.

    >>> read_html("<h1>News</h1><nav>Home</nav><ul><li>A &amp; B</li></ul>").text
    'News\n\n• A & B'
    """
    parser = _Page()
    parser.feed(source)
    parser.close()
    text = re.sub(r"[^\S\n]+", " ", "".join(parser.parts))
    text = re.sub(r" ?\n ?", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return Extracted(text, parser.title.strip(), parser.date, parser.publisher)


def read_markdown(source: str) -> Extracted:
    r"""Return Markdown without its marks; the first heading is the title.

    >>> read_markdown("# News\n\n- **A** and [B](https://example.org)").text
    'News\n\n- A and B'
    """
    heading = re.search(r"^[ \t]{0,3}#[ \t]+(.+?)[ \t#]*$", source, re.M)
    text = source
    for pattern, replacement in MARKDOWN:
        text = pattern.sub(replacement, text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return Extracted(text, heading[1] if heading else "")


class _Page(HTMLParser):
    """Collects words block by block; what stands inside a silent element is dropped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title = ""
        self.date: date | None = None
        self.publisher: str | None = None
        self._silent: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag in SILENT:
            self._silent.append(tag)
        self._in_title = tag == "title"
        self._card(tag, values)
        if tag == "li":
            self.parts.append("\n• ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        self._in_title = False
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _card(self, tag: str, values: dict[str, str]) -> None:
        """Note the date and the publisher that the page states of itself."""
        key = (values.get("property") or values.get("name") or "").lower()
        if tag == "meta" and key in DATE_KEYS:
            self.date = self.date or full_date(values.get("content", ""))
        elif tag == "meta" and key in PUBLISHER_KEYS:
            self.publisher = self.publisher or values.get("content") or None
        elif tag == "time":
            self.date = self.date or full_date(values.get("datetime", ""))
