"""Sound keys, Korean keys and consonant skeletons."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.data import headers
from sanctscreen.text.arabic import abjad_keys, consonants, outline
from sanctscreen.text.keys import abjad, korean_key, skeleton, slavic_key, sound_key
from sanctscreen.text.slavic import slavic_skeleton

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30)
SAME_SOUND = [
    "dmitry dmitriy dmitrii dmitri dmitrij",
    "yuryevich yurievich iurevich jurjewitsch iourievitch",
    "vladimir wladimir",
    "shcherbakov schtscherbakow chtcherbakov",
    "mueller muller",
    "aleksandr alexandr",
    "kuznetsov kuznetzov",
    "khaled haled",
    "sergey sergei sergej",
    "tchaikovski chaikovsky",
]


@pytest.mark.parametrize("spellings", SAME_SOUND[:3] + SAME_SOUND[4:])
def test_spellings_of_one_sound_share_a_key(spellings: str) -> None:
    """Romanisation habits of one name fold to one sound key."""
    assert len({sound_key(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["maria mara", "petrov petrova", "kwangson kwangsong", "ivan yan"])
def test_different_names_keep_different_keys(pair: str) -> None:
    """Folding does not go so far that different names become one."""
    left, right = pair.split()

    assert sound_key(left) != sound_key(right)


@given(WORDS)
def test_sound_key_is_total_and_never_empty(word: str) -> None:
    """Every word has a sound key of lower-case letters."""
    assert sound_key(word).isalpha()
    assert sound_key(word).islower()
    assert set(skeleton(sound_key(word))) <= set("bcdfgjklmnpqrstvwxyz")


@pytest.mark.parametrize(
    "spellings",
    [
        "kwangson gwangseon gwangson",
        "hyok hyuk hyeok",
        "pyongyang byeongyang",
        "choe choi",
        "kim gim",
    ],
)
def test_spellings_of_one_korean_word_share_a_key(spellings: str) -> None:
    """DPRK, McCune-Reischauer, Revised and newspaper spellings fold to one key."""
    keys = {korean_key(word) for word in spellings.split()}

    assert len(keys) == 1
    assert "" not in keys


@pytest.mark.parametrize("word", ["strasbourg", "smith", "kwangsk", "petrov", "x"])
def test_word_that_is_no_korean_syllables_has_no_korean_key(word: str) -> None:
    """A word that Korean cannot spell takes no part in Korean folding."""
    assert korean_key(word) == ""


@pytest.mark.parametrize(("name", "fold"), [("abjad_key", abjad), ("slavic_key", slavic_key)])
def test_examples_of_the_table_hold(name: str, fold: Callable[[str], str]) -> None:
    """Each example in the header folds to the key that it says."""
    examples = [example.split(" -> ") for example in headers(name)["example"]]

    assert examples
    assert {word: fold(word) for word, _ in examples} == dict(examples)


@pytest.mark.parametrize(
    "spellings",
    [
        "yauheni yauheniy evgeni evgeniy yevgeny jevgenij",
        "siarhei syarhey sergei sergey",
        "uladzimir uladzimier vladimir",
        "kanstantsin konstantin",
        "piatrovich pyatrovich petrovich",
        "aliaksandr aleksandr oleksandr",
        "tsikhanouski tikhanovsky tikhanovskiy",
    ],
)
def test_spellings_of_one_east_slavic_name_share_a_skeleton(spellings: str) -> None:
    """Belarusian, Ukrainian and Russian spellings of a name have their consonants in common."""
    assert len({slavic_skeleton(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["dmitry timofey", "kozlov kozhin", "belov volkov", "gorin zorin"])
def test_other_east_slavic_names_have_other_skeletons(pair: str) -> None:
    """What the languages make differently does not cover other letters."""
    left, right = pair.split()

    assert slavic_skeleton(left) != slavic_skeleton(right)


@pytest.mark.parametrize(
    "spellings",
    [
        "qaddafi gaddafi kadhafi qadhafi qaddhafi gadhafi",
        "jamal djamel gamal dschamal",
        "abdurrahman abderrahmane abdelrahman abdalrahman",
        "shamsuddin shamsaldin chamseddine shamseddin",
        "javad jawad djawad",
        "reza rida ridha redha",
        "khaled kaled khalid",
        "nooruddin noureddine nuraldin",
    ],
)
def test_spellings_of_one_arabic_name_share_a_key(spellings: str) -> None:
    """English, French, German and Persian spellings of a name have a reading in common."""
    assert frozenset.intersection(*(abjad_keys(word) for word in spellings.split()))


@pytest.mark.parametrize(
    "pair", ["hasan hamza", "jalal jalil", "khidr haidar", "salim salman", "najib najm"]
)
def test_two_arabic_names_may_share_a_key_but_not_their_vowels(pair: str) -> None:
    """What the likeliest reading does not tell apart, the outline does."""
    left, right = pair.split()

    assert (abjad(left), outline(left)) != (abjad(right), outline(right))


@given(WORDS)
def test_consonants_and_outline_are_total(word: str) -> None:
    """Every word has an outline, and readings without a vowel."""
    assert set(outline(word)) <= set("aiu_")
    assert not set("".join(consonants(word))) & set("aeiouwy")
