"""The British lists: first lines, encodings, remarks, and an archive that means harm."""

import io
import zipfile
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list
from sanctscreen.sources import _uk, uk_sl_ods

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
CONLIST = LISTS / "uk_ofsi_csv" / "ConList.csv"
ODS = LISTS / "uk_sl_ods" / "FCDO_SL.ods"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("UN Ref QDe.004. Emir.", [("references", "un-sc:QDe.004")]),
        (
            "Tel +963 11 9990001, +963 11 9990002.",
            [("phone", "+963 11 9990001"), ("phone", "+963 11 9990002")],
        ),
        (
            "(Website):www.example.org (Gender):Female",
            [("gender", "female"), ("website", "www.example.org")],
        ),
        ("UN Reference No: TAI.172. Belongs.", [("references", "un-sc:TAi.172")]),
        ("Associated with somebody (UN Ref QDe.004)", []),
        ("IMO: 9900001. A ship.", [("imo", "9900001")]),
        ("through its vessel (IMO number: 9900001)", []),
        ("SWIFT: DCBK KPPY.", [("bic", "DCBK KPPY")]),
        (
            "Also referred to as ‘Abu X’ and Major (the Tiger). Other.",
            [("names", "Abu X"), ("names", "Major")],
        ),
        ("Web link https://www.interpol.int/en/notice/99", []),
    ],
)
def test_remarks(text, facts):
    """A cue announces a fact; the remarks themselves remain as a note."""
    (field, note), *found = _uk.remarks(text)
    plain = [
        (
            getattr(value, "type", field) if field == "identifiers" else field,
            str(getattr(value, "value", None) or getattr(value, "full", None) or value),
        )
        for field, value in found
    ]

    assert (field, note) == ("notes", text)
    assert sorted(facts) == sorted(plain)


def test_windows_characters_survive():
    """Curly quotes of Windows-1252 are read as what they are."""
    assert read_list(CONLIST, minimum=0).party("uk-ofsi:90002").name == "EXAMPLE GROWTH BANK “EGB”"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"Last Updated,27/04/2020", b"Last Updated,soon", "states no day"),
        (b",Group ID", b",Group", "no column 'Group ID'"),
        (b",90003\r\n", b",\r\n", "a row of no party"),
        (b"QUIET HARBOUR 6", b"", "without a name"),
        (b"Syria", b"\x81", "neither UTF-8 nor Windows-1252"),
        (b"Name 2,Name 3", b"Name 2,Name 2", "a column twice"),
    ],
)
def test_damaged_conlist(tmp_path, old, new, message):
    """What does not fit the layout is refused by name, never read as less."""
    path = tmp_path / "list.csv"
    content = CONLIST.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    with pytest.raises(ListError, match=message):
        read_list(path, format="uk-ofsi-csv", minimum=0)


def test_added_column_is_named(tmp_path):
    """A column that a publisher adds is reported as unread."""
    lines = CONLIST.read_bytes().splitlines()
    path = tmp_path / "list.csv"
    extended = [lines[0], lines[1] + b",Shoe Size", *(line + b",44" for line in lines[2:])]
    path.write_bytes(b"\r\n".join([*extended, b""]))

    assert read_list(path, minimum=0).sources[0].unread == ("Shoe Size",)


def ods(path, content, *, name="content.xml"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path


def sheet():
    with zipfile.ZipFile(ODS) as archive:
        return archive.read("content.xml").decode("utf-8")


def test_archive_that_unpacks_without_end(tmp_path, monkeypatch):
    """A zip bomb is refused before it fills the memory."""
    monkeypatch.setattr(uk_sl_ods, "LARGEST_CONTENT", 100_000)
    path = ods(tmp_path / "bomb.ods", sheet() + " " * 1_000_000)
    with pytest.raises(ListError, match="unpacks to more than 100000 bytes"):
        read_list(path, minimum=0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda: "<!DOCTYPE x><x/>", "DOCTYPE"),
        (lambda: sheet().replace("Unique ID", "Other ID"), "no table with a column"),
        (lambda: sheet()[:-30], "not well-formed"),
        (lambda: sheet().replace("TARVAND Zalgai", ""), "1 parties without a name"),
        (lambda: sheet().replace("AFG9001", ""), "a row of no party"),
    ],
)
def test_damaged_ods(tmp_path, content, message):
    """An OpenDocument file that holds another table, or a broken one, is refused."""
    with pytest.raises(ListError, match=message):
        read_list(ods(tmp_path / "list.ods", content()), format="uk-sl-ods", minimum=0)


def test_archive_without_a_table(tmp_path):
    """A zip archive of something else is no list."""
    with pytest.raises(ListError, match="damaged archive"):
        read_list(ods(tmp_path / "x.ods", "x", name="x.txt"), format="uk-sl-ods", minimum=0)


def test_repeated_cells_are_bounded(tmp_path):
    """A cell that says it stands a billion times fills no memory."""
    content = sheet().replace(
        'number-columns-repeated="16376"', 'number-columns-repeated="999999999"'
    )

    assert len(read_list(ods(tmp_path / "list.ods", content), minimum=0)) == 3
