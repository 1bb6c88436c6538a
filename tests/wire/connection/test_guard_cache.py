"""Who may call: whatever a browser may send, at both entry points and on every route."""

import json

import pytest

from harness import Bench
from rawhttp import Wire, request
from tt_emulator.config import Settings
from tt_emulator.platforms import BACKENDS
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import PUBLIC, Guard

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


def every_route():
    """Each route of the app with each of its methods, and what its address may hold."""
    app = create_app(Bench().engine, Guard(Settings(), None), dict)
    for rule in app.url_map.iter_rules():
        values = dict.fromkeys(rule.arguments, "alice") | {"name": "setUserCloudStorage"}
        values |= {"exchange_id": 1}
        _, path = rule.build({name: values[name] for name in rule.arguments})
        yield from ((method, path) for method in sorted(rule.methods))


PAIR = json.dumps({"KVDataList": [{"key": "score", "value": "evil"}]}).encode()
FAULT = json.dumps([{"error": 999985}]).encode()
BODIES = {DATA: PAIR, CONTROL: FAULT}
ROUTES = [
    *((method, path, BODIES.get(path, b"{}") if method in ("POST", "PUT") else None)
      for method, path in every_route()),
    ("POST", f"{DATA}?x", PAIR),
    ("POST", "/tt/unknown", b"{}"),
    ("POST", DATA, b"no json"),
    ("GET", DATA, None),
    ("GET", "/nothing", None),
    ("GET", "//__emulator/v1/faults", None),
    ("POST", "/__emulator%2Fv1/reset", b"{}"),
    ("DELETE", "/", None),
    ("DELETE", "/tt.js", None),
    ("GET", "/__emulator/nothing", None),
    ("PATCH", CONTROL, None),
]  # fmt: skip
JSON = {"Content_Type": "application/json"}


@pytest.fixture
def used(call, control):
    """A world in use; reads what is in it."""
    call("setUserCloudStorage", {"KVDataList": [{"key": "score", "value": "mine"}]})
    assert control("POST", "/v1/faults", {"error": "service-error", "api": "login"}).status == 201

    def look():
        saved = call("getUserCloudStorage", {"keyList": ["score"]}, X_Emulator_Call="look").json
        faults, requests = (control("GET", f"/v1/{what}").json for what in ("faults", "requests"))
        return saved, faults, requests

    return look


def test_the_table_has_every_kind_of_route():
    paths = {path for _, path, _ in ROUTES}

    assert {"/", "/tt/state", "/tt/events", "/__emulator/v1/events", "/__emulator/ui/"} <= paths
    assert set(PUBLIC) <= paths
    assert len(ROUTES) > 100


def is_public(route):
    method, path, _ = route
    shared = path in PUBLIC or path.startswith("/avatars/")
    return shared and method in ("GET", "HEAD", "OPTIONS")


def is_of_backends(route):
    """They send no Origin, and it is not looked at: a browser tells of a page by another header."""
    return route[1].startswith(tuple(BACKENDS))


def refuse_all(entry_point, routes, **headers):
    for method, path, body in routes:
        answer = entry_point(method, path, body, **JSON, **headers)
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
def test_every_route_refuses_another_host_and_changes_nothing(entry_point, used, host):
    before = used()

    refuse_all(entry_point, ROUTES, Host=host)

    assert used() == before


@pytest.mark.parametrize("origin", EVIL_ORIGINS)
def test_every_route_refuses_a_page_from_elsewhere_and_changes_nothing(entry_point, used, origin):
    before = used()

    routes = [route for route in ROUTES if not is_public(route) and not is_of_backends(route)]
    refuse_all(entry_point, routes, Origin=origin)

    assert used() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_the_server_api_refuses_every_page_from_elsewhere(entry_point, used, site):
    before = used()

    routes = [route for route in ROUTES if is_of_backends(route)]
    refuse_all(entry_point, routes, Sec_Fetch_Site=site)

    assert used() == before
    assert len(routes) > 4


@pytest.mark.parametrize("origin", EVIL_ORIGINS)
def test_scripts_and_types_go_to_every_page(entry_point, origin):
    for path in sorted(PUBLIC):
        answer = entry_point("GET", path, Origin=origin, Sec_Fetch_Site="cross-site")

        assert answer.status == 200, path
        assert answer.headers["access-control-allow-origin"] == "*", path
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin", path


@pytest.mark.parametrize("path", [DATA, "/tt/state"])
@pytest.mark.parametrize("origin", ["null", "https://evil.example"])
def test_a_script_of_a_refused_page_may_read_why_and_is_granted_nothing(entry_point, path, origin):
    method, body = ("GET", None) if path == "/tt/state" else ("POST", PAIR)

    refusal = entry_point(method, path, body, Origin=origin, Sec_Fetch_Mode="cors")
    preflight = entry_point(
        "OPTIONS", path, Origin=origin, Sec_Fetch_Mode="cors", Access_Control_Request_Method="POST"
    )

    assert (refusal.status, preflight.status) == (403, 403)
    assert refusal.headers["access-control-allow-origin"] == origin
    assert refusal.json["hint"].endswith(f"--allow-origin {origin}")
    granted = [name for name in refusal.headers if name.startswith("access-control-")]
    assert granted == ["access-control-allow-origin"]
    assert not any(name.startswith("access-control-") for name in preflight.headers)


