"""Name phrases: where a sentence names somebody or something, and nothing more.

A phrase is a run of capitalised words with the small words that names hold ("of", "for the",
"bin", "&"). What it names is decided later, in ``figures``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sanctscreen.documents import vocabulary
from sanctscreen.documents.sentences import Sentence
from sanctscreen.documents.tokens import POSSESSIVE, Token, openers, tokens
from sanctscreen.documents.vocabulary import plain

LINKS = frozenset(["of", "&", "de", "du", "y", "e"])
ARTICLES = frozenset(["the", "la", "los"])
#: Heads of names that may go on with "for": "Office for …", "Society for …".
FOR_HEADS = re.compile(
    r"^(?:Organi[sz]ation|Cent(?:re|er)|Office|Institute|Foundation|Fund|Society|Committee|"
    r"Ministry|Council|Company|Bank|Movement|Agency|Association|Secretar(?:y|iat)|Treasury|"
    r"Corporation|Union|Support|Academy|Commission)$"
)
AND_HEADS = re.compile(
    r"^(?:Ministry|Department|Bureau|Secretary|Directorate|Committee|Commission)$"
)
#: Prefixes of ships' names, which say the kind and are no part of the name.
SHIP_PREFIXES = frozenset(["M/V", "M/T", "F/V", "MV"])
DIGITS = re.compile(r"\d{1,6}$")
QUOTES = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name phrase where it stands.

    Attributes:
        start: offset of its first character in the document.
        end: offset after its last one, without a genitive's ``'s``.
        name: the phrase, with single spaces.
        possessive: whether it is a genitive, and so belongs to what follows.
        titles: the titles that stood before it and were taken off.
    """

    start: int
    end: int
    name: str
    possessive: bool = False
    titles: tuple[str, ...] = ()


def mentions(sentence: Sentence, text: str) -> list[Mention]:
    """Return the name phrases of a sentence, in order and not overlapping.

    >>> from sanctscreen.documents.sentences import sentences
    >>> line = "Mr. Ivan Petrov runs Bank of Example, LLC."
    >>> [each.name for each in mentions(sentences(line)[0], line)]
    ['Ivan Petrov', 'Bank of Example, LLC']
    """
    found: list[Mention] = []
    stream = tokens(sentence.text, sentence.start)
    place = 0
    while place < len(stream):
        end = _run(stream, place, text)
        adjective = _before_modifier(stream, place, end) or _before_noun(stream, place, end)
        if end > place and not adjective:
            found.extend(_divide(stream[place:end], text))
        place = max(end, place + 1)
    return found


def _before_modifier(stream: list[Token], place: int, end: int) -> bool:
    """Whether a run is the first half of an adjective such as "Hong Kong-based"."""
    if end >= len(stream) or not stream[end].modifier:
        return False
    words = [*(token.text for token in stream[place:end]), stream[end].text.rpartition("-")[0]]
    return " ".join(words) in vocabulary.words("places", "name")


def _before_noun(stream: list[Token], place: int, end: int) -> bool:
    """Whether a run is an adjective of an unknown place: "a Ruritanian businessman".

    Those of known places are kept: they tell a nationality.
    """
    if end != place + 1 or not 0 < place < len(stream) - 1 or _place(stream[place:end]):
        return False
    noun = stream[end].text
    is_noun = noun.islower() and noun in vocabulary.kind_nouns()
    return is_noun and stream[place - 1].text.lower() in {"a", "an"}


def _run(stream: list[Token], place: int, text: str) -> int:
    """Return where the run of capitalised words that starts at ``place`` ends."""
    if not stream[place].capital or not stream[place].text[0].isalpha():
        return place
    if length := _fixed(stream, place, text):
        return place + length
    end = place + 1
    while end < len(stream) and not stream[end - 1].possessive:
        step = _step(stream, place, end, text)
        if not step:
            break
        end += step
    return end


def _step(stream: list[Token], start: int, end: int, text: str) -> int:
    """Return how many tokens more belong to the run: 0 ends it."""
    token, before = stream[end], stream[end - 1]
    if "\n\n" in text[before.end : token.start]:
        return 0
    if token.capital:
        return 0 if before.modifier else 1
    if DIGITS.match(token.text) and token.start - before.end == 1:
        return 1
    if token.text == "," and _capital(stream, end + 1):
        return 2 if stream[end + 1].text in vocabulary.words("legal_forms", "form") else 0
    if token.text in QUOTES and _names_by_quote(before):
        return _quoted(stream, end)
    return _linked(stream, start, end)


def _linked(stream: list[Token], start: int, end: int) -> int:
    """Return the length of a small word with the capital after it, if names hold such."""
    word, head = stream[end].text, stream[start:end]
    if word == "of" and _personal(head):
        return 0
    after = 2 if end + 1 < len(stream) and stream[end + 1].text in ARTICLES else 1
    if not _capital(stream, end + after):
        return 0
    if word in LINKS or (word in vocabulary.words("particles") and after == 1):
        return after + 1
    if word == "for" and any(FOR_HEADS.match(each.text) for each in head):
        return after + 1
    return after + 1 if word == "and" and _joined(stream, head, end + after) else 0


def _personal(head: list[Token]) -> bool:
    """Whether a run so far is a person's name, which "of" does not go on with."""
    words = [token.text for token in head]
    if len(words) < 2 or any(generic_word(word) for word in words):
        return False
    address = vocabulary.mapping("titles", "word", "role").get(words[0]) == "person"
    return address or any(word in vocabulary.words("given_names", "name") for word in words)


