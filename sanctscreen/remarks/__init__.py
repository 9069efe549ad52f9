"""What OFAC's own words say: the clauses of remarks and notices, the effects of programmes."""

from sanctscreen.remarks.clauses import (
    Facts,
    opens_clause,
    read_clause,
    read_clauses,
    read_partial_date,
    read_remarks,
)
from sanctscreen.remarks.effects import non_sdn_effects, non_sdn_programmes

__all__ = [
    "Facts",
    "non_sdn_effects",
    "non_sdn_programmes",
    "opens_clause",
    "read_clause",
    "read_clauses",
    "read_partial_date",
    "read_remarks",
]
