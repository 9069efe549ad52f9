"""Prove on real lists that the index leaves out no hit.

    python benchmarks/exactness.py DATA --comparisons 1000000 --seed 1

Every round takes some listed names, makes queries of them and of others, and scores each query
against every one of the names, then against those that the index lets through. The hits must be
the same, whatever the threshold. ``DATA`` holds ``ofac/`` and ``eval/``.
"""

from __future__ import annotations

import argparse
import csv
import random
import string
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sanctscreen.config import Config
from sanctscreen.evidence.passages import is_passage
from sanctscreen.index import Asked, Index
from sanctscreen.party_list import read_list
from sanctscreen.score import READINGS, costs_of, score_inside, score_names
from sanctscreen.text.normalize import NormalName, normalize
from sanctscreen.text.words import Reading

CONFIG = Config()
DUE = costs_of(CONFIG, ordered=False)
#: Listed names in a round, and queries of each sort.
LISTED, QUERIES = 600, 12
LISTS = ("ofac/2023-12-28/sdn.csv", "un/UN_consolidated-2026-02-27.xml")
PACKS = (
    "testpack_ofac_dev_small.csv",
    "crosslist_ofac_dev.csv",
    "hard_negatives_dev.csv",
    "positives_un_dev.csv",
)
GENERIC = "bank of the international trading company limited and general group holding".split()
LETTERS = string.ascii_lowercase + "éüşжшяابمن김박李 0123456789.,-'()"


def main() -> None:
    """Run rounds until enough comparisons are made, and say what came out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--comparisons", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, started, count = random.Random(given.seed), time.process_time(), Counter[str]()
    names, asked = listed_names(given.data), pack_names(given.data)
    while count["comparisons"] < given.comparisons:
        reading = chance.choice(list(names))
        one_round(names[reading], asked, reading, chance, count)
    extreme_round(names["organisation"], chance, count)
    print(f"seed {given.seed}, {time.process_time() - started:.0f} s of CPU time")
    for what, number in count.items():
        print(f"{what:>24}  {number:,}")
    raise SystemExit(1 if count["missed"] else 0)


def listed_names(data: Path) -> dict[Reading, list[str]]:
    """Return the names of the lists by the reading that their party's kind has."""
    names: dict[Reading, list[str]] = {}
    for path in LISTS:
        if (data / path).exists():
            for party in read_list(data / path).parties:
                for reading in READINGS[party.kind]:
                    names.setdefault(reading, []).extend(name.full for name in party.names)
    return names


def pack_names(data: Path) -> list[str]:
    """Return the queries of the evaluation sets."""
    found = []
    for path in PACKS:
        with (data / "eval" / path).open(encoding="utf-8-sig", newline="") as stream:
            found += [row["query"] for row in csv.DictReader(stream) if row["query"]]
    return found


def one_round(
    names: list[str], asked: list[str], reading: Reading, chance: random.Random, count: Counter[str]
) -> None:
    """Compare some queries with some listed names in both ways."""
    some = chance.sample(names, min(LISTED, len(names)))
    some += chance.choices(list(pathological(some, chance)), k=6)
    listed = [normalize(name, reading=reading) for name in some]
    queries = []
    for text in texts(some, asked, chance):
        query = normalize(text, reading=reading)
        threshold = chance.choice([CONFIG.threshold_for(None), chance.uniform(0, 100)])
        queries.append(Asked(query, threshold, is_passage(query) or chance.random() < 0.1))
    compare(queries, listed, Index.of(listed, DUE), count, together=chance.random() < 0.5)


def extreme_round(names: list[str], chance: random.Random, count: Counter[str]) -> None:
    """Compare names of 500 words and of 10,000 characters with a few listed ones."""
    some = chance.sample(names, 60)
    listed = [normalize(name) for name in some]
    words = [word for name in chance.choices(names, k=300) for word in name.split()]
    for text in (" ".join(words[:500]), " ".join(words * 10)[:10_000], "ab" * 5_000):
        for threshold in (20.0, 60.0, CONFIG.threshold_for(None)):
            asked = Asked(normalize(text), threshold, is_passage(normalize(text)))
            compare([asked], listed, Index.of(listed, DUE), count, together=True)


