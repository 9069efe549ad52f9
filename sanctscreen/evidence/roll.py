"""The words of a long name, filed so that another name's words find those that agree with them.

Short names are compared word by word. A text of a thousand words has eight thousand stretches of
neighbours besides, and may meet hundreds of listed names; here each listed word is looked up
once in the text. What comes out is the same: only words and stretches are passed over that
nothing in `sanctscreen.evidence.words` and `sanctscreen.evidence.joins` lets agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, TypeVar

from sanctscreen.evidence.joins import (
    JOIN_FLOOR,
    JOIN_SLACK,
    Join,
    Span,
    join,
    joined_agreement,
    sharing,
    spans,
)
from sanctscreen.evidence.spelled import FEW, Spelled
from sanctscreen.evidence.words import (
    FLOOR,
    SOUND,
    Agreement,
    agree,
    code_similarity,
    farthest_for,
    weight,
)
from sanctscreen.text.codes import SPELLED
from sanctscreen.text.digits import letters_for_digits
from sanctscreen.text.words import Word

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

#: Distances of spellings and of sound keys up to which single words may agree, and up to which
#: joined ones may; `cdist` counts in single precision.
_FAR, _HEARD, _JOIN_FAR, _JOIN_HEARD = (
    farthest_for(least) + 1e-4 for least in (FLOOR, FLOOR / SOUND, JOIN_FLOOR, JOIN_FLOOR / SOUND)
)
#: Long names whose rolls are kept.
KEPT = 4


class Met(NamedTuple):
    """A stretch of the long name that agrees with something, how far, and the weight gained."""

    span: Span
    agreement: Agreement
    gain: float


class Rest(NamedTuple):
    """Words of a name that found no partner, what they weigh, and what lines of business do."""

    words: tuple[Word, ...]
    weight: float
    business: float

    @classmethod
    def of(cls, words: tuple[Word, ...]) -> Rest:
        """Add some words up."""
        return cls(words, weight(words), weight([each for each in words if _is_business(each)]))


class Roll:
    """The words of one name; what was asked once is remembered."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        """File the words and the stretches of neighbours that may be joined."""
        self.words = words
        places = _gathered((word, at) for at, word in enumerate(words))
        self._distinct, self._places = list(places), list(places.values())
        self._spelled = (
            Spelled(word.text for word in places),
            Spelled(word.key for word in places),
        )
        self._by_code = _gathered(
            (code, at) for at, word in enumerate(places) for code in word.codes if _leads(code)
        )
        self._by_key = _gathered((word.key, at) for at, word in enumerate(places))
        self._by_first = _gathered((word.text[:1], at) for at, word in enumerate(places))
        self._open = _gathered(
            (word.text[:1], at) for at, word in enumerate(places) if _is_open(word)
        )
        self._by_length = _gathered((len(word.text), at) for at, word in enumerate(places))
        self._stretches = _Stretches(words)
        self._met: dict[Word, tuple[Met, ...]] = {}
        self._met_joined: dict[Word, tuple[Met, ...]] = {}
        self._met_join: dict[Join, tuple[Met, ...]] = {}

    @cached_property
    def proper(self) -> list[str]:
        """The spellings of the words, see `proper`."""
        return proper(self.words)

    def rest(self, taken: set[int], end: int) -> Rest:
        """Return the words up to a place but for those at some places."""
        bounds = [-1, *sorted(taken), end]
        stretches = (self.words[low + 1 : high] for low, high in pairwise(bounds))
        gone = Rest.of(tuple(self.words[at] for at in taken))
        weighed, business = self._so_far
        return Rest(
            tuple(chain.from_iterable(stretches)),
            max(0.0, weighed[end] - gone.weight),
            max(0.0, business[end] - gone.business),
        )

    @cached_property
    def _so_far(self) -> tuple[list[float], list[float]]:
        """What the words before each place weigh, and what the lines of business among them do."""
        weights = [word.weight for word in self.words]
        business = [word.weight if _is_business(word) else 0.0 for word in self.words]
        return list(accumulate(weights, initial=0.0)), list(accumulate(business, initial=0.0))

    def agreeing(self, word: Word) -> tuple[Met, ...]:
        """Return the words that agree with a word of the other name."""
        known = self._met.get(word)
        if known is None:
            known = self._met[word] = tuple(self._agreeing(word))
        return known

    def joined(self, word: Word) -> tuple[Met, ...]:
        """Return the neighbours that, written together, agree with a word of the other name."""
        known = self._met_joined.get(word)
        if known is None:
            known = self._met_joined[word] = tuple(self._stretches.agreeing(word))
        return known

    def agreeing_with(self, joined: Join) -> tuple[Met, ...]:
        """Return the words that agree with neighbours of the other name written together."""
        known = self._met_join.get(joined)
        if known is None:
            known = self._met_join[joined] = tuple(self._agreeing_with(joined))
        return known

    def _agreeing(self, word: Word) -> Iterator[Met]:
        texts, keys = self._spelled
        hopeful = {*texts.near(word.text, _FAR), *keys.near(word.key, _HEARD)}
        hopeful.update(*(self._by_code.get(code, ()) for code in word.codes))
        for code in word.codes:
            if code.startswith(SPELLED):
                hopeful.update(self._by_key.get(code[len(SPELLED) :], ()))
        hopeful.update(self._by_code.get(f"{SPELLED}{word.key}", ()))
        begun = self._by_first if _is_open(word) else self._open
        hopeful.update(begun.get(word.text[:1], ()))
        for at in hopeful:
            agreement = agree(self._distinct[at], word)
            if agreement.similarity >= FLOOR:
                gain = agreement.similarity * min(self._distinct[at].weight, word.weight)
                yield from self._everywhere(at, agreement, gain)

    def _agreeing_with(self, joined: Join) -> Iterator[Met]:
        near = range(len(joined.text) - JOIN_SLACK, len(joined.text) + JOIN_SLACK + 1)
        hopeful = {at for length in near for at in self._by_length.get(length, ())}
        if len(hopeful) > FEW:
            texts, keys = self._spelled
            alike = {*texts.near(joined.text, _JOIN_FAR), *keys.near(joined.key, _JOIN_HEARD)}
            hopeful &= alike
        hopeful.update(*(self._by_code.get(code, ()) for code in joined.codes))
        for at in hopeful:
            agreement = joined_agreement(joined, self._distinct[at])
            if agreement:
                gain = agreement.similarity * min(joined.weight, self._distinct[at].weight)
                yield from self._everywhere(at, agreement, gain)

    def _everywhere(self, at: int, agreement: Agreement, gain: float) -> Iterator[Met]:
        return (Met((place, place + 1), agreement, gain) for place in self._places[at])


class _Stretches:
    """The stretches of neighbours in a name, by their length and by what they share with words."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self._words = words
        texts, keys = (
            [getattr(word, name).replace(" ", "") for word in words] for name in ("text", "key")
        )
        self._text, self._key = "".join(texts), "".join(keys)
        self._text_starts, self._key_starts = (
            list(accumulate(map(len, each), initial=0)) for each in (texts, keys)
        )
        starts = self._text_starts  # a digit stands for one letter, so that lengths stay
        self._by_length = _gathered(
            (starts[end] - starts[at], (at, end)) for at, end in spans(len(words))
        )
        self._alike: dict[int, _Alike] = {}
        self._joins: dict[Span, Join] = {}
        self._by_code: dict[str, list[Span]] = _gathered(
            (code, span)
            for span in sharing(words)
            for code in self._join(span).codes
            if _leads(code)
        )

    def agreeing(self, word: Word) -> Iterator[Met]:
        """Yield the stretches that, written together, agree with a word."""
        length = len(word.text)
        hopeful: set[Span] = set()
        for near in range(length - JOIN_SLACK, length + JOIN_SLACK + 1):
            if near in self._by_length:
                hopeful.update(self._of_length(near).near(word))
        hopeful.update(*(self._by_code.get(code, ()) for code in word.codes))
        for span in hopeful:
            joined = self._join(span)
            if agreement := joined_agreement(joined, word):
                yield Met(span, agreement, agreement.similarity * min(joined.weight, word.weight))

    def _join(self, span: Span) -> Join:
        known = self._joins.get(span)
        if known is None:
            known = self._joins[span] = join(self._words[slice(*span)])
        return known

    def _of_length(self, length: int) -> _Alike:
        """Return the stretches of a length by how they are written."""
        known = self._alike.get(length)
        if known is None:
            written = _gathered((self._written(span), span) for span in self._by_length[length])
            texts, keys = (Spelled(each) for each in zip(*written, strict=True))
            known = self._alike[length] = _Alike(list(written.values()), texts, keys)
        return known

    def _written(self, span: Span) -> tuple[str, str]:
        texts, keys = (
            whole[starts[span[0]] : starts[span[1]]]
            for whole, starts in ((self._text, self._text_starts), (self._key, self._key_starts))
        )
        return letters_for_digits(texts), keys


