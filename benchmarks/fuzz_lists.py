"""Damage list files in every way, and see that no reader crashes or keeps silent about a loss.

    python benchmarks/fuzz_lists.py [--cases 20000] [--seed 1] [--real FOLDER]

Each case takes the sample of a reader (or a published file, where a folder of them is given),
damages one of its files and reads it. Allowed is a party list or an `InputError`; a list with
fewer parties than before must say something that it did not say before. Two losses leave no
trace in a file whose publisher states neither its length nor its end: a cut after a whole row,
and a piece taken out so that the rest fits together; such cases are counted by themselves. The
exit status is 1 if anything else happened.
"""

from __future__ import annotations

import argparse
import gzip
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sanctscreen.errors import InputError
from sanctscreen.party_list import PartyList
from sanctscreen.sources import read

FIXTURES = Path(__file__).parents[1] / "fixtures" / "lists"
#: Damages that may take out whole records and leave the file in good order.
TAKING_OUT = ("delete", "splice")
#: Published files up to this size are damaged too; larger ones take seconds a case.
LARGEST = 400_000
REAL_SHARE = 0.03
TOKENS = (
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    b"&b;", b"]]>", b"<![CDATA[", b"<!--", b"\x00", b"\x1a", b'"', b"'", b",", b";", b"\t", b"\r",
    b"\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"-0- ", b"{", b"}", b"[", b"]",
    b"null", b"1e999", b"-1", b"99999999999999999999", b"0000-00-00", b"<a>" * 200, b"[" * 3000,
    b'{"a":' * 3000, b" " * 5000, b'<a b="' + b"x" * 5000 + b'"/>', "\u202e".encode(),
)  # fmt: skip


class Sample(NamedTuple):
    """Files that together are one list, and what they are when whole."""

    name: str
    files: tuple[Path, ...]
    whole: PartyList


def flip(content: bytes, chance: random.Random, _: bytes) -> bytes:
    """Change a few bytes."""
    changed = bytearray(content)
    for _i in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random, _: bytes) -> bytes:
    """Break off."""
    return content[: chance.randrange(len(content))]


def delete(content: bytes, chance: random.Random, _: bytes) -> bytes:
    """Take out a piece."""
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def duplicate(content: bytes, chance: random.Random, _: bytes) -> bytes:
    """Repeat a piece."""
    start, end = _span(content, chance)
    return content[:end] + content[start:end] * chance.randint(1, 3) + content[end:]


def nest(content: bytes, chance: random.Random, _: bytes) -> bytes:
    """Put a piece into another place, itself included."""
    start, end = _span(content, chance)
    place = chance.randrange(len(content))
    return content[:place] + content[start:end] + content[place:]


def splice(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """Go on in another file."""
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


def insert(content: bytes, chance: random.Random, _: bytes) -> bytes:
    """Put in what is known to hurt."""
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(TOKENS) + content[place:]


def recode(content: bytes, chance: random.Random, _: bytes) -> bytes:
    """Write it in another encoding."""
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "utf-7"])
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def pack(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """Pack it, and damage the archive."""
    packed = gzip.compress(content, mtime=0)
    return chance.choice([flip, cut, insert])(packed, chance, other)


DAMAGES: tuple[Callable[[bytes, random.Random, bytes], bytes], ...] = (
    flip, flip, cut, cut, delete, duplicate, nest, splice, insert, insert, recode, pack,
)  # fmt: skip


def _span(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content))
    longest = chance.choice([8, 80, 800, len(content)])
    return start, min(len(content), start + chance.randint(1, longest))


def samples(real: Path | None) -> tuple[list[Sample], list[Sample]]:
    """Return the readers' samples, and the published files that are small enough."""
    made = [
        _sample(folder.name, sorted(f for f in folder.iterdir() if f.name != "expected.jsonl"))
        for folder in sorted(FIXTURES.iterdir())
        if folder.is_dir()
    ]
    published = []
    for path in sorted(real.rglob("*")) if real else []:
        if path.is_file() and path.stat().st_size < LARGEST:
            try:
                published.append(_sample(path.name, [path]))
            except InputError:
                continue
    return made, published


def _sample(name: str, files: list[Path]) -> Sample:
    return Sample(name, tuple(files), read(files, minimum=1))


def says(party_list: PartyList) -> set[str]:
    """Return everything that a list says against itself."""
    return {said for source in party_list.sources for said in (*source.warnings, *source.unread)}


def judge(sample: Sample, folder: Path, damaged: bytes, damage: str) -> str:
    """Read a damaged sample and name the outcome."""
    try:
        found = read([folder / each.name for each in sample.files], minimum=1)
    except InputError:
        return "refused"
    if len(found) >= len(sample.whole):
        return "whole"
    if says(found) - says(sample.whole):
        return "shorter, and said"
    return _traceless(damaged, damage)


def _traceless(damaged: bytes, damage: str) -> str:
    """Tell the losses that no reader can see from those that it should have seen."""
    if damage in TAKING_OUT:
        return "shorter, a piece taken out"
    json_lines = damaged.rstrip().endswith(b"}") and b"\n{" in damaged
    marked = damaged.rstrip().endswith((b">", b"}", b"]"))
    if json_lines or (damaged.endswith((b"\n", b"\r")) and not marked):
        return "shorter, cut after a row"
    return "SHORTER, SILENT"


def case(chance: random.Random, pool: list[Sample], folder: Path) -> tuple[str, str, str, bytes]:
    """Run one case; return the sample, the damage, the outcome and the damaged bytes."""
    sample = chance.choice(pool)
    victim = chance.choice(sample.files)
    other = chance.choice(chance.choice(pool).files).read_bytes()
    damage = chance.choice(DAMAGES)
    damaged = damage(victim.read_bytes(), chance, other)
    for each in sample.files:
        shutil.copyfile(each, folder / each.name)
    (folder / victim.name).write_bytes(damaged)
    try:
        outcome = judge(sample, folder, damaged, damage.__name__)
    except Exception:
        outcome = "CRASH: " + traceback.format_exc(limit=-3)
    for each in sample.files:
        (folder / each.name).unlink()
    return sample.name, damage.__name__, outcome, damaged


def main() -> int:
    """Run the cases and print a table of outcomes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--real", type=Path)
    options.add_argument("--keep", type=Path, help="where to keep files that went wrong")
    given = options.parse_args()
    made, published = samples(given.real)
    chance, outcomes, bad = random.Random(given.seed), Counter[tuple[str, str]](), 0
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.cases):
            pool = published if published and chance.random() < REAL_SHARE else made
            name, damage, outcome, damaged = case(chance, pool, Path(folder))
            outcomes[name, outcome.split(":")[0]] += 1
            if outcome.startswith(("CRASH", "SHORTER")):
                bad += 1
                print(f"case {number}: {name}, {damage}: {outcome}", flush=True)
                if given.keep:
                    given.keep.mkdir(exist_ok=True)
                    (given.keep / f"{number}-{name}-{damage}").write_bytes(damaged)
    for (name, outcome), count in sorted(outcomes.items()):
        print(f"{name:40} {outcome:28} {count:7,}")
    seconds = time.perf_counter() - started
    print(f"{given.cases:,} cases, {bad} bad, {seconds:.0f} s, seed {given.seed}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
