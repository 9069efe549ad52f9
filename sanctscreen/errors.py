"""Every error that sanctscreen raises on purpose.

    SanctscreenError
    ├── InputError (ValueError)        what the caller gave cannot be used
    │   ├── DocumentError              a document that cannot be read
    │   ├── OverlayError               an overlay that does not fit the list it corrects
    │   ├── ListError                  a list that is empty, cut off or malformed
    │   │   ├── ShortListError         a list too short to be whole
    │   │   └── UnknownFormatError     no reader recognises the file
    │   ├── ClearanceError             an analyst's word that cannot be kept, or read back
    │   ├── LedgerError                a ledger that cannot be written, read or trusted
    │   ├── ResultsError               results of a run that cannot be built upon
    │   └── ConfigError                a configuration that cannot be used
    └── TableError                     one of the shipped data tables is damaged

An input error names the file, row and field as far as they are known, so that the person
who has to mend the input can find it.
"""

from __future__ import annotations

from typing import Self


class SanctscreenError(Exception):
    """The root of the tree; catches everything that sanctscreen raises on purpose."""


class InputError(SanctscreenError, ValueError):
    """What the caller gave cannot be used.

    Attributes:
        message: what is wrong, without the place.
        path: the file at fault, where there is one.
        row: its row or line, counted from 1.
        field: the column or field at fault.
    """

    def __init__(
        self,
        message: str,
        *,
        path: object = None,
        row: int | None = None,
        field: str | None = None,
    ) -> None:
        self.message = message
        self.path = None if path is None else str(path)
        self.row = row
        self.field = field
        super().__init__(f"{self._place()}{message}")

    def located(self, path: object) -> Self:
        """Return the same error with the file in which it happened."""
        return type(self)(self.message, path=path, row=self.row, field=self.field)

    def _place(self) -> str:
        """Render where the fault is, as ``file, row 3, field 'name': ``."""
        parts = [
            self.path or "",
            "" if self.row is None else f"row {self.row}",
            "" if self.field is None else f"field {self.field!r}",
        ]
        place = ", ".join(part for part in parts if part)
        return f"{place}: " if place else ""


class DocumentError(InputError):
    """A document cannot be read."""


class OverlayError(InputError):
    """An overlay does not fit the list that it is meant to correct."""


class ListError(InputError):
    """A list is empty, cut off or malformed."""


class ShortListError(ListError):
    """A list holds fewer parties than the whole of it is known to hold."""


class UnknownFormatError(ListError):
    """No reader recognises the file."""


class ClearanceError(InputError):
    """An analyst's word on a hit cannot be kept, or read back."""


class LedgerError(InputError):
    """A ledger cannot be written, read or trusted."""


class ResultsError(InputError):
    """The results of a run cannot be built upon."""


class ConfigError(InputError):
    """A configuration cannot be used."""


class TableError(SanctscreenError):
    """One of the shipped data tables is damaged."""
