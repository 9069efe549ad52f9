"""Which column of a file holds what: synonyms of headers in many languages, or a user's word.

``data/csv_columns.tsv`` holds the synonyms. What is not in it is not guessed: a file without
any column for a name is refused, with its headers quoted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sanctscreen import data
from sanctscreen.errors import InputError

#: Roles that can make up the name, and what else the screening reads.
NAME_ROLES = ("full_name", "organisation", "name", "first_name", "middle_name", "last_name")
OTHER_ROLES = (
    *("kind", "date_of_birth", "place_of_birth", "country", "gender", "address", "reference"),
)
#: Roles that several columns may have.
REPEATED_ROLES = ("place_of_birth", "country", "address")

Columns = dict[str, tuple[int, ...]]


def fold(text: str) -> str:
    """Reduce a header or a value to its letters and digits, without case.

    Text of signs alone stays as it stands, so that ``"-"`` can be looked up.

    >>> fold("Full_Name "), fold("Ф.И.О."), fold("--")
    ('fullname', 'фио', '--')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, plain)) or plain.strip()


@cache
def synonyms() -> dict[str, tuple[str, int]]:
    """Return each folded header with its role and its rank; a lower rank is preferred."""
    rows = data.table("csv_columns")
    return {fold(row["header"]): (row["role"], rank) for rank, row in enumerate(rows)}


@cache
def roles() -> frozenset[str]:
    """Return every role that a column can have."""
    return frozenset(role for role, _ in synonyms().values())


def parse_overrides(items: Iterable[str]) -> dict[str, str]:
    """Read ``role=header`` as the command line gives it.

    Raises:
        InputError: an item has another form.
    """
    pairs = [item.partition("=") for item in items]
    for role, equals, header in pairs:
        if not (role.strip() and equals and header.strip()):
            raise InputError(f"a column is given as role=header, not {role + equals + header!r}")
    return {role.strip(): header.strip() for role, _, header in pairs}


def find_columns(
    header: Sequence[str], overrides: Mapping[str, str] | None = None, *, path: object = None
) -> Columns:
    """Map roles to column places.

    Args:
        header: the cells of the header row.
        overrides: role to header, where a user says so; ``name`` then is the whole name.
        path: the file, for the message of an error.

    Returns:
        The places of each role found. ``country`` and ``address`` may have several; of two
        columns with one header the first counts.

    Raises:
        InputError: no column holds a name, a role is unknown or a header is not in the file.
    """
    columns = _recognised(header)
    chosen = {
        role: (_place(header, role, wanted, path),) for role, wanted in (overrides or {}).items()
    }
    if "name" in chosen:
        chosen["full_name"] = chosen.pop("name")
        columns = {role: at for role, at in columns.items() if role not in NAME_ROLES}
    taken = {place for places in chosen.values() for place in places}
    columns = {role: at for role, at in columns.items() if not taken.intersection(at)} | chosen
    if not any(role in columns for role in NAME_ROLES):
        headers = ", ".join(repr(cell) for cell in header[:30])
        raise InputError(
            f"no column holds a name (headers: {headers}); say which: --column name=HEADER",
            path=path,
            row=1,
        )
    return columns


def _recognised(header: Sequence[str]) -> Columns:
    """Map the roles whose synonyms stand in the header, each to its preferred column."""
    found = sorted(
        (rank, place, role)
        for place, cell in enumerate(header)
        for role, rank in [synonyms().get(fold(cell), ("", 0))]
        if role
    )
    columns: Columns = {}
    for _, place, role in found:
        if role in REPEATED_ROLES:
            columns[role] = (*columns.get(role, ()), place)
        else:
            columns.setdefault(role, (place,))
    return columns


def _place(header: Sequence[str], role: str, wanted: str, path: object) -> int:
    """Return the place of the column that a user chose for a role."""
    if role not in roles():
        known = ", ".join(sorted(roles()))
        raise InputError(f"no such role: {role!r}; the roles are {known}")
    for test in (str, fold):
        for place, cell in enumerate(header):
            if test(cell) == test(wanted):
                return place
    raise InputError(f"there is no column {wanted!r} for the role {role!r}", path=path, row=1)
