"""Long and hostile names cost bounded work, and come to the same as short ones."""

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctscreen.evidence import names as evidence
from sanctscreen.evidence import roll
from sanctscreen.evidence.names import Alignment, align
from sanctscreen.text.normalize import NormalName, normalize

WORDS = st.sampled_from(
    "petrov petrova petrovv petroff patr ushev patrushev j m ivan john bank banking trading 1 77 "
    "no llc son6 song tradings kim jong un kimjong yong chol mr al din badr badraldin "
    "badreddin بدر الدين بدرالدين مدلل mudallal قدرت الله qudratullah 김정은 金正恩 김 정은 "
    "евгений yauheniy evgeny dmitriy Λάντεν laden müller mueller moeller шпг shipping".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
READINGS = st.sampled_from(["person", "organisation", "vessel"])


@settings(max_examples=400)
@given(NAMES, NAMES, READINGS, st.booleans())
def test_words_that_are_looked_up_pair_as_words_compared_one_by_one(
    left: str, right: str, reading: str, cut: bool
) -> None:
    """However long a name is, the same words are paired."""
    names = [normalize(each[:35] if cut else each, reading=reading) for each in (left, right)]

    assert align_looking_up(*names) == align_in_turn(*names)


def align_looking_up(left: NormalName, right: NormalName) -> Alignment:
    with mock.patch.object(evidence, "MANY", 0):
        return align(left, right)


def align_in_turn(left: NormalName, right: NormalName) -> Alignment:
    with mock.patch.object(evidence, "MANY", 10**9):
        return align(left, right)


def test_words_of_a_long_text_are_judged_once_for_many_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a thousand words, those alone are judged that may agree with a listed word."""
    judged: list[object] = []
    monkeypatch.setattr(roll, "agree", lambda *pair: judged.append(pair) or evidence.agree(*pair))
    text = normalize(" ".join(f"w{chr(97 + at % 26)}{at // 26 * 7919:x}" for at in range(1_000)))

    for town in ("Minsk", "Grodno", "Brest"):
        align(text, normalize(f"Sampleworks Trading {town} Company"))

    assert len(text.words) >= 1_000
    assert len(judged) < 100


def test_a_thousand_words_end_in_a_short_form_of_them() -> None:
    """Looking for a short form of the words before it does not go as deep as there are words."""
    words = [f"word{chr(97 + at % 26)}" for at in range(1_000)]

    assert normalize(" ".join([*words, "wabcz"])).words[-1].text == "wabcz"
