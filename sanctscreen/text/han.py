"""Han characters: their readings, and names that Chinese writes without spaces cut into words.

One character is one syllable. The Mandarin reading is displayed; the name may as well be Korean,
Cantonese or Japanese, so that those readings are kept beside it as codes, each with a verdict
that says so. The tables are read when the first such name is seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, pairwise, product
from typing import NamedTuple

from sanctscreen.data import table
from sanctscreen.text import hangul
from sanctscreen.text.keys import cantonese_key, korean_key

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SINGLE = re.compile(f"[{_HAN}]")
#: Readings that are kept of one word.
MOST_READINGS = 8
#: An unknown stretch of more characters is hardly one word, and is cut into its syllables.
LONGEST_UNKNOWN = 3
#: Tables whose forms in Han characters are words that firms' names are made of.
_WORD_TABLES = ("concepts", "legal_forms", "countries", "numerals", "titles")
#: City, province, county and district: left out after a place.
_UNITS = "市省县区"


def is_han(text: str) -> bool:
    """Tell whether ``text`` has a Han character."""
    return not text.isascii() and _SINGLE.search(text) is not None


def without_spaces(text: str) -> str:
    """Remove the spaces between Han characters, which mean nothing in the name of a firm.

    >>> without_spaces("山东 港口 有限 公司 (hk)")
    '山东港口有限公司 (hk)'
    """
    return _spaces().sub("", text) if is_han(text) else text


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]+|[^{_HAN}]+")


@cache
def _spaces() -> re.Pattern[str]:
    return re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")


def leading_characters(word: str, start: int = 0) -> str:
    """Return the Han characters with a known reading that ``word`` has at ``start``."""
    end = start
    while end < len(word) and _SINGLE.match(word, end) and simplified(word[end]) in _mandarin():
        end += 1
    return word[start:end]


@lru_cache(maxsize=4_096)
def spellings(word: str) -> tuple[str, ...]:
    """Spell one word by its Mandarin readings, the usual one first.

    >>> spellings("小平"), spellings("曾"), spellings("重慶")
    (('xiaoping',), ('ceng', 'zeng'), ('chongqing',))
    """
    short = simplified(word)
    if known := _words().get(_without_unit(short)):
        return known
    readings = [_mandarin()[char] for char in short]
    usual = [each[0] for each in readings]
    found = ["".join(usual)]
    for at, others in enumerate(readings):
        found += ["".join([*usual[:at], other, *usual[at + 1 :]]) for other in others[1:]]
    return tuple(dict.fromkeys(found))[:MOST_READINGS]


@lru_cache(maxsize=4_096)
def divide_firm(word: str) -> tuple[str, ...]:
    """Cut the unspaced name of a firm at the words that the tables know, the longest first.

    What is unknown stays whole if it is short, and falls into syllables if it is not.

    >>> divide_firm("深圳市蓝帽国际贸易有限公司")
    ('深圳市', '蓝帽', '国际', '贸易', '有限公司')
    """
    return tuple(
        part for run in _runs().findall(word) for part in (_divided(run) if is_han(run) else (run,))
    )


@lru_cache(maxsize=4_096)
def divide_person(word: str) -> tuple[str, ...]:
    """Split a person's unspaced name into surname and given name.

    >>> divide_person("邓小平"), divide_person("歐陽娜娜"), divide_person("田中太郎")
    (('邓', '小平'), ('歐陽', '娜娜'), ('田中', '太郎'))
    """
    short, count = simplified(word), len(word)
    if not is_han(word) or not 2 <= count <= 5 or len(_SINGLE.findall(word)) < count:
        return (word,)
    if count > 2 and short[:2] in _surnames():
        return (word[:2], word[2:])
    if count < 4 and short[0] in _surnames():
        return (word[0], word[1:])
    for length in (3, 2):
        if short[:length] in _japanese() and length < count:
            return (word[:length], word[length:])
    if count == 4 and {short[0], short[1]} <= _surnames():  # a wife's two surnames
        return (word[0], word[1], word[2:])
    is_surname = short[0] in _japanese() or short[0] in _korean_surnames()
    return (word[0], word[1:]) if is_surname else (word,)


@lru_cache(maxsize=4_096)
def codes(word: str) -> frozenset[str]:
    """Return the codes of a word: what it is read as, in each language that may be meant.

    One character may be read in many ways, so that one by itself has Korean and Cantonese readings
    only as a surname: given names there have two.

    >>> sorted(each for each in codes("金") if each.startswith(("hanja", "mandarin", "clan")))
    ['clan:金', 'hanja:kim', 'mandarin:jin']
    """
    short = simplified(word)
    if leading_characters(word) != word:
        return frozenset()
    found = {f"{code}:{each}" for each in spellings(word) for code in ("mandarin", "wade")}
    found.update(f"kanji:{each}" for each in _japanese().get(short, ()))
    if short in _surnames():
        found.add(f"clan:{short}")
    if len(word) > 1 or short in _surnames():
        found.update(f"cantonese:{cantonese_key(each)}" for each in _read(short, _cantonese()))
    korean = _read(short, _korean()) if len(word) > 1 else _korean_surnames().get(short, ())
    found.update(_korean_codes(korean))
    return frozenset(found)


def simplified(text: str) -> str:
    """Write traditional characters, and Japan's own, as the simplified ones.

    >>> simplified("國際貿易")
    '国际贸易'
    """
    return text.translate(_forms())


@cache
def japanese_names() -> frozenset[str]:
    """Return the Japanese surnames and given names that a reading of characters may be."""
    return frozenset(each for readings in _japanese().values() for each in readings)


def _korean_codes(readings: Iterable[str]) -> Iterator[str]:
    for reading in readings:
        for each in hangul.spellings(reading):
            if key := korean_key(each):
                yield f"hanja:{key}"
        if reading in hangul.surnames():
            yield f"hansurname:{reading}"


def _read(word: str, readings: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the readings of a word, if every character has one."""
    choices = [readings.get(char, ()) for char in word]
    return ("".join(each) for each in islice(product(*choices), MOST_READINGS))


