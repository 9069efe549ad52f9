"""Several processes that screen blocks of counterparties, in order, on one list.

Each worker starts as a copy of this process, so that the list is shared, not copied, where the
system can do that; elsewhere it makes a list of its own. Blocks wait in a queue of few, so that
memory does not grow with the file.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from multiprocessing.pool import ApplyResult
from typing import Any

from sanctscreen.model import Counterparty
from sanctscreen.result import ScreeningResult

Block = Sequence[Counterparty]
Work = Callable[[Block], list[ScreeningResult]]
_Outcome = dict[str, Any]

#: Blocks that wait or are worked on, for each worker.
WAITING = 3
#: What the waiting side knows of a result, so that it need not be sent back.
_KNOWN = ("counterparty", "stamp")
_SENT = tuple(each.name for each in fields(ScreeningResult) if each.name not in _KNOWN)
#: What a worker does with a block; empty but in workers.
_WORK: list[Work] = []


def screened(
    blocks: Iterable[Block], work: Work, known: Callable[[], dict[str, Any]], workers: int
) -> Iterator[ScreeningResult]:
    """Screen blocks in several processes; yield the results in order.

    Args:
        blocks: what is screened; read a few blocks ahead. If reading fails, the error comes
            after the results of what was read before.
        work: screens a block.
        known: returns what all results have in common, as far as a worker does not say it.
        workers: how many processes there are.
    """
    context = multiprocessing.get_context("fork" if _can_fork() else "spawn")
    gc.freeze()  # what is shared stays so only while nobody walks over it
    with context.Pool(workers, initializer=_start, initargs=(work,)) as pool:
        pending: deque[tuple[Block, ApplyResult[list[_Outcome]]]] = deque()
        failure: Exception | None = None
        source = iter(blocks)
        while True:
            try:
                while failure is None and len(pending) < WAITING * workers:
                    block = next(source)
                    pending.append((block, pool.apply_async(_outcomes, (block,))))
            except StopIteration:
                source = iter(())
            except Exception as error:
                failure = error
            if not pending:
                break
            block, outcome = pending.popleft()
            common = known()
            for who, each in zip(block, outcome.get(), strict=True):
                yield ScreeningResult(counterparty=who, **common, **each)
        if failure is not None:
            raise failure


def _start(work: Work) -> None:
    """Make this process a worker; the one that waits for it decides when to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _WORK[:] = [work]


def _outcomes(block: Block) -> list[_Outcome]:
    """Screen a block in a worker, and leave out what the waiting side knows."""
    [work] = _WORK
    return [{name: getattr(result, name) for name in _SENT} for result in work(block)]


def _can_fork() -> bool:
    """Tell whether a process can be copied; macOS has it, but its libraries do not bear it."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()
