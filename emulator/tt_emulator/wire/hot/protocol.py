"""The hot route: a game's call answered on the connection itself, all else left to uvicorn.

A subclass of uvicorn's protocol, because only there is the transport in reach: for speed (Flask's
thread is four times slower) and for the faults that act on the socket.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from socket import SO_LINGER, SOL_SOCKET
from struct import pack
from typing import Any

from tt_emulator.domain.model import Close, Reset, Send, Settle, Step, Wait
from tt_emulator.domain.outgoing import Outcome, Outgoing
from tt_emulator.engine import Engine, Steps
from tt_emulator.errors import EmulatorError
from tt_emulator.wire import game_api
from tt_emulator.wire.access import Accesses
from tt_emulator.wire.backend import requests as backend
from tt_emulator.wire.connection.fairness import FairProtocol
from tt_emulator.wire.connection.pending import Reading, Turn, Waiting
from tt_emulator.wire.connection.receiving import Receiver, shared
from tt_emulator.wire.connection.request_head import RequestHead
from tt_emulator.wire.connection.response_bytes import ResponseOptions, failed, rendered
from tt_emulator.wire.game_api import CallHeaders
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.hot.busy_poll import BusyPoll
from tt_emulator.wire.hot.head_cache import CachedHead, Cut, HeadCache, Request, cut
from tt_emulator.wire.hot.outbox import Outbox
from tt_emulator.wire.outgoing.outside import LEFT, Outside
from tt_emulator.wire.pausing import pause
from tt_emulator.wire.refused_calls import cause_of

Long = Settle | Wait | Outgoing
_LONG = (Settle, Wait, Outgoing)
GoOn = Callable[[Callable[[], Step]], None]
_RESET = pack("ii", 1, 0) if os.name == "posix" else pack("hh", 1, 0)  # linger on, for 0 s


def game_protocol(
    engine: Engine,
    guard: Guard,
    outside: Outside | None = None,
    accesses: Accesses | None = None,
) -> type[FairProtocol]:
    """The protocol class that serves `engine` behind `guard`, or those of the `accesses`; what
    games ask of others leaves by `outside`.
    """
    # elsewhere nobody has measured whether it helps
    busy_poll = BusyPoll(os.sched_yield) if sys.platform == "linux" else None
    own = {
        "head_cache": HeadCache(),
        "busy_poll": busy_poll,
        "outside": outside or Outside(),
        "outbox": Outbox(),
    }
    return type("GameProtocol", (_GameProtocol,), shared(engine, guard, accesses) | own)


class _GameProtocol(Receiver):
    head_cache: HeadCache
    busy_poll: BusyPoll | None
    outside: Outside
    outbox: Outbox

    _parts: Cut | None = None

    def data_received(self, data: bytes) -> None:
        """Answer a call whose head is known; read anything else."""
        is_first = self._between_requests and self._is_free() and not self._queued
        parts = self._parts = cut(data) if is_first and not self._refused else None
        request = self.head_cache.find(parts) if parts else None
        if request is None:
            super().data_received(data)
        else:
            self._used = True
            self._answer(request)

    def _hand_on(self, reading: Reading) -> None:
        """Answer a call when its turn comes, and know a game's head the next time."""
        head = reading.head
        if not head.is_call and head.query is None:
            self._pass_on(reading)
            return
        headers, host, body = head.call_headers(), head.header(b"host") or "", reading.body()
        reading.release()
        engine, read = (
            reading.access.engine,
            game_api.read_call if head.is_call else backend.read_call,
        )
        try:
            target = self._target(engine, head, headers, host)
        except EmulatorError as error:
            self._turn_away(error, reading)
            return
        request = Request(
            CachedHead(
                target,
                reading.response_options,
                reading.length,
                engine,
                reading.access.reading(read),
            ),
            headers.call,
            body,
        )
        if head.is_call and self._parts and not self.expect_100_continue:
            self.head_cache.remember(self._parts, request)
        if self._is_free():
            self._answer(request)
        else:
            answer = partial(self._answer, request)
            self._in_turn(answer, keep_alive=reading.response_options.keep_alive)

    def _target(self, engine: Engine, head: RequestHead, headers: CallHeaders, host: str) -> Any:
        worlds, path = engine.worlds, head.path
        if head.query is not None:
            return backend.read_target(worlds, head.method, path, head.query, headers, host)
        return game_api.read_target(worlds.platforms, path, headers, host)

    def _answer(self, request: Request, turn: Turn | None = None) -> None:
        head = request.head
        options = head.response_options
        try:
            call = head.read(head.target, request.call_id, request.body)
            steps = head.engine.handle(call)
            for step in steps:
                if isinstance(step, _LONG):
                    self._answer_later(step, steps, options, turn)
                    return
                self._take(step, options)
        except Exception as error:
            self._record_refused(head, error)
            self._write(failed(error, options))
        if turn is not None:
            turn.response_complete = True
        self._finish(keep_alive=options.keep_alive if turn is None else turn.keep_alive)

    def _record_refused(self, head: CachedHead, error: Exception) -> None:
        cause, target = cause_of(error), head.target
        if cause is not None:
            head.engine.record_refused(
                *(target.api.name, target.platform, target.world),
                *(target.player, target.domain, cause),
            )

    def _answer_later(
        self, step: Long, steps: Steps, options: ResponseOptions, turn: Turn | None
    ) -> None:
        waiting: Waiting | None = turn
        if waiting is None:
            waiting = self.cycle = Waiting(keep_alive=options.keep_alive)  # type: ignore[assignment]  # stands in for uvicorn's own
        self._wait(step, partial(self._take_on, steps, options, waiting), steps, waiting)

    def _wait(self, step: Long, go_on: GoOn, steps: Steps, waiting: Waiting) -> None:
        if isinstance(step, Settle):
            alone = len(self.connections) == 1 and not isinstance(waiting, Turn)
            then = partial(go_on, partial(_after, steps, step))
            self.outbox.add(step, then, self.loop, alone=alone)
            return
        task = self.loop.create_task(self._perform(step, go_on, steps, waiting))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _perform(
        self, step: Wait | Outgoing, go_on: GoOn, steps: Steps, waiting: Waiting
    ) -> None:
        outcome = None
        if isinstance(step, Wait):
            await pause(step)
        else:
            outcome = await self._ask(step, waiting)
        go_on(partial(steps.send, outcome))

    def _take_on(
        self,
        steps: Steps,
        options: ResponseOptions,
        waiting: Waiting,
        advance: Callable[[], Step],
    ) -> None:
        """Take the steps that follow, until one takes time."""
        try:
            step = advance()
            while not isinstance(step, _LONG):
                self._take(step, options)
                step = next(steps)
        except StopIteration:
            pass
        except Exception as error:
            self._write(failed(error, options))
        else:
            self._wait(step, partial(self._take_on, steps, options, waiting), steps, waiting)
            return
        waiting.response_complete = True
        self._finish(keep_alive=waiting.keep_alive)

    async def _ask(self, step: Outgoing, waiting: Waiting) -> Outcome:
        """What comes of it; nobody is asked any longer for a client that has gone."""
        asking = asyncio.ensure_future(self.outside.ask(step))
        waiting.when_gone(asking.cancel)
        try:
            return await asking
        except asyncio.CancelledError:
            if not asking.cancelled():
                raise
            return LEFT  # before it had begun

    def _take(self, step: Send | Close | Reset, options: ResponseOptions) -> None:
        if isinstance(step, Send):
            self._write(rendered(step, options))
        elif not self.transport.is_closing():
            if isinstance(step, Reset):
                raw = self.transport.get_extra_info("socket")
                raw.setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
                self.transport.abort()
            else:
                self.transport.close()

    def _finish(self, *, keep_alive: bool) -> None:
        if not keep_alive and not self.transport.is_closing():
            self.transport.close()
        self.on_response_complete()
        if self.busy_poll is not None:
            self.busy_poll.answered(self.loop)


def _after(steps: Steps, settle: Settle) -> Step:
    """The step that follows."""
    return next(steps) if settle.refused is None else steps.throw(settle.refused)
