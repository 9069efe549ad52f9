"""The example project in the documents is a project that works, and whose tests can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sanctscreen

EXAMPLE = Path(__file__).parents[1] / "docs" / "example-project"
PACKAGE = Path(sanctscreen.__file__).parents[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "10 passed"),
        ("person = 76", "person = 99", "does not hit test:3"),
        ("person = 76", "person = 40", "is not clear"),
        ("[rationale.thresholds]\nperson", "[rationale.thresholds]\nentity", "thresholds.person"),
    ],
)
def test_the_example_tests_its_rules(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Its tests pass as it stands, and fail for a threshold that is moved either way."""
    project = shutil.copytree(EXAMPLE, tmp_path / "project")
    rules = project / "rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."]

    done = subprocess.run(
        command,
        cwd=project,
        env={"PYTHONPATH": str(PACKAGE), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said in done.stdout
    assert (done.returncode == 0) == (not old)