def _divided(run: str) -> Iterator[str]:
    """Cut a stretch so that the fewest characters stay unknown, in the fewest pieces."""
    short = simplified(run)
    cuts: list[_Cut] = [_Cut(0, 0, 0, known=True)]
    for end in range(1, len(run) + 1):
        last = cuts[-1]
        choices = [_Cut(last.unknown + 1, last.pieces + last.known, end - 1, known=False)]
        choices += [
            _Cut(cuts[start].unknown, cuts[start].pieces + 1, start, known=True)
            for start in range(max(0, end - _longest()), end - 1)
            if _is_known(short[start:end])
        ]
        cuts.append(min(choices))
    yield from _parts(run, cuts)


class _Cut(NamedTuple):
    """The best way to cut what stands before a place: its cost, and where the last part starts."""

    unknown: int
    pieces: int
    start: int
    known: bool


def _parts(run: str, cuts: list[_Cut]) -> Iterator[str]:
    """Follow the best cuts back from the end; unknown characters side by side are one part."""
    ends = [len(run)]
    while ends[-1]:
        ends.append(cuts[ends[-1]].start)
    unknown = ""
    for start, end in pairwise(reversed(ends)):
        if cuts[end].known:
            yield from _unknown(unknown)
            yield run[start:end]
        unknown = "" if cuts[end].known else unknown + run[start:end]
    yield from _unknown(unknown)


def _is_known(short: str) -> bool:
    return _without_unit(short) in _known()


def _unknown(run: str) -> Iterable[str]:
    return run if len(run) > LONGEST_UNKNOWN else [run] if run else ()


def _without_unit(short: str) -> str:
    return short[:-1] if short[-1] in _UNITS and short[:-1] in _words() else short


@cache
def _forms() -> dict[int, str]:
    rows = (*table("romanize/Hani_forms"), *table("romanize/Hani_shinjitai"))
    return {ord(char): row["simplified"] for row in rows for char in row["others"]}


@cache
def _mandarin() -> dict[str, tuple[str, ...]]:
    """Return the readings of each character, the usual one first."""
    rows = table("romanize/Hani_mandarin")
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found |= dict.fromkeys(row["chars"], (row["reading"],))
    for row in rows:
        for char in row["also"]:
            found[char] = (*found.get(char, ()), row["reading"])
    return found


@cache
def _korean() -> dict[str, tuple[str, ...]]:
    return _by_character("romanize/Hani_korean", "hangul")


@cache
def _korean_surnames() -> dict[str, tuple[str, ...]]:
    """Return the readings of the characters of Korean surnames."""
    rows = table("romanize/Hani_korean_surnames")
    return {simplified(row["surname"]): tuple(row["hangul"].split()) for row in rows}


@cache
def _cantonese() -> dict[str, tuple[str, ...]]:
    return _by_character("romanize/Hani_cantonese", "cantonese")


def _by_character(name: str, column: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in table(name):
        for char in row["chars"]:
            found[char].append(row[column])
    return {char: tuple(readings) for char, readings in found.items()}


@cache
def _japanese() -> dict[str, tuple[str, ...]]:
    """Return the readings of Japanese surnames and given names."""
    rows = table("romanize/Hani_japanese")
    return {simplified(row["kanji"]): tuple(row["readings"].split()) for row in rows}


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in table("romanize/Hani_surnames"))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    rows = table("romanize/Hani_words")
    return {row["word"]: tuple(row["spellings"].split()) for row in rows}


@cache
def _known() -> frozenset[str]:
    """Return all words, simplified, that names of firms may be cut at."""
    forms = (simplified(row["form"]) for name in _WORD_TABLES for row in table(name))
    return frozenset(each for each in forms if len(each) > 1 and _is_all_han(each)) | set(_words())


def _is_all_han(text: str) -> bool:
    return len(_SINGLE.findall(text)) == len(text)


@cache
def _longest() -> int:
    return max(map(len, _known())) + 1  # and the unit after a place