def compare(
    every: list[Asked],
    listed: list[NormalName],
    index: Index,
    count: Counter[str],
    *,
    together: bool,
) -> None:
    """Count what the index skipped, and say which hit it missed."""
    blocks = [every] if together else [[asked] for asked in every]
    for block in blocks:
        through = index.reachable(block)
        for asked, rows in zip(block, through, strict=True):
            check(asked, set(rows), listed, count)


def check(asked: Asked, reached: set[int], listed: list[NormalName], count: Counter[str]) -> None:
    """Compare one query with every name, and with what the index let through."""
    count["comparisons"] += len(listed)
    count["let through"] += len(reached)
    for row, name in enumerate(listed):
        score = scored(asked, name)
        if score >= asked.threshold:
            count["hits"] += 1
            if row not in reached:
                count["missed"] += 1
                told = asked.query.original, name.original, score, asked.threshold, asked.inside
                print("MISSED", *map(repr, told))


def scored(asked: Asked, name: NormalName) -> float:
    """Return the exhaustive score; without regard to order, so that more names are equal."""
    query, threshold, inside = asked
    found = score_names(query, name, ordered=False, config=CONFIG)
    if inside and found.score < threshold:
        found = score_inside(query, found, ordered=False, config=CONFIG)
    return found.score


def texts(some: list[str], asked: list[str], chance: random.Random) -> Iterator[str]:
    """Yield queries: listed names, altered ones, those of the sets, invented ones."""
    for name in chance.sample(some, QUERIES):
        yield name
        yield altered(name, chance)
        yield altered(altered(name, chance), chance)
        yield f"PAYMENT TO {name} INVOICE {chance.randrange(10_000)}"
        yield said_again(name, chance)
    yield from chance.sample(asked, 2 * QUERIES)
    if chance.random() < 0.2:
        yield from pathological(some, chance)


def said_again(name: str, chance: random.Random) -> str:
    """Put a name, perhaps altered, into a text in which words of it stand again."""
    words = [*name.split(), *chance.sample(GENERIC, 2), "INVOICE", "12"]
    before, behind = (" ".join(chance.choices(words, k=chance.randrange(9))) for _ in range(2))
    return f"PAYMENT {before} {chance.choice([name, altered(name, chance)])} {behind} 2031"


def altered(name: str, chance: random.Random) -> str:
    """Alter a name in one of the ways in which names are altered."""
    words = name.split()
    at = chance.randrange(len(name))
    ways = [
        name[:at] + name[at + 1 :],
        name[:at] + chance.choice(LETTERS) + name[at:],
        name[:at] + chance.choice(LETTERS) + name[at + 1 :],
        name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        " ".join(chance.sample(words, len(words))),
        " ".join(words[:-1]) or name,
        "".join(words),
        name[:35],
        " ".join([*words, chance.choice(GENERIC)]),
        " ".join([words[0][:1], *words[1:]]),
        " ".join(word if chance.random() < 0.7 else chance.choice(GENERIC) for word in words),
    ]
    return chance.choice(ways) or name


def pathological(some: list[str], chance: random.Random) -> Iterator[str]:
    """Yield names that a program may not expect."""
    yield chance.choice(LETTERS[:35])
    yield " ".join(chance.choices(GENERIC, k=8))
    yield " ".join(chance.choices(GENERIC, k=60))
    yield " ".join(chance.choices(some, k=8))[: chance.choice([35, 70, 140])]
    yield "".join(chance.choices(string.ascii_lowercase, k=400))
    yield " ".join(word for name in chance.choices(some, k=20) for word in name.split())
    yield " ".join(chance.choices(string.ascii_uppercase, k=12))


if __name__ == "__main__":
    main()
