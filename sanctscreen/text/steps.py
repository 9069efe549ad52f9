"""The steps that clean a whole name, in their order; each that changed something is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
_ASCII_STEPS_FOR = {
    reading: tuple(step for step in steps if step[1] not in BEYOND_ASCII)
    for reading, steps in STEPS_FOR.items()
}


def apply_steps(name: str, reading: Reading) -> tuple[str, list[str]]:
    """Clean a name.

    Returns:
        The text, and the names of the steps that changed something.
    """
    is_plain = name.isascii() and name.isprintable()
    text, steps = name, []
    for step, function in (_ASCII_STEPS_FOR if is_plain else STEPS_FOR)[reading]:
        changed = function(text)
        if changed != text:
            steps.append(step)
            text = changed
    return text, steps
