"""Neighbouring words of one name that are one word of the other ("Patr ushev", "Patrushev")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sanctscreen.evidence.words import (
    SOUND,
    VOWELS_MOST,
    Agreement,
    code_similarity,
    spelling,
    unwritten,
    weight,
)
from sanctscreen.text.arabic import is_article, outline
from sanctscreen.text.codes import (
    ABJAD,
    GUESSED,
    KOREAN,
    READ,
    SYLLABLES,
    UNVOWELLED,
    WRITTEN,
    joined_codes,
)
from sanctscreen.text.digits import letters_for_digits
from sanctscreen.text.keys import korean_key
from sanctscreen.text.words import Word

#: Neighbouring words are joined only if they then agree at least this far.
JOIN_FLOOR = 0.9
#: How many neighbours may be joined into one word.
JOIN_MOST = 8
#: How far neighbours agree that are the very word once joined, and by how many letters two
#: spellings may differ in length.
JOINED_EQUAL, JOIN_SLACK = 0.99, 2
#: How far they agree by a Korean key, and by the consonants that an Arabic spelling writes.
JOINED_KOREAN, JOINED_WRITTEN = 0.95, 0.93
#: The least that is left of the latter where letters are written that the other lacks.
JOINED_LEAST = 0.8

#: The first of some neighbours, and the place after the last.
Span = tuple[int, int]


class Join(NamedTuple):
    """Neighbouring words written together.

    ``read`` tells if digits are read as letters; ``outlines`` are with articles and without, and
    empty where nothing is shared but letters.
    """

    text: str
    key: str
    weight: float
    codes: frozenset[str]
    read: bool
    outlines: tuple[str, str]


def join(words: Sequence[Word]) -> Join:
    """Write neighbouring words together, digits beside letters as the letters they stand for."""
    text = "".join(word.text for word in words).replace(" ", "")
    key = "".join(word.key for word in words).replace(" ", "")
    read = letters_for_digits(text)
    codes = joined_codes(words)
    outlines = _outlines(words) if codes else ("", "")
    return Join(read, key, weight(words), codes, read != text, outlines)


def _outlines(words: Sequence[Word]) -> tuple[str, str]:
    """Return the outlines of words written together, with articles and without."""
    drawn = [outline(word.text) for word in words]
    spoken = [each for each, word in zip(drawn, words, strict=True) if not is_article(word.text)]
    return "".join(drawn), "".join(spoken or drawn)


def spans(count: int) -> Iterator[Span]:
    """Yield the stretches of two to `JOIN_MOST` neighbours among ``count`` words."""
    for start in range(count):
        for end in range(start + 2, min(start + JOIN_MOST, count) + 1):
            yield start, end


@lru_cache(maxsize=4_096)
def has_shared_codes(codes: frozenset[str]) -> bool:
    """Tell whether words of these codes have any once they are written together."""
    return any(code.startswith((ABJAD, KOREAN, *READ)) for code in codes)


def sharing(words: Sequence[Word]) -> Iterator[Span]:
    """Yield the stretches that may share something with a word beside their letters."""
    count = list(accumulate((has_shared_codes(word.codes) for word in words), initial=0))
    return (span for span in spans(len(words)) if count[span[0]] < count[span[1]])


class _Joins:
    """The stretches of a name that may be joined, with how long they are, and by what they share.

    What a stretch then reads is only told when it is asked for; few are.
    """

    def __init__(self, words: tuple[Word, ...]) -> None:
        """File the stretches; a digit stands for one letter, so that lengths stay."""
        self._words = words
        self._made: dict[Span, Join] = {}
        sizes = [len(word.text) - word.text.count(" ") for word in words]
        ends = list(accumulate(sizes, initial=0))
        self.sizes = [(ends[span[1]] - ends[span[0]], span) for span in spans(len(words))]
        self.by_code: dict[str, list[Span]] = {}
        for span in sharing(words):
            for code in self.at(span).codes:
                self.by_code.setdefault(code, []).append(span)

    def at(self, span: Span) -> Join:
        """Return what a stretch reads."""
        made = self._made.get(span)
        if made is None:
            made = self._made[span] = join(self._words[slice(*span)])
        return made


joins = lru_cache(maxsize=1_024)(_Joins)


def agreeing_joins(
    many: tuple[Word, ...], single: tuple[Word, ...]
) -> Iterator[tuple[Span, int, Agreement, float]]:
    """Yield neighbours of one name that, written together, agree with one word of the other."""
    written = joins(many)
    for at, word in enumerate(single):
        least, most = len(word.text) - JOIN_SLACK, len(word.text) + JOIN_SLACK
        alike = {span for size, span in written.sizes if least <= size <= most}
        if written.by_code:
            alike.update(*(written.by_code.get(code, ()) for code in word.codes))
        for span in alike:
            joined = written.at(span)
            if agreement := joined_agreement(joined, word):
                gain = agreement.similarity * min(joined.weight, word.weight)
                yield span, at, agreement, gain


def joined_agreement(joined: Join, word: Word) -> Agreement | None:
    """Judge neighbours written together against a word; ``None`` where they do not agree."""
    similarity = _joined_by_code(joined, word) if joined.codes else 0.0
    if abs(len(joined.text) - len(word.text)) <= JOIN_SLACK:
        spelled = _joined_by_spelling(joined, word)
        similarity = max(similarity, spelled if spelled >= JOIN_FLOOR else 0.0)
    return Agreement(similarity, "joined") if similarity >= JOINED_LEAST else None


def _joined_by_spelling(joined: Join, word: Word) -> float:
    if joined.text == word.text:
        return JOINED_EQUAL
    if joined.read:  # "dongfeng 6" is no misspelled "dongfeng"
        return 0.0
    if SYLLABLES in word.codes:
        if any(code.startswith(KOREAN) for code in joined.codes & word.codes):
            return JOINED_KOREAN
        if f"{KOREAN}{korean_key(joined.text)}" not in word.codes:
            return 0.0
    written = spelling(OSA.normalized_distance(joined.text, word.text))
    sounded = SOUND * spelling(OSA.normalized_distance(joined.key, word.key))
    return max(written, sounded)


def _joined_by_code(joined: Join, word: Word) -> float:
    shared = [code for code in joined.codes & word.codes if code.startswith(READ)]
    read = max(map(code_similarity, shared), default=0.0)
    return max(JOINED_EQUAL * read, _joined_by_writing(joined, word))


def _joined_by_writing(joined: Join, word: Word) -> float:
    """Return how far words written together agree with one by the consonants that Arabic writes.

    Where both sides have their vowels, these may not be far apart.
    """
    shared = (code for code in joined.codes & word.codes if code.startswith(WRITTEN))
    if all(code.replace(WRITTEN, GUESSED) in word.codes for code in shared):
        return 0.0
    if UNVOWELLED in joined.codes or UNVOWELLED in word.codes:
        whole = outline(word.text)
        return JOINED_WRITTEN * max(unwritten(each, whole) for each in joined.outlines)
    if not any(code.startswith(ABJAD) for code in word.codes):
        return 0.0
    return JOINED_WRITTEN if OSA.normalized_distance(joined.key, word.key) <= VOWELS_MOST else 0.0
