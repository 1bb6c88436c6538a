"""What performs the requests that games send outside, each in its time."""

import asyncio
from collections.abc import Mapping
from functools import partial
from threading import Lock
from urllib.parse import quote, unquote, urljoin

from msgspec.structs import replace

from tt_emulator.domain.outgoing import (
    MAX_TIMEOUT_MS,
    Answer,
    Located,
    Outcome,
    Outgoing,
    Refused,
    Request,
    Unanswered,
)
from tt_emulator.wire.outgoing.places import (
    Elsewhere,
    Folder,
    NoAnswer,
    Place,
    Places,
    Server,
    page_address,
)

MAX_REDIRECTS = 20
LEFT = Unanswered("aborted", "the game did not wait for the answer")
_NO_ADDRESS = "it was redirected to what is no address"
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_MOVED = frozenset({301, 302, 303, 307, 308})


class Outside:
    """Performs what games ask of servers of this machine, and of what stands in for others.

    `timeouts_ms` are by API, for requests that name none. Safe under threads.
    """

    def __init__(
        self, places: Places | None = None, timeouts_ms: Mapping[str, int] | None = None
    ) -> None:
        self.places = places or Places()
        self._timeouts_ms = timeouts_ms or {}
        self._lock = Lock()
        self._under_way: dict[asyncio.Task[Outcome], asyncio.AbstractEventLoop] = {}

    async def ask(self, outgoing: Outgoing) -> Outcome:
        """The outcome. Whoever is cancelled while it asks has been left by the game."""
        if not outgoing.claims():
            return await asyncio.shield(asyncio.wrap_future(outgoing.outcome))
        asking = asyncio.ensure_future(self._in_time(outgoing))
        with self._lock:
            self._under_way[asking] = asyncio.get_running_loop()
        try:
            outcome = await asking
        except asyncio.CancelledError:
            asking.cancel()
            outcome = LEFT
        except Exception as error:
            outgoing.outcome.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._under_way[asking]
        outgoing.outcome.set_result(outcome)
        return outcome

    def block(self, outgoing: Outgoing) -> Outcome:
        """The outcome, waited for in this thread."""
        return asyncio.run(self.ask(outgoing))

    def close(self) -> None:
        """Let go whatever is under way."""
        with self._lock:
            for asking, loop in self._under_way.items():
                loop.call_soon_threadsafe(asking.cancel)

    async def _in_time(self, outgoing: Outgoing) -> Outcome:
        request = outgoing.request
        default_ms = self._timeouts_ms.get(outgoing.api, MAX_TIMEOUT_MS)
        timeout_ms = min(request.timeout_ms or default_ms, MAX_TIMEOUT_MS)
        try:
            async with asyncio.timeout(timeout_ms / 1000):
                if request.opens:
                    return self._located(request.url, timeout_ms)
                return await self._followed(request)
        except TimeoutError:
            return Unanswered("timed-out", f"no answer came within {timeout_ms:g} ms")
        except NoAnswer as why:
            return Unanswered("network-unavailable", str(why))

    async def _followed(self, request: Request) -> Outcome:
        for _ in range(MAX_REDIRECTS):
            outcome = await self._outcome_of(request)
            if not isinstance(outcome, Answer) or not request.follows:
                return outcome
            following = _following(request, outcome)
            if following is None:
                return outcome
            request = following
        raise NoAnswer(f"it was redirected more than {MAX_REDIRECTS} times")

    def _located(self, url: str, timeout_ms: float) -> Outcome:
        """Where a page may open a WebSocket of this address. Raises `NoAnswer`."""
        place = self._place_of(url)
        if isinstance(place, Elsewhere):
            return Refused(place.host)
        if isinstance(place, Folder):
            raise NoAnswer("a folder stands in for the host, and opens no sockets")
        return Located(page_address(place), timeout_ms)

    def _place_of(self, url: str) -> Place:
        try:
            return self.places.of(url)
        except (ValueError, KeyError):
            raise NoAnswer(_NO_ADDRESS) from None

    async def _outcome_of(self, request: Request) -> Outcome:
        place = self._place_of(request.url)
        if isinstance(place, Elsewhere):
            return Refused(place.host)
        if isinstance(place, Folder):
            return await asyncio.to_thread(partial(_file, request.method, place))
        from tt_emulator.wire.outgoing.http import exchange  # late: most servers never ask

        return await exchange(_marked(request, place), place)


def _file(method: str, folder: Folder) -> Answer:
    """The file, as a plain server of files answers."""
    if method not in {"GET", "HEAD"}:
        return Answer(405, {"Allow": "GET, HEAD"}, b"")
    place = folder.files.find(folder.path or "index.html")
    try:
        body = None if place is None else place.read_bytes()
    except OSError:
        body = None
    if place is None or body is None:
        return Answer(404, {"Content-Type": "text/plain"}, b"")
    from tt_emulator.wire.files import media_type  # late: it is Flask's

    headers = {"Content-Type": media_type(place.name), "Content-Length": str(len(body))}
    return Answer(200, headers, b"" if method == "HEAD" else body)


def _following(request: Request, answer: Answer) -> Request | None:
    """What the answer sends on to, `None` if it does not. Raises `NoAnswer`."""
    target = answer.header("location")
    if answer.status not in _MOVED or target is None:
        return None
    try:
        url = urljoin(request.url, quote(target.encode("latin-1"), safe=_PRINTABLE))
    except ValueError:
        raise NoAnswer(_NO_ADDRESS) from None
    changed = answer.status == 303 or (answer.status in {301, 302} and request.method == "POST")
    if changed and request.method != "HEAD":
        kept = tuple(pair for pair in request.headers if pair[0].lower() != "content-type")
        return replace(request, url=url, method="GET", body=b"", headers=kept)
    return replace(request, url=url)


def _marked(request: Request, server: Server) -> Request:
    """A game may ask what the machine has, and not the control plane of an emulator: that turns
    away what a browser marks so.
    """
    if "__emulator" not in unquote(server.target):
        return request
    kept = tuple(pair for pair in request.headers if not pair[0].lower().startswith("sec-fetch-"))
    return replace(request, headers=(*kept, ("Sec-Fetch-Site", "cross-site")))
