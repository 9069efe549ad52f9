"""When Python's garbage collector had better not walk over everything there is."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: What Python itself has frozen.
_AT_START = gc.get_freeze_count()


@contextmanager
def unhurried_collector() -> Iterator[None]:
    """Let the collector rest while a list or a table is made.

    Hundreds of thousands of records, none of which is garbage, would be walked again and again;
    loading is three times faster without. Afterwards they count as old.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            _count_as_old()
            gc.enable()


@contextmanager
def left_alone() -> Iterator[None]:
    """Keep the collector from walking over what there is already, for as long as much is made.

    That takes its time; and what processes share is shared only while nobody walks over it. What
    the caller has frozen stays so.
    """
    by_caller = gc.get_freeze_count() > _AT_START
    gc.freeze()
    try:
        yield
    finally:
        if not by_caller:
            gc.unfreeze()


def _count_as_old() -> None:
    """Move all there is to the oldest generation, so that what comes next is walked alone."""
    if gc.get_freeze_count() <= _AT_START:
        gc.freeze()
        gc.unfreeze()
