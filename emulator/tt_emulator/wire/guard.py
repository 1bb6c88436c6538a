"""Who may call: Host, Origin and token of every request, looked at before anything else of it.

A page from anywhere can make a browser send requests to this machine, and a rebound name makes
them same-origin. So only known host names are served, only loopback pages (and those configured)
call the data plane, and only own pages the control plane. What holds no secret goes to every page:
the public files, and the pages for testers where somebody follows a link to it.
"""

import re
from collections.abc import Mapping
from ipaddress import ip_address

from msgspec import Struct

from tt_emulator.config import Settings
from tt_emulator.domain import avatars
from tt_emulator.errors import Forbidden
from tt_emulator.origins import UNSPECIFIED, host_pattern, origin_pattern
from tt_emulator.platforms import BACKENDS, PLATFORMS
from tt_emulator.sockets import in_url
from tt_emulator.terminal import shortened
from tt_emulator.wire.keys import Keys

Headers = tuple[tuple[str, str], ...]

_SCRIPT_ENDS = (".js", ".d.ts", ".mjs", ".d.mts")
PUBLIC = frozenset(
    f"/{name}"
    for name in (
        *(f"{each.global_name}{end}" for each in PLATFORMS.values() for end in _SCRIPT_ENDS),
        *("open-data.js", "stand-ins.js", "tt-emulator.mjs", "tt-emulator.d.mts"),
    )
)
"""Scripts and types: they hold no secret, and every page may load them."""

MAX_HOST_LENGTH = 300
MAX_ORIGIN_LENGTH = 1000
MAX_REQUESTED_LENGTH = 4000

_BACKENDS = tuple(BACKENDS)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*?)\.?(?::[0-9]{1,5})?")
_ORIGIN = re.compile(r"https?://(.+)")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PAGES = frozenset({"/__emulator/ui", "/__emulator/ui/", "/__emulator/play", "/__emulator/play/"})
_DEMO = frozenset({"/", "/game.json"})
_OPEN_ROUTES = _PAGES | {"/__emulator/health", "/__emulator/ready", "/__emulator/openapi.json"}
_ALLOWED = "Content-Type, X-Emulator-World, X-Emulator-Player, X-Emulator-Domain, X-Emulator-Call"
_EXPOSED = (
    "X-Emulator-Request-Id, X-Emulator-Fault, X-Emulator-Reason, X-Emulator-Client-Fault,"
    " X-Emulator-Refused-Host, X-Emulator-Task, X-Emulator-Moving"
)


class GuardedRequest(Struct, frozen=True):
    """What the guard looks at in a request: raw header values, `None` where a header is absent.

    `path` is decoded, `hosts` are all Host headers, `requested_headers` what a preflight asks for.
    """

    path: str
    hosts: tuple[str, ...]
    origin: str | None = None
    fetch_site: str | None = None
    authorization: str | None = None
    method: str = "POST"
    fetch_mode: str | None = None
    fetch_dest: str | None = None
    requested_headers: str | None = None


