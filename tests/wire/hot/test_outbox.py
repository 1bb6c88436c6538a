"""Answers wait for what they tell of, and only for that."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import wraps
from threading import Event, Thread
from typing import Any

import pytest

from tt_emulator.domain.model import Settle
from tt_emulator.errors import WouldWait
from tt_emulator.wire.hot import outbox as outboxes
from tt_emulator.wire.hot.outbox import Outbox


class Elsewhere:
    """Where something is made durable; a byte that comes back on a connection tells that it is.

    `done` are those that were brought to their end, in that order.
    """

    def __init__(self) -> None:
        self.ear, self.back = socket.socketpair()
        self.ear.setblocking(False)
        self.begun: list[str] = []
        self.done: list[str] = []
        self.wake: Callable[[], object] = list
        self.asked, self.more = Event(), Event()

    def settle(self, name: str) -> Settle:
        return Settle(lambda: self.done.append(name), lambda wake: self._begin(name, wake))

    def answer(self) -> None:
        self.back.send(b"x")

    def _begin(self, name: str, wake: Callable[[], object]) -> Any:
        self.begun.append(name)
        self.wake = wake
        return Settling(self, name)


class Settling:
    """What is `bad` has more to ask once it is known."""

    def __init__(self, there: Elsewhere, name: str) -> None:
        self.ear = there.ear if there.ear.fileno() >= 0 else None
        self._there = there
        self._name = name
        self._known = Event()

    def is_known(self) -> bool:
        if not self._known.is_set() and self.ear is not None:
            with suppress(BlockingIOError):
                if self.ear.recv(1):
                    self._known.set()
                else:
                    self.ear = None  # the connection has ended
        return self._known.is_set()

    def wait(self) -> None:
        assert not on_the_loop()
        self._there.asked.wait()
        self._there.done.append("waited")
        self._known.set()

    def finish_now(self) -> bool:
        if self._name.startswith("bad"):
            return False
        self._there.done.append(self._name)
        return True

    def finish(self) -> None:
        assert not on_the_loop()
        self._there.more.wait()
        self._there.done.append(self._name)


def on_the_loop() -> bool:
    return asyncio._get_running_loop() is not None


@asynccontextmanager
async def elsewhere() -> AsyncIterator[Elsewhere]:
    there = Elsewhere()
    yield there
    if there.ear.fileno() >= 0:
        asyncio.get_running_loop().remove_reader(there.ear)
    there.ear.close()
    there.back.close()


def on_a_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    @wraps(test)
    def run() -> None:
        asyncio.run(asyncio.wait_for(test(), 20))

    return run


async def polls(number: int = 10) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def until(answers: list[str], number: int = 1) -> None:
    while len(answers) < number:
        await asyncio.sleep(0)


def sent(outbox: Outbox, settle: Settle, answers: list[str], name: str, **more: bool) -> None:
    loop = asyncio.get_running_loop()
    outbox.add(settle, lambda: answers.append(name), loop, **({"alone": False} | more))


@on_a_loop
async def test_an_answer_leaves_when_it_is_heard_that_it_may() -> None:
    outbox, answers = Outbox(), list[str]()
    async with elsewhere() as there:
        sent(outbox, there.settle("a"), answers, "a")
        await polls()
        assert (there.begun, answers) == (["a"], [])

        there.answer()
        await polls()

        assert (there.done, answers) == (["a"], ["a"])


@on_a_loop
async def test_what_comes_meanwhile_is_the_next_turn() -> None:
    outbox, answers = Outbox(), list[str]()
    async with elsewhere() as there:
        sent(outbox, there.settle("a"), answers, "a")
        await polls()
        both = there.settle("b and c")
        sent(outbox, both, answers, "b")
        sent(outbox, both, answers, "c", alone=True)
        await polls()
        assert there.begun == ["a"]

        there.answer()
        await polls()
        assert (there.begun, answers) == (["a", "b and c"], ["a"])

        there.answer()
        await polls()
        assert (there.done, answers) == (["a", "b and c"], ["a", "b", "c"])


@on_a_loop
async def test_another_thread_may_tell() -> None:
    outbox, answers = Outbox(), list[str]()
    async with elsewhere() as there:
        sent(outbox, there.settle("a"), answers, "a")
        await polls()
        there.answer()
        telling = Thread(target=there.wake)
        telling.start()
        telling.join()
        await polls()
        there.wake()  # once more, after all
        await polls()

        assert (there.done, answers) == (["a"], ["a"])


@on_a_loop
async def test_who_is_alone_waits_for_no_other_call() -> None:
    outbox, answers, done = Outbox(), list[str](), list[str]()
    sent(outbox, Settle(lambda: done.append("here")), answers, "a", alone=True)
    assert (done, answers) == (["here"], ["a"])

    async with elsewhere() as there:
        sent(outbox, there.settle("b"), answers, "b", alone=True)
        assert there.begun == ["b"]
        there.answer()
        await polls()
        assert answers == ["a", "b"]


@on_a_loop
async def test_what_must_be_waited_for_here_is() -> None:
    outbox, answers, done = Outbox(), list[str](), list[str]()
    settle = Settle(lambda: done.append("settled"))
    sent(outbox, settle, answers, "a")
    sent(outbox, settle, answers, "b")
    assert (done, answers) == ([], [])

    await polls()

    assert (done, answers) == (["settled"], ["a", "b"])


@on_a_loop
async def test_a_turn_has_both_kinds() -> None:
    outbox, answers, done = Outbox(), list[str](), list[str]()
    async with elsewhere() as there:
        sent(outbox, there.settle("a"), answers, "a")
        sent(outbox, Settle(lambda: done.append("b")), answers, "b")
        await polls()
        assert (done, answers) == (["b"], [])

        there.answer()
        await polls()

        assert answers == ["a", "b"]


@on_a_loop
async def test_a_loop_that_cannot_listen_waits() -> None:
    outbox, answers = Outbox(), list[str]()
    loop = asyncio.get_running_loop()

    def cannot(*_: object) -> None:
        raise NotImplementedError

    loop.add_reader = cannot  # type: ignore[method-assign]  # as Windows' does
    async with elsewhere() as there:
        there.asked.set()
        sent(outbox, there.settle("a"), answers, "a")
        await until(answers)

        assert (there.done, answers) == (["waited", "a"], ["a"])


def test_who_hears_nothing_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outboxes, "UNHEARD_S", 0.01)
    monkeypatch.setattr(outboxes, "LOOK_S", 0.001)

    @on_a_loop
    async def asked() -> None:
        outbox, answers = Outbox(), list[str]()
        async with elsewhere() as there:
            there.asked.set()
            sent(outbox, there.settle("a"), answers, "a")
            await until(answers)

            assert there.done == ["waited", "a"]

    asked()


@on_a_loop
async def test_an_end_that_nobody_waits_for_is_heard_once() -> None:
    outbox, answers = Outbox(), list[str]()
    async with elsewhere() as there:
        sent(outbox, there.settle("a"), answers, "a")
        await polls()
        there.answer()
        await polls()

        there.back.close()
        await polls()

        assert there.ear.fileno() == -1
        assert answers == ["a"]


@on_a_loop
async def test_what_others_have_taken_ends_nothing() -> None:
    outbox, answers = Outbox(), list[str]()
    async with elsewhere() as there:
        sent(outbox, there.settle("a"), answers, "a")
        await polls()
        there.answer()
        await polls()
        there.answer()  # to nobody
        await polls()
        assert there.ear.recv(1) == b"x"

        sent(outbox, there.settle("b"), answers, "b")
        await polls()
        there.answer()
        await polls()

        assert answers == ["a", "b"]


@on_a_loop
async def test_a_connection_that_ends_is_waited_for_aside() -> None:
    outbox, answers = Outbox(), list[str]()
    async with elsewhere() as there:
        sent(outbox, there.settle("a"), answers, "a")
        await polls()
        there.back.close()
        await polls()
        sent(outbox, there.settle("b"), answers, "b")  # while the loop goes on
        await polls()
        assert (there.begun, answers) == (["a"], [])

        there.asked.set()
        await until(answers, 2)

        assert (there.begun, answers) == (["a", "b"], ["a", "b"])


@on_a_loop
async def test_what_has_more_to_ask_keeps_no_other_answer() -> None:
    outbox, answers = Outbox(), list[str]()
    async with elsewhere() as there:
        bad, good = there.settle("bad"), there.settle("good")
        sent(outbox, bad, answers, "bad")
        sent(outbox, good, answers, "good")
        await polls()
        there.answer()
        there.answer()
        await polls()
        assert answers == ["good"]
        sent(outbox, there.settle("next"), answers, "next")
        await polls()
        there.answer()
        await polls()
        assert answers == ["good", "next"]

        there.more.set()
        await until(answers, 3)

        assert answers == ["good", "next", "bad"]


@on_a_loop
async def test_what_cannot_even_begin_is_settled_aside() -> None:
    outbox, answers, done = Outbox(), list[str](), list[str]()
    free = Event()

    def settle() -> None:
        assert not on_the_loop()
        free.wait()
        done.append("settled")

    def begin(_: Callable[[], object]) -> None:
        raise WouldWait("It is held.")

    held = Settle(settle, begin)
    sent(outbox, held, answers, "a")
    await polls()
    sent(outbox, held, answers, "b")
    await polls()
    assert answers == []

    free.set()
    await until(answers)

    assert (done, answers) == (["settled"], ["a", "b"])
