"""How far two words agree: by spelling, by sound, or by a key that they share.

The similarity of two words depends on nothing but the two words, so that it can be computed
once and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import sqrt
from typing import NamedTuple

from rapidfuzz.distance import OSA, LCSseq

from sanctscreen.data import table
from sanctscreen.text.arabic import outline
from sanctscreen.text.codes import GUESSED, SLAVIC, SPELLED, SYLLABLES, UNVOWELLED, WRITTEN
from sanctscreen.text.keys import slavic_key
from sanctscreen.text.words import STATE, Word

#: Similarity below which two words count as different.
FLOOR = 0.5
#: What is left of a similarity that only the sound key gives.
SOUND = 0.97
#: What is left of a similarity in spelling between two words of Korean or Chinese syllables:
#: another letter is another syllable.
BOTH_SYLLABLES = 0.8
#: How much of a distance counts if the consonants are the same and only vowels differ, by these
#: codes; and the distance up to which that may hold of two words that are known to exist
#: ("mohammed" and "muhamad" are one name, "hassan" and "hussein" two).
CONSONANTS, VOWELS, VOWELS_MOST = ("skeleton:", "abjad:"), 0.5, 0.4
#: How far a word of a script without vowels agrees with one that has the same consonants and every
#: letter that is written, by the number of consonants: one or two are shared by many names.
WRITTEN_SAME = {1: 0.74, 2: 0.84, 3: 0.95, 4: 0.97}
#: What is left of it if a letter is taken for another than it mostly stands for, and how much it
#: counts if the other lacks a letter that is written.
WRITTEN_GUESSED, LACKING = 0.88, 0.8
#: How far words of East Slavic names agree whose Slavic keys are the same.
SLAVIC_SAME = 0.96
#: Classes of words that agree by meaning in whatever language.
CONCEPTS = frozenset({"generic", "sector", "direction"})
#: What is left of their similarity if the words are different, and how many letters of the sound
#: key inflections share.
SYNONYM, STEM = 0.7, 3
#: The code of words that may be Mandarin.
MANDARIN = "mandarin:"
#: Codes that words do not agree by, or not by themselves.
NO_AGREEMENT = (*CONSONANTS, SYLLABLES, UNVOWELLED, WRITTEN, GUESSED, SLAVIC, STATE)
#: What is left of a similarity in spelling between two words that are both known to exist.
BOTH_ATTESTED = 0.92
#: The curve from edit distance to similarity, see `spelling`.
SLOPE, BEND = 0.4, 2.4
#: The verdict on words that are spelled the same.
SAME = "same"
#: The verdict on a single letter and a word that it begins, and how far they agree.
INITIAL, INITIAL_SIMILARITY = "initial", 0.7
#: The verdict on the beginning of a word at the end of a full field, and how far it agrees.
CUT, CUT_SIMILARITY = "cut short", 0.97
#: Classes whose words are compared by meaning alone: "no 1" is no misspelled "no 2".
BY_MEANING = frozenset({"number", "legal", "particle", "title"})


class Agreement(NamedTuple):
    """How far two words agree, 0 to 1, and by what."""

    similarity: float
    verdict: str


DIFFERENT = Agreement(0.0, "different")


def weight(words: Sequence[Word]) -> float:
    """Return the weight of some words together; mostly they are one."""
    return words[0].weight if len(words) == 1 else sum([word.weight for word in words])


@lru_cache(maxsize=8_192)
def agree(left: Word, right: Word) -> Agreement:
    """Judge two words; symmetric, and 1 only for the same spelling or the same number.

    Returns:
        The best agreement found, `DIFFERENT` where it stays under `FLOOR`.
    """
    if left.text == right.text:
        return Agreement(1.0, SAME)
    best = max(
        _by_code(left, right),
        _by_initial(left, right),
        _by_beginning(left, right),
        _by_writing(left, right),
        _by_other_spelling(left, right),
        _by_slavic_key(left, right),
        _by_spelling(left, right),
    )
    return best if best.similarity >= FLOOR else DIFFERENT


def spelling(distance: float) -> float:
    """Turn an edit distance, as a share of the longer word, into a similarity from 1 to 0.

    Slow at first, since one slip in a long word says nothing; steep where words part.
    """
    return max(0.0, 1.0 - SLOPE * distance - BEND * distance * distance)


def farthest_for(similarity: float) -> float:
    """Return the edit distance, as a share, at which `spelling` gives ``similarity``."""
    return (sqrt(SLOPE * SLOPE + 4.0 * BEND * (1.0 - similarity)) - SLOPE) / (2.0 * BEND)


def code_similarity(code: str) -> float:
    """Return how far two words that share this code agree by it at the most, 0 to 1."""
    if code.startswith((SYLLABLES, UNVOWELLED, GUESSED, STATE)):
        return 0.0
    if code.startswith(WRITTEN):
        return written_similarity(code)
    if code.startswith(SLAVIC):
        return SLAVIC_SAME
    return SOUND if code.startswith(CONSONANTS) else _by_type(code).similarity


def _by_code(left: Word, right: Word) -> Agreement:
    shared = (each for each in left.codes & right.codes if not each.startswith(NO_AGREEMENT))
    best = max(map(_by_type, shared), default=DIFFERENT)
    if left.wordclass == right.wordclass == "legal" and _are_of_other_states(left, right):
        return DIFFERENT
    if left.wordclass in CONCEPTS and _is_another_word(left, right):
        return Agreement(best.similarity * SYNONYM, "related meaning")
    return best


def _are_of_other_states(left: Word, right: Word) -> bool:
    """Tell whether both legal forms are at home in some countries, and in none together."""
    mine, theirs = (
        {code for code in word.codes if code.startswith(STATE)} for word in (left, right)
    )
    return bool(mine and theirs) and not mine & theirs


def _is_another_word(left: Word, right: Word) -> bool:
    """Tell whether two words of one meaning are neither inflections nor each other's translation.

    "Eastern" and "Orient" may name two firms of one town; "bank", "banking" and "банк" do not.
    """
    translated = left.foreign or right.foreign
    return not (translated or left.key[:STEM] == right.key[:STEM] or _shortens(left, right))


def _shortens(left: Word, right: Word) -> bool:
    """Tell whether one word is the other with letters left out ("shpg", "shipping")."""
    short, long = sorted((left.text, right.text), key=len)
    rest = iter(long)
    return short[0] == long[0] and all(letter in rest for letter in short)


def _by_initial(left: Word, right: Word) -> Agreement:
    short, long = (left, right) if len(left.text) == 1 else (right, left)
    begins = short.wordclass == "initial" and long.wordclass == "name"
    if begins and long.text.startswith(short.text):
        return Agreement(INITIAL_SIMILARITY, INITIAL)
    return DIFFERENT


def _by_beginning(left: Word, right: Word) -> Agreement:
    """Judge a word whose end may be cut off against a longer one."""
    short, long = (left, right) if len(left.text) < len(right.text) else (right, left)
    if short.cut and long.text.startswith(short.text):
        return Agreement(CUT_SIMILARITY, CUT)
    return DIFFERENT


def written_similarity(code: str) -> float:
    """Return how far two words agree at the most that share these written consonants, 0 to 1."""
    return WRITTEN_SAME[min(len(code) - len(WRITTEN), max(WRITTEN_SAME))]


def _by_writing(left: Word, right: Word) -> Agreement:
    """Judge two words of which one was written without its vowels.

    What it writes beside the consonants, long vowels for the most part, the other should have.
    """
    shared = [code for code in left.codes & right.codes if code.startswith(WRITTEN)]
    if not shared or not (UNVOWELLED in left.codes or UNVOWELLED in right.codes):
        return DIFFERENT
    written = max(written_similarity(code) * _sure(code, left, right) for code in shared)
    kept = unwritten(outline(left.text), outline(right.text))
    return Agreement(written * kept, "same consonants")


def _sure(code: str, left: Word, right: Word) -> float:
    """Return what is left of a similarity by written consonants if either side guesses them."""
    guess = code.replace(WRITTEN, GUESSED)
    return WRITTEN_GUESSED if guess in left.codes or guess in right.codes else 1.0


def _by_slavic_key(left: Word, right: Word) -> Agreement:
    """Judge two words of East Slavic names by what the three languages have in common."""
    if any(code.startswith(SLAVIC) for code in left.codes & right.codes):
        distance = OSA.normalized_distance(slavic_key(left.text), slavic_key(right.text))
        return Agreement(SLAVIC_SAME * spelling(VOWELS * distance), "East Slavic variant")
    return DIFFERENT


def unwritten(left: str, right: str) -> float:
    """Return what is left of a similarity where one of two outlines lacks vowels, 0 to 1.

    The longer may have any letters that the shorter lacks, not the other way round.
    """
    lacking = 1.0 - LCSseq.similarity(left, right) / min(len(left), len(right))
    return spelling(LACKING * lacking)


def _mean_apart(left: Word, right: Word) -> bool:
    """Tell whether both are common words, of different meanings: "tankers" are no "bankers"."""
    are_common = left.wordclass in CONCEPTS and right.wordclass in CONCEPTS
    return are_common and left.canon != right.canon


def _is_syllables(left: Word, right: Word) -> bool:
    """Tell whether a slip of a letter is hardly to be expected, since it makes another syllable.

    Both words are of Korean or Chinese syllables, or one was written in Chinese characters.
    """
    if SYLLABLES in left.codes & right.codes:
        return True
    return any(word.foreign and _is_chinese(word) for word in (left, right))


def _is_chinese(word: Word) -> bool:
    return SYLLABLES in word.codes and any(code.startswith(MANDARIN) for code in word.codes)


def _by_spelling(left: Word, right: Word) -> Agreement:
    if left.wordclass in BY_MEANING or right.wordclass in BY_MEANING:
        return DIFFERENT
    if _is_syllables(left, right):
        written = spelling(OSA.normalized_distance(left.text, right.text))
        return Agreement(BOTH_SYLLABLES * written, "similar spelling")
    distance = OSA.normalized_distance(left.key, right.key)
    if left.key == right.key:
        return Agreement(SOUND, "spelling variant")
    if _mean_apart(left, right):
        return DIFFERENT
    both_attested = left.attested and right.attested
    may_be_vowels = distance <= VOWELS_MOST if both_attested else True
    if may_be_vowels and any(code.startswith(CONSONANTS) for code in left.codes & right.codes):
        return Agreement(SOUND * spelling(VOWELS * distance), "vowels differ")
    written = spelling(OSA.normalized_distance(left.text, right.text))
    kept = BOTH_ATTESTED if both_attested else 1.0
    return Agreement(kept * max(written, SOUND * spelling(distance)), "similar spelling")


def _by_other_spelling(left: Word, right: Word) -> Agreement:
    """Judge two words of which one has another spelling that sounds like the other word."""
    if not (left.foreign or right.foreign) or {left.wordclass, right.wordclass} & BY_MEANING:
        return DIFFERENT
    for one, other in ((left, right), (right, left)):
        if f"{SPELLED}{one.key}" in other.codes:
            return _by_type(SPELLED)
    return DIFFERENT


def _by_type(code: str) -> Agreement:
    return _agreements()[code.partition(":")[0]]


@cache
def _agreements() -> dict[str, Agreement]:
    return {
        row["type"]: Agreement(float(row["similarity"]), row["verdict"])
        for row in table("agreements")
    }
