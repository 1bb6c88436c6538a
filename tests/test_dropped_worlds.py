"""What races with the drop of its world hears of that, and never that the disk is not well."""

import json
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from subprocess import DEVNULL
from threading import Event, Thread

import pytest

from process import emulator
from rawhttp import pair

DROPS = 150
DOCUMENT = json.dumps(
    {
        "schema": 1,
        "players": [
            {"openid": f"p{number}", "KVDataList": [{"key": "score", "value": "1"}]}
            for number in range(200)
        ],
    }
).encode()
CONTROL = "/__emulator/v1"
ACTS: dict[str, tuple[str, str, bytes | None]] = {
    "a call": ("POST", "/tt/setUserCloudStorage", pair("1")),
    "an import": ("PUT", f"{CONTROL}/worlds/w", DOCUMENT),
    "an export": ("GET", f"{CONTROL}/worlds/w", None),
    "a setting": ("PUT", f"{CONTROL}/settings", b'{"strict_canvas":true}'),
    "a player": ("PUT", f"{CONTROL}/players/a", b'{"group":"g"}'),
    "a clock": ("POST", f"{CONTROL}/clock", b'{"advance_s":1}'),
    "a snapshot": ("PUT", f"{CONTROL}/snapshots/kept", None),
    "a restoration": ("POST", f"{CONTROL}/snapshots/kept/restore", None),
    "a reset": ("POST", f"{CONTROL}/reset", None),
}
DROP = ("DELETE", f"{CONTROL}/worlds/w", None)


def again(
    port: int, act: tuple[str, str, bytes | None], done: Callable[[], bool]
) -> Counter[tuple[int, str]]:
    """How often each status came, with what a refusal says."""
    seen: Counter[tuple[int, str]] = Counter()
    headers = {"X-Emulator-World": "w", "Content-Type": "application/json"}
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    while not done():
        connection.request(*act, headers)
        answer = connection.getresponse()
        body = answer.read()
        seen[answer.status, json.loads(body)["detail"] if answer.status >= 400 else ""] += 1
    connection.close()
    return seen


@pytest.mark.parametrize("disk", [False, True], ids=["in memory", "on disk"])
def test_who_uses_a_world_that_is_dropped_meanwhile_hears_of_that(
    tmp_path: Path, disk: bool
) -> None:
    where = ("--data", str(tmp_path / "data")) if disk else ("--ephemeral",)
    seen: dict[str, Counter[tuple[int, str]]] = {}
    over = Event()
    with emulator(*where, stderr=DEVNULL) as running:

        def act(name: str) -> None:
            seen[name] = again(running.port, ACTS[name], over.is_set)

        threads = [Thread(target=act, args=(name,)) for name in ACTS]
        for thread in threads:
            thread.start()
        drops = iter(range(DROPS))
        dropped = again(running.port, DROP, lambda: next(drops, None) is None)
        over.set()
        for thread in threads:
            thread.join()
    assert dropped == {(204, ""): DROPS}
    assert {status for counts in seen.values() for status, _ in counts} <= {200, 204, 404, 409}, (
        seen
    )
    refusals = {detail for counts in seen.values() for status, detail in counts if status == 409}
    assert refusals <= {"The world 'w' was dropped meanwhile."}
