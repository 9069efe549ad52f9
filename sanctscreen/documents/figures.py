"""Who appears in a document: every name phrase resolved to a figure, with kind and aliases.

"Petrov", "Petrov's" and "Ivan Petrov" are one figure; so are "Foreign Trade Bank" and "North
Korean Foreign Trade Bank", and "Petrov Holding LLC (PHL)" and "PHL".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sanctscreen.documents import aliases, context, vocabulary
from sanctscreen.documents.forms import core, has_legal_form
from sanctscreen.documents.model import slug
from sanctscreen.documents.names import Mention, generic_word, is_organisation, mentions
from sanctscreen.documents.roles import Role, canonical, own_kind, role_of
from sanctscreen.documents.sentences import Sentence
from sanctscreen.model import Kind, NameType


@dataclass
class Figure:
    """Whoever one or several name phrases of a document stand for.

    Attributes:
        name: the form that the list would carry as primary.
        role: what it stands for by its own words.
        mentions: where it is named, in order.
        aliases: other names that the document gives it, with their type.
        kind: the kind that the words show, if any.
        places: where the document puts it, as written.
        nationalities: adjectives of nationality, as written.
        titles: titles and offices before its name.
    """

    name: str
    role: Role
    mentions: list[Mention] = field(default_factory=list)
    aliases: dict[str, NameType] = field(default_factory=dict)
    kind: Kind | None = None
    places: dict[str, None] = field(default_factory=dict)
    nationalities: dict[str, None] = field(default_factory=dict)
    titles: dict[str, None] = field(default_factory=dict)


class Cast:
    """All figures of a document, and who stands at which offset."""

    def __init__(self, text: str, sentences: Iterable[Sentence]) -> None:
        self.text = text
        self.figures: list[Figure] = []
        self._at: dict[int, Figure] = {}
        self._keys: dict[str, Figure] = {}
        self.absorbed: set[int] = set()
        found = [each for line in sentences if not line.heading for each in mentions(line, text)]
        self._found = [each for each in found if not self._ordinary(each)]
        for mention in sorted(self._found, key=lambda each: (" " not in each.name, each.start)):
            if mention.start not in self.absorbed and role_of(mention) != "position":
                self._enter(mention)
        self.figures.sort(key=lambda each: each.mentions[0].start if each.mentions else 0)

    def at(self, start: int) -> Figure | None:
        """Return the figure whose name begins at this offset."""
        return self._at.get(start)

    @property
    def mentions(self) -> list[Mention]:
        """Every name phrase of the document that stands for a figure, in order."""
        return [each for each in self._found if each.start in self._at]

    def _ordinary(self, mention: Mention) -> bool:
        """Whether one capitalised word is just the first of a sentence."""
        word = mention.name
        if " " in word or mention.titles or word.isupper() or not word[1:].islower():
            return False
        if word.endswith("ly"):
            return True
        opens = re.search(r"(?:^|[.!?:\n•]|[“\"])\s*$", self.text[: mention.start]) is not None
        return opens and re.search(rf"\b{re.escape(word.lower())}\b", self.text) is not None

    def _enter(self, mention: Mention) -> None:
        role = role_of(mention)
        figure = self._known(mention, role) or self._new(mention, role)
        figure.mentions.append(mention)
        figure.mentions.sort(key=lambda each: each.start)
        self._at[mention.start] = figure
        figure.titles.update(dict.fromkeys(mention.titles))
        if role == "party":
            context.describe(figure, mention, self.text)
            figure.kind = figure.kind or own_kind(mention)
            self._alias(figure, mention)

    def _known(self, mention: Mention, role: Role) -> Figure | None:
        """Return the figure that a phrase names again, or ``None`` for a new one."""
        exact = self._keys.get(slug(canonical(mention.name, role)))
        if exact or role != "party":
            return exact
        known = self._keys.get(core(mention.name))
        if known and not (has_legal_form(known.name) and has_legal_form(mention.name)):
            if has_legal_form(mention.name) and core(known.name) == core(mention.name):
                known.name = mention.name
                self._keys[slug(mention.name)] = known
            return known
        return self._with_demonym(mention) or self._short(mention)

    def _with_demonym(self, mention: Mention) -> Figure | None:
        """Resolve "North Korean Foreign Trade Bank" to "Foreign Trade Bank", and back."""
        bare = _without_demonym(mention.name)
        if bare and (figure := self._keys.get(slug(bare))):
            figure.aliases[mention.name] = "aka"
            self._keys[slug(mention.name)] = figure
            return figure
        for figure in self.figures:
            if figure.role == "party" and _without_demonym(figure.name) == mention.name:
                figure.aliases[figure.name] = "aka"
                figure.name = mention.name
                self._keys[slug(mention.name)] = figure
                return figure
        return None

    def _short(self, mention: Mention) -> Figure | None:
        """Resolve a family name, or given and family name without the middle one."""
        parts = mention.name.split()
        if len(parts) == 1 and (body := self._first_word(parts[0])):
            return body
        if len(parts) > 2 or any(is_organisation(each) for each in parts):
            return None
        fitting = [each for each in self.figures if _person_fits(each, parts)]
        return fitting[0] if len(fitting) == 1 else None

    def _first_word(self, word: str) -> Figure | None:
        """Resolve "Corvane" to "Corvane Marine Insurance" where only one name begins so."""
        fitting = [
            each
            for each in self.figures
            if each.role == "party" and each.kind == "entity" and each.name.split()[0] == word
        ]
        return fitting[0] if len(fitting) == 1 and not generic_word(word) else None

    def _new(self, mention: Mention, role: Role) -> Figure:
        figure = Figure(canonical(mention.name, role), role)
        self.figures.append(figure)
        self._keys[slug(figure.name)] = figure
        if role == "party":
            self._keys.setdefault(core(mention.name), figure)
        return figure

    def _alias(self, figure: Figure, mention: Mention) -> None:
        """Take in the other names that stand behind a name."""
        for name, type_, start, end in aliases.after(mention, self.text):
            family_name = figure.kind == "person" and name in figure.name.split()
            if slug(name) != slug(figure.name) and not family_name:
                figure.aliases.setdefault(name, type_)
            self._keys.setdefault(slug(name), figure)
            for each in self._found:
                if start <= each.start < end:
                    self.absorbed.add(each.start)


def _without_demonym(name: str) -> str | None:
    """Return an entity's name without the adjective of its country, if it begins with one."""
    match = vocabulary.leading_demonym().match(name)
    rest = name[match.end() :].strip() if match else ""
    named = any(is_organisation(word) for word in rest.split())
    return rest if named and len(rest.split()) > 1 else None


def _person_fits(figure: Figure, parts: list[str]) -> bool:
    words = figure.name.split()
    if figure.role != "party" or figure.kind not in ("person", None) or len(words) < 2:
        return False
    if any(is_organisation(word) for word in words) or len(words) <= len(parts):
        return False
    if len(parts) == 1:
        return parts[0] in (words[0], words[-1])
    return parts in ([words[0], words[-1]], words[-2:], words[:2])
