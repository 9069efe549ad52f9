"""The configuration: defaults, limits, digest."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

import sanctscreen as ss
from sanctscreen.cli import cli
from sanctscreen.errors import ConfigError


def test_defaults_come_from_the_shipped_file() -> None:
    """Every kind has a threshold, and the statuses that alert are the contract's four."""
    config = ss.Config()

    assert {config.threshold_for(kind) for kind in ("person", "entity", "vessel", None)} == {78.0}
    assert config.alerting_statuses == (
        "designated",
        "previously_designated",
        "sanctioned_undated",
        "unclear",
    )


def test_one_threshold_stands_for_all() -> None:
    """A threshold given by itself holds for every kind."""
    assert ss.Config(threshold=85).threshold_for("vessel") == 85


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": 101},
        {"threshold": "high"},
        {"tresholds": {}},
        {"alerting_statuses": ["sanctioned"]},
        {"fallback": "icu"},
        {"weights": {"omitted": 0.9}},
        {"weights": {"contradicted": 0.5}},
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused(wrong: dict[str, object]) -> None:
    """A misspelled field, a value out of range or a premise broken is an error, never ignored."""
    with pytest.raises(ValidationError):
        ss.Config(**wrong)


def test_digest_tells_configurations_apart() -> None:
    """Equal configurations have equal digests, others do not."""
    assert ss.Config().digest == ss.Config().digest
    assert ss.Config().digest != ss.Config(weak_aliases=True).digest


def test_configuration_is_immutable() -> None:
    """No caller can change the rules of a screener that is in use."""
    with pytest.raises(ValidationError):
        ss.Config().threshold = 50


def test_file_states_what_differs(tmp_path: Path) -> None:
    """A TOML file changes what it names and leaves the rest."""
    file = tmp_path / "rules.toml"
    file.write_text("weak_aliases = true\n[thresholds]\nperson = 90\n", encoding="utf-8")
    config = ss.Config.read(file)

    assert (config.threshold_for("person"), config.threshold_for("entity")) == (90, 78)
    assert config.weak_aliases


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[thresholds]\nperson = 900\n", "thresholds.person"),
        ("treshold = 3\n", "treshold"),
        ("weights = {", "rules.toml"),
    ],
)
def test_file_that_cannot_be_used_says_where(tmp_path: Path, content: str, said: str) -> None:
    """An error names the file and the field at fault."""
    file = tmp_path / "rules.toml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigError, match=said):
        ss.Config.read(file)


def test_command_line_obeys_the_file(tmp_path: Path) -> None:
    """``--config`` holds for screening, and ``config`` shows and checks it."""
    file = tmp_path / "rules.toml"
    file.write_text("threshold = 99\n", encoding="utf-8")
    run = CliRunner().invoke

    assert run(cli, ["screen", "Korea Gwangseon Bank"]).exit_code == 1
    assert run(cli, ["--config", str(file), "screen", "Korea Gwangseon Bank"]).exit_code == 0
    assert "99.0" in run(cli, ["config", "show", str(file)]).output
    assert ss.Config.read(file).digest in run(cli, ["config", "check", str(file)]).output
    file.write_text("threshold = 999\n", encoding="utf-8")
    assert run(cli, ["config", "check", str(file)]).exit_code == 2
