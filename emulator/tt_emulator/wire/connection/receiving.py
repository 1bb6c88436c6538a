"""How a request is read: its head is judged before a byte of its body, and its body is bounded."""

import sys
from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import Any

from httptools import HttpParserUpgrade, HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tt_emulator.engine import Engine
from tt_emulator.errors import Elsewhere, EmulatorError, Forbidden
from tt_emulator.wire.access import Accesses, alone
from tt_emulator.wire.aside import Aside
from tt_emulator.wire.bodies import UNCOUNTED_BYTES, UnderWay, most_bytes, too_long
from tt_emulator.wire.bridge import PASS_ON, RELEASE, release
from tt_emulator.wire.connection.counting import COUNTED, Act, CountingProtocol, cause_noted
from tt_emulator.wire.connection.fairness import PIECE_BYTES
from tt_emulator.wire.connection.guard_cache import GuardCache
from tt_emulator.wire.connection.passing_on import Onward
from tt_emulator.wire.connection.pending import Reading, Turn, Waiting
from tt_emulator.wire.connection.request_head import RequestHead, read_head, spelled_oddly
from tt_emulator.wire.connection.response_bytes import ResponseOptions, refusal, turned_away
from tt_emulator.wire.forward import Forwarding
from tt_emulator.wire.game_api import MAX_BODY_BYTES
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.keys import unlocked
from tt_emulator.wire.original import as_sent
from tt_emulator.wire.refused_calls import Refused, cause_of

MAX_HEAD_BYTES = 64 * 1024
MAX_HEADERS = 100
UNREAD = 16
"""So many times its limit may come of a body that goes unread: the client receives why. Of who may
not call it is `MAX_BODY_BYTES` alone.
"""


def guarded_protocol(
    engine: Engine,
    guard: Guard,
    accesses: Accesses | None = None,
    forwarding: Forwarding | None = None,
) -> type["Receiver"]:
    """The protocol class behind `guard` that leaves all answers to the app, or to the other servers
    of which `forwarding` tells.
    """
    return type("GuardedProtocol", (Receiver,), shared(engine, guard, accesses, forwarding))


def shared(
    engine: Engine,
    guard: Guard,
    accesses: Accesses | None = None,
    forwarding: Forwarding | None = None,
) -> dict[str, Any]:
    """What all connections have in common; without `accesses` all have that of the engine."""
    prefixes = engine.worlds.platforms.prefixes
    return {
        "accesses": accesses or alone(engine, guard),
        "prefixes": prefixes,
        "guard_cache": GuardCache(guard, prefixes[0]),
        "under_way": UnderWay(),
        "forwarding": forwarding,
        "aside": Aside(),
    }