class _Alike(NamedTuple):
    """Stretches of one length, those together that are written and sound the same."""

    spans: list[list[Span]]
    texts: Spelled
    keys: Spelled

    def near(self, word: Word) -> Iterator[Span]:
        """Yield the stretches that may be the word by their letters."""
        texts, keys = self.texts.near(word.text, _JOIN_FAR), self.keys.near(word.key, _JOIN_HEARD)
        return (span for at in {*texts, *keys} for span in self.spans[at])


class _Recent:
    """The rolls of the names that were last asked for.

    They are known by being the very same tuple: to hash a thousand words takes longer than to
    compare them with a listed name.
    """

    def __init__(self) -> None:
        self._rolls: tuple[Roll, ...] = ()

    def of(self, words: tuple[Word, ...]) -> Roll:
        """Return the roll of some words."""
        found = next((roll for roll in self._rolls if roll.words is words), None) or Roll(words)
        if not self._rolls or self._rolls[0] is not found:
            others = [roll for roll in self._rolls if roll is not found]
            self._rolls = (found, *others[: KEPT - 1])
        return found


roll_of = _Recent().of


def _gathered(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def _leads(code: str) -> bool:
    """Tell whether words may agree by a code."""
    return code_similarity(code) > 0.0


def _is_open(word: Word) -> bool:
    """Tell whether a word may stand for any other that begins with the same letter."""
    return word.cut or len(word.text) == 1


def proper(words: Sequence[Word]) -> list[str]:
    """Return the spellings of a name's words without its titles, unless it has nothing else."""
    spelled = [word.text for word in words if word.wordclass != "title"]
    return spelled or [word.text for word in words]


def _is_business(word: Word) -> bool:
    return word.wordclass == "sector"
