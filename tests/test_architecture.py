"""The rooms of the house open only the doors that the plan allows."""

import ast
from pathlib import Path

import pytest

import sanctscreen

PACKAGE = Path(sanctscreen.__file__).parent

#: room -> the rooms that it may import from; a room may always import from itself.
DOORS = {
    "__init__": {
        "batch", "config", "documents", "errors", "model", "party_list", "payments", "result",
        "score", "screen",
    },
    "__main__": {"cli"},
    "errors": set(),
    "collector": set(),
    "data": {"collector", "errors", "text"},
    "text": {"collector", "data", "errors"},
    "model": {"errors", "text"},
    "config": {"data", "errors", "model"},
    "remarks": {"data", "errors", "model", "text"},
    "party_list": {"collector", "data", "errors", "model", "sources"},
    "diff": {"errors", "model", "party_list"},
    "merge": {"collector", "data", "errors", "model", "party_list", "text"},
    "documents": {"data", "errors", "merge", "model", "party_list", "remarks", "text"},
    "markup": {"errors"},
    "sources": {"data", "errors", "markup", "model", "party_list", "remarks", "text"},
    "evidence": {"data", "model", "text"},
    "regions": {"data", "text"},
    "score": {"config", "evidence", "model", "text"},
    "index": {"evidence", "text"},
    "result": {"evidence", "model", "regions", "score"},
    "cleared": {"batch", "database", "errors", "model", "recorded", "result"},
    "database": {"errors"},
    "ledger": {"__init__", "batch", "database", "errors", "model", "payments"},
    "recorded": {"errors", "ledger", "model", "result"},
    "rescreen": {
        "__init__", "batch", "cleared", "config", "diff", "errors", "model", "party_list",
        "recorded", "result", "screen",
    },
    "lookback": {"recorded", "rescreen", "result", "screen"},
    "search": {"config", "evidence", "index", "model", "packed", "score", "shelves", "text"},
    "shelves": {"collector", "index", "model", "packed", "score", "text"},
    "packed": set(),
    "hits": {"evidence", "model", "result", "search"},
    "screen": {
        "__init__", "cleared", "collector", "config", "errors", "evidence", "hits", "listed",
        "model", "party_list", "payments", "regions", "result", "search", "text", "workers",
    },
    "listed": {"__init__", "config", "errors", "model", "packed", "party_list"},
    "workers": {"collector", "errors"},
    "payments": {
        "config", "data", "errors", "evidence", "markup", "model", "result", "screen", "text",
    },
    "batch": {
        "__init__", "config", "data", "errors", "model", "party_list", "result", "screen", "text",
        "workers",
    },
    "report": {
        "__init__", "batch", "cleared", "config", "data", "diff", "errors", "evaluate", "evidence",
        "ledger", "model", "party_list", "payments", "recorded", "rescreen", "result", "score",
        "screen", "text",
    },
    "evaluate": {"batch", "config", "errors", "model", "score"},
    "update": {"__init__", "config", "data", "errors", "party_list"},
    "testing": {"config", "model", "party_list", "result", "screen"},
    "cli": {
        "__init__", "batch", "cleared", "config", "diff", "documents", "errors", "evaluate",
        "ledger", "lookback", "merge", "model", "party_list", "payments", "recorded", "report",
        "rescreen", "score", "screen", "sources", "update",
    },
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """Name the room that a module stands in."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def opened(path: Path) -> set[str]:
    """Name the rooms that a module imports from, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["relative import"]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {_target(name) for name in names if name.split(".")[0] == "sanctscreen"}
        assert "relative import" not in names, f"{path}: imports are absolute in this house"
    return found


def _target(name: str) -> str:
    parts = name.split(".")
    second = parts[1] if len(parts) > 1 else "__init__"
    is_room = (PACKAGE / second).is_dir() or (PACKAGE / f"{second}.py").is_file()
    return second if is_room else "__init__"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_opens_only_allowed_doors(path: Path) -> None:
    """A module imports from the rooms that the plan allows to its room, and from no other."""
    here = room(path)

    assert here in DOORS, f"{here} has no place in the plan"
    assert opened(path) - {here} <= DOORS[here]


def test_plan_names_no_room_that_is_gone() -> None:
    """Every room of the plan exists, so that the plan cannot go stale."""
    assert {room(path) for path in modules()} == set(DOORS)


def test_only_the_index_leaves_names_uncompared() -> None:
    """Nothing but the search, by its shelves, asks the index which names to leave out."""
    users = {room(path) for path in modules() if "index" in opened(path)}

    assert users - {"index"} == {"search", "shelves"}
