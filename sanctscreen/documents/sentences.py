"""Cut a text into blocks and sentences without losing the offsets.

A block is a paragraph, a heading or a bullet. A line break inside a paragraph that was wrapped
by hand is a space; before a bullet, after a short line or at an empty line it ends the block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sanctscreen.documents import vocabulary

BULLET = re.compile(r"[ \t]*(?:[•◦▪‣·●–—*+-]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W_a-z])")
LAST_WORD = re.compile(r"\S+$")
#: A capitalised word that opens a sentence even after an abbreviation ("… of the U.S. The …").
OPENER = re.compile(
    r"\s+[\"“(]?(?:The|A|An|In|On|He|She|It|They|This|These|That|His|Her|Its)(?![\w.])"
)
#: Legal forms close a name, and before a capital the sentence as well ("… Ltd. Its owner …").
LEGAL = re.compile(r"(?:Inc|Ltd|Co|Corp|Ltda|Bhd|Kft)\.$")
INITIAL = re.compile(r"^[(\"“]?[A-Z]\.$")
WRAP_WIDTH = 55
WRAPPED_WIDTH = 100
HEADING_WIDTH = 160
TITLE_CASE = 0.6


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document.

    Attributes:
        start: offset of its first character.
        end: offset after the last one.
        text: the words, exactly ``document.text[start:end]``.
        block: number of its block.
        bullet: whether the block is an item of a list.
        heading: whether the block is a heading in Title Case, which tells names from words
            by nothing.
    """

    start: int
    end: int
    text: str
    block: int
    bullet: bool = False
    heading: bool = False


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order.

    >>> [each.text for each in sentences("Mr. A. Smith met J. Doe. He left.")]
    ['Mr. A. Smith met J. Doe.', 'He left.']
    """
    found: list[Sentence] = []
    for number, (start, end, bullet) in enumerate(_blocks(text)):
        heading = not bullet and _title_case(text[start:end])
        for left, right in _split(text, start, end):
            found.append(Sentence(left, right, text[left:right], number, bullet, heading))
    return tuple(found)


def _blocks(text: str) -> list[tuple[int, int, bool]]:
    """Return start, end and whether it is a bullet, of each block."""
    by_hand = max(map(len, text.split("\n"))) <= WRAPPED_WIDTH
    blocks: list[tuple[int, int, bool]] = []
    previous = ""
    for match in re.finditer(r"[^\n]*(?:\n|\Z)", text):
        line = match[0].rstrip()
        if line.strip():
            mark = BULLET.match(line)
            start = match.start() + (mark.end() if mark else len(line) - len(line.lstrip()))
            end = match.start() + len(line)
            if previous and not mark and _wrapped(previous, line.strip(), by_hand=by_hand):
                blocks[-1] = (blocks[-1][0], end, blocks[-1][2])
            else:
                blocks.append((start, end, bool(mark)))
        previous = line.strip()
    return blocks


def _wrapped(previous: str, line: str, *, by_hand: bool) -> bool:
    """Whether a line goes on with the sentence of the line before it.

    Args:
        previous: the line before.
        line: the line.
        by_hand: whether no line of the text is longer than a hand-wrapped one.
    """
    if previous.endswith((".", "!", "?", ":", ".”", '."')):
        return len(previous) >= WRAP_WIDTH and not previous.endswith(":")
    return line[0].islower() or (by_hand and len(previous) >= WRAP_WIDTH)


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, left = [], start
    for match in SENTENCE_END.finditer(text, start, end):
        before = LAST_WORD.search(text[left : match.end()])
        word = before[0] if before else ""
        if match[0].startswith(".") and _abbreviated(word, text[match.end() : end]):
            continue
        spans.append((left, match.end()))
        left = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
    if left < end:
        spans.append((left, end))
    return spans


def _abbreviated(word: str, rest: str) -> bool:
    """Whether a full stop belongs to an abbreviation and ends no sentence."""
    bare = word.lstrip("(\"“'")
    if not (INITIAL.match(word) or bare in vocabulary.words("abbreviations", "form")):
        return False
    if LEGAL.match(bare) and (following := re.match(r"\s+([^\W\d_][\w.]*)", rest)):
        return following[1] in vocabulary.words("legal_forms", "form")
    return OPENER.match(rest) is None


def _title_case(block: str) -> bool:
    """Whether a short line without a full stop has mostly capitalised words."""
    if len(block) > HEADING_WIDTH or block.rstrip().endswith((".", ":", ";", ",", "!", "”")):
        return False
    long = list(re.findall(r"[^\W\d_]{3,}", block))
    upper = sum(word[0].isupper() for word in long)
    return len(long) >= 4 and upper / len(long) >= TITLE_CASE
