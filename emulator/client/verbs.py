"""What the client can do: arm faults, read the journal, call an API as a game does."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, unquote, urlencode

from emulator.client.transport import Answer, Transport
from emulator.config import DEFAULT_PLAYER, DEFAULT_URL, DEFAULT_WORLD, check

_CONTROL = "/__emulator"

Json = dict[str, Any]


class Reply(dict[str, Any]):
    """The object that the game's callback receives; the attributes are what the emulator adds.

    `request_id` is the exchange in the journal, `fault` the id of the fault that struck, `reason`
    why the emulator refused; each is None if there is none.
    """

    request_id: str | None = None
    fault: str | None = None
    reason: str | None = None


class Client:
    """One world of one server. Threads may share it.

    Every method raises NotReached if no emulator answers within `timeout_s`, and Refused, with the
    server's detail and hint, if it does not do what was asked. A URL or token that cannot be one
    raises SettingsError.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        world: str = DEFAULT_WORLD,
        token: str | None = None,
        timeout_s: float = 10,
    ) -> None:
        check("url", url)
        check("token", token)
        self.url = url.rstrip("/")
        self.world = world
        headers = {"X-Emulator-World": _quoted(world)}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._transport = Transport(self.url, headers, timeout_s)

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

    def health(self) -> Json:
        """What the server says of itself: version, seed, files set aside."""
        return dict(self.control("GET", "/health"))

    def ready(self) -> bool:
        """Whether the server is done with its start."""
        answer = self._transport.send("GET", f"{_CONTROL}/ready")
        return answer.status != 503 and self._transport.understood(answer) is not None

    def errors(self, api: str | None = None) -> list[Json]:
        """The documented error rows, of all APIs or of one."""
        return list(self.control("GET", "/v1/errors", query={"api": api})["errors"])

    def faults(self) -> list[Json]:
        """What is armed, in the order in which it is tried."""
        return list(self.control("GET", "/v1/faults")["faults"])

    def arm(self, spec: Json | Sequence[Json]) -> Any:
        """Arm one fault, or a list of them (all or none); what is armed now, ids included."""
        if isinstance(spec, dict):
            return self.control("POST", "/v1/faults", spec)
        return self.control("POST", "/v1/faults", list(spec))["faults"]

    def replace(self, specs: Sequence[Json]) -> list[Json]:
        """Disarm everything and arm `specs` in one step; what is armed now, ids included."""
        return list(self.control("PUT", "/v1/faults", list(specs))["faults"])

    def disarm(self, fault_id: str) -> None:
        """Disarm one fault."""
        self.control("DELETE", f"/v1/faults/{_quoted(fault_id)}")

    def disarm_all(self) -> None:
        """Disarm every fault of the world."""
        self.control("DELETE", "/v1/faults")

    def requests(
        self,
        api: str | None = None,
        player: str | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> list[Json]:
        """The exchanges of the journal, oldest first; `after` an id gives only newer ones."""
        query = {"api": api, "player": player, "after": after, "limit": limit}
        return list(self.control("GET", "/v1/requests", query=query)["requests"])

    def clear_requests(self) -> None:
        """Forget the journal; its ids go on counting."""
        self.control("DELETE", "/v1/requests")

    def reset(self, scope: Sequence[str] | None = None) -> None:
        """Reset `data`, `faults`, `journal` or `clock` of the world; None means all of them."""
        self.control("POST", "/v1/reset", None if scope is None else {"scope": list(scope)})

    def call(
        self,
        api: str,
        options: Json | None = None,
        *,
        player: str = DEFAULT_PLAYER,
        domain: str = "main",
        call_id: str | None = None,
    ) -> Reply:
        """Call `tt.<api>(options)` as `player`; the object that its callback would receive."""
        headers = {"X-Emulator-Player": _quoted(player), "X-Emulator-Domain": domain}
        if call_id is not None:
            headers["X-Emulator-Call"] = _quoted(call_id)
        answer = self._transport.send(
            "POST", f"/tt/{_quoted(api)}", {} if options is None else options, headers
        )
        reply = Reply(self._transport.understood(answer))
        reply.request_id = _unquoted(answer, "X-Emulator-Request-Id")
        reply.fault = _unquoted(answer, "X-Emulator-Fault")
        reply.reason = _unquoted(answer, "X-Emulator-Reason")
        return reply

    def control(self, method: str, path: str, body: Any = None, query: Json | None = None) -> Any:
        """The JSON answer of any control route, `path` without its prefix `/__emulator`."""
        given = {name: value for name, value in (query or {}).items() if value is not None}
        target = f"{_CONTROL}{path}" + (
            f"?{urlencode(given, errors='surrogatepass')}" if given else ""
        )
        return self._transport.understood(self._transport.send(method, target, body))


def _quoted(text: str) -> str:
    """Percent-encoded UTF-8; a lone surrogate passes, for the server to refuse."""
    return quote(text, safe="", errors="surrogatepass")


def _unquoted(answer: Answer, header: str) -> str | None:
    value = answer.headers.get(header)
    return None if value is None else unquote(value)
