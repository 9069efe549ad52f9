"""Show a configuration: every value that applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from sanctscreen.report.parts import facts

if TYPE_CHECKING:
    from sanctscreen.config import Config


def config_view(config: Config) -> RenderableType:
    """Show every value of a configuration with its rationale, and its digest."""
    shown = (
        (field, _said(value, config.rationale_for(field))) for field, value in config.values.items()
    )
    return facts(*shown, ("digest", config.digest))


def _said(value: object, rationale: str) -> Text:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Text.assemble("not set" if value is None else text, (f"  {rationale}", "dim"))
