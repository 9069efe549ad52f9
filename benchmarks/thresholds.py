"""Print what each threshold finds and what it raises, kind by kind.

    python benchmarks/thresholds.py DATA [--sample N]

``DATA`` is the folder that holds ``eval/`` and ``ofac/``. Every query is screened once, far
below the default threshold; recall and alert rate then follow for every threshold above.
``docs/thresholds.md`` holds the figures that the default rests on.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import sanctscreen as ss

from quality import KINDS, LISTS, Row, rows  # isort: skip

LOWEST = 62.0
THRESHOLDS = (66, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 95)
POSITIVES = ("testpack_ofac_dev_small.csv", "crosslist_ofac_dev.csv")
NEGATIVES = (
    "negatives_global_dev.csv",
    "negatives_us_dev.csv",
    "benign_us_congress_dev.csv",
    "hard_negatives_dev.csv",
)
Scores = dict[tuple[str, str], list[float]]


def main() -> None:
    """Parse the arguments, screen, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=1, help="screen every Nth row")
    options = parser.parse_args()
    path, prefix = LISTS["ofac_sdn"]
    screener = ss.Screener(ss.read_list(options.data / path))
    scores: Scores = defaultdict(list)
    for name in (*POSITIVES, *NEGATIVES):
        for row in rows(options.data / "eval" / name, options.sample):
            if row.get("list", "ofac_sdn") == "ofac_sdn":
                collect(row, screener, prefix, scores)
    print_table(scores)


def collect(row: Row, screener: ss.Screener, prefix: str, scores: Scores) -> None:
    """Keep the score of the expected party, or the best score of a name nobody lists."""
    kind = KINDS.get(row.get("schema", "person"))
    result = screener.screen(row.get("query") or row["full_name"], kind=kind, threshold=LOWEST)
    found = {hit.party.id: hit.score for hit in result.hits}
    if expected := row.get("expected_party_id"):
        scores[f"found, {row['severity']}", str(kind)].append(found.get(prefix + expected, 0.0))
    else:
        title = "false alerts, built" if row.get("category") else "false alerts, invented"
        scores[title, str(kind)].append(max(found.values(), default=0.0))


def print_table(scores: Scores) -> None:
    """Print the share of queries at or above each threshold, in percent."""
    print(f"{'':36}{'rows':>7}" + "".join(f"{threshold:>7}" for threshold in THRESHOLDS))
    for (title, kind), values in sorted(scores.items()):
        shares = [100 * sum(v >= t for v in values) / len(values) for t in THRESHOLDS]
        cells = "".join(f"{share:7.2f}" for share in shares)
        print(f"{f'{kind}: {title}':36}{len(values):7}{cells}")


if __name__ == "__main__":
    main()
