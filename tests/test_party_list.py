"""A party list as an object to trust: digest, saving, loading, counts, age, replacement."""

from __future__ import annotations

import gc
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctscreen.collector import unhurried_collector
from sanctscreen.errors import InputError, ListError
from sanctscreen.model import Identifier, Name, Party, Source
from sanctscreen.party_list import PartyList, checks, read_list

names = st.builds(
    Name,
    full=st.text(min_size=1, max_size=20),
    type=st.sampled_from(["primary", "aka", "fka", "nka"]),
    quality=st.sampled_from(["strong", "weak", "unknown"]),
    parts=st.just(()) | st.just((("given", "A"), ("family", "B"))),
)
parties = st.builds(
    Party,
    id=st.text(min_size=1, max_size=8),
    kind=st.sampled_from(["person", "entity", "vessel", None]),
    names=st.lists(names, min_size=1, max_size=3).map(tuple),
    identifiers=st.just(()) | st.just((Identifier(type="bic", value="KKBCKPPY"),)),
    details=st.just(()) | st.just((("flag", "None\tidentified"),)),
    notes=st.lists(st.text(), max_size=2).map(tuple),
)
lists = st.builds(
    PartyList,
    parties=st.lists(parties, max_size=5, unique_by=lambda party: party.id).map(tuple),
    version=st.text(min_size=1, max_size=10),
    sources=st.just(()) | st.just((Source(id="x", type="list", published=date(2024, 2, 29)),)),
)


def made(count: int, **fields: object) -> PartyList:
    """Make a list of ``count`` parties with two names each."""
    made_parties = tuple(
        Party(id=f"x:{number}", kind="entity", names=[f"Acme {number}", f"Acme Ltd {number}"])
        for number in range(count)
    )
    return PartyList.model_validate({"parties": made_parties, **fields})


@given(lists)
def test_saved_and_loaded_is_the_same(party_list: PartyList) -> None:
    """Whatever a list holds, loading what was saved gives the same list and digest."""
    loaded = PartyList.from_json(party_list.to_json())

    assert loaded == party_list
    assert loaded.digest == party_list.digest
    assert loaded.to_json() == party_list.to_json()


@given(lists, st.randoms(use_true_random=False))
def test_digest_does_not_depend_on_order(party_list: PartyList, chance: random.Random) -> None:
    """Parties in another order have the same digest."""
    shuffled = list(party_list.parties)
    chance.shuffle(shuffled)

    assert party_list.digest == party_list.model_copy(update={"parties": tuple(shuffled)}).digest


def test_digest_is_fixed() -> None:
    """The digest is the same on every machine and in every release of this format."""
    digest = made(2, version="1").digest

    assert digest == "64b2b5c87a45c96d26cc2719bc4e575ada71d34b98b9a9cfaa3dab12443e112c"


def test_digest_covers_everything() -> None:
    """A changed name, note, version or source changes the digest."""
    plain = made(2)
    variants = [
        made(3),
        made(2, version="2"),
        made(2, sources=(Source(id="x", type="list"),)),
        plain.with_warning("w"),
        plain.model_copy(
            update={"parties": (plain.parties[0].model_copy(update={"notes": ("n",)}),)}
        ),
    ]

    assert len({plain.digest, *(each.digest for each in variants)}) == 1 + len(variants)


@pytest.mark.parametrize("name", ["list.json", "list.json.gz"])
def test_file_opens_as_it_was_saved(name: str, tmp_path: Path) -> None:
    """A saved list opens by its content, packed or not, and its bytes are always the same."""
    party_list, path = made(50, version="7"), tmp_path / name
    party_list.save(path)
    first = path.read_bytes()
    party_list.save(path)

    assert path.read_bytes() == first
    assert read_list(path) == party_list
    assert (first[:2] == b"\x1f\x8b") == name.endswith(".gz")
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_file_can_be_read_line_by_line(tmp_path: Path) -> None:
    """Each party stands on a line of its own, so that a text tool can compare two files."""
    lines = made(3).to_json().decode().splitlines()

    assert sum(line.startswith('{"id":"x:') for line in lines) == 3


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"Acme 1", b"Acme 9", "altered or cut"),
        (b'"digest": "', b'"digest": "0', "altered or cut"),
        (b"\n ]\n}\n", b"\n ]", "damaged list"),
        (b"list/1", b"list/2", "damaged list: format"),
        (b'"x:0"', b'"x:1"', "two parties have the id 'x:1'"),
        (b'{"id"', b'{"idd"', "parties.0.id"),
        (b"{", b"[", "damaged list"),
        (b'"kind"', b'"\xff"', "damaged list"),
    ],
)
def test_altered_file_is_refused(old: bytes, new: bytes, message: str) -> None:
    """A file that was altered or cut raises, in one line."""
    content = made(3).to_json()
    assert old in content

    with pytest.raises(ListError, match=message) as caught:
        PartyList.from_json(content.replace(old, new, 1), path="list.json")
    assert "\n" not in str(caught.value)


