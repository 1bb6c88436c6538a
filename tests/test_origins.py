"""What a flag lets in: whatever is taken can match what it names, the rest says why it cannot."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.config import Settings
from tt_emulator.errors import Forbidden
from tt_emulator.origins import host_pattern, origin_pattern
from tt_emulator.wire.guard import Guard, GuardedRequest

HOSTS = {
    "game.test": (["game.test"], ["a.game.test", "game.test.evil.example", "xgame.test"]),
    "Game.Test.": (["game.test"], ["a.game.test"]),
    ".game.test": (["a.game.test", "a.b.game.test"], ["game.test", "agame.test", ".game.test"]),
    "*.game.test": (["a.game.test", "a.b.game.test"], ["game.test", "agame.test", ".game.test"]),
    "emulator": (["emulator"], ["emulator.test"]),
    "my_service-1": (["my_service-1"], ["my-service-1"]),
    "192.168.1.5": (["192.168.1.5"], ["192.168.1.50", "1192.168.1.5"]),
    "fd00::1": (["[fd00::1]"], ["fd00::1", "[fd00::2]"]),
    "[FD00:0::1]": (["[fd00::1]"], ["[fd00::]"]),
    "xn--mnchen-3ya.de": (["xn--mnchen-3ya.de"], ["münchen.de"]),
}
ORIGINS = {
    "null": (["null"], ["http://null", ""]),
    "http://game.test": (["http://game.test"], ["https://game.test", "http://game.test:80"]),
    "HTTP://Game.Test:80": (["http://game.test"], ["http://game.test:81"]),
    "https://game.test:0443": (["https://game.test"], ["https://game.test:44"]),
    "http://192.168.1.5:7456": (["http://192.168.1.5:7456"], ["http://192.168.1.5:7457"]),
    "http://192.168.1.5:*": (
        ["http://192.168.1.5:1", "http://192.168.1.5"],
        ["https://192.168.1.5"],
    ),
    "https://*.game.test": (
        ["https://a.game.test", "https://a.b.game.test"],
        ["https://game.test", "https://agame.test", "https://a.game.test:1", "http://a.game.test"],
    ),
    "https://.game.test:*": (["https://a.game.test:1"], ["https://game.test:1"]),
    "http://[FD00::0:1]:80": (["http://[fd00::1]"], ["http://[fd00::1]:81"]),
    "chrome-extension://abc": (["chrome-extension://abc"], ["chrome-extension://abcd"]),
}
NO_HOSTS = {
    "": "every host",
    "*": "every host",
    "*.": "every host",
    ".": "every host",
    "http://game.test": "scheme",
    "game.test:80": "port",
    "game.test:*": "port",
    "[::1]:80": "port",
    "game.test/": "path",
    "a.*.test": "*.example.com",
    "a*.test": "*.example.com",
    "*a.test": "*.example.com",
    "two words": "letters, digits",
    "a,b": "letters, digits",
    "user@game.test": "letters, digits",
    "a..b": "letters, digits",
    "-a.test": "letters, digits",
    "[127.0.0.1]": "letters, digits",
    "a" * 300: "letters, digits",
    "münchen.de": "xn--mnchen-3ya.de",
    "0.0.0.0": "--host",
    "::": "--host",
    "127.1": "four numbers",
    "0x7f.0.0.1": "four numbers",
    "192.168.1": "four numbers",
    ".168.1.5": "four numbers",
    "fe80::1%eth0": "%",
}
NO_ORIGINS = {
    "": "scheme",
    "*": "scheme",
    "NULL": "scheme",
    "game.test": "scheme",
    "//game.test": "scheme",
    "http://*": "every host",
    "http://*:7456": "every host",
    "https://*.": "every host",
    "http://game.test/": "slash",
    "http://game.test/path": "path",
    "http://game.test?x": "path",
    "http://game.test#x": "path",
    "http://": "a host",
    "http://:80": "a host",
    "http://game.test:": "a host",
    "http://user@game.test": "a host",
    "http://game.test:0": "port",
    "http://game.test:65536": "port",
    "http://a.*.test": "*.example.com",
    "http://0.0.0.0:8000": "--host",
    "http://127.1:8000": "four numbers",
    "http://münchen.de": "xn--mnchen-3ya.de",
    "file://": "null",
    "ws://game.test": "null",
    "*://game.test": "a host",
    "app://*": "http and https",
    "http://a http://b": "path",
}


@pytest.mark.parametrize("text", HOSTS)
def test_a_host_is_let_in_by_the_names_it_means_and_by_no_other(text: str) -> None:
    means, other = HOSTS[text]
    pattern = host_pattern(text)

    assert [name for name in means if not pattern.matches(name)] == []
    assert [name for name in other if pattern.matches(name)] == []


@pytest.mark.parametrize("text", ORIGINS)
def test_an_origin_lets_in_the_pages_it_means_and_no_other(text: str) -> None:
    means, other = ORIGINS[text]
    pattern = origin_pattern(text)

    assert [origin for origin in means if not pattern.matches(origin)] == []
    assert [origin for origin in other if pattern.matches(origin)] == []


@pytest.mark.parametrize(("text", "why"), NO_HOSTS.items(), ids=lambda each: each[:30])
def test_a_host_that_no_request_could_name_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        host_pattern(text)


@pytest.mark.parametrize(("text", "why"), NO_ORIGINS.items(), ids=lambda each: each[:30])
def test_an_origin_that_no_page_could_have_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        origin_pattern(text)


LABELS = st.from_regex(r"[A-Za-z0-9_*.-]{0,12}", fullmatch=True)
NAMES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["", ".", "*.", "*", "a."]), LABELS),
    st.sampled_from([*HOSTS, *NO_HOSTS]),
    st.text(max_size=12),
)


@given(NAMES)
def test_whatever_host_is_taken_is_served(text: str) -> None:
    """No pattern is taken that the guard could never match."""
    try:
        pattern = host_pattern(text)
    except ValueError:
        return
    guard = Guard(Settings(allowed_host=(text,)), None)
    for name in (
        [f"a.{pattern.name}", f"a.b.{pattern.name}"] if pattern.subdomains else [pattern.name]
    ):
        for host in (name, name.upper(), f"{name}:8717", f"{name}."):
            guard.admit(GuardedRequest("/tt/login", (host,)))


@given(
    st.sampled_from(["http", "https", "HTTP", "ws", "app"]),
    NAMES,
    st.text("0123456789*:", max_size=6),
)
def test_whatever_origin_is_taken_is_let_in(scheme: str, name: str, port: str) -> None:
    text = f"{scheme}://{name}" + (f":{port}" if port else "")
    try:
        pattern = origin_pattern(text)
    except ValueError:
        return
    host = f"a.{pattern.host.name}" if pattern.host.subdomains else pattern.host.name
    ports = (
        ["", ":1", ":65535"]
        if pattern.port == "*"
        else [f":{pattern.port}" if pattern.port else ""]
    )
    for sent in ports:
        origin = f"{pattern.scheme}://{host}{sent}"
        admitted = Guard(Settings(allow_origin=(text,)), None)
        admitted.admit(GuardedRequest("/tt/login", ("localhost",), origin))
        with pytest.raises(Forbidden):
            admitted.admit(GuardedRequest("/tt/login", ("localhost",), f"{origin}.evil.example"))
