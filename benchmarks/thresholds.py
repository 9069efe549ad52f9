"""Print what each threshold finds and what it raises, kind by kind.

    python benchmarks/thresholds.py DATA [--sample N] [--markdown]

``DATA`` is the folder that holds ``eval/`` and ``ofac/``. Every name is screened once, far
below the default threshold; recall and alert rate then follow for every threshold above.
``docs/thresholds.md`` holds the figures that the defaults rest on.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from judges import Ours
from sets import LISTS, SCREENED, Query, Sample, queries
from tables import render

import sanctscreen as ss

LOWEST = 66
THRESHOLDS = (LOWEST, 70, 71, 72, 74, 75, 76, 77, 78, 79, 80, 82, 84, 86, 88, 90, 95)
LIST = "ofac_sdn"
SEVERITIES = ("must", "should", "stretch")
#: kind -> what is counted -> the score of the expected party, or the best of all
Scores = dict[str, dict[str, list[float]]]


def main() -> None:
    """Parse the arguments, screen, and print one table a kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=1, help="screen one row in N of large sets")
    parser.add_argument("--markdown", action="store_true", help="print Markdown tables")
    options = parser.parse_args()
    judge = Ours(ss.read_list(options.data / LISTS[LIST][0]), ss.Config(threshold=LOWEST))
    scores: Scores = defaultdict(lambda: defaultdict(list))
    for name in (name for name, key in SCREENED.items() if key == LIST):
        for query in queries(options.data, name, Sample(options.sample)):
            if "all" in query.tags:
                # Callers who do not know what a name is the name of have a threshold as well.
                for each in dict.fromkeys((query, replace(query, kind=None))):
                    collect(name, each, judge, scores)
    for kind, curves in scores.items():
        print(f"\n{kind}\n")
        print(table(curves, markdown=options.markdown))


def collect(name: str, query: Query, judge: Ours, scores: Scores) -> None:
    """Keep the score of the expected party, or the best score of a name nobody lists."""
    found = {hit.party.id: hit.score for hit in judge.result(query).hits}
    curves = scores[query.kind or "unknown"]
    if query.expected:
        severity = next(tag for tag in query.tags if tag in SEVERITIES)
        curves[f"found, {severity}"].append(found.get(query.expected, 0.0))
    else:
        title = "built to resemble a listed name" if name.startswith("hard") else "strangers"
        curves[f"alerts, {title}"].append(max(found.values(), default=0.0))


def table(curves: Mapping[str, Sequence[float]], *, markdown: bool) -> str:
    """Return the share of names at or above each threshold, in percent."""
    lines = []
    for title, values in sorted(curves.items(), reverse=True):
        shares = [100 * sum(v >= t for v in values) / len(values) for t in THRESHOLDS]
        lines.append([title, str(len(values)), *(f"{share:.2f}" for share in shares)])
    return render(["", "rows", *map(str, THRESHOLDS)], lines, markdown=markdown)


if __name__ == "__main__":
    main()
