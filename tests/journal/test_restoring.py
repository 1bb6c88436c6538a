"""A journal that is made again, of what its deeds wrote or of all that it was, is the same."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import as_json
from journal.restored import CATALOG, Written, by_deeds, by_the_whole, seen
from tt_emulator.domain.model import Call, Reply
from tt_emulator.errors import BadRequest
from tt_emulator.journal import Budget, Exchange
from tt_emulator.journal.match import Match

APIS = st.sampled_from(["login", "checkSession", "setUserCloudStorage"])
PLAYERS = st.sampled_from(["ann", "bob", "名前"])
CLEARS = st.fixed_dictionaries(
    {"api": st.none() | APIS, "player": st.none() | PLAYERS},
    optional={
        "after": st.integers(0, 12),
        "until": st.integers(0, 12),
        "limit": st.integers(0, 5),
    },
)
OPTIONS = st.sampled_from(
    [
        b"{}",
        b'{\n  "a": [\n1, 2],\r\n "b": "\\n"\n}\n',
        b'{"a":"\\ud83d\\ude00\\u0000\\/"}',
        '{"名":"é\u2028\x7f"}'.encode(),
        json.dumps({"a": "x" * 300}).encode(),
        b'{"a":123456789012345678901234567890,"b":1E+2}',
    ]
)
BODIES = st.sampled_from(
    [
        {"errMsg": "ok"},
        {"errMsg": "ok", "data": [{"value": "é" * 200}, None, 1.5]},
        {"errMsg": "ok", "code": "a secret"},
        {"errMsg": "ok", "text": "x" * 1_100_000},
    ]
)
REPLIES = st.builds(
    Reply,
    BODIES,
    st.sampled_from([None, "network-unavailable", "session-failure"]),
    st.sampled_from(["", "because"]),
    st.sampled_from(["", "example.com"]),
    st.sampled_from(["", '{"id":1}']),
)


class Ending(NamedTuple):
    """How a call ends."""

    reply: Reply | None
    lost: bool
    failed: bool
    took_ms: int


ENDINGS = st.builds(Ending, st.none() | REPLIES, st.booleans(), st.booleans(), st.integers(0, 99))
DEEDS = st.one_of(
    st.tuples(st.just("open"), APIS, PLAYERS, st.none() | st.sampled_from("abc"), OPTIONS),
    st.tuples(st.just("close"), st.integers(0, 9), ENDINGS),
    st.tuples(st.just("call"), APIS, PLAYERS, st.none() | st.sampled_from("de"), OPTIONS, ENDINGS),
    st.tuples(st.just("clear"), CLEARS),
    st.tuples(st.just("publish"), st.sampled_from(["state", "faults"])),
)
MATCHES = st.builds(
    Match,
    api=st.none() | APIS,
    player=st.none() | PLAYERS,
    ok=st.none() | st.booleans(),
    error=st.sampled_from([None, "network-unavailable", "lost", "emulator-failure"]),
)


class Life:
    """Deeds of a journal, as the engine does them: each call that takes time is kept first."""

    def __init__(self) -> None:
        self.written = Written()
        self.under_way: list[Exchange] = []

    def do(self, deed: tuple[Any, ...]) -> None:
        name, *arguments = deed
        with self.written.deed:
            getattr(self, name)(*arguments)
        self.written.feed.show()

    def open(self, api: str, player: str, call_id: str | None, sent: bytes) -> Exchange | None:
        known = CATALOG.apis[api]
        options = json.loads(sent)
        call = Call(known, options, player=player, call_id=call_id, sent=sent, proxy=None)
        try:
            exchange = self.written.journal.open(call)
        except BadRequest:
            return None
        if exchange.answered_ns is None and exchange not in self.under_way:
            self.under_way.append(exchange)
            self.written.journal.keep(exchange)
        return exchange

    def close(self, which: int, ending: Ending) -> None:
        if self.under_way:
            exchange = self.under_way.pop(which % len(self.under_way))
            reply, exchange.lost, exchange.failed, took_ms = ending
            if reply is not None:
                exchange.say(reply)
            self.written.clock.ms += took_ms
            self.written.journal.close(exchange)

    def call(self, api: str, player: str, call_id: str | None, sent: bytes, ending: Ending) -> None:
        exchange = self.open(api, player, call_id, sent)
        if exchange in self.under_way:
            self.close(self.under_way.index(exchange), ending)

    def clear(self, chosen: dict[str, Any]) -> None:
        self.written.journal.clear(**chosen)

    def publish(self, kind: str) -> None:
        self.written.feed.publish(kind)


@pytest.mark.parametrize("again", [by_deeds, by_the_whole])
@given(deeds=st.lists(DEEDS, max_size=25), match=MATCHES, more=st.lists(DEEDS, max_size=4))
@settings(max_examples=60)
def test_it_shows_and_counts_the_same(
    again: Callable[[Written], Written],
    deeds: list[tuple[Any, ...]],
    match: Match,
    more: list[tuple[Any, ...]],
) -> None:
    life = Life()
    for deed in deeds:
        life.do(deed)
    twin = Life()
    twin.written = again(life.written)
    twin.written.clock.ms = life.written.clock.ms
    assert seen(twin.written) == seen(life.written)
    assert twin.written.journal.count(match) == life.written.journal.count(match)
    for each in (life, twin):
        each.under_way = [
            exchange for exchange in each.written.journal.find() if exchange.answered_ns is None
        ]
        for deed in more:
            each.do(deed)
    assert seen(twin.written) == seen(life.written)
    assert twin.written.journal.count(match) == life.written.journal.count(match)


def test_a_call_under_way_is_that_call_again_under_its_id() -> None:
    life = Life()
    life.do(("open", "login", "ann", "a", b'{"force":false}'))
    twin = Life()
    twin.written = by_deeds(life.written)
    twin.do(("call", "login", "ann", "a", b'{"force":false}', Ending(Reply({}), False, False, 1)))
    (exchange,) = twin.written.journal.find()
    assert (exchange.id, exchange.outcome, exchange.call.options) == (1, "ok", {"force": False})
    assert twin.written.journal.count(Match()) == 1


def test_its_ids_go_on_after_all_was_cleared() -> None:
    life = Life()
    for _ in range(3):
        life.do(("call", "login", "ann", None, b"{}", Ending(Reply({}), False, False, 1)))
    life.do(("clear", {}))
    for again in (by_deeds, by_the_whole):
        twin = Life()
        twin.written = again(life.written)
        twin.do(("open", "login", "ann", None, b"{}"))
        assert [exchange.id for exchange in twin.written.journal.find()] == [4]


def test_of_very_many_calls_the_latest_are_held_and_all_are_counted() -> None:
    life = Life()
    for _ in range(1203):
        life.do(("call", "login", "ann", None, b"{}", Ending(Reply({}), False, False, 0)))
    for again in (by_deeds, by_the_whole):
        twin = again(life.written)
        assert twin.journal.held() == 1000
        assert twin.journal.count(Match(player="ann")) == 1203
        assert seen(twin) == seen(life.written)


def test_one_that_has_room_for_less_holds_the_latest() -> None:
    life = Life()
    for _ in range(20):
        life.do(("call", "login", "ann", None, b"{}", Ending(Reply({}), False, False, 0)))
    whole = [*life.written.journal.written(), life.written.feed.written()]
    small = Written(Budget(max_bytes=8 * 1024))
    small.restore(map(msgspec.json.encode, whole))
    assert [exchange.id for exchange in small.journal.find()] == [16, 17, 18, 19, 20]
    assert small.journal.count(Match()) == 20


def test_it_keeps_secrets_out_of_what_is_shown_and_not_out_of_what_is_answered() -> None:
    life = Life()
    reply = Reply({"errMsg": "ok", "code": "c-1"})
    life.do(("call", "login", "ann", "a", b'{"token":"t"}', Ending(reply, False, False, 0)))
    (exchange,) = by_deeds(life.written).journal.find()
    assert exchange.answer() == reply
    shown = as_json(exchange.view())
    assert (shown["options"], shown["reply"]["code"]) == ({"token": "[redacted]"}, "[redacted]")
