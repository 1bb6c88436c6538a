import json
from collections.abc import Callable
from typing import Any

import pytest

from tt_emulator.client import Client

SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}


def save(client: Client, player: str) -> dict[str, Any]:
    return client.call("setUserCloudStorage", SAVE, player=player)


@pytest.mark.parametrize(
    ("flags", "code"), [(["--session", "expired"], 999998), (["--network", "offline"], 999985)]
)
def test_the_state_of_a_player_makes_calls_fail_by_their_real_cause(
    tt: Callable[..., Any], client: Client, flags: list[str], code: int
) -> None:
    tt("player", "set", "alice", *flags)

    assert save(client, "alice")["errorCode"] == code
    assert save(client, "bob") == {"errMsg": "setUserCloudStorage:ok"}


def test_what_was_set_is_told(tt: Callable[..., Any], client: Client) -> None:
    run = tt("player", "set", "alice", "--nickname", "爱丽丝", "--session", "none")

    assert run.out == "alice: nickname 爱丽丝, session none, network online\n"
    run = tt("player", "set", "alice", "--network", "offline", "--json")
    assert json.loads(run.out) == client.player("alice")
    assert (client.player("alice")["nickname"], client.player("alice")["network"]) == (
        "爱丽丝",
        "offline",
    )


def test_friends_account_and_group_are_set_and_told(tt: Callable[..., Any], client: Client) -> None:
    run = tt("player", "set", "alice", "--friends", "bob, carol", "--group", "class-1")
    tt("player", "set", "bob", "--account", "out")

    assert run.out.endswith(", friends bob,carol, group class-1\n")
    alice = client.player("alice")
    assert (alice["friends"], alice["group"]) == (["bob", "carol"], "class-1")
    assert (client.player("bob")["account"], client.player("bob")["session"]) == ("out", "none")


def test_friends_and_group_can_be_taken_back(tt: Callable[..., Any], client: Client) -> None:
    tt("player", "set", "alice", "--friends", "bob", "--group", "class-1")
    run = tt("player", "set", "alice", "--friends", "", "--group", "")

    assert run.out.endswith(", friends -, group -\n")
    assert (client.player("alice")["friends"], client.player("alice")["group"]) == ([], None)


def test_players_are_listed_with_their_state(tt: Callable[..., Any], client: Client) -> None:
    save(client, "bob")
    client.put_player("alice", nickname="爱丽丝", session="expired")
    client.put_player("bob", account="out", session="none")

    assert tt("player", "list").out == (
        "OPENID  NICKNAME  SESSION  NETWORK  KEYS  ELSE\n"
        "alice   爱丽丝    expired  online   0     -\n"
        "bob     bob       none     online   1     account=out\n"
    )
    assert json.loads(tt("player", "list", "--json").out) == {"players": client.players()}


def test_a_world_without_players_says_so(tt: Callable[..., Any], client: Client) -> None:
    client.reset()

    assert tt("player", "list").out == "nothing is stored of any player\n"


def test_to_set_nothing_is_a_usage_error(tt: Callable[..., Any], client: Client) -> None:
    run = tt("player", "set", "alice")

    assert run.code == 2
    assert run.err.startswith("error: Say what to change: ")


def test_settings_are_shown_as_they_are(tt: Callable[..., Any], client: Client) -> None:
    client.put_settings(host={"appName": "抖音", "unsupported": ["login", "getUserCloudStorage"]})

    shown = dict(line.split(maxsplit=1) for line in tt("settings").out.splitlines())
    assert shown.pop("FIELD") == "VALUE"
    assert shown["host.appName"] == "抖音"
    assert shown["host.unsupported"] == "login,getUserCloudStorage"
    assert shown["own_data_in_main"] == "true"
    assert json.loads(tt("settings", "--json").out) == client.settings()


def test_settings_are_changed_field_by_field(tt: Callable[..., Any], client: Client) -> None:
    before = client.put_settings()
    run = tt(
        *("settings", "host.unsupported=login,getUserCloudStorage", "fail_object=errMsg"),
        *("own_data_in_main=false", "host.appName=a=b"),
    )
    after = client.settings()

    assert run.code == 0
    assert after["host"] == before["host"] | {
        "unsupported": ["login", "getUserCloudStorage"],
        "appName": "a=b",
    }
    assert (after["fail_object"], after["own_data_in_main"]) == ("errMsg", False)
    tt("settings", "host.unsupported=", "own_data_in_main=true")
    assert client.settings()["host"]["unsupported"] == []
    assert client.settings()["own_data_in_main"] is True


def test_the_phone_is_set_with_its_numbers(tt: Callable[..., Any], client: Client) -> None:
    before = client.put_settings()["system"]
    numbers = ["system.windowWidth=375", "system.pixelRatio=2.5", "system.deviceScore=-1"]
    sides = ["system.safeArea.top=44", "system.safeArea.bottom=800"]

    assert tt("settings", "system.platform=ios", *numbers, *sides).code == 0
    after = client.settings()["system"]
    area = dict.fromkeys(["left", "right", "width", "height"]) | {"top": 44, "bottom": 800}
    sizes = {"windowWidth": 375, "pixelRatio": 2.5, "safeArea": area}
    assert after == before | {"platform": "ios", "system": "iOS 17.5"} | sizes
    assert "system.safeArea.top" in tt("settings").out
    tt("settings", "system.windowWidth=null", "system.safeArea=null")
    assert client.settings()["system"] == after | {"windowWidth": None, "safeArea": None}


REFUSED = ["fail_objec=full", "own_data_in_main=yes", "host.x.y=1", "self=1", "host=x", ".=1", "=1"]


@pytest.mark.parametrize("change", REFUSED)
def test_a_setting_that_cannot_be_is_refused_and_none_is_changed(
    tt: Callable[..., Any], client: Client, change: str
) -> None:
    before = client.put_settings()

    assert tt("settings", "fail_object=errMsg", change).code == 7
    assert client.settings() == before


def test_a_change_without_a_value_is_a_usage_error(tt: Callable[..., Any], client: Client) -> None:
    run = tt("settings", "fail_object")

    assert run.code == 2
    assert run.err.startswith("error: 'fail_object' is not FIELD=VALUE.\n")
