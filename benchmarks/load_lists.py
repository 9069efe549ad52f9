"""Measure how long each list takes to read, save and load, and how much memory.

    python benchmarks/load_lists.py FILE...

Each file is read in a process of its own, so that the peak is that of this list alone.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from sanctscreen.errors import InputError
from sanctscreen.party_list import read_list


def measure(path: str) -> str:
    """Return one row of the table."""
    before = _peak()
    started = time.process_time()
    try:
        party_list = read_list(path, minimum=0)
    except InputError as error:
        return f"| {Path(path).name} | refused: {error} |"
    read, peak = time.process_time() - started, _peak() - before
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder, "list.json")
        party_list.save(saved)
        size = saved.stat().st_size / 1e6
        started = time.process_time()
        loaded = read_list(saved)
        load = time.process_time() - started
    assert loaded.digest == party_list.digest
    source = party_list.sources[0]
    cells = (
        Path(path).name,
        source.id,
        f"{len(party_list):,}",
        f"{read:.1f} s",
        f"{peak:.0f} MB",
        f"{size:.1f} MB",
        f"{load:.2f} s",
        str(len(source.unread)),
    )
    return "| " + " | ".join(cells) + " |"


def _peak() -> float:
    """Return the most memory that this process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    print("| file | source | parties | read | memory | saved | load and check | unread fields |")
    print("|---|---|---|---|---|---|---|---|")
    context = multiprocessing.get_context("spawn")
    for path in sys.argv[1:]:
        with context.Pool(1) as pool:
            print(pool.apply(measure, (path,)), flush=True)


if __name__ == "__main__":
    main()
