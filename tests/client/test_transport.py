import gc
import json
import socket
import struct
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest

from tt_emulator.client.transport import Transport
from tt_emulator.errors import NotReached, Refused

PROBLEM = {"detail": "No fault 'f9' is armed.", "hint": "List them.", "code": "not-found"}


def ask(url: str, body: Any = None, timeout_s: float = 5) -> Any:
    transport = Transport(url, {}, timeout_s)
    try:
        return transport.understood(transport.send("POST", "/x", body))
    finally:
        transport.close()


def test_the_json_of_a_good_answer_comes_back(stub: Any) -> None:
    stub.answer = (200, {}, '{"name": "玩家"}'.encode())

    assert ask(stub.url) == {"name": "玩家"}


def test_an_answer_without_a_body_is_none(stub: Any) -> None:
    stub.answer = (204, {}, b"")

    assert ask(stub.url) is None


def test_a_body_travels_as_json_and_its_absence_as_nothing(stub: Any) -> None:
    ask(stub.url, {"key": "分数"})
    with_body = stub.last
    ask(stub.url)

    assert json.loads(with_body.body) == {"key": "分数"}
    assert with_body.headers["Content-Type"] == "application/json"
    assert stub.last.body == b""
    assert "Content-Type" not in stub.last.headers


def test_a_problem_is_refused_in_the_servers_own_words(stub: Any) -> None:
    stub.answer = (404, {}, json.dumps(PROBLEM).encode())

    with pytest.raises(Refused, match=r"^No fault 'f9' is armed\.$") as caught:
        ask(stub.url)

    assert caught.value.hint == "List them."
    assert caught.value.status == 404
    assert caught.value.problem == PROBLEM
    assert caught.value.exit_code == 7


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>hello</html>"),
        (404, {}, b"<html>not here</html>"),
        (404, {}, b'{"message": "some other program"}'),
        (302, {"Location": "/elsewhere"}, b""),
        (200, {}, b"\xff"),
    ],
)
def test_a_stranger_on_the_port_is_named_as_one(stub: Any, answer: Any) -> None:
    stub.answer = answer

    with pytest.raises(NotReached, match="but not as a tt-emulator does") as caught:
        ask(stub.url)

    assert stub.url in caught.value.detail
    assert caught.value.exit_code == 6
    assert len(stub.seen) == 1


def test_where_nothing_listens_the_error_names_the_address_and_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"

    with pytest.raises(NotReached) as caught:
        ask(url)

    assert caught.value.detail == f"No tt-emulator answers at {url}: nothing listens there."
    assert "tt-emulator start" in caught.value.hint


def test_a_server_that_says_nothing_is_given_up_after_the_time_out(stub: Any) -> None:
    stub.may_answer.clear()

    with pytest.raises(NotReached, match=r"nothing came within 0\.05 s"):
        ask(stub.url, timeout_s=0.05)


def test_a_request_may_be_given_more_time_and_the_next_one_not(stub: Any) -> None:
    transport = Transport(stub.url, {}, 0.05)
    transport.send("GET", "/x")
    stub.may_answer.clear()
    threading.Timer(0.2, stub.may_answer.set).start()

    assert transport.send("GET", "/x", more_s=5).status == 200
    stub.may_answer.clear()
    with pytest.raises(NotReached, match=r"nothing came within 0\.05 s"):
        transport.send("GET", "/x")


def test_a_name_that_cannot_be_one_is_not_reached() -> None:
    with pytest.raises(NotReached, match=r"http://a\.\.b"):
        ask("http://a..b")


def test_a_request_that_gets_no_answer_is_not_sent_again(stub: Any) -> None:
    stub.answer = None

    with pytest.raises(NotReached, match="closed connection without response"):
        ask(stub.url, {"error": "network-unavailable"})

    assert len(stub.seen) == 1


def test_one_connection_carries_request_after_request(stub: Any) -> None:
    transport = Transport(stub.url, {}, 5)
    for _ in range(3):
        transport.send("GET", "/x")
    transport.close()

    assert len({seen.client_port for seen in stub.seen}) == 1


