"""GET /tt/events: what a player's page receives of host, device and network."""

import json
from contextlib import ExitStack

import pytest

from entry_points import SocketEntryPoint
from listener import Listener
from tt_emulator.client import Client

JSON = "application/json"
OFFLINE = {"networkType": "none", "isConnected": False}
ONLINE = {"networkType": "wifi", "isConnected": True}


@pytest.fixture
def client(server, new_world):
    with Client(server.url, new_world) as opened:
        yield opened


@pytest.fixture
def listen(server, new_world):
    with ExitStack() as listening:

        def open_stream(player: str = "alice") -> Listener:
            return listening.enter_context(
                Listener(server, new_world, path="/tt/events", player=player)
            )

        yield open_stream


def test_a_player_who_is_switched_offline_hears_the_new_state(listen, client):
    stream = listen()
    client.put_player("alice", network="offline")
    event = stream.event()
    client.put_player("alice", network="online")

    assert event["event"] == "state"
    assert event["data"]["network"] == OFFLINE
    assert stream.event()["data"]["network"] == ONLINE


def test_an_event_says_all_that_the_state_says(listen, server, new_world):
    entry_point = SocketEntryPoint(server.port, new_world)
    stream = listen("player-1")
    entry_point("PUT", "/__emulator/v1/settings", b'{"strict_canvas":true}', Content_Type=JSON)

    assert stream.event()["data"] == entry_point("GET", "/tt/state").json
    entry_point.close()


def test_a_call_wakes_nobody_who_listens_for_state(bench):
    before = bench.world.state_feed.last_id
    bench.call("login")

    assert bench.world.state_feed.last_id == before


def test_what_happens_to_others_and_what_is_no_state_is_not_heard(listen, client):
    stream = listen()
    client.put_player("bob", network="offline")
    client.put_player("alice", nickname="Alice")
    client.call("login", {}, player="alice")
    client.put_settings(host={"appName": "Toutiao"})

    event = stream.event()["data"]
    assert (event["host"]["appName"], event["network"]) == ("Toutiao", ONLINE)


def test_a_reset_is_heard(listen, client):
    client.put_player("alice", network="offline")
    stream = listen()
    client.control("POST", "/v1/reset", {"scope": ["data"]})

    assert stream.event()["data"]["network"] == ONLINE


def test_each_player_hears_of_their_own_network(listen, client):
    alice, bob = listen("alice"), listen("小明")
    client.put_player("小明", network="offline")
    client.put_player("alice", network="offline")

    assert [stream.event()["data"]["network"] for stream in (alice, bob)] == [OFFLINE] * 2


def test_64_streams_hold_up_nobody(listen, client):
    streams = [listen() for _ in range(64)]
    assert client.call("login", {})["errMsg"] == "login:ok"
    assert client.faults() == []

    client.put_player("alice", network="offline")
    assert [stream.event()["data"]["network"] for stream in streams] == [OFFLINE] * 64


def test_the_stream_ends_with_its_world(listen, client, new_world):
    stream = listen()
    client.control("DELETE", f"/v1/worlds/{new_world}")

    assert stream.rest() == b""


def test_the_state_has_the_phone_as_the_world_is_set(server, new_world):
    entry_point = SocketEntryPoint(server.port, new_world)
    phone = {"system": {"platform": "ios", "language": "en_US", "safeArea": {"top": 47}}}
    patch = phone | {"screen_sized_canvas": False, "shared_canvas_in_main": False}
    entry_point("PUT", "/__emulator/v1/settings", json.dumps(patch).encode(), Content_Type=JSON)

    state = entry_point("GET", "/tt/state").json
    entry_point.close()
    assert state["system"].items() >= phone["system"].items()
    assert [state["screen_sized_canvas"], state["shared_canvas_in_main"]] == [False, False]
    assert None not in state["system"].values()
