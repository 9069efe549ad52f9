"""Measure speed and memory beside rapidfuzz's own searches, in one run on the same data.

    python -m benchmarks.speed DATA

``DATA`` holds ``ofac/2023-12-28/sdn.csv`` and ``eval/``. Times are CPU time of this process.
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from sanctscreen.model import Counterparty, Kind
from sanctscreen.party_list import PartyList, read_list
from sanctscreen.screen import Screener

LIST = "ofac/2023-12-28/sdn.csv"
KINDS: dict[str, Kind] = {"company": "entity", "entity": "entity", "person": "person"}
#: Names for the slow baselines, and calls that are timed one by one.
FEW, CALLS = 200, 2_000


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    bare = _peak()
    started = time.process_time()
    party_list = read_list(data / LIST)
    read, after_reading = time.process_time() - started, _peak()
    screener = Screener(party_list)
    first = _seconds(screener.screen, "Korea Kwangson Bank", kind="entity")
    print(f"reading the list: {read:.1f} s, {after_reading - bare:.0f} MB")
    print(f"index and first answer: {first:.1f} s, {_peak() - after_reading:.0f} MB more")
    customers = _counterparties(data / "eval/counterparties_10k_dev.csv", "name", "type")
    pack = _counterparties(data / "eval/testpack_ofac_dev_small.csv", "query", "schema")
    for title, asked in (("customer file", customers), ("test pack", pack)):
        batch = _seconds(list, (result.decision for result in screener.screen_many(asked)))
        print(f"{title}, batch: {1000 * batch / len(asked):.2f} ms a name")
    _calls(Screener(party_list), customers)
    _pathological(screener)
    _baselines(party_list, customers)
    print(f"peak memory over the bare process: {_peak() - bare:.0f} MB")


def _seconds(work: Callable[..., object], *given: object, **named: object) -> float:
    """Return the CPU time of a call."""
    started = time.process_time()
    work(*given, **named)
    return time.process_time() - started


def _calls(screener: Screener, asked: Sequence[Counterparty]) -> None:
    """Time single calls, none of which was prepared by another."""
    screener.screen("warm up", kind="person")
    screener.screen("warm up", kind="entity")
    times = [1000 * _seconds(screener.screen, who) for who in asked[:CALLS]]
    p50, p99 = np.percentile(times, [50, 99])
    print(f"one call: p50 {p50:.2f} ms, p99 {p99:.2f} ms, slowest {max(times):.1f} ms")


def _pathological(screener: Screener) -> None:
    names = {
        "one letter": "a",
        "500 words": " ".join(f"word{at} trading" for at in range(250)),
        "10,000 characters": "abcdefghij " * 909,
        "one word of 10,000 letters": "abcdefghij" * 1_000,
        "all generic words": "international trading general bank group holding company limited",
    }
    for title, name in names.items():
        for kind in ("entity", "person"):
            took = _seconds(screener.screen, name, kind=kind)
            print(f"{title}, {kind}: {1000 * took:.1f} ms")


def _baselines(party_list: PartyList, asked: Sequence[Counterparty]) -> None:
    listed = [name.full.casefold() for party in party_list.parties for name in party.names]
    names = [who.name.casefold() for who in asked]
    some, limits = names[: 5 * FEW], {"score_cutoff": 80, "scorer": fuzz.token_sort_ratio}
    every = _seconds(process.cdist, some, listed, dtype=np.uint8, **limits)
    print(f"rapidfuzz cdist token_sort: {1000 * every / len(some):.2f} ms a name")
    for scorer in (fuzz.WRatio, fuzz.token_sort_ratio):
        limits = {"score_cutoff": 80, "scorer": scorer, "limit": None}
        times = [1000 * _seconds(process.extract, name, listed, **limits) for name in names[:FEW]]
        p50, p99 = np.percentile(times, [50, 99])
        print(f"rapidfuzz extract {scorer.__name__}: p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def _counterparties(path: Path, name: str, kind: str) -> list[Counterparty]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        Counterparty(name=row[name], kind=KINDS.get(row[kind].lower())) for row in rows if row[name]
    ]


def _peak() -> float:
    """Return the most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
