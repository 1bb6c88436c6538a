"""`tt_emulator.server.child`: settings in, facts out, and its end with its stdin."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def child() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "tt_emulator.server.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def started(child: "subprocess.Popen[bytes]", settings: Any) -> dict[str, Any]:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(settings).encode() + b"\n")
    child.stdin.flush()
    return dict(json.loads(child.stdout.readline()))


def test_it_says_where_it_serves(child: "subprocess.Popen[bytes]") -> None:
    facts = started(
        child, {"port": 0, "data": None, "allowed_host": ["game.test"], "random_seed": 7}
    )
    connection = HTTPConnection("127.0.0.1", facts["port"], timeout=30)
    connection.request("GET", "/__emulator/health", headers={"Host": "game.test"})
    health = json.loads(connection.getresponse().read())
    connection.close()

    assert (facts["pid"], facts["data"]) == (child.pid, None)
    assert (health["seed"], health["pid"]) == (7, child.pid)


def test_the_end_of_stdin_ends_it_and_what_it_keeps_is_written(
    child: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    facts = started(
        child, {"port": 0, "data": str(tmp_path / "d"), "ready_file": str(tmp_path / "r")}
    )
    connection = HTTPConnection("127.0.0.1", facts["port"], timeout=30)
    connection.request("POST", "/tt/setUserCloudStorage", SAVE, {"X-Emulator-Player": "ann"})
    connection.getresponse().read()
    connection.close()
    assert (tmp_path / "r").exists()
    out, err = child.communicate()

    assert (child.returncode, out, err) == (0, b"", b"")
    assert not (tmp_path / "r").exists()
    assert list((tmp_path / "d").rglob("ann-*.json"))


SAVE = b'{"KVDataList":[{"key":"k","value":"1"}]}'


def test_who_ends_before_a_word_was_said_leaves_nothing(child: "subprocess.Popen[bytes]") -> None:
    out, err = child.communicate()

    assert (child.returncode, out, err) == (0, b"", b"")


@pytest.mark.parametrize(
    ("settings", "code", "detail"),
    [
        ({"port": 99999}, "settings-error", "port: 99999 is not a port"),
        ({"port": 0, "data": __file__}, "storage-error", "cannot be used"),
        ({"port": 0, "data": None, "scenario": "none.json"}, "settings-error", "none.json"),
    ],
)
def test_a_start_that_comes_to_nothing_is_told(
    child: "subprocess.Popen[bytes]", settings: Any, code: str, detail: str
) -> None:
    error = started(child, settings)["error"]

    assert error["code"] == code
    assert detail in error["detail"]
    assert child.wait(30) == 0
