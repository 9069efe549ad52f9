"""The index leaves out only what cannot reach the threshold."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import sanctscreen as ss
from sanctscreen.config import Weights
from sanctscreen.evidence.joins import JOIN_MOST
from sanctscreen.evidence.joins import join as join_of
from sanctscreen.index import FEW, Asked, Index
from sanctscreen.index.catalogue import catalogue
from sanctscreen.score import costs_of, is_ordered, score_inside, score_names
from sanctscreen.text.normalize import NormalName, normalize

SYLLABLES = st.sampled_from(
    "an ka mo ham med iv pet rov sky ba nk li mi ted kim yong chol o s".split()
)
WORDS = st.lists(SYLLABLES, min_size=1, max_size=3).map("".join) | st.sampled_from(
    "bank banking trading llc limited joint stock company korea kwangson gwangseon north "
    "al bin 7 8 петровский 광선은행 j m ali محمد قدرت الله مدلل qudratullah ahmadreza "
    "احمدرضا mudalal 영철 yong yauheniy evgeny siarhei сергеевич volkau".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
READINGS = st.sampled_from(["person", "organisation", "vessel"])


def cut(name: str) -> str:
    """Cut a name at the width of a field."""
    return name[:35]


ARABIC = st.lists(
    st.sampled_from(
        "ali al abd rahman abdurrahman abdelrahman allah qudrat qudratullah ahmad reza ahmadreza "
        "saif islam saifulislam noor din nooruddin khidr hidr عبد الرحمن قدرت الله قدرتالله "
        "احمدرضا رضا احمد سيف الإسلام نور الدين نورالدين خضر حداد".split()
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
LONG_NAMES = st.lists(WORDS, min_size=7, max_size=12).map(" ".join)
QUERIES = NAMES | LONG_NAMES.map(cut)


def _reached(names: list[NormalName], asked: Asked, *, ordered: bool) -> set[int]:
    """Return what is reachable for a query, which is the same alone and in company."""
    index = Index.of(names, costs_of(ss.Config(), ordered=ordered))
    [alone] = index.reachable([asked])

    assert index.reachable([asked] * (FEW + 1)) == [alone] * (FEW + 1)
    return set(alone)


@settings(max_examples=400)
@given(
    st.lists(NAMES | LONG_NAMES, min_size=1, max_size=25), QUERIES, READINGS, st.integers(0, 100)
)
def test_reachable_names_include_every_hit(
    listed: list[str], query: str, reading: str, threshold: int
) -> None:
    """Every name that scores at or above the threshold is among the reachable ones."""
    config = ss.Config()
    names = [normalize(name, reading=reading) for name in listed]
    asked = normalize(query, reading=reading)
    ordered = is_ordered(reading)
    scores = [score_names(asked, name, ordered=ordered, config=config).score for name in names]
    hits = {row for row, score in enumerate(scores) if score >= threshold}

    assert hits <= _reached(names, Asked(asked, threshold), ordered=ordered)


@given(st.lists(NAMES | LONG_NAMES | ARABIC, max_size=8), READINGS)
def test_neighbours_of_listed_names_are_what_they_are_one_by_one(
    listed: list[str], reading: str
) -> None:
    """Cut out of one text, words written together are those of each name."""
    names = [normalize(name, reading=reading) for name in listed]
    vocabulary, stand = catalogue(names)
    first, found = vocabulary.words, Counter()
    for unit in range(first, len(vocabulary.weights)):
        text, key = (
            each.at(unit - first) for each in (vocabulary.joined_texts, vocabulary.joined_keys)
        )
        attested, weight = (
            bool(vocabulary.attested[unit]),
            round(float(vocabulary.weights[unit]), 9),
        )
        _, rows = stand.rows.spread(np.array([unit]))
        found.update((row, text, key, attested, weight) for row in rows.tolist())

    expected = Counter(
        (row, join.text, join.key, attested, round(join.weight, 9))
        for row, name in enumerate(names)
        for start in range(len(name.words))
        for end in range(start + 2, min(start + JOIN_MOST, len(name.words)) + 1)
        for attested in [any(word.attested for word in name.words[start:end])]
        for join in [join_of(name.words[start:end])]
    )

    assert found == expected


def test_index_does_leave_names_out() -> None:
    """A name that shares nothing with the query is not compared."""
    names = [normalize("petrovsky"), normalize("kuznetsov")]
    index = Index.of(names, costs_of(ss.Config(), ordered=True))

    assert index.reachable([Asked(normalize("petrovski"), 80)]) == [[0]]


INITIALS = st.sampled_from("a k m an ann karim karimov mustafa muhammad bank".split())
COSTS = st.tuples(st.floats(0.01, 1.0), st.floats(1.0, 5.0), st.floats(0.0, 2.0))


@settings(max_examples=300)
@given(
    st.lists(st.lists(INITIALS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12),
    st.lists(INITIALS, min_size=1, max_size=4).map(" ".join),
    READINGS,
    st.integers(0, 100),
    COSTS,
)
def test_initials_lose_no_hit_whatever_words_cost(
    listed: list[str], query: str, reading: str, threshold: int, costs: tuple[float, float, float]
) -> None:
    """What an initial leaves unsaid is charged no more than the comparison charges."""
    omitted, contradicted, more = costs
    weights = Weights(
        omitted=omitted,
        contradicted=contradicted,
        misspelled=max(1.0, 3 * omitted + more),
        chance=0.2,
    )
    config, ordered = ss.Config(weights=weights), is_ordered(reading)
    names = [normalize(name, reading=reading) for name in listed]
    asked = normalize(query, reading=reading)
    scores = [score_names(asked, name, ordered=ordered, config=config).score for name in names]
    [reached] = Index.of(names, costs_of(config, ordered=ordered)).reachable(
        [Asked(asked, threshold)]
    )

    assert {row for row, score in enumerate(scores) if score >= threshold} <= set(reached)


def test_a_single_letter_reaches_few_names() -> None:
    """An initial says little of a long word, so that not every name that begins so is compared."""
    names = [normalize(name) for name in ("Asanabil", "Alharamain", "Aah")]
    index = Index.of(names, costs_of(ss.Config(), ordered=True))

    assert index.reachable([Asked(normalize("a"), 78)]) == [[2]]


@given(st.lists(NAMES, min_size=1, max_size=10, unique=True), st.randoms(), NAMES)
def test_result_does_not_depend_on_the_order_of_the_list(
    listed: list[str], random: object, query: str
) -> None:
    """The same hits come out in the same order however the list is shuffled."""
    parties = [
        ss.Party(id=f"t:{at}", kind="entity", names=[name]) for at, name in enumerate(listed)
    ]
    shuffled = sorted(parties, key=lambda _: random.random())

    assert hits_of(parties, query) == hits_of(shuffled, query)


def hits_of(parties: list[ss.Party], query: str) -> list[tuple[float, str]]:
    result = ss.Screener(ss.PartyList(parties=parties)).screen(query, threshold=50)
    return [(hit.score, hit.party.id) for hit in result.hits]


@settings(max_examples=200)
@given(
    st.lists(st.lists(st.sampled_from("kim il kimil ilkim bank".split()), min_size=1, max_size=6)),
    st.lists(st.sampled_from("kim il kimil ilkim bank".split()), min_size=1, max_size=8),
    st.integers(0, 100),
)
def test_repeated_words_and_joins_lose_no_hit(
    listed: list[list[str]], query: list[str], threshold: int
) -> None:
    """A word or join that a query repeats may agree once with each of its partners."""
    config = ss.Config()
    names = [normalize(" ".join(words), reading="person") for words in listed]
    asked = normalize(" ".join(query), reading="person")
    scores = [score_names(asked, name, ordered=False, config=config).score for name in names]
    hits = {row for row, score in enumerate(scores) if score >= threshold}

    assert hits <= _reached(names, Asked(asked, threshold), ordered=False)


@settings(max_examples=300)
@given(st.lists(ARABIC, min_size=1, max_size=20), ARABIC, st.integers(0, 100), st.booleans())
def test_names_without_vowels_lose_no_hit(
    listed: list[str], query: str, threshold: int, swapped: bool
) -> None:
    """Words of one script meet words of the other, and joined ones, by their consonants."""
    config = ss.Config()
    query, listed = (listed[0], [query, *listed]) if swapped else (query, listed)
    names = [normalize(name, reading="person") for name in listed]
    asked = normalize(query, reading="person")
    scores = [score_names(asked, name, ordered=False, config=config).score for name in names]
    hits = {row for row, score in enumerate(scores) if score >= threshold}

    assert hits <= _reached(names, Asked(asked, threshold), ordered=False)


TEXT_WORDS = WORDS | st.sampled_from("payment invoice 12 kim il kimil petrov petrovka sky".split())
TEXTS = st.lists(TEXT_WORDS, min_size=1, max_size=16).map(" ".join)
LISTED = st.lists(TEXT_WORDS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=400)
@given(
    st.lists(LISTED, min_size=1, max_size=25), TEXTS, READINGS, st.integers(40, 100), st.booleans()
)
def test_reachable_names_include_those_inside_a_text(
    listed: list[str], text: str, reading: str, threshold: int, is_cut: bool
) -> None:
    """Every name of which a stretch of the text is a hit is among the reachable ones."""
    config, ordered = ss.Config(), is_ordered(reading)
    names = [normalize(name, reading=reading) for name in listed]
    asked = normalize(cut(text) if is_cut else text, reading=reading)
    wholes = [score_names(asked, name, ordered=ordered, config=config) for name in names]
    scores = [
        max(whole.score, score_inside(asked, whole, ordered=ordered, config=config).score)
        for whole in wholes
    ]
    hits = {row for row, score in enumerate(scores) if score >= threshold}

    assert hits <= _reached(names, Asked(asked, threshold, True), ordered=ordered)


def test_words_far_apart_in_a_text_are_not_compared_as_a_name() -> None:
    """A listed name counts as inside a text only where its words stand together."""
    index = Index.of([normalize("Sampleworks Exampletown")], costs_of(ss.Config(), ordered=True))
    apart = " ".join(["sampleworks", *(f"word{chr(97 + at)}" for at in range(20)), "exampletown"])
    together = f"{apart} sampleworks exampletown"

    asked = [Asked(normalize(each), 78, True) for each in (apart, together)]

    assert index.reachable(asked) == [[], [0]]


def test_explanation_does_not_depend_on_who_stands_first_in_the_list() -> None:
    """A party of unknown kind is read in two ways; which of equal scores counts is fixed."""
    unknown = ss.Party(id="t:0", kind=None, names=["Petrov Trading House"])
    person = ss.Party(id="t:1", kind="person", names=["Anna Nobody"])

    said = {
        str(ss.Screener(ss.PartyList(parties=parties)).screen("Petrov Trading House").hits[0])
        for parties in ([unknown, person], [person, unknown])
    }

    assert len(said) == 1
