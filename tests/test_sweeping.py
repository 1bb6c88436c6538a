"""A server drops the worlds that nobody uses, by itself."""

import time
from pathlib import Path

import pytest

from process import emulator
from rawhttp import Wire, request
from tt_emulator.client import Client

PATIENCE_S = 20
PAIR = {"KVDataList": [{"key": "a", "value": "1"}]}


@pytest.mark.parametrize("disk", [False, True], ids=["in memory", "on disk"])
def test_a_world_that_nobody_uses_goes_and_one_in_which_somebody_listens_stays(
    tmp_path: Path, disk: bool
) -> None:
    where = ("--data", str(tmp_path / "data")) if disk else ("--ephemeral",)
    with emulator(*where, "--world-ttl", "2") as running, Wire(running.port) as stream:
        with Client(running.url, world="listened") as client:
            client.call("setUserCloudStorage", PAIR)
        stream.send(request("GET", "/__emulator/v1/events?world=listened"))
        assert stream.until(b"listening")
        with Client(running.url, world="cart") as client:
            client.call("setUserCloudStorage", PAIR)
            deadline_s = time.monotonic() + PATIENCE_S
            while "cart" in client.worlds():
                assert time.monotonic() < deadline_s

            assert client.worlds() == ["default", "listened"]
            assert client.call("getUserCloudStorage", {"keyList": ["a"]})["KVDataList"] == []
