"""What the documents and docstrings show is what happens."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import sanctscreen

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = [
    name
    for _, name, _ in pkgutil.walk_packages(sanctscreen.__path__, "sanctscreen.")
    if name != "sanctscreen.data.refresh"
]


def fail_if_wrong(test: doctest.DocTest) -> None:
    report: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    doctest.DocTestRunner(optionflags=flags).run(test, out=report.append)

    assert not report, "".join(report)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_example_in_a_page_holds(page: Path) -> None:
    """Every example with a prompt in a document gives what the document prints."""
    text = re.sub(r"^```.*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)

    fail_if_wrong(doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_link_in_a_page_leads_somewhere(page: Path) -> None:
    """Every relative link of a document leads to a file that exists."""
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_readme_names_every_page() -> None:
    """A page that no list of contents names is a page that nobody reads."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / "docs").glob("*.md")]

    assert pages
    assert [page for page in pages if f"(docs/{page})" not in readme] == []


@pytest.mark.parametrize("name", ["sanctscreen", *MODULES])
def test_example_in_a_module_holds(name: str) -> None:
    """Every module has a docstring, and every docstring's example gives what it prints."""
    module = importlib.import_module(name)

    assert module.__doc__
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        if test.examples:
            fail_if_wrong(test)
