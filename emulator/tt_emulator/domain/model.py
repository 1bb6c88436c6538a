"""The values that enter and leave the engine."""

import re
from collections.abc import Callable
from socket import socket
from typing import Annotated, Any, Protocol

from msgspec import Meta, Struct

from tt_emulator.catalog import Api
from tt_emulator.config import DEFAULT_URL
from tt_emulator.domain.hold import Hold
from tt_emulator.domain.outgoing import Outgoing

MAX_ID_BYTES = 128
"""Of a player's openid and of a call's id, in UTF-8."""

NO_PLAYER = f"no player has such an openid: 1 to {MAX_ID_BYTES} bytes, no control characters"
"""Of a condition that no call could meet."""

NO_CALL_NAMES_IT = f"is longer than {MAX_ID_BYTES} bytes, which no call could name"
"""Of an openid."""

Openid = Annotated[
    str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$(?!\n)")
]

Code = Annotated[int, Meta(ge=-(10**12), le=10**12)]
"""An error's code as people name it; more than any documented one."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def is_id(text: str) -> bool:
    """Whether it can be a player's openid, or a call's id."""
    if text.isascii():
        return 1 <= len(text) <= MAX_ID_BYTES and text.isprintable()
    return len(text.encode()) <= MAX_ID_BYTES and not _CONTROL.search(text)


class Call(Struct, frozen=True, gc=False):
    """One use of one API by one player.

    `options` are the API's options without callbacks, `sent` the same as JSON text for the journal.
    `call_id` is the caller's own id, `None` if it gave none. `base_url` is how the caller reaches
    the emulator: what a reply holds of addresses must lead there, from a phone on the LAN, too.
    `proxy` names the header by which a proxy on the way has told of itself, `None` if none did.
    `platform` is that whose prefix the call has, `None` if the world's goes without saying. `body`
    is that of a request to an endpoint, byte for byte.
    """

    api: Api
    options: dict[str, Any]
    world: str = "default"
    player: str = "player-1"
    domain: str = "main"
    call_id: str | None = None
    sent: bytes = b"{}"
    base_url: str = DEFAULT_URL
    proxy: str | None = None
    platform: str | None = None
    body: bytes = b""

    def keys(self) -> list[str]:
        """The storage keys that the call names, in its order.

        Of an API that takes anything the options are as they came: what is no key names none.
        """
        named: list[Any] = []
        for param in self.api.params:
            value = self.options.get(param.name)
            if isinstance(value, list) and param.type == "array<string>":
                named += value
            elif param.name == "key":
                named.append(value)
            elif isinstance(value, list) and param.type == "array<KVData>":
                named += [pair.get("key") for pair in value if isinstance(pair, dict)]
        return [key for key in named if isinstance(key, str)]


class Reply(Struct, frozen=True, gc=False):
    """What the game gets back: `body` is exactly the object that its callback receives.

    `error` is the name of the catalog row for a failure. `reason` tells a developer why the
    emulator refused by itself, `refused_host` to whom it sent nothing, `task` is what tt.js must
    know for the task of the call, as JSON.
    """

    body: dict[str, Any]
    error: str | None = None
    reason: str = ""
    refused_host: str = ""
    task: str = ""


class Wait(Struct, frozen=True, eq=False):
    """Let time pass before the next step; two that last as long are equal.

    `shares` tells what the duration is made of, if somebody can end it early: milliseconds, each
    with what it is held by.
    """

    duration_ms: float
    shares: tuple[tuple[float, Hold], ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wait) and other.duration_ms == self.duration_ms

    def __hash__(self) -> int:
        return hash(self.duration_ms)

    def wanted_ms(self) -> float:
        """The duration, less the shares that were released."""
        return self.duration_ms - sum(ms for ms, hold in self.shares if hold.released)


class Send(Struct, frozen=True):
    """Send the reply, or the part of its body from `begin` to `end` (fractions of its bytes).

    `text` is that body as JSON, `exchange` the journal's id of the call, `fault` the id of what
    struck, `client` what the game's runtime shall do with the reply. With `cut` the JSON text
    itself breaks off.
    """

    reply: Reply
    exchange: int
    text: bytes
    fault: str | None = None
    client: str | None = None
    status: int = 200
    cut: bool = False
    begin: float = 0.0
    end: float = 1.0

    @property
    def plain(self) -> bool:
        """Whether it is the whole reply and nothing is to be said about it."""
        return self.fault is None and not (self.reply.reason or self.reply.task)


class Close(Struct, frozen=True):
    """Close the connection."""


class Reset(Struct, frozen=True):
    """Reset the connection."""


class Settling(Protocol):
    """What has begun to be made durable."""

    @property
    def ear(self) -> socket | None:
        """What can be read when more is known; `None` where nothing tells. Whoever listens there
        closes it when it has ended.
        """

    def is_known(self) -> bool:
        """Whether it is known what became of it, as far as can be told without waiting."""

    def wait(self) -> None:
        """Wait until that is known, in a thread."""

    def finish_now(self) -> bool:
        """Finish it, if that waits for nothing; whether it has. It has to be known."""

    def finish(self) -> object:
        """Wait until it is known, and tell who waits for it; in a thread."""


Begin = Callable[[Callable[[], object]], Settling | None]


class Settle:
    """Make what has happened durable before anybody hears of it, together with what others wait
    for. `refused` then says why it could not be: throw it into the steps.

    Where it can be waited for elsewhere, `begin(wake)` gives what is under way, or `None` if it is
    over already; `wake` is called if it comes to its end by another thread. Where even that has to
    wait it raises `WouldWait`: then `settle` in a thread.
    """

    def __init__(self, settle: Callable[[], None], begin: Begin | None = None) -> None:
        self.settle = settle
        self.begin = begin
        self.refused: Exception | None = None


class Blocking(Struct, frozen=True):
    """What comes next waits for others: on an event loop, have the next step made in a thread."""


BLOCKING = Blocking()

Step = Wait | Outgoing | Settle | Blocking | Send | Close | Reset
