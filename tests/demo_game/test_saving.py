"""How the demo game saves, loads and fails: the tests that a game of one's own would have.

They are also what tests/benchmarks/soak.py repeats in many orders.
"""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from demo_game.game import Game, Outcome
from tt_emulator.catalog.views import Row
from tt_emulator.platforms import load
from tt_emulator.pytest_plugin.world import TTEmulator

pytestmark = pytest.mark.node

KEY = "stack_best"
SET, GET = "setUserCloudStorage", "getUserCloudStorage"


def value(score: Any) -> str:
    return json.dumps({"ttgame": {"score": score, "update_time": 1_700_000_000}})


def hold(tt_emulator: TTEmulator, stored: str, player: str = "alice") -> None:
    tt_emulator.player(player, KVDataList=[{"key": KEY, "value": stored}])


def held(tt_emulator: TTEmulator, player: str = "alice") -> int | None:
    saved = tt_emulator.player(player).saved()
    return json.loads(saved[KEY])["ttgame"]["score"] if saved else None


def apis(tt_emulator: TTEmulator) -> list[str]:
    return [exchange["api"] for exchange in tt_emulator.requests()]


def test_a_new_player_has_no_score(alice: Game) -> None:
    assert alice.open() == Outcome(None, 0)


def test_a_start_shows_what_was_stored(alice: Game, tt_emulator: TTEmulator) -> None:
    hold(tt_emulator, value(12))

    assert alice.open() == Outcome(None, 12)


def test_a_start_does_not_log_in_while_the_session_holds(
    alice: Game, tt_emulator: TTEmulator
) -> None:
    alice.open()

    assert apis(tt_emulator) == ["checkSession", GET]


@pytest.mark.parametrize("session", ["expired", "none"])
def test_a_start_logs_in_when_the_session_does_not_hold(
    alice: Game, tt_emulator: TTEmulator, session: str
) -> None:
    tt_emulator.player("alice", session=session)

    assert alice.open() == Outcome(None, 0)
    assert apis(tt_emulator) == ["checkSession", "login", GET]


@pytest.mark.tt_every_error("login")
def test_a_start_without_login_fails(
    alice: Game, tt_emulator: TTEmulator, tt_error: dict[str, Any]
) -> None:
    tt_emulator.player("alice", session="expired")

    assert alice.open().code == tt_error["code"]
    tt_emulator.assert_called(GET, count=0)


def test_a_start_without_network_fails(alice: Game, tt_emulator: TTEmulator) -> None:
    tt_emulator.player("alice", network="offline")

    failure = alice.open().failure

    assert failure is not None
    assert "network unavailable" in failure["errMsg"]


@pytest.mark.parametrize(
    "stored", ["", "x", "{}", "null", '{"ttgame":{}}', '{"ttgame":{"score":null}}']
)
def test_a_stored_value_that_is_no_score_counts_as_none(
    alice: Game, tt_emulator: TTEmulator, stored: str
) -> None:
    hold(tt_emulator, stored)

    assert alice.load() == Outcome(None, 0)


@pytest.mark.parametrize("score", [1, 0, -3, 2**31 - 1])
def test_a_score_comes_back_as_it_was_saved(alice: Game, score: int) -> None:
    assert alice.save(score) == Outcome(None, score)
    assert alice.load() == Outcome(None, score)


def test_a_save_tells_when_it_was(alice: Game, tt_emulator: TTEmulator) -> None:
    alice.save(5)

    ttgame = json.loads(tt_emulator.player("alice").saved()[KEY])["ttgame"]
    assert abs(ttgame["update_time"] - time.time()) < 60


@pytest.mark.parametrize(("stored", "score", "best"), [(5, 7, 7), (5, 5, 5), (5, 3, 5)])
def test_the_better_score_stays(
    alice: Game, tt_emulator: TTEmulator, stored: int, score: int, best: int
) -> None:
    hold(tt_emulator, value(stored))

    assert alice.submit(score) == Outcome(None, best)
    assert held(tt_emulator) == best
    tt_emulator.assert_called(SET, count=int(score > stored))


