"""The routes of a game's files, at the game's own origin."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

from entry_points import SocketEntryPoint
from played import Played, played
from tt_emulator.wire.bodies import MAX_UPLOAD_BYTES
from tt_emulator.wire.state import state
from tt_emulator.world import snapshots

FILES = "/__play/files/"


@contextmanager
def package(folder: Path) -> Iterator[Played]:
    (folder / "game.json").write_text("{}")
    (folder / "game.js").write_text("")
    with played(folder, "--ephemeral") as running:
        yield running


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with package(tmp_path_factory.mktemp("package")) as found:
        yield found


@pytest.fixture
def entry_point(running, new_world) -> Iterator[SocketEntryPoint]:
    made = SocketEntryPoint(urlsplit(running.game_url).port, new_world)
    yield made
    made.close()


def test_an_upload_becomes_a_file_by_the_call_that_names_it(entry_point):
    data = bytes(range(256)) * 20_000  # more than a call may have
    assert entry_point("PUT", f"{FILES}uploads/u1", data).status == 204
    call = {"filePath": "ttfile://user/ä b", "data": {"upload": "u1"}}
    assert entry_point("POST", "/tt/writeFile", json.dumps(call).encode()).json == {
        "errMsg": "writeFile:ok"
    }

    assert entry_point("GET", f"{FILES}content?path={quote('ä b')}").body == data
    assert entry_point("GET", FILES).json["ä b"]["size"] == len(data)
    assert entry_point("GET", FILES, X_Emulator_Player="bob").json == {}


def test_an_upload_that_is_too_large_is_refused_by_its_head(running):
    connection = HTTPConnection(running.game_url.removeprefix("http://"), timeout=30)
    connection.putrequest("PUT", "/__play/files/uploads/u1")
    connection.putheader("Content-Length", str(MAX_UPLOAD_BYTES + 1))
    connection.endheaders()
    response = connection.getresponse()

    assert response.status == 413
    assert "96 MiB" in json.loads(response.read())["detail"]
    connection.close()


def test_a_download_is_given_once_to_who_knows_its_name(entry_point, running):
    call = {"url": f"{running.game_url}/package/game.json", "transfer": "t1"}
    answer = entry_point("POST", "/tt/downloadFile", json.dumps(call).encode())
    assert (answer.json["errMsg"], answer.json["statusCode"]) == ("downloadFile:ok", 200)
    assert json.loads(unquote(answer.headers["x-emulator-task"]))["bytes"] == 2

    assert entry_point("GET", f"{FILES}downloads/t2").status == 404
    assert entry_point("GET", f"{FILES}downloads/t1").body == b"{}"
    assert entry_point("GET", f"{FILES}downloads/t1").status == 404


def test_a_call_itself_may_not_be_larger_for_a_file(entry_point):
    call = {"url": "http://127.0.0.1:9/", "filePath": "a", "name": "a", "data": "a" * 1024 * 1024}

    assert entry_point("POST", "/tt/uploadFile", json.dumps(call).encode()).status == 413


def test_a_sync_call_answers_with_what_the_method_throws(entry_point):
    body = b'{"dirPath": "ttfile://user/a/b"}'

    assert entry_point("POST", f"{FILES}calls/mkdirSync", body).json == {
        "errMsg": "mkdir:fail no such file or directory, mkdir ttfile://user/a/b",
        "errNo": 21103,
    }


@pytest.mark.parametrize("name", ["mkdir", "setStorageSync", "none", "login"])
def test_other_apis_are_not_called_there(entry_point, name):
    assert entry_point("POST", f"{FILES}calls/{name}", b"{}").status == 404


@pytest.mark.parametrize("path", ["none", "", "../world.json", "a/../../b"])
def test_what_is_not_there_is_not_found(entry_point, path):
    assert entry_point("GET", f"{FILES}content?path={quote(path)}").status == 404


def test_the_emulator_s_own_origin_has_no_such_routes(running, new_world):
    entry_point = SocketEntryPoint(running.port, new_world)

    assert entry_point("GET", FILES).status == 404
    entry_point.close()


def test_the_state_names_what_is_armed_and_counts_what_was_forgotten(bench):
    assert not {"armed", "files_forgotten"} & state(bench.world, "alice").keys()
    bench.world.faults.arm([{"error": "no-such-file", "api": api} for api in ("stat", "access")])
    bench.world.store.files.write("alice", "a", b"", 0)
    bench.world.reset(("data",))

    view = state(bench.world, "alice")
    assert view["armed"] == ["access", "stat"]
    assert view["files_forgotten"] == 1


def test_a_restored_snapshot_leaves_the_files_and_an_import_takes_them_away(bench):
    snapshots.save(bench.world, "s")
    bench.world.store.files.write("alice", "a", b"1", 0)
    snapshots.restore(bench.world, "s")

    assert bench.world.store.files.read("alice", "a") == b"1"
    assert "files_forgotten" not in state(bench.world, "alice")
    bench.world.document.replace(b"".join(bench.world.document.export()))
    assert bench.world.store.files.read("alice", "a") is None


def test_arming_a_fault_tells_those_who_listen_for_the_state(bench):
    before = bench.world.state_feed.last_id
    bench.world.faults.arm({"error": "no-such-file", "api": "access"})

    assert bench.world.state_feed.last_id > before
