"""tt.connectSocket: what is asked of a game's options, and what the game gets of the outcome."""

import json

import pytest

from tt_emulator.domain.outgoing import Located, Refused, Request, Unanswered

URL = "wss://localhost:9000/room"


def refused(bench, **options) -> str:
    reply = bench.reply("connectSocket", {"url": URL} | options)
    assert reply.body == {"errMsg": "connectSocket:fail invalid param", "errNo": 20001}
    assert not bench.asked
    return reply.reason


def test_nothing_is_sent_and_the_page_is_told_where_it_may_open(bench):
    bench.outcome = Located("wss://localhost:9000/room", 1500.0)

    reply = bench.reply("connectSocket", {"url": URL, "timeout": 1500, "protocols": ["a", "b"]})

    assert reply.body == {"errMsg": "connectSocket:ok"}
    assert json.loads(reply.task) == {
        "address": "wss://localhost:9000/room",
        "timeout_ms": 1500,
    }
    assert bench.asked == [Request(method="GET", url=URL, timeout_ms=1500, opens=True)]


@pytest.mark.parametrize("url", ["ws://localhost/", "wss://127.0.0.1:9/", "WSS://localhost/"])
def test_a_socket_address_is_taken_with_and_without_tls(bench, url):
    assert bench.call("connectSocket", {"url": url})["errMsg"] == "connectSocket:ok"


@pytest.mark.parametrize(
    "url", ["http://localhost/", "https://a.example.com/", "ws://", "a", "//b/"]
)
def test_another_address_is_refused(bench, url):
    assert "ws or wss" in refused(bench, url=url)


@pytest.mark.parametrize("protocols", [["a", "a"], ["a b"], [""], ["\u4e2d"]])
def test_protocols_that_no_handshake_can_name_are_refused(bench, protocols):
    assert "protocols" in refused(bench, protocols=protocols)


def test_a_host_that_is_not_of_this_machine_fails_in_the_platform_s_words(bench):
    bench.outcome = Refused("game.example.com")

    reply = bench.reply("connectSocket", {"url": "wss://game.example.com/?key=secret"})

    assert reply.body == {"errMsg": "connectSocket:fail url is not valid domain"}
    assert (reply.refused_host, reply.task) == ("game.example.com", "")
    assert "--map game.example.com=URL" in reply.reason
    assert "secret" not in reply.reason


def test_a_player_who_is_offline_has_no_socket(bench):
    bench.world.players.put("player-1", {"network": "offline"})

    reply = bench.reply("connectSocket", {"url": URL})

    assert reply.body == {"errMsg": "connectSocket:fail network unavailable"}
    assert not bench.asked


def test_where_nobody_can_be_reached_it_fails(bench):
    bench.outcome = Unanswered("network-unavailable", "why")

    reply = bench.reply("connectSocket", {"url": URL})

    assert reply.body == {"errMsg": "connectSocket:fail network unavailable"}
    assert reply.reason == "why"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_armed_fault_leaves_no_address(bench, arm, moment):
    arm(error="timed-out", api="connectSocket", moment=moment)

    reply = bench.reply("connectSocket", {"url": URL})

    assert (reply.body, reply.task) == ({"errMsg": "connectSocket:fail timeout"}, "")
