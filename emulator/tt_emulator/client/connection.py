"""One world of one server, and the two ways in: its control routes, and calls as a game makes."""

from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, unquote, urlencode

from tt_emulator.client.answers import Json, Reply
from tt_emulator.client.events import Event, parsed
from tt_emulator.client.transport import Answer, Transport
from tt_emulator.config import DEFAULT_PLAYER, DEFAULT_URL, DEFAULT_WORLD, check
from tt_emulator.errors import NotReached
from tt_emulator.platforms import DEFAULT, PLATFORMS, Identity

_CONTROL = "/__emulator"
_WRONG_PLATFORM = b'"wrong-platform"'
_SILENCE_S = 40  # the event stream has a sign of life every 15 s


class Connection:
    """One world of one server. Threads may share it.

    Every method raises NotReached if no emulator answers within `timeout_s`, and Refused, with the
    server's detail and hint, if it does not do what was asked. A URL or token that cannot be one
    raises SettingsError. `language` is that of what the server says, `zh` or by itself `en`. A
    world that this client makes is of the `platform`, `None` leaves it to the server.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        world: str = DEFAULT_WORLD,
        token: str | None = None,
        timeout_s: float = 10,
        *,
        language: str | None = None,
        platform: str | None = None,
    ) -> None:
        check("url", url)
        check("token", token)
        check("platform", platform)
        self.url = url.rstrip("/")
        self.world = world
        headers = {"X-Emulator-World": quoted(world)}
        if language:
            headers["Accept-Language"] = language
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._transport = Transport(self.url, headers, timeout_s)
        self._named = platform
        self._platform = None if platform is None else PLATFORMS[platform]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept; the client stays usable."""
        self._transport.close()

    @property
    def platform(self) -> Identity:
        """That of the world; of a world that is not there yet, the one that its first call has.

        The server is asked for it once, unless it was given.
        """
        if self._platform is None:
            told = self.control("GET", "/v1/catalog")["platform"]
            lists = {name: tuple(each) for name, each in told.items() if isinstance(each, list)}
            self._platform = Identity(**told | lists)
        return self._platform

    def call(
        self,
        api: str,
        options: Json | None = None,
        *,
        player: str = DEFAULT_PLAYER,
        domain: str = "main",
        call_id: str | None = None,
    ) -> Reply:
        """Call `tt.<api>(options)`, or `wx.<api>(options)`, as `player`; the object that its
        callback would receive.

        Where no platform was given, it is the world's, and `tt` of a world that is made by it.
        """
        headers = {"X-Emulator-Player": quoted(player), "X-Emulator-Domain": domain}
        if call_id is not None:
            headers["X-Emulator-Call"] = quoted(call_id)
        answer = self._called(api, {} if options is None else options, headers)
        reply = Reply(self._transport.understood(answer))
        reply.request_id = _unquoted(answer, "X-Emulator-Request-Id")
        reply.fault = _unquoted(answer, "X-Emulator-Fault")
        reply.reason = _unquoted(answer, "X-Emulator-Reason")
        return reply

    def control(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Json | None = None,
        *,
        more_s: float = 0,
        as_text: bool = False,
    ) -> Any:
        """The JSON answer of any control route, `path` without its prefix `/__emulator`.

        `more_s` is how long the server may take beyond `timeout_s`. With `as_text` the answer is
        its text, bytes that are known to be JSON.
        """
        asked = {**(query or {}), "platform": self._named}
        given = {name: value for name, value in asked.items() if value is not None}
        target = f"{_CONTROL}{path}" + (
            f"?{urlencode(given, errors='surrogatepass')}" if given else ""
        )
        answer = self._transport.send(method, target, body, more_s=more_s)
        value = self._transport.understood(answer)
        return answer.body if as_text else value

    def stranger(self) -> NotReached:
        """The error for an answer that no tt-emulator gives."""
        return self._transport.stranger(200)

    def ready(self) -> bool:
        """Whether the server is done with its start."""
        answer = self._transport.send("GET", f"{_CONTROL}/ready")
        return answer.status != 503 and self._transport.understood(answer) is not None

    def _called(self, api: str, options: Json, headers: dict[str, str]) -> Answer:
        """The answer to a call, by the way of the world's platform."""

        def sent(platform: Identity) -> Answer:
            return self._transport.send("POST", platform.prefix + quoted(api), options, headers)

        answer = sent(self._platform or DEFAULT)
        if self._platform is None and answer.status == 404 and _WRONG_PLATFORM in answer.body:
            return sent(self.platform)
        return answer

    def _events(self, after: int) -> Iterator[Event | None]:
        """One stream's events after that id; None says that it is alive."""
        headers = {"Last-Event-ID": str(after)}
        return parsed(self._transport.lines(f"{_CONTROL}/v1/events", headers, _SILENCE_S))


def quoted(text: str) -> str:
    """Percent-encoded UTF-8; a lone surrogate passes, for the server to refuse."""
    return quote(text, safe="", errors="surrogatepass")


def _unquoted(answer: Answer, header: str) -> str | None:
    value = answer.headers.get(header)
    return None if value is None else unquote(value)
