"""Commands about the configuration: show what applies, check a file."""

from __future__ import annotations

from pathlib import Path

import click

from sanctscreen.cli.parts import EXISTING, answer, chosen_config, json_option


@click.group("config")
def config() -> None:
    """Show or check the configuration."""


@config.command()
@click.argument("path", metavar="[FILE.toml]", type=EXISTING, required=False)
@json_option
def show(path: Path | None, *, as_json: bool) -> None:
    """Show every value that applies.

    Without FILE.toml these are the defaults, or those of --config.
    """
    from sanctscreen.config import Config
    from sanctscreen.report import config_view

    chosen = Config.read(path) if path else chosen_config()
    rationale = {field: chosen.rationale_for(field) for field in chosen.values}
    stated = {field: said for field, said in rationale.items() if said}
    content = {**chosen.model_dump(mode="json"), "rationale": stated, "digest": chosen.digest}
    answer(content if as_json else config_view(chosen))


@config.command()
@click.argument("path", metavar="FILE.toml", type=EXISTING)
def check(path: Path) -> None:
    """Say whether FILE.toml can be used.

    Every field that cannot is named. Values that are not the default and for which no rationale is
    stated are named as well.
    """
    from sanctscreen.config import Config

    chosen, usual = Config.read(path), Config()
    click.echo(f"{path}: can be used, digest {chosen.digest}")
    for field, value in chosen.values.items():
        if value != usual.values[field] and not chosen.rationale_for(field):
            click.echo(f"{field}: {value}, and no rationale for it", err=True)
