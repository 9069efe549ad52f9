"""The screener: decisions, hits, records."""

import json
from datetime import UTC, datetime, timedelta

import pytest

import sanctscreen as ss
from sanctscreen.errors import ListError
from sanctscreen.model import Name, Source, SourceStatus
from sanctscreen.search import Search
from sanctscreen.testing import tiny_screener


@pytest.fixture(scope="module")
def screener() -> ss.Screener:
    return ss.Screener()


def party(party_id: str, name: str, **fields: object) -> ss.Party:
    return ss.Party(id=party_id, names=[name], **fields)


def test_hit_counts_as_a_match(screener: ss.Screener) -> None:
    """A party that was designated before is a match when its name is screened."""
    result = screener.screen("Korea Kwangson Bank", kind="entity")

    assert result.decision == "match"
    assert result.hits[0].party.name == "Korea Kwangson Banking Corporation"


def test_unclear_status_asks_for_review(screener: ss.Screener) -> None:
    """A party whose designation is worded unclearly is a hit for review."""
    result = screener.screen("MRB Bank")

    assert result.decision == "review"
    assert [hit.party.status for hit in result.hits] == ["unclear"]
    assert result.hits[0].review


def test_accused_party_raises_no_hit_by_default(screener: ss.Screener) -> None:
    """A party that is only accused is kept in the list and raises no hit, unless configured."""
    accusing = ss.Config(alerting_statuses=["designated", "accused"])

    assert screener.screen("Central Bank of Russia").decision == "clear"
    assert ss.Screener(config=accusing).screen("Central Bank of Russia").decision == "match"


@pytest.mark.parametrize(
    "name", ["", "   ", "!!!", "\u200b", "\ufffd\ufffd", "🙂", "---", "Ivan \ufffdetrov"]
)
def test_unscreenable_name_is_review_with_a_reason(screener: ss.Screener, name: str) -> None:
    """A name that cannot be screened is never clear."""
    result = screener.screen(name)

    assert result.decision == "review"
    assert result.reason


def test_kind_narrows_the_parties() -> None:
    """A stated kind screens against parties of that kind and of unknown kind only."""
    kinds = ("person", "entity", "vessel", None)
    parties = [party(f"t:{kind}", "Oreshnik", kind=kind) for kind in kinds]
    screener = ss.Screener(ss.PartyList(parties=parties))

    assert len(screener.screen("Oreshnik").hits) == 4
    assert {hit.party.id for hit in screener.screen("Oreshnik", kind="vessel").hits} == {
        "t:vessel",
        "t:None",
    }


def test_kind_of_the_counterparty_wins_over_the_argument() -> None:
    """What the counterparty says of itself is kept."""
    screener = ss.Screener(ss.PartyList(parties=[party("t:1", "Oreshnik", kind="vessel")]))
    counterparty = ss.Counterparty(name="Oreshnik", kind="vessel")

    assert screener.screen(counterparty, kind="person").decision == "match"


def test_each_party_is_one_hit_by_its_best_name() -> None:
    """A party with several similar names is one hit, scored by the best of them."""
    names = ["Ivan Petrovsky", "Iwan Petrowskij", "Ivan Petrovski"]
    parties = [ss.Party(id="t:1", kind="person", names=names)]
    (hit,) = ss.Screener(ss.PartyList(parties=parties)).screen("Ivan Petrovski").hits

    assert (hit.score, hit.matched_name) == (100, "Ivan Petrovski")


def test_weak_alias_raises_no_hit_by_default() -> None:
    """A weak alias alerts only if the configuration says so."""
    names = [Name(full="Ivan Petrovsky", type="primary"), Name(full="Oreshnik", quality="weak")]
    party_list = ss.PartyList(parties=[ss.Party(id="t:1", names=names)])

    alone = ss.Screener(party_list).screen("Oreshnik", threshold=20)
    switched = ss.Screener(party_list, config=ss.Config(weak_aliases=True)).screen("Oreshnik")

    assert (alone.decision, alone.hits) == ("clear", ())
    assert [(hit.matched_name, hit.facts[0].name) for hit in alone.set_aside] == [
        ("Oreshnik", "weak_alias_alone")
    ]
    assert switched.decision == "match"