@pytest.mark.parametrize("how", ["closed", "reset"])
def test_a_connection_that_the_server_has_ended_is_replaced(how: str) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def serve_two_visitors() -> None:
            for _ in range(2):
                visitor, _ = listener.accept()
                with visitor:
                    visitor.recv(65536)
                    visitor.sendall(answer)
                    may_end.wait()
                    if how == "reset":
                        linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
                        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                ended.set()

        may_end = threading.Event()
        server = threading.Thread(target=serve_two_visitors)
        server.start()
        transport = Transport(f"http://127.0.0.1:{listener.getsockname()[1]}", {}, 5)
        transport.send("POST", "/x")
        may_end.set()
        ended.wait()

        assert transport.send("POST", "/x").status == 200
        transport.close()
        server.join()


def test_an_interrupted_request_leaves_no_answer_behind_for_the_next(
    stub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(self: object) -> None:
        raise KeyboardInterrupt

    stub.echo = True
    transport = Transport(stub.url, {}, 5)
    transport.send("POST", "/x")
    with monkeypatch.context() as patch:
        patch.setattr(HTTPConnection, "getresponse", interrupt)
        with pytest.raises(KeyboardInterrupt):
            transport.send("POST", "/x", 1)

    assert transport.send("POST", "/x", 2).body == b"2"
    transport.close()


def test_threads_that_share_a_transport_each_get_their_own_answer(stub: Any) -> None:
    stub.echo = True
    transport = Transport(stub.url, {}, 5)
    with ThreadPoolExecutor(8) as pool:
        bodies = pool.map(lambda number: transport.send("POST", "/x", number).body, range(200))
        assert list(bodies) == [str(number).encode() for number in range(200)]
    transport.close()

    assert len({seen.client_port for seen in stub.seen}) <= 8


def test_no_proxy_of_the_environment_is_asked(stub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert ask(stub.url) == {}


def test_a_forgotten_transport_leaves_no_open_connection(stub: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        transport = Transport(stub.url, {}, 5)
        transport.send("GET", "/x")
        del transport
        gc.collect()


STREAM = {"Content-Type": "text/event-stream"}


def test_the_lines_of_a_stream_come_one_by_one_and_its_end_is_an_error(stub: Any) -> None:
    stub.answer = (200, STREAM, b": listening\n\r\ndata: x\n")
    lines = Transport(stub.url, {"A": "1"}, 5).lines("/x", {"B": "2"}, 5)

    assert [next(lines) for _ in range(3)] == [": listening", "", "data: x"]
    with pytest.raises(NotReached, match="the stream has ended"):
        next(lines)
    assert (stub.last.method, stub.last.target) == ("GET", "/x")
    assert (stub.last.headers["A"], stub.last.headers["B"]) == ("1", "2")


def test_a_stream_that_is_silent_for_too_long_is_given_up(stub: Any) -> None:
    stub.may_answer.clear()

    with pytest.raises(NotReached, match=r"nothing came within 0\.05 s"):
        next(Transport(stub.url, {}, 5).lines("/x", {}, 0.05))


def test_a_problem_instead_of_a_stream_is_refused(stub: Any) -> None:
    stub.answer = (404, {}, json.dumps(PROBLEM).encode())

    with pytest.raises(Refused, match="is armed"):
        next(Transport(stub.url, {}, 5).lines("/x", {}, 5))


def test_an_answer_that_is_no_stream_is_a_strangers(stub: Any) -> None:
    with pytest.raises(NotReached, match="but not as a tt-emulator does"):
        next(Transport(stub.url, {}, 5).lines("/x", {}, 5))


def test_a_stream_that_nobody_reads_any_more_is_closed(stub: Any) -> None:
    stub.answer = (200, STREAM, b"a\nb\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        lines = Transport(stub.url, {}, 5).lines("/x", {}, 5)
        next(lines)
        del lines
        gc.collect()