@pytest.mark.tt_every_error(SET)
def test_the_game_hears_why_a_save_failed(
    alice: Game, tt_emulator: TTEmulator, tt_error: dict[str, Any]
) -> None:
    failure = alice.submit(7).failure

    assert failure == {
        "errMsg": f"{SET}:fail {tt_error['message']}",
        "errorCode": tt_error["code"],
        "errorType": tt_error["type"],
    }
    assert held(tt_emulator) is None


@pytest.mark.parametrize("row", load().catalog.rows(GET), ids=lambda row: row.name)
def test_what_cannot_be_read_is_not_overwritten(
    alice: Game, tt_emulator: TTEmulator, row: Row
) -> None:
    hold(tt_emulator, value(9))
    tt_emulator.fail(row.name, api=GET)

    assert alice.submit(10).code == row.code
    assert held(tt_emulator) == 9
    tt_emulator.assert_called(SET, count=0)


def test_after_a_failure_the_next_try_succeeds(alice: Game, tt_emulator: TTEmulator) -> None:
    tt_emulator.fail("server-error", api=SET, times=2)

    assert [alice.submit(7).code for _ in range(3)] == [108002, 108002, None]
    assert held(tt_emulator) == 7


def test_failures_come_in_the_order_that_was_asked(alice: Game, tt_emulator: TTEmulator) -> None:
    tt_emulator.fault(sequence=["network-unavailable", "ok", "internal-error"], api=SET)

    assert [alice.save(score).code for score in (1, 2, 3)] == [999985, None, 999993]


def test_a_save_that_arrived_though_the_game_heard_of_a_failure(
    alice: Game, tt_emulator: TTEmulator
) -> None:
    tt_emulator.fail("network-unavailable", api=SET, times=1, moment="after")

    assert alice.submit(7).code == 999985
    assert alice.submit(7) == Outcome(None, 7)
    tt_emulator.assert_called(SET, count=1)  # the second try found it there


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        ({"wire": "reset"}, 999985),
        ({"wire": "close"}, 999985),
        ({"wire": "hang", "duration_ms": 20}, 999985),
        ({"wire": "truncate"}, 999985),
        ({"wire": "bad_json"}, 108001),
        ({"wire": "http_status", "status": 502}, 999991),
    ],
    ids=lambda wire: wire.get("wire") if isinstance(wire, dict) else "",
)
def test_what_breaks_on_the_wire_is_heard_as_the_platform_says_it(
    alice: Game, tt_emulator: TTEmulator, wire: dict[str, Any], code: int
) -> None:
    tt_emulator.fault(**wire, api=SET, times=1)

    assert alice.save(7).code == code
    assert alice.save(7) == Outcome(None, 7)


def test_a_slow_save_succeeds_in_the_end(alice: Game, tt_emulator: TTEmulator) -> None:
    tt_emulator.fault(delay_ms=30, api=SET, times=1)

    assert alice.save(7) == Outcome(None, 7)
    (save,) = tt_emulator.requests(api=SET)
    assert save["duration_ms"] >= 30


def test_a_failure_of_one_player_is_no_others(
    game: Callable[[str], Game], tt_emulator: TTEmulator
) -> None:
    tt_emulator.fail("server-error", player="bob")

    assert game("alice").save(7) == Outcome(None, 7)
    assert game("bob").save(7).code == 108002
    assert (held(tt_emulator, "alice"), held(tt_emulator, "bob")) == (7, None)


def test_two_players_do_not_see_each_others_scores(game: Callable[[str], Game]) -> None:
    game("alice").save(7)
    game("bob").save(3)

    assert (game("alice").load().score, game("bob").load().score) == (7, 3)


def test_one_world_can_be_gone_through_twice(alice: Game, tt_emulator: TTEmulator) -> None:
    alice.save(5)
    tt_emulator.snapshot("level-1")
    alice.save(9)
    tt_emulator.restore("level-1")

    assert alice.load() == Outcome(None, 5)


def test_the_session_may_end_between_two_saves(alice: Game, tt_emulator: TTEmulator) -> None:
    alice.save(1)
    tt_emulator.player("alice", session="expired")

    assert alice.save(2).code == 999998
    assert alice.open() == Outcome(None, 1)
    assert alice.save(2) == Outcome(None, 2)