def test_weak_alias_supports_a_name_just_below_the_line() -> None:
    """Another name that is nearly a hit becomes one if a weak alias matches as well."""
    weak = Name(full="Carlos Mendieta", quality="weak")
    name = Name(full="Carlos Alberto Mendieta Oropeza Ruiz", type="primary")
    without = ss.PartyList(parties=[ss.Party(id="t:1", kind="person", names=[name])])
    supported = ss.PartyList(parties=[ss.Party(id="t:1", kind="person", names=[name, weak])])
    (line,) = ss.Screener(without).screen("Carlos Mendieta", threshold=40).hits
    threshold = line.score + 2

    assert not ss.Screener(without).screen("Carlos Mendieta", threshold=threshold).hits
    (hit,) = ss.Screener(supported).screen("Carlos Mendieta", threshold=threshold).hits
    assert hit.matched_name == name.full
    assert [fact.name for fact in hit.facts] == ["weak_alias"]


def test_delisted_party_raises_no_hit() -> None:
    """A delisted party is kept for the record and raises no hit."""
    gone = party("t:1", "Oreshnik", statuses=[SourceStatus(source="t", status="delisted")])
    kept = party("t:2", "Petrovsky")

    assert ss.Screener(ss.PartyList(parties=[gone, kept])).screen("Oreshnik").decision == "clear"


def test_threshold_and_limit_override_the_configuration(screener: ss.Screener) -> None:
    """One call may ask for another threshold and for fewer hits."""
    loose = screener.screen("Foreign Trade Bank of Korea", threshold=20)

    assert len(loose.hits) > 1
    limited = screener.screen("Foreign Trade Bank of Korea", threshold=20, limit=1)
    assert limited.hits == loose.hits[:1]
    assert [hit.score for hit in loose.hits] == sorted((h.score for h in loose.hits), reverse=True)


@pytest.mark.parametrize("wrong", [{"threshold": 101}, {"threshold": -1}, {"limit": 0}])
def test_senseless_arguments_are_refused(screener: ss.Screener, wrong: dict[str, float]) -> None:
    """A threshold outside 0 to 100 or a limit below 1 is an error, not a silent clear."""
    with pytest.raises(ValueError, match="must be"):
        screener.screen("Ivan", **wrong)


def test_screening_many_is_lazy_and_in_order(screener: ss.Screener) -> None:
    """``screen_many`` yields what ``screen`` returns, one by one, in the order given."""
    names = ["MRB Bank", "Nobody at all", "Korea Kwangson Bank"]

    def endless() -> object:
        yield from names
        raise AssertionError("asked for more than was wanted")

    results = screener.screen_many(endless())
    many = [next(results) for _ in names]

    assert [r.decision for r in many] == [screener.screen(n).decision for n in names]
    assert [r.counterparty.name for r in many] == names


def test_record_says_what_made_the_result(screener: ss.Screener) -> None:
    """The record is JSON and names the list, the configuration, the library and the time."""
    record = json.loads(json.dumps(screener.screen("MRB Bank").record()))

    assert record["lists"] == [
        {"version": ss.default_list().version, "digest": ss.default_list().digest}
    ]
    assert record["config_digest"] == ss.Config().digest
    assert record["library_version"] == ss.__version__
    assert record["screened_at"].endswith("+00:00")
    assert record["hits"][0]["statuses"]


@pytest.mark.parametrize("lists", [[], [ss.PartyList(parties=[])]], ids=["no list", "empty list"])
def test_nothing_to_screen_against_is_an_error(lists: list[ss.PartyList]) -> None:
    """An empty list is refused, since against it everybody would be clear."""
    with pytest.raises(ListError):
        ss.Screener(lists)


def test_two_lists_may_not_share_an_id() -> None:
    """The same id in two lists is refused rather than guessed to be one party."""
    one = ss.PartyList(parties=[party("t:1", "Oreshnik")])

    with pytest.raises(ListError, match="t:1"):
        ss.Screener([one, one])


def test_hostile_names_are_bounded(screener: ss.Screener) -> None:
    """A name of ten thousand letters or five hundred words is screened like any other."""
    assert screener.screen("x" * 10_000).decision == "clear"
    assert screener.screen("bank " * 500).decision == "clear"
    assert screener.screen("Korea Kwangson Bank " + "z" * 10_000).decision in {"clear", "match"}


def test_letters_that_nothing_romanises_ask_for_review() -> None:
    """Without a fallback, a name whose letters were dropped is never clear."""
    screener = ss.Screener(config=ss.Config(fallback="none"))

    result = screener.screen("ᚠᚢᚦ Handels")

    assert result.decision == "review"
    assert "ᚠᚢᚦ" in result.reason


