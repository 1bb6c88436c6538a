"""The hot route: `POST /tt/<api>` answered on the connection itself, all else left to uvicorn.

A subclass of uvicorn's protocol, because only there is the transport in reach: for speed (Flask's
thread is four times slower) and for the faults that act on the socket.
"""

import os
import sys
from collections.abc import Iterator
from itertools import chain
from socket import SO_LINGER, SOL_SOCKET
from struct import pack

from httptools import HttpParserUpgrade, HttpRequestParser

from emulator.domain.model import Close, Reset, Send, Step, Wait
from emulator.engine import Engine
from emulator.wire import game_api
from emulator.wire.admission import Admit, admission
from emulator.wire.busy_poll import BusyPoll
from emulator.wire.fair import PIECE_BYTES, FairProtocol
from emulator.wire.game_api import Sender
from emulator.wire.guard import Guard
from emulator.wire.heads import Cut, Head, Heads, Request, cut
from emulator.wire.pausing import pause
from emulator.wire.pending import Reading, Waiting
from emulator.wire.rendering import Manner, failed, refusal, rendered
from emulator.wire.tongue import accepted

MAX_HEAD_BYTES = 64 * 1024
MAX_HEADERS = 100
MAX_DRAINED_BYTES = 64 * 1024 * 1024

_RESET = pack("ii", 1, 0) if os.name == "posix" else pack("hh", 1, 0)  # linger on, for 0 s
_SENDER = {b"x-emulator-" + field.encode(): field for field in Sender.__struct_fields__}


def game_protocol(engine: Engine, guard: Guard) -> type[FairProtocol]:
    """The protocol class that serves `engine` behind `guard`."""
    # elsewhere nobody has measured whether it helps
    busy_poll = BusyPoll(os.sched_yield) if sys.platform == "linux" else None
    admit = staticmethod(admission(guard))
    shared = {"engine": engine, "admit": admit, "heads": Heads(), "busy_poll": busy_poll}
    return type("GameProtocol", (_GameProtocol,), shared)


