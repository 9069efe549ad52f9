"""The parts that the index skips by: letters, ends, neighbours, what it keeps."""

from itertools import pairwise
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

import sanctscreen as ss
from sanctscreen.index import Asked, Index, glance, lexicon
from sanctscreen.index import parts as parts_room
from sanctscreen.index.arrays import numbered
from sanctscreen.index.checksums import checksums
from sanctscreen.index.joins import neighbours
from sanctscreen.index.letters import LEAST, outlined, outlines
from sanctscreen.index.parts import Parts
from sanctscreen.index.spellings import Spellings
from sanctscreen.index.vocabulary import EDITS
from sanctscreen.score import costs_of
from sanctscreen.text.normalize import normalize

TEXTS = st.text(alphabet="abcé ", min_size=1, max_size=24)
FARTHEST = st.sampled_from([0.05, 0.14, 0.2, 0.38])


@given(st.lists(TEXTS, max_size=5))
def test_letters_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    """Counted together or one by one, the same letters occur."""
    assert outlines(texts * LEAST).tolist() == [outlined(text) for text in texts] * LEAST


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=12), st.lists(TEXTS, min_size=1), FARTHEST)
def test_every_text_that_is_near_a_string_is_hopeful(
    strings: list[str], texts: list[str], farthest: float
) -> None:
    """No text is passed over that is within the distance of any string."""
    spellings = Spellings.of(strings, farthest, EDITS)
    near = {
        at
        for at, text in enumerate(texts)
        if any(OSA.normalized_distance(text, each) <= farthest for each in strings)
    }

    assert near <= set(spellings.hopeful(texts))


@given(
    st.binary(min_size=50, max_size=60),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20), st.integers(0, 2**32 - 1))),
)
def test_checksums_of_many_stretches_are_those_of_each(
    text: bytes, stretches: list[tuple[int, int, int]]
) -> None:
    """Told together, they are what `zlib` tells of each."""
    begins, counts, seeds = np.array(stretches, dtype=np.int64).reshape(-1, 3).T
    found = checksums(np.frombuffer(text, dtype=np.uint8), begins, counts, seeds)

    assert found.tolist() == [
        crc32(text[begin : begin + count], seed) for begin, count, seed in stretches
    ]


@given(st.lists(TEXTS, min_size=1, max_size=12), st.lists(TEXTS, max_size=6), FARTHEST)
def test_parts_of_many_texts_are_those_of_each(
    strings: list[str], texts: list[str], farthest: float
) -> None:
    """Many texts at once, or some of them, are told the same; `LEAST` parts the two ways."""
    parts = Parts.of(strings, farthest, EDITS)
    some = [at for at, text in enumerate(texts) if parts.may_have([text])]
    every = [at + turn * len(texts) for turn in range(parts_room.LEAST) for at in some]

    assert parts.may_have(texts) == some
    assert parts.may_have(texts * parts_room.LEAST) == every


EDITED = st.lists(
    st.tuples(st.sampled_from("isdt"), st.integers(0, 44), st.sampled_from("abc")), max_size=4
)


def _edited(text: str, edits: list[tuple[str, int, str]]) -> str:
    """Insert, substitute, delete and transpose letters of a text."""
    for kind, place, letter in edits:
        at = place % len(text)
        if kind == "t":
            text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        else:
            rest = text[at if kind == "i" else at + 1 :]
            text = (text[:at] + ("" if kind == "d" else letter) + rest) or letter
    return text


@settings(max_examples=500)
@given(st.text("abcdefgh", min_size=6, max_size=45), EDITED, FARTHEST)
def test_a_string_with_edits_is_hopeful_as_long_as_it_is_near(
    string: str, edits: list[tuple[str, int, str]], farthest: float
) -> None:
    """Some part of it is whole, wherever the edits fall."""
    text = _edited(string, edits)
    hopeful = Spellings.of([string], farthest, EDITS).hopeful([text])

    assert hopeful == [0] or OSA.normalized_distance(text, string) > farthest


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=20), TEXTS, FARTHEST)
def test_strings_near_a_text_are_found_with_their_distance(
    strings: list[str], text: str, farthest: float
) -> None:
    """Those within the distance, and no others."""
    found, distances = Spellings.of(strings, farthest, EDITS).near(text, farthest)

    assert dict(zip(found.tolist(), distances.tolist(), strict=True)) == {
        at: pytest.approx(OSA.normalized_distance(text, each))
        for at, each in enumerate(strings)
        if OSA.normalized_distance(text, each) <= farthest
    }


@given(st.lists(st.integers(0, 9), max_size=20))
def test_values_are_numbered_as_they_come(values: list[int]) -> None:
    """The first has the lowest number; each number stands for one value."""
    firsts, which, times = numbered(np.array(values, dtype=np.int64))
    known = list(dict.fromkeys(values))

    assert [values[at] for at in firsts.tolist()] == known
    assert [known[number] for number in which.tolist()] == values
    assert times.tolist() == [values.count(each) for each in known]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_neighbours_stay_within_their_name(counts: list[int]) -> None:
    """Every stretch of two to eight words of one name, and none of two names."""
    ends = np.cumsum(counts).tolist()
    wanted = {
        (first, end)
        for low, high in pairwise([0, *ends])
        for first in range(low, high)
        for end in range(first + 2, min(first + 8, high) + 1)
    }
    firsts, lasts = neighbours(np.array(counts))

    assert sorted(zip(firsts.tolist(), lasts.tolist(), strict=True)) == sorted(wanted)


NAMES = ["Ivan Petrov", "Korea Kwangson Bank", "Abdul Rahman", "Pet Rov Ivan", "Kwang Son"]


@pytest.mark.parametrize("words", [0, 6, 12])
def test_what_is_let_go_is_found_again(monkeypatch: pytest.MonkeyPatch, words: int) -> None:
    """An index that may keep nothing, or few words, finds what one does that keeps everything."""
    names = [normalize(name, reading="person") for name in NAMES]
    asked, due = [Asked(name, 60) for name in names], costs_of(ss.Config(), ordered=False)
    kept = [Index.of(names, due).reachable([each]) for each in asked]

    monkeypatch.setattr(lexicon, "KEPT", words * lexicon.OVERHEAD)
    monkeypatch.setattr(lexicon, "KEPT_JOINS", words * lexicon.OVERHEAD)
    monkeypatch.setattr(glance, "KEPT", words * glance.OVERHEAD)
    index = Index.of(names, due)

    for _ in range(3):
        assert [index.reachable([each]) for each in asked] == kept
    assert index.reachable(asked) == [rows for [rows] in kept]


def test_a_look_up_that_fails_leaves_nothing_half_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next query for the same words is answered in full."""
    due = costs_of(ss.Config(), ordered=True)
    index = Index.of([normalize(name) for name in NAMES], due)
    asked = [Asked(normalize("Ivan Petrow"), 60)]

    def fail(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(lexicon, "_facts", fail)
        with pytest.raises(KeyboardInterrupt):
            index.reachable(asked)

    assert index.reachable(asked) == [[0, 3]]
