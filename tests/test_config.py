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

    assert config.threshold_for("person") == 71.0
    assert {config.threshold_for(kind) for kind in ("entity", "vessel", "aircraft", None)} == {78.0}
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
        ("treshold = 3\n", "treshold: there is no such field, threshold is one"),
        ("[thresholds]\npersn = 3\n", "persn: there is no such field, thresholds.person is one"),
        ("threshold = 'high'\n", "threshold = 'high': it should be a valid number"),
        ("[weights]\nomitted = 0.9\n", "^[^{]*must cost at least three times"),
        ("[rationale]\nzeal = 'x'\n", "rules.toml: a rationale for no such field: zeal"),
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
    assert "99.0" in run(cli, ["--config", str(file), "config", "show"]).output
    assert ss.Config.read(file).digest in run(cli, ["config", "check", str(file)]).output
    file.write_text("threshold = 999\n", encoding="utf-8")
    assert run(cli, ["config", "check", str(file)]).exit_code == 2


RULES = """
threshold = 85
max_list_age_days = 7
[rationale]
threshold = "board paper 12/2026: 3 alerts a day are what we can review"
"""


def test_every_default_has_its_rationale() -> None:
    """Nobody has to guess why a value is what it is; what is not set needs no reason."""
    config = ss.Config()

    silent = [field for field in config.values if not config.rationale_for(field)]
    assert silent == ["threshold", "max_list_age_days"]


def test_a_rationale_belongs_to_its_value() -> None:
    """A value that is changed loses the default's reason, and has the one that is stated."""
    changed = ss.Config(
        thresholds={"person": 80, "entity": 76}, rationale={"thresholds.entity": "x"}
    )

    assert changed.rationale_for("thresholds.person") == ""
    assert changed.rationale_for("thresholds.entity") == "x"
    assert changed.rationale_for("thresholds.vessel") == ss.Config().rationale_for(
        "thresholds.vessel"
    )


def test_a_rationale_changes_no_digest() -> None:
    """No result depends on it."""
    assert ss.Config(rationale={"threshold": "x"}).digest == ss.Config().digest


@pytest.mark.parametrize("wrong", [{"treshold": "x"}, {"threshold": ""}, {"thresholds": "x"}])
def test_a_rationale_for_nothing_is_refused(wrong: dict[str, str]) -> None:
    """A misspelled field would leave its value without a reason."""
    with pytest.raises(ValidationError):
        ss.Config(rationale=wrong)


def test_a_rationale_is_printed_where_the_thresholds_are(tmp_path: Path) -> None:
    """Into records, into the page about a run, and by the commands; a lack of one as well."""
    rules, source = tmp_path / "rules.toml", tmp_path / "in.csv"
    rules.write_text(RULES, encoding="utf-8")
    source.write_text("name\nBakery\n", encoding="utf-8")
    config = ss.Config.read(rules)
    run = CliRunner().invoke
    command = ["--config", str(rules), "screen-file", str(source), "-o", str(tmp_path / "o.jsonl")]

    record = ss.Screener(config=config).screen("Bakery").record()
    checked = run(cli, ["config", "check", str(rules)])
    assert run(cli, [*command, "--report", str(tmp_path / "o.html")]).exit_code == 0

    kinds = ["person", "entity", "vessel", "aircraft", "unknown"]
    assert record["thresholds"] == [
        {"kinds": kinds, "score": 85.0, "rationale": config.rationale_for("threshold")}
    ]
    assert "board paper 12/2026" in (tmp_path / "o.jsonl").read_text(encoding="utf-8")
    page = (tmp_path / "o.html").read_text(encoding="utf-8")
    assert "(by default not set): board paper 12/2026" in page
    assert "7 (by default not set): no rationale is given" in page
    assert "board paper" in " ".join(run(cli, ["config", "show", str(rules)]).output.split())
    assert "max_list_age_days: 7, and no rationale for it" in checked.output