def test_damaged_name_still_shows_its_hits(screener: ss.Screener) -> None:
    """A name with a lost letter is screened as far as it reads, and the hit is shown."""
    result = screener.screen("Korea Kwangson Bank\ufffd")

    assert result.hits
    assert result.reason


def test_listed_name_is_found_inside_a_payment_narrative() -> None:
    """What stands around a listed name in a passage says nothing against it."""
    parties = [party("t:1", "OSTROVSKAYA, Milena Igorevna", kind="person")]
    screener = ss.Screener(ss.PartyList(parties=parties))

    found = screener.screen("PAYMENT OF INVOICE 4471 TO MILENA IG\nOREVNA OSTROVSKAYA 06/2031")
    (hit,) = found.hits

    assert hit.score > 90
    assert hit.explanation.left.original == "milena ig orevna ostrovskaya"


@pytest.mark.parametrize(
    "text", ["RENT OSTROVSKAYAHAM HOUSE APT 12 JUNE", "SALARY MILENA PETERS MARCH 2031 REF 8"]
)
def test_part_of_a_listed_name_inside_a_narrative_is_no_hit(text: str) -> None:
    """A given name, or a longer word that begins like a surname, names nobody."""
    parties = [party("t:1", "OSTROVSKAYA, Milena Igorevna", kind="person")]

    assert ss.Screener(ss.PartyList(parties=parties)).screen(text).decision == "clear"


def aged(days: int | None) -> ss.PartyList:
    """Make a list whose one source was published that many days ago."""
    day = None if days is None else datetime.now(UTC).date() - timedelta(days=days)
    source = Source(id="t", type="list", published=day)
    return ss.PartyList(parties=[party("t:1", "Oreshnik")], sources=[source])


@pytest.mark.parametrize(
    ("days", "said"),
    [(30, ()), (32, ("t is 32 days old, more than 30",)), (None, ("the age of t is unknown",))],
)
def test_every_result_says_that_a_list_is_out_of_date(
    days: int | None, said: tuple[str, ...]
) -> None:
    """Beyond the configured age, or where it is unknown, every result and record says so."""
    screener = ss.Screener(aged(days), config=ss.Config(max_list_age_days=30))
    results = list(screener.screen_many(["Oreshnik", "Nobody"]))

    for result in results:
        assert len(result.out_of_date) == len(said)
        assert all(map(str.startswith, result.out_of_date, said))
        assert result.record()["out_of_date"] == list(result.out_of_date)


def test_list_out_of_date_can_be_an_error() -> None:
    """By configuration a list that is too old is refused before anybody is screened."""
    strict = ss.Config(max_list_age_days=30, refuse_old_lists=True)

    with pytest.raises(ListError, match="out of date: t is 31 days old"):
        ss.Screener(aged(31), config=strict)
    assert not ss.Screener(aged(29), config=strict).screen("Nobody").out_of_date
    assert not ss.Screener(aged(9_999)).screen("Nobody").out_of_date


@pytest.mark.parametrize("name", ["", "???", " - "])
def test_a_name_without_words_is_compared_with_nobody(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account that has only a number must not cost a comparison with the whole list."""
    compared: list[object] = []
    monkeypatch.setattr(Search, "_compared", lambda *given: compared.append(given))
    who = ss.Counterparty(name=name, identifiers={"bic": "EXAMDEFF"})

    assert ss.Screener().screen(who).decision == "review"
    assert compared == []


@pytest.mark.parametrize(
    "text",
    [
        "INV 23 OSTROVSKAYA, MILENA IGOREVNA FUEL",
        "FUEL, SPARES, OSTROVSKAYA MILENA IGOREVNA, Q3",
        "MILENA IGOREVNA OSTROVSKAYA, RENT, JULY",
    ],
)
def test_a_comma_in_a_text_hides_nobody(text: str) -> None:
    """In a name a comma puts the surname first; a text must not be turned round by it."""
    assert [hit.party.id for hit in tiny_screener().screen_text(text).hits] == ["test:3"]


@pytest.mark.parametrize(("text", "found"), [("INV 23 MRB FUEL", []), ("23 MAY MRBANK", ["t:1"])])
def test_an_initial_names_nobody_inside_a_text(text: str, found: list[str]) -> None:
    """Numbers and first letters stand in every text; a name needs a word of its own."""
    parties = [
        ss.Party(id="t:0", kind="entity", names=["M23"]),
        ss.Party(id="t:1", kind="entity", names=["Mrbank"]),
    ]
    hits = ss.Screener(ss.PartyList(parties=parties)).screen_text(text).hits

    assert [hit.party.id for hit in hits] == found
