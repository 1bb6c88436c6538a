"""What a page reads of the phone, and the switches of its panel."""

import msgspec
import pytest

from platforms.wx.wx_bench import FRIENDS, INTERACTED, WX, player
from tt_emulator.errors import WrongDomain


def state(bench):
    seen = bench.world.players.get("player-1")
    return msgspec.to_builtins(WX.phone.state(bench.world.settings, seen))


def test_the_page_reads_what_the_player_has_said_and_how_the_game_was_launched(bench):
    assert {
        "scopes": {FRIENDS: "undetermined", INTERACTED: "undetermined"},
        "privacy": "agreed",
        "asks_again_at": None,
        "launched_from": "g",
        "share_ticket": "ticket-g",
        "shared_by": None,
        "network": {"networkType": "wifi", "isConnected": True},
    }.items() <= state(bench).items()

    player(bench, privacy="refused", launched_from=None, shared_by="friend", network="offline")

    assert {
        "privacy": "refused",
        "asks_again_at": "2023-11-14T22:13:30.000Z",
        "launched_from": None,
        "share_ticket": None,
        "shared_by": "friend",
        "network": {"networkType": "none", "isConnected": False},
    }.items() <= state(bench).items()


def test_the_phone_says_which_app_is_round_the_game(bench):
    def told():
        return bench.call("getSystemInfo")["appName"], state(bench)["host"]["appName"]

    assert told() == ("WeChat", "WeChat")
    for name in ("WeCom", "Douyin"):
        bench.world.set({"host": {"appName": name}})
        assert told() == (name, name)


def test_own_data_are_not_in_the_main_domain(bench):
    assert state(bench)["own_data_in_main"] is False
    with pytest.raises(WrongDomain):
        bench.call("getUserCloudStorage", {"keyList": ["a"]}, domain="main")


@pytest.mark.parametrize("switch", WX.switches)
def test_each_switch_is_a_fault_that_can_be_armed(bench, arm, switch):
    assert arm(**WX.switches[switch], player="player-1").player == "player-1"
