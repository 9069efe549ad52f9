"""From a name as written to words that compare: the order of the steps, and only the order.

List and query go through the same steps, so that whatever a step loses, it loses on both sides.
Every step that changed something is named in ``NormalName.steps``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from sanctscreen.text import chinese, clean, digits, han, initials, keys
from sanctscreen.text.arabic import is_arabic, servant_names
from sanctscreen.text.classes import Reading, mend, phrases
from sanctscreen.text.codes import Habits, korean_surnames, name_codes, written_codes
from sanctscreen.text.given_names import given_name_codes
from sanctscreen.text.hangul import split_surname
from sanctscreen.text.phrases import Found, Meaning
from sanctscreen.text.rarity import attested, class_weight, name_weight
from sanctscreen.text.romanize import Romanized, divide_firm, divide_person, romanize_word
from sanctscreen.text.scripts import script_of, scripts
from sanctscreen.text.slavic import is_slavic
from sanctscreen.text.words import STATE, Word

Steps = tuple[tuple[str, Callable[[str], str]], ...]
Divide = Callable[[str], tuple[str, ...]]

#: The steps on the whole name, in order.
STEPS: Steps = (
    ("encoding repaired", clean.repair),
    ("Unicode composed", clean.compose),
    ("invisible characters removed", clean.strip_invisible),
    ("case folded", clean.fold_case),
    ("look-alikes replaced", clean.to_latin),
    ("apostrophes removed", clean.join_apostrophes),
    ("digits read as letters", digits.read_digits),
    ("punctuation spaced", clean.space_punctuation),
)
#: A comma means surname first in a person's name; firms add their initials in brackets.
STEPS_FOR: dict[Reading, Steps] = {
    "person": (*STEPS[:3], ("surname moved last", clean.surname_last), *STEPS[3:]),
    "organisation": (*STEPS[:5], ("initialism dropped", initials.drop_initialism), *STEPS[5:]),
    "vessel": STEPS,
}


#: Widths of name fields: one and two lines of SWIFT's 35 characters, ISO 20022's 140.
FIELD_WIDTHS = frozenset({35, 70, 140})
#: A space that fell on the last place of a field is gone.
FILLED = FIELD_WIDTHS | {width - 1 for width in FIELD_WIDTHS}
#: Two consonants that are no letter of another script, of which hardly any name is made; and
#: those that are names.
_INITIALS = re.compile("(?!.h|dz|ts)[b-df-hj-np-tv-xz]{2}")
_WITHOUT_VOWELS = frozenset({"ng"})
#: Scripts that leave vowels out.
_ABJADS = frozenset({"Arab", "Hebr"})
#: Classes of words that one side may know the meaning of, and the other only spell.
_SPOKEN = frozenset({"generic", "sector", "religious"})


#: The name of God as romanised, as spoken after another word, and what servant names begin with.
GOD, SPOKEN_GOD, SERVANT = "allah", "ullah", "abd"


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


@lru_cache(maxsize=4_096)
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
    text, steps = _apply_steps(name, STEPS_FOR[reading])
    written = _spell_words(text, reading, language, fallback)
    steps += [step for step, changed in _word_steps(text, written) if changed]
    spelled = [each for each in written if each.text]
    if reading == "person":
        spelled = _one_servant_name(_names_of_god(_initials_apart(spelled)))
    known = phrases(reading, spell, foreign=not scripts(text) <= {"Latn"})
    lookups = [each.lookup for each in spelled]
    order = known.gathered(lookups)
    spelled, lookups = [spelled[at] for at in order], [lookups[at] for at in order]
    mended = [mend(each, reading, spell) for each in lookups]
    is_cut = len(name) in FILLED
    found = known.find(lookups, mended, is_cut=is_cut)
    habits = Habits(
        korean=_is_korean(text, found, spelled, reading),
        arabic="Arab" in scripts(text) or is_arabic([each.text for each in spelled]),
        slavic="Cyrl" in scripts(text) or is_slavic([each.text for each in spelled]),
        han=han.is_han(text),
        chinese=_chinese_systems(spelled, reading),
    )
    words = tuple(_word(spelled[each.start : each.end], each, reading, habits) for each in found)
    if words and is_cut:
        words = (*words[:-1], replace(words[-1], cut=True))
    letters = "".join(each.fallback_letters for each in written)
    damage, unscreenable = _damage(name, written), _unscreenable(text, written)
    return NormalName(name, words, tuple(steps), letters, damage, unscreenable)


def doubt(name: str, *, fallback: str = "unidecode") -> str:
    """Say why a name cannot be screened, or not in full; empty if it can.

    It is what `normalize` says in ``unscreenable`` or ``damage``, for less.

    >>> doubt("Дмитрий"), doubt("???")
    ('', 'the name holds no letters or digits')
    """
    if name.isascii() and any(map(str.isalnum, name)):
        return ""  # no step can lose what it is made of
    text, _ = _apply_steps(name, STEPS_FOR["organisation"])
    written = _spell_words(text, "organisation", None, fallback)
    return _unscreenable(text, written) or _damage(name, written)


@dataclass(frozen=True, slots=True)
class _Spelled:
    """One written word and its romanised spelling."""

    origin: str
    text: str
    folded: bool
    fallback_letters: str = ""
    dropped: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def lookup(self) -> str:
        """The word as tables of words know it: Han words that sound alike are not one word."""
        if self.origin.isascii() or not han.is_han(self.origin):
            return self.text
        return han.simplified(self.origin)


def _apply_steps(name: str, functions: Steps = STEPS) -> tuple[str, list[str]]:
    text, steps = name, []
    for step, function in functions:
        changed = function(text)
        if changed != text:
            steps.append(step)
            text = changed
    return text, steps


def _spell_words(
    text: str, reading: Reading, language: str | None, fallback: str
) -> list[_Spelled]:
    spelled: list[_Spelled] = []
    parts = (text if reading == "person" else han.without_spaces(text)).split()
    divide = _dividing(parts, reading)
    for written in parts:
        if written.isascii():
            spelled.append(_Spelled(written, written, folded=False))
        else:
            spelled.extend(_spell_foreign(written, divide, language, fallback))
    return spelled


def _dividing(parts: list[str], reading: Reading) -> Divide:
    """Return what cuts an unspaced name; a person's in several Han words is cut already."""
    if reading != "person":
        return divide_firm
    return divide_person if sum(map(han.is_han, parts)) < 2 else split_surname


