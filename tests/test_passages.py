"""Listed names inside texts in which words of theirs stand elsewhere too."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctscreen.testing import tiny_screener

#: Names as texts spell them, and whose they are.
NAMED = {
    "OSTROVSKAYA MILENA IGOREVNA": "test:3",
    "Milena Igorevna Ostrovskaya": "test:3",
    "Abd al Rahman al Zarrad": "test:4",
    "Kalina Maritime Bank": "test:2",
    "Oreshnik Trading House": "test:1",
    "Sea Lantern 6": "test:5",
}
#: Words of those names and others, and one that parts what stands before and behind it.
WORDS = [*sorted({word for name in NAMED for word in name.split()}), "fuel", "invoice", "12"]
APART = "quarterly"
SCREENER = tiny_screener()


def found(text: str) -> set[str]:
    return {hit.party.id for hit in SCREENER.screen_text(text).hits}


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("fees of the bank in Kalina for Kalina Maritime Bank", "test:2"),
        ("for the house and the trading of Oreshnik Trading House", "test:1"),
        ("Milena bought fuel for Ostrovskaya Milena Igorevna", "test:3"),
        ("Kalina Kalina Kalina Kalina Kalina Maritime Bank fees 12", "test:2"),
        ("Kalina Maritime Kalina Maritime Kalina Maritime Bank fees 12", "test:2"),
        ("bank " * 40 + "Kalina Maritime Bank", "test:2"),
        ("Kalina Maritime Bank" + " bank" * 40, "test:2"),
    ],
)
def test_a_word_of_a_name_elsewhere_in_a_text_hides_nobody(text: str, party: str) -> None:
    """What counts is where the words stand together."""
    assert party in found(text)
    assert party in {hit.party.id for hit in SCREENER.screen(f"invoice 4471 {text}").hits}


@given(
    st.lists(st.sampled_from(WORDS), max_size=12),
    st.sampled_from(sorted(NAMED)),
    st.lists(st.sampled_from(WORDS), max_size=12),
)
@example(["Igorevna", "Milena", "Milena"], "Milena Igorevna Ostrovskaya", ["Ostrovskaya"])
def test_whatever_stands_apart_from_a_name_hides_nobody(
    before: list[str], name: str, behind: list[str]
) -> None:
    """A listed name is found in a text whatever words stand before and behind, however often."""
    text = " ".join([*before, APART, name, APART, *behind])

    assert NAMED[name] in found(text)


def test_the_shortest_of_several_stretches_is_shown() -> None:
    """Words that are written again before the name are no part of it."""
    result = SCREENER.screen_text("Milena Milena fuel Milena Milena Igorevna Ostrovskaya")

    assert [hit.explanation.left.text for hit in result.hits] == ["milena igorevna ostrovskaya"]
