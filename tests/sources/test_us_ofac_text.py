"""OFAC's list as printed: whole entries, joined under their headwords."""

from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "fixtures" / "lists" / "us_ofac_text" / "sdnlist.txt"
REAL = ROOT.parent / "shared" / "data" / "ofac" / "sdnlist-2016.txt.gz"


def test_entry_that_breaks_off_is_refused(tmp_path: Path) -> None:
    """A print cut in the middle of an entry is an error that names the row."""
    text = SAMPLE.read_text(encoding="utf-8")
    cut = tmp_path / "sdnlist.txt"
    cut.write_text(text[: text.index("POB Zelenograd")], encoding="utf-8")

    with pytest.raises(ListError, match="row 16: an entry without programmes"):
        read_list(cut, minimum=0)


@pytest.mark.skipif(not REAL.exists(), reason="the published lists are not beside the checkout")
def test_published_print() -> None:
    """The print of February 2016 is read whole."""
    party_list = read_list(REAL)

    assert (party_list.sources[0].records, len(party_list)) == (3_062, 1_565)
    assert sum(len(party.notes) for party in party_list.parties) < 300
