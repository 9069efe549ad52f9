"""The XML reader: what it hands out, what it says was left unread, what it refuses."""

import gzip
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.sources import _files, _xml
from sanctscreen.sources._xml import Document, root_of


def document(tmp_path: Path, content: bytes, **settings) -> Document:
    path = tmp_path / "list.xml"
    path.write_bytes(content)
    return Document(path, settings.pop("tags", {"r"}), **settings)


def test_records(tmp_path):
    """Records come complete and in order, whatever the namespace, with the root's attributes."""
    read = document(
        tmp_path, b"<x:a xmlns:x='u' day='1'><x:b><x:r>1</x:r></x:b><x:r> 2\n3 </x:r></x:a>"
    )

    assert [record.text() for record in read.records()] == ["1", "2 3"]
    assert read.root.attr("day") == "1"
    assert read.unread == ()


def test_nested_record_belongs_to_the_outer(tmp_path):
    """A record inside a record is handed out once, as part of the outer one."""
    read = document(tmp_path, b"<a><r><r>in</r></r></a>")

    assert [record.text("r") for record in read.records()] == ["in"]


def test_unread(tmp_path):
    """All content that nobody asked for is named: text, attributes, second elements, stray text."""
    content = b"<a v='1'>stray<h w='2'/><r x='3' y='4'><c>5</c><c>6</c><d>7</d><e/></r></a>"
    read = document(tmp_path, content, ignored={"*/@y": "tested"})
    for record in read.records():
        assert (record.attr("x"), record.text("c")) == ("3", "5")

    assert read.unread == ("a", "a/@v", "a/h/@w", "a/r/c", "a/r/d")


def test_absent_is_empty(tmp_path):
    """What is not there reads as empty text, and no element."""
    (record,) = document(tmp_path, b"<a><r/></a>").records()

    assert (record.text("b/c"), record.attr("d"), record.texts("b")) == ("", "", ())
    assert record.first("b") is None


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("latin-1", "iso-8859-1"),
        ("cp1252", "windows-1252"),
    ],
)
def test_encodings(tmp_path, encoding, declared):
    """A file in the encoding that it declares is read, packed or not."""
    content = f"<?xml version='1.0' encoding='{declared}'?><a><r>é</r></a>".encode(encoding)
    for packed in (content, gzip.compress(content)):
        assert [record.text() for record in document(tmp_path, packed).records()] == ["é"]


HOSTILE = {
    "empty": (b"", "empty file"),
    "blank": (b" \n", "row 2: not well-formed"),
    "no xml": (b"name,kind\n", "not well-formed"),
    "cut off": (b"<a><r/>\n<r>", "row 2: not well-formed.*no element found"),
    "two roots": (b"<a><r/></a><a/>", "junk after document element"),
    "bare ampersand": (b"<a>\n<r>x & y</r></a>", "row 2: not well-formed"),
    "mixed encoding": (b"<a>\n<r>\x93quoted\x94</r></a>", "row 2: not well-formed"),
    "control character": (b"<a><r>\x08</r></a>", "not well-formed"),
    "unknown encoding": (b"<?xml version='1.0' encoding='shiny'?><a/>", "encoding"),
    "multi-byte encoding": (b"<?xml version='1.0' encoding='shift_jis'?><a/>", "encoding"),
    "undeclared prefix": (b"<x:a/>", "unbound prefix"),
    "undefined entity": (b"<a><r>&secret;</r></a>", "undefined entity"),
    "doctype": (b"<!DOCTYPE a><a><r/></a>", "DOCTYPE"),
    "external entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/x">]><a>&x;</a>', "DOCTYPE"),
    "billion laughs": (b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>', "DOCTYPE"),
    "deep": (b"<a><r>" + b"<b>" * 100, "more than 64 deep"),
    "deep outside": (b"<b>" * 100, "more than 64 deep"),
    "long attribute": (b"<a><r x='" + b"y" * 3_000_000 + b"'/></a>", "a tag of more than"),
    "long comment": (b"<a><!--" + b"y" * 3_000_000 + b"--><r/></a>", "a tag of more than"),
    "broken archive": (gzip.compress(b"<a><r/></a>" * 9)[:-9], "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(tmp_path, name):
    """Damaged or hostile XML is refused with the file and, where there is one, the line."""
    content, message = HOSTILE[name]
    with pytest.raises(ListError, match=rf"(?s)list\.xml.*{message}"):
        list(document(tmp_path, content).records())


def test_bounds_of_a_record(tmp_path, monkeypatch):
    """A record may neither grow by elements nor by text without end, nor fields by number."""
    monkeypatch.setattr(_xml, "LARGEST_RECORD", 10)
    monkeypatch.setattr(_xml, "LONGEST_TEXT", 10)
    monkeypatch.setattr(_xml, "MOST_UNREAD", 10)
    letters = [b"<" + bytes([char]) + b">1</" + bytes([char]) + b">" for char in b"bcdefghijklm"]
    with pytest.raises(ListError, match="a record of more than 10 elements"):
        list(document(tmp_path, b"<a><r>" + b"<b/>" * 11 + b"</r></a>").records())
    with pytest.raises(ListError, match="a record of more than 10 characters"):
        list(document(tmp_path, b"<a><r>" + b"b" * 11 + b"</r></a>").records())
    with pytest.raises(ListError, match="more than 10 unknown fields"):
        list(
            document(
                tmp_path, b"<a>" + b"".join(b"<r>%b</r>" % x for x in letters) + b"</a>"
            ).records()
        )


def test_archive_bomb(tmp_path, monkeypatch):
    """An archive is refused as soon as it has unpacked to more than a list can be."""
    monkeypatch.setattr(_files, "LARGEST", 100_000)
    bomb = gzip.compress(b"<a>" + b" " * 1_000_000)
    with pytest.raises(ListError, match="larger than 100000 bytes"):
        list(document(tmp_path, bomb).records())


def test_root_of(tmp_path):
    """The outermost element is found in the first bytes; other text has none."""
    path = tmp_path / "list.xml"

    assert root_of(b"<x:a xmlns:x='u' v='1'><x:b", path) == ("a", "u", {"v": "1"})
    assert root_of("<?xml version='1.0'?><a/>".encode("utf-16"), path) == ("a", "", {})
    assert root_of(b"name,kind", path) is None
    assert root_of(b"<<a", path) is None
    with pytest.raises(ListError, match="DOCTYPE"):
        root_of(b"<!DOCTYPE html><html>", path)
