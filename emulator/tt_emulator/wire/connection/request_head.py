"""The head of a request, read in one way for all entry points."""

from urllib.parse import unquote

from httptools import parse_url
from msgspec import Struct

from tt_emulator.errors import BadRequest
from tt_emulator.platforms import BACKENDS
from tt_emulator.wire.game_api import NO_CALLS, PROXY_HEADERS, CallHeaders
from tt_emulator.wire.language import RawHeaders

_FIELDS = (b"x-emulator-world", b"x-emulator-player", b"x-emulator-domain", b"x-emulator-call")
_PROXIES = {name.lower().encode(): name for name in PROXY_HEADERS}
_BACKENDS = tuple(BACKENDS)
_tells_of_none = frozenset(_PROXIES).isdisjoint


class RequestHead(Struct, gc=False):
    """A head. `path` is decoded; of `headers` the names are in lower case, and values of the same
    name joined. `length` is the body's in bytes, 0 if it comes in chunks; `odd` is a header of ours
    that cannot count. `query` is that of the address if an endpoint of a platform's server can be
    there, else `None`.
    """

    method: str
    path: str
    is_call: bool
    headers: dict[bytes, bytes]
    length: int
    odd: bytes | None
    query: bytes | None = None

    def header(self, name: bytes) -> str | None:
        """The value of a header, `None` if it is not there."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    def call_headers(self) -> CallHeaders:
        """The headers that say whose call it is."""
        sent = map(self.headers.get, _FIELDS)
        world, player, domain, call = [
            None if value is None else value.decode("latin-1") for value in sent
        ]
        if _tells_of_none(self.headers):
            return CallHeaders(world, player, domain, call)
        proxy = next(name for each, name in _PROXIES.items() if each in self.headers)
        return CallHeaders(world, player, domain, call, proxy)


def read_head(
    method: bytes,
    target: bytes,
    headers: RawHeaders,
    prefixes: tuple[str, ...],
) -> RequestHead:
    """The head with these headers, their names in lower case; paths of games' calls have these
    prefixes.
    """
    path = path_of(target, prefixes)
    is_call = (
        method == b"POST" and path.startswith(prefixes) and path.rpartition("/")[2] not in NO_CALLS
    )
    found, odd = dict(headers), None
    if len(found) < len(headers) or b"_" in b"".join(found):
        found, odd = _joined(headers)
    length = int(found.get(b"content-length", 0))
    is_endpoint = not is_call and path.startswith(_BACKENDS) and method in (b"GET", b"POST")
    query = (parse_url(target).query or b"") if is_endpoint else None
    return RequestHead(method.decode(), path, is_call, found, length, odd, query)


def _joined(headers: RawHeaders) -> tuple[dict[bytes, bytes], bytes | None]:
    found: dict[bytes, bytes] = {}
    odd = None
    for name, value in headers:
        dashed = name.replace(b"_", b"-")
        if dashed in _FIELDS and (name in found or dashed != name):
            odd = name
        found[name] = b"%b,%b" % (found[name], value) if name in found else value
    return found, odd


def spelled_oddly(name: bytes) -> BadRequest:
    """The refusal of a header of ours that stands twice, or is spelled with `_`.

    Others on the way here would read such a request in other ways.
    """
    spelled = name.decode("ascii").title()
    if "_" in spelled:
        return BadRequest(
            f"The header {spelled} is spelled with _.", f"Spell it {spelled.replace('_', '-')}."
        )
    return BadRequest(f"The header {spelled} stands twice.", "Send it once, with one value.")


def path_of(target: bytes, prefixes: tuple[str, ...]) -> str:
    """The decoded path of a request's target, as Flask finds its routes by it."""
    if (
        target.startswith(tuple(map(str.encode, prefixes)))
        and b"%" not in target
        and b"#" not in target
    ):
        return target.partition(b"?")[0].decode("latin-1")
    path: str = unquote(parse_url(target).path.decode("ascii"))
    return "/" + path.lstrip("/")
