"""Private lists: what a header line may hold, and what a damaged row is told."""

import pytest

from sanctscreen.errors import ListError, UnknownFormatError
from sanctscreen.party_list import read_list


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        path = tmp_path / "blocked.csv"
        path.write_bytes(text.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,kind\nA,person\nB\n", "row 3: 1 cells, not 2"),
        ("name,kind\nA,human\n", "row 2, field 'kind'"),
        ("name,gender\nA,x\n", "row 2, field 'gender'"),
        ("name,status\nA,famous\n", "row 2, field 'status'"),
        ("name,date of birth\nA,1950\nB,1/2/1950\n", "row 3, field 'date_of_birth'.*ISO 8601"),
        ("name,id\n ,7\n", "row 2, field 'name': a party without a name"),
        ("name\nA\nA\n", "row 3, field 'id': two parties have the id 'blocked:A'"),
        ("name,id\nA,1\nB,1\n", "row 3.*'blocked:1'"),
        ("name,name\nA,B\n", "row 1.*names a column twice"),
        ('name\n"A\n', "damaged row"),
        ("name\n", "0 parties, fewer than the 1"),
    ],
)
def test_damage(written, text, message):
    """A row that cannot be used is refused, with file, row and field."""
    with pytest.raises(ListError, match=rf"blocked\.csv.*{message}"):
        read_list(written(text))


def test_unknown_column(written):
    """An unknown column is no private list by itself; named as one, the column is warned of."""
    path = written("name,shoe size\nA,44\n")
    with pytest.raises(UnknownFormatError):
        read_list(path)
    party_list = read_list(path, format="plain-csv")

    assert party_list.sources[0].warnings == ("column 'shoe_size' is not read",)


def test_line_without_end(written):
    """A last line without its end is read, and doubted."""
    (warning,) = read_list(written("name,kind\nA,person\nB,person")).sources[0].warnings

    assert "may have been cut off" in warning
    assert not read_list(written("name,kind\nA,person\nB,person\n")).sources[0].warnings


def test_header_without_name(written):
    """A list whose header names no name column is refused."""
    with pytest.raises(ListError, match="no column 'name'"):
        read_list(written("first,last\nA,B\n"), format="plain-csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(written, delimiter):
    """Commas, semicolons and tabs all separate cells."""
    rows = [["name", "kind", "countries"], ["Ivan Example", "person", "RU"]]
    party_list = read_list(written("\n".join(delimiter.join(row) for row in rows)))

    assert party_list.parties[0].places == ("RU",)
    assert party_list.parties[0].statuses[0].source == "blocked"


def test_one_list_at_a_time(written, tmp_path):
    """Two private lists are two lists."""
    first = written("name\nA\n")
    second = tmp_path / "other.csv"
    second.write_text("name\nB\n")
    with pytest.raises(ListError, match="one file"):
        read_list([first, second])
