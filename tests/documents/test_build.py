"""Documents to a list: ground truth, default list, merging, overlay and report."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

import sanctscreen as ss
from sanctscreen import data
from sanctscreen.documents import build_list, describe
from sanctscreen.errors import DocumentError, OverlayError

ROOT = Path(__file__).parents[2]
DEFAULT = [
    ROOT / "fixtures" / "documents" / "default" / name
    for name in ("news_report.txt", "press_account.txt")
]
PROSE = ROOT / "fixtures" / "documents" / "prose"
OVERLAYS = ROOT / "fixtures" / "documents" / "overlays"
SHARED = ROOT.parent / "shared" / "documents"
MISTAKES = list(
    csv.DictReader((OVERLAYS / "mistakes.tsv").read_text().splitlines(), delimiter="\t")
)

STATUSES = {
    "MRB Bank": "unclear",
    "Russian Financial Corporation Bank JSC": "sanctioned_undated",
    "Foreign Trade Bank": "previously_designated",
    "Korea Kwangson Banking Corporation": "previously_designated",
    "Central Bank of Russia": "accused",
}
SLOTS = [("entity", 5, "designated"), ("person", 1, "designated")]
UNNAMED = ["a company headquartered in Moscow", "some defunct Russian banks"]
RELATIONS = {
    ("Foreign Trade Bank", "orchestrated", "financial scheme"),
    ("Korea Kwangson Banking Corporation", "orchestrated", "financial scheme"),
    ("Central Bank of Russia", "accused of plot to use", "MRB Bank"),
    ("MRB Bank", "to establish covert banking relationship with", "Foreign Trade Bank"),
    ("Russian Financial Corporation Bank JSC", "cooperated with", "Foreign Trade Bank"),
    ("Russian Financial Corporation Bank JSC", "to establish", "company headquartered in Moscow"),
    ("Foreign Trade Bank", "to establish", "company headquartered in Moscow"),
    ("company headquartered in Moscow", "to receive", "frozen North Korean funds"),
    ("some defunct Russian banks", "held", "frozen North Korean funds"),
    ("Kim Jong Un", "met", "Sergei Shoigu"),
}
ROLES = {
    "Bradley T. Smith": "official",
    "U.S. Department of the Treasury": "authority",
    "UN Security Council": "authority",
    "UN Security Council Resolution 1718": "instrument",
    "UN Security Council Resolution 2270": "instrument",
    "Reuters": "media",
    "KCNA": "media",
    "Kim Jong Un": "mentioned",
    "Sergei Shoigu": "mentioned",
    "Vladimir Putin": "mentioned",
    "South Ossetia": "place",
}


def shared_documents():
    if not SHARED.is_dir():
        pytest.skip("the two source documents are not beside this checkout")
    return sorted(SHARED.glob("*.txt"))


def slots(party_list):
    return [(slot.kind, slot.count, slot.status) for slot in party_list.unnamed]


@pytest.mark.parametrize("documents", ["shared", "default"])
def test_ground_truth(documents):
    """Both pairs of documents give the same parties, slots, relations and roles."""
    party_list = build_list(shared_documents() if documents == "shared" else DEFAULT)
    roles = {each.name: each.role for each in party_list.left_out}

    assert {party.name: party.status for party in party_list.parties} == STATUSES
    assert {"entity"} == {party.kind for party in party_list.parties}
    assert slots(party_list) == SLOTS
    assert [name for name, role in roles.items() if role == "unnamed"] == UNNAMED
    stated = {(each.subject, each.relation, each.object) for each in party_list.relations}
    assert stated >= RELATIONS
    assert {"imposed sanctions on"} == {each[1] for each in stated - RELATIONS}
    assert {name: role for name, role in roles.items() if name in ROLES} == ROLES


def test_ground_truth_details():
    """Aliases and places are those of the text, and no others."""
    party_list = build_list(shared_documents())
    aliases = {
        party.name: [name.full for name in party.names[1:]]
        for party in party_list.parties
        if party.names[1:]
    }

    assert aliases == {"Foreign Trade Bank": ["North Korean Foreign Trade Bank"]}
    assert party_list.party("documents:mrb-bank").places == ("South Ossetia, Georgia",)
    assert "photo_credit" in {each.role for each in party_list.left_out}


def test_documents_alone():
    """The first document names nobody and counts six; the second names all five."""
    first, second = shared_documents()

    assert (build_list([first]).parties, slots(build_list([first]))) == ((), SLOTS)
    assert {party.name: party.status for party in build_list([second]).parties} == STATUSES
    assert slots(build_list([second]))[:2] == SLOTS


def test_shared_source_is_no_confirmation():
    """Two documents that rest on the same source say so, and their slots are one."""
    party_list = build_list(DEFAULT)

    assert all("Reuters" in source.rests_on for source in party_list.sources)
    assert all("Not independent" in source.warnings[-1] for source in party_list.sources)
    assert [len(slot.citations) for slot in party_list.unnamed[:2]] == [2, 2]


def test_default_list_is_rebuilt_to_the_same_bytes():
    """The shipped list is what the command makes of the two texts."""
    assert data.read_bytes("default_list.json") == build_list(DEFAULT).to_json()
    assert ss.default_list() == build_list(DEFAULT)


def test_same_party_in_two_documents(tmp_path):
    """A party in two documents is one, with a status for each and a note on their source."""
    for name, words in (("one", "designated"), ("two", "previously designated")):
        text = f"OFAC {words} Alpha Bank, according to Reuters."
        (tmp_path / f"{name}.txt").write_text(text)
    (tmp_path / "three.txt").write_text("The EU removed Alpha Bank from its sanctions list.")
    (party,) = build_list(sorted(tmp_path.glob("*.txt"))).parties
    by_source = {each.source: each for each in party.statuses}

    assert party.id == "documents:alpha-bank"
    assert {source: each.status for source, each in by_source.items()} == {
        "one": "designated",
        "three": "delisted",
        "two": "previously_designated",
    }
    assert "No independent confirmation of one" in by_source["two"].note
    assert by_source["three"].note is None


def test_alike_slots_of_independent_documents_stay_apart(tmp_path):
    """Counts that agree are the same slots only where the documents share a source."""
    for name, medium in (("one", "Reuters"), ("two", "Kyodo")):
        text = f"Canada sanctioned three companies, according to {medium}."
        (tmp_path / f"{name}.txt").write_text(text)

    assert slots(build_list(sorted(tmp_path.iterdir()))) == [("entity", 3, "designated")] * 2


def test_repeated_and_namesake_files(tmp_path):
    """A file given twice counts once; two files of one name get two ids."""
    for folder, bank in (("a", "Alpha Bank"), ("b", "Bravo Bank")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(f"OFAC designated {bank}.")
    paths = sorted(tmp_path.rglob("*.txt"))
    party_list = build_list([*paths, paths[0]])

    assert [source.id for source in party_list.sources] == ["news", "news-2"]


def test_version_is_of_the_documents():
    """The version holds the latest stated date and changes with the documents."""
    versions = [build_list(paths).version for paths in (DEFAULT, DEFAULT, DEFAULT[:1])]

    assert versions[0] == versions[1] != versions[2]
    assert all(version.startswith("2024-09-19+") for version in versions)


@pytest.mark.parametrize("paths", [[], "news.txt"])
def test_nothing_to_read(paths):
    """No document, or a bare string, is refused."""
    with pytest.raises(DocumentError):
        build_list(paths)


def test_overlay():
    """An overlay confirms, rejects and corrects in order, and each is recorded."""
    paths = [PROSE / "uk_news.txt"]
    party_list = build_list(paths, overlay=OVERLAYS / "uk_news.toml")

    assert {party.id: party.status for party in party_list.parties} == {
        "documents:ivan-petrov": "designated",
        "documents:petrov-holdings-llc": "unclear",
        "documents:delta-cargo-co": "delisted",
    }
    assert ("Omega Freight SA", "rejected") in {(x.name, x.role) for x in party_list.left_out}
    assert [each.action for each in party_list.corrections] == ["confirm", "reject", "correct"]
    assert date(2024, 5, 6) == party_list.corrections[0].date
    assert party_list == build_list(paths, overlay=OVERLAYS / "uk_news.toml")


def test_overlay_survives_saving(tmp_path):
    """A corrected list is read back as it was saved."""
    party_list = build_list([PROSE / "uk_news.txt"], overlay=OVERLAYS / "uk_news.toml")
    party_list.save(tmp_path / "list.json")

    assert party_list == ss.PartyList.from_json((tmp_path / "list.json").read_bytes())


def test_overlay_merges():
    """A merged party passes its names to the one that remains."""
    party_list = build_list([PROSE / "uk_news.txt"], overlay=OVERLAYS / "merge.csv")
    names = [name.full for name in party_list.party("documents:omega-freight-sa").names]

    assert names == ["Omega Freight SA", "Delta Cargo Co."]
    assert "documents:delta-cargo-co" not in {party.id for party in party_list.parties}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["file"])
def test_overlay_mistakes(mistake):
    """An overlay that fits nothing, or lacks a field, names file and row."""
    with pytest.raises(OverlayError) as error:
        build_list([PROSE / "uk_news.txt"], overlay=OVERLAYS / mistake["file"])

    assert mistake["file"] in str(error.value)
    assert mistake["place"] in str(error.value)


def test_overlay_missing(tmp_path):
    """An overlay that is not there is an error."""
    with pytest.raises(OverlayError, match=r"none\.csv"):
        build_list(DEFAULT, overlay=tmp_path / "none.csv")


def test_description():
    """The report tells of parties with words, slots, relations, names left out, corrections."""
    report = describe(build_list([PROSE / "uk_news.txt"], overlay=OVERLAYS / "uk_news.toml"))

    for words in (
        "Ivan Petrov [person]",
        "“imposed sanctions on”",
        "also named: PHL (aka)",
        "John Carver",
        "Corrections",
        "A. Reviewer, 2024-05-07",
    ):
        assert words in report


def test_description_of_an_empty_list():
    """A list without parties says so."""
    report = describe(build_list([PROSE / "football.txt"]))

    assert "Listed: nobody" in report
    assert "No designation found" in report


def test_description_of_slots():
    """Slots are told with number, kind and the announcing words."""
    report = describe(build_list(DEFAULT))

    assert "5 entities, designated: “a network of five groups”, news-report" in report
    assert "1 person, designated" in report
    assert "some defunct Russian banks" in report


@pytest.mark.parametrize("path", sorted(PROSE.glob("*.txt")), ids=lambda path: path.stem)
def test_lists_survive_saving(path):
    """Every built list is read back as it was saved."""
    party_list = build_list([path])

    assert party_list == ss.PartyList.from_json(party_list.to_json())
    assert json.loads(party_list.to_json())["digest"] == party_list.digest


@pytest.mark.parametrize(
    ("one", "two", "parties"),
    [
        ("Alpha Trading", "Alpha Trading LLC", 1),
        ("Alpha Trading LLC", "Alpha Trading", 1),
        ("Alpha Trading LLC", "Alpha Trading JSC", 2),
        ("Alpha Trading", "Bravo Trading", 2),
    ],
)
def test_legal_forms_between_documents(tmp_path, one, two, parties):
    """A name without legal form is that with one; two legal forms are two parties."""
    for number, name in enumerate((one, two)):
        (tmp_path / f"{number}.txt").write_text(f"OFAC designated {name} on Monday.")

    assert len(build_list(sorted(tmp_path.iterdir()))) == parties
