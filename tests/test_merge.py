"""Joining lists: who is the same party, why, and what is kept."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.errors import ListError
from sanctscreen.merge import join, merge
from sanctscreen.model import Link, Name, Party, Source, SourceStatus
from sanctscreen.party_list import PartyList

FIXTURES = Path(__file__).parents[1] / "fixtures" / "merge"
LEI = "529900EXAMPLE0000042"


def cases() -> list[dict[str, str]]:
    with (FIXTURES / "ties.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def entry(id_: str, text: str, name: str = "Same Name") -> Party:
    """Make a party of one source from a line such as ``person|passport/A1/Russia|=b:2``."""
    kind, *facts = text.split("|")
    numbers = [fact.split("/") for fact in facts if not fact.startswith("=")]
    return Party.model_validate(
        {
            "id": id_,
            "kind": kind or None,
            "names": [name],
            "statuses": [SourceStatus(source=id_.partition(":")[0])],
            "identifiers": [
                dict(zip(("type", "value", "country"), n, strict=False)) for n in numbers
            ],
            "references": [fact[1:] for fact in facts if fact.startswith("=")],
        }
    )


def listed(*parties: Party, **fields: object) -> PartyList:
    """Make a list of the source that its parties' ids name."""
    ids = dict.fromkeys(party.id.split(":")[0] for party in parties)
    sources = tuple(Source(id=each, type="list", digest=f"digest of {each}") for each in ids)
    return PartyList.model_validate({"parties": parties, "sources": sources, **fields})


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["why"])
def test_who_is_the_same_party(case: dict[str, str]) -> None:
    """Strong identifiers and cross-references join two entries; nothing else does."""
    one, other = entry("a:1", case["one"]), entry("b:2", case["other"])
    merged = merge([listed(one), listed(other)])

    assert len(merged) == (1 if case["same"] == "yes" else 2)


def test_joined_party_keeps_everything_and_says_why() -> None:
    """One party with the facts of both, a status per source, and the reason at the second."""
    one = entry("a:1", f"entity|lei/{LEI}", "Acme Bank")
    other = entry("b:2", f"entity|lei/{LEI}", "Акме Банк").model_copy(
        update={"positions": ("Board",), "notes": ("n",), "links": (Link(name="X"),)}
    )
    merged = merge([listed(other, version="2"), listed(one, version="1")])
    (party,) = merged.parties

    assert (party.id, party.name, party.references) == ("a:1", "Acme Bank", ("b:2",))
    assert [(name.full, name.type) for name in party.names] == [
        ("Acme Bank", "primary"),
        ("Акме Банк", "aka"),
    ]
    assert (party.positions, party.notes, party.links) == (("Board",), ("n",), (Link(name="X"),))
    assert [(each.source, each.note) for each in party.statuses] == [
        ("a", None),
        ("b", f"Same party as a:1: both have the lei {LEI}."),
    ]
    assert merged.version == "a@1 b@2"
    assert merged.party("b:2") is party


def test_one_publisher_numbers_its_parties_once() -> None:
    """The same number in two lists of one publisher is the same party, in two others it is not."""
    own = merge([listed(entry("ofac-sdn:7", "entity")), listed(entry("ofac-cons:7", "entity"))])
    others = merge([listed(entry("un-sc:7", "entity")), listed(entry("uk-sl:7", "entity"))])

    assert (len(own), len(others)) == (1, 2)
    assert own.parties[0].statuses[1].note == (
        "Same party as ofac-cons:7: both have the publisher's number ofac 7."
    )


def test_same_spelling_is_kept_once_at_its_best_quality() -> None:
    """A name that one list calls weak and another strong is strong."""
    weak, strong = Name(full="A", quality="weak"), Name(full="A", quality="strong")
    one = Party(id="a:1", names=[Name(full="B", type="primary"), weak])
    other = Party(id="b:1", names=[strong])

    assert [(each.full, each.quality) for each in join(one, other).names] == [
        ("B", "unknown"),
        ("A", "strong"),
    ]


def test_number_of_two_parties_of_a_list_joins_neither() -> None:
    """A number that one list gives to two parties identifies neither, and the source says so."""
    shared = "person|passport/A1234567/Russia"
    merged = merge(
        [listed(entry("a:1", shared), entry("a:2", shared)), listed(entry("b:1", shared))]
    )

    assert len(merged) == 3
    (warning,) = merged.sources[0].warnings
    assert warning.endswith("passport A1234567 of RU (a:1, a:2, b:1)")
    assert not merged.sources[1].warnings


def test_entries_of_one_list_stay_apart() -> None:
    """A chain of different numbers never joins what one publisher keeps apart."""
    chain = [
        listed(
            entry("a:1", "entity|imo/9000001"),
            entry("a:2", f"entity|lei/{LEI}"),
        ),
        listed(entry("b:1", "entity|imo/9000001|bic/KKBCKPPY")),
        listed(entry("c:1", f"entity|bic/KKBCKPPY|lei/{LEI}")),
    ]
    merged = merge(chain)

    for party in merged.parties:
        sources = [status.source for status in party.statuses]
        assert len(sources) == len(set(sources))
    assert {"a:1", "a:2"} <= {party.id for party in merged.parties}


def test_party_from_a_document_joins_the_lists_entry() -> None:
    """The list's own id and name go first; the document's status says what joined it."""
    document = entry("documents:acme", "entity|=ofac-sdn:1", "Acme")
    merged = merge([listed(document), listed(entry("ofac-sdn:1", "entity", "ACME BANK"))])
    (party,) = merged.parties

    assert (party.id, party.name) == ("ofac-sdn:1", "ACME BANK")
    assert party.statuses[1].note == ("Same party as ofac-sdn:1: documents:acme names ofac-sdn:1.")


entries = st.builds(
    lambda source, number, text: entry(f"{source}:{number}", text),
    st.sampled_from("abcd"),
    st.integers(1, 4),
    st.sampled_from([case[side] for case in cases() for side in ("one", "other")]),
)


@given(st.lists(entries, max_size=12, unique_by=lambda party: party.id), st.randoms())
def test_order_does_not_matter(parties: list[Party], chance: random.Random) -> None:
    """However the lists are ordered, the merged list is the same, and nobody is lost."""
    lists = [
        listed(*(each for each in parties if each.id.startswith(source)), version=source)
        for source in sorted({party.id[0] for party in parties})
    ]
    if not lists:
        return
    merged = merge(lists)
    chance.shuffle(lists)

    assert merge(lists) == merged
    assert all(merged.party(party.id) for party in parties)
    assert sum(len(party.statuses) for party in merged.parties) == len(parties)


def test_what_cannot_be_merged_is_refused() -> None:
    """No list, two versions of one list, or two parties of one id."""
    one = listed(entry("a:1", "person"))
    newer = one.model_copy(
        update={"sources": (one.sources[0].model_copy(update={"digest": "new"}),)}
    )
    other = PartyList(parties=[entry("a:1", "entity")])

    with pytest.raises(ListError, match="no list"):
        merge([])
    with pytest.raises(ListError, match="two versions of the source 'a'"):
        merge([one, newer])
    with pytest.raises(ListError, match="different parties of the id 'a:1'"):
        merge([one, other])
    assert merge([one, one]).parties == one.parties
