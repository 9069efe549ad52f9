"""Measure speed and memory beside rapidfuzz's own searches, in one run on the same data.

    python benchmarks/speed.py DATA

``DATA`` holds ``ofac/2023-12-28/sdn.csv`` and ``eval/``. Times are CPU time of this process, but
for starts, which are told by the clock too: the median of some.
"""

from __future__ import annotations

import argparse
import csv
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from sanctscreen.model import Counterparty, Kind
from sanctscreen.party_list import PartyList, read_list
from sanctscreen.screen import Screener

LIST, CUSTOMERS = "ofac/2023-12-28/sdn.csv", "eval/counterparties_10k_dev.csv"
KINDS: dict[str, Kind] = {"company": "entity", "entity": "entity", "person": "person"}
#: Answers once in a process of its own, and says when, what CPU time that took, and memory in MB;
#: and what memory was when the names of a file were screened one by one. (What getrusage says of
#: the peak would be that of the process that started it. To the CPU time the threads of numpy's
#: linear algebra add, which is not used here: they wait busily.)
FIRST = """
import csv, pathlib, re, sys, time
import numpy, pydantic, rapidfuzz.process
import sanctscreen as ss
status = pathlib.Path("/proc/self/status")
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) / 1024
imported = peak()
screener = ss.Screener(ss.read_list(sys.argv[1]))
screener.screen("Korea Kwangson Bank", kind="entity")
print(time.time(), time.process_time(), peak() - imported)
with open(sys.argv[2], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        screener.screen(row["name"], kind={"person": "person", "company": "entity"}[row["type"]])
print(peak() - imported)
"""
#: Names for the slow baselines, calls that are timed one by one, and processes that are started.
FEW, CALLS, STARTS = 200, 2_000, 5


def main() -> None:
    """Print one figure a line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    with tempfile.TemporaryDirectory() as folder:
        _measure(data, Path(folder) / "list.json")


def _measure(data: Path, saved: Path) -> None:
    bare = _peak()
    started = time.process_time()
    party_list = read_list(data / LIST)
    print(f"reading {LIST}: {time.process_time() - started:.2f} s, {_peak() - bare:.0f} MB")
    party_list.save(saved)
    few, many = saved.with_name("few.csv"), data / CUSTOMERS
    few.write_text("name,type\n")
    print(f"from {LIST} to the first answer: {_start(data / LIST, few)}")
    print(f"from the saved list alone: {_start(saved, few)}")
    Screener(read_list(saved)).save_index()
    print(f"from the saved list with its index: {_start(saved, many)}")
    screener = Screener(read_list(saved))
    screener.warm_up()
    gc.freeze()  # the collector would walk over the lists of the baselines too
    customers = _counterparties(data / CUSTOMERS, "name", "type")
    pack = _counterparties(data / "eval/testpack_ofac_dev_small.csv", "query", "schema")
    mixed = [pack[at % len(pack)] if at % 1_000 == 0 else who for at, who in enumerate(customers)]
    for title, asked in (
        ("999 benign, 1 matching", mixed),
        ("the same again, words known", mixed),
        ("test pack", pack),
    ):
        batch = _seconds(list, (result.decision for result in screener.screen_many(asked)))
        print(f"{title}, batch: {1000 * batch / len(asked):.3f} ms a name")
    del screener
    _calls(Screener(read_list(saved)), mixed)
    screener = Screener(read_list(saved))
    screener.warm_up()
    _pathological(screener)
    _growth(party_list, mixed)
    _baselines(party_list, mixed)


def _start(path: Path, names: Path) -> str:
    """Return what new processes take to the first answer, and what one holds after more names."""
    command = [sys.executable, "-c", FIRST, str(path), str(names)]
    runs = []
    for _ in range(STARTS):
        began = time.time()
        answered, *taken = map(float, subprocess.check_output(command).split())
        runs.append((answered - began, *taken))
    seconds, cpu, first, last = np.median(runs, axis=0)
    return (
        f"{seconds:.2f} s, {cpu:.2f} s of CPU time, "
        f"{first:.0f} MB over the library, {last:.0f} MB later"
    )


def _growth(party_list: PartyList, asked: Sequence[Counterparty]) -> None:
    """Compare a tenth of the list with the whole of it, one call at a time."""
    tenth = PartyList(parties=tuple(party_list.parties[::10]))
    times = []
    for each in (tenth, party_list):
        screener = Screener(each)
        screener.warm_up()
        times.append(_seconds(list, map(screener.screen, asked[:CALLS])))
    print(f"ten times the names: {times[1] / times[0]:.1f} times the time of a query")


def _seconds(work: Callable[..., object], *given: object, **named: object) -> float:
    """Return the CPU time of a call."""
    started = time.process_time()
    work(*given, **named)
    return time.process_time() - started


def _calls(screener: Screener, asked: Sequence[Counterparty]) -> None:
    """Time single calls: none of them prepared by another, and again with words known."""
    screener.screen("warm up", kind="person")
    screener.screen("warm up", kind="entity")
    for title in ("one call", "one call, words known"):
        times = [1000 * _seconds(screener.screen, who) for who in asked[:CALLS]]
        p50, p99 = np.percentile(times, [50, 99])
        print(f"{title}: p50 {p50:.2f} ms, p99 {p99:.2f} ms, slowest {max(times):.1f} ms")


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
    """Time other searches over the same names."""
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
    _nomenklatura(party_list, asked[0])


def _nomenklatura(party_list: PartyList, who: Counterparty) -> None:
    """Time the pairwise matcher that OpenSanctions runs behind its index, if it is installed."""
    try:
        from followthemoney import model
        from nomenklatura.matching import LogicV2
    except ImportError:
        print("nomenklatura logic-v2: not installed")
        return
    config = LogicV2.default_config()

    def entity(name: str, number: int) -> object:
        return model.get_proxy(
            {"id": f"e{number}", "schema": "LegalEntity", "properties": {"name": [name]}}
        )

    listed = [entity(party.name, at) for at, party in enumerate(party_list.parties[:FEW])]
    asked = entity(who.name, FEW)
    took = _seconds(lambda: [LogicV2.compare(asked, each, config) for each in listed])
    print(f"nomenklatura logic-v2: {1000 * took / FEW:.2f} ms a pair, without its index")


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
