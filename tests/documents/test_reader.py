"""Reading documents: encodings, markup, dates, and what is refused."""

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.documents.dates import before, dateline, full_date
from sanctscreen.documents.markup import read_html, read_markdown
from sanctscreen.documents.model import party_id, slug
from sanctscreen.documents.reader import read_document
from sanctscreen.errors import DocumentError

TEXT = "OFAC designated Société Générale d’Essai.\n"
RUSSIAN = (
    "Министерство финансов сообщило, что в санкционный список внесены пять организаций и один "
    "человек, которые помогали проводить платежи между двумя странами.\n"
)


def write(folder, content, name="news.txt"):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "crlf"],
)
def test_certain_encodings(tmp_path, content):
    """A byte order mark or valid UTF-8 needs no guess and gives no warning of one."""
    document = read_document(write(tmp_path, content))

    assert document.text == TEXT
    assert not any("Decoded" in warning for warning in document.warnings)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(tmp_path, encoding):
    """UTF-16 without a mark is known by its zero bytes, and the document says so."""
    document = read_document(write(tmp_path, TEXT.encode(encoding)))

    assert document.text == TEXT
    assert f"Decoded as {encoding} by its zero bytes." in document.warnings


def test_legacy_encoding(tmp_path):
    """A legacy encoding is guessed, and the document says so."""
    document = read_document(write(tmp_path, RUSSIAN.encode("cp1251")))

    assert document.text == RUSSIAN
    assert any("guessed" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n\t",
        b"\x00\x00",
        b"%PDF-1.7\n",
        b"PK\x03\x04zip",
        b"\x00\x01\x02\x03binary\x00\xff",
        codecs.BOM_UTF8 + b"\xff",
        codecs.BOM_UTF16_LE + b"a",
    ],
    ids=["empty", "blank", "zeros", "pdf", "zip", "binary", "damaged", "cut"],
)
def test_refused(tmp_path, content):
    """What holds no text is refused with the file's name."""
    path = write(tmp_path, content)

    with pytest.raises(DocumentError, match=r"news\.txt"):
        read_document(path)


def test_missing(tmp_path):
    """A missing file and a folder are refused with their names."""
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(DocumentError) as error:
            read_document(path)

        assert error.value.path == str(path)


def test_blank_page(tmp_path):
    """A page without visible words is refused."""
    with pytest.raises(DocumentError, match="no text"):
        read_document(write(tmp_path, b"<html><script>x</script></html>", "page.html"))


@given(st.binary(max_size=200))
def test_any_bytes(tmp_path_factory, content):
    """Any bytes are read or refused, and nothing else happens."""
    path = write(tmp_path_factory.mktemp("any"), content)
    try:
        document = read_document(path)
    except DocumentError:
        return

    assert document.text.strip()


def test_html():
    """Scripts, navigation and forms go, blocks and bullets stay, entities are resolved."""
    page = read_html(
        "<html><head><title>News &amp; views</title>"
        "<meta name='dc.date' content='2024-05-03'><meta property='og:site_name' content='Desk'>"
        "<script>var a='Ghost Ltd';</script></head><body><nav>Home</nav>"
        "<p>A <b>bold</b> line<br>broken</p><ul><li>one</li><li>two</li></ul>"
        "<footer>Ghost Corp</footer></body></html>"
    )

    assert page.text == "A bold line\nbroken\n\n• one\n• two"
    assert ("News & views", date(2024, 5, 3), "Desk") == (page.title, page.date, page.publisher)


def test_html_is_known_by_its_first_tag(tmp_path):
    """A page needs no file suffix to be known."""
    document = read_document(write(tmp_path, b"<!DOCTYPE html><p>Alpha &amp; Co</p>", "page.txt"))

    assert document.text == "Alpha & Co"


def test_markdown():
    """Marks, links, comments and front matter go; words, lists and order stay."""
    text = "---\na: b\n---\n# Title\n\n**Bold** [link](https://x.example) `x` a_b_c\n\n- *one*\n"
    page = read_markdown(text)

    assert page.text == "Title\n\nBold link x a_b_c\n\n- one"
    assert page.title == "Title"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sep 19, 2024 - 18:00", date(2024, 9, 19)),
        ("19 September 2024", date(2024, 9, 19)),
        ("the 3rd of May, 2021", date(2021, 5, 3)),
        ("2024-09-19T10:00", date(2024, 9, 19)),
        ("February 30, 2024", None),
        ("September 2024", None),
        ("Thursday", None),
    ],
)
def test_full_date(text, expected):
    """A day counts only with day, month and year, and only if it exists."""
    assert expected == full_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Headline\n\nSep 19, 2024 - 18:00\n\nText", date(2024, 9, 19)),
        ("LONDON, 3 May 2024 - The UK imposed sanctions on …" + "x" * 60, date(2024, 5, 3)),
        ("It began on 3 May 2024.", None),
        ("The firm was founded on 3 May 2004 and has grown into a group of many companies.", None),
    ],
)
def test_dateline(text, expected):
    """A document's own date stands on a line of its own or opens the text."""
    assert expected == dateline(text)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("in 2018", date(2024, 1, 1), True),
        ("in 2024", date(2024, 1, 1), False),
        ("in March 2022", date(2022, 5, 1), True),
        ("on 3 May 2022", date(2022, 5, 5), False),
        ("on 3 May 2022", None, False),
        ("in 2018", None, True),
        ("on Thursday", date(2022, 5, 5), None),
    ],
)
def test_before(text, day, expected):
    """A stated date is earlier than the document's, not earlier, or not there."""
    assert expected is before(text, day)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MRB Bank", "documents:mrb-bank"),
        ("Société d'Étude, S.A.", "documents:societe-d-etude-s-a"),
        ("조선광선은행", "documents:조선광선은행"),
        ("Банк «Мир»", "documents:банк-мир"),
    ],
)
def test_ids(name, expected):
    """An id is the name in small letters and digits of its own script."""
    assert expected == party_id(name)


@given(st.text())
def test_slug_is_stable(text):
    """A slug of a slug is the same slug."""
    assert slug(text) == slug(slug(text))
