"""OpenSanctions: what topics and sanctions make of a party, and what damage does."""

import json
from pathlib import Path

import pytest

from sanctscreen.errors import ListError
from sanctscreen.party_list import read_list

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
FTM = LISTS / "opensanctions_ftm" / "entities.ftm.json"


def entity(id, schema, target=True, **properties):
    return {
        "id": id,
        "caption": id,
        "schema": schema,
        "last_seen": "2026-02-23T06:00:00",
        "target": target,
        "properties": properties,
    }


def read_entities(tmp_path, *entities):
    path = tmp_path / "entities.ftm.json"
    path.write_text("".join(json.dumps(each) + "\n" for each in entities), encoding="utf-8")
    return read_list(path, minimum=0)


@pytest.mark.parametrize(
    ("topics", "sanction", "target", "status"),
    [
        (["sanction"], None, True, "designated"),
        (["role.pep"], {}, True, "designated"),
        ([], {"endDate": ["2015-01-31"]}, True, "delisted"),
        ([], {"endDate": ["2030-01-31"]}, True, "designated"),
        (["sanction"], {"endDate": ["2015-01-31"]}, True, "designated"),
        (["role.pep"], None, True, "mentioned"),
        (["crime.fin"], None, True, "mentioned"),
        (["sanction.linked"], None, False, "mentioned"),
        ([], None, True, "unclear"),
        (["brand.new"], None, True, "unclear"),
    ],
)
def test_status(tmp_path, topics, sanction, target, status):
    """A sanction designates until it ends; a target that nothing explains is unclear."""
    entities = [entity("p", "Person", target, name=["Ivan Primerov"], topics=topics)]
    if sanction is not None:
        entities.append(entity("s", "Sanction", entity=["p"], **sanction))

    assert read_entities(tmp_path, *entities).party("opensanctions:p").status == status


def test_order_of_lines_is_free(tmp_path):
    """What stands around a party may come before it."""
    lines = FTM.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "entities.ftm.json"
    path.write_text("".join(reversed(lines)), encoding="utf-8")
    forward = {party.id: party for party in read_list(FTM, minimum=0).parties}
    backward = {party.id: party for party in read_list(path, minimum=0).parties}

    assert {key: sorted(map(str, party.links)) for key, party in forward.items()} == {
        key: sorted(map(str, party.links)) for key, party in backward.items()
    }
    assert {key: party.statuses for key, party in forward.items()} == {
        key: party.statuses for key, party in backward.items()
    }


def test_strays_are_counted(tmp_path):
    """A sanction of nobody in the file is pointed out."""
    party_list = read_entities(
        tmp_path, entity("p", "Person", name=["X Y"]), entity("s", "Sanction", entity=["elsewhere"])
    )

    assert "1 entities stand around no party of the file" in party_list.sources[0].warnings


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "a", "schema": "Person", "properties": {"name": ["X"]}', "not JSON"),
        ('{"id": "", "schema": "Person", "properties": {}}', "without an id"),
        ('{"id": "a", "schema": "Person", "properties": []}', "no entity"),
        ('{"id": "a", "schema": "Person", "properties": {"name": [["X"]]}}', "no plain value"),
        ('{"id": "a", "schema": "Person", "datasets": "x", "properties": {}}', "array of texts"),
        ('{"id": "NK-example1", "schema": "Person", "properties": {}}', "twice"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_damaged_line(tmp_path, line, message):
    """A line that is no entity is refused with its number."""
    path = tmp_path / "entities.ftm.json"
    path.write_bytes(FTM.read_bytes() + line.encode() + b"\n")
    with pytest.raises(ListError, match=message):
        read_list(path, minimum=0)


def test_nesting_is_bounded(tmp_path):
    """Entities inside entities without end are refused."""
    nested = entity("e0", "Person", name=["X"])
    for level in range(1, 80):
        nested = entity(f"e{level}", "Person", name=["X"], parent=[nested])
    with pytest.raises(ListError, match="nested more than 64 deep"):
        read_entities(tmp_path, nested)
