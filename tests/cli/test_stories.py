"""`bundle` and `replay`: what happened in a world as a file, and played again elsewhere."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from process import Emulator
from shared_servers import ephemeral
from tt_emulator.client import Client

SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}

Tt = Callable[..., Any]


@pytest.fixture
def played(client: Client) -> Client:
    """Alice saves twice, the first time against a fault; then she is offline, and logs in."""
    client.fault(error="network-unavailable", times=1)
    client.call("setUserCloudStorage", SAVE, player="alice")
    client.call("setUserCloudStorage", SAVE, player="alice")
    client.put_player("alice", network="offline")
    client.call("login", player="alice")
    return client


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Emulator]:
    """Another server, with other data and another seed."""
    with ephemeral("--random-seed", "7") as other:
        with Client(other.url) as client:
            client.put_player("alice", KVDataList=[{"key": "score", "value": "9"}])
            client.fault(error="server-error")
        yield other


@pytest.fixture
def file(tt: Tt, played: Client, tmp_path: Path) -> Path:
    """The story of `played`."""
    path = tmp_path / "经过.json"
    assert tt("bundle", str(path)).code == 0
    return path


def edited(file: Path) -> Path:
    """The second reply is another, by hand."""
    story = json.loads(file.read_text("utf-8"))
    second = [deed for deed in story["deeds"] if deed["kind"] == "call"][1]
    second["reply"] = {"errMsg": "setUserCloudStorage:fail by hand", "errorCode": 1}
    file.write_text(json.dumps(story), encoding="utf-8")
    return file


def test_a_story_goes_to_a_file_that_is_replaced_in_one_step(
    tt: Tt, played: Client, tmp_path: Path
) -> None:
    file = tmp_path / "经过.json"
    file.write_text("mine", encoding="utf-8")
    run = tt("bundle", str(file))

    assert run == (
        0,
        f"wrote the story of world {played.world} to {file}"
        f" (calls: 3, acts of testers: 1, bytes: {file.stat().st_size:,})\n",
        "",
    )
    assert file.read_bytes() == played.bundle_text()
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_bundle_tells_programs_what_it_wrote(tt: Tt, played: Client, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    report = json.loads(tt("bundle", str(file), "--last", "2", "--json").out)

    assert report == {
        "world": played.world,
        "file": str(file),
        "calls": 2,
        "acts": 1,
        "bytes": file.stat().st_size,
    }


def test_it_may_begin_with_a_call_of_a_player(tt: Tt, played: Client) -> None:
    played.call("login", player="bob")
    story = json.loads(tt("bundle", "-", "--player", "bob").out)

    assert [deed["player"] for deed in story["deeds"]] == ["bob"]


@pytest.mark.unused_world
def test_a_file_is_kept_if_there_is_no_story(tt: Tt, client: Client, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text("mine", encoding="utf-8")

    assert tt("bundle", str(file)).code == 7  # nobody came to that world
    assert file.read_text(encoding="utf-8") == "mine"


def test_another_server_with_other_data_says_the_same(
    tt: Tt, file: Path, elsewhere: Emulator
) -> None:
    run = tt("replay", str(file), "--url", elsewhere.url)
    told = tt("replay", str(file), "--url", elsewhere.url, "--json")

    assert (run.code, told.code) == (0, 0)
    assert run.out.startswith(
        "all replies are the same (calls: 3); the story was played in world replay-"
    )
    world, look = run.out.splitlines()
    assert look == f"look at its calls: tt-emulator requests --world {world.split()[-1]}"
    answer = json.loads(told.out)
    assert (answer["same"], answer["differences"]) == (True, [])
    with Client(elsewhere.url) as client:
        assert answer["world"] in client.worlds()


def test_a_dash_is_the_terminal(
    tt: Tt, played: Client, elsewhere: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tt("bundle", "-").out
    assert text.encode() == played.bundle_text()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    assert tt("replay", "-", "--url", elsewhere.url).code == 0


def test_of_a_large_story_it_tells_before_it_is_over(tt: Tt, file: Path, tmp_path: Path) -> None:
    story = json.loads(file.read_text("utf-8"))
    pairs = [{"key": "k", "value": "x" * 1000}]
    story["world"]["players"] += [
        {"openid": f"many-{number}", "KVDataList": pairs} for number in range(9000)
    ]
    large = tmp_path / "large.json"
    large.write_text(json.dumps(story), "utf-8")
    told = tt("replay", str(large))
    assert told.code == 0
    assert "bytes are sent, and played by the server" in told.err
    assert tt("replay", str(file)).err == ""


def test_a_reply_that_is_another_is_named_by_call_and_place(tt: Tt, file: Path) -> None:
    run = tt("replay", str(edited(file)))

    assert (run.code, run.err) == (1, "")
    head, *places, end, _ = run.out.splitlines()
    assert head == "call #2 (deed 1): setUserCloudStorage of player alice"
    assert places == [
        '  at /reply/errMsg: was "setUserCloudStorage:fail by hand", now "setUserCloudStorage:ok"',
        "  at /reply/errorCode: was 1, now -",
    ]
    assert end.startswith("replies that differ: 1 of 3; the story was played in world replay-")


def test_programs_get_the_servers_answer(tt: Tt, file: Path) -> None:
    run = tt("replay", str(edited(file)), "--json")
    answer = json.loads(run.out)
    (difference,) = answer["differences"]

    assert (run.code, answer["same"]) == (1, False)
    assert (difference["id"], difference["player"]) == (2, "alice")
    assert [part["pointer"] for part in difference["parts"]] == [
        "/reply/errMsg",
        "/reply/errorCode",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "The bundle is not JSON"),
        ('{"bundle": 2, "version": "9.0"}', "The bundle is of form 2"),
        ('{"schema": 1, "players": []}', "bundle"),
    ],
)
def test_what_is_no_story_is_refused(
    tt: Tt, client: Client, tmp_path: Path, text: str, why: str
) -> None:
    file = tmp_path / "s.json"
    file.write_text(text, encoding="utf-8")
    run = tt("replay", str(file))

    assert (run.code, run.out) == (7, "")
    assert run.err.startswith(f"error: The story in {file} is refused: ")
    assert why in run.err


def test_a_file_that_is_not_there_is_named(tt: Tt, client: Client, tmp_path: Path) -> None:
    run = tt("replay", str(tmp_path / "none.json"))

    assert run.code == 2
    assert run.err.startswith(f"error: {tmp_path / 'none.json'} cannot be read: No such file")
    assert "`bundle` wrote" in run.err


def test_no_server_is_6(tt: Tt, file: Path) -> None:
    assert tt("replay", str(file), "--url", "http://127.0.0.1:9").code == 6
    assert tt("bundle", "-", "--url", "http://127.0.0.1:9").code == 6


def test_without_a_server_exec_has_one_for_it(tt: Tt, file: Path) -> None:
    replay = [sys.executable, "-m", "tt_emulator", "replay", str(file)]

    assert tt("exec", "--", *replay).code == 0
