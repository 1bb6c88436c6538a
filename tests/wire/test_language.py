"""Which language a response is in, on every way by which a text leaves the server."""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from itertools import islice
from typing import Any
from urllib.parse import unquote

import pytest

from entry_points import Answer, EntryPoint
from process import Emulator
from rawhttp import Game, Wire, request
from tt_emulator.client import Client
from tt_emulator.wire.bridge import Bridge
from tt_emulator.wire.language import MAX_READ, preferred_language

HEADERS = [
    (None, "en"),
    ("", "en"),
    ("zh", "zh"),
    ("ZH-cn", "zh"),
    ("zh_CN", "zh"),
    ("zh-Hans-CN", "zh"),
    ("zh-CN,en;q=0.9", "zh"),
    ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
    ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
    ("zh;q=0.1,en;q=0.2", "en"),
    ("zh;q=0.2, en;q=0.1", "zh"),
    ("fr,zh;q=0.1", "zh"),
    ("zh,en", "zh"),
    ("en,zh", "en"),
    ("zh;q=0", "en"),
    ("fr;q=0.9,*;q=0.5", "en"),
    ("*", "en"),
    ("*,zh;q=0.5", "zh"),
    ("zhuang", "en"),
    ("zh;q=nonsense", "en"),
    (",;=zh,,", "en"),
    ("zh-CN," + "fr;q=0.1," * 9_000, "zh"),
    ("fr;q=0.1," * 9_000 + "zh-CN", "en"),  # beyond what is read
    ("x" * 50_000 + "zh", "en"),
]

TOO_LONG = {"KVDataList": [{"key": "k" * 129, "value": "1"}]}
Control = Callable[..., Answer]


@pytest.mark.parametrize(("header", "language"), HEADERS)
def test_the_preferred_language_is_taken(header: str | None, language: str) -> None:
    assert preferred_language(header) == language


def test_a_long_header_takes_no_longer_than_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def parse(header: str) -> list[tuple[str, float]]:
        read.append(header)
        return []

    monkeypatch.setattr("werkzeug.http.parse_accept_header", parse)
    preferred_language("zh-TW;q=0.7," + "zh;q=0.9," * 6_000)

    (header,) = read
    assert len(header) <= MAX_READ
    assert header.endswith("zh;q=0.9")


def language_of(answer: Answer) -> tuple[str, bool]:
    varies = "Accept-Language" in answer.headers["vary"].split(", ")
    return answer.headers["content-language"], varies


def test_a_reason_comes_in_the_language_that_was_asked_for(call: Callable[..., Answer]) -> None:
    chinese = call("setUserCloudStorage", TOO_LONG, Accept_Language="zh-CN,en;q=0.5")
    english = call("setUserCloudStorage", TOO_LONG)

    assert unquote(chinese.headers["x-emulator-reason"]) == (
        f"键 '{'k' * 32}…' 有 129 个字节，上限是 128"
    )
    assert unquote(english.headers["x-emulator-reason"]) == (
        f"key '{'k' * 32}…' is 129 bytes, the limit is 128"
    )
    assert language_of(chinese) == ("zh", True)
    assert language_of(english) == ("en", True)
    assert "Origin" in chinese.headers["vary"]


def test_what_the_platform_says_is_the_same_in_every_language(call: Callable[..., Answer]) -> None:
    english = call("setUserCloudStorage", TOO_LONG, Accept_Language="en")

    assert call("setUserCloudStorage", TOO_LONG, Accept_Language="zh").body == english.body


def test_an_answer_without_a_text_of_ours_is_in_no_language(call: Callable[..., Answer]) -> None:
    answer = call("getUserCloudStorage", {"keyList": ["a"]}, Accept_Language="zh")

    assert answer.headers["vary"] == "Origin"
    assert "content-language" not in answer.headers


PROBLEMS = [
    ("POST", "/tt/setUserCloudStorage", b"[1]", 400, "请求体是 JSON，但不是对象。"),
    ("POST", "/tt/nothing", b"{}", 404, "模拟器没有接口 'nothing'。"),
    ("GET", "/nothing", None, 404, "这个地址没有内容。"),
    ("DELETE", "/tt/state", None, 405, "这个地址存在，但不支持该方法。"),
    ("GET", "/__emulator/v1/requests?after=x", None, 422, "after 必须是整数，而不是 'x'。"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "detail"), PROBLEMS)
def test_a_problem_is_told_in_chinese(
    entry_point: EntryPoint, method: str, path: str, body: bytes | None, status: int, detail: str
) -> None:
    answer = entry_point(method, path, body, Accept_Language="zh")

    assert (answer.status, answer.json["detail"]) == (status, detail)
    assert language_of(answer) == ("zh", True)
    assert entry_point(method, path, body).json["detail"].isascii()


