"""Reading delimited files: layout, rows, columns, dates and the faults of a row."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctscreen.batch.columns import find_columns, fold, parse_overrides
from sanctscreen.batch.counterparties import LONGEST_MISSING, Fault, RowReader, parse_date, values
from sanctscreen.batch.encoding import Encoding, detect_encoding, named_encoding
from sanctscreen.batch.reading import MAX_LINES, Layout, Row, detect_layout, read_rows
from sanctscreen.errors import InputError
from sanctscreen.model import PartialDate

FIXTURES = Path(__file__).parent.parent / "fixtures" / "counterparties"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
LAYOUT = Layout(Encoding("utf-8"))


def cases(name: str) -> list[dict[str, str]]:
    """Return the rows of a case file."""
    with (FIXTURES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("case", cases("layouts.csv"), ids=lambda case: case["file"])
def test_layouts_are_detected(case: dict[str, str]) -> None:
    """Encoding, delimiter and number of rows of each sample file are found out."""
    path = FIXTURES / case["file"]

    layout = detect_layout(path)

    expected = Encoding(case["encoding"], guessed=case["guessed"] == "yes")
    assert (expected, DELIMITERS[case["delimiter"]]) == (layout.encoding, layout.delimiter)
    with layout.open(path) as stream:
        assert int(case["rows"]) == sum(1 for _ in read_rows(stream, layout)) - 1


LEGACY_TEXTS = {
    "cp1250": "Łukasz Żółkiewski;PL\nJiří Dvořák;CZ\nFerenc Szőke;HU\n",
    "cp1251": "МРБ Банк;RU\nИван Якорев;RU\nОбщество;RU\n",
    "cp1252": "Müller GmbH;DE\nSociété Générale;FR\nBjörn Åkesson;SE\n",
    "cp1253": "Γιώργος Παπαδόπουλος;GR\nΤράπεζα;GR\n",
    "cp1255": "בנק לאומי;IL\nדוד כהן;IL\n",
    "cp1256": "بنك ملت;IR\nمحمد علي;IR\n",
    "koi8_r": "МРБ Банк;RU\nИван Якорев;RU\nОбщество;RU\n",
    "gb18030": "中国银行;CN\n李小龙;CN\n",
    "big5": "臺灣銀行;TW\n王小明;TW\n",
    "cp932": "株式会社 山田;JP\nトヨタ自動車;JP\n",
    "cp949": "조선광선은행;KP\n김철수;KR\n",
    "utf-16-le": "name;country\nМРБ Банк;RU\n",
    "utf-16-be": "name;country\nМРБ Банк;RU\n",
    "utf-32": "name;country\nМРБ Банк;RU\n",
}


@pytest.mark.parametrize("name", LEGACY_TEXTS)
def test_encodings_without_proof_are_recognised_by_how_names_look(
    name: str, tmp_path: Path
) -> None:
    """A few names are enough to tell the older encodings apart."""
    path = tmp_path / "names.csv"
    path.write_bytes(LEGACY_TEXTS[name].encode(name))

    assert name == detect_encoding(path).name


def test_text_beyond_ascii_is_found_deep_in_the_file(tmp_path: Path) -> None:
    """An encoding is not decided by the head of a file that is ASCII for megabytes."""
    path = tmp_path / "deep.csv"
    path.write_bytes(
        b"name\n"
        + b"Harbour Lights Ltd\n" * 120_000
        + "Общество Якорь\nИван Якорев\n".encode("cp1251")
    )

    assert detect_encoding(path).name == "cp1251"


def test_a_named_encoding_must_exist() -> None:
    """An encoding that Python does not know is refused by name."""
    with pytest.raises(InputError, match="no such encoding: 'utf-99'"):
        named_encoding("utf-99")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(content: str, tmp_path: Path) -> None:
    """A file without any row cannot be screened and says so."""
    path = tmp_path / "empty.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match="empty"):
        detect_layout(path)


@pytest.mark.parametrize(
    ("text", "delimiter", "quote", "escape"),
    [
        ("'name','country'\n'Acme, Ltd','GB'\n", ",", "'", None),
        ('name,country\n"Acme \\"Best\\" Ltd, London",GB\n', ",", '"', "\\"),
        ("name|country\nAcme, Ltd|GB\n", "|", '"', None),
        ("name\nAcme, Ltd\nBcme, Ltd\n", ";", '"', None),
        ("name;city, country\nAcme;London, GB\nBcme;Rome\n", ";", '"', None),
    ],
)
def test_delimiter_and_quoting_are_detected(
    text: str, delimiter: str, quote: str, escape: str | None, tmp_path: Path
) -> None:
    """The layout under which the rows are most alike is taken."""
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")

    layout = detect_layout(path)

    assert (delimiter, quote, escape) == (layout.delimiter, layout.quote, layout.escape)


def test_an_unclosed_quote_spoils_one_row_only() -> None:
    """The rows after a quote that is never closed are read as rows."""
    lines = ["name,country\n", '"Acme,GB\n', "Bcme,FR\n", '"Ccme, Ltd",DE\n']

    rows = list(read_rows(lines, LAYOUT))

    assert [row.cells for row in rows] == [
        ["name", "country"],
        ['"Acme', "GB"],
        ["Bcme", "FR"],
        ["Ccme, Ltd", "DE"],
    ]
    assert [row.fault for row in rows] == ["", "broken quoting", "", ""]


def test_a_quote_may_not_stay_open_for_ever() -> None:
    """A cell of more lines than any real one has is taken for an unclosed quote."""
    lines = ["name\n", '"Acme\n', *(f"Row {n}\n" for n in range(MAX_LINES * 2))]

    assert sum(1 for _ in read_rows(lines, LAYOUT)) == 2 + MAX_LINES * 2


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    """Blank lines are no rows but count; so does the header; the end-of-file sign is no row."""
    lines = ["name,country\n", "\n", "Acme,GB\n", "\x1a"]

    assert [row.number for row in read_rows(lines, LAYOUT)] == [1, 3]


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=8))
def test_whatever_csv_writes_is_read_again(rows: list[list[str]]) -> None:
    """Reading what Python's writer wrote gives the same rows without a fault."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    stream.seek(0)

    read = list(read_rows(stream, LAYOUT))

    assert [(row, "") for row in rows] == [(row.cells, row.fault) for row in read]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_character_of_any_text_is_lost(text: str) -> None:
    """Text that is no CSV at all still comes out as rows that hold all its letters."""
    read = list(islice(read_rows(io.StringIO(text, newline=""), LAYOUT), 1000))

    letters = "".join(filter(str.isalpha, text))
    assert letters == "".join(c for row in read for c in "".join(row.cells) if c.isalpha())


