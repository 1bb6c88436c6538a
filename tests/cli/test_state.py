from collections.abc import Callable
from typing import Any

from tt_emulator.client import Client

SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}


def fill(client: Client) -> None:
    client.call("setUserCloudStorage", SAVE)
    client.arm({"error": "session-failure", "api": "removeUserCloudStorage"})


def stored(client: Client) -> Any:
    return client.call("getUserCloudStorage", {"keyList": ["score"]})["data"]


def test_reset_empties_the_whole_world(tt: Callable[..., Any], client: Client) -> None:
    fill(client)

    assert tt("reset").out == f"reset everything in world {client.world}\n"
    assert (client.faults(), client.requests(), stored(client)) == ([], [], [])


def test_reset_of_a_scope_leaves_the_rest(tt: Callable[..., Any], client: Client) -> None:
    fill(client)
    run = tt("reset", "--scope", "faults", "--scope", "journal")

    assert run.out == f"reset faults, journal in world {client.world}\n"
    assert (client.faults(), client.requests()) == ([], [])
    assert stored(client) == SAVE["KVDataList"]


def test_an_unknown_scope_is_a_usage_error(tt: Callable[..., Any], client: Client) -> None:
    fill(client)

    assert tt("reset", "--scope", "everything").code == 2
    assert len(client.faults()) == 1
