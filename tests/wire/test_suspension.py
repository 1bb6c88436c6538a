"""A request that waits for calls costs no thread, and its answer is what it would have been."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from entry_points import FlaskEntryPoint
from harness import Bench
from tt_emulator.wire.bridge import MAX_THREADS
from wire.asgi import AsgiRequest, bridge_to

WAIT, VERIFY = "/__emulator/v1/requests/wait", "/__emulator/v1/requests/verify"
LOGINS = {"match": {"api": "login"}, "count": 1, "timeout_ms": 60_000}


def run(act: Callable[[Bench, Callable[..., AsgiRequest]], Awaitable[None]]) -> None:
    """Do that on a loop, with a bench and a way to ask the server over it."""

    async def on_a_loop() -> None:
        bench = Bench()
        bridge = bridge_to(bench)
        await act(bench, lambda *parts: AsgiRequest(bridge, *parts))

    asyncio.run(asyncio.wait_for(on_a_loop(), 60))


async def waiting(bench: Bench, number: int = 1) -> None:
    """Give the loop turns until so many wait for calls of login."""
    journal = bench.world.journal
    while journal.waiting() < number:
        await asyncio.sleep(0.001)


def test_a_thousand_who_wait_cost_no_thread_more_than_are_kept_for_requests():
    async def wait_and_see(bench: Bench, ask: Callable[..., AsgiRequest]) -> None:
        before = threading.active_count()
        requests = [ask("POST", WAIT, LOGINS) for _ in range(1000)]
        await waiting(bench, 1000)
        assert threading.active_count() <= before + MAX_THREADS

        bench.call("login")

        answers = [await one.answer() for one in requests]
        assert answers == [{"ok": True, "count": 1, "differences": [], "gaps_ms": []}] * 1000
        assert bench.world.journal.waiting() == 0

    run(wait_and_see)


def test_the_answer_is_as_that_of_a_request_that_did_not_have_to_wait():
    async def compare(bench: Bench, ask: Callable[..., AsgiRequest]) -> None:
        waited = ask("POST", WAIT, LOGINS)
        await waiting(bench)
        bench.call("login")
        at_once = ask("POST", WAIT, LOGINS)

        assert await waited.answer() == await at_once.answer()
        assert (waited.status, waited.headers) == (at_once.status, at_once.headers)
        assert waited.headers["content-length"] == str(len(waited.body))

    run(compare)


@pytest.mark.parametrize("path", [WAIT, VERIFY])
def test_when_the_time_is_over_it_is_told_what_was_found(path):
    async def wait_in_vain(bench: Bench, ask: Callable[..., AsgiRequest]) -> None:
        bench.call("login")
        answer = await ask("POST", path, {"count": 2, "timeout_ms": 20}).answer()

        assert (answer["ok"], answer["count"]) == (False, 1)
        assert bench.world.journal.waiting() == 0

    run(wait_in_vain)


def test_a_client_that_leaves_waits_no_longer():
    async def leave(bench: Bench, ask: Callable[..., AsgiRequest]) -> None:
        leaves, stays = ask("POST", WAIT, LOGINS), ask("POST", WAIT, LOGINS)
        await waiting(bench, 2)

        await leaves.leave()

        assert bench.world.journal.waiting() == 1
        assert leaves.status is None
        bench.call("login")
        assert (await stays.answer())["ok"]

    run(leave)


def test_who_waits_in_a_world_that_is_dropped_is_released_and_does_not_make_it_anew():
    async def drop(bench: Bench, ask: Callable[..., AsgiRequest]) -> None:
        request = ask("POST", f"{WAIT}?world=short", LOGINS)
        while "short" not in bench.engine.worlds.names():
            await asyncio.sleep(0.001)
        bench.engine.worlds.drop("short")

        answer = await request.answer()

        assert (answer["ok"], answer["count"]) == (False, 0)
        assert "short" not in bench.engine.worlds.names()

    run(drop)


def test_the_end_of_the_server_lets_go_of_who_waits():
    async def end(bench: Bench, ask: Callable[..., AsgiRequest]) -> None:
        request = ask("POST", WAIT, LOGINS)
        await waiting(bench)

        bench.engine.worlds.close()

        assert (await request.answer())["ok"] is False

    run(end)


def test_a_count_that_nobody_can_know_any_more_is_refused_and_not_guessed(monkeypatch):
    async def lose_count(bench: Bench, ask: Callable[..., AsgiRequest]) -> None:
        bench.call("login", player="ann")
        request = ask("POST", WAIT, {"match": {"player": "bob"}, "timeout_ms": 60_000})
        await waiting(bench)
        monkeypatch.setattr("tt_emulator.journal.budget.Budget.take_counter", lambda *_: False)
        bench.call("checkSession", player="eve")
        bench.world.journal.clear(api="login")

        answer = await request.answer()

        assert (request.status, answer["code"]) == (409, "not-counted")

    run(lose_count)


@pytest.mark.parametrize("path", [WAIT, VERIFY])
def test_under_any_other_server_the_request_waits_in_its_thread(path):
    entry_point = FlaskEntryPoint("default")
    answers: list[Any] = []
    body = json.dumps(LOGINS).encode()

    def ask() -> None:
        answers.append(entry_point("POST", path, body, Content_Type="application/json"))

    thread = threading.Thread(target=ask)
    thread.start()
    while not entry_point.bench.world.journal.waiting():
        pass

    entry_point.bench.call("login")

    thread.join(30)
    assert answers[0].json == {"ok": True, "count": 1, "differences": [], "gaps_ms": []}
    assert "content-length" in answers[0].headers
