"""Where what a game asks may go: to this machine alone, whatever the address looks like."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.config import Settings
from tt_emulator.errors import SettingsError
from tt_emulator.wire.outgoing.places import (
    LOOPBACK,
    Elsewhere,
    Folder,
    Places,
    Server,
    places,
)

OF_THIS_MACHINE = {
    "http://127.0.0.1:9000/a?b=c": ("127.0.0.1",),
    "http://127.8.9.10/": ("127.8.9.10",),
    "http://[::1]:9000/": ("::1",),
    "http://localhost:9000/": LOOPBACK,
    "http://LocalHost./": LOOPBACK,
    "http://api.localhost/": LOOPBACK,
    "http://user:secret@localhost/": LOOPBACK,
    "http://1.localhost/": LOOPBACK,
    "http://127.0.0.1./": ("127.0.0.1",),
    "http://[0:0:0:0:0:0:0:1]/": ("::1",),
}
ELSEWHERE = {
    "https://example.com/": "example.com",
    "https://API.Example.com./x": "api.example.com",
    "http://localhost.example.com/": "localhost.example.com",
    "http://localhost@example.com/": "example.com",
    "http://127.0.0.1@example.com:80/": "example.com",
    "http://127.0.0.1.example.com/": "127.0.0.1.example.com",
    "http://0.0.0.0:8717/": "0.0.0.0",
    "http://192.168.1.5/": "192.168.1.5",
    "http://2130706433/": "2130706433",
    "http://0x7f000001/": "0x7f000001",
    "http://127.1/": "127.1",
    "http://[::ffff:8.8.8.8]/": "::ffff:8.8.8.8",
    "http://notlocalhost/": "notlocalhost",
}


@pytest.mark.parametrize(("url", "addresses"), OF_THIS_MACHINE.items())
def test_an_address_of_this_machine_is_asked_as_it_is(url, addresses):
    place = Places().of(url)

    assert isinstance(place, Server)
    assert place.addresses == addresses


@pytest.mark.parametrize(("url", "host"), ELSEWHERE.items())
def test_any_other_is_elsewhere(url, host):
    assert Places().of(url) == Elsewhere(host)


NAMES = st.from_regex(
    r"([a-z0-9-]{1,3}\.){0,3}(localhost|127\.0\.0\.1|\[::1\])\.{0,2}(:[0-9]{1,5})?", fullmatch=True
)


@given(NAMES | st.text(st.characters(codec="ascii", exclude_characters="/?#"), min_size=1))
def test_whatever_stands_as_a_host_nothing_but_loopback_is_connected_to(host):
    try:
        place = Places().of(f"http://{host}/")
    except (ValueError, KeyError):
        return

    if isinstance(place, Server):
        assert all(ip_address(address).is_loopback for address in place.addresses)


def test_a_port_goes_by_the_scheme():
    assert Places().of("http://localhost/").port == 80
    assert Places().of("https://localhost/") == Server(LOOPBACK, 443, True, "/", "localhost")


def test_a_folder_answers_for_a_host_by_path(tmp_path):
    mapped = places([f"CDN.example.com={tmp_path}"])

    for url in ("https://cdn.example.com/a/b%20c.png?v=1", "http://cdn.example.com:81//a/b c.png"):
        place = mapped.of(url)
        assert isinstance(place, Folder)
        assert place.path == "a/b c.png"
    assert mapped.of("https://other.example.com/") == Elsewhere("other.example.com")


def test_a_server_answers_for_a_host_below_its_own_path():
    mapped = places(["api.example.com=http://127.0.0.1:9000/v1/"])

    assert mapped.of("https://api.example.com/a?b=c") == Server(
        ("127.0.0.1",), 9000, False, "/v1/a?b=c", "api.example.com"
    )


def test_a_host_with_a_port_is_that_port_alone(tmp_path):
    mapped = places([f"api.example.com:8443={tmp_path}"])

    assert isinstance(mapped.of("https://api.example.com:8443/"), Folder)
    assert mapped.of("https://api.example.com/") == Elsewhere("api.example.com")


def test_what_is_no_folder_answers_for_nobody(tmp_path):
    with pytest.raises(SettingsError, match="there is no folder"):
        places([f"cdn.example.com={tmp_path / 'none'}"])


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "https://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com",
        "ftp://127.0.0.1",
        "http://0.0.0.0:9000",
    ],
)
def test_a_server_that_is_not_of_this_machine_cannot_answer_for_a_host(url):
    with pytest.raises(SettingsError, match="a server of this machine"):
        Settings(map=(f"api.example.com={url}",))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9000", "https://localhost/base", "http://[::1]:80", "http://a.localhost"],
)
def test_one_of_this_machine_can(url):
    Settings(map=(f"api.example.com={url}",))
