"""tt.request: what is asked of a game's options, and what the game gets of the answer."""

import base64

import pytest

from tt_emulator.domain.outgoing import Answer, Refused, Request, Unanswered

URL = "http://localhost:9000/a"
FORM = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
FIXED = {
    "referer": "https://tmaservice.developer.toutiao.com?appid=tt-emulator&version=0.0.0",
    "user-agent": "tt-emulator/0.1.0",
}


def asked(bench, **options) -> Request:
    body = bench.call("request", {"url": URL} | options)
    assert body["errMsg"] == "request:ok", body
    return bench.asked[-1]


def came(bench, body: bytes, kind: str = "application/json", **options):
    bench.outcome = Answer(200, {"Content-Type": kind}, body)
    return bench.call("request", {"url": URL} | options)["data"]


def refused(bench, **options) -> str:
    reply = bench.reply("request", {"url": URL} | options)
    assert reply.body == {"errMsg": "request:fail invalid param", "errNo": 20001}
    assert not bench.asked
    return reply.reason


def test_a_bare_request_is_a_get_without_a_body(bench):
    assert asked(bench) == Request(
        method="GET",
        url=URL,
        headers=(("content-type", "application/json"), *FIXED.items()),
    )


def test_success_has_what_the_page_promises_whatever_the_status(bench):
    for status in (200, 404, 503):
        bench.outcome = Answer(status, {"X-A": "b"}, b'{"a": 1}')

        assert bench.call("request", {"url": URL}) == {
            "errMsg": "request:ok",
            "statusCode": status,
            "header": {"X-A": "b"},
            "data": {"a": 1},
        }


@pytest.mark.parametrize("method", ["get", "POST", "Put", "DELETE", "OPTIONS", "HEAD", "PATCH"])
def test_a_method_is_taken_in_any_case(bench, method):
    assert asked(bench, method=method).method == method.upper()


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "", "GET /"])
def test_another_method_is_refused(bench, method):
    assert "method" in refused(bench, method=method)


DATA = {
    "an object": ({"a": 1, "b": [True, None], "c": "é"}, '{"a":1,"b":[true,null],"c":"é"}'),
    "a list": ([1, "x"], '[1,"x"]'),
    "a text": ("a=1&b", "a=1&b"),
    "nothing": (None, ""),
}


@pytest.mark.parametrize(("data", "body"), DATA.values(), ids=DATA)
def test_data_is_the_body_of_a_post(bench, data, body):
    request = asked(bench, method="POST", data=data)

    assert request.body.decode() == body
    assert request.url == URL


def test_an_object_is_a_form_if_content_type_says_so(bench):
    data = {"a b": "c&d", "list": [1], "yes": True, "é": ""}

    request = asked(bench, method="POST", data=data, header=FORM)

    assert request.body == b"a%20b=c%26d&list=%5B1%5D&yes=true&%C3%A9="


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_object_is_the_query_where_there_is_no_body(bench, method):
    request = asked(bench, method=method, url=f"{URL}?x=y", data={"a b": 1, "c": {"d": "e"}})

    assert request.url == f"{URL}?x=y&a%20b=1&c=%7B%22d%22%3A%22e%22%7D"
    assert request.body == b""


def test_bytes_are_sent_as_they_are(bench):
    data = base64.b64encode(bytes(range(256))).decode()

    assert asked(bench, method="POST", data=data, base64=True).body == bytes(range(256))


def test_what_is_no_base64_is_refused(bench):
    assert "data" in refused(bench, method="POST", data="é", base64=True)


def test_headers_are_the_game_s_but_for_those_that_it_cannot_set(bench):
    header = {"X-Key": "1", "Content-Type": "text/plain", "n": 5}
    not_its_own = {"Referer": "x", "USER-AGENT": "x", "Host": "x", "content-length": "9"}

    request = asked(bench, header=header | not_its_own)

    own = (("Content-Type", "text/plain"), ("X-Key", "1"), ("n", "5"))
    assert request.headers == (*own, *FIXED.items())


