"""Who may call: whatever a browser may send, at both doors and on every route."""

import json

import pytest

from rawhttp import Wire, request

DATA, CONTROL = "/tt/setUserCloudStorage", "/__emulator/v1/faults"
GOOD_HOSTS = [
    "localhost",
    "LOCALHOST",
    "LocalHost:8717",
    "localhost.",
    "localhost.:8717",
    "127.0.0.1",
    "127.0.0.1:8717",
    "127.0.0.1:1",
    "[::1]",
    "[::1]:8717",
    "game.localhost",
    "a.b-c.localhost:5173",
]
EVIL_ORIGINS = [
    "null",
    "https://evil.example",
    "http://localhost.evil.example",
    "http://evil.example:8717",
    "http://localhost@evil.example",
    "http://localhost/",
    "http://localhost:x",
    "http://0.0.0.0:8717",
    "HTTP://LOCALHOST",
    "file://",
    "chrome-extension://localhost",
    "localhost",
    "https://evil.example, http://localhost",
]
GOOD_ORIGINS = [
    "http://localhost",
    "http://localhost:3000",
    "https://localhost:3000",
    "http://127.0.0.1:7456",
    "http://[::1]:7456",
    "http://game.localhost:5173",
]

PAIR = json.dumps({"KVDataList": [{"key": "score", "value": "evil"}]}).encode()
FAULT = json.dumps([{"error": 999985}]).encode()
ROUTES = [
    ("GET", "/", None),
    ("HEAD", "/", None),
    ("GET", "/tt.js", None),
    ("GET", "/demo/none.js", None),
    ("POST", DATA, PAIR),
    ("POST", f"{DATA}?x", PAIR),
    ("POST", "/tt/unknown", b"{}"),
    ("POST", DATA, b"no json"),
    ("GET", DATA, None),
    ("OPTIONS", DATA, None),
    ("GET", "/tt/state", None),
    ("GET", "/nothing", None),
    ("DELETE", "/", None),
    ("GET", "/__emulator/health", None),
    ("GET", "/__emulator/nothing", None),
    ("PATCH", CONTROL, None),
    ("OPTIONS", CONTROL, None),
    ("GET", CONTROL, None),
    ("POST", CONTROL, FAULT),
    ("PUT", CONTROL, FAULT),
    ("DELETE", CONTROL, None),
    ("DELETE", "/__emulator/v1/requests", None),
    ("POST", "/__emulator/v1/reset", None),
]
JSON = {"Content_Type": "application/json"}


@pytest.fixture
def used(call, control):
    """A world in use; reads what is in it."""
    call("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": "mine"}]})
    control("POST", "/v1/faults", {"error": "internal-error", "api": "login"})

    def look():
        saved = call("getUserCloudStorage", {"keyList": ["score"]}, X_Emulator_Call="look").json
        faults, requests = (control("GET", f"/v1/{what}").json for what in ("faults", "requests"))
        return saved, faults, requests

    return look


def refuse_all(door, routes, **headers):
    for method, path, body in routes:
        answer = door(method, path, body, **JSON, **headers)
        where = f"{method} {path}"
        assert answer.status == 403, where
        assert answer.headers["content-type"] == "application/problem+json", where
        assert not any(name.startswith("access-control-") for name in answer.headers), where
        if method != "HEAD":
            assert answer.json["code"] == "forbidden", where
            assert answer.json["hint"], where


EVIL_HOSTS = [
    "",
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil",
    "localhost..",
    "0.0.0.0:8717",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "[::1",
    "localhost:x",
    "localhost:123456",
    "user:secret@localhost",
    "localhost, evil.example",
    "a." * 5000 + "example",
]


@pytest.mark.parametrize("host", EVIL_HOSTS, ids=lambda host: host[:30])
def test_every_route_refuses_another_host_and_changes_nothing(door, used, host):
    before = used()

    refuse_all(door, ROUTES, Host=host)

    assert used() == before


@pytest.mark.parametrize("origin", EVIL_ORIGINS)
def test_every_route_refuses_a_page_from_elsewhere_and_changes_nothing(door, used, origin):
    before = used()

    refuse_all(door, ROUTES, Origin=origin)

    assert used() == before


@pytest.mark.parametrize("origin", GOOD_ORIGINS)
def test_every_control_route_refuses_a_page_of_another_server(door, used, origin):
    before = used()

    control_routes = [route for route in ROUTES if route[1].startswith("/__emulator")]
    refuse_all(door, control_routes, Origin=origin, Host="localhost:9999")

    assert used() == before


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_this_machines_names_are_served(door, used, host):
    assert door("POST", DATA, PAIR, Host=host).status == 200
    assert door("GET", CONTROL, Host=host).status == 200
    assert door("GET", "/nothing", Host=host).status == 404


@pytest.mark.parametrize("origin", GOOD_ORIGINS)
def test_a_preflight_allows_what_tt_js_sends(door, origin):
    asked = "content-type,x-emulator-call,x-emulator-domain,x-emulator-player,x-emulator-world"

    answer = door(
        "OPTIONS",
        DATA,
        Origin=origin,
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers=asked,
    )

    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == origin
    assert "POST" in answer.headers["access-control-allow-methods"]
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert set(asked.split(",")) <= set(allowed)


@pytest.mark.parametrize("path", [DATA, "/tt/unknown", f"{DATA}?x"])
@pytest.mark.parametrize("body", [PAIR, b"no json"])
def test_every_answer_of_the_data_plane_can_be_read_by_the_page(door, path, body):
    answer = door("POST", path, body, Origin="http://localhost:3000")

    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "Origin" in answer.headers["vary"]
    assert "X-Emulator-Reason" in answer.headers["access-control-expose-headers"]


def test_the_shim_is_for_pages_of_any_origin_and_nothing_else_is(door):
    assert door("GET", "/tt.js").headers["cross-origin-resource-policy"] == "cross-origin"
    for path in ("/", "/tt/state", CONTROL, "/nothing"):
        assert door("GET", path).headers["cross-origin-resource-policy"] == "same-origin"


def test_a_control_answer_never_has_cors_headers(door, used):
    own = {"Host": "localhost:9999", "Origin": "http://localhost:9999"}
    for method, path, body in ROUTES:
        if path.startswith("/__emulator"):
            answer = door(method, path, body, **JSON, **own)
            assert answer.status != 403, path
            assert not any(name.startswith("access-control-") for name in answer.headers), path


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Host: localhost", "Host: localhost"],
        ["Host: localhost", "Host: evil.example"],
        ["Host: evil.example", "host: localhost"],
        ["Host:"],
        ["Host: localhost", "Origin: https://evil.example", "Origin: http://localhost"],
        ["Host: localhost", "Origin: http://localhost", "Origin: https://evil.example"],
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [DATA, f"{DATA}?x", "/tt/state"])
def test_what_no_client_library_would_send_is_refused(server, lines, path):
    method, length = ("GET", []) if path == "/tt/state" else ("POST", ["Content-Length: 2"])
    head = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, *length, "", ""])
    with Wire(server.port) as wire:
        wire.send(head.encode() + (b"{}" if length else b""))
        answer = wire.answer()

    assert answer.status == 403
    assert answer.json["code"] == "forbidden"


@pytest.mark.parametrize("host", ["localhost\x00", "local\x01host", "localhost\x7f"])
def test_control_bytes_in_a_host_are_no_http(server, host):
    with Wire(server.port) as wire:
        wire.send(request("GET", "/tt/state", host=host))
        answer = wire.answer()

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
