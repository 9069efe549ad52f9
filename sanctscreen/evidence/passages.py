"""Find listed names inside a passage: a payment narrative, an address line, a sentence.

A passage is more than a name, so that what stands around the name says nothing against it. It
is known by the words of payment narratives (``data/payment_words.tsv``), by numerals and by its
length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from math import inf

from sanctscreen.data import table
from sanctscreen.evidence.joins import Span
from sanctscreen.evidence.names import Candidate, Pair, candidates, choose, pair_of
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


def stretches(passage: NormalName, listed: NormalName, *, ordered: bool) -> list[NormalName]:
    """Return where a listed name may stand in a passage, as names.

    Args:
        passage: the text that is screened.
        listed: the listed name.
        ordered: whether a firm or vessel is meant; a person's name is often part of another's.

    Returns:
        The stretch of neighbouring words that agrees most, of several the shortest, and the
        shortest part of it that agrees as much, if that is another; none where too little of it
        names anybody.
    """
    runs = _runs(candidates(passage.words, listed.words))
    found = [(part, _shortest(part, run)) for run in runs for part in _parts(passage, choose(run))]
    best, shortest = max(found, key=lambda each: _worth(*each), default=([], (0, 0)))
    pairs = tuple(pair_of(passage.words, listed.words, each) for each in best)
    as_listed = ordered and len(pairs) > 1 and all(pair.verdict == SAME for pair in pairs)
    least = LEAST_WEIGHT if as_listed else LEAST_SIMILAR
    if _gain(best) < least or not _names_somebody(pairs):
        return []
    spans = dict.fromkeys([(best[0].left[0], best[-1].left[1]), shortest])
    several = [passage.words[slice(*span)] for span in spans]
    texts = [" ".join(word.origin for word in words) for words in several]
    return [NormalName(*each, passage.steps) for each in zip(texts, several, strict=True)]


def _runs(found: Iterable[Candidate]) -> list[list[Candidate]]:
    """Part what may agree with words of a listed name where a word stands between that may not."""
    runs: list[list[Candidate]] = []
    end = -1
    for each in sorted(found, key=lambda candidate: candidate.left):
        if each.left[0] > end:
            runs.append([])
        runs[-1].append(each)
        end = max(end, each.left[1])
    return runs


def _parts(passage: NormalName, chosen: list[Candidate]) -> Iterator[list[Candidate]]:
    """Yield what was chosen of a run, parted by words that are not spelled like any of it."""
    ordered = sorted(chosen, key=lambda candidate: candidate.left)
    texts = {word.text for each in ordered for word in passage.words[slice(*each.left)]}
    part: list[Candidate] = []
    for each in ordered:
        between = passage.words[part[-1].left[1] : each.left[0]] if part else ()
        if any(word.text not in texts for word in between):
            yield part
            part = []
        part = [*part, each]
    yield part


def _shortest(best: list[Candidate], run: list[Candidate]) -> Span:
    """Return the shortest stretch of a run in which as much agrees with every listed word.

    A word of the name may stand in the text again, and that nearer to the others.
    """
    gains, last = {each.right: each.gain for each in best}, dict[Span, int]()
    shortest = best[0].left[0], best[-1].left[1]
    for each in sorted(run, key=lambda candidate: candidate.left[1]):
        if each.gain >= gains.get(each.right, inf):
            last[each.right] = max(each.left[0], last.get(each.right, 0))
            if len(last) == len(gains):
                span = min(last.values()), each.left[1]
                shortest = min(shortest, span, key=lambda ends: ends[1] - ends[0])
    return shortest


def _worth(part: list[Candidate], shortest: Span) -> tuple[float, int]:
    """Return by what a part of a run is preferred: what agrees, then how short it is."""
    return round(_gain(part), 6), shortest[0] - shortest[1]


def _gain(given: Iterable[Candidate]) -> float:
    """Return the weight that agrees."""
    return sum(each.gain for each in given)


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
