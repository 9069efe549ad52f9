"""What a name phrase stands for, by its own words: a party, or somebody who is never listed."""

from __future__ import annotations

import re
from typing import Literal

from sanctscreen.documents import vocabulary
from sanctscreen.documents.names import Mention, generic_word, is_organisation
from sanctscreen.documents.tokens import PREFIXED
from sanctscreen.documents.vocabulary import plain
from sanctscreen.model import Kind

Role = Literal[
    "party", "authority", "media", "place", "instrument", "law_firm", "position", "official",
    "photo_credit", "boilerplate", "mentioned", "unnamed", "other",
]  # fmt: skip

REASONS: dict[str, str] = {
    "authority": "an authority or public body, which the document does not call sanctioned",
    "media": "a medium that the document cites",
    "place": "a place",
    "instrument": "a law, order, resolution, list or programme",
    "law_firm": "a law firm",
    "official": "an official who is quoted or named for an office",
    "photo_credit": "the credit of a picture",
    "mentioned": "named, but the document does not say that it is designated or sanctioned",
    "unnamed": "not named, and the document does not announce it as designated",
}

LAW_FIRM = re.compile(
    r"\b(?:LLP|L\.L\.P\.|Chambers|Solicitors|Advocates|Attorneys|Law (?:Firm|Group|Offices?))\b"
)
BODY = re.compile(
    r"^(?:(?:[A-Z][\w.’']+ )*)(?:Ministry|Department|Parliament|Congress|Senate|Government|"
    r"Commission|Council|Cabinet|Embassy|Court|Tribunal|Secretariat|Bundestag|Duma|Directorate)"
    r"(?: (?:of|for|on)\b.*)?$"
)
SURNAME_LENGTH = 4


def role_of(mention: Mention) -> Role:
    """Return what a phrase stands for by its own words; ``party`` where nothing excludes it.

    >>> role_of(Mention(0, 7, "Reuters")), role_of(Mention(0, 8, "MRB Bank"))
    ('media', 'party')
    """
    name = plain(mention.name)
    tests: tuple[tuple[Role, bool], ...] = (
        ("authority", authority(name) is not None),
        ("media", name in vocabulary.mapping("media", "form", "name")),
        ("place", _is_place(name)),
        ("instrument", bool(vocabulary.instrument().search(name)) and not _legal(name)),
        ("law_firm", LAW_FIRM.search(name) is not None),
        ("position", _is_position(name)),
        ("authority", BODY.match(name) is not None and not _legal(name)),
    )
    return next((role for role, holds in tests if holds), "party")


def _is_place(name: str) -> bool:
    """Whether a phrase is a place or its adjective; a dateline writes it in capitals."""
    spelt = name.title() if name.isupper() and len(name) > 4 else name
    return spelt in vocabulary.words("places", "name") or spelt in vocabulary.demonyms()


def _is_position(name: str) -> bool:
    """Whether a phrase is an office and not a name: "Secretary of the Treasury for …"."""
    words = name.split()
    if all(word in vocabulary.words("titles") or word in vocabulary.demonyms() for word in words):
        return True
    office = words[0] in vocabulary.words("titles") and re.search(r" (?:of|for) ", name)
    return bool(office) and not is_organisation(words[-1])


def authority(name: str) -> str | None:
    """Return the full name of an authority that goes by ``name``, or ``None``."""
    return vocabulary.mapping("authorities", "form", "name").get(plain(name))


def canonical(name: str, role: Role) -> str:
    """Return the full name of an authority, a medium or a place that goes by ``name``.

    >>> canonical("OFAC", "authority"), canonical("Russian", "place"), canonical("X", "party")
    ('Office of Foreign Assets Control', 'Russia', 'X')
    """
    if role == "place":
        return vocabulary.demonyms().get(name, name)
    media = vocabulary.mapping("media", "form", "name").get(plain(name))
    return authority(name) or media or name if role in ("authority", "media") else name


def own_kind(mention: Mention) -> Kind | None:
    """Return the kind that the words of a name show, or ``None``."""
    words = mention.name.replace(",", " ").split()
    if any(is_organisation(word) for word in words):
        return "entity"
    if mention.titles:
        return "person"
    return "person" if _personal(words) else None


def _personal(words: list[str]) -> bool:
    """Whether two to five words are a person's name by a given name or a family name's ending."""
    if not 2 <= len(words) <= SURNAME_LENGTH + 1 or any(not word[0].isalpha() for word in words):
        return False
    if any(word == "of" for word in words):
        return False
    given = {word.title() for word in words[:2]} & vocabulary.words("given_names", "name")
    endings = tuple(vocabulary.words("surname_endings", "ending"))
    surname = any(
        len(word) > SURNAME_LENGTH and word.lower().endswith(endings) for word in words[1:]
    )
    if any(PREFIXED.match(word) for word in words):
        return True
    particle = any(word in vocabulary.words("particles") for word in words[1:-1])
    return bool(given) or particle or (surname and not any(generic_word(word) for word in words))


def _legal(name: str) -> bool:
    return any(word in vocabulary.words("legal_forms", "form") for word in re.split(r"[ ,]+", name))