def _spell_foreign(
    written: str, divide: Divide, language: str | None, fallback: str
) -> list[_Spelled]:
    plain = clean.fold_lookalikes(written)
    spelled = []
    for part in divide(plain):
        romanized: Romanized = romanize_word(part, language=language, fallback=fallback)
        texts = romanized.text.split() or [""]
        others = romanized.alternatives if len(texts) == 1 else ()
        spelled += [
            _Spelled(
                part, text, plain != written, romanized.fallback_letters, romanized.dropped, others
            )
            for text in texts
        ]
    return spelled


def spell(text: str) -> tuple[str, ...]:
    """Spell a text as the words of a name are looked up, before any word has a class.

    >>> spell("ООО «Ромашка»"), spell("貿易")
    (('ooo', 'romashka'), ('贸易',))
    """
    spelled = _spell_words(_apply_steps(text)[0], "organisation", None, "unidecode")
    return tuple(each.lookup for each in spelled if each.text)


def _initials_apart(spelled: list[_Spelled]) -> list[_Spelled]:
    """Part initials that are written together, as in "JC Juncker"."""
    if len(spelled) == 1:
        return spelled
    apart: list[_Spelled] = []
    for each in spelled:
        short = each.origin.isascii() and _INITIALS.fullmatch(each.text)
        if short and not _is_known_short(each.text):
            apart += [replace(each, origin=letter, text=letter) for letter in each.text]
        else:
            apart.append(each)
    return apart


@cache
def _is_known_short(text: str) -> bool:
    """Tell whether a word of two letters is a title, a particle or a name of its own."""
    if text in _WITHOUT_VOWELS or any(given_name_codes(text)):
        return True
    return phrases("person", spell, foreign=False).find([text], [text])[0].meaning is not None


def _names_of_god(spelled: list[_Spelled]) -> list[_Spelled]:
    """Write names like "hibat allah" in Arabic letters as one, with the vowel of speech."""
    joined: list[_Spelled] = []
    for each in spelled:
        before = joined[-1] if joined else None
        foreign = before is not None and not before.origin.isascii() and not each.origin.isascii()
        if before and foreign and each.text == GOD and before.text != SERVANT:
            joined[-1] = _joined([before, replace(each, text=SPOKEN_GOD)])
        else:
            joined.append(each)
    return joined