def test_unwritable_place_is_an_input_error(tmp_path: Path) -> None:
    """A folder, or a place that is not there, is named in the error, and nothing is left behind."""
    with pytest.raises(InputError, match="not a regular file"):
        made(1).save(tmp_path)
    with pytest.raises(InputError, match=r"nowhere.*cannot be written"):
        made(1).save(tmp_path / "nowhere" / "list.json")
    assert not list(tmp_path.iterdir())


def test_collector_comes_back() -> None:
    """Whatever happens while a list is read, the garbage collector runs again afterwards."""

    def broken() -> None:
        with unhurried_collector():
            assert not gc.isenabled()
            raise ListError("broken")

    with pytest.raises(ListError):
        broken()
    assert gc.isenabled()


def test_what_was_made_counts_as_old() -> None:
    """What a list is made of is not walked over with the next young objects."""
    frozen = gc.get_freeze_count()
    with unhurried_collector():
        made_meanwhile = [[at] for at in range(1_000)]
    young = {id(each) for age in (0, 1) for each in gc.get_objects(generation=age)}

    assert young.isdisjoint(map(id, made_meanwhile))
    assert gc.get_freeze_count() == frozen


def test_counts_name_the_unknown() -> None:
    """Parties without a kind count as unknown, never as nothing."""
    mixed = PartyList(parties=(*made(2).parties, Party(id="y", names=["B"])))

    assert mixed.counts() == {"entity": 2, "unknown": 1}


@pytest.mark.parametrize(
    ("days", "published", "age"),
    [
        ([date(2024, 1, 1)], date(2024, 1, 1), 31),
        ([date(2024, 1, 31), date(2024, 1, 1)], date(2024, 1, 1), 31),
        ([date(2024, 1, 31), None], None, None),
        ([], None, None),
    ],
)
def test_age_is_that_of_the_oldest_source(
    days: list[date | None], published: date | None, age: int | None
) -> None:
    """A list is as old as its oldest source, and of unknown age if one source states no day."""
    sources = [Source(id=f"s{place}", type="list", published=day) for place, day in enumerate(days)]
    party_list = made(1, sources=tuple(sources))

    assert party_list.published == published
    assert party_list.age(date(2024, 2, 1)) == age


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2024, 1, 1)], ["s0 is 31 days old, more than 30"]),
        ([date(2024, 1, 2)], []),
        ([date(2024, 1, 2), None], ["the age of s1 is unknown"]),
        ([], ["the age of the list is unknown"]),
    ],
)
def test_out_of_date_names_the_source(days: list[date | None], said: list[str]) -> None:
    """A source that is too old, or of unknown age, is named; one in time is not."""
    sources = [Source(id=f"s{place}", type="list", published=day) for place, day in enumerate(days)]
    found = checks.out_of_date(made(1, sources=tuple(sources)), date(2024, 2, 1), 30)

    assert len(found) == len(said)
    assert all(one.startswith(other) for one, other in zip(found, said, strict=True))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (made(100), made(89), "11 of 100 parties are gone"),
        (made(100), made(0), "100 of 100 parties are gone"),
        (
            made(10),
            PartyList(parties=tuple(Party(id=p.id, names=p.names[:1]) for p in made(10).parties)),
            "10 of 20 names are gone: more than the 10%",
        ),
        (
            made(10),
            PartyList(parties=tuple(Party(id="y" + p.id, names=p.names) for p in made(10).parties)),
            "10 of 10 parties are gone",
        ),
    ],
)
def test_shrunk_list_is_refused(old: PartyList, new: PartyList, message: str) -> None:
    """A list that lost parties or their names does not replace the one in use."""
    with pytest.raises(ListError, match=message):
        new.check_replaces(old, max_shrink=0.1)


def test_list_in_its_limits_replaces() -> None:
    """A list that lost no more than allowed, or grew, may replace the one in use."""
    made(90).check_replaces(made(100), max_shrink=0.1)
    made(100).check_replaces(made(90), max_shrink=0)
    made(1).check_replaces(made(0), max_shrink=0)


def test_override_is_recorded() -> None:
    """A warning stands at every source and is part of what the digest covers."""
    sources = (Source(id="s", type="list", warnings=("first",)), Source(id="t", type="list"))
    party_list = made(1, sources=sources)
    overridden = party_list.with_warning("taken although it shrank")

    assert [each.warnings for each in overridden.sources] == [
        ("first", "taken although it shrank"),
        ("taken although it shrank",),
    ]
    assert overridden.digest != party_list.digest
