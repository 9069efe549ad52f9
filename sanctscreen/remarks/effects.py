"""What a listing outside the SDN List does, by its programme.

An SDN entry blocks property whatever its programme; the lists beside it restrict or reject.
The rules and their sources stand in ``data/ofac_effects.tsv``.
"""

from __future__ import annotations

from sanctscreen.data import table


def non_sdn_effects(programmes: tuple[str, ...], remarks: str) -> tuple[str, ...]:
    """Return the effects of an entry on one of OFAC's non-SDN lists, each once.

    Args:
        programmes: the tags of the entry.
        remarks: its remarks, whose words some rules ask for.

    >>> non_sdn_effects(("NS-PLC",), "")
    ('reject',)
    """
    rules = [row for row in table("ofac_effects") if row["programme"] in programmes]
    return tuple(dict.fromkeys(row["effect"] for row in rules if row["words"] in remarks))


def non_sdn_programmes() -> frozenset[str]:
    """Return the programmes that mark an entry as one of a non-SDN list."""
    return frozenset(row["programme"] for row in table("ofac_effects") if row["mark"])
