"""Names that a document holds and the list does not, each with its role and the reason."""

from __future__ import annotations

import re

from sanctscreen.documents import vocabulary
from sanctscreen.documents.figures import Cast, Figure
from sanctscreen.documents.model import Document
from sanctscreen.documents.roles import REASONS
from sanctscreen.model import Citation, LeftOut

DENIED = {
    "negated": "named, and the document denies a designation",
    "hypothetical": "named, and the document only supposes or asks for a designation",
}


def left_out(
    document: Document, cast: Cast, listed: set[int], denials: dict[int, str]
) -> tuple[LeftOut, ...]:
    """Return every figure of a document that is not listed.

    Args:
        document: the document.
        cast: its figures.
        listed: identities (``id``) of the figures that are listed.
        denials: identity → ``negated`` or ``hypothetical``.
    """
    return tuple(
        _record(document, cast, figure, denials.get(id(figure)))
        for figure in cast.figures
        if id(figure) not in listed and figure.mentions
    )


def _record(document: Document, cast: Cast, figure: Figure, denial: str | None) -> LeftOut:
    role = _role(figure, cast)
    reason = DENIED[denial] if denial and role == "mentioned" else REASONS[role]
    first = figure.mentions[0]
    words = document.text[first.start : first.end]
    citation = Citation(source=document.id, start=first.start, end=first.end, words=words)
    return LeftOut(name=figure.name, role=role, reason=reason, citation=citation)


def _role(figure: Figure, cast: Cast) -> str:
    """Return the role; a person who speaks, or goes by an office, is an official."""
    if figure.role != "party":
        return figure.role
    offices = vocabulary.mapping("titles", "word", "role")
    if any(offices.get(title) == "official" for title in figure.titles) and _speaks(figure, cast):
        return "official"
    return "official" if figure.kind == "person" and _speaks(figure, cast) else "mentioned"


def _speaks(figure: Figure, cast: Cast) -> bool:
    """Whether the document quotes a figure: "said A", "A, acting director, stated"."""
    verbs = "|".join(vocabulary.words("speech"))
    behind = re.compile(rf"(?:, [^.;“”\"]{{3,160}},)? (?:{verbs})\b")
    before = re.compile(
        rf"[”\",] (?:{verbs})(?: (?:[A-Z]|Mrs?|Ms|Dr|Gen)\.| (?!that\b)[\w’'-]+){{0,8}} $"
    )
    return any(
        behind.match(cast.text, each.end)
        or before.search(cast.text[max(0, each.start - 80) : each.start])
        for each in figure.mentions
    )
