"""The steps that clean a whole name, in their order; each that changed something is named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sanctscreen.text import clean, digits, initials
from sanctscreen.text.words import Reading

Steps = tuple[tuple[str, Callable[[str], str]], ...]

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
STEPS_FOR: Mapping[Reading, Steps] = {
    "person": (*STEPS[:3], ("surname moved last", clean.surname_last), *STEPS[3:]),
    "organisation": (*STEPS[:5], ("initialism dropped", initials.drop_initialism), *STEPS[5:]),
    "vessel": STEPS,
}
#: What these do is done to characters that no printable ASCII text has.
BEYOND_ASCII = frozenset({clean.repair, clean.compose, clean.strip_invisible, clean.to_latin})
#: What these do takes a mark or a digit beside letters and spaces.
BEYOND_LETTERS = BEYOND_ASCII | {clean.surname_last, clean.join_apostrophes, digits.read_digits}


def _without(skipped: Collection[Callable[[str], str]]) -> Mapping[Reading, Steps]:
    return {
        reading: tuple(step for step in steps if step[1] not in skipped)
        for reading, steps in STEPS_FOR.items()
    }


_ASCII_STEPS_FOR, _LETTERS_STEPS_FOR = _without(BEYOND_ASCII), _without(BEYOND_LETTERS)


def apply_steps(name: str, reading: Reading) -> tuple[str, list[str]]:
    """Clean a name.

    Returns:
        The text, and the names of the steps that changed something.
    """
    every = STEPS_FOR
    if name.isascii() and name.isprintable():
        every = _LETTERS_STEPS_FOR if name.replace(" ", "").isalpha() else _ASCII_STEPS_FOR
    text, steps = name, []
    for step, function in every[reading]:
        changed = function(text)
        if changed != text:
            steps.append(step)
            text = changed
    return text, steps