def test_a_refused_fault_is_told_with_its_places_in_chinese(control: Control) -> None:
    faults = [{"error": "network"}, {"error": 999985, "skip": -1}]

    problem = control("POST", "/v1/faults", faults, Accept_Language="zh").json

    assert problem["detail"].startswith("/0/error：未知的错误 'network'；你是不是想写 network-")
    assert problem["hint"] == "没有启用任何故障；GET /__emulator/v1/errors 列出可用的错误。"
    assert problem["errors"][1] == {"pointer": "/1/skip", "detail": "应为不小于 0 的 int"}
    assert (problem["code"], problem["title"]) == ("unprocessable", HTTPStatus(422).phrase)


def test_a_host_that_is_not_served_is_told_so_in_its_language(entry_point: EntryPoint) -> None:
    answer = entry_point("POST", "/tt/login", b"{}", Host="evil.example", Accept_Language="zh")

    assert answer.json["detail"] == "这里不为 Host 'evil.example' 提供服务。"
    assert language_of(answer) == ("zh", True)


def test_the_journal_is_read_in_the_language_of_its_reader(
    control: Control, call: Callable[..., Answer]
) -> None:
    call("setUserCloudStorage", TOO_LONG, Accept_Language="en")

    def reason(path: str, **headers: str) -> Any:
        return control("GET", path, **headers).json

    (exchange,) = reason("/v1/requests", Accept_Language="zh")["requests"]
    assert exchange["reason"].endswith("上限是 128")
    assert exchange["reply"]["errMsg"].endswith("fail key 长度大于 128 个字节")
    (exchange,) = reason("/v1/requests")["requests"]
    assert exchange["reason"].endswith("the limit is 128")
    (entry,) = reason("/v1/requests.har", Accept_Language="zh")["log"]["entries"]
    assert entry["_emulator"]["reason"].endswith("上限是 128")


def test_what_a_game_calls_a_reason_is_left_alone(
    control: Control, call: Callable[..., Answer]
) -> None:
    call("getUserCloudStorage", {"keyList": ["a"], "reason": "Check --host."})

    (exchange,) = control("GET", "/v1/requests", Accept_Language="zh").json["requests"]

    assert exchange["options"]["reason"] == "Check --host."
    assert exchange["reason"] == "没有启用故障"


def test_faults_tell_in_chinese_why_they_never_struck(control: Control) -> None:
    armed = control("POST", "/v1/faults", {"error": 999985}, Accept_Language="zh").json

    assert armed["near_miss"] == "启用以来没有调用"
    (listed,) = control("GET", "/v1/faults", Accept_Language="zh").json["faults"]
    assert listed["near_miss"] == "启用以来没有调用"
    one = control("GET", f"/v1/faults/{armed['id']}", Accept_Language="zh")
    assert one.json["near_miss"] == "启用以来没有调用"
    assert language_of(one) == ("zh", True)


def test_a_verdict_tells_its_differences_in_chinese(
    control: Control, call: Callable[..., Answer]
) -> None:
    call("getUserCloudStorage", {"keyList": ["a"]})
    question = {"match": {"ok": False}, "count": 1}

    verdict = control("POST", "/v1/requests/verify", question, Accept_Language="zh").json

    assert verdict["differences"] == [
        "要求正好 1 次，实际 0 次",
        "#1 getUserCloudStorage：结果是 ok",
    ]


def test_events_are_told_in_the_language_of_their_listener(
    server: Emulator, new_world: str
) -> None:
    with Client(server.url, new_world, language="zh") as client:
        client.call("setUserCloudStorage", TOO_LONG)
        client.arm({"error": 999985})
        events = {event.kind: event.data for event in islice(client.events(), 3)}

    assert events["exchange"]["reason"].endswith("上限是 128")
    assert events["faults"][0]["near_miss"] == "启用以来没有调用"


def test_a_reason_after_a_wait_is_in_the_language_of_its_own_call(
    server: Emulator, new_world: str
) -> None:
    """The next request may come on the connection meanwhile."""
    game = Game(server.port, new_world)
    game.arm(delay_ms=50)
    body = json.dumps(TOO_LONG).encode()
    calls = [
        game.post("/tt/setUserCloudStorage", body, f"Accept-Language: {each}")
        for each in ("zh", "en")
    ]

    with Wire(server.port) as wire:
        wire.send(b"".join(calls))
        languages = [wire.answer().headers["content-language"] for _ in calls]

    assert languages == ["zh", "en"]


def test_a_connection_that_cannot_be_read_on_is_refused_in_its_language(server: Emulator) -> None:
    with Wire(server.port) as wire:
        wire.send(request("GET", "/tt/state", None, "Accept-Language: zh", *["X: y"] * 101))
        answer = wire.answer()

    assert (answer.status, answer.json["detail"]) == (431, "请求头过大。")
    assert language_of(answer) == ("zh", True)


def test_a_failure_of_the_app_itself_is_told_in_its_language() -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError

    scope = {
        **{"method": "GET", "path": "/", "query_string": b"", "http_version": "1.1"},
        **{"server": None, "client": None, "headers": [(b"accept-language", b"zh")]},
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Bridge(lambda: broken)(scope, receive, send))

    assert (b"content-language", b"zh") in sent[0]["headers"]
    assert json.loads(sent[1]["body"])["detail"] == "模拟器在应答时出错；这是模拟器的缺陷。"
