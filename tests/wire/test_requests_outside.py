"""tt.request at the doors: what takes long holds up nobody, and who goes is asked for no longer."""

import json
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import unquote

import pytest

from backend import Backend, backend
from entry_points import ON_SOCKET, Answer, EntryPoint
from process import Emulator

ELSEWHERE = {"url": "https://api.example.com/v1?key=secret"}
Call = Callable[..., Answer]


@pytest.fixture
def own_server() -> Iterator[Backend]:
    with backend() as running:
        yield running


def test_a_server_of_this_machine_is_asked(call: Call, own_server: Backend):
    answer = call("request", {"url": f"{own_server.url}/a", "method": "POST", "data": {"b": 1}})

    assert answer.json["errMsg"] == "request:ok"
    assert answer.json["data"]["body"] == '{"b":1}'


def test_the_header_tells_which_host_was_refused(call: Call):
    answer = call("request", ELSEWHERE)

    assert answer.json == {"errMsg": "request:fail url is not valid domain"}
    assert answer.headers["x-emulator-refused-host"] == "api.example.com"
    assert "nothing leaves this machine" in answer.headers["x-emulator-reason"]


def test_the_reason_comes_in_chinese_as_well(call: Call):
    answer = call("request", ELSEWHERE, Accept_Language="zh")

    assert "%E6%9C%BA%E5%99%A8" in answer.headers["x-emulator-reason"]  # 机器


def test_a_game_does_not_reach_the_control_plane(
    entry_point: EntryPoint, call: Call, server: Emulator
):
    answer = call("request", {"url": f"{server.url}/__emulator/v1/worlds"})

    assert answer.json["statusCode"] == 403


def test_the_journal_has_what_was_asked_and_what_came(
    call: Call, control: Callable[..., Answer], own_server: Backend
):
    call("request", {"url": own_server.url, "header": {"Authorization": "secret"}})

    (exchange,) = control("GET", "/v1/requests?api=request").json["requests"]
    assert exchange["reply"]["statusCode"] == 200
    assert exchange["options"]["header"] == {"Authorization": "[redacted]"}


@ON_SOCKET
@pytest.mark.parametrize("fault", [{"error": "timed-out"}, {"client": "never"}])
def test_an_armed_fault_is_answered_without_asking(
    call: Call, control: Callable[..., Answer], own_server: Backend, fault: dict[str, Any]
):
    control("POST", "/v1/faults", {**fault, "api": "request"})

    answer = call("request", {"url": own_server.url})

    assert "x-emulator-fault" in answer.headers
    assert not own_server.asked


def begun(server: Emulator, world: str, api: str, options: Any) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", f"/tt/{api}", json.dumps(options), {"X-Emulator-World": world})
    return connection


def test_many_that_hang_hold_up_no_other_call_and_no_page(
    server: Emulator, new_world: str, own_server: Backend
):
    hanging = [
        begun(server, new_world, "request", {"url": f"{own_server.url}/hang"}) for _ in range(40)
    ]

    other = begun(server, new_world, "login", {})
    assert json.loads(other.getresponse().read())["errMsg"] == "login:ok"
    other.request("GET", "/__emulator/ready")
    assert other.getresponse().read()
    own_server.goes_on.set()
    for connection in (*hanging, other):
        if connection is not other:
            assert json.loads(connection.getresponse().read())["statusCode"] == 200
        connection.close()


def test_who_goes_gives_the_request_up(server: Emulator, new_world: str, own_server: Backend):
    connection = begun(server, new_world, "request", {"url": f"{own_server.url}/hang"})
    assert own_server.came.wait(30)

    connection.close()

    asking = HTTPConnection("127.0.0.1", server.port, timeout=30)
    wanted = json.dumps({"match": {"api": "request", "error": "aborted"}, "timeout_ms": 20000})
    headers = {"X-Emulator-World": new_world, "Content-Type": "application/json"}
    asking.request("POST", "/__emulator/v1/requests/wait", wanted, headers)
    answer = json.loads(asking.getresponse().read())
    asking.close()
    assert answer["ok"], answer


def test_the_answers_of_one_connection_keep_their_order(
    server: Emulator, new_world: str, own_server: Backend
):
    body = json.dumps({"url": f"{own_server.url}/hang"})
    head = f"Host: localhost\r\nX-Emulator-World: {new_world}\r\n"
    first = f"POST /tt/request HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"
    second = f"POST /tt/login HTTP/1.1\r\n{head}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}"
    with socket.create_connection(("127.0.0.1", server.port), 30) as wire:
        wire.sendall((first + second).encode())
        assert own_server.came.wait(30)
        own_server.goes_on.set()
        heard = b"".join(iter(lambda: wire.recv(65536), b""))

    assert heard.index(b"request:ok") < heard.index(b"login:ok")


def test_a_download_says_beside_its_reply_what_the_task_hears(call: Call, own_server: Backend):
    own_server.answers["/a%"] = (404, {"X-Told": "b%\u00e9"}, b"12345")

    answer = call("downloadFile", {"url": f"{own_server.url}/a%"})

    assert answer.json["statusCode"] == 404
    assert answer.json.keys() == {"errMsg", "tempFilePath", "statusCode"}
    told = json.loads(unquote(answer.headers["x-emulator-task"]))
    assert (told["header"]["X-Told"], told["bytes"]) == ("b%\u00e9", 5)


def test_an_upload_sends_a_file_of_the_player(call: Call, own_server: Backend):
    call("writeFile", {"filePath": "ttfile://user/a.txt", "data": "text"})

    answer = call(
        "uploadFile",
        {"url": own_server.url, "filePath": "ttfile://user/a.txt", "name": "file"},
    )

    assert answer.json["errMsg"] == "uploadFile:ok"
    asked = json.loads(answer.json["data"])
    assert asked["method"] == "POST"
    assert "\r\n\r\ntext\r\n--" in asked["body"]


@ON_SOCKET
@pytest.mark.parametrize("api", ["downloadFile", "uploadFile"])
def test_an_armed_fault_of_a_transfer_is_answered_without_asking(
    call: Call, control: Callable[..., Answer], own_server: Backend, api: str
):
    control("POST", "/v1/faults", {"error": "timed-out", "api": api})

    answer = call(api, {"url": own_server.url, "filePath": "a", "name": "a"})

    assert answer.json == {"errMsg": f"{api}:fail timeout"}
    assert not own_server.asked