@pytest.mark.parametrize("origin", EVIL_ORIGINS)
def test_a_refusal_of_the_control_plane_is_read_by_no_page(entry_point, origin):
    answer = entry_point("GET", CONTROL, Origin=origin, Sec_Fetch_Mode="cors")

    assert answer.status == 403
    assert not any(name.startswith("access-control-") for name in answer.headers)


@pytest.mark.parametrize("origin", GOOD_ORIGINS)
def test_every_control_route_refuses_a_page_of_another_server(entry_point, used, origin):
    before = used()

    control_routes = [route for route in ROUTES if route[1].startswith("/__emulator")]
    refuse_all(entry_point, control_routes, Origin=origin, Host="localhost:9999")

    assert used() == before


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_this_machines_names_are_served(entry_point, used, host):
    assert entry_point("POST", DATA, PAIR, Host=host).status == 200
    assert entry_point("GET", CONTROL, Host=host).status == 200
    assert entry_point("GET", "/nothing", Host=host).status == 404


@pytest.mark.parametrize("origin", GOOD_ORIGINS)
def test_a_preflight_allows_what_tt_js_sends(entry_point, origin):
    requested = "content-type,x-emulator-call,x-emulator-domain,x-emulator-player,x-emulator-world"

    answer = entry_point(
        "OPTIONS",
        DATA,
        Origin=origin,
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers=requested,
    )

    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == origin
    assert "POST" in answer.headers["access-control-allow-methods"]
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert set(requested.split(",")) <= set(allowed)


@pytest.mark.parametrize("path", [DATA, "/tt/unknown", f"{DATA}?x"])
@pytest.mark.parametrize("body", [PAIR, b"no json"])
def test_every_answer_of_the_data_plane_can_be_read_by_the_page(entry_point, path, body):
    answer = entry_point("POST", path, body, Origin="http://localhost:3000")

    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "Origin" in answer.headers["vary"]
    assert "X-Emulator-Reason" in answer.headers["access-control-expose-headers"]


def test_a_preflight_allows_whatever_headers_an_allowed_page_asks_for(entry_point):
    """Tracing libraries add theirs to every request."""
    requested = "baggage, sentry-trace,traceparent , x-b3-traceid,content-type"

    answer = entry_point(
        "OPTIONS",
        DATA,
        Origin="http://localhost:3000",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers=requested,
    )

    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert {"baggage", "sentry-trace", "traceparent", "x-b3-traceid"} <= set(allowed)
    assert allowed.count("content-type") == 1


@pytest.mark.parametrize("requested", ["a b", "<script>", "x" * 5000, ",,,", "a:b"])
def test_what_is_no_header_is_not_allowed(entry_point, requested):
    answer = entry_point(
        "OPTIONS", DATA, Origin="http://localhost", Access_Control_Request_Headers=requested
    )

    assert answer.status == 204
    assert requested not in answer.headers["access-control-allow-headers"]


FROM_ANOTHER_SITE = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}


@pytest.mark.parametrize("path", ["/__emulator/ui/", "/__emulator/ui"])
@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_link_to_the_testers_page_opens_it_from_anywhere(entry_point, path, site):
    headers = FROM_ANOTHER_SITE | {"Sec_Fetch_Site": site, "Sec_Fetch_Dest": "document"}

    answer = entry_point("GET", path, **headers)

    assert answer.status == 200
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("dest", ["iframe", "frame", "embed", "object", "image", "script", ""])
def test_the_testers_page_is_nobody_elses_frame_or_picture(entry_point, dest):
    answer = entry_point("GET", "/__emulator/ui/", **FROM_ANOTHER_SITE, Sec_Fetch_Dest=dest)

    assert answer.status == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", CONTROL),
        ("GET", "/__emulator/ui/main.js"),
        ("GET", "/__emulator/v1/requests.har"),
        ("GET", "/__emulator/health"),
        ("POST", "/__emulator/v1/reset"),
        ("POST", "/__emulator/ui/"),
    ],
)
def test_a_link_opens_nothing_else_of_the_control_plane(entry_point, method, path):
    answer = entry_point(method, path, **FROM_ANOTHER_SITE, Sec_Fetch_Dest="document")

    assert answer.status == 403


def test_scripts_and_types_are_for_pages_of_any_origin_and_nothing_else_is(entry_point):
    for path in ("/", "/tt/state", CONTROL, "/nothing"):
        assert entry_point("GET", path).headers["cross-origin-resource-policy"] == "same-origin"


def test_a_control_answer_never_has_cors_headers(entry_point, used):
    own = {"Host": "localhost:9999", "Origin": "http://localhost:9999"}
    for method, path, body in ROUTES:
        if path.startswith("/__emulator") and not path.endswith(("/events", "/wait")):
            answer = entry_point(method, path, body, **JSON, **own)
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
