"""What changed between two versions of a list."""

from __future__ import annotations

from sanctscreen.diff import diff
from sanctscreen.model import Party, SourceStatus
from sanctscreen.party_list import PartyList


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
            "status": {"before": "designated", "after": "delisted"},
        }
    ]


def test_equal_lists_have_no_difference() -> None:
    """Order does not count."""
    first, second = party(1, "Acme"), party(2, "Bcme")

    assert not diff(listed(first, second), listed(second, first))
