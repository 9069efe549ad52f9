"""A word of a normalised name: its spelling, its class, its weight and its keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

WordClass = Literal[
    "name",
    "initial",
    "number",
    "place",
    "sector",
    "direction",
    "generic",
    "legal",
    "particle",
    "religious",
    "title",
]

#: How a name is read: business words and legal forms mean nothing in a person's name.
Reading = Literal["person", "organisation", "vessel"]

#: Marks the countries where a legal form is at home; words do not agree by it.
STATE = "state:"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or one phrase that counts as a word ("limited liability company").

    Attributes:
        text: the normalised spelling, lower-case ASCII.
        origin: the word as it was written, for an explanation; it takes no part in equality.
        wordclass: what sort of word it is; the weight follows from it.
        canon: what the word means where its class is known ("llc", "bank", "ru", "2"), else "".
        weight: 0 to 1, how much the word tells; rare name words weigh most.
        key: the sound key, see `sanctscreen.text.keys`.
        codes: ``"type:value"`` keys; two words that share one agree by that type.
        attested: whether the word is known to exist, so that it is hardly another one misspelled.
        foreign: whether it was romanised from another script.
        cut: whether its end may be missing, since the name fills its field to the last letter.
    """

    text: str
    origin: str = field(compare=False)
    wordclass: WordClass
    canon: str
    weight: float
    key: str
    codes: frozenset[str]
    attested: bool
    foreign: bool = False
    cut: bool = False

    def __hash__(self) -> int:
        """Hash by spelling alone: words are looked up more often than anything else here."""
        return hash(self.text)
