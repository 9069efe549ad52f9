"""Documents in, a designated-party list out.

`build_list` reads press releases, news reports, alerts of law firms and official notices;
`describe` tells a person what came of it. ``docs/documents.md`` explains both.
"""

from __future__ import annotations

from sanctscreen.documents.build import build_list
from sanctscreen.documents.describe import describe

__all__ = ["build_list", "describe"]
