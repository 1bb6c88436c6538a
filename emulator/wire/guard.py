"""Who may call: Host and Origin of every request, and the token, looked at before anything else.

A page from anywhere can make a browser send requests to this machine, and a rebound name makes
them same-origin. So only known host names are served, only loopback pages (and those configured)
call the data plane, and only own pages the control plane.
"""

import re
from hmac import compare_digest
from ipaddress import ip_address

from msgspec import Struct

from emulator.config import Settings
from emulator.domain import avatars
from emulator.errors import Forbidden
from emulator.sockets import in_url

Headers = tuple[tuple[str, str], ...]

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*?)\.?(?::[0-9]{1,5})?")
_ORIGIN = re.compile(r"https?://(.+)")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_WILDCARDS = frozenset({"0.0.0.0", "::"})
_OPEN_ROUTES = frozenset(
    {"/__emulator/health", "/__emulator/ready", "/__emulator/openapi.json", "/__emulator/ui"}
)
_CORS = (
    ("Access-Control-Allow-Methods", "GET, POST"),
    (
        "Access-Control-Allow-Headers",
        "Content-Type, X-Emulator-World, X-Emulator-Player, X-Emulator-Domain, X-Emulator-Call",
    ),
    (
        "Access-Control-Expose-Headers",
        "X-Emulator-Request-Id, X-Emulator-Fault, X-Emulator-Reason, X-Emulator-Client-Fault",
    ),
    ("Access-Control-Max-Age", "600"),
)


class Visit(Struct, frozen=True):
    """What the guard looks at in a request: raw header values, `None` where a header is absent."""

    path: str
    hosts: tuple[str, ...]
    origin: str | None = None
    fetch_site: str | None = None
    authorization: str | None = None


class Guard:
    """The rules of one server. `token` is what the control plane asks for, `None` for nothing."""

    def __init__(self, settings: Settings, token: str | None) -> None:
        self._any_address = settings.host in _WILDCARDS
        self._hosts = _LOOPBACK | {
            in_url(settings.host).lower(),
            *map(str.lower, settings.allowed_host),
        }
        self._origins = frozenset(settings.allow_origin)
        self._token = token

    def admit(self, visit: Visit) -> Headers:
        """The CORS headers of the answer. Raises `Forbidden`; then nothing has been done."""
        host = self._host(visit)
        if visit.path.startswith(avatars.PREFIX):
            return (("Access-Control-Allow-Origin", "*"),)  # pictures that tell nothing
        if visit.path.startswith("/__emulator"):
            self._admit_to_control(visit, host)
            return ()
        if visit.origin is None:
            return (("Vary", "Origin"),)
        if not self._is_friend(visit.origin, host):
            raise Forbidden(
                f"Pages of the origin {visit.origin!r} may not use this emulator.",
                f"If the page is yours, start with --allow-origin {visit.origin}",
            )
        return (("Vary", "Origin"), ("Access-Control-Allow-Origin", visit.origin), *_CORS)

    def _host(self, visit: Visit) -> str:
        host = visit.hosts[0].lower() if len(visit.hosts) == 1 else ""
        name = _HOST.fullmatch(host)
        if name is None or not self._is_known(name[1]):
            raise Forbidden(
                f"The Host {', '.join(visit.hosts)!r} is not served here.",
                "Use http://127.0.0.1 or http://localhost, or start with --allowed-host NAME.",
            )
        return host

    def _is_known(self, name: str) -> bool:
        if name.strip("[]") in _WILDCARDS:
            return False
        # A rebound name is never a literal address: safe to serve where the server listens on all.
        return (
            name in self._hosts
            or name.endswith(".localhost")
            or (self._any_address and _is_address(name))
        )

    def _is_friend(self, origin: str, host: str) -> bool:
        if origin in self._origins or origin == f"http://{host}":
            return True
        rest = _ORIGIN.fullmatch(origin)
        name = _HOST.fullmatch(rest[1]) if rest else None
        return name is not None and (name[1] in _LOOPBACK or name[1].endswith(".localhost"))

    def _admit_to_control(self, visit: Visit, host: str) -> None:
        if visit.origin not in (None, f"http://{host}") or visit.fetch_site in {
            "cross-site",
            "same-site",
        }:
            raise Forbidden(
                "The control plane is for the emulator's own pages and for programs.",
                "Use curl, the command line, or a page that the emulator itself serves.",
            )
        if self._token is None or _is_open(visit.path):
            return
        expected = f"Bearer {self._token}".encode()
        if not compare_digest((visit.authorization or "").encode(), expected):
            raise Forbidden(
                "This server asks for its token.",
                "Send Authorization: Bearer <token>; the ready file and the start-up lines have it",
            )


def _is_open(path: str) -> bool:
    """Whether it tells no secret: of the tester's page the files are known to everybody."""
    return path in _OPEN_ROUTES or path.startswith("/__emulator/ui/")


def _is_address(name: str) -> bool:
    try:
        return str(ip_address(name.strip("[]"))) == name.strip("[]")
    except ValueError:
        return False
