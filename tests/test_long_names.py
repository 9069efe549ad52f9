"""Long and hostile names cost bounded work, and come to the same as short ones."""

from dataclasses import fields
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen import search
from sanctscreen.evidence import names as evidence
from sanctscreen.evidence import roll
from sanctscreen.evidence.names import Alignment, align
from sanctscreen.text.normalize import LONGEST, NormalName, normalize

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

    looked_up, in_turn = align_looking_up(*names), align_in_turn(*names)

    for field in fields(Alignment):
        value = getattr(in_turn, field.name)
        same = pytest.approx(value) if isinstance(value, int | float) else value
        assert getattr(looked_up, field.name) == same


def align_looking_up(left: NormalName, right: NormalName) -> Alignment:
    with mock.patch.object(evidence, "MANY", 0), mock.patch.object(evidence, "LONG", 0):
        return align(left, right)


def align_in_turn(left: NormalName, right: NormalName) -> Alignment:
    with mock.patch.object(evidence, "MANY", 10**9), mock.patch.object(evidence, "LONG", 10**9):
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


def test_common_words_of_a_long_text_lead_to_no_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that share a common word with a text a hundred times are not compared with it."""
    compared: list[object] = []
    monkeypatch.setattr(search, "score_names", lambda *names, **_: compared.append(names))
    names = [f"Sampleworks{chr(97 + at) * 3} Trading" for at in range(26)]
    parties = [ss.Party(id=f"t:{at}", kind="entity", names=[each]) for at, each in enumerate(names)]
    screener = ss.Screener(ss.PartyList(parties=parties))

    screener.screen(" ".join(f"word{at} trading" for at in range(250)), kind="entity")

    assert not compared


@pytest.mark.parametrize(
    ("name", "decision"),
    [
        ("zx " * 10_000 + "invoice 12 from Samplewerks Exampletown", "match"),
        ("Samplewerks Exampletown a.k.a. " * 500, "match"),
        ("Samplewerks Exampletown" + " zx" * 1_000, "match"),
        ("zx yq " * 8 + "Samplewerks Exampletown", "match"),
        ("S\N{COMBINING ACUTE ACCENT}" * 3_000, "clear"),
        ("\N{COMBINING GRAVE ACCENT}" * 10_000, "review"),
        ("(" * 5_000 + ")" * 5_000, "review"),
        ("a b c d " * 1_250, "clear"),
        ("abcdefghij" * 1_000, "clear"),
        ("bank " * 3_000, "clear"),
        ("김정은" * 3_000, "clear"),
        ("12345 " * 2_000, "clear"),
    ],
)
def test_hostile_names_are_screened(name: str, decision: str) -> None:
    """A listed name is found in whatever surrounds it; what holds no letters asks for review."""
    party = ss.Party(id="t:1", kind="entity", names=["Sampleworks Exampletown"])

    assert ss.Screener(ss.PartyList(parties=[party])).screen(name).decision == decision


def test_of_an_endless_text_the_beginning_is_screened_and_the_rest_is_never_clear() -> None:
    """Time is bounded; a person must look at what was not read."""
    party = ss.Party(id="t:1", kind="entity", names=["Sampleworks Exampletown"])
    screener, endless = ss.Screener(ss.PartyList(parties=[party])), "zx " * (LONGEST // 2)
    texts = f"{party.name} {endless}", f"{endless}{party.name}"
    first, last = map(screener.screen, texts)

    assert (first.decision, last.decision) == ("match", "review")
    assert last.reason == "only the first 50,000 of 75,023 characters were read"


def test_a_thousand_words_end_in_a_short_form_of_them() -> None:
    """Looking for a short form of the words before it does not go as deep as there are words."""
    words = [f"word{chr(97 + at % 26)}" for at in range(1_000)]

    assert normalize(" ".join([*words, "wabcz"])).words[-1].text == "wabcz"