@pytest.mark.parametrize("header", [{"a": "b\r\nc: d"}, {"a b": "c"}, {"": "x"}, {"a": "中"}])
def test_a_header_that_cannot_be_sent_is_refused(bench, header):
    assert "header" in refused(bench, header=header)


@pytest.mark.parametrize(
    "url", ["foo", "/a", "ftp://localhost/", "http://", "http://[", "wss://a/"]
)
def test_what_is_no_address_is_refused(bench, url):
    assert "url" in refused(bench, url=url)


def test_an_address_is_encoded_where_it_must_be(bench):
    request = asked(bench, url=" http://localhost/中 文?q=é%20\u2028#part ")

    assert request.url == "http://localhost/%E4%B8%AD%20%E6%96%87?q=%C3%A9%20%E2%80%A8"


@pytest.mark.parametrize(("timeout", "wanted"), [(1500, 1500), (0, None), (-1, None)])
def test_a_time_of_nothing_is_none(bench, timeout, wanted):
    assert asked(bench, timeout=timeout).timeout_ms == wanted


def test_a_redirect_is_followed_unless_the_game_does_not_want_it(bench):
    assert asked(bench).follows
    assert not asked(bench, redirect="manual").follows


DEEP = 100_000
"""More than any Python reads: up to 3.12 a thousand, 3.13 some ten thousand."""

TEXTS = {
    "json": (b' {"a": [1, null]}', {"a": [1, None]}),
    "a number": (b"1.5", 1.5),
    "no json": (b"hello", "hello"),
    "half of json": (b'{"a": ', '{"a": '),
    "what other languages take for json": (b"NaN", "NaN"),
    "nothing": (b"", ""),
    "a byte order mark": (b"\xef\xbb\xbf{}", {}),
    "bytes that are no text": (b"\xff", "\ufffd"),
    "too many levels": (b"[" * DEEP + b"]" * DEEP, "[" * DEEP + "]" * DEEP),
    "a number over all": (b"1e999", "1e999"),
}


@pytest.mark.parametrize(("body", "data"), TEXTS.values(), ids=TEXTS)
def test_data_is_parsed_if_it_can_be_else_text(bench, body, data):
    assert came(bench, body) == data


@pytest.mark.parametrize("kind", ["string", "text"])
def test_who_wants_text_gets_text(bench, kind):
    assert came(bench, b'{"a": 1}', dataType=kind) == '{"a": 1}'


def test_a_text_is_read_by_its_charset(bench):
    assert came(bench, "中文".encode("gbk"), "text/plain; charset=GBK") == "中文"
    for kind in ("text/plain; charset=none-such", "text/plain; charset=base64", "charset=idna"):
        assert came(bench, "中文".encode(), f"text/plain; {kind}") == "中文"


def test_bytes_come_as_base64(bench):
    assert came(bench, b"\x00\xff", responseType="arraybuffer") == "AP8="


def test_a_host_that_is_not_of_this_machine_fails_in_the_platform_s_words(bench):
    bench.outcome = Refused("api.example.com")

    reply = bench.reply("request", {"url": "https://api.example.com/?key=secret"})

    assert reply.body == {"errMsg": "request:fail url is not valid domain"}
    assert reply.refused_host == "api.example.com"
    assert "--map api.example.com=DIR" in reply.reason
    assert "secret" not in reply.reason


@pytest.mark.parametrize(
    ("cause", "text"),
    [
        ("network-unavailable", "network unavailable"),
        ("timed-out", "timeout"),
        ("aborted", "abort"),
    ],
)
def test_without_an_answer_it_fails(bench, cause, text):
    bench.outcome = Unanswered(cause, "why")

    reply = bench.reply("request", {"url": URL})

    assert reply.body == {"errMsg": f"request:fail {text}"}
    assert (reply.reason, reply.refused_host) == ("why", "")


def test_a_player_who_is_offline_asks_nobody(bench):
    bench.world.players.put("player-1", {"network": "offline"})

    assert bench.call("request", {"url": URL}) == {"errMsg": "request:fail network unavailable"}
    assert not bench.asked
