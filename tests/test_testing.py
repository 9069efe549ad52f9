"""The help for users' own tests."""

import pytest

import sanctscreen as ss
from sanctscreen.testing import (
    assert_clear,
    assert_hit,
    assert_review,
    tiny_list,
    tiny_screener,
)


def test_hit_is_asserted_and_explained() -> None:
    """A missing hit fails with what was hit instead."""
    assert_hit("Oreshnik Trade House", "test:1")

    with pytest.raises(AssertionError, match=r"does not hit test:2; it hits: test:1"):
        assert_hit("Oreshnik Trading House LLC", "test:2")


def test_clear_is_asserted_and_explained() -> None:
    """An unwanted hit fails with its explanation."""
    assert_clear("Harbour Bakery")

    with pytest.raises(AssertionError, match=r"test:5\n100\.0"):
        assert_clear("Sea Lantern 6", kind="vessel")


def test_a_name_that_cannot_be_screened_is_never_clear() -> None:
    """Nobody is hit, and yet it is not clear."""
    assert_review("???")

    with pytest.raises(AssertionError, match=r"'\?\?\?' is not clear: nobody\n.*no letters"):
        assert_clear("???")
    with pytest.raises(AssertionError, match="is a match, no review: test:5"):
        assert_review("Sea Lantern 6", kind="vessel")


def test_what_else_is_known_counts() -> None:
    """A counterparty with its facts stands for a name, and what they set aside is told."""
    born = {"name": "Milena Ostrovskaya", "kind": "person"}
    assert_hit(ss.Counterparty(**born, date_of_birth="1971-02-14"), "test:3")
    other = ss.Counterparty(**born, date_of_birth="1990-01-01")
    assert_clear(other)

    with pytest.raises(AssertionError, match=r"it hits: nobody\nset aside: test:3"):
        assert_hit(other, "test:3")


def test_configuration_of_the_user_applies() -> None:
    """A screener with another threshold is judged by it."""
    strict = tiny_screener(ss.Config(threshold=100))

    assert_clear("Oreshnik Trade House", screener=strict)


def test_tiny_list_stays_the_same() -> None:
    """Users' tests rest on this list: changing it is a breaking change."""
    assert [party.id for party in tiny_list().parties] == [f"test:{n}" for n in range(1, 6)]
