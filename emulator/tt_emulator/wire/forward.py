"""Requests about a world that another server has: passed on whole to that one, its owner.

Bytes go on as they come, both ways, and so does the end of a connection, so that a fault of the
wire is the same for the client. What is read of a response is where it ends.
"""

import asyncio
from collections.abc import Callable, Coroutine
from enum import Enum
from functools import partial
from typing import Any, Protocol

from msgspec import Struct

from tt_emulator.errors import Elsewhere
from tt_emulator.language.logs import logger
from tt_emulator.wire.connection.ending import end
from tt_emulator.wire.original import Original
from tt_emulator.wire.upstream import Client, Upstream, answers, connect

log = logger(__name__)

MAX_TRIES = 3
CONNECT_S = ANSWER_S = 3.0
LOOK_S = 1.0
"""So often it is asked whether an owner is alive that has not answered to the end."""
MAX_IDLE_S = 30.0
"""For so long an owner surely leaves a connection open on which nothing comes."""


class Forwarding(Protocol):
    """What is known of the other servers. `me` is the url by which they know this one."""

    @property
    def me(self) -> str:
        """The url of this server."""

    @property
    def leaving(self) -> bool:
        """Whether this server is about to end: clients do well to connect to another."""

    def is_alive(self, url: str) -> bool:
        """Whether the server there is believed to be alive. Cheap: it is asked on the loop."""

    def moved(self, elsewhere: Elsewhere) -> None:
        """This owner has the world no longer. Cheap, as above."""

    def lost(self, elsewhere: Elsewhere) -> None:
        """This owner does not answer. In a thread: it may wait for others."""


class Passed(Enum):
    """What came of passing a request on."""

    ON = "on"
    """The client has the response, or its connection the end that the owner gave it."""
    AGAIN = "again"
    """Nobody has answered: it is to be handled anew, maybe here."""
    NOT = "not"
    """Nobody has answered, and that is the answer."""


class _Asked(Struct, gc=False):
    elsewhere: Elsewhere
    request: Original
    then: Callable[[Passed], None]
    last: bool = False  # on its connection, and that was said


class Passage:
    """The way of one client's requests to owners, one request at a time. The connection to an owner
    stays open for the next one, as long as that goes to the same owner.
    """

    def __init__(self, forwarding: Forwarding, client: Client) -> None:
        self._forwarding = forwarding
        self._client = client
        self._asked: _Asked | None = None
        self._upstream: Upstream | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def pass_on(
        self, elsewhere: Elsewhere, request: Original, then: Callable[[Passed], None]
    ) -> None:
        """Pass the request on to the owner; `then` hears what came of it, once."""
        if request.is_forwarded or request.tries >= MAX_TRIES:
            self._forwarding.moved(elsewhere)  # or two send each other what neither has
            then(Passed.NOT)
            return
        request.tries += 1
        self._asked = _Asked(elsewhere, request, then)
        upstream = self._upstream_to(elsewhere.url)
        if upstream is None:
            self._do(self._connect(elsewhere.url))
        else:
            self._ask(upstream, self._asked)

    def close(self) -> None:
        """The client has gone: whatever waits there for its sake ends."""
        if self._task is not None:
            self._task.cancel()
        if self._timer is not None:
            self._timer.cancel()
        self._leave()
        self._finish(Passed.ON)

    def _upstream_to(self, url: str) -> Upstream | None:
        """The connection that is there, if it can be used."""
        upstream = self._upstream
        if upstream is not None and (
            upstream.url != url
            or upstream.transport.is_closing()
            or self._client.loop.time() - upstream.used_s > MAX_IDLE_S
        ):
            self._leave()
        return self._upstream

    async def _connect(self, url: str) -> None:
        make = partial(Upstream, url, self._client, self._answered, self._ended, self._moved)
        try:
            async with asyncio.timeout(CONNECT_S):
                self._upstream = await connect(url, self._client.loop, make)
        except OSError:
            await self._lose(may_repeat=True)
            return
        if self._upstream.transport.is_closing():  # it was over before anybody heard of it
            self._upstream = None
            await self._lose(may_repeat=True)
        elif self._asked is not None:
            self._ask(self._upstream, self._asked)

    def _ask(self, upstream: Upstream, asked: _Asked) -> None:
        asked.last = self._forwarding.leaving
        upstream.ask(asked.request, self._forwarding.me, last=asked.last)
        if self._timer is None:
            self._timer = self._client.loop.call_later(LOOK_S, self._look)

    def _look(self) -> None:
        """The kernel of a machine may hold a connection whose process answers nothing."""
        self._timer = None
        upstream = self._upstream
        if self._asked is None or upstream is None:
            return
        if self._forwarding.is_alive(upstream.url):
            self._timer = self._client.loop.call_later(LOOK_S, self._look)
        else:
            self._leave()
            self._broken(upstream, reset=False)

    def _answered(self, keep_alive: bool) -> None:
        if not keep_alive or (self._asked is not None and self._asked.last):
            self._leave()
            end(self._client.transport, reset=False)
        self._finish(Passed.ON)

    def _moved(self) -> None:
        self._leave()
        if self._asked is not None:
            self._forwarding.moved(self._asked.elsewhere)
        self._finish(Passed.AGAIN)

    def _ended(self, reset: bool) -> None:
        upstream, self._upstream = self._upstream, None
        if self._asked is not None and upstream is not None:
            self._broken(upstream, reset=reset)

    def _broken(self, upstream: Upstream, *, reset: bool) -> None:
        """The response has not come to its end."""
        if upstream.begun:
            end(self._client.transport, reset=reset)
            self._finish(Passed.ON)
        else:
            self._do(self._judge(upstream.url, reset=reset))

    async def _judge(self, url: str, *, reset: bool) -> None:
        """Nothing has come: that was meant so, if the owner answers on another connection."""
        if self._forwarding.is_alive(url) and await answers(url, self._client.loop, ANSWER_S):
            end(self._client.transport, reset=reset)
            self._finish(Passed.ON)
        else:
            await self._lose(may_repeat=self._asked is not None and self._asked.request.may_repeat)

    async def _lose(self, *, may_repeat: bool) -> None:
        if self._asked is None:
            return
        elsewhere = self._asked.elsewhere
        log.warning("The server %s, which has a world, does not answer.", elsewhere.url)
        try:
            await self._client.loop.run_in_executor(None, self._forwarding.lost, elsewhere)
        except Exception:
            log.exception("It could not be told that the server %s does not answer", elsewhere.url)
        self._finish(Passed.AGAIN if may_repeat else Passed.NOT)

    def _leave(self) -> None:
        if self._upstream is not None:
            self._upstream.leave()
            self._upstream = None

    def _finish(self, passed: Passed) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            asked.then(passed)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        self._task = self._client.loop.create_task(work)
