"""Who may call: the rules by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.config import Settings
from tt_emulator.errors import Forbidden
from tt_emulator.wire.guard import PUBLIC, Guard, GuardedRequest

LOCAL = Guard(Settings(), None)
DATA, CONTROL = "/tt/setUserCloudStorage", "/__emulator/v1/faults"
PATHS = ["/", DATA, "/tt/state", "/nothing", CONTROL, "/__emulator/health"]

EVIL_HOSTS = [
    "",
    " ",
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "localhost.evil",
    "evillocalhost",
    "evil.example:8717",
    "localhost..",
    ".localhost",
    "..localhost",
    "-.localhost",
    "0.0.0.0",
    "0.0.0.0:8717",
    "0",
    "[::]",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.1",
    "127.0.0.2",
    "[::ffff:127.0.0.1]",
    "::1",
    "[::1",
    "[::1]evil",
    "[::1]:x",
    "localhost:",
    "localhost:x",
    "localhost:-1",
    "localhost:123456",
    "localhost:80:80",
    "localhost@evil.example",
    "evil.example@localhost",
    "user:secret@localhost",
    "localhost/evil",
    "localhost#",
    "localhost?x",
    "localhost, evil.example",
    "localhost evil.example",
    "http://localhost",
    "l\u00f6calhost",
    "ⅼocalhost".encode().decode("latin-1"),
    "a." * 5000 + "example",
    "localhost" * 500,
]
UNSENDABLE = ["localhost\x00", "local\x01host", "localhost\x7f", "localhost\n", "localhost\r\nX: y"]
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
    "",
    "null",
    "https://evil.example",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "http://evil.example:8717",
    "http://evillocalhost",
    "http://localhost@evil.example",
    "http://evil.example#localhost",
    "http://evil.example/localhost",
    "http://localhost/",
    "http://localhost:x",
    "http://0.0.0.0:8717",
    "http://[::]",
    "http://2130706433",
    "HTTP://EVIL.EXAMPLE",
    "HTTP://LOCALHOST",
    "file://",
    "file://localhost",
    "ftp://localhost",
    "ws://localhost",
    "chrome-extension://localhost",
    "javascript://localhost",
    "http:localhost",
    "//localhost",
    "localhost",
    "http://localhost https://evil.example",
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
ALIEN_TO_CONTROL = [
    *EVIL_ORIGINS,
    "http://localhost:3000",
    "https://localhost:8717",
    "http://127.0.0.1:8717",
]


def admitted(guard, path=DATA, hosts=("localhost:8717",), origin=None, **fields):
    try:
        guard.admit(GuardedRequest(path, hosts, origin, **fields))
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize("host", EVIL_HOSTS + UNSENDABLE)
def test_a_host_that_is_not_this_machine_is_served_nothing(host):
    for path in PATHS:
        assert not admitted(LOCAL, path, (host,))


@pytest.mark.parametrize("hosts", [(), ("localhost", "localhost"), ("localhost", "evil.example")])
def test_a_request_names_one_host(hosts):
    for path in PATHS:
        assert not admitted(LOCAL, path, hosts)


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_this_machine_is_served_by_all_its_names(host):
    for path in PATHS:
        assert admitted(LOCAL, path, (host,))


@given(host=st.text(max_size=30) | st.from_regex(r"[a-z0-9.\[\]:@-]{1,20}localhost[.:a-z0-9]{0,5}"))
def test_no_host_is_served_that_a_browser_could_look_up_elsewhere(host):
    if admitted(LOCAL, DATA, (host,)):
        name = host.lower().rsplit(":", 1)[0] if not host.endswith("]") else host
        assert name.rstrip(".").endswith("localhost") or name in (
            "127.0.0.1",
            "127.0.0.1.",
            "[::1]",
        )


def test_the_address_it_listens_on_is_a_name_of_its_own():
    guard = Guard(Settings(host="192.168.1.5"), "t")

    assert admitted(guard, DATA, ("192.168.1.5:8717",))
    assert admitted(guard, DATA, ("127.0.0.1:8717",))
    assert not admitted(guard, DATA, ("192.168.1.6:8717",))


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_on_all_addresses_it_is_served_by_address_and_not_by_name(host):
    guard = Guard(Settings(host=host), "t")

    for literal in ("192.168.1.5:8717", "10.0.0.1", "[fd00::1]:8717", "localhost"):
        assert admitted(guard, DATA, (literal,)), literal
    for other in ("0.0.0.0:8717", "[::]:8717", "evil.example", "3232235781", "192.168.1.05", ""):
        assert not admitted(guard, DATA, (other,)), other


def test_names_below_a_further_host_are_served():
    guard = Guard(Settings(allowed_host=(".preview.example", "*.Dev.example")), None)

    for host in ("a1.preview.example", "8717-a.b.preview.example:443", "X.dev.example."):
        assert admitted(guard, CONTROL, (host,)), host
    for host in ("preview.example", "xpreview.example", "a.preview.example.evil", "dev.example"):
        assert not admitted(guard, CONTROL, (host,)), host


@pytest.mark.parametrize("path", [DATA, CONTROL])
def test_a_proxy_that_speaks_https_gives_our_own_page_its_origin(path):
    guard = Guard(Settings(allowed_host=(".preview.example",)), None)
    host = ("a1.preview.example",)

    assert admitted(guard, path, host, "https://a1.preview.example")
    assert not admitted(guard, path, host, "https://a2.preview.example")
    assert not admitted(guard, path, host, "https://a1.preview.example:444")


def test_without_such_a_name_https_is_another_origin():
    assert not admitted(LOCAL, CONTROL, ("localhost",), "https://localhost")


def refusal(guard, path=DATA, hosts=("localhost",), origin=None):
    with pytest.raises(Forbidden) as caught:
        guard.admit(GuardedRequest(path, hosts, origin))
    return caught.value


@pytest.mark.parametrize(
    ("host", "value"),
    [
        ("A1.Preview.example:8717", "a1.preview.example"),
        ("emulator:8717", "emulator"),
        ("192.168.1.5", "192.168.1.5"),
        ("[FD00::1]:8717", "fd00::1"),
        ("evil.example.", "evil.example"),
    ],
)
def test_the_hint_has_the_flag_that_serves_the_host(host, value):
    hint = refusal(LOCAL, hosts=(host,)).hint

    assert hint.endswith(f" --allowed-host {value}")
    assert admitted(Guard(Settings(allowed_host=(value,)), None), DATA, (host,))


@pytest.mark.parametrize("host", ["0.0.0.0:8717", "", "a b", "127.1", "localhost, evil.example"])
def test_the_hint_has_no_flag_where_none_would_help(host):
    error = refusal(LOCAL, hosts=(host,))

    assert "--allowed-host" not in error.hint
    assert "http://localhost" in error.hint


@pytest.mark.parametrize("origin", ["null", "https://game.test", "http://192.168.1.5:7456"])
def test_the_hint_has_the_flag_that_lets_the_page_in(origin):
    *_, value = refusal(LOCAL, origin=origin).hint.partition("--allow-origin ")

    assert value == origin
    assert admitted(Guard(Settings(allow_origin=(value,)), None), DATA, origin=origin)


@pytest.mark.parametrize("origin", ["file://", "http://localhost/", "x" * 2000, "a, b"])
def test_the_hint_has_no_flag_for_what_is_no_origin(origin):
    error = refusal(LOCAL, origin=origin)

    assert "--allow-origin" not in error.hint
    assert len(error.detail) < 400


def test_public_files_go_to_pages_of_every_origin_but_by_known_hosts_only():
    for path in PUBLIC:
        for origin in (None, "null", "https://evil.example", "http://localhost:3000"):
            for method in ("GET", "HEAD"):
                headers = dict(
                    LOCAL.admit(GuardedRequest(path, ("localhost",), origin, method=method))
                )
                assert headers["Access-Control-Allow-Origin"] == "*"
        assert not admitted(LOCAL, path, ("evil.example",), method="GET")
        assert not admitted(LOCAL, path, origin="null", method="POST")


@pytest.mark.parametrize(
    ("host", "mode", "readable"),
    [
        ("localhost:8717", "cors", True),
        ("localhost:8717", None, False),
        ("localhost:8717", "no-cors", False),
        ("192.168.1.5:8717", None, True),  # there a browser does not say what reads
        ("192.168.1.5:8717", "no-cors", False),
        ("evil.example", "cors", False),
    ],
)
def test_who_is_refused_may_read_why_if_a_script_waits_for_it(host, mode, readable):
    guard = Guard(Settings(host="0.0.0.0"), "t")
    request = GuardedRequest(DATA, (host,), "https://evil.example", fetch_mode=mode)

    headers = dict(guard.readable(request))

    assert ("Access-Control-Allow-Origin" in headers) is readable
    assert "Access-Control-Allow-Headers" not in headers


def test_nobody_may_read_a_refusal_of_the_control_plane_or_of_a_preflight():
    for path, method in ((CONTROL, "GET"), (DATA, "OPTIONS"), ("/__emulator/ui/", "GET")):
        request = GuardedRequest(path, ("localhost",), "null", method=method, fetch_mode="cors")
        assert LOCAL.readable(request) == ()


def test_a_further_host_is_served_by_its_whole_name():
    guard = Guard(Settings(allowed_host=("Emulator.test",)), None)

    for host in ("emulator.test", "EMULATOR.test:8717", "emulator.test.", "localhost"):
        assert admitted(guard, CONTROL, (host,)), host
    for host in ("a.emulator.test", "emulator.test.evil.example", "emulator_test"):
        assert not admitted(guard, CONTROL, (host,)), host


@pytest.mark.parametrize("origin", EVIL_ORIGINS)
def test_a_page_from_elsewhere_may_do_nothing(origin):
    for path in PATHS:
        assert not admitted(LOCAL, path, origin=origin)


@pytest.mark.parametrize("origin", [*GOOD_ORIGINS, "http://localhost:8717"])
def test_a_page_of_this_machine_may_call_the_data_plane_and_is_told_so(origin):
    headers = dict(LOCAL.admit(GuardedRequest(DATA, ("127.0.0.1:8717",), origin)))

    assert headers["Access-Control-Allow-Origin"] == origin
    assert headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in headers
    for name in ("World", "Player", "Domain", "Call"):
        assert f"X-Emulator-{name}" in headers["Access-Control-Allow-Headers"]
    for name in ("Request-Id", "Fault", "Reason"):
        assert f"X-Emulator-{name}" in headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("origin", ALIEN_TO_CONTROL)
def test_only_its_own_pages_may_call_the_control_plane(origin):
    for path in (CONTROL, "/__emulator/health", "/__emulator", "/__emulator/v1/reset"):
        assert not admitted(LOCAL, path, origin=origin)


def test_its_own_page_gets_no_cors_headers_from_the_control_plane():
    for host in ("localhost:8717", "LOCALHOST:8717"):
        assert LOCAL.admit(GuardedRequest(CONTROL, (host,), "http://localhost:8717")) == ()
    assert LOCAL.admit(GuardedRequest(CONTROL, ("localhost:8717",))) == ()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_tells_of_another_site_is_believed(site):
    assert not admitted(LOCAL, CONTROL, fetch_site=site)
    assert admitted(LOCAL, DATA, fetch_site=site)


@pytest.mark.parametrize("site", [None, "same-origin", "none"])
def test_a_program_or_an_address_typed_in_may_read_the_control_plane(site):
    assert admitted(LOCAL, CONTROL, fetch_site=site)


def test_a_further_origin_may_call_the_data_plane_only():
    guard = Guard(Settings(allow_origin=("null", "https://game.test")), None)

    for origin in ("null", "https://game.test"):
        assert admitted(guard, DATA, origin=origin)
        assert not admitted(guard, CONTROL, origin=origin)
    for origin in ("http://game.test", "https://game.test:444", "https://a.game.test"):
        assert not admitted(guard, DATA, origin=origin)


REMOTE = Guard(Settings(host="0.0.0.0"), "s3cret")


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "s3cret",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer s3cre",
        "Bearer s3cret2",
        "Bearer  s3cret",
        "Bearer s3cret ",
        "Bearer s\u00e9cret",
        "bearer s3cret",
        "Basic s3cret",
    ],
)
def test_with_a_token_the_control_plane_is_for_those_who_have_it(authorization):
    for path in (
        CONTROL,
        "/__emulator/v1/requests",
        "/__emulator/health/",
        "/__emulator/v1/health",
    ):
        assert not admitted(REMOTE, path, authorization=authorization)


def test_with_its_token_the_control_plane_is_open():
    assert admitted(REMOTE, CONTROL, authorization="Bearer s3cret")
    assert admitted(REMOTE, CONTROL, ("192.168.1.5",), authorization="Bearer s3cret")


def test_a_token_opens_neither_another_host_nor_another_origin():
    key = "Bearer s3cret"

    assert not admitted(REMOTE, CONTROL, ("evil.example",), authorization=key)
    assert not admitted(REMOTE, CONTROL, origin="https://evil.example", authorization=key)
    assert not admitted(REMOTE, CONTROL, fetch_site="cross-site", authorization=key)


def test_without_a_token_health_is_told_and_games_are_served():
    for path in ("/__emulator/health", "/__emulator/ready", DATA, "/tt.js", "/"):
        assert admitted(REMOTE, path, method="GET")


def test_on_loopback_a_token_is_asked_for_if_there_is_one():
    guard = Guard(Settings(token="mine"), "mine")

    assert not admitted(guard, CONTROL)
    assert admitted(guard, CONTROL, authorization="Bearer mine")
