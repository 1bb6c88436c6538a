"""The whole demo game, from its start through rounds that end with a save."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from demo_game.game import Game, Outcome
from tt_emulator.pytest_plugin.world import TTEmulator

pytestmark = pytest.mark.node

SET, GET = "setUserCloudStorage", "getUserCloudStorage"


def stored(tt_emulator: TTEmulator) -> int:
    score: int = json.loads(tt_emulator.player("alice").saved()["stack_best"])["ttgame"]["score"]
    return score


def test_a_new_player_starts_at_nothing(alice: Game) -> None:
    assert alice.start() == Outcome(None, 0, "safe")


def test_a_round_ends_with_its_score_saved(alice: Game, tt_emulator: TTEmulator) -> None:
    assert alice.round(5) == Outcome(None, 5, "safe")
    assert stored(tt_emulator) == 5


def test_a_round_without_a_block_saves_nothing(alice: Game, tt_emulator: TTEmulator) -> None:
    assert alice.round(0) == Outcome(None, 0, "safe")
    tt_emulator.assert_called(SET, count=0)


def test_the_best_round_stays(alice: Game, tt_emulator: TTEmulator) -> None:
    assert [alice.round(blocks).score for blocks in (3, 8, 5)] == [3, 8, 8]
    assert stored(tt_emulator) == 8
    tt_emulator.assert_called(SET, count=2)


def test_the_next_start_knows_the_best_round(game: Callable[[str], Game], alice: Game) -> None:
    alice.round(6)

    assert game("alice").start() == Outcome(None, 6, "safe")


@pytest.mark.tt_every_error(SET)
def test_a_player_is_told_of_a_save_that_failed(alice: Game, tt_error: dict[str, Any]) -> None:
    failed = alice.round(4)

    assert (failed.score, failed.shown) == (4, f"failed {tt_error['code']}")


def test_what_was_not_saved_goes_with_the_next_round(alice: Game, tt_emulator: TTEmulator) -> None:
    with tt_emulator.fail("network-unavailable", api=SET, times=1):
        assert alice.round(9).code == 999985

    assert alice.round(2) == Outcome(None, 9, "safe")
    assert stored(tt_emulator) == 9


def test_a_best_score_of_another_device_is_not_lowered(
    alice: Game, tt_emulator: TTEmulator
) -> None:
    alice.round(3)
    ttgame = {"ttgame": {"score": 20, "update_time": 1_700_000_000}}
    tt_emulator.player("alice", KVDataList=[{"key": "stack_best", "value": json.dumps(ttgame)}])

    assert alice.round(7) == Outcome(None, 20, "safe")
    assert stored(tt_emulator) == 20


def test_an_evening_of_bad_luck_can_be_had_again(
    game: Callable[[str], Game], tt_emulator: TTEmulator
) -> None:
    def evening(player: str) -> list[int | None]:
        tt_emulator.replace([{"error": "server-error", "api": SET, "probability": 0.5}])
        return [game(player).round(blocks).code for blocks in range(1, 13)]

    first = evening("alice")

    assert {*first} == {None, 108002}
    assert evening("bob") == first
