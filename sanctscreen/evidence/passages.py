"""Find listed names inside a passage: a payment narrative, an address line, a sentence.

A passage is more than a name, so that what stands around the name says nothing against it. It
is known by the words of payment narratives (``data/payment_words.tsv``), by numerals and by its
length.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sanctscreen.data import table
from sanctscreen.evidence.names import Alignment, Pair
from sanctscreen.evidence.words import INITIAL, SAME
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word
from sanctscreen.text.written import spell

#: A passage has at least this many words, of which so many mark it as one.
LEAST_WORDS, LEAST_MARKERS = 4, 2
#: No name has more words; of the listed ones only some bodies of governments have.
MOST_WORDS = 16
#: A name within a passage must match better than one that stands alone; in points.
LEAST_SCORE = 85.0
#: Weight that must agree within the stretch: two common names, or one rare word; and for firms and
#: vessels where several words are all spelled as listed.
LEAST_SIMILAR, LEAST_WEIGHT = 0.9, 0.7
#: So many common words in a row name somebody even without a name word.
LEAST_COMMON = 3


def is_passage(name: NormalName) -> bool:
    """Tell whether a text is more than a name.

    >>> from sanctscreen.text.normalize import normalize
    >>> is_passage(normalize("PAYMENT TO IVAN PETROV INV 4471"))
    True
    >>> is_passage(normalize("Ivan Petrov"))
    False
    """
    if len(name.words) > MOST_WORDS:
        return True
    return len(name.words) >= LEAST_WORDS and sum(map(_is_marker, name.words)) >= LEAST_MARKERS


def window(passage: NormalName, alignment: Alignment, *, ordered: bool) -> NormalName | None:
    """Return the stretch of a passage that a listed name was aligned with, as a name.

    Args:
        passage: the text that is screened.
        alignment: the passage as left name, set against a listed name.
        ordered: whether a firm or vessel is meant; a person's name is often part of another's.

    Returns:
        The stretch of neighbouring paired words that agrees most; ``None`` where too little of
        it names anybody.
    """
    best = max(_stretches(passage, alignment), key=_agreed, default=())
    as_listed = ordered and len(best) > 1 and all(pair.verdict == SAME for pair in best)
    least = LEAST_WEIGHT if as_listed else LEAST_SIMILAR
    if _agreed(best) < least or not _names_somebody(best):
        return None
    words = passage.words[best[0].at : best[-1].at + len(best[-1].left)]
    return NormalName(" ".join(word.origin for word in words), words, passage.steps)


def _stretches(passage: NormalName, alignment: Alignment) -> Iterator[tuple[Pair, ...]]:
    """Yield runs of pairs whose words are neighbours in the passage.

    A word that stands in the passage twice, and was paired elsewhere, parts no neighbours.
    """
    paired = {word.text for pair in alignment.pairs for word in pair.left}
    run: tuple[Pair, ...] = ()
    for pair in alignment.pairs:
        between = passage.words[run[-1].at + len(run[-1].left) : pair.at] if run else ()
        if any(word.text not in paired for word in between):
            yield run
            run = ()
        run = (*run, pair)
    if run:
        yield run


def _agreed(pairs: tuple[Pair, ...]) -> float:
    return sum(pair.agreed for pair in pairs)


def _names_somebody(pairs: tuple[Pair, ...]) -> bool:
    """Tell whether the stretch has a name word, or common words enough to be no chance.

    A word of payment narratives ("contract") is no name word, whatever it sounds like, nor is one
    that an initial stands for.
    """
    words = [word for pair in pairs if pair.verdict != INITIAL for word in pair.left]
    named = any(word.wordclass == "name" and not _is_marker(word) for word in words)
    return named or len(pairs) >= LEAST_COMMON


def _is_marker(word: Word) -> bool:
    return word.wordclass == "number" or word.text in _markers()


@cache
def _markers() -> frozenset[str]:
    return frozenset(word for row in table("payment_words") for word in spell(row["form"]))
