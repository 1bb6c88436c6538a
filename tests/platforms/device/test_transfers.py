"""tt.downloadFile and tt.uploadFile: what is asked of a game's options, and what the game gets."""

import email
import json
from email.policy import HTTP
from typing import Any

import pytest

from tt_emulator.domain.outgoing import Answer, Refused, Request, Unanswered

URL = "http://localhost:9000/a/picture.png?v=1"
PATH = "ttfile://user/saves/one.png"
DATA = b"\x89PNG\r\n--x\xff"
FIXED = {
    "referer": "https://tmaservice.developer.toutiao.com?appid=tt-emulator&version=0.0.0",
    "user-agent": "tt-emulator/0.1.0",
}
UPLOAD = {"url": URL, "filePath": PATH, "name": "file"}
CALLS = {"downloadFile": {"url": URL}, "uploadFile": UPLOAD}
each_api = pytest.mark.parametrize("api", CALLS)


@pytest.fixture(autouse=True)
def _saved(bench):
    bench.world.store.files.write("player-1", "saves/one.png", DATA, 0)


def asked(bench, api: str, **options) -> Request:
    body = bench.call(api, CALLS[api] | options)
    assert body["errMsg"] == f"{api}:ok", body
    return bench.asked[-1]


def refused(bench, api: str, **options) -> str:
    reply = bench.reply(api, CALLS[api] | options)
    assert reply.body == {"errMsg": f"{api}:fail invalid param", "errNo": 20001}
    assert not bench.asked
    return reply.reason


def parts_of(request: Request) -> list[tuple[dict[str, Any], bytes]]:
    """What another reader of multipart makes of the body."""
    kind = dict(request.headers)["content-type"]
    read = email.message_from_bytes(
        f"Content-Type: {kind}\r\n\r\n".encode() + request.body, policy=HTTP
    )
    found = []
    for part in read.iter_parts():
        fields = dict(part["content-disposition"].params) | {"type": part.get_content_type()}
        found.append((fields, part.get_payload(decode=True)))
    return found


def test_a_download_is_a_get(bench):
    assert asked(bench, "downloadFile") == Request(
        method="GET", url=URL, headers=tuple(FIXED.items())
    )


@pytest.mark.parametrize("status", [200, 404, 503])
def test_whatever_the_status_what_came_is_the_file(bench, status):
    bench.outcome = Answer(status, {"X-A": "b"}, DATA)

    reply = bench.reply("downloadFile", {"url": URL, "transfer": "t1"})

    assert reply.body == {
        "errMsg": "downloadFile:ok",
        "tempFilePath": reply.body["tempFilePath"],
        "statusCode": status,
    }
    assert bench.world.uploads.take("t1") == DATA
    assert json.loads(reply.task) == {"header": {"X-A": "b"}, "bytes": len(DATA)}


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("/a.mp3?b.png", ".mp3"),
        ("/a", ""),
        ("/a.b/c", ""),
        ("/%2e.x%2f", ""),
        ("/a.tar.gz", ".gz"),
        ("/a.中", ""),
        ("/.", ""),
        ("", ""),
    ],
)
def test_a_temporary_file_has_the_ending_of_the_address(bench, path, ending):
    path = bench.call("downloadFile", {"url": f"http://localhost:9{path}"})["tempFilePath"]

    name = path.removeprefix("ttfile://temp/")
    assert "/" not in name
    assert name[name.index(".") if "." in name else len(name) :] == ending


def test_each_download_has_a_path_of_its_own(bench):
    paths = {bench.call("downloadFile", {"url": URL})["tempFilePath"] for _ in range(3)}

    assert len(paths) == 3


def test_who_names_no_transfer_leaves_nothing_behind(bench):
    for transfer in ({}, {"transfer": ""}, {"transfer": 5}, {"transfer": None}):
        assert bench.call("downloadFile", {"url": URL, **transfer})["errMsg"] == "downloadFile:ok"

    assert not bench.world.uploads._waiting


def test_an_upload_is_a_form_with_the_file_at_its_end(bench):
    request = asked(bench, "uploadFile", formData={"a": "1", "n": 5, "é": {"b": [None]}})

    assert (request.method, request.url) == ("POST", URL)
    *fields, file = parts_of(request)
    assert [(head["name"], body) for head, body in fields] == [
        ("a", b"1"),
        ("n", b"5"),
        ("é", b'{"b":[null]}'),
    ]
    assert file == ({"name": "file", "filename": "one.png", "type": "image/png"}, DATA)


def test_a_form_without_fields_has_the_file_alone(bench):
    for options in ({}, {"formData": {}}):
        assert len(parts_of(asked(bench, "uploadFile", **options))) == 1


def test_a_name_cannot_end_its_line(bench):
    name = 'a"\r\nX: y'

    request = asked(bench, "uploadFile", name=name, formData={name: "1"})

    assert [head["name"] for head, _ in parts_of(request)] == ["a%22%0D%0AX: y"] * 2


def test_headers_are_the_game_s_but_for_those_that_it_cannot_set(bench):
    header = {"X-Key": "1", "Content-Type": "text/plain", "Referer": "x", "User-Agent": "x"}

    headers = dict(asked(bench, "uploadFile", header=header).headers)

    kind = headers.pop("content-type")
    assert kind.startswith("multipart/form-data; boundary=")
    assert headers == {"X-Key": "1", **FIXED}
    down = dict(asked(bench, "downloadFile", header=header).headers)
    assert down == {"X-Key": "1", "Content-Type": "text/plain", **FIXED}