class _GameProtocol(FairProtocol):
    engine: Engine
    admit: Admit
    heads: Heads
    busy_poll: BusyPoll | None

    _between_requests = True
    _parts: Cut | None = None
    _reading: Reading | None = None
    _reading_head = False
    _head_bytes = 0
    _arrived = b""
    _declining = False

    def data_received(self, data: bytes) -> None:
        if self._queued or self._refused:
            self._enqueue(data)
            return
        parts = self._parts = cut(data) if self._between_requests and self._is_free() else None
        request = self.heads.find(parts) if parts else None
        if request is not None:
            self._used = True
            self._answer(request)
        elif len(data) > PIECE_BYTES:
            self._enqueue(data)
        else:
            self._parse(data)

    def _parse(self, data: bytes) -> None:
        self._arrived = data
        super().data_received(data)
        if self._reading_head:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(431, "headers-too-large", "The request's headers are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._between_requests = False
        self._reading_head = True
        self._head_bytes = -len(self._arrived)  # what came with it may be another request's

    def on_headers_complete(self) -> None:
        self._reading_head = False
        if self._refused:
            return
        head_bytes = len(self.url) + sum(map(len, chain.from_iterable(self.headers)))
        if len(self.headers) > MAX_HEADERS or head_bytes > MAX_HEAD_BYTES:
            self._refuse(431, "headers-too-large", "The request's headers are too large.")
        elif not self.url.startswith(b"/"):
            self._refuse(400, "bad-request", "The request's target must be a path.")
        elif self.parser.should_upgrade():
            self._declining = True
        elif self._is_hot():
            keep_alive = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
            self._reading = Reading(keep_alive=keep_alive)
            if self.expect_100_continue:
                self._write(b"HTTP/1.1 100 Continue\r\n\r\n")
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._refused:
            return
        if self._reading is None:
            super().on_body(body)
            return
        self._reading.take(body)
        if self._reading.length > MAX_DRAINED_BYTES:
            self._refuse(413, "too-large", game_api.too_large().detail)

    def on_message_complete(self) -> None:
        if self._refused or self._declining:
            return
        self._between_requests = True
        if self._reading is None:
            super().on_message_complete()
            return
        reading, self._reading = self._reading, None
        self._complete(reading)

    def _unsupported_upgrade_warning(self) -> None:
        """Read the request again as if it had offered no upgrade: httptools skips its body."""
        upgrade = sys.exc_info()[1]
        if self._refused or not isinstance(upgrade, HttpParserUpgrade):
            return
        self._declining = False
        version = self.parser.get_http_version().encode()
        opening = b"%s %s HTTP/%s\r\n" % (self.parser.get_method(), self.url, version)
        kept = [b"%s: %s\r\n" % header for header in self.headers if header[0] != b"upgrade"]
        rest = self._arrived[upgrade.args[0] :]
        self.parser = HttpRequestParser(self)
        self._parse(b"".join([opening, *kept, b"\r\n", rest]))

    def send_400_response(self, msg: str) -> None:
        """Uvicorn's answer to what is no HTTP, as JSON."""
        self._refuse(400, "bad-request", "This is no HTTP request that can be read.")

    def _is_hot(self) -> bool:
        return (
            self.url.startswith(b"/tt/") and self.parser.get_method() == b"POST" and self._is_free()
        )

    def _is_free(self) -> bool:
        """Whether no answer is owed."""
        return self.cycle is None or self.cycle.response_complete

    def _complete(self, reading: Reading) -> None:
        """Answer the request, and know its head the next time."""
        manner = Manner(b"", accepted(self.headers), reading.keep_alive)
        try:
            manner = Manner(self.admit(self.headers), manner.accepted, manner.keep_alive)
            if reading.length > game_api.MAX_BODY_BYTES:
                raise game_api.too_large()
            said = {_SENDER[name]: _text(text) for name, text in self.headers if name in _SENDER}
            sender = Sender(**said)
            api = game_api.api_name(self.url)
            host = next(_text(value) for name, value in self.headers if name == b"host")
            caller = game_api.read_caller(self.engine.catalog, api, sender, host)
        except Exception as error:
            self._write(failed(error, manner))
            self._finish(keep_alive=manner.keep_alive)
            return
        head = Head(caller, manner, reading.length)
        request = Request(head, sender.call, b"".join(reading.chunks))
        if self._parts and not self.expect_100_continue:
            self.heads.remember(self._parts, request)
        self._answer(request)

    def _answer(self, request: Request) -> None:
        manner = request.head.manner
        try:
            call = game_api.read_call(request.head.caller, request.call_id, request.body)
            steps = self.engine.handle(call)
            for step in steps:
                if isinstance(step, Wait):
                    self._answer_later(chain([step], steps), manner)
                    return
                self._take(step, manner)
        except Exception as error:
            self._write(failed(error, manner))
        self._finish(keep_alive=manner.keep_alive)

    def _answer_later(self, steps: Iterator[Step], manner: Manner) -> None:
        waiting = Waiting(keep_alive=manner.keep_alive)
        self.cycle = waiting  # type: ignore[assignment]  # stands in for uvicorn's own
        task = self.loop.create_task(self._perform(steps, manner, waiting))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _perform(self, steps: Iterator[Step], manner: Manner, waiting: Waiting) -> None:
        try:
            for step in steps:
                if isinstance(step, Wait):
                    await pause(step)
                else:
                    self._take(step, manner)
        except Exception as error:
            self._write(failed(error, manner))
        waiting.response_complete = True
        self._finish(keep_alive=waiting.keep_alive)

    def _take(self, step: Send | Close | Reset, manner: Manner) -> None:
        if isinstance(step, Send):
            self._write(rendered(step, manner))
        elif not self.transport.is_closing():
            if isinstance(step, Reset):
                raw = self.transport.get_extra_info("socket")
                raw.setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
                self.transport.abort()
            else:
                self.transport.close()

    def _write(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(data)

    def _finish(self, *, keep_alive: bool) -> None:
        if not keep_alive and not self.transport.is_closing():
            self.transport.close()
        self.on_response_complete()
        if self.busy_poll is not None:
            self.busy_poll.answered(self.loop)

    def _refuse(self, status: int, code: str, detail: str) -> None:
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        cycle, words = self.cycle, refusal(status, code, detail, self.headers or ())
        owed = cycle is not None and not cycle.response_complete
        if owed and not getattr(cycle, "more_body", False):
            cycle.keep_alive = False  # a refusal now would be taken for its answer
        elif owed and self.pipeline:
            cycle.disconnected = True  # to uvicorn it is over; it is refused when its turn comes
            self.pipeline[0] = (cycle, lambda *_: self._part(words))
        else:
            self._write(words)
            self.transport.close()

    async def _part(self, words: bytes) -> None:
        self._write(words)
        self.transport.close()


def _text(value: bytes) -> str:
    return value.decode("latin-1")
