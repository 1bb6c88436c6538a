"""The endpoints over HTTP: each of them, whose world and player a request is of, and refusals."""

import json
import socket
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

import pytest

from entry_points import ON_SOCKET, Answer, EntryPoint
from platforms.backend_bench import APP, BODIES, TT, WX
from process import Emulator
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.signature import signature

ENDPOINTS = [
    (platform, api, path)
    for platform in (TT, WX)
    for api in platform.catalog.backend.values()
    for path in (api.endpoint.paths if api.endpoint else ())
]


class Client:
    """A game's backend that knows no header of the emulator's, but for the world of its token."""

    def __init__(self, entry_point: EntryPoint, platform: Platform) -> None:
        self.entry_point = entry_point
        self.platform = platform
        self.prefix = platform.prefix
        self.of_world = {"X_Emulator_World": entry_point.world}

    def game(self, api: str, options: Any, **headers: str) -> Any:
        sent = json.dumps(options).encode()
        return self.entry_point("POST", f"{self.prefix}{api}", sent, **headers).json

    def send(
        self,
        api: str,
        options: dict[str, Any],
        body: bytes | None = None,
        path: str = "",
        **headers: str,
    ) -> Answer:
        """A request with the options where the API has them, `body` in the place of theirs."""
        known = self.platform.catalog.apis[api]
        endpoint = known.endpoint
        assert endpoint is not None
        place = {param.name: param.where for param in known.params}
        query = {name: value for name, value in options.items() if place[name] == "query"}
        rest = {name: value for name, value in options.items() if place[name] == "body"}
        sent = body if body is not None or not rest else json.dumps(rest).encode()
        address = f"{path or endpoint.paths[0]}?{urlencode(query)}"
        return self.entry_point(endpoint.method, address, sent, **headers)

    def token(self) -> str:
        if self.platform is WX:
            return f"any.{self.entry_point.world}"
        options = APP | {"grant_type": "client_credential"}
        answer: str = self.send("getAccessToken", options).json["data"]["access_token"]
        return answer

    def session(self, **headers: str) -> dict[str, Any]:
        code = self.game("login", {}, **headers)["code"]
        named = {"code": code} if self.platform is TT else {"js_code": code}
        grant = {} if self.platform is TT else {"grant_type": "authorization_code"}
        return APP | named | grant

    def signed(self, token: str, openid: str, key: str, body: bytes) -> dict[str, str]:
        return {
            "access_token": token,
            "openid": openid,
            "signature": signature(key, body),
            "sig_method": "hmac_sha256",
        }

    def example(self, api: str, token: str) -> tuple[dict[str, Any], bytes | None]:
        """Options and body with which the API succeeds, for a player who has just logged in."""
        if "Token" in api:
            return APP | {"grant_type": "client_credential"}, None
        if api.startswith("code2Session"):
            return self.session(), None
        found = self.send("code2Session", self.session()).json
        body = json.dumps(BODIES[api]).encode() if api in BODIES else None
        return self.signed(token, found["openid"], found["session_key"], body or b""), body


@pytest.fixture
def platform() -> Platform:
    return TT


@pytest.fixture
def client(entry_point: EntryPoint, platform: Platform) -> Iterator[Client]:
    made = Client(entry_point, platform)
    made.game("login", {})  # the world is of the platform from now on
    return made


def by_name(value: Any) -> str | None:
    return value.identity.name if isinstance(value, Platform) else getattr(value, "name", None)


@pytest.mark.parametrize(("platform", "api", "path"), ENDPOINTS, ids=by_name)
def test_each_endpoint_answers_and_leaves_a_call_of_the_domain_server(
    client: Client, platform: Platform, api: Any, path: str
) -> None:
    options, body = client.example(api.name, client.token())

    answer = client.send(api.name, options, body, path)

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert "x-emulator-reason" not in answer.headers
    assert answer.json.get("err_no", answer.json.get("errcode", 0)) == 0
    held = client.entry_point("GET", f"/__emulator/v1/requests?api={api.name}").json["requests"]
    assert held[-1]["domain"] == "server"
    assert held[-1]["id"] == int(answer.headers["x-emulator-request-id"])