@pytest.mark.parametrize("case", cases("headers.csv"), ids=lambda case: case["header"])
def test_headers_are_recognised(case: dict[str, str]) -> None:
    """Headers in many languages get the role that they are expected to get."""
    header, expected = case["header"].split("|"), case["roles"].split("|")

    columns = find_columns(header)

    found = {place: role for role, places in columns.items() for place in places}
    assert expected == [found.get(place, "") for place in range(len(header))]


def test_an_override_wins_over_what_is_recognised() -> None:
    """A user's word for the name makes that column the whole name."""
    columns = find_columns(
        ["Name", "First Name", "Zahlungsempfänger"], {"name": "zahlungsempfänger"}
    )

    assert columns == {"full_name": (2,)}


@pytest.mark.parametrize(
    ("header", "overrides", "message"),
    [
        (["a", "b"], {}, "no column holds a name .headers: 'a', 'b'."),
        (["name"], {"name": "Kunde"}, "no column 'Kunde'"),
        (["name"], {"nmae": "name"}, "no such role: 'nmae'"),
        (["name"], {"kind": "name"}, "no column holds a name"),
    ],
)
def test_columns_that_do_not_fit_are_refused(
    header: list[str], overrides: dict[str, str], message: str
) -> None:
    """The error says which header or role is at fault."""
    with pytest.raises(InputError, match=message):
        find_columns(header, overrides)


@pytest.mark.parametrize("item", ["name", "=x", "name=", ""])
def test_an_override_has_the_form_role_equals_header(item: str) -> None:
    """Any other form is refused."""
    with pytest.raises(InputError, match="role=header"):
        parse_overrides([item])


@pytest.mark.parametrize("case", cases("dates.csv"), ids=lambda case: case["text"])
def test_dates(case: dict[str, str]) -> None:
    """A date means what its row says, and what is no date is refused."""
    if case["meaning"]:
        assert case["meaning"] == str(parse_date(case["text"]))
    else:
        with pytest.raises(ValueError, match="not a date"):
            parse_date(case["text"])


@given(
    st.dates(date(1000, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%Y-%m-%dT00:00:00"]),
)
def test_a_day_is_that_day_in_every_notation(day: date, notation: str) -> None:
    """The short way that ISO days take leads to the same date."""
    assert parse_date(day.strftime(notation)) == PartialDate(earliest=day, latest=day)


NAME_CASES = [
    ({"first name": "Ivan", "last name": "Petrov"}, "Ivan Petrov"),
    ({"vorname": "Jörg", "name": "Müller"}, "Jörg Müller"),
    ({"first name": "Ivan", "name": "Ivan Petrov", "last name": "Petrov"}, "Ivan Petrov"),
    ({"имя": "Иван", "отчество": "Ильич", "фамилия": "Якорев"}, "Ильич Иван Якорев"),
    ({"company": "", "first name": "Ivan", "last name": "Petrov"}, "Ivan Petrov"),
    ({"company": "Acme", "first name": "", "last name": ""}, "Acme"),
]


@pytest.mark.parametrize(("cells", "name"), NAME_CASES)
def test_names_are_put_together(cells: dict[str, str], name: str) -> None:
    """Given name and surname in several columns become one name, said once."""
    header = list(cells)

    reader = RowReader(find_columns(header), header)
    counterparty, faults = reader.read(Row(2, list(cells.values())))

    assert (name, []) == (counterparty.name, faults)


@given(st.one_of(st.text(max_size=22), st.sampled_from(sorted(values("missing"))).map(str.title)))
@example("n\u0301one")
@example("N / A")
def test_a_name_that_says_nothing_is_none(name: str) -> None:
    """It is one of the words for that, however it is written."""
    reader = RowReader(find_columns(["name"]), ["name"])

    _, faults = reader.read(Row(2, [name]))

    bare = name.strip()
    missing = not bare or (len(bare) <= LONGEST_MISSING and fold(bare) in values("missing"))
    assert missing == (Fault("no name", "name") in faults)


def test_a_row_becomes_a_counterparty() -> None:
    """Kind, date, countries, gender, identifiers and reference are read."""
    header = ["id", "name", "type", "dob", "nationality", "country", "sex", "passport", "BIC"]
    cells = ["7", "Ivan", "Individual", "1971", "RU;KZ", "RU", "M", "AB1", "n/a"]

    counterparty, faults = RowReader(find_columns(header), header).read(Row(2, cells))

    assert faults == []
    assert counterparty.model_dump(mode="json", exclude_defaults=True) == {
        "name": "Ivan",
        "kind": "person",
        "date_of_birth": {"earliest": "1971-01-01", "latest": "1971-12-31"},
        "countries": ["RU", "KZ"],
        "gender": "male",
        "identifiers": {"passport": "AB1"},
        "reference": "7",
    }
