"""What is asked of servers of this machine and of folders: over real sockets."""

import asyncio
import json
from threading import Thread
from typing import Any

import pytest

from backend import BYTES, Backend
from tt_emulator.domain.outgoing import Answer, Outcome, Outgoing, Refused, Request, Unanswered
from tt_emulator.wire.outgoing import http
from tt_emulator.wire.outgoing.outside import MAX_REDIRECTS, Outside
from tt_emulator.wire.outgoing.places import places

UNUSED = "http://127.0.0.1:1/"


def asked(url: str, outside: Outside | None = None, **fields: Any) -> Outcome:
    request = Request(**({"method": "GET", "url": url} | fields))
    return (outside or Outside()).block(Outgoing("request", request))


def answered(url: str, outside: Outside | None = None, **fields: Any) -> Answer:
    outcome = asked(url, outside, **fields)
    assert isinstance(outcome, Answer)
    return outcome


def test_a_request_comes_as_it_was_made(own_server: Backend):
    answered(
        f"{own_server.url}/save?a=1", method="POST", headers=(("X-Key", "1"),), body=b"\x00\xff"
    )

    (came,) = own_server.asked
    assert (came["method"], came["path"]) == ("POST", "/save?a=1")
    assert came["headers"]["host"] == f"127.0.0.1:{own_server.port}"
    assert came["headers"]["x-key"] == "1"
    assert came["body"].encode("latin-1") == b"\x00\xff"


@pytest.mark.parametrize("status", [200, 204, 304, 404, 500])
def test_any_status_is_an_answer(own_server: Backend, status: int):
    own_server.answers["/s"] = (status, {"X-Told": "yes"}, b"")

    answer = answered(f"{own_server.url}/s")

    assert answer.status == status
    assert answer.headers["X-Told"] == "yes"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_every_method_goes_through(own_server: Backend, method: str):
    answer = answered(f"{own_server.url}/", method=method)

    assert own_server.asked[0]["method"] == method
    assert bool(answer.body) == (method != "HEAD")


def test_bytes_come_back_as_they_are(own_server: Backend):
    assert answered(f"{own_server.url}/bytes").body == BYTES


def test_what_is_compressed_is_unpacked(own_server: Backend):
    assert json.loads(answered(f"{own_server.url}/gzip").body)["path"] == "/gzip"


def test_what_comes_in_chunks_is_one_body(own_server: Backend):
    chunks = b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    own_server.answers["/c"] = (200, {"Transfer-Encoding": "chunked"}, chunks)

    assert answered(f"{own_server.url}/c").body == b"abcde"


def test_a_body_that_breaks_off_is_no_answer(own_server: Backend):
    own_server.answers["/c"] = (
        200,
        {"Transfer-Encoding": "chunked", "Connection": "close"},
        b"9\r\nabc",
    )

    outcome = asked(f"{own_server.url}/c")

    assert isinstance(outcome, Unanswered)
    assert outcome.cause == "network-unavailable"


def test_what_is_not_packed_as_it_says_is_no_answer(own_server: Backend):
    own_server.answers["/z"] = (200, {"Content-Encoding": "gzip"}, b"abc")

    assert isinstance(asked(f"{own_server.url}/z"), Unanswered)


@pytest.mark.parametrize("path", ["/bytes", "/gzip"])
def test_an_answer_is_bounded(own_server: Backend, monkeypatch: pytest.MonkeyPatch, path: str):
    monkeypatch.setattr(http, "MAX_BYTES", 100)

    outcome = asked(f"{own_server.url}{path}")

    assert isinstance(outcome, Unanswered)
    assert "longer than 100 bytes" in outcome.reason


def test_where_nobody_listens_there_is_no_answer():
    assert asked(UNUSED) == Unanswered("network-unavailable", "no server listens at 127.0.0.1:1")


def test_an_answer_that_does_not_come_in_time_is_none(own_server: Backend):
    outcome = asked(f"{own_server.url}/hang", timeout_ms=20)

    assert outcome == Unanswered("timed-out", "no answer came within 20 ms")


def test_who_names_no_time_has_that_of_the_package(own_server: Backend):
    outcome = asked(f"{own_server.url}/hang", Outside(timeouts_ms={"request": 20}))

    assert outcome == Unanswered("timed-out", "no answer came within 20 ms")


def test_an_address_that_http_cannot_ask_for_is_told(own_server: Backend):
    outside = Outside(places([f"api.example.com={own_server.url}/\u4e2d"]))

    outcome = asked("https://api.example.com/", outside)

    assert outcome == Unanswered("network-unavailable", "the address cannot be asked for in HTTP")


def test_any_other_host_is_refused():
    assert asked("https://api.example.com/x") == Refused("api.example.com")


