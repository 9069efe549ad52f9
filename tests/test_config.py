"""The configuration: defaults, limits, digest."""

import pytest
from pydantic import ValidationError

import sanctscreen as ss


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
