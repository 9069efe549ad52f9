"""Screen a large file of counterparties on several processors; print time and memory.

    python benchmarks/large_file.py DATA [--rows 1000000] [--workers 2] [--source FILE.csv]

``DATA`` holds ``ofac/2023-12-28/sdn.csv`` and ``eval/counterparties_10k_dev.csv``. Without a source
rows are made of the words of those ten thousand, put together anew. Memory is that of the command
and its workers together, pages that they share counted once (Linux alone says that).
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

LIST = "ofac/2023-12-28/sdn.csv"
CUSTOMERS = "eval/counterparties_10k_dev.csv"
#: Seconds between two looks at the memory.
PAUSE = 0.5
COMMAND = [sys.executable, "-m", "sanctscreen"]
Row = dict[str, str]


def main() -> None:
    """Print one figure a line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--source", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = given.source or written(given.data / CUSTOMERS, folder / "in.csv", given.rows)
        saved = folder / "list.json"
        files = [given.data / LIST, "-o", saved]
        subprocess.run([*COMMAND, "import-list", *files], check=True, stdout=subprocess.DEVNULL)
        target = ["-o", folder / "out.csv", "--list", saved, "--workers", str(given.workers)]
        measure([*map(str, [*COMMAND, "screen-file", source, *target])])


def written(customers: Path, target: Path, rows: int) -> Path:
    """Write a file of so many rows; the same at every call."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["id", "name", "type", "country", "dob"])
        for at, row in zip(range(rows), made(customers), strict=False):
            out.writerow([f"C{at:07}", row["name"], row["type"], row["country"], row["dob"]])
    return target


def made(customers: Path) -> Iterator[Row]:
    """Yield rows for ever, each word of a name that of a name of the same kind and length."""
    with customers.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["name"].strip()]
    alike: dict[tuple[str, int, bool], list[Row]] = defaultdict(list)
    for row in rows:
        alike[_shape(row)].append(row)
    chance = random.Random("customers")
    while True:
        row = chance.choice(rows)
        others = alike[_shape(row)]
        words = [chance.choice(others)["name"].split()[at] for at in range(_shape(row)[1])]
        yield {**row, "name": " ".join(words)}


def _shape(row: Row) -> tuple[str, int, bool]:
    return row["type"], len(row["name"].split()), row["name"].isascii()


def measure(command: list[str]) -> None:
    """Run a command; print the time that it and its workers take, and the most memory."""
    before, started, most = _cpu(), time.perf_counter(), 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most = max(most, sum(map(_memory, family(process.pid))))
            time.sleep(PAUSE)
        assert process.stdout is not None
        print(process.stdout.read().rstrip())
    wall, cpu = time.perf_counter() - started, _cpu() - before
    print(f"{wall:.1f} s, {cpu:.1f} s of CPU time, {most:.0f} MB at most")


def family(process: int) -> list[int]:
    """Return a process and all that it started, and these, and so on."""
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        children = [each for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return []
    return [process, *(one for child in children for one in family(int(child)))]


def _memory(process: int) -> float:
    """Return the memory of a process in MB, its part of the pages that others share."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _cpu() -> float:
    """Return the CPU time of all processes that were waited for, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
