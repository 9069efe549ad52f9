"""Several processes that work on blocks, in order.

Each worker starts as a copy of this process, so that what it works with is shared, not copied,
where the system can do that; elsewhere it is sent to each. Blocks go to the workers in turn, a few
ahead, so that memory does not grow with their number.

The pools of the standard library are not used: their workers answer through one queue, and one
that is killed while it writes there leaves everybody waiting for the rest. Here each worker has a
pipe of its own, which ends with it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import Any, TypeVar

from sanctscreen.collector import left_alone
from sanctscreen.errors import SanctscreenError

Item = TypeVar("Item")
Block = TypeVar("Block")
Answer = TypeVar("Answer")

#: Blocks that wait or are worked on, for each worker.
WAITING = 3
#: Objects made between two walks of a worker's collector; rows leave hardly any garbage behind.
HURRIED = 50_000
#: Whether the system lets a thread hold signals back.
_MASKS = hasattr(signal, "pthread_sigmask")


def worked(
    blocks: Iterable[Block], work: Callable[[Block], Answer], workers: int
) -> Generator[tuple[Block, Answer], None, None]:
    """Work on blocks; yield each with what came of it, in order.

    Close what is returned to end the workers at once, whatever they are doing. They end too if
    this process does, by whatever cause.

    Args:
        blocks: what is worked on; read a few ahead. If reading fails, the error comes after all
            that was read before.
        work: what is done with a block; it must bear to be pickled where processes are not copied.
            What it raises is raised here.
        workers: how many processes there are; with 1 it is this one.

    Raises:
        SanctscreenError: a worker died.
    """
    with left_alone():
        if workers == 1:
            for block in blocks:
                yield block, work(block)
            return
        with _pipes(work, workers) as pipes:
            for block, pipe in _ahead(blocks, pipes):
                yield block, _answer(pipe)


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


def _ahead(blocks: Iterable[Block], pipes: list[Connection]) -> Iterator[tuple[Block, Connection]]:
    """Send some blocks ahead of the one whose answer is waited for; the workers take turns."""
    pending: deque[tuple[Block, Connection]] = deque()
    failure: Exception | None = None
    source, turns = iter(blocks), cycle(pipes)
    while True:
        try:
            while failure is None and len(pending) < WAITING * len(pipes):
                block, pipe = next(source), next(turns)
                _send(block, pipe)
                pending.append((block, pipe))
        except StopIteration:
            source = iter(())
        except Exception as error:
            failure = error
        if not pending:
            break
        yield pending.popleft()
    if failure is not None:
        raise failure


def _send(block: Any, pipe: Connection) -> None:
    """Send a block; that the worker is dead comes out when its answer is read."""
    with suppress(OSError):
        pipe.send(block)


def _answer(pipe: Connection) -> Any:
    """Wait for what a worker made of a block."""
    try:
        answer, failure = pipe.recv()
    except (EOFError, OSError) as end:
        raise SanctscreenError("a worker process died; is the memory used up?") from end
    if failure is not None:
        raise failure
    return answer


@contextmanager
def _pipes(work: Callable[[Any], Any], workers: int) -> Iterator[list[Connection]]:
    """Hold processes that work, each at the other end of a pipe."""
    context: Any = multiprocessing.get_context(start_method())  # what all kinds share has no type
    pipes: list[Connection] = []
    processes: list[BaseProcess] = []
    try:
        for _ in range(workers):
            ours, theirs = context.Pipe()
            pipes.append(ours)
            with _undisturbed(), theirs:
                process = context.Process(target=_serve, args=(work, theirs, pipes), daemon=True)
                process.start()
                processes.append(process)
        yield pipes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        for pipe in pipes:
            pipe.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back, also from processes that start meanwhile."""
    if not _MASKS:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(work: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> None:
    """Answer blocks until the process that sends them ends this one, or ends itself.

    Args:
        work: what is done with a block.
        pipe: where blocks come from and answers go to.
        others: the other ends of this pipe and of earlier ones, which only the sender shall hold:
            a pipe ends when nobody holds its other end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that waits decides when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if _MASKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for other in others:
        other.close()
    gc.set_threshold(HURRIED)
    blocks: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, blocks), daemon=True).start()
    while True:
        block = blocks.get()
        try:
            told = ForkingPickler.dumps((work(block), None))
        except Exception as error:
            error.add_note(traceback.format_exc())
            told = ForkingPickler.dumps((None, error))
        pipe.send_bytes(told)


def _receive(pipe: Connection, blocks: SimpleQueue[Any]) -> None:
    """Take blocks from a pipe at once, so that its sender never waits; end with the sender."""
    try:
        while True:
            blocks.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(1)


def start_method() -> str:
    """Say how workers start; macOS can copy a process, but its libraries do not bear it."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return "fork" if can_fork and sys.platform != "darwin" else "spawn"