def test_a_code_and_a_token_tell_their_world_whatever_a_header_says(client: Client) -> None:
    alice = {"X_Emulator_Player": "alice"}
    elsewhere = {"X_Emulator_World": "default"}
    found = client.send("code2Session", client.session(**alice), **elsewhere).json
    assert found["openid"] == "alice"

    body = b'{"kv_list":[{"key":"score","value":"7"}]}'
    signed = client.signed(client.token(), "alice", found["session_key"], body)
    assert client.send("set_user_storage", signed, body, **elsewhere).json == {"error": 0}

    saved = client.game("getUserCloudStorage", {"keyList": ["score"]}, **alice)
    assert saved["KVDataList"] == [{"key": "score", "value": "7"}]


def test_those_of_the_first_world_tell_it_too(client: Client) -> None:
    first = {"X_Emulator_World": "default"}
    options = APP | {"grant_type": "client_credential"}
    token = client.send("getAccessToken", options, **first).json["data"]["access_token"]

    signed = client.signed(token, "nobody", "", b"{}")
    refused = client.send("set_user_storage", signed, b"{}")

    assert "." not in token
    assert refused.json["errcode"] == 28001039  # and not that the token is unknown


def test_the_ending_of_an_appid_tells_the_world_where_nothing_else_does(client: Client) -> None:
    client.game("login", {})
    world = client.entry_point.world

    token = token_of_app(client, f"app.{world}")

    assert token.endswith(f".{world}")
    assert "." not in token_of_app(client, "app.no name")


def test_an_appid_makes_no_world(client: Client) -> None:
    """A page can have a browser send one, and would fill the server."""
    new = f"{client.entry_point.world}-new"

    assert "." not in token_of_app(client, f"app.{new}")
    assert client.entry_point("GET", f"/__emulator/v1/worlds/{new}").status == 404


def token_of_app(client: Client, appid: str) -> str:
    """The token of an app that sends no header of ours."""
    path = f"/api/apps/token?appid={appid.replace(' ', '%20')}&secret=s"
    answer = client.entry_point(
        "GET", f"{path}&grant_type=client_credential", None, X_Emulator_World=None
    )
    return str(answer.json["access_token"])


def test_a_code_of_the_first_world_and_a_header_count_before_an_appid(client: Client) -> None:
    code = client.game("login", {}, X_Emulator_World="default")["code"]
    app = {"appid": "app.elsewhere", "secret": "s"}

    found = client.send("code2Session", app | {"code": code}, X_Emulator_World="default")
    token = client.send("getAccessTokenV1", app | {"grant_type": "client_credential"})

    assert found.json["error"] == 0
    assert token.json["access_token"].endswith(f".{client.entry_point.world}")


def test_a_header_counts_before_an_appid_also_if_it_names_the_first_world(client: Client) -> None:
    client.game("login", {})
    app = {"appid": f"app.{client.entry_point.world}", "secret": "s"}

    options = app | {"grant_type": "client_credential"}
    token = client.send("getAccessTokenV1", options, X_Emulator_World="default")

    assert "." not in token.json["access_token"]


def test_the_reason_shows_the_bytes_that_were_signed(client: Client) -> None:
    found = client.send("code2Session", client.session()).json
    body = '{"kv_list":[{"key":"名","value":"1"}]}'.encode()
    signed = client.signed(client.token(), found["openid"], found["session_key"], b"")

    refused = client.send("set_user_storage", signed, body)

    assert refused.json["errcode"] == 28001039
    reason = refused.headers["x-emulator-reason"]
    assert reason.startswith(f"the signature of these {len(body)} bytes begins with ")
    assert "%E5%90%8D" in reason
    assert reason.endswith("what was sent is that of no body at all")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/mgplatform/api/apps/nothing"),
        ("GET", "/mgplatform/api/apps/set_user_storage"),
        ("POST", "/mgplatform/api/apps/jscode2session"),
        ("GET", "/api/apps/token/"),
        ("HEAD", "/api/apps/token"),
        ("GET", "/cgi-bin/token"),
        ("GET", "/sns/userinfo"),
    ],
)
def test_where_no_endpoint_is_a_problem_document_says_so(
    client: Client, method: str, path: str
) -> None:
    answer = client.entry_point(method, path, b"{}" if method == "POST" else None)

    assert answer.status == 404
    if method != "HEAD":
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "body"),
    [("", b"no json"), ("", b"[]"), ("", b'{"key":[],"key":[]}'), ("?openid=%ff", b"{}")],
)
def test_what_cannot_be_read_is_refused_as_elsewhere(
    client: Client, query: str, body: bytes
) -> None:
    answer = client.entry_point("POST", f"/api/apps/remove_user_storage{query}", body)

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_empty_body_is_no_options(client: Client) -> None:
    answer = client.entry_point("POST", "/api/apps/v2/token")

    assert answer.json == {"err_no": 40014, "err_tips": "参数为空"}
    assert answer.headers["x-emulator-reason"] == "appid is missing"


