"""Divide the words of a name into phrases of a table ("limited liability company") and others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sanctscreen.text.keys import shape_key, squeezed
from sanctscreen.text.rarity import attested
from sanctscreen.text.words import WordClass

#: How short a legal form may be that a name begins or ends with, written with a slip; and how
#: long one may be that is known in single letters alone ("c a").
LEAST_FORM, MOST_FORM = 3, 4
#: The legal forms whose words are looked for apart, and the least number of words: those of
#: others say something of the name too, and two may stand together by chance.
SCATTERED, LEAST_SCATTERED = frozenset({"llc", "jsc"}), 3
#: Of how many words it is kept what they are.
KEPT = 8_192

_Words = tuple[str, ...]


class Meaning(NamedTuple):
    """What a phrase stands for; ``countries`` says where a legal form is at home."""

    wordclass: WordClass
    canon: str
    countries: tuple[str, ...] = ()


class Found(NamedTuple):
    """A stretch of words and its meaning; ``None`` for a word with no class."""

    start: int
    end: int
    meaning: Meaning | None


class Phrases:
    """Phrases of one reading, found longest first."""

    def __init__(
        self,
        meanings: Mapping[str, Meaning],
        inflected: Callable[[str], Meaning | None] = lambda _: None,
    ) -> None:
        """Keep what phrases mean; ``inflected`` knows the words of many endings."""
        self._inflected, self._meanings = inflected, meanings
        self._longest: dict[str, int] = {}  # of phrases that begin with two words
        self._beginning: dict[str, list[str]] = {}
        for phrase in meanings:
            if " " in phrase:
                self._file(phrase)
        self._scattered: dict[str, list[_Words]] = defaultdict(list)
        self._sets: dict[_Words, frozenset[str]] = {}
        self._squeezed: dict[str, Meaning] = {}
        for phrase, meaning in meanings.items():
            if meaning.wordclass == "legal":
                self._file_form(tuple(phrase.split()), meaning)
        self._first_word = lru_cache(maxsize=KEPT)(self._judge_first)
        self._form_at_end = lru_cache(maxsize=KEPT)(self._judge_short)

    def _file(self, phrase: str) -> None:
        """Keep a phrase of several words where it, or one cut short, is looked up."""
        first, second, *more = phrase.split(" ", 2)
        words = 2 + len(more) + (more[0].count(" ") if more else 0)
        begins = f"{first} {second}"
        if self._longest.get(begins, 0) < words:
            self._longest[begins] = words
        self._beginning.setdefault(first, []).append(phrase)

    def _file_form(self, words: _Words, meaning: Meaning) -> None:
        """Keep a legal form where a scattered or a misspelled one is looked up."""
        longest = max(words, key=len)
        if len(set(words)) == len(words) >= LEAST_SCATTERED and len(longest) > MOST_FORM:
            self._scattered[longest].append(words)
            self._sets[words] = frozenset(words)
        if len(words) == 1 and LEAST_FORM <= len(longest) <= MOST_FORM:
            self._squeezed.setdefault(squeezed(longest), meaning)

    def gathered(self, words: Sequence[str]) -> list[int]:
        """Return the order in which the words of a scattered legal form stand together.

        Words out of order ("company joint planar stock") hide what is no part of the name. The
        order is empty where the words may stay as they are.
        """
        if self._scattered.keys().isdisjoint(words):
            return []
        given = dict.fromkeys(words)  # in their order, which decides between phrases as long
        known = (each for word in given for each in self._scattered.get(word, ()))
        whole = [each for each in known if given.keys() >= self._sets[each]]
        text = f" {' '.join(words)} "
        if not whole or any(f" {' '.join(each)} " in text for each in whole):
            return []
        apart = (each for each in whole if self._meanings[" ".join(each)].canon in SCATTERED)
        places = [words.index(word) for word in max(apart, key=len, default=())]
        return [at for at in range(len(words)) if at not in places] + places if places else []

    def find(
        self, words: Sequence[str], mended: Sequence[str], *, is_cut: bool = False
    ) -> list[Found]:
        """Divide ``words`` into known phrases and single words, from left to right.

        Args:
            words: the words as they stand.
            mended: the same words, slips in words of phrases put right (`mend`).
            is_cut: whether the end of the last word, and more words, may be missing.
        """
        found: list[Found] = []
        start = 0
        while start < len(words):
            opens, alone = self._first_word(words[start], mended[start])
            several = self._several(words, mended, start) if opens else None
            cut = self._begun(words[start:]) if is_cut else None
            if cut:
                several = Found(start, len(words), cut)
            one = several or Found(start, start + 1, alone or self._short_form(words, start))
            found.append(one)
            start = one.end
        return found

    def _several(self, words: Sequence[str], mended: Sequence[str], start: int) -> Found | None:
        """Find the longest phrase of two words or more that begins at a place."""
        pairs = " ".join(words[start : start + 2]), " ".join(mended[start : start + 2])
        longest = max(self._longest.get(pairs[0], 0), self._longest.get(pairs[1], 0))
        for end in range(min(start + longest, len(words)), start + 1, -1):
            meaning = self._meanings.get(" ".join(words[start:end]))
            if meaning := meaning or self._meanings.get(" ".join(mended[start:end])):
                return Found(start, end, meaning)
        return None

    def _judge_first(self, word: str, mended: str) -> tuple[bool, Meaning | None]:
        """Tell whether a word may begin a phrase of several, and return its own meaning.

        Args:
            word: the word as it stands.
            mended: the same, a slip in it put right.
        """
        opens = word in self._beginning or mended in self._beginning
        meaning = self._meanings.get(word)
        if meaning is None:
            meaning = self._meanings.get(mended)
            meaning = meaning if meaning and _surely(word, mended, meaning) else None
        return opens, meaning or self._inflected(word)

    def _begun(self, words: Sequence[str]) -> Meaning | None:
        """Return the meaning of a phrase that the last words of a full field begin."""
        if len(words) == 1:
            return None
        text = " ".join(words)
        begun = (each for each in self._beginning.get(words[0], ()) if each.startswith(text))
        meanings = (self._meanings[phrase] for phrase in begun)
        is_whole = words[-1] in self._meanings  # "investment company" is no more than it says
        found = (each for each in meanings if not (is_whole and each.wordclass == "legal"))
        return next(found, None)

    def _short_form(self, words: Sequence[str], at: int) -> Meaning | None:
        """Return the legal form that a short first or last word is."""
        word, is_last = words[at], at == len(words) - 1
        if len(word) > MOST_FORM or len(words) == 1 or not (is_last or at == 0):
            return None
        return self._form_at_end(word, is_last)

    def _judge_short(self, word: str, is_last: bool) -> Meaning | None:
        """Return the legal form that a short word is, by its letters or a slip."""
        spaced = self._meanings.get(" ".join(word)) if is_last and len(word) > 1 else None
        if spaced and spaced.wordclass == "legal":
            return spaced
        slips = _swapped(word) if is_last else [word]
        found = (self._squeezed.get(squeezed(each)) for each in slips)
        return next(filter(None, found), None)


def _surely(word: str, mended: str, meaning: Meaning) -> bool:
    """Tell whether a single word with a slip is hardly a name: a legal form, or misread letters."""
    return meaning.wordclass == "legal" or shape_key(word) == shape_key(mended)


def _swapped(word: str) -> Iterator[str]:
    """Yield a word, and if it is unknown each way in which two neighbours may have swapped."""
    yield word
    if not attested(word):
        for at in range(len(word) - 1):
            yield f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