@pytest.mark.parametrize(
    ("status", "method", "after"),
    [
        (301, "GET", "GET"),
        (302, "POST", "GET"),
        (303, "PUT", "GET"),
        (303, "HEAD", "HEAD"),
        (307, "POST", "POST"),
        (308, "PUT", "PUT"),
    ],
)
def test_a_redirect_is_followed(own_server: Backend, status: int, method: str, after: str):
    own_server.redirects["/old"] = (status, "/new?a=\u00e9 b")

    answered(f"{own_server.url}/old", method=method, body=b"" if method == "GET" else b"x")

    came = own_server.asked[1]
    assert (came["method"], came["path"]) == (after, "/new?a=%E9%20b")
    assert came["body"] == ("x" if after == method and method != "GET" else "")


def test_a_redirect_is_an_answer_to_who_wants_it(own_server: Backend):
    own_server.redirects["/old"] = (302, "/new")

    assert answered(f"{own_server.url}/old", follows=False).status == 302


def test_a_redirect_leads_nowhere_else(own_server: Backend):
    own_server.redirects["/old"] = (302, "https://evil.example.com/")

    assert asked(f"{own_server.url}/old") == Refused("evil.example.com")


@pytest.mark.parametrize("location", ["ftp://127.0.0.1/", "http://[", "mailto:a@b"])
def test_a_redirect_to_what_is_no_address_is_told(own_server: Backend, location: str):
    own_server.redirects["/old"] = (302, location)

    outcome = asked(f"{own_server.url}/old")

    assert isinstance(outcome, Unanswered)


def test_a_redirect_without_end_is_ended(own_server: Backend):
    own_server.redirects["/round"] = (302, "/round")

    assert isinstance(asked(f"{own_server.url}/round"), Unanswered)
    assert len(own_server.asked) == MAX_REDIRECTS


def test_a_mapped_host_is_answered_by_its_server(own_server: Backend):
    outside = Outside(places([f"api.example.com={own_server.url}/base"]))

    answered("https://api.example.com/x?y=1", outside)

    (came,) = own_server.asked
    assert came["path"] == "/base/x?y=1"
    assert came["headers"]["host"] == "api.example.com"


def test_a_mapped_host_is_answered_by_a_folder(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.json").write_bytes(b'{"a": 1}')
    outside = Outside(places([f"cdn.example.com={tmp_path}"]))

    answer = answered("https://cdn.example.com/a/b.json", outside)

    assert (answer.status, answer.body) == (200, b'{"a": 1}')
    assert answer.headers["Content-Type"] == "application/json"
    head = answered("https://cdn.example.com/a/b.json", outside, method="HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", "8")
    assert answered("https://cdn.example.com/a/b.json", outside, method="POST").status == 405


@pytest.mark.parametrize(
    "path",
    ["none", "..%2f..%2fsecret", "%2e%2e/secret", "a/../../secret", ".hidden", "link", "", "a"],
)
def test_a_folder_gives_nothing_but_its_files(tmp_path, path: str):
    folder = tmp_path / "cdn"
    (folder / "a").mkdir(parents=True)
    (folder / ".hidden").write_text("secret")
    (tmp_path / "secret").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "secret")

    answer = answered(
        f"https://cdn.example.com/{path}", Outside(places([f"cdn.example.com={folder}"]))
    )

    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize("path", ["/__emulator/v1/worlds", "/%5F_emulator/v1/worlds"])
def test_what_goes_to_a_control_plane_is_marked_as_a_page_s(own_server: Backend, path: str):
    answered(f"{own_server.url}{path}", headers=(("Sec-Fetch-Site", "none"),))

    assert own_server.asked[0]["headers"]["sec-fetch-site"] == "cross-site"


def test_who_leaves_is_asked_for_no_longer(own_server: Backend):
    async def leave() -> Outcome:
        outgoing = Outgoing("request", Request(method="GET", url=f"{own_server.url}/hang"))
        asking = asyncio.ensure_future(Outside().ask(outgoing))
        await asyncio.to_thread(own_server.came.wait, 30)
        asking.cancel()
        return await asking

    outcome = asyncio.run(leave())

    assert isinstance(outcome, Unanswered)
    assert outcome.cause == "aborted"


def test_a_server_that_ends_waits_for_nobody(own_server: Backend):
    outside, outcomes = Outside(), list[Outcome]()
    waiting = Thread(target=lambda: outcomes.append(asked(f"{own_server.url}/hang", outside)))
    waiting.start()
    assert own_server.came.wait(30)

    outside.close()
    waiting.join(30)

    assert [type(outcome) for outcome in outcomes] == [Unanswered]


def test_what_is_asked_twice_at_once_is_asked_once(own_server: Backend):
    async def ask_twice() -> list[Outcome]:
        outside = Outside()
        outgoing = Outgoing("request", Request(method="GET", url=f"{own_server.url}/hang"))
        both = [asyncio.ensure_future(outside.ask(outgoing)) for _ in range(2)]
        await asyncio.to_thread(own_server.came.wait, 30)
        own_server.goes_on.set()
        return await asyncio.gather(*both)

    first, second = asyncio.run(ask_twice())

    assert first == second
    assert len(own_server.asked) == 1
