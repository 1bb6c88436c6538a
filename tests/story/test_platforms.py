"""A story of either platform, and its snapshots, over HTTP, from one body."""

import json
from collections.abc import Iterator

import pytest

from process import Emulator
from tt_emulator.client import Client
from tt_emulator.platforms import PLATFORMS, load

SAVE = "setUserCloudStorage"


def save(client: Client, value: str) -> str:
    options = {"KVDataList": [{"key": "score", "value": value}]}
    return str(client.call(SAVE, options, player="ann")["errMsg"])


@pytest.fixture(params=PLATFORMS)
def client(request: pytest.FixtureRequest, server: Emulator, new_world: str) -> Iterator[Client]:
    with Client(server.url, new_world, platform=request.param) as client:
        yield client


def test_a_story_is_of_its_platform_and_the_same_when_it_is_played_again(client: Client) -> None:
    row = load(PLATFORMS[client.platform.name]).catalog.rows(SAVE)[0]
    save(client, "1")
    client.arm({"error": row.name, "api": SAVE, "times": 1})
    assert ":fail" in save(client, "2")
    client.put_player("ann", session="expired")
    client.call("checkSession", player="ann")
    client.call("login", player="ann")
    bundle = client.bundle()

    assert bundle["platform"] == client.platform.name
    outcome = client.replay(json.dumps(bundle).encode())
    assert (outcome.same, outcome.differences) == (True, [])
    with Client(client.url, outcome.world) as played:
        assert played.platform.name == client.platform.name
        assert len(played.requests()) == 4
        played.drop_world()


def test_a_snapshot_brings_all_of_a_player_back(client: Client) -> None:
    save(client, "1")
    before = client.player("ann")
    client.snapshot("before")
    for field in load(PLATFORMS[client.platform.name]).player_fields:
        if field.kind == "choice":
            value = field.states[-1].value
            for name in reversed(field.pointer.split("/")[1:]):
                value = {name: value}
            client.control("PUT", "/v1/players/ann", value)
    assert client.player("ann") != before

    client.restore("before")

    assert client.player("ann") == before
