"""What changed between two versions of a list."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from sanctscreen.diff import diff
from sanctscreen.model import Address, Identifier, Link, Name, PartialDate, Party, SourceStatus
from sanctscreen.party_list import PartyList, read_list


def listed(*parties: Party) -> PartyList:
    """Make a list of parties."""
    return PartyList(parties=parties)


def party(number: int, *names: str, status: str = "designated") -> Party:
    """Make a party."""
    made = SourceStatus.model_validate({"source": "x", "status": status})
    return Party.model_validate({"id": f"x:{number}", "names": names, "statuses": (made,)})


def test_parties_are_told_apart_by_id() -> None:
    """A party of another id is added or removed even if it is called the same."""
    difference = diff(listed(party(1, "Acme")), listed(party(2, "Acme")))

    assert [each.id for each in difference.added] == ["x:2"]
    assert [each.id for each in difference.removed] == ["x:1"]
    assert difference.changed == ()


def test_a_change_says_which_names_and_which_status() -> None:
    """Names gained and lost, the fields that differ and the status before and after."""
    old = party(1, "Acme", "Acme Trading")
    new = party(1, "Acme", "Acme Shipping", status="delisted")

    difference = diff(listed(old, party(2, "Same")), listed(new, party(2, "Same")))

    assert difference.to_dict()["changed"] == [
        {
            "party": "x:1",
            "name": "Acme",
            "names_added": ["Acme Shipping"],
            "names_removed": ["Acme Trading"],
            "fields": ["names", "statuses"],
            "gained": {"names": ["Acme Shipping (aka, unknown)"], "status": ["delisted (x)"]},
            "lost": {"names": ["Acme Trading (aka, unknown)"], "status": ["designated (x)"]},
            "status": {"before": "designated", "after": "delisted"},
        }
    ]


def test_a_change_says_what_was_gained_and_lost() -> None:
    """Identifiers, programmes, dates and every other fact are named by field."""
    old = party(1, "Acme").model_copy(
        update={
            "identifiers": (Identifier(type="national_id", value="7", country="RU"),),
            "dates_of_birth": (PartialDate.parse("1971"),),
            "statuses": (SourceStatus(source="x", programmes=("A", "B")),),
        }
    )
    new = old.model_copy(
        update={
            "kind": "person",
            "names": (Name(full="Acme", type="primary", quality="strong"),),
            "identifiers": (Identifier(type="tax", value="9", expires="2030-01-02"),),
            "dates_of_birth": (PartialDate.parse("1971-02-14"),),
            "addresses": (Address(city="Riga", country="Latvia"),),
            "links": (Link(name="Bcme", relation="owns"),),
            "details": (("flag", "Panama"),),
            "statuses": (SourceStatus(source="x", programmes=("B", "C"), listed="2024-01-02"),),
        }
    )
    (change,) = diff(listed(old), listed(new)).changed

    assert change.gained == {
        "kind": ("person",),
        "names": ("Acme (primary, strong)",),
        "dates_of_birth": ("1971-02-14",),
        "addresses": ("Riga, Latvia",),
        "identifiers": ("tax, 9, expires 2030-01-02",),
        "links": ("Bcme, owns",),
        "details": ("flag, Panama",),
        "programmes": ("C",),
        "listed": ("2024-01-02 (x)",),
    }
    assert change.lost == {
        "names": ("Acme (primary, unknown)",),
        "dates_of_birth": ("1971",),
        "identifiers": ("national id, 7, RU",),
        "programmes": ("A",),
    }
    assert not change.is_renamed


def test_equal_lists_have_no_difference() -> None:
    """Order does not count."""
    first, second = party(1, "Acme"), party(2, "Bcme")

    assert not diff(listed(first, second), listed(second, first))


HISTORY = Path(__file__).parents[2] / "shared" / "data" / "ofac"
#: from, to, added, removed, changed, of these renamed, parties after; counted by the publisher's
#: numbers in the raw files
REAL_CHANGES = [
    ("2021-12-22", "2021-12-30", 0, 150, 0, 0, 9_008),
    ("2021-12-30", "2022-01-21", 36, 0, 1, 0, 9_044),
    ("2022-03-21", "2022-03-24", 397, 0, 7, 5, 9_793),
    ("2022-04-22", "2022-04-29", 0, 0, 499, 0, 10_025),
    ("2022-01-21", "2023-12-28", 5_180, 403, 691, 46, 13_821),
    ("2023-12-28", "2024-02-20", 116, 6, 11, 2, 13_931),
    ("2024-02-20", "2024-02-23", 553, 0, 8, 0, 14_484),
    ("2024-02-23", "2024-02-28", 29, 3, 1, 1, 14_510),
    ("2024-02-28", "2024-03-04", 2, 86, 12, 3, 14_426),
    ("2024-03-04", "2024-05-02", 556, 9, 18, 1, 14_973),
    ("2024-05-02", "2024-05-03", 0, 8, 0, 0, 14_965),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], PartyList]:
    """Read the SDN List of a day, its file of parties alone, once."""
    folder = tmp_path_factory.mktemp("alone")

    @cache
    def read(day: str) -> PartyList:
        path = HISTORY / "history" / f"sdn-{day}.csv.gz"
        if not path.exists():
            # The companions of a whole set would be read too if they stood beside it.
            path = Path(shutil.copy(HISTORY / day / "sdn.csv", folder / f"sdn-{day}.csv"))
        return read_list(path)

    return read


@pytest.mark.skipif(not HISTORY.exists(), reason="the published lists are not beside the checkout")
@pytest.mark.parametrize("change", REAL_CHANGES, ids=lambda change: f"{change[0]} {change[1]}")
def test_real_changes(
    change: tuple[str, str, int, int, int, int, int], snapshot: Callable[[str], PartyList]
) -> None:
    """Between two days of the SDN List exactly what the publisher changed is found."""
    old, new = snapshot(change[0]), snapshot(change[1])
    difference = diff(old, new)

    assert change[2:] == (
        len(difference.added),
        len(difference.removed),
        len(difference.changed),
        sum(each.is_renamed for each in difference.changed),
        len(new),
    )