class Receiver(CountingProtocol):
    """A connection that hands on each request whole, and refuses it before it is read.

    What the head decides is answered at the head: who may call, how headers are spelled, whether
    the length is over the route's limit. What comes of the body all the same goes unread, and then
    the connection goes on.
    """

    accesses: Accesses
    prefixes: tuple[str, ...]
    guard_cache: GuardCache
    under_way: UnderWay

    _reading: Reading | None = None
    _declining = False
    _head_bytes = 0
    _arrived = b""

    def data_received(self, data: bytes) -> None:
        """Read it, in turns if it is much."""
        if self._queued or self._refused or len(data) > PIECE_BYTES:
            self._enqueue(data)
        else:
            self._parse(data)

    def _parse(self, data: bytes) -> None:
        """Read on; a head is bounded, and what is held of bodies counted."""
        if self._refused:
            return
        self._arrived = data
        HttpToolsProtocol.data_received(self, data)
        if self._reading_head:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(431, "headers-too-large", "The request's headers are too large.")
        if not self._between_requests:
            reading = self._reading
            if reading is not None and reading.length > UNCOUNTED_BYTES:
                self._count(reading)
            self._await_rest()

    def on_message_begin(self) -> None:
        """As uvicorn's."""
        super().on_message_begin()
        self._between_requests = False
        self._reading_head = True
        self._begun_s = None
        self._head_bytes = -len(self._arrived)  # what came with it may be another request's

    def on_headers_complete(self) -> None:
        """Judge the head; who is admitted and expects it receives 100 Continue."""
        self._reading_head = False
        if self._refused:
            return
        if self.accesses.has_teams:
            self._unlock()
        short = self._head_bytes < 0 and len(self._arrived) <= MAX_HEAD_BYTES  # all in one piece
        if not (short and len(self.headers) <= MAX_HEADERS) and not self._fits():
            self._refuse(431, "headers-too-large", "The request's headers are too large.")
        elif not self.url.startswith(b"/"):
            self._refuse(400, "bad-request", "The request's target must be a path.")
        elif self.parser.should_upgrade():
            self._declining = True
        else:
            method = self.parser.get_method()
            self._begin(read_head(method, self.url, self.headers, self.prefixes))

    def on_body(self, body: bytes) -> None:
        """A part of the body, which is kept if it is wanted."""
        reading = self._reading
        if self._refused or reading is None:
            return
        try:
            reading.take(body)
        except EmulatorError as error:
            self._turn_away(error, reading)
        if reading.refused and reading.length > reading.most:
            self._refused = True
            self.transport.close()

    def on_message_complete(self) -> None:
        """Hand the request on, unless it is answered already."""
        reading, self._reading = self._reading, None
        if self._refused or self._declining or reading is None:
            return
        self._between_requests = reading.over = True
        if reading.refused:
            self._part(reading)
        else:
            self._hand_on(reading)

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; what has come of bodies counts no longer."""
        if self._reading is not None:
            self._reading.release()
        for cycle, _ in self.pipeline:
            release(getattr(cycle, "scope", {}))
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Uvicorn's answer to what is no HTTP, as JSON."""
        self._refuse(400, "bad-request", "This is no HTTP request that can be read.")

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

    def _hand_on(self, reading: Reading) -> None:
        """Have a request answered that has come whole."""
        self._pass_on(reading)

    def _pass_on(self, reading: Reading) -> None:
        """Have uvicorn hand the request to the app, which finds its body there already."""
        if reading.length > UNCOUNTED_BYTES:
            self._count(reading)
        if reading.refused:
            return
        super().on_headers_complete()
        self._record_unanswered()
        scope: dict[str, Any] = self.cycle.scope  # type: ignore[assignment]  # with a key of ours
        scope[RELEASE] = reading.release
        if self.forwarding is not None:
            scope[PASS_ON] = Onward(self, self.cycle, self.url, self.headers)
        self.cycle.body = reading.body()  # type: ignore[assignment]  # so nobody copies it
        self.cycle.waiting_for_100_continue = False
        super().on_message_complete()

    def _fits(self) -> bool:
        headers = self.headers if self.forwarding is None else as_sent(self.headers)
        sent_bytes = len(self.url) + sum(map(len, chain.from_iterable(headers)))
        return len(headers) <= MAX_HEADERS and sent_bytes <= MAX_HEAD_BYTES

    def _begin(self, head: RequestHead) -> None:
        keep_alive = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
        accept_language = head.header(b"accept-language")
        most = MAX_BODY_BYTES if head.is_call else most_bytes(head.method, head.path)
        access = self.accesses.of(head.header(b"authorization"))
        try:
            cors = self.guard_cache.admit(head)
        except EmulatorError as error:
            reading = self._reading = Reading(
                head, access, ResponseOptions(b"", accept_language, keep_alive), most
            )
            self._turn_away(error, reading)
            return
        reading = self._reading = Reading(
            head, access, ResponseOptions(cors, accept_language, keep_alive), most
        )
        cause = None if self.forwarding is None else cause_noted(head)
        if cause is not None:
            self._take_note(cause, reading)
        elif head.length > most:
            self._turn_away(too_long(most), reading)
        elif head.odd:
            self._turn_away(spelled_oddly(head.odd), reading)
        elif self.expect_100_continue and self._is_free():
            self._write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _unlock(self) -> None:
        """Take the token out of the path, if it is there: from here on nobody sees it."""
        found = unlocked(self.url)
        if found is not None:
            token, self.url = found
            kept = [header for header in self.headers if header[0] != b"authorization"]
            self.headers[:] = [*kept, (b"authorization", token)]  # uvicorn's scope has the list

    def _count(self, reading: Reading) -> None:
        if not reading.refused:
            try:
                reading.hold(self.under_way)
            except EmulatorError as error:
                self._turn_away(error, reading)

    def _turn_away(self, error: EmulatorError, reading: Reading) -> None:
        """Answer at once; of the body nothing more is kept."""
        error = reading.access.refusal(error)
        head, options = reading.head, reading.response_options
        forbidden = isinstance(error, Forbidden)
        cors = self.guard_cache.of_refusal(head) if forbidden else options.cors
        reading.refuse(MAX_BODY_BYTES if forbidden else UNREAD * reading.most)
        goes_on = reading.over or (head.length <= reading.most and not self.expect_100_continue)
        reading.over |= self.expect_100_continue  # nobody knows whether its body comes
        keep_alive = options.keep_alive and goes_on
        reading.response_options = ResponseOptions(cors, options.accept_language, keep_alive)
        response, cause = turned_away(error, reading.response_options, head), cause_of(error)
        send: Act = partial(self._send_refusal, response, reading)
        if cause is not None and head.is_call and b"world" not in (head.odd or b""):
            send = self._once_counted(reading.access.engine, head, cause, send)
        self._in_turn(send, keep_alive=keep_alive)

    def _take_note(self, cause: str, reading: Reading) -> None:
        """Count what another server has refused."""
        head = reading.head
        refused = Refused(reading.access.engine, head.path, head.call_headers(), cause)
        reading.refuse(0)
        self._in_turn(partial(self._count_noted, refused, reading), keep_alive=True)

    def _count_noted(self, refused: Refused, reading: Reading, turn: Waiting | None) -> None:
        counted = partial(self._noted_here, reading, self._owed(turn))
        self.aside.do(refused.count, counted, self.loop)

    def _noted_here(
        self, reading: Reading, turn: Waiting, count: Callable[[], Elsewhere | None]
    ) -> None:
        refusal: EmulatorError | None
        try:
            refusal = count()
        except EmulatorError as error:
            refusal = error
        response = COUNTED
        if refusal is not None:
            response = turned_away(refusal, reading.response_options, reading.head)
        self._send_refusal(response, reading, turn)

    def _send_refusal(self, response: bytes, reading: Reading, turn: Waiting | None) -> None:
        self._write(response)
        reading.answered = True
        self._part(reading)
        if turn is not None:
            turn.response_complete = True
            if self._refused and not turn.keep_alive:  # what came behind it could not be read
                self.transport.close()
        self.on_response_complete()

    def _part(self, reading: Reading) -> None:
        """Close the connection, if the request was the last on it and nothing comes any more."""
        if reading.over and reading.answered and not reading.response_options.keep_alive:
            self._refused = True
            self.transport.close()

    def _cut(self) -> None:
        if self._refused:
            self.transport.close()
        self._refuse(408, "timeout", "The request did not come to its end in time.")

    def _refuse(self, status: int, code: str, detail: str) -> None:
        """Refuse what cannot be read on, and end the connection."""
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        response, reading = refusal(status, code, detail, self.headers or ()), self._reading
        if self._is_free():
            if reading is None or not reading.answered:
                self._write(response)
            self.transport.close()
        elif reading is None or reading.refused:
            self.cycle.keep_alive = False  # a refusal now would be taken for its answer
        else:
            self._in_turn(partial(self._end, response), keep_alive=False)

    def _end(self, response: bytes, turn: Turn | None) -> None:
        self._write(response)
        self.transport.close()
