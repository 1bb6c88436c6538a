"""Where a page may open a WebSocket: nothing is connected to, and nothing but this machine told."""

import pytest

from tt_emulator.domain.outgoing import Located, Outcome, Outgoing, Refused, Request, Unanswered
from tt_emulator.wire.outgoing.outside import Outside
from tt_emulator.wire.outgoing.places import places


def located(url: str, outside: Outside | None = None, **fields: float) -> Outcome:
    request = Request(method="GET", url=url, opens=True, **fields)
    return (outside or Outside()).block(Outgoing("connectSocket", request))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("ws://127.0.0.1:9000/a?b=c", "ws://127.0.0.1:9000/a?b=c"),
        ("wss://localhost:9000", "wss://localhost:9000/"),
        ("ws://LocalHost./", "ws://localhost:80/"),
        ("wss://api.localhost/", "wss://localhost:443/"),
        ("ws://[::1]:9000/", "ws://localhost:9000/"),
        ("ws://user:secret@localhost:9/", "ws://localhost:9/"),
    ],
)
def test_of_this_machine_it_is_an_address_that_the_page_s_policy_allows(url: str, address: str):
    assert located(url) == Located(address, 60_000)


@pytest.mark.parametrize(
    "url",
    ["wss://game.example.com/", "ws://192.168.1.5:9/", "ws://0.0.0.0/", "ws://localhost@a.b/"],
)
def test_any_other_host_is_refused(url: str):
    assert isinstance(located(url), Refused)


@pytest.mark.parametrize(
    ("stand_in", "address"),
    [
        ("http://127.0.0.1:9000/base", "ws://127.0.0.1:9000/base/room?a=1"),
        ("https://localhost:9000", "wss://localhost:9000/room?a=1"),
    ],
)
def test_what_stands_in_for_a_host_says_whether_there_is_tls(stand_in: str, address: str):
    outside = Outside(places([f"game.example.com={stand_in}"]))

    assert located("wss://game.example.com/room?a=1", outside) == Located(address, 60_000)


def test_a_folder_opens_no_sockets(tmp_path):
    outside = Outside(places([f"game.example.com={tmp_path}"]))

    outcome = located("wss://game.example.com/", outside)

    assert outcome == Unanswered(
        "network-unavailable", "a folder stands in for the host, and opens no sockets"
    )


@pytest.mark.parametrize(
    "url",
    ["ws://127.0.0.1:8717/__emulator/v1/events", "ws://localhost/%5f_emulator/", "ws://127.0.0.2/"],
)
def test_neither_the_control_plane_nor_what_the_policy_does_not_allow_is_told(url: str):
    assert isinstance(located(url), Unanswered)


def test_it_is_waited_for_as_the_game_or_its_package_says():
    outside = Outside(timeouts_ms={"connectSocket": 3000})

    assert located("ws://localhost/", outside) == Located("ws://localhost:80/", 3000)
    assert located("ws://localhost/", outside, timeout_ms=5.0).timeout_ms == 5
    assert located("ws://localhost/", outside, timeout_ms=1e9).timeout_ms == 60_000
