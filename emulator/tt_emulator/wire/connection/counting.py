"""Calls that are refused before they are any: who has their world counts them."""

import asyncio
from collections.abc import Callable
from functools import partial

from uvicorn.protocols.http.flow_control import FlowControl

from tt_emulator.engine import Engine
from tt_emulator.errors import Elsewhere, EmulatorError
from tt_emulator.wire.aside import Aside
from tt_emulator.wire.connection.passing_on import PassingProtocol
from tt_emulator.wire.connection.pending import Waiting
from tt_emulator.wire.connection.request_head import RequestHead
from tt_emulator.wire.forward import Passage, Passed
from tt_emulator.wire.original import FORWARDED, Original, original, refused_elsewhere
from tt_emulator.wire.refused_calls import CAUSES, Refused

COUNTED = b"HTTP/1.1 204 No Content\r\n\r\n"
"""The answer to a note."""

Act = Callable[[Waiting | None], None]
_FORWARDED = FORWARDED.lower()


class CountingProtocol(PassingProtocol):
    """A connection that answers a refused call once the world's owner has counted it. The owner
    receives the head alone, as a note: of what is refused for its length there is no body to pass
    on.
    """

    aside: Aside

    _notes: Passage | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; nobody waits any longer for what was noted."""
        super().connection_lost(exc)
        if self._notes is not None:
            self._notes.close()

    def _once_counted(self, engine: Engine, head: RequestHead, cause: str, act: Act) -> Act:
        """`act`, as it may be done once the call is counted."""
        refused = Refused(engine, head.path, head.call_headers(), cause)
        if self.forwarding is None:
            refused.record()
            return act
        note = original(b"POST", self.url, "1.1", self.headers, b"")
        note.refused = cause
        return partial(self._count_refused, refused, note, act)

    def _count_refused(
        self, refused: Refused, note: Original, act: Act, turn: Waiting | None
    ) -> None:
        """Count it here, or find who does, and act; meanwhile the answer is owed."""
        counted = partial(self._counted, refused, note, act, self._owed(turn))
        self.aside.do(refused.count, counted, self.loop)

    def _counted(
        self,
        refused: Refused,
        note: Original,
        act: Act,
        turn: Waiting,
        count: Callable[[], Elsewhere | None],
    ) -> None:
        try:
            owner = count()
        except EmulatorError:  # nobody can count it now
            owner = None
        if owner is None:
            act(turn)
            return
        if self._notes is None:
            assert self.forwarding is not None
            self._notes = Passage(self.forwarding, _Nobody(self.loop))
        noted = partial(self._noted, refused, note, act, turn)
        self._notes.pass_on(owner, note, noted)

    def _noted(
        self, refused: Refused, note: Original, act: Act, turn: Waiting, passed: Passed
    ) -> None:
        if passed is Passed.AGAIN:
            self._count_refused(refused, note, act, turn)
        elif passed is Passed.NOT:
            self.aside.do(refused.record, lambda _: act(turn), self.loop)
        else:
            act(turn)


def cause_noted(head: RequestHead) -> str | None:
    """Why another server has refused the call; `None` of a request that is no note."""
    cause = refused_elsewhere(head.header(_FORWARDED) or "") if head.is_call else ""
    return cause if cause in CAUSES else None


class _Nobody:
    """Who reads what is answered to a note."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.transport: asyncio.Transport = _Closed()
        self.flow = FlowControl(self.transport)


class _Closed(asyncio.Transport):
    def is_closing(self) -> bool:
        """Always."""
        return True
