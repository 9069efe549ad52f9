"""Print how well the screener does on labelled development sets.

    python benchmarks/quality.py DATA [--sample N]

``DATA`` is the folder that holds ``eval/`` and ``ofac/``; ``docs/benchmarks.md`` says which
figures were measured and when. Every query is screened at the default thresholds with its name
and kind alone, against the list that the set names.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import sanctscreen as ss
from sanctscreen.model import Kind

LISTS = {"ofac_sdn": "ofac/2023-12-28/sdn.csv"}
POSITIVES = ["testpack_ofac_dev_small.csv", "crosslist_ofac_dev.csv"]
NEGATIVES = ["negatives_global_dev.csv", "negatives_us_dev.csv", "benign_us_congress_dev.csv"]
HARD = "hard_negatives_dev.csv"
KINDS: dict[str, Kind] = {
    "person": "person",
    "entity": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
}


def main() -> None:
    """Parse the arguments and print one table per sort of set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=1, help="screen every Nth row")
    parser.add_argument("--misses", action="store_true", help="print what was missed or raised")
    options = parser.parse_args()
    screener = ss.Screener(ss.read_list(options.data / LISTS["ofac_sdn"]))
    for name in POSITIVES:
        print_recall(screener, options.data / "eval" / name, options.sample, options.misses)
    for name in [*NEGATIVES, HARD]:
        print_alerts(screener, options.data / "eval" / name, options.sample, options.misses)


def rows(path: Path, sample: int) -> Iterator[dict[str, str]]:
    """Yield every Nth row of a set whose list is at hand."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for at, row in enumerate(csv.DictReader(lines)):
            if at % sample == 0 and row.get("list", "ofac_sdn") in LISTS:
                yield row


def print_recall(screener: ss.Screener, path: Path, sample: int, misses: bool) -> None:
    """Print the share of queries whose party is found, by severity and category."""
    found: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for row in rows(path, sample):
        result = screener.screen(row["query"], kind=KINDS.get(row["schema"]))
        hit = any(each.party.id == f"ofac-sdn:{row['expected_party_id']}" for each in result.hits)
        found[row["severity"], row["category"]][hit] += 1
        if misses and not hit:
            best = ss.compare(row["query"], row["expected_name"], kind=KINDS.get(row["schema"]))
            print(f"  missed {row['category']}:\n{best}")
    print(f"\n{path.name}: recall")
    for severity in ("must", "should", "stretch"):
        part = {key: value for key, value in found.items() if key[0] == severity}
        print_line(severity, sum(part.values(), Counter()))
        for (_, category), counts in sorted(part.items()):
            print_line(f"  {category}", counts)


def print_alerts(screener: ss.Screener, path: Path, sample: int, misses: bool) -> None:
    """Print the share of queries that raise a hit although they should not."""
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows(path, sample):
        if row.get("exact_namesake_of") or row.get("category") == "namesake_other_dob":
            continue
        kind = KINDS.get(row.get("schema", "person"))
        result = screener.screen(row.get("query") or row["full_name"], kind=kind)
        found[row.get("category", "all")][bool(result.hits)] += 1
        if misses and result.hits:
            best = result.hits[0]
            print(f"  raised:\n{best.explanation}")
    print(f"\n{path.name}: alerts")
    print_line("all", sum(found.values(), Counter()))
    for category, counts in sorted(found.items()):
        print_line(f"  {category}", counts)


def print_line(label: str, counts: Counter[bool]) -> None:
    """Print one line of a table: label, share and numbers."""
    total = counts.total()
    if total:
        print(f"  {label:28} {100 * counts[True] / total:6.2f} %  {counts[True]:6} of {total}")


if __name__ == "__main__":
    main()
