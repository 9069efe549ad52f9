"""How much is found and how much is raised, counted on a small list that the repository carries.

    python tests/test_quality.py

renews ``fixtures/quality/counts.tsv``; its README says when.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import sanctscreen as ss

FOLDER = Path(__file__).parents[1] / "fixtures" / "quality"
COUNTS = FOLDER / "counts.tsv"
CYRILLIC = str.maketrans("AEOPCXaeopcx", "АЕОРСХаеорсх")
LEET = str.maketrans("OIEoie", "013013")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
#: category, name, kind, id of the expected party or nothing
Query = tuple[str, str, str, str]


def natural(name: str) -> str:
    """Put the surname last: ``"IVANOV, Ivan"`` is ``"Ivan IVANOV"``."""
    return " ".join(reversed(name.split(", ")))


def in_longest_word(name: str, change: Callable[[str, int], str]) -> str:
    """Change the longest word at its middle."""
    word = max(name.replace(",", "").split(), key=len)
    return name.replace(word, change(word, len(word) // 2), 1)


#: What is done to a listed name; whatever leaves it as it is does not count.
ALTERED: dict[str, Callable[[str], str]] = {
    "as listed": lambda name: name,
    "natural order": natural,
    "lower case": str.lower,
    "full width": lambda name: name.translate(FULL_WIDTH),
    "zero-width space": lambda name: in_longest_word(name, lambda w, m: w[:m] + "\u200b" + w[m:]),
    "letter left out": lambda name: in_longest_word(name, lambda w, m: w[:m] + w[m + 1 :]),
    "letter doubled": lambda name: in_longest_word(name, lambda w, m: w[: m + 1] + w[m:]),
    "letters swapped": lambda name: in_longest_word(
        name, lambda w, m: w[: m - 1] + w[m] + w[m - 1] + w[m + 1 :]
    ),
    "another letter": lambda name: in_longest_word(name, lambda w, m: w[:m] + "b" + w[m + 1 :]),
    "space put in": lambda name: in_longest_word(name, lambda w, m: w[:m] + " " + w[m:]),
    "space left out": lambda name: natural(name).replace(" ", "", 1),
    "no spaces": lambda name: natural(name).replace(" ", ""),
    "Cyrillic look-alikes": lambda name: name.translate(CYRILLIC),
    "digits for letters": lambda name: name.translate(LEET),
    "rn for m": lambda name: name.replace("M", "RN", 1),
    "an accent": lambda name: name.replace("A", "Á", 1),
    "inside a text": lambda name: f"PAYMENT TO {natural(name)} INVOICE 4711",
    "patronymic left out": lambda name: (
        name.rpartition(" ")[0] if name.endswith(("vich", "vych")) else name
    ),
}


def read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


def altered(parties: list[dict[str, str]]) -> Iterator[Query]:
    """Yield the first name of every party, altered in every way."""
    for party in parties:
        listed = party["names"].split("; ")[0]
        for category, change in ALTERED.items():
            if category == "as listed" or change(listed) != listed:
                yield category, change(listed), party["kind"], party["id"]


def recombined(parties: list[dict[str, str]]) -> Iterator[Query]:
    """Yield people who bear the surname of one listed person and the given names of the next."""
    people = [party["names"].partition("; ")[0] for party in parties if party["kind"] == "person"]
    for first, second in pairwise(name.split(", ") for name in people):
        if first[0] != second[0]:
            yield "recombined", f"{second[1]} {first[0]}", "person", ""


@cache
def counts() -> dict[str, tuple[int, int]]:
    """Return how many names of every category there are, and how many of them hit as they say."""
    parties = read("parties.csv")
    screener = ss.Screener(ss.PartyList(parties=[_party(party) for party in parties]))
    given = [tuple(row.values()) for row in read("queries.csv")]
    asked, hits = Counter[str](), Counter[str]()
    for category, name, kind, expected in (*altered(parties), *recombined(parties), *given):
        found = {hit.party.id for hit in screener.screen(name, kind=kind).hits}
        title = f"{'found' if expected else 'raised'}, {category}"
        asked[title] += 1
        hits[title] += expected in found if expected else bool(found)
    return {title: (asked[title], hits[title]) for title in asked}


def _party(row: dict[str, str]) -> ss.Party:
    return ss.Party(id=row["id"], kind=row["kind"], names=row["names"].split("; "))


PINNED = list(csv.DictReader(COUNTS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("row", PINNED, ids=lambda row: row["category"])
def test_no_more_is_missed_or_raised_than_before(row: dict[str, str]) -> None:
    """What is found may only rise, and what is raised only fall."""
    asked, hits = counts()[row["category"]]

    assert asked == int(row["names"])
    if row["category"].startswith("found"):
        assert hits >= int(row["hits"])
    else:
        assert hits <= int(row["hits"])


def test_every_category_is_pinned() -> None:
    """A new category comes with its counts."""
    assert set(counts()) == {row["category"] for row in PINNED}


def renew() -> None:
    """Write the counts of today."""
    lines = [f"{title}\t{asked}\t{hits}\n" for title, (asked, hits) in counts().items()]
    COUNTS.write_text("".join(["category\tnames\thits\n", *lines]), encoding="utf-8")


if __name__ == "__main__":
    renew()
