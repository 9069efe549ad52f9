"""What ``import sanctscreen`` offers, and what it costs."""

import subprocess
import sys

import pytest

import sanctscreen

HEAVY = (
    "pydantic numpy rapidfuzz unidecode click rich charset_normalizer pandas polars pyarrow"
).split()


def test_namespace_is_what_all_says() -> None:
    """``dir()`` lists the public names and nothing else."""
    assert sorted([*sanctscreen.__all__, "__version__"]) == dir(sanctscreen)
    assert sorted(sanctscreen.__all__) == sanctscreen.__all__


@pytest.mark.parametrize("name", sanctscreen.__all__)
def test_public_name_opens_and_is_documented(name: str) -> None:
    """Every public name can be fetched and has a docstring."""
    assert getattr(sanctscreen, name).__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    """A misspelled name fails as it does with any module."""
    with pytest.raises(AttributeError, match="no attribute 'Screner'"):
        sanctscreen.Screner  # noqa: B018


def test_import_opens_nothing_heavy() -> None:
    """A bare import loads none of the dependencies."""
    code = f"import sys, sanctscreen; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
