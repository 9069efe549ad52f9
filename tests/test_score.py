"""What must hold of every score, whatever the names."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen.evidence.names import align
from sanctscreen.text.normalize import normalize

WORDS = st.sampled_from(
    "ivan petrovsky mohammed kwangson gwangseon bank trading llc ooo korea north 7 44 al bin mv "
    "никулин дмитрий 김 광선 은행 o'neil x".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join) | st.text(max_size=40)
KINDS = st.sampled_from(["person", "entity", "vessel", "aircraft", None])


@given(NAMES, NAMES, KINDS)
def test_score_is_symmetric_and_within_bounds(left: str, right: str, kind: ss.Party) -> None:
    """The score lies within 0 to 100 and does not depend on which name comes first."""
    there, back = ss.compare(left, right, kind=kind), ss.compare(right, left, kind=kind)

    assert 0 <= there.score <= 100
    assert there.score == back.score


@given(NAMES, KINDS)
def test_name_equals_itself(name: str, kind: ss.Party) -> None:
    """A name that can be screened scores 100 against itself, any other 0 with a reason."""
    comparison = ss.compare(name, name, kind=kind)
    reason = comparison.explanation.left.unscreenable

    assert comparison.score == (0 if reason else 100)


@given(NAMES, NAMES, KINDS)
def test_only_equal_names_reach_100(left: str, right: str, kind: ss.Party) -> None:
    """A score of 100 means that both names have the same words after normalisation."""
    comparison = ss.compare(left, right, kind=kind)

    if comparison.score == 100:
        names = comparison.explanation.left, comparison.explanation.right
        mine, theirs = ({w.text for w in n.words if w.wordclass != "title"} for n in names)
        assert mine == theirs


@given(NAMES, NAMES, KINDS)
def test_explanation_reads_and_serialises(left: str, right: str, kind: ss.Party) -> None:
    """The explanation is text for people and JSON for programs, and holds the score."""
    comparison = ss.compare(left, right, kind=kind)

    assert str(comparison.explanation).startswith(f"{comparison.score:.1f}  ")
    assert json.loads(json.dumps(comparison.explanation.to_dict()))["score"] == comparison.score


def test_omitted_word_scores_above_a_contradicted_one() -> None:
    """Evidence is monotone: silence costs less than contradiction."""
    listed = "NIKULIN, Dmitry Yuryevich"
    omitted = ss.compare("Dmitry Nikulin", listed, kind="person").score
    contradicted = ss.compare("Dmitry Anatolyevich Nikulin", listed, kind="person").score

    assert omitted > contradicted


def test_rare_word_weighs_more_than_a_common_one() -> None:
    """Agreement on a rare surname tells more than agreement on a common given name."""
    listed = "KVITSINIYA, Mohammed"
    rare = ss.compare("Kvitsiniya", listed, kind="person").score
    common = ss.compare("Mohammed", listed, kind="person").score

    assert rare > common


def test_score_follows_from_the_printed_sums() -> None:
    """The numbers in an explanation give the score by the documented formula."""
    data = ss.compare(
        "Korea Gwangseon Bank", "Korea Kwangson Banking Corporation", kind="entity"
    ).explanation.to_dict()
    against = sum(cost * data[name] for name, cost in data["costs"].items())

    assert abs(99 * data["agreed"] / (data["agreed"] + against) - data["score"]) < 0.02


def test_long_names_pair_the_same_words_whether_narrowed_down_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Looking only at words that are near or share something changes no alignment."""
    sentence = "payment to Ivan Petrovskiy, Kim Jong Un, Мустафа Бадреддин, مدلل, 金正恩, J. Smith "
    left = normalize(sentence * 12, reading="person")
    names = ["PETROVSKY, Ivan", "BADR AL-DIN, Mustafa", "KIM, Jong-un", "MUDALLAL", "SMITH, John"]
    rights = [normalize(name, reading="person") for name in (*names, " ".join(names) * 3)]
    narrowed = [align(left, right) for right in rights]
    monkeypatch.setattr("sanctscreen.evidence.names.MANY", 10**9)

    assert [align(left, right) for right in rights] == narrowed