def test_an_option_counts_only_in_its_place(client: Client) -> None:
    query = urlencode(APP | {"grant_type": "client_credential"})

    assert client.entry_point("POST", f"/api/apps/v2/token?{query}", b"{}").json["err_no"] == 40014


def test_of_an_option_that_stands_twice_in_the_query_the_first_counts(client: Client) -> None:
    query = urlencode([*APP.items(), ("grant_type", "client_credential"), ("grant_type", "x")])

    assert "access_token" in client.entry_point("GET", f"/api/apps/token?{query}").json


def test_a_game_does_not_call_what_is_for_backends(client: Client) -> None:
    answer = client.entry_point("POST", "/tt/set_user_storage", b"{}")

    assert answer.status == 404
    assert "own backend" in answer.json["detail"]


def test_a_world_of_another_platform_is_told(client: Client) -> None:
    answer = client.entry_point("GET", "/sns/jscode2session?appid=a")

    assert (answer.status, answer.json["code"]) == (404, "wrong-platform")


OF_PAGES = (
    {"Origin": "https://example.org"},
    {"Origin": "http://localhost"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-origin"},
)


@pytest.mark.parametrize("headers", OF_PAGES, ids=str)
def test_a_page_is_refused_whichever_it_is(client: Client, headers: dict[str, str]) -> None:
    for method, path in (
        ("GET", "/api/apps/token?appid=a"),
        ("POST", "/mgplatform/api/apps/v2/token"),
    ):
        answer = client.entry_point(method, path, **headers)

        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers


def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    assert client.entry_point("GET", "/api/apps/token", Host="evil.example").status == 403


def test_a_call_that_is_sent_again_under_its_id_is_one(client: Client) -> None:
    session = client.session()

    first, second = (
        client.send("code2Session", session, X_Emulator_Call="c-1").json for _ in range(2)
    )

    assert first == second
    assert first["error"] == 0


@ON_SOCKET
def test_a_fault_is_delivered_with_its_number_in_the_header(client: Client) -> None:
    fault = {"error": 40018, "api": "code2Session", "times": 1}
    client.entry_point(
        "POST",
        "/__emulator/v1/faults",
        json.dumps(fault).encode(),
        Content_Type="application/json",
    )

    struck = client.send("code2Session", client.session())

    assert struck.json == {
        "error": 1,
        "errcode": 40018,
        "errmsg": "bad code",
        "message": "bad code",
    }
    assert struck.headers["x-emulator-fault"] == "f1"


@pytest.mark.parametrize("entry_point", ["socket"], indirect=True)
@pytest.mark.parametrize("wire", ["reset", "close", "truncate"])
def test_a_fault_of_the_connection_meets_backends_too(client: Client, wire: str) -> None:
    session = client.session()
    client.entry_point(
        "POST",
        "/__emulator/v1/faults",
        json.dumps({"wire": wire, "api": "code2Session", "times": 1}).encode(),
        Content_Type="application/json",
    )

    with pytest.raises((ConnectionError, HTTPException)):
        client.send("code2Session", session)


@pytest.mark.parametrize("entry_point", ["socket"], indirect=True)
def test_requests_that_are_sent_at_once_are_answered_in_their_order(
    server: Emulator, client: Client
) -> None:
    paths = [f"/api/apps/token?appid={number}" for number in range(3)]
    head = f"Host: localhost\r\nX-Emulator-World: {client.entry_point.world}\r\n\r\n"
    game = f"POST /tt/login HTTP/1.1\r\nContent-Length: 2\r\n{head}{{}}"
    sent = "".join(f"GET {path} HTTP/1.1\r\n{head}{game}" for path in paths)
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(sent.encode())
        received = b""
        while received.count(b"HTTP/1.1 200") < 6 or not received.endswith(b"}"):
            received += connection.recv(65536)

    bodies = [part.partition(b"\r\n\r\n")[2] for part in received.split(b"HTTP/1.1 200 OK")[1:]]
    assert [b"errcode" in body for body in bodies] == [True, False] * 3
