import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench
from tt_emulator.domain import document
from tt_emulator.domain.record import Record
from tt_emulator.errors import BadRequest, NotFound, Unprocessable, WorldDropped

OK = {"errMsg": "setUserCloudStorage:ok"}


@pytest.fixture
def used(bench, arm):
    """A world with a pair, a fault and an exchange."""
    bench.save({"score": "1"})
    arm(error="network-unavailable", api="login")
    return bench.world


def state(world):
    """Which parts of a world there is something in."""
    return {
        name
        for name, there in {
            "data": world.store.openids(),
            "faults": world.faults.views(),
            "journal": world.journal.find(),
        }.items()
        if there
    }


def test_a_world_is_made_by_its_first_use_and_stays_the_same(bench):
    made = bench.engine.worlds.open("mine")

    assert bench.engine.worlds.open("mine") is made
    assert bench.engine.worlds.find("mine") is made
    assert made.name == "mine"


def test_the_default_world_is_always_there(bench):
    assert bench.engine.worlds.find("default") is bench.world


def test_finding_makes_no_world(bench):
    for _ in range(2):
        with pytest.raises(NotFound, match="'mine'") as caught:
            bench.engine.worlds.find("mine")
    assert caught.value.hint


def test_a_world_that_only_storage_knows_is_found(bench):
    bench.storage.open_world("kept")

    assert bench.engine.worlds.find("kept").name == "kept"


@pytest.mark.parametrize("name", ["a", "A", "0", "w-1", "w.1", "w_1", "w" * 64, "default"])
def test_letters_digits_and_three_signs_make_a_name(bench, name):
    assert bench.engine.worlds.open(name).name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".hidden",
        "-w",
        "_w",
        "a/b",
        "a\\b",
        "a b",
        "a\n",
        "\n",
        "w" * 65,
        "wörld",
        "世界",
    ],
)
def test_anything_else_is_no_name(bench, name):
    with pytest.raises(BadRequest, match="no world name") as caught:
        bench.engine.worlds.open(name)
    assert "64" in caught.value.hint


@given(name=st.text(st.sampled_from("aZ09._-/\\ \n~é"), max_size=70))
def test_no_name_escapes_its_alphabet(name):
    worlds = Bench().engine.worlds

    try:
        worlds.open(name)
    except BadRequest:
        return
    assert name.isascii()
    assert name[0].isalnum()
    assert set(name) - set("._-") <= set(filter(str.isalnum, name))


def test_names_mind_case(bench):
    bench.save({"a": "1"}, world="Mine")

    assert bench.saved("a", world="mine") == {}


def test_worlds_share_nothing(bench, used):
    other = bench.engine.worlds.open("other")

    assert state(used) == {"data", "faults", "journal"}
    assert state(other) == set()
    assert bench.call("login", world="other")["errMsg"] == "login:ok"
    assert [exchange.id for exchange in other.journal.find()] == [1]


def test_a_reset_brings_everything_back_to_the_beginning(used):
    used.reset()

    assert state(used) == set()


@pytest.mark.parametrize("scope", ["data", "faults", "journal"])
def test_a_reset_may_be_of_one_part(used, scope):
    used.reset((scope,))

    assert state(used) == {"data", "faults", "journal"} - {scope}


def test_a_reset_of_nothing_or_of_the_clock_leaves_all_parts(used):
    used.reset(())
    used.reset(("clock",))

    assert state(used) == {"data", "faults", "journal"}


def test_an_import_that_fails_leaves_a_new_world_to_who_used_it_meanwhile(bench, monkeypatch):
    def failing(*of_a_document):
        bench.save({"score": "1"}, world="new")
        raise Unprocessable("a flaw")
        yield

    monkeypatch.setattr(document, "records", failing)
    with pytest.raises(Unprocessable):
        bench.engine.worlds.put("new", b'{"schema": 1}')

    assert bench.saved("score", world="new") == {"score": "1"}


def test_an_import_that_fails_leaves_the_world_that_was_made_meanwhile(bench, monkeypatch):
    def failing(*of_a_document):
        bench.engine.worlds.drop("new")
        bench.engine.worlds.open("new")
        raise Unprocessable("a flaw")
        yield

    monkeypatch.setattr(document, "records", failing)
    with pytest.raises(Unprocessable):
        bench.engine.worlds.put("new", b'{"schema": 1}')

    assert "new" in bench.engine.worlds.names()


def test_an_import_into_a_world_that_is_dropped_meanwhile_is_told_as_that(bench, monkeypatch):
    def dropping(*of_a_document):
        bench.engine.worlds.drop("new")
        yield "alice", Record()

    monkeypatch.setattr(document, "records", dropping)
    with pytest.raises(WorldDropped, match="'new' was dropped"):
        bench.engine.worlds.put("new", b'{"schema": 1}')

    assert bench.engine.worlds.names() == ["default"]


def test_what_the_seed_does_not_date_is_of_the_moment_of_the_reset_by_the_clock_of_the_seed(bench):
    player = {"openid": "alice", "KVDataList": [{"key": "score", "value": "1"}]}
    bench.world.document.seed(
        json.dumps({"schema": 1, "players": [player]}).encode(), document.ignore_progress
    )
    bench.world.move_clock({"advance_s": 3600})
    bench.clock.ms += 1000

    bench.world.reset(("data", "clock"))

    assert bench.world.store.get("alice").pairs["score"].at_ms == bench.clock.ms


def test_a_reset_is_of_one_world(bench, used):
    bench.engine.worlds.open("other").reset()

    assert state(used) == {"data", "faults", "journal"}


def test_a_world_goes_on_after_a_reset(bench, used):
    used.reset()

    assert bench.save({"score": "2"}) == OK
    assert bench.saved("score") == {"score": "2"}
    assert [exchange.id for exchange in used.journal.find()] == [2, 3]


def test_a_clock_that_is_moved_is_told_to_listeners(bench, used):
    def moves(*acts):
        before = [event.kind for event in used.feed.after(0)].count("state")
        for act in acts:
            act()
        return [event.kind for event in used.feed.after(0)].count("state") - before

    assert moves(lambda: used.move_clock({"freeze": True})) == 1
    assert moves(lambda: used.move_clock({"freeze": True})) == 0
    assert moves(lambda: used.reset(("clock",))) == 1
