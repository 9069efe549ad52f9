"""Show a configuration: every value that applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType

from sanctscreen.report.parts import facts

if TYPE_CHECKING:
    from sanctscreen.config import Config


def config_view(config: Config) -> RenderableType:
    """Show every value of a configuration, and its digest."""
    return facts(*_values(config.model_dump(mode="json")), ("digest", config.digest))


def _values(content: Mapping[str, Any], section: str = "") -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _values(value, f"{section}{name}.")
        elif isinstance(value, list):
            yield f"{section}{name}", ", ".join(map(str, value))
        else:
            yield f"{section}{name}", "not set" if value is None else str(value)