def _one_servant_name(spelled: list[_Spelled]) -> list[_Spelled]:
    """Write names like "abd al rahman" as one word."""
    stretches = servant_names([each.text for each in spelled])
    return [_joined(spelled[start:end]) for start, end in stretches]


def _chinese_systems(spelled: list[_Spelled], reading: Reading) -> frozenset[str]:
    if reading != "person" or any(not each.origin.isascii() for each in spelled):
        return frozenset()
    return chinese.systems([each.text for each in spelled])


def _joined(parts: list[_Spelled]) -> _Spelled:
    if len(parts) == 1:
        return parts[0]
    return replace(
        parts[-1],
        origin=" ".join(part.origin for part in parts),
        text="".join(part.text for part in parts),
        alternatives=(),
    )


def _word_steps(text: str, spelled: list[_Spelled]) -> list[tuple[str, bool]]:
    return [
        ("look-alikes folded", any(each.folded for each in spelled)),
        ("romanised", not text.isascii()),
        ("romanised by the fallback", any(each.fallback_letters for each in spelled)),
    ]


def _word(parts: list[_Spelled], found: Found, reading: Reading, habits: Habits) -> Word:
    """Make the word of one phrase, or of one written word with no class."""
    if len(parts) == 1:
        form = _Form(parts[0].text, parts[0].origin, parts[0].alternatives)
        return _make(form, found.meaning, reading, habits)
    text = " ".join(part.text for part in parts)
    origin = " ".join(part.origin for part in parts)
    return _make(_Form(text, origin), found.meaning, reading, habits)


class _Form(NamedTuple):
    """A word as spelled, as written, and as it may be romanised otherwise."""

    text: str
    origin: str
    others: tuple[str, ...] = ()


@lru_cache(maxsize=32_768)
def _make(form: _Form, meaning: Meaning | None, reading: Reading, habits: Habits) -> Word:
    """Make a word; the same word again is the same object."""
    text, origin, others = form
    vowelled = not _ABJADS & scripts(origin)
    if meaning is not None:
        wordclass, canon, countries = meaning
        codes = frozenset({f"{wordclass}:{canon}", *(f"{STATE}{each}" for each in countries)})
        if wordclass in _SPOKEN:
            codes |= written_codes((text, *others), vowelled=vowelled)
        weight, known = class_weight(wordclass), True
    elif text.isdecimal():
        wordclass, canon = "number", str(int(text)) if len(text) < 20 else text
        codes = frozenset({f"number:{canon}"})
        weight, known = class_weight(wordclass), True
    elif len(text) == 1:
        wordclass, canon, codes = "initial", "", frozenset[str]()
        weight, known = class_weight(wordclass), True
    else:
        wordclass, canon = "name", ""
        spellings = (text, *others)
        codes = name_codes(spellings, origin, reading=reading, habits=habits, vowelled=vowelled)
        weight, known = name_weight(text), attested(text)
    key, foreign = keys.sound_key(text), not origin.isascii()
    return Word(text, origin, wordclass, canon, weight, key, codes, known, foreign)


def _is_korean(text: str, found: list[Found], spelled: list[_Spelled], reading: Reading) -> bool:
    """Tell whether Korean habits apply: Hangul, a mention of Korea, or a surname and syllables."""
    if "Hang" in scripts(text):
        return True
    if any(each.meaning and each.meaning.canon in {"korea", "kp", "kr"} for each in found):
        return True
    texts = [each.text for each in spelled]
    return (
        reading == "person"
        and any(text in korean_surnames() for text in texts)
        and all(text in korean_surnames() or keys.korean_key(text) for text in texts)
    )


def _damage(name: str, spelled: list[_Spelled]) -> str:
    if clean.REPLACEMENT in name:
        return "the name holds replacement characters: its encoding is damaged"
    lost = " ".join(each.origin for each in spelled if each.dropped and not each.text)
    return f"no rule romanises this part of the name: {lost}" if lost else ""


def _unscreenable(text: str, spelled: list[_Spelled]) -> str:
    if not any(script_of(char) != "Zyyy" or char.isalnum() for char in text):
        return "the name holds no letters or digits"
    return "" if any(each.text for each in spelled) else "no letter of the name can be romanised"
