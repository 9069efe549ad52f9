"""Measure how many listed names are found in fields that hold more than a name.

    python benchmarks/fields.py DATA [--names 1500] [--seed 1]

``DATA`` holds ``ofac/2023-12-28/sdn.csv``. Of each kind of party names are drawn by chance, put
into each field below, and screened by name and kind; the party must be a hit.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from sanctscreen.model import Counterparty, Kind, Party
from sanctscreen.party_list import read_list
from sanctscreen.screen import Screener

LIST = "ofac/2023-12-28/sdn.csv"
KINDS: tuple[Kind, ...] = ("person", "entity", "vessel")
#: What stands around a name; ``word`` is one of its words, ``other`` somebody who is not listed.
FIELDS = (
    "{name}",
    "{name} {name}",
    "ATTN: {name}",
    "{other} c/o {name}",
    "{other} o/b/o {name}",
    "Estate of {name}",
    "{other} and/or {name}",
    "{other} / {name}",
    "{other}; {name}",
    "{name} (born 1970)",
    "{name} passport 1234567",
    "{name} IMO 1234567",
    "{name} REF 998877",
    "{name}, 12 Main Street, Hamburg, Germany",
    "INVOICE 4471 PAID TO {name} REF 0612",
    "INVOICE 4471 FOR {word} GOODS PAID TO {name} REF 0612",
    "{name} Hamburg",
    "{name} & {other}",
    "{name} Hamburg Branch",
    "{name} Accounts Department",
)
OTHERS = ("Maria Schneider", "John Smith", "Anna Kowalska", "Peter Jones")


def main() -> None:
    """Print a row a field, a column a kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--names", type=int, default=1_500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    listed = read_list(given.data / LIST)
    screener, chance = Screener(listed), random.Random(given.seed)
    drawn = {kind: list(_drawn(listed.parties, kind, given.names, chance)) for kind in KINDS}
    print("| field |", " | ".join(f"{kind}, {len(drawn[kind]):,}" for kind in KINDS), "|")
    print("| --- |", " | ".join("---" for _ in KINDS), "|")
    for field in FIELDS:
        found = (_found(screener, field, drawn[kind], chance) for kind in KINDS)
        print(f"| {field} |", " | ".join(f"{100 * share:.1f}" for share in found), "|")


def _drawn(
    parties: tuple[Party, ...], kind: Kind, count: int, chance: random.Random
) -> Iterator[tuple[Party, str]]:
    """Yield some parties of a kind with a name as people write it, the surname last."""
    some = [party for party in parties if party.kind == kind]
    for party in chance.sample(some, min(count, len(some))):
        surname, comma, given = party.name.partition(", ")
        yield party, f"{given} {surname}" if comma and kind == "person" else party.name


def _found(
    screener: Screener, field: str, drawn: list[tuple[Party, str]], chance: random.Random
) -> float:
    """Return the share of parties that are a hit when their name stands in a field."""
    asked = [
        Counterparty(
            name=field.format(
                name=name, word=chance.choice(name.split()), other=chance.choice(OTHERS)
            ),
            kind=party.kind,
        )
        for party, name in drawn
    ]
    results = zip(screener.screen_many(asked), drawn, strict=True)
    hits = [any(hit.party.id == party.id for hit in result.hits) for result, (party, _) in results]
    return sum(hits) / len(hits)


if __name__ == "__main__":
    main()
