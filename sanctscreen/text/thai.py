"""Thai and Lao: letters in the order in which they are spoken, and syllables by their shape.

Both write some vowels before the consonant that they follow, leave others out, and spell the
end of a syllable otherwise than its beginning. Lao has the same letters as Thai, 128 places on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from sanctscreen.data import table

#: Letters and marks of both, without digits and the sign of the baht.
_LETTERS = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf]+")
_THAI = "\u0e01-\u0e2e"
_LAO_TO_THAI: dict[int, int | str] = {
    **{at: at - 0x80 for at in range(0x0E81, 0x0ECE)},
    0x0EBD: "\u0e35\u0e22",  # the letter for ia
    0x0EBB: "",  # the short o, which Thai leaves out
    0x0EDC: "\u0e2b\u0e19",
    0x0EDD: "\u0e2b\u0e21",
}
#: Tone marks and the like; and letters under the mark that silences them.
_TONES = re.compile("[\u0e47-\u0e4b\u0e4d\u0e4e\u0e3a]")
_SILENT = re.compile(f"[{_THAI}][\u0e34\u0e38]?\u0e4c")
_VOWELS = "\u0e30-\u0e39\u0e45"
#: A syllable: how it is written, where I is its beginning and F its end, and how its vowel sounds.
_SHAPES: tuple[tuple[str, str | None], ...] = (
    ("เIีย(?:ะ)?F?", "ia"),
    ("IียF?", "ia"),  # as Lao writes it
    ("เIือF?", "uea"),
    ("เIาะ", "o"),
    ("เIา", "ao"),
    ("เIิF?", "oe"),
    ("เIอF?", "oe"),
    ("เIย", "oei"),
    ("เIะ?F?", "e"),
    ("แIะ?F?", "ae"),
    ("โIะ?F?", "o"),
    ("[ไใ]Iย?", "ai"),
    ("Iัวะ?", "ua"),
    ("Iัย", "ai"),
    ("IัF", "a"),
    ("Iะ", "a"),
    ("IาF?", "a"),
    ("Iำ", "am"),
    ("IิF?", "i"),
    ("IีF?", "i"),
    ("IึF?", "ue"),
    ("Iือ?F?", "ue"),
    ("IุF?", "u"),
    ("IูF?", "u"),
    ("IรรF", "a"),
    ("Iรร", "an"),
    ("IอF?", "o"),
    ("IวF", "ua"),
    ("IF", "o"),
    (r"I\Z", None),  # silent, though some families write it
    ("I", "a"),
)
#: How a syllable begins, sounds and ends.
_Syllable = tuple[str, str | None, str]
_BEGINNING = f"(?:ห(?=[งญนมยรลว]))?(?P<initial{{0}}>[{_THAI}](?:[รลว](?=[{_VOWELS}]))?)"
_END = f"(?P<final{{0}}>[{_THAI}](?![{_VOWELS}]))"


def leading_letters(word: str, start: int = 0) -> str:
    """Return the Thai or Lao letters and marks that ``word`` has at ``start``."""
    found = _LETTERS.match(word, start)
    return found.group() if found else ""


@lru_cache(maxsize=4_096)
def spellings(word: str) -> tuple[str, ...]:
    """Spell a word by the royal system, and as families and firms do.

    >>> spellings("สมชาย")[0], spellings("ປະເທດ")[0]
    ('somchai', 'pathet')
    """
    thai = word.translate(_LAO_TO_THAI) if word[:1] >= "\u0e80" else word
    syllables = list(_syllables(_TONES.sub("", _SILENT.sub("", thai))))
    found = (_spelled(syllables, habit) for habit in range(_HABITS))
    return tuple(dict.fromkeys(found))


#: How many spellings the table gives a letter.
_HABITS = 2


def _spelled(syllables: list[_Syllable], habit: int) -> str:
    initials, finals = _letters("initial", habit), _letters("final", habit)
    spelled = ""
    for initial, vowel, final in syllables:
        if vowel is not None or habit:
            beginning = "".join(initials.get(letter, "") for letter in initial)
            spelled += beginning + (vowel or "a") + finals.get(final, "")
    return spelled


def _syllables(text: str) -> Iterator[_Syllable]:
    """Yield how each syllable begins, sounds and ends; what is none is left out."""
    for found in _pattern().finditer(text):
        at = int((found.lastgroup or "").removeprefix("shape"))
        parts = found.groupdict()
        yield parts[f"initial{at}"], _SHAPES[at][1], parts.get(f"final{at}") or ""


@cache
def _pattern() -> re.Pattern[str]:
    shapes = (
        f"(?P<shape{at}>{shape.replace('F', _END.format(at)).replace('I', _BEGINNING.format(at))})"
        for at, (shape, _) in enumerate(_SHAPES)
    )
    return re.compile("|".join(shapes))


@cache
def _letters(place: str, habit: int) -> dict[str, str]:
    """Return how letters are spelled in a place of the syllable, by a habit."""
    rows = table("romanize/Thai_letters")
    found = {row["letter"]: row[place].split() or [""] for row in rows}
    return {letter: each[min(habit, len(each) - 1)] for letter, each in found.items()}
