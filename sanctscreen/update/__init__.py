"""Fetch the publishers' lists, check them, and swap them in as a whole.

Each list is kept as ``SOURCE.json.gz`` in one folder, with ``SOURCE.state.json`` beside it for
the next conditional request. A list that fails any check is not swapped in: the last good one
stays, and the outcome says so.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from sanctscreen.config import Config
from sanctscreen.data import table
from sanctscreen.errors import InputError, ListError
from sanctscreen.party_list import PartyList, read_list
from sanctscreen.party_list.storage import write_whole
from sanctscreen.update.fetch import Fetched, Policy, fetch

MEGABYTE = 1 << 20


class Address(NamedTuple):
    """Where a publisher puts a list.

    Attributes:
        source: the id that the list must turn out to have.
        address: an HTTPS address.
        largest: the most bytes that the file may have.
    """

    source: str
    address: str
    largest: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one list.

    Attributes:
        source: its id.
        result: ``updated``, ``unchanged`` or ``failed``.
        message: what changed, or why it failed and what is still in use.
    """

    source: str
    result: Literal["updated", "unchanged", "failed"]
    message: str


@dataclass(frozen=True, slots=True)
class Options:
    """How lists are fetched and checked.

    Attributes:
        policy: timeouts and attempts.
        max_shrink: the share, 0 to 1, of the list in use that may be gone.
        minimum: fewer parties than this fail; the reader's own figure if ``None``.
        accept: why a list that shrank or is older is taken all the same; recorded in its
            warnings. Empty to refuse it.
    """

    policy: Policy = field(default_factory=Policy)
    max_shrink: float = field(default_factory=lambda: Config().max_list_shrink)
    minimum: int | None = None
    accept: str = ""


def addresses() -> dict[str, Address]:
    """Return the publishers' own addresses, by source."""
    return {
        row["source"]: Address(row["source"], row["address"], int(row["largest"]) * MEGABYTE)
        for row in table("list_addresses")
    }


def list_path(folder: Path, source: str) -> Path:
    """Return where the list of a source is kept."""
    return folder / f"{source}.json.gz"


def update(
    folder: Path, wanted: Iterable[Address], options: Options | None = None
) -> Iterator[Outcome]:
    """Bring lists up to date, one after the other; a failure never ends the run.

    Args:
        folder: where the lists are kept; made if it is not there.
        wanted: which lists, and where they are.
        options: patience and checks; the defaults if ``None``.

    Raises:
        InputError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror}", path=folder) from error
    for each in wanted:
        yield _Update(folder, each, options or Options()).run()


class _Update:
    """The update of one list."""

    def __init__(self, folder: Path, address: Address, options: Options) -> None:
        self._address = address
        self._options = options
        self._path = list_path(folder, address.source)
        self._state_path = folder / f"{address.source}.state.json"
        self._folder = folder

    def run(self) -> Outcome:
        """Fetch, check and swap in."""
        kept = "no list is in use" if not self._path.exists() else "the list in use is damaged"
        try:
            old = self._old()
            kept = f"the list of {old.version} stays in use" if old else kept
            return self._outcome(old)
        except (InputError, OSError) as error:
            reason = " ".join(str(error).split())
            return Outcome(self._address.source, "failed", f"{reason}; {kept}")

    def _outcome(self, old: PartyList | None) -> Outcome:
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".") as place:
            path = Path(place, self._address.source)
            with path.open("wb") as file:
                answer = fetch(
                    self._address.address,
                    file,
                    largest=self._address.largest,
                    known=self._known(old),
                    policy=self._options.policy,
                )
            if not answer.changed and old:
                return Outcome(self._address.source, "unchanged", _described(old))
            new = self._checked(path, old)
        if old and new.digest == old.digest:
            self._remember(answer, old)
            return Outcome(self._address.source, "unchanged", _described(old))
        new.save(self._path)
        self._remember(answer, new)
        return Outcome(self._address.source, "updated", _compared(old, new))

    def _old(self) -> PartyList | None:
        """Return the list in use; ``None`` if there is none.

        Raises:
            ListError: it is damaged, and nothing can be said of what would replace it.
        """
        return read_list(self._path, format="sanctscreen-json") if self._path.exists() else None

    def _known(self, old: PartyList | None) -> Mapping[str, str]:
        """Return what the server called the version in use; nothing if that is in doubt."""
        if old is None or not self._state_path.exists():
            return {}
        try:
            state = json.loads(self._state_path.read_text(encoding="utf-8"))
            same = (state["address"], state["list"]) == (self._address.address, old.digest)
            return {key: str(state[key]) for key in ("etag", "modified")} if same else {}
        except (ValueError, LookupError, TypeError):
            # A state that cannot be read costs one unconditional request, nothing else.
            return {}

    def _checked(self, path: Path, old: PartyList | None) -> PartyList:
        """Read what was fetched, and refuse what cannot be a newer version of the list.

        Raises:
            ListError: it is another list, too short, shrunk or older.
        """
        minimum = self._options.minimum
        new = read_list(path, minimum=minimum).with_minimum(minimum)
        found = {source.id for source in new.sources}
        if self._address.source not in found:
            raise ListError(f"this is {', '.join(sorted(found))}, not {self._address.source}")
        if old is None:
            return new
        try:
            new.check_replaces(old, max_shrink=self._options.max_shrink)
            _check_age(old, new)
        except ListError as error:
            if not self._options.accept:
                raise
            return new.with_warning(f"taken although {error}: {self._options.accept}")
        return new

    def _remember(self, answer: Fetched, used: PartyList) -> None:
        state = {
            "address": self._address.address,
            "etag": answer.etag,
            "modified": answer.modified,
            "list": used.digest,
        }
        write_whole(self._state_path, (json.dumps(state, indent=1) + "\n").encode("utf-8"))


def _check_age(old: PartyList, new: PartyList) -> None:
    """Refuse to go back in time.

    Raises:
        ListError: the new list was published before the old one.
    """
    if old.published and new.published and new.published < old.published:
        raise ListError(f"it is of {new.published}, older than that of {old.published}")


def _described(party_list: PartyList) -> str:
    return f"{party_list.version}, {len(party_list):,} parties"


def _compared(old: PartyList | None, new: PartyList) -> str:
    if old is None:
        return _described(new)
    before = {party.id for party in old.parties}
    after = {party.id for party in new.parties}
    counts = f"{len(after - before):,} added, {len(before - after):,} removed"
    return f"{_described(new)}; {counts} since {old.version}"
