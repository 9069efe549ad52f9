"""Tell whether a counterparty is a sanctioned party.

>>> import sanctscreen as ss
>>> ss.compare("Korea Gwangseon Bank", "Korea Kwangson Banking Corporation").score >= 80
True

Every public name opens on first use, so that ``import sanctscreen`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sanctscreen.batch.frames import screen_frame
    from sanctscreen.config import Config
    from sanctscreen.documents import build_list
    from sanctscreen.errors import SanctscreenError
    from sanctscreen.model import Counterparty, Name, Party, Unnamed
    from sanctscreen.party_list import PartyList, default_list, read_list
    from sanctscreen.payments import PaymentResult, screen_payment
    from sanctscreen.result import Hit, ScreeningResult
    from sanctscreen.score import Comparison, compare
    from sanctscreen.screen import Screener

__all__ = [
    "Comparison",
    "Config",
    "Counterparty",
    "Hit",
    "Name",
    "Party",
    "PartyList",
    "PaymentResult",
    "SanctscreenError",
    "Screener",
    "ScreeningResult",
    "Unnamed",
    "build_list",
    "compare",
    "default_list",
    "read_list",
    "screen_frame",
    "screen_payment",
]

_ROOMS = {
    "Comparison": "score",
    "Config": "config",
    "Counterparty": "model",
    "Hit": "result",
    "Name": "model",
    "Party": "model",
    "PartyList": "party_list",
    "PaymentResult": "payments",
    "SanctscreenError": "errors",
    "Screener": "screen",
    "ScreeningResult": "result",
    "Unnamed": "model",
    "build_list": "documents",
    "compare": "score",
    "default_list": "party_list",
    "read_list": "party_list",
    "screen_frame": "batch.frames",
    "screen_payment": "payments",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
