import pytest

from tt_emulator.domain.model import Call
from tt_emulator.domain.reading import demand
from tt_emulator.errors import Unprocessable
from tt_emulator.journal.match import Match, Question, differences, read_question
from tt_emulator.platforms.tt.pages import load

PAIRS = {"KVDataList": [{"key": "a", "value": "1"}]}


@pytest.fixture
def filled(bench, arm):
    """alice saves once, bob fails once with each of two errors, carol's save is lost."""
    bench.save({"a": "1"}, player="alice")
    arm(sequence=["network-unavailable", "server-error"], player="bob")
    bench.save({"a": "1"}, player="bob")
    bench.save({"a": "1"}, player="bob")
    arm(wire="reset", player="carol")
    bench.steps("setUserCloudStorage", PAIRS, player="carol")
    return bench


@pytest.mark.parametrize(
    ("match", "count"),
    [
        (Match(), 4),
        (Match(api="setUserCloudStorage"), 4),
        (Match(api="login"), 0),
        (Match(player="bob"), 2),
        (Match(ok=True), 1),
        (Match(ok=False), 3),
        (Match(error="network-unavailable"), 1),
        (Match(error=108002), 1),
        (Match(error="108002"), 1),
        (Match(error="lost"), 1),
        (Match(player="alice", error=108002), 0),
    ],
    ids=str,
)
def test_every_clause_must_hold(filled, match, count):
    assert filled.world.journal.count(match) == count


def test_a_number_is_a_minimum_to_wait_for_and_exact_to_verify():
    question = demand({"count": 2}, Question)

    assert [question.at_least().hold(number) for number in (1, 2, 3)] == [False, True, True]
    assert [question.exactly().hold(number) for number in (1, 2, 3)] == [False, True, False]


def test_without_a_number_one_is_enough():
    question = demand({}, Question)

    assert [question.exactly().hold(number) for number in (0, 1, 2)] == [False, True, True]


@pytest.mark.parametrize("count", [{"min": 2, "max": 1}, {"min": 10**18}, -1, 10**18])
def test_a_count_that_nothing_could_have_is_refused(count):
    with pytest.raises(Unprocessable) as caught:
        demand({"count": count}, Question)

    assert caught.value.flaws[0].pointer.startswith("/count")


def test_bounds_are_taken_as_they_stand():
    question = demand({"count": {"min": 1, "max": 2}}, Question)

    assert [question.exactly().hold(number) for number in (0, 1, 2, 3)] == [
        False,
        True,
        True,
        False,
    ]
    assert question.exactly().words() == "1 to 2"


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"macth": {}}, "/macth"),
        ({"match": {"apis": "x"}}, "/match/apis"),
        ({"count": -1}, "/count"),
        ({"timeout_ms": 120_001}, "/timeout_ms"),
        ([], ""),
    ],
)
def test_what_is_misspelt_is_refused_with_its_place(raw, pointer):
    with pytest.raises(Unprocessable) as caught:
        demand(raw, Question)

    assert caught.value.flaws[0].pointer == pointer


@pytest.mark.parametrize(
    "error", ["network-unavailable", 999985, "999985", "lost", "emulator-failure"]
)
def test_each_way_to_end_can_be_asked_for(error):
    assert read_question({"match": {"error": error}}, load()).match.error == error


@pytest.mark.parametrize("error", ["network", 1, "1", "", "ok"])
def test_nothing_else_can(error):
    with pytest.raises(Unprocessable, match="unknown error"):
        read_question({"match": {"error": error}}, load())


def test_the_nearest_misses_are_told_first_and_of_those_the_latest(bench):
    for player, api in [("alice", "login"), ("bob", "login"), ("alice", "checkSession")] * 3:
        bench.call(api, player=player)

    match = Match(api="login", player="alice", ok=False)
    assert differences(match, bench.world.journal.find()) == [
        "#7 login: it ended with ok",
        "#4 login: it ended with ok",
        "#1 login: it ended with ok",
        "#9 checkSession: api is checkSession, not login",
        "#8 login: player is bob, not alice",
    ]


def test_what_has_nothing_in_common_is_told_only_for_want_of_better(bench):
    bench.call("login", player="alice")
    bench.call("checkSession", player="bob")
    found = bench.world.journal.find()

    assert differences(Match(api="login", player="carol"), found) == [
        "#1 login: player is alice, not carol"
    ]
    assert differences(Match(player="carol"), found) == [
        "#2 checkSession: player is bob, not carol",
        "#1 login: player is alice, not carol",
    ]


def test_counts_outlive_what_the_journal_forgets(bench):
    for _ in range(1100):
        bench.call("login")

    assert len(bench.world.journal.find()) == 1000
    assert bench.world.journal.count(Match(api="login")) == 1100
    bench.world.journal.clear()
    assert bench.world.journal.count(Match()) == 0


@pytest.mark.parametrize(
    ("match", "reasons"),
    [
        (Match(api="login", ok=False), ["#2 login: it has no answer yet"]),
        (Match(api="login", error="lost"), ["#2 login: it has no answer yet"]),
        (Match(api="login"), ["#2 login: it has no answer yet"]),
        (Match(), ["#2 login: it has no answer yet"]),
        (
            Match(ok=False),
            ["#2 login: it has no answer yet", "#1 checkSession: it ended with ok"],
        ),
        (
            Match(player="bob", api="login"),
            [
                "#2 login: player is alice, not bob",
                "#1 checkSession: api is checkSession, not login",
            ],
        ),
    ],
    ids=str,
)
def test_of_a_call_under_way_it_is_not_told_how_it_ended(bench, arm, match, reasons):
    bench.call("checkSession", player="bob")
    arm(delay_ms=5, api="login")
    steps = bench.engine.handle(Call(bench.catalog.apis["login"], {}, player="alice"))
    next(steps)

    assert differences(match, bench.world.journal.find()) == reasons


def test_a_player_whom_no_call_could_name_is_refused():
    with pytest.raises(Unprocessable, match="no player has such an openid") as caught:
        read_question({"match": {"player": "x" * 129}}, load())

    assert caught.value.flaws[0].pointer == "/match/player"