class Guard:
    """The rules of one server. `token` is what the control plane asks for, `None` for nothing.

    With `hashes`, those of the tokens of teams by their names, games are asked for one, too: for
    the server's or that of a team.
    """

    def __init__(
        self, settings: Settings, token: str | None, hashes: Mapping[str, str] | None = None
    ) -> None:
        self._any_address = settings.host in UNSPECIFIED
        self._hosts = _LOOPBACK | {in_url(settings.host).lower()}
        self._allowed_hosts = tuple(map(host_pattern, settings.allowed_host))
        self._allowed_origins = tuple(map(origin_pattern, settings.allow_origin))
        self.keys = Keys(token, hashes or {})

    def admit(self, request: GuardedRequest) -> Headers:
        """The CORS headers of the answer. Raises `Forbidden`; then nothing has been done."""
        name, host = self._host(request)
        if request.path.startswith("/__emulator"):
            self._admit_to_control(request, name, host)
            return ()
        if _is_public(request):
            return _cors(request, "*")
        if request.path.startswith(_BACKENDS):
            _require_backend(request)
            self._require_token_of_game(request)
            return ()
        if request.origin is not None and not self._is_friend(request.origin, name, host):
            shown = shortened(request.origin, 200)
            raise Forbidden(
                f"Pages of the origin {shown!r} may not use this emulator.",
                _origin_hint(request.origin),
            )
        self._require_token_of_game(request)
        cors = () if request.origin is None else _cors(request, request.origin)
        return (("Vary", "Origin"), *cors)

    def readable(self, request: GuardedRequest) -> Headers:
        """The CORS headers of a refusal: the page that is refused may read why, and nothing else.

        Only where a script waits for the answer. A browser says so to a loopback address; to
        others, which it does not trust, it says nothing.
        """
        refused = request.path.startswith("/__emulator") or request.method == "OPTIONS"
        if refused or request.origin is None or len(request.origin) > MAX_ORIGIN_LENGTH:
            return ()
        try:
            name, _ = self._host(request)
        except Forbidden:
            return ()
        if request.fetch_mode == "cors" or (request.fetch_mode is None and not _is_loopback(name)):
            return (("Vary", "Origin"), ("Access-Control-Allow-Origin", request.origin))
        return (("Vary", "Origin"),)

    def _host(self, request: GuardedRequest) -> tuple[str, str]:
        """The name in the Host header, and the header itself, in lower case."""
        host = request.hosts[0].lower() if len(request.hosts) == 1 else ""
        found = _HOST.fullmatch(host) if len(host) <= MAX_HOST_LENGTH else None
        if found is None or not self._is_known(found[1]):
            sent = shortened(", ".join(request.hosts), 200)
            raise Forbidden(
                f"The Host {sent!r} is not served here.", _host_hint(found and found[1])
            )
        return found[1], host

    def _is_known(self, name: str) -> bool:
        if name.strip("[]") in UNSPECIFIED:
            return False
        # A rebound name is never a literal address: safe to serve where the server listens on all.
        return (
            name in self._hosts
            or _is_loopback(name)
            or self._is_allowed(name)
            or (self._any_address and _is_address(name))
        )

    def _is_allowed(self, name: str) -> bool:
        return any(pattern.matches(name) for pattern in self._allowed_hosts)

    def _is_friend(self, origin: str, name: str, host: str) -> bool:
        if self._is_own(origin, name, host):
            return True
        if len(origin) > MAX_ORIGIN_LENGTH:
            return False
        rest = _ORIGIN.fullmatch(origin)
        site = _HOST.fullmatch(rest[1]) if rest else None
        return (site is not None and _is_loopback(site[1])) or any(
            pattern.matches(origin) for pattern in self._allowed_origins
        )

    def _admit_to_control(self, request: GuardedRequest, name: str, host: str) -> None:
        if not self._is_own(request.origin, name, host) or (
            request.fetch_site in {"cross-site", "same-site"} and not _opens_page(request)
        ):
            raise Forbidden(
                "The control plane is for the emulator's own pages and for programs.",
                "Use curl, the command line, or a page that the emulator itself serves.",
            )
        if not is_open(request.path):
            self._require_token(request)

    def _require_token_of_game(self, request: GuardedRequest) -> None:
        """Where there are teams; a browser asks without a token whether it may send one."""
        if (
            self.keys.has_teams
            and request.method != "OPTIONS"
            and request.path not in _DEMO
            and not request.path.startswith("/demo/")
        ):
            self._require_token(request)

    def _require_token(self, request: GuardedRequest) -> None:
        if self.keys.holder(request.authorization) is not None:
            return
        if self.keys.has_teams:
            raise Forbidden(
                "This server asks for the token of a team.",
                "Send Authorization: Bearer <token>, or begin the path with /t/<token>/",
            )
        raise Forbidden(
            "This server asks for its token.",
            "Send Authorization: Bearer <token>; the ready file and the start-up lines have it",
        )

    def _is_own(self, origin: str | None, name: str, host: str) -> bool:
        """Whether a page of that origin came from here, be it by a proxy that speaks https."""
        return origin in (None, f"http://{host}") or (
            origin == f"https://{host}" and self._is_allowed(name)
        )


def _require_backend(request: GuardedRequest) -> None:
    """A program that calls is no page, and a browser tells of pages: by the Origin of whatever they
    send, and toward a loopback address of all they ask for.
    """
    if request.origin is not None or request.fetch_site not in (None, "none"):
        raise Forbidden(
            "The platform's server API is for a game's own backend, not for pages.",
            "Call it from a program.",
        )


def _is_public(request: GuardedRequest) -> bool:
    """Whether it is public: scripts, types, pictures."""
    known = request.path in PUBLIC or request.path.startswith(avatars.PREFIX)
    return known and request.method in {"GET", "HEAD", "OPTIONS"}


def _cors(request: GuardedRequest, origin: str) -> Headers:
    return (
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Methods", "GET, POST"),
        (
            "Access-Control-Allow-Headers",
            ", ".join([_ALLOWED, *_further_headers(request.requested_headers)]),
        ),
        ("Access-Control-Expose-Headers", _EXPOSED),
        ("Access-Control-Max-Age", "600"),
    )


def _further_headers(sent: str | None) -> list[str]:
    """The headers that a preflight asks for, beside ours: tracing libraries add some of theirs."""
    if sent is None or len(sent) > MAX_REQUESTED_LENGTH:
        return []
    known = _ALLOWED.lower().split(", ")
    names = dict.fromkeys(name.strip() for name in sent.split(","))
    return [name for name in names if _TOKEN.fullmatch(name) and name.lower() not in known]


def _opens_page(request: GuardedRequest) -> bool:
    """Whether somebody follows a link to a page for testers: it cannot be framed, nor read."""
    return (
        request.path in _PAGES
        and request.method == "GET"
        and (request.fetch_mode, request.fetch_dest) == ("navigate", "document")
    )


def _host_hint(name: str | None) -> str:
    """How to be served under the name of a Host header, if one can be."""
    try:
        allowed = host_pattern((name or "").strip("[]"))
    except ValueError:
        return "Use http://127.0.0.1 or http://localhost."
    shown = allowed.name.strip("[]")
    return (
        "Use http://127.0.0.1 or http://localhost; if the name is yours, start with"
        f" --allowed-host {shown}"
    )


def _origin_hint(origin: str) -> str:
    """How a page of that origin is let in, if one can be."""
    try:
        origin_pattern(origin)
    except ValueError:
        return "Open your page at http://localhost or http://127.0.0.1."
    return f"If the page is yours, start with --allow-origin {origin}"


def is_open(path: str) -> bool:
    """Whether it holds no secret, and tells of no world: of the tester's page the files are known
    to everybody.
    """
    return path in _OPEN_ROUTES or path.startswith("/__emulator/ui/")


def _is_loopback(name: str) -> bool:
    return name in _LOOPBACK or name.endswith(".localhost")


def _is_address(name: str) -> bool:
    try:
        return str(ip_address(name.strip("[]"))) == name.strip("[]")
    except ValueError:
        return False
