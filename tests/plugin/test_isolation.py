"""One server, any number of worlds at once: none sees anything of another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from process import Emulator
from tt_emulator.client import Client
from tt_emulator.pytest_plugin.world import new_name

WORLDS = 200
ROUNDS = 3
CODES = {"server-error": 108002, "bad-response": 108001, "network-unavailable": 999985}


def save(client: Client, value: str) -> int | None:
    """The code that the save of the same key as everybody's failed with."""
    pairs = {"KVDataList": [{"key": "score", "value": value}]}
    code: int | None = client.call("setUserCloudStorage", pairs, player="alice").get("errorCode")
    return code


def live(url: str, number: int, everybody: Barrier) -> list[str]:
    """One world's life beside all others; what in it was not its own."""
    name = list(CODES)[number % len(CODES)]
    wrong = []
    with Client(url, new_name(f"test_{number}"), timeout_s=60) as client:
        client.fault(error=name, skip=1, times=1, label=f"of {number}")
        client.put_settings(host={"appName": f"host {number}"})
        everybody.wait()
        codes = [save(client, f"{number}-{turn}") for turn in range(ROUNDS)]
        client.control("POST", "/v1/clock", {"advance_s": 3600 * (number + 1), "freeze": True})
        everybody.wait()

        (fault,) = client.faults()
        exchanges = client.requests()
        seen = {
            "codes": (codes, [None, CODES[name], None]),
            "fault": ((fault["label"], fault["hits"], fault["remaining"]), (f"of {number}", 1, 0)),
            "journal": ([each["id"] for each in exchanges], [1, 2, 3]),
            "data": (client.player("alice")["KVDataList"][0]["value"], f"{number}-{ROUNDS - 1}"),
            "settings": (client.settings()["host"]["appName"], f"host {number}"),
            "clock": (client.control("GET", "/v1/clock")["frozen"], True),
            "players": ([player["openid"] for player in client.players()], ["alice"]),
        }
        wrong += [f"{number} {what}: {got}" for what, (got, own) in seen.items() if got != own]
        client.control("DELETE", f"/v1/worlds/{client.world}")
    return wrong


def test_two_hundred_worlds_at_once_share_nothing(server: Emulator) -> None:
    everybody = Barrier(WORLDS, timeout=100)
    with ThreadPoolExecutor(WORLDS) as threads:
        problems = threads.map(lambda number: live(server.url, number, everybody), range(WORLDS))

        assert [line for wrong in problems for line in wrong] == []


def test_the_luck_of_a_world_is_not_changed_by_what_others_do(server: Emulator) -> None:
    def play(_: int) -> list[int | None]:
        with Client(server.url, new_name("luck"), timeout_s=60) as client:
            client.fault(error="server-error", probability=0.5)
            drawn = [save(client, str(turn)) for turn in range(20)]
            client.control("DELETE", f"/v1/worlds/{client.world}")
            return drawn

    with ThreadPoolExecutor() as threads:
        first, *others = threads.map(play, range(20))

    assert set(first) == {None, 108002}
    assert others == [first] * len(others)