def _joined(stream: list[Token], head: list[Token], place: int) -> bool:
    """Whether "and" stands inside one name: "Mining and Development Trading Corporation".

    What follows must be nothing but generic words, or belong to a ministry's long name.
    """
    tail = []
    while place < len(stream) and stream[place].capital:
        tail.append(stream[place].text)
        place += 1
    generic = all(generic_word(word) for word in tail)
    closed = any(each.text in vocabulary.words("legal_forms", "form") for each in head)
    if generic and not closed and any(generic_word(each.text) for each in head[-1:]):
        return True
    official = any(AND_HEADS.match(each.text) for each in head[:-1])
    official = official and any(each.text in ("of", "for") for each in head)
    return official and not is_organisation(tail[-1])


def _names_by_quote(before: Token) -> bool:
    legal = before.text in vocabulary.words("legal_forms", "form")
    return legal or generic_word(before.text)


def _quoted(stream: list[Token], opening: int) -> int:
    """Return the length of a quoted part that belongs to a name: ``OOO “Romashka”``."""
    closing = QUOTES[stream[opening].text]
    for place in range(opening + 1, min(opening + 8, len(stream))):
        if stream[place].text == closing:
            return place - opening + 1
        if not (stream[place].capital or stream[place].text in LINKS):
            return 0
    return 0


def _capital(stream: list[Token], place: int) -> bool:
    return place < len(stream) and stream[place].capital


def _divide(run: list[Token], text: str) -> list[Mention]:
    """Take titles and leading small words off a run; it may hold two names around a title."""
    while run and (run[0].function or run[0].lower in LINKS or run[0].text.isdigit()):
        run = run[1:]
    if len(run) > 1 and run[0].text in SHIP_PREFIXES:
        run = run[1:]
    if len(run) > 1 and run[0].lower in openers() and _place(run[1:]) and not _place(run):
        run = run[1:]
    if len(run) > 1 and run[0].text == "List" and run[1].capital:
        run = run[1:]
    if not run or (len(run) == 1 and _nameless(run[0])):
        return []
    split = _title(run)
    if split is None:
        return [_mention(run, text)]
    left, right = split
    bare = all(generic_word(token.text) for token in run[:left])
    named = [] if bare else [_mention(run[:left], text)]
    titles = tuple(token.text for token in run[left:right])
    return [*named, _mention(run[right:], text, titles)]


def _title(run: list[Token]) -> tuple[int, int] | None:
    """Return where titles begin and end inside a run, if a person's name follows them."""
    name = " ".join(token.text for token in run)
    if fixed_name(name) or vocabulary.instrument().search(name):
        return None
    titled = [token.text in vocabulary.words("titles") for token in run]
    if not any(titled) or all(titled):
        return None
    right = len(run) - next(place for place, each in enumerate(reversed(titled)) if each)
    left = right
    while left and titled[left - 1]:
        left -= 1
    rest = run[right:]
    linked = left > 0 and run[left - 1].text in (*LINKS, "for", "the")
    if linked or not rest or len(rest) > 5 or any(_impersonal(token) for token in rest):
        return None
    return left, right


def fixed_name(name: str) -> bool:
    """Whether a phrase is the name of an authority or a medium in the tables."""
    known = (vocabulary.words("authorities", "form"), vocabulary.words("media", "form"))
    return any(plain(name) in forms for forms in known)


def _nameless(token: Token) -> bool:
    """Whether a word alone names nobody: "Meanwhile", "Office", but not "Council"."""
    common = token.lower in openers() or generic_word(token.text)
    return common and not fixed_name(token.text)


def _place(run: list[Token]) -> bool:
    """Whether a run is a place and nothing else ("New US sanctions" names the US)."""
    name = " ".join(token.text for token in run)
    return name in vocabulary.words("places", "name") or name in vocabulary.demonyms()


def _impersonal(token: Token) -> bool:
    return is_organisation(token.text) or token.text in LINKS or token.text == "for"


def _mention(run: list[Token], text: str, titles: tuple[str, ...] = ()) -> Mention:
    start, end = run[0].start, run[-1].end
    words = text[start:end]
    possessive = run[-1].possessive or text[end : end + 2] in ("’ ", "' ")
    if run[-1].possessive:
        cut = POSSESSIVE.search(words)
        mark = re.search(r"['’]s?$", words) if cut else None
        end, words = (start + mark.start(), words[: mark.start()]) if mark else (end, words)
    return Mention(start, end, " ".join(words.split()), possessive, titles)


def is_organisation(word: str) -> bool:
    """Whether a capitalised word shows an entity by itself ("Bank", "LLC")."""
    legal = word in vocabulary.words("legal_forms", "form")
    return (
        legal or vocabulary.mapping("organisation_words", "word", "strength").get(word) == "strong"
    )


def generic_word(word: str) -> bool:
    """Whether a word of a name is a generic one or a legal form."""
    generic = word in vocabulary.words("organisation_words")
    return generic or word in vocabulary.words("legal_forms", "form")


@cache
def _fixed_forms() -> re.Pattern[str]:
    """Names of authorities, media and places that hold a comma or "and"."""
    forms = [row["form"] for table in ("authorities", "media") for row in vocabulary.rows(table)]
    forms += [row["name"] for row in vocabulary.rows("places")]
    chosen = sorted((each for each in forms if re.search(r",| and ", each)), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(plain(each)) for each in chosen)})\b")


def _fixed(stream: list[Token], place: int, text: str) -> int:
    """Return how many tokens a fixed form takes that begins here."""
    start = stream[place].start
    match = _fixed_forms().match(plain(text[start : start + 120]))
    if match is None:
        return 0
    return sum(start <= token.start and token.end <= start + match.end() for token in stream)
