"""Measure payment messages: false alerts and recall of free text, and the time of a message.

    python benchmarks/payments.py DATA [--sample N]

``DATA`` is the folder that holds ``eval/`` and ``ofac/``. Texts go into field 70 of an MT103 as a
sender's system would put them there: in capital letters of SWIFT's X character set, cut at 140
characters and wrapped over lines of 35, wherever in a word that falls. ``docs/payments.md`` holds
the figures. Times are CPU time.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from unidecode import unidecode

import sanctscreen as ss

OFFICIAL = "ofac/2023-12-28/sdn.csv"
TEXTS = ("benign_text", "substring_in_text")
WIDTH, LONGEST = 35, 140
MESSAGE = (
    "{{1:F01EXAMDEFFAXXX0000000001}}{{2:I103EXAMUS33XXXXN}}{{4:\n"
    ":20:REF\n:59:MARTA ESPOSITO\n{text}\n-}}"
)
PARTIES = ("Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr", "InitgPty")
AGENTS = ("DbtrAgt", "CdtrAgt", "InstgAgt", "InstdAgt", "IntrmyAgt1")
#: Around a listed name, as in "INV 23 NAME FUEL".
BEFORE, AFTER = ("INV 23 ", "PAYMENT FOR ORDER 4471 TO ", "SERVICES MAY "), (" FUEL", "", " Q3")


def main() -> None:
    """Parse the arguments, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=10, help="every Nth listed name")
    options = parser.parse_args()
    party_list = ss.read_list(options.data / OFFICIAL)
    screener = ss.Screener(party_list)
    screener.warm_up()
    gc.freeze()  # as a service does, see docs/performance.md
    with (options.data / "eval/hard_negatives_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for category in TEXTS:
        alerts = [bool(_hits(screener, r["query"])) for r in rows if r["category"] == category]
        print(f"{category}: {sum(alerts)} of {len(alerts)} raise an alert")
    listed = party_list.parties[:: options.sample]
    found = [party.id in _hits(screener, text) for party, text in _embedded(listed)]
    print(f"listed names inside a text: {sum(found)} of {len(found)} found")
    strangers = [row["query"] for row in rows if row["category"] in {"surname_shared", TEXTS[0]}]
    times = sorted(_seconds(screener, strangers))
    p50, p99 = (1000 * np.percentile(times, each) for each in (50, 99))
    print(f"message of ten parties: p50 {p50:.1f} ms, p99 {p99:.1f} ms, {len(times)} messages")


def _hits(screener: ss.Screener, text: str) -> set[str]:
    """Return the parties that a text raises in field 70."""
    message = MESSAGE.format(text=_field(text))
    payment = screener.screen_payment(message)
    return {hit.party.id for each in payment.findings for hit in each.result.hits}


def _field(text: str) -> str:
    """Write a text as a field of SWIFT: X character set, cut, wrapped."""
    plain = unidecode(text).upper()
    kept = "".join(char if char.isalnum() or char in "/-?:().,'+ " else " " for char in plain)
    lines = [kept[at : at + WIDTH] for at in range(0, min(len(kept), LONGEST), WIDTH)]
    return ":70:" + "\n".join(line if line[:1] not in ":-" else "." + line[1:] for line in lines)


def _embedded(parties: Sequence[ss.Party]) -> Iterator[tuple[ss.Party, str]]:
    """Put each primary name into a text."""
    for at, party in enumerate(parties):
        yield party, f"{BEFORE[at % len(BEFORE)]}{party.name}{AFTER[at // 3 % len(AFTER)]}"


def _seconds(screener: ss.Screener, names: Sequence[str], count: int = 300) -> Iterator[float]:
    """Yield the time of each of some messages with ten parties and agents, none seen before."""
    chance = random.Random(0)
    screener.screen_payment(_pacs008(names[:11]))
    for _ in range(count):
        message = _pacs008(chance.sample(list(names), 11))
        began = time.process_time()
        screener.screen_payment(message)
        yield time.process_time() - began


def _pacs008(names: Sequence[str]) -> str:
    """Write a message with ten parties and agents, their addresses, and a remittance text."""
    address = "<PstlAdr><StrtNm>High Street {0}</StrtNm><TwnNm>Sampletown</TwnNm></PstlAdr>"
    parts = [
        f"<{tag}><Nm>{_plain(name)}</Nm>{address.format(at)}</{tag}>"
        for at, (tag, name) in enumerate(zip(PARTIES, names, strict=False))
    ]
    parts += [
        f"<{tag}><FinInstnId><BICFI>EXAMDE{at}{at}</BICFI><Nm>{_plain(name)}</Nm></FinInstnId></{tag}>"
        for at, (tag, name) in enumerate(zip(AGENTS, names[5:], strict=False))
    ]
    text = f"<RmtInf><Ustrd>{_plain(names[10])[:LONGEST]}</Ustrd></RmtInf>"
    return (
        "<Document><FIToFICstmrCdtTrf><GrpHdr><NbOfTxs>1</NbOfTxs></GrpHdr>"
        f"<CdtTrfTxInf>{''.join(parts)}{text}</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>"
    )


def _plain(name: str) -> str:
    return name.replace("&", "and").replace("<", " ")


if __name__ == "__main__":
    main()
