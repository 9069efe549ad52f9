"""Several processes that work on blocks, in order.

Each worker starts as a copy of this process, so that what it works with is shared, not copied,
where the system can do that; elsewhere it is sent to each. Blocks wait in a queue of few, so that
memory does not grow with their number.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from sanctscreen.errors import SanctscreenError

Item = TypeVar("Item")
Block = TypeVar("Block")
Answer = TypeVar("Answer")

#: Blocks that wait or are worked on, for each worker.
WAITING = 3
#: Whether the system lets a thread hold signals back.
_MASKS = hasattr(signal, "pthread_sigmask")
#: What a worker does with a block; empty but in workers.
_WORK: list[Callable[[Any], Any]] = []


def worked(
    blocks: Iterable[Block], work: Callable[[Block], Answer], workers: int
) -> Generator[tuple[Block, Answer], None, None]:
    """Work on blocks; yield each with what came of it, in order.

    Close what is returned to end the workers at once, whatever they are doing.

    Args:
        blocks: what is worked on; read a few ahead. If reading fails, the error comes after all
            that was read before.
        work: what is done with a block; it must bear to be pickled where processes are not copied.
        workers: how many processes there are; with 1 it is this one.

    Raises:
        SanctscreenError: a worker died.
    """
    if workers == 1:
        for block in blocks:
            yield block, work(block)
        return
    with _pool(work, workers) as submit:
        try:
            for block, answer in _ahead(blocks, submit, WAITING * workers):
                yield block, answer.result()
        except BrokenProcessPool as error:
            raise SanctscreenError("a worker process died; is the memory used up?") from error


def divided(items: Iterable[Item], largest: int) -> Iterator[list[Item]]:
    """Divide items into blocks, small at first, so that answers come early.

    An error comes after the block of those before it.
    """
    block: list[Item] = []
    size = 1
    try:
        for item in items:
            block.append(item)
            if len(block) == size:
                yield block
                block, size = [], min(2 * size, largest)
    except Exception:
        yield block
        raise
    yield block


def _ahead(
    blocks: Iterable[Block], submit: Callable[[Block], Future[Answer]], most: int
) -> Iterator[tuple[Block, Future[Answer]]]:
    """Submit some blocks ahead of those whose answer is waited for."""
    pending: deque[tuple[Block, Future[Answer]]] = deque()
    failure: Exception | None = None
    source = iter(blocks)
    while True:
        try:
            while failure is None and len(pending) < most:
                block = next(source)
                pending.append((block, submit(block)))
        except StopIteration:
            source = iter(())
        except Exception as error:
            failure = error
        if not pending:
            break
        yield pending.popleft()
    if failure is not None:
        raise failure


@contextmanager
def _pool(
    work: Callable[[Block], Answer], workers: int
) -> Iterator[Callable[[Block], Future[Answer]]]:
    """Hold processes that work; they end at once if this process dies, else after their block."""
    context = multiprocessing.get_context(start_method())
    lifeline, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, context, _start, (work, lifeline, held))

    def submit(block: Block) -> Future[Answer]:
        with _undisturbed():
            return pool.submit(_answer, block)

    gc.freeze()  # what is shared stays so only while nobody walks over it
    try:
        yield submit
        pool.shutdown()
    finally:
        pool.shutdown(cancel_futures=True)  # whoever dies while it answers leaves others waiting
        held.close()
        lifeline.close()
        gc.unfreeze()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back, also from processes and threads that start meanwhile."""
    if not _MASKS:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(work: Callable[[Any], Any], lifeline: Connection, held: Connection) -> None:
    """Make this process a worker; the one that waits for it decides when to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if _MASKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    held.close()
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    _WORK[:] = [work]


def _end_with(lifeline: Connection) -> None:
    """End this process as soon as the other end of a pipe is closed."""
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(1)


def _answer(block: Any) -> Any:
    [work] = _WORK
    return work(block)


def start_method() -> str:
    """Say how workers start; macOS can copy a process, but its libraries do not bear it."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return "fork" if can_fork and sys.platform != "darwin" else "spawn"
