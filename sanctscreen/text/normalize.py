"""From a name as written to words that compare: the order of the steps, and only the order.

List and query go through the same steps, so that whatever a step loses, it loses on both sides.
Every step that changed something is named in ``NormalName.steps``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sanctscreen.text import clean
from sanctscreen.text.classes import mend, phrases
from sanctscreen.text.habits import habits_of
from sanctscreen.text.making import make_word
from sanctscreen.text.people import persons_words
from sanctscreen.text.scripts import script_of, scripts
from sanctscreen.text.steps import apply_steps
from sanctscreen.text.words import Reading, Word
from sanctscreen.text.written import Written, written_words

#: Widths of name fields: one and two lines of SWIFT's 35 characters, ISO 20022's 140.
FIELD_WIDTHS = frozenset({35, 70, 140})
#: A space that fell on the last place of a field is gone.
FILLED = FIELD_WIDTHS | {width - 1 for width in FIELD_WIDTHS}
#: So many characters of a text are read, since time grows with every word of it.
LONGEST = 50_000
#: ASCII and the letters of European and Vietnamese names: whatever a step makes of these, some
#: letter is left.
_PLAIN = re.compile("[\0-\x7f\u00c0-\u017f\u1ea0-\u1ef9]*")
_ASCII_LETTER = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class NormalName:
    """A name, ready to compare.

    Attributes:
        original: the name as written.
        words: its words in order.
        steps: the steps that changed something, in order.
        fallback_letters: letters that no table of ours romanises, left to the fallback.
        damage: why a part of the name may be missing from the comparison; empty if none is.
        unscreenable: why nothing can be compared with this name; empty if it can.
    """

    original: str
    words: tuple[Word, ...]
    steps: tuple[str, ...] = ()
    fallback_letters: str = ""
    damage: str = ""
    unscreenable: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether the name fills a field of a payment message, so that its end may be missing."""
        return bool(self.words) and self.words[-1].cut

    @property
    def text(self) -> str:
        """The words as one string."""
        return " ".join(word.text for word in self.words)


@lru_cache(maxsize=1_024)
def normalize(
    name: str,
    *,
    reading: Reading = "organisation",
    language: str | None = None,
    fallback: str = "unidecode",
) -> NormalName:
    """Normalise a name.

    >>> normalize("Дмитрий", reading="person").text
    'dmitriy'

    Args:
        name: the name in any script.
        reading: ``person``, ``organisation`` or ``vessel``: which words have a class.
        language: BCP 47 tag of the language, where it is known; guessed from letters if not.
        fallback: what romanises letters without a table of ours: ``unidecode`` or ``none``.
    """
    text, steps = apply_steps(name[:LONGEST], reading)
    written = written_words(text, reading, language, fallback)
    words = _classed_words(text, written, reading, is_cut=len(name) in FILLED)
    if words and name.isascii() and len(name) <= LONGEST:
        return NormalName(name, words, tuple(steps))
    if not text.isascii():
        steps += _romanising_steps(written)
    letters = "".join(each.fallback_letters for each in written)
    damage, unscreenable = _damage(name, written), _unscreenable(text, written)
    return NormalName(name, words, tuple(steps), letters, damage, unscreenable)


def doubt(name: str, *, fallback: str = "unidecode") -> str:
    """Say why a name cannot be screened, or not in full; empty if it can.

    It is what `normalize` says in ``unscreenable`` or ``damage``, for less.

    >>> doubt("Дмитрий"), doubt("???")
    ('', 'the name holds no letters or digits')
    """
    plain = len(name) <= LONGEST and _PLAIN.fullmatch(name) and _ASCII_LETTER.search(name)
    if plain and not clean.is_misread(name):
        return ""
    text, _ = apply_steps(name[:LONGEST], "organisation")
    written = written_words(text, "organisation", None, fallback)
    return _unscreenable(text, written) or _damage(name, written)


def _classed_words(
    text: str, written: Sequence[Written], reading: Reading, *, is_cut: bool
) -> tuple[Word, ...]:
    """Divide the words of a name into phrases and others, and make what is compared of each."""
    spelled = [each for each in written if each.text]
    if reading == "person":
        spelled = persons_words(spelled)
    known = phrases(reading, foreign=not text.isascii() and not scripts(text) <= {"Latn"})
    lookups = [each.lookup for each in spelled]
    if order := known.gathered(lookups):
        spelled, lookups = [spelled[at] for at in order], [lookups[at] for at in order]
    mended = list(map(mend, lookups)) if reading == "organisation" else lookups
    found = known.find(lookups, mended, is_cut=is_cut)
    habits = habits_of(text, spelled, found, reading)
    words = tuple(
        [make_word(spelled[start:end], meaning, reading, habits) for start, end, meaning in found]
    )
    return (*words[:-1], replace(words[-1], cut=True)) if words and is_cut else words


def _romanising_steps(written: list[Written]) -> list[str]:
    """Name what was done to words of other scripts."""
    folded = ["look-alikes folded"] if any(each.folded for each in written) else []
    fallen_back = any(each.fallback_letters for each in written)
    return [*folded, "romanised", *(["romanised by the fallback"] if fallen_back else [])]


def _damage(name: str, written: list[Written]) -> str:
    if len(name) > LONGEST:
        return f"only the first {LONGEST:,} of {len(name):,} characters were read"
    if clean.REPLACEMENT in name:
        return "the name holds replacement characters: its encoding is damaged"
    lost = " ".join(each.origin for each in written if each.dropped and not each.text)
    return f"no rule romanises this part of the name: {lost}" if lost else ""


def _unscreenable(text: str, written: list[Written]) -> str:
    if not any(script_of(char) != "Zyyy" or char.isalnum() for char in text):
        return "the name holds no letters or digits"
    return "" if any(each.text for each in written) else "no letter of the name can be romanised"
