"""Which words of a name are legal forms, titles, places, numerals or common business words.

The tables hold phrases in many languages and scripts. Each is spelled by the same steps as a
name, so that a form in its own script and its romanisation meet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import cast

from rapidfuzz.distance import OSA

from sanctscreen.collector import unhurried_collector
from sanctscreen.data import columns, table
from sanctscreen.text.adjectives import concept_of
from sanctscreen.text.keys import shape_key
from sanctscreen.text.phrases import Meaning, Phrases
from sanctscreen.text.rarity import attested
from sanctscreen.text.scripts import COMMON, script_of
from sanctscreen.text.words import Reading, WordClass
from sanctscreen.text.written import spell

_LATIN = frozenset({"Latn", COMMON})
#: Which classes of titles a reading knows.
_TITLES: dict[Reading, frozenset[str]] = {
    "person": frozenset({"honorific", "religious"}),
    "organisation": frozenset({"firm"}),
    "vessel": frozenset({"vessel"}),
}
#: A shorter word is too easily another word with a slip, or one misread.
LEAST_MENDED, LEAST_MISREAD = 4, 5


@lru_cache(maxsize=16_384)
def mend(word: str) -> str:
    """Return the phrase word that a word of a firm shortens or misspells, or the word itself.

    A slip in "company" must not turn a legal form into a word of the name proper, nor one in
    "traffiking" take the drugs out of "drug trafficking organization".

    >>> mend("cmopany"), mend("cornpany")
    ('company', 'company')
    """
    if full := _abbreviated().get(word):
        return full
    counts = _phrase_words()
    if len(word) < LEAST_MENDED or word in counts or attested(word):
        return word
    if len(word) >= LEAST_MISREAD and (misread := _by_shape().get(shape_key(word))):
        return misread
    near = [each for each in _alike(word) if OSA.distance(word, each, score_cutoff=1) <= 1]
    return max(near, key=lambda each: (counts[each], each), default=word)


@cache
def _abbreviated() -> dict[str, str]:
    """Return the one word that each abbreviation stands for."""
    rows = reversed(table("abbreviations"))
    return {row["short"]: row["long"] for row in rows if " " not in row["short"] + row["long"]}


@cache
def _by_shape() -> dict[str, str]:
    counts = _phrase_words()
    return {shape_key(word): word for word in sorted(counts, key=lambda each: (counts[each], each))}


def _alike(word: str) -> set[str]:
    """Return the phrase words with the same first or last two letters; one slip leaves either."""
    by_end = _by_end()
    return {*by_end.get((0, word[:2]), ()), *by_end.get((1, word[-2:]), ())}


@cache
def _by_end() -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for word in _phrase_words():
        found[0, word[:2]].append(word)
        found[1, word[-2:]].append(word)
    return dict(found)


@cache
def _phrase_words() -> Counter[str]:
    """Return the words of legal forms and of phrases, with the number that have them."""
    legal = [_spelled(row["form"]) for row in table("legal_forms") if _is_latin(row["form"])]
    common = (form for form in columns("concepts")["form"] if " " in form and form.isascii())
    counts = Counter(" ".join([*legal, *common]).split(" "))
    return Counter({word: n for word, n in counts.items() if len(word) >= LEAST_MENDED})


@cache
def phrases(reading: Reading, *, foreign: bool) -> Phrases:
    """Return the phrases that have a meaning in this reading.

    Args:
        reading: how the name is read.
        foreign: whether forms of other scripts are wanted; to romanise them takes its time, and
            what is written in Latin letters stands in the tables so.
    """
    with unhurried_collector():
        found: dict[str, Meaning] = {}
        for form, meaning in _meant(reading):
            if form.isascii() and "." not in form:
                found.setdefault(form, meaning)  # it stands in the table as it is spelled
            elif foreign or _is_latin(form):
                found.setdefault(_spelled(form), meaning)
        found.pop("", None)
        return Phrases(found, _adjective if reading == "organisation" else lambda _: None)


def _adjective(word: str) -> Meaning | None:
    concept = concept_of(word) or ""
    kind, _, place = concept.partition(":")
    return Meaning("place", place) if place else _meanings().get(kind)


def _is_latin(form: str) -> bool:
    return form.isascii() or all(script_of(char) in _LATIN for char in form)


def _spelled(form: str) -> str:
    """Spell a form of any script; those in Latin letters stand in the tables so."""
    return form if form.isascii() and "." not in form else " ".join(spell(form))


def _meant(reading: Reading) -> Iterator[tuple[str, Meaning]]:
    """Yield the forms that have a meaning in a reading; the first meaning of a form counts."""
    parts = [_titles(reading), _particles(reading)]
    if reading == "organisation":
        parts += [_legal_forms(), _places(), _concepts(), _numerals()]
    if reading == "vessel":
        parts += [_places(), _numerals()]
    return chain.from_iterable(parts)


def _titles(reading: Reading) -> Iterable[tuple[str, Meaning]]:
    wanted = _TITLES[reading]
    for row in table("titles"):
        if row["class"] in wanted:
            wordclass = "religious" if row["class"] == "religious" else "title"
            yield row["form"], Meaning(cast("WordClass", wordclass), row["form"])


def _particles(reading: Reading) -> Iterable[tuple[str, Meaning]]:
    for row in table("particles"):
        if reading == "person" or row["class"] in {"article", "conjunction", "function"}:
            one = row["class"] in {"article", "conjunction"}
            canon = row["class"] if one else row["meaning"] or row["form"]
            yield row["form"], Meaning("particle", canon)


def _legal_forms() -> Iterable[tuple[str, Meaning]]:
    for row in table("legal_forms"):
        yield row["form"], Meaning("legal", row["class"].lower(), tuple(row["countries"].split()))


def _places() -> Iterable[tuple[str, Meaning]]:
    for row in table("countries"):
        yield row["form"], Meaning("place", row["code"])


def _numerals() -> Iterable[tuple[str, Meaning]]:
    for row in table("numerals"):
        yield row["form"], Meaning("number", row["value"])


def _concepts() -> Iterable[tuple[str, Meaning]]:
    forms = columns("concepts")
    known = dict(zip(forms["form"], map(_meanings().__getitem__, forms["concept"]), strict=True))
    yield from known.items()
    for row in table("abbreviations"):
        if row["long"] in known:
            yield row["short"], known[row["long"]]


@cache
def _meanings() -> dict[str, Meaning]:
    """Return what each concept means."""
    forms = columns("concepts")
    classes = dict(zip(forms["concept"], forms["weight_class"], strict=True))
    return {each: Meaning(cast("WordClass", given), each) for each, given in classes.items()}
