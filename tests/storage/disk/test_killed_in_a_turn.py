"""No answer of a turn has left when the server dies where it would write the first line of it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from process import wait_ready
from rawhttp import Wire, pair, request

SERVER = Path(__file__).with_name("killed_server.py")
GET, SET = "/tt/getUserCloudStorage", "/tt/setUserCloudStorage"
KEYS = [f"k{number}" for number in range(100)]
SAVE = request("POST", SET, pair("1"))
LOOK = request("GET", "/__emulator/v1/requests")


def read(*keys: str, world: str = "default") -> bytes:
    body = json.dumps({"keyList": [*keys, "score"]}).encode()
    return request("POST", GET, body, f"X-Emulator-World: {world}")


@contextmanager
def killed_at_a_write(data: Path, *flags: str) -> Iterator[tuple[Wire, Path]]:
    """A connection, not the only one, to a server that dies at a write once the file exists."""
    due, ready = data.with_name("due"), data.with_name("ready.json")
    start = ["start", "--port", "0", "--ready-file", ready, "--data", data, *flags]
    nothing = subprocess.DEVNULL
    child = subprocess.Popen([sys.executable, SERVER, due, *start], stdout=nothing, stderr=nothing)
    try:
        port = wait_ready(child, ready)["port"]
        with Wire(port) as wire, Wire(port) as other:
            large = [{"key": key, "value": "x" * 100} for key in KEYS]
            filled = json.dumps({"KVDataList": large}).encode()
            for sent in (read(), read(world="w1"), request("POST", SET, filled), LOOK):
                other.send(sent)
                assert other.answer().status == 200
            yield wire, due
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize("flags", [[], ["--sync"]], ids=["disk", "sync"])
@pytest.mark.parametrize(
    "sent",
    [read() * 3, read() + read(*KEYS), read() + read(world="w1"), read() + SAVE, read() + LOOK],
    ids=["alike", "a large one", "another world's", "a save", "a look"],
)
def test_calls_of_one_turn_are_written_before_anything_leaves(
    data: Path, sent: bytes, flags: list[str]
) -> None:
    with killed_at_a_write(data, *flags) as (wire, due):
        due.touch()
        wire.send(sent)

        assert wire.ended()
