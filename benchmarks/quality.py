"""Print how well the screener does on labelled development sets, beside plain string distances.

    python benchmarks/quality.py DATA [--sample N] [--baselines] [--show]

``DATA`` is the folder that holds ``eval/``, ``ofac/`` and ``un/``; ``docs/benchmarks.md`` says
which figures were measured and when. Every query is screened at the default thresholds with its
name and kind alone, against the list that the set names. ``--baselines`` adds rapidfuzz's
``token_sort_ratio``, ``token_set_ratio`` and ``WRatio`` over the same names, in the same run.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process, utils

import sanctscreen as ss
from sanctscreen.model import Kind

LISTS = {
    "ofac_sdn": ("ofac/2023-12-28/sdn.csv", "ofac-sdn:"),
    "un_sc": ("un/UN_consolidated-2026-02-27.xml", "un-sc:"),
}
POSITIVES = [
    "testpack_ofac_dev_small.csv",
    "testpack_un_dev.csv",
    "crosslist_ofac_dev.csv",
    "crosslist_un_dev.csv",
]
NEGATIVES = [
    "negatives_global_dev.csv",
    "negatives_us_dev.csv",
    "benign_us_congress_dev.csv",
    "hard_negatives_dev.csv",
]
KINDS: dict[str, Kind] = {
    "person": "person",
    "entity": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
BASELINES: dict[str, tuple[Callable[..., float], float]] = {
    "token_sort@85": (fuzz.token_sort_ratio, 85),
    "token_set@85": (fuzz.token_set_ratio, 85),
    "WRatio@90": (fuzz.WRatio, 90),
}
Row = dict[str, str]
#: Returns the ids of the parties that a name hits.
Judge = Callable[[str, Kind | None], set[str]]
Counts = dict[tuple[str, str], dict[str, Counter[bool]]]


def main() -> None:
    """Parse the arguments and print one table per set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=1, help="screen every Nth row")
    parser.add_argument("--baselines", action="store_true", help="add rapidfuzz's measures")
    parser.add_argument("--show", action="store_true", help="print what was missed or raised")
    options = parser.parse_args()
    judges = {name: make_judges(options, path) for name, (path, _) in LISTS.items()}
    for name in [*POSITIVES, *NEGATIVES]:
        counts: Counts = defaultdict(lambda: defaultdict(Counter))
        for row in rows(options.data / "eval" / name, options.sample):
            judge_row(row, judges[row.get("list", "ofac_sdn")], counts, show=options.show)
        print_table(name, counts)


def make_judges(options: argparse.Namespace, path: str) -> dict[str, Judge]:
    """Return whoever judges against one list: the screener first."""
    party_list = ss.read_list(options.data / path)
    judges: dict[str, Judge] = {"sanctscreen": partial(by_screener, ss.Screener(party_list))}
    if options.baselines:
        for label, (scorer, least) in BASELINES.items():
            judges[label] = Ratio(party_list, scorer, least)
    return judges


def by_screener(screener: ss.Screener, name: str, kind: Kind | None) -> set[str]:
    """Judge by the screener."""
    return {hit.party.id for hit in screener.screen(name, kind=kind).hits}


class Ratio:
    """Judges by one of rapidfuzz's ratios over every name of a list."""

    def __init__(self, party_list: ss.PartyList, scorer: Callable[..., float], least: float):
        self._named = [(n, p) for p in party_list.parties for n in p.names if n.quality != "weak"]
        self._choices = [utils.default_process(name.full) for name, _ in self._named]
        self._scorer, self._least = scorer, least

    def __call__(self, name: str, kind: Kind | None) -> set[str]:
        """Return the ids of the parties with a name at or above the least ratio."""
        query = [utils.default_process(name)]
        scores = process.cdist(query, self._choices, scorer=self._scorer, score_cutoff=self._least)[
            0
        ]
        found = (self._named[at][1] for at in np.flatnonzero(scores))
        return {party.id for party in found if kind in (None, party.kind)}


def rows(path: Path, sample: int) -> Iterator[Row]:
    """Yield every Nth row of a set whose list is at hand; namesakes are left out."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for at, row in enumerate(csv.DictReader(lines)):
            namesake = row.get("exact_namesake_of") or row.get("category") == "namesake_other_dob"
            if at % sample == 0 and not namesake and row.get("list", "ofac_sdn") in LISTS:
                yield row


def judge_row(row: Row, judges: dict[str, Judge], counts: Counts, *, show: bool) -> None:
    """Count, for one row, who finds the expected party, or raises anything at all."""
    kind = KINDS.get(row.get("schema", "person"))
    name = row.get("query") or row["full_name"]
    expected = row.get("expected_party_id")
    wanted = f"{LISTS[row.get('list', 'ofac_sdn')][1]}{expected}"
    for label, judge in judges.items():
        found = judge(name, kind)
        counted = wanted in found if expected else bool(found)
        for category in ("", row.get("category", "")):
            severity = row["severity"] if expected else "false alerts"
            counts[severity, category][label][counted] += 1
        if show and label == "sanctscreen" and counted is not bool(expected):
            print(f"  {name!r} {row.get('expected_name', '')!r} {sorted(found)[:3]}")


def print_table(name: str, counts: Counts) -> None:
    """Print shares in percent: one line per severity and category, one column per judge."""
    labels = list(next(iter(counts.values())))
    print(f"\n{name}\n{'':36}{''.join(f'{label:>15}' for label in labels)}{'rows':>8}")
    for severity, category in sorted(counts):
        judged = counts[severity, category]
        shares = [100 * judged[label][True] / judged[label].total() for label in labels]
        title = f"  {category}" if category else severity
        print(f"{title:36}{''.join(f'{s:15.2f}' for s in shares)}{judged[labels[0]].total():8}")


if __name__ == "__main__":
    main()
