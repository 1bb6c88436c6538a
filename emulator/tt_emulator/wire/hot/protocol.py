"""The hot route: a game's call answered on the connection itself, all else left to uvicorn.

A subclass of uvicorn's protocol, because only there is the transport in reach: for speed (Flask's
thread is four times slower) and for the faults that act on the socket.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec.structs import replace

from tt_emulator.domain.model import Blocking, Close, Reset, Send, Settle, Step, Wait
from tt_emulator.domain.outgoing import Outcome, Outgoing
from tt_emulator.engine import Engine, Steps
from tt_emulator.errors import Elsewhere, EmulatorError, WouldWait
from tt_emulator.wire import game_api
from tt_emulator.wire.access import Accesses
from tt_emulator.wire.backend import requests as backend
from tt_emulator.wire.connection.ending import end
from tt_emulator.wire.connection.fairness import FairProtocol
from tt_emulator.wire.connection.pending import Reading, Turn, Waiting
from tt_emulator.wire.connection.receiving import Receiver, shared
from tt_emulator.wire.connection.request_head import RequestHead
from tt_emulator.wire.connection.response_bytes import ResponseOptions, failed, rendered
from tt_emulator.wire.forward import Forwarding, Passed
from tt_emulator.wire.game_api import CallHeaders
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.hot.busy_poll import BusyPoll
from tt_emulator.wire.hot.cork import Cork, CorkedTransport
from tt_emulator.wire.hot.head_cache import CachedHead, Cut, HeadCache, Request, cut
from tt_emulator.wire.hot.outbox import Outbox
from tt_emulator.wire.original import Original, original
from tt_emulator.wire.outgoing.outside import LEFT, Outside
from tt_emulator.wire.pausing import pause
from tt_emulator.wire.refused_calls import cause_of, owner_of

Long = Settle | Wait | Outgoing | Blocking
_LONG = (Settle, Wait, Outgoing, Blocking)
Made = Callable[[], Step | None]
"""Gives the next step, or raises."""


def game_protocol(
    engine: Engine,
    guard: Guard,
    outside: Outside | None = None,
    accesses: Accesses | None = None,
    forwarding: Forwarding | None = None,
) -> type[FairProtocol]:
    """The protocol class that serves `engine` behind `guard`, or those of the `accesses`; what
    games ask of others leaves by `outside`, and what other servers are to answer as `forwarding`
    tells.
    """
    cork = Cork()
    # elsewhere nobody has measured whether it helps
    busy_poll = BusyPoll(os.sched_yield, cork.pull) if sys.platform == "linux" else None
    own = {
        "head_cache": HeadCache(),
        "cork": cork,
        "busy_poll": busy_poll,
        "outside": outside or Outside(),
        "outbox": Outbox(),
    }
    parts = shared(engine, guard, accesses, forwarding)
    return type("GameProtocol", (_GameProtocol,), parts | own)


class _GameProtocol(Receiver):
    head_cache: HeadCache
    cork: Cork
    busy_poll: BusyPoll | None
    outside: Outside
    outbox: Outbox
    transport: Any  # a `CorkedTransport`

    _parts: Cut | None = None

    def connection_made(self, transport: Any) -> None:
        """As uvicorn's, with a cork."""
        connections = self.connections
        super().connection_made(CorkedTransport(transport, self.cork, connections, self.loop))

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
        engine = reading.access.engine
        read = game_api.read_call if head.is_call else backend.read_call
        try:
            target = self._target(engine, head, headers, host)
        except EmulatorError as error:
            self._turn_away(error, reading)
            return
        known = CachedHead(
            target,
            reading.response_options,
            reading.length,
            engine,
            reading.access.reading(read),
        )
        request = Request(known, headers.call, body, self._sent(body))
        if head.is_call and self._parts and not self.expect_100_continue:
            self.head_cache.remember(self._parts, request)
        if self._is_free():
            self._answer(request)
        else:
            turn = partial(self._answer, request)
            self._in_turn(turn, keep_alive=reading.response_options.keep_alive)

    def _sent(self, body: bytes) -> Original | None:
        """All of the request, where it may be passed on."""
        if self.forwarding is None:
            return None
        method, version = self.parser.get_method(), self.parser.get_http_version()
        return original(method, self.url, version, self.headers, body)

    def _target(self, engine: Engine, head: RequestHead, headers: CallHeaders, host: str) -> Any:
        worlds, path = engine.worlds, head.path
        if head.query is not None:
            return backend.read_target(worlds, head.method, path, head.query, headers, host)
        return game_api.read_target(worlds.platforms, path, headers, host)

    def _answer(self, request: Request, turn: Waiting | None = None) -> None:
        head = request.head
        options = head.response_options
        begun = False
        try:
            call = head.read(head.target, request.call_id, request.body)
            batch = None if len(self.connections) == 1 else self.cork
            steps = head.engine.handle(call, batch)
            for step in steps:
                if isinstance(step, _LONG):
                    self._go_on_later(step, steps, request, self._waiting(turn, options, begun))
                    return
                self._take(step, options, self.transport.write_in_turn)
                begun = True
        except WouldWait:  # to know what it is about
            self._begin_aside(request, self._waiting(turn, options, begun))
            return
        except Exception as error:
            if self.forwarding is not None:
                self._fail(error, request, self._waiting(turn, options, begun))
                return
            self._recorded(head, error)
            self._write(failed(error, options))
        if turn is not None:
            turn.response_complete = True
        self._finish(keep_alive=options.keep_alive if turn is None else turn.keep_alive)

    def _begin_aside(self, request: Request, waiting: Waiting) -> None:
        """Read the call in a thread, which makes its first step."""
        head = request.head

        def begin() -> tuple[Steps, Step | None]:
            steps = head.engine.handle(head.read(head.target, request.call_id, request.body))
            return steps, next(steps, None)

        def go_on(begun: Callable[[], tuple[Steps, Step | None]]) -> None:
            try:
                steps, step = begun()
            except Exception as error:
                self._fail(error, request, waiting)
            else:
                self._take_on(steps, request, waiting, lambda: step)

        self.aside.do(begin, go_on, self.loop)

    def _fail(self, error: Exception, request: Request, waiting: Waiting) -> None:
        """Answer what went wrong; a call that was refused before it was one once it is counted."""
        if isinstance(error, Elsewhere):
            self._forward_call(error, request, waiting)
        elif waiting.kept or cause_of(error) is None:
            self._refuse_call(error, request, waiting)
        else:
            refuse = partial(self._refuse_recorded, error, request, waiting)
            self.aside.do(partial(self._recorded, request.head, error), refuse, self.loop)

    def _refuse_recorded(
        self,
        error: Exception,
        request: Request,
        waiting: Waiting,
        recorded: Callable[[], Exception],
    ) -> None:
        try:
            cause = recorded()
        except Exception as failure:  # so that nobody knows whether it is counted
            cause = failure if isinstance(failure, EmulatorError) else error
        if isinstance(cause, Elsewhere):
            self._forward_call(cause, request, waiting)
        else:
            self._refuse_call(cause, request, waiting)

    def _recorded(self, head: CachedHead, error: Exception) -> Exception:
        """The error, which the world of the call now knows of; if that is elsewhere, so much."""
        cause, target = cause_of(error), head.target
        if cause is None:
            return error
        owner = None if self.forwarding is None else owner_of(head.engine, target.world)
        if owner is None:
            head.engine.record_refused(
                *(target.api.name, target.platform, target.world),
                *(target.player, target.domain, cause),
            )
        return owner or error

    def _waiting(self, turn: Waiting | None, options: ResponseOptions, begun: bool) -> Waiting:
        """What holds the place of the request, of whose answer a part may have left."""
        waiting = self._owed(turn, keep_alive=options.keep_alive)
        waiting.begun = begun
        return waiting

    def _forward_call(self, elsewhere: Elsewhere, request: Request, waiting: Waiting) -> None:
        """Have the owner of its world answer; nobody can go on with an answer that has begun, and a
        call that is written down but has no id would count twice there.
        """
        sent = request.original()
        if waiting.begun or (waiting.kept and request.call_id is None):
            end(self.transport, reset=False)
            self._complete(waiting)
        elif sent is None:
            self._refuse_call(elsewhere, request, waiting)
        else:
            again = replace(request, sent=sent)
            self.forward(elsewhere, sent, partial(self._forwarded, elsewhere, again, waiting))

    def _forwarded(
        self, elsewhere: Elsewhere, request: Request, waiting: Waiting, passed: Passed
    ) -> None:
        if passed is Passed.AGAIN:
            self._answer(request, waiting)
        elif passed is Passed.NOT:
            self._refuse_call(elsewhere, request, waiting)
        else:
            self._complete(waiting)

    def _refuse_call(self, error: Exception, request: Request, waiting: Waiting) -> None:
        self._write(failed(error, request.head.response_options))
        self._complete(waiting)

    def _complete(self, waiting: Waiting) -> None:
        waiting.response_complete = True
        self._finish(keep_alive=waiting.keep_alive)

    def _go_on_later(self, step: Long, steps: Steps, request: Request, waiting: Waiting) -> None:
        if isinstance(step, Settle):
            alone = len(self.connections) == 1 and not isinstance(waiting, Turn)
            go_on = partial(self._settled, step, steps, request, waiting)
            self.outbox.add(step, go_on, self.loop, alone=alone)
            return
        if isinstance(step, Blocking):
            take_on = partial(self._take_on, steps, request, waiting)
            self.aside.do(partial(next, steps, None), take_on, self.loop)
            return
        waiting.kept = True
        task = self.loop.create_task(self._perform(step, steps, request, waiting))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _settled(self, settle: Settle, steps: Steps, request: Request, waiting: Waiting) -> None:
        refused = settle.refused
        waiting.kept |= refused is None  # what follows may be for another server
        make = steps.__next__ if refused is None else partial(steps.throw, refused)
        self._take_on(steps, request, waiting, make)

    async def _perform(
        self, step: Wait | Outgoing, steps: Steps, request: Request, waiting: Waiting
    ) -> None:
        outcome = None
        if isinstance(step, Wait):
            await pause(step)
        else:
            outcome = await self._ask(step, waiting)
        self._take_on(steps, request, waiting, partial(steps.send, outcome))

    def _take_on(self, steps: Steps, request: Request, waiting: Waiting, make: Made) -> None:
        """Take the next step, which `make` gives, and those that follow until one takes time."""
        options = request.head.response_options
        try:
            step = make()
            while step is not None and not isinstance(step, _LONG):
                self._take(step, options, self.transport.write)
                waiting.begun = True
                step = next(steps, None)
        except Exception as error:
            self._fail(error, request, waiting)
        else:
            if step is None:
                self._complete(waiting)
            else:
                self._go_on_later(step, steps, request, waiting)

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

    def _take(
        self,
        step: Send | Close | Reset,
        options: ResponseOptions,
        write: Callable[[bytes], object],
    ) -> None:
        if not isinstance(step, Send):
            end(self.transport, reset=isinstance(step, Reset))
        elif not self.transport.is_closing():
            write(rendered(step, options))

    def _finish(self, *, keep_alive: bool) -> None:
        if not keep_alive and not self.transport.is_closing():
            self.transport.close()
        self.on_response_complete()
        if self.busy_poll is not None:
            self.busy_poll.answered(self.loop)
