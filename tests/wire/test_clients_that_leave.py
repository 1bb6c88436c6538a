"""Clients of a real server that leave during the answer, as browsers do: its log has no error."""

import json
import socket
from itertools import product
from pathlib import Path
from struct import pack

import pytest

from rawhttp import Game, Wire, pair, request
from shared_servers import ephemeral

HERE = "X-Emulator-World: w"
PLAYERS = [{"openid": f"player-{number}", "nickname": "x" * 40} for number in range(3_000)]
LARGE = json.dumps({"schema": 1, "players": PLAYERS}).encode()
ENOUGH = 100_000
DECLARED = "Content-Type: application/json"
WAIT = b'{"match":{"api":"checkSession"},"timeout_ms":60000}'
CASES = {
    "an export in pieces": request("GET", "/__emulator/v1/worlds/w"),
    "the page": request("GET", "/__emulator/ui/"),
    "events": request("GET", "/__emulator/v1/events", None, HERE),
    "a long wait": request("POST", "/__emulator/v1/requests/wait", WAIT, HERE, DECLARED),
    "a call": request("POST", "/tt/login", b"{}", HERE),
    "a call that a fault delays": request("POST", "/tt/setUserCloudStorage", pair("1"), HERE),
    "a call that drips": request("POST", "/tt/getUserCloudStorage", b'{"keyList":["a"]}', HERE),
}


def leave(port: int, sent: bytes, length: int, *, abruptly: bool) -> None:
    """Send that, receive `length` bytes, and go."""
    with Wire(port) as wire:
        if abruptly:
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, pack("ii", 1, 0))
        wire.send(sent)
        while length > 0:
            length -= len(wire.socket.recv(length)) or length  # the server may end it first


@pytest.mark.parametrize("abruptly", [False, True], ids=["close", "reset"])
def test_the_log_has_no_error_when_clients_leave_during_the_answer(
    tmp_path: Path, abruptly: bool
) -> None:
    log = tmp_path / "log.txt"
    with log.open("wb") as file, ephemeral(stderr=file.fileno()) as running:
        game = Game(running.port, "w")
        assert game.ask(request("PUT", "/__emulator/v1/worlds/w", LARGE, DECLARED)).status == 200
        game.arm(api="setUserCloudStorage", delay_ms=10)
        game.arm(api="getUserCloudStorage", wire="drip", duration_ms=10)
        for (kind, sent), times in product(CASES.items(), [1, 2, 40]):
            leave(running.port, sent * times, 0, abruptly=abruptly)
            if kind != "a long wait":
                length = ENOUGH if kind == "an export in pieces" else 1
                leave(running.port, sent * times, length, abruptly=abruptly)
        assert game.ask(game.post("/tt/login")).status == 200
        assert running.stop() == 0
    logged = log.read_text(encoding="utf-8")
    assert "Traceback" not in logged, logged[-3000:]
    assert "ERROR" not in logged, logged[-3000:]
