"""Parentheses that stand inside parentheses, as the entries of official notices have them."""

from __future__ import annotations


def last_group(text: str) -> str:
    """Return the inside of the parentheses that close the text; empty if none do."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth == 0:
            return text[place + 1 : -1]
    return ""


def split(text: str, separator: str = ";") -> list[str]:
    """Split at separators that stand in no parentheses; empty parts are left out.

    >>> split("a.k.a. A (Cyrillic: А; Б); a.k.a. B")
    ['a.k.a. A (Cyrillic: А; Б)', 'a.k.a. B']
    """
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == separator and depth <= 0:
            parts.append(text[start:place])
            start = place + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]


def first_group(text: str) -> str:
    """Return the inside of the parentheses that open the text; all of it if they never close."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:place]
    return text[1:]


def leading_groups(text: str) -> tuple[list[str], str]:
    """Take the parenthesised groups off the start; return their insides and what follows.

    >>> leading_groups("(a.k.a. A) (Korean: 가), Moscow")
    (['a.k.a. A', 'Korean: 가'], ', Moscow')
    """
    groups = []
    text = text.lstrip()
    while text.startswith("("):
        groups.append(first_group(text))
        text = text[len(groups[-1]) + 2 :].lstrip()
    return groups, text