def test_what_an_upload_answers_is_text(bench):
    bench.outcome = Answer(201, {"Content-Type": "application/json"}, b'{"a": 1}')

    reply = bench.reply("uploadFile", UPLOAD)

    assert reply.body == {"errMsg": "uploadFile:ok", "statusCode": 201, "data": '{"a": 1}'}
    header = {"Content-Type": "application/json"}
    assert json.loads(reply.task) == {"header": header, "bytes": len(DATA)}


@pytest.mark.parametrize("path", ["images/a.png", "ttfile://temp/a.png"])
def test_what_the_page_has_sent_ahead_is_the_file(bench, path):
    bench.world.uploads.put("u1", DATA)

    request = asked(bench, "uploadFile", filePath=path, upload="u1")

    assert parts_of(request)[-1][1] == DATA
    assert bench.world.uploads.take("u1") is None


@pytest.mark.parametrize(
    "path",
    [
        "ttfile://user/none",
        "ttfile://user/saves",
        "ttfile://user",
        "ttfile://user/../user/saves/one.png/x",
        "images/a.png",
        "ttfile://temp/none",
        "http://localhost/a",
    ],
)
@pytest.mark.parametrize("upload", [{}, {"upload": "none"}, {"upload": 5}])
def test_where_there_is_no_file_none_is_sent(bench, path, upload):
    body = bench.call("uploadFile", UPLOAD | {"filePath": path} | upload)

    assert body == {"errMsg": f"uploadFile:fail no such file or directory, {path}"}
    assert not bench.asked


def test_a_file_of_another_player_is_none(bench):
    assert "no such file" in bench.call("uploadFile", UPLOAD, player="player-2")["errMsg"]


def test_ten_megabytes_are_sent_and_a_byte_more_is_not(bench):
    most = 10 * 1024 * 1024
    for size, message in ((most, "uploadFile:ok"), (most + 1, "uploadFile:fail")):
        bench.world.uploads.put("u1", bytes(size))
        reply = bench.reply("uploadFile", UPLOAD | {"filePath": "a", "upload": "u1"})
        assert reply.body["errMsg"] == message

    assert len(bench.asked) == 1
    assert reply.body == {"errMsg": "uploadFile:fail"}
    assert "larger" in reply.reason


def test_fifty_megabytes_are_fetched_and_a_byte_more_is_not(bench):
    most = 50 * 1024 * 1024
    for size, message in ((most, "downloadFile:ok"), (most + 1, "downloadFile:fail")):
        bench.outcome = Answer(200, {}, bytes(size))
        assert bench.call("downloadFile", {"url": URL, "transfer": "t1"})["errMsg"] == message
        assert (bench.world.uploads.take("t1") is not None) == (size == most)


@each_api
def test_a_long_header_is_not_told(bench, api):
    bench.outcome = Answer(200, {"X-A": "b" * 9000}, b"")

    told = json.loads(bench.reply(api, CALLS[api]).task)

    assert told["header"] == {}


@each_api
def test_a_failure_tells_the_task_nothing(bench, api):
    bench.outcome = Unanswered("timed-out", "why")

    reply = bench.reply(api, CALLS[api])

    assert (reply.body, reply.task) == ({"errMsg": f"{api}:fail timeout"}, "")


@each_api
@pytest.mark.parametrize("url", ["foo", "/a", "ftp://localhost/", "http://["])
def test_what_is_no_address_is_refused(bench, api, url):
    assert "url" in refused(bench, api, url=url)


@each_api
@pytest.mark.parametrize("header", [{"a": "b\r\nc: d"}, {"a b": "c"}, {"a": "中"}])
def test_a_header_that_cannot_be_sent_is_refused(bench, api, header):
    assert "header" in refused(bench, api, header=header)


@each_api
@pytest.mark.parametrize(("timeout", "wanted"), [(1500, 1500), (0, None), (-1, None)])
def test_a_time_of_nothing_is_none(bench, api, timeout, wanted):
    assert asked(bench, api, timeout=timeout).timeout_ms == wanted


@each_api
def test_a_host_that_is_not_of_this_machine_fails_in_the_platform_s_words(bench, api):
    bench.outcome = Refused("cdn.example.com")

    reply = bench.reply(api, CALLS[api])

    assert reply.body == {"errMsg": f"{api}:fail url is not valid domain"}
    assert reply.refused_host == "cdn.example.com"


@each_api
def test_a_player_who_is_offline_asks_nobody(bench, api):
    bench.world.players.put("player-1", {"network": "offline"})

    assert bench.call(api, CALLS[api]) == {"errMsg": f"{api}:fail network unavailable"}
    assert not bench.asked


@each_api
def test_a_call_that_comes_again_meets_its_first_reply(bench, api):
    bench.world.uploads.put("u1", DATA)
    options = CALLS[api] | ({"filePath": "a", "upload": "u1"} if api == "uploadFile" else {})
    first = bench.reply(api, options, call_id="c1")

    assert bench.reply(api, options, call_id="c1") == first
    assert first.body["errMsg"] == f"{api}:ok"
    assert first.task
    assert len(bench.asked) == 1
