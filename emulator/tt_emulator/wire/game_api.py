"""The data plane's meaning: a request becomes a Call, a reply becomes headers and a body."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from msgspec import Struct

from tt_emulator.catalog import Api, Catalog
from tt_emulator.config import DEFAULT_PLAYER, DEFAULT_URL, DEFAULT_WORLD
from tt_emulator.domain.model import MAX_ID_BYTES, Call, Send, is_id
from tt_emulator.errors import BadRequest, NotFound, TooLarge
from tt_emulator.language import translate
from tt_emulator.platforms.served import Served
from tt_emulator.wire import strict_json
from tt_emulator.wire.language import CONTENT_LANGUAGE, preferred_language

MAX_BODY_BYTES = 1024 * 1024
PANEL = "panel"
"""Below the prefix of calls: the panel for testers in the game's page."""

CONSENT = "consent"
"""Below the prefix of calls: what the player has answered to a question of the platform's."""

NO_CALLS = frozenset({PANEL, CONSENT})

PROXY_HEADERS = ("Via", "Forwarded", "X-Forwarded-For", "X-Real-IP")
"""By any of them a proxy tells that a request came through it."""

_MAX_SENT = 3 * MAX_ID_BYTES  # each byte may be sent as %XX
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_READABLE = "".join(map(chr, range(0x20, 0x7F))).replace("%", "")


class CallHeaders(Struct, frozen=True):
    """The `X-Emulator-*` headers of a request as they were sent, `None` where absent; `proxy` is
    that of `PROXY_HEADERS` which it has.
    """

    world: str | None = None
    player: str | None = None
    domain: str | None = None
    call: str | None = None
    proxy: str | None = None


class CallTarget(Struct, frozen=True, gc=False):
    """What a call is about and whose it is, without its id and its options."""

    api: Api
    world: str
    player: str
    domain: str
    base_url: str = DEFAULT_URL
    proxy: str | None = None
    platform: str | None = None


def base_url(host: str) -> str:
    """How a caller that named this Host reaches the emulator."""
    return f"http://{host.lower().removesuffix(':80')}"


def name_in(path: str) -> str:
    """The API that a call with that path names."""
    return path.partition("/")[2].partition("/")[2]


def nothing_there(prefixes: Iterable[str]) -> tuple[str, str]:
    """The detail and the hint for an address without a route; calls have one of these prefixes."""
    return (
        "Nothing is served at this address.",
        f"Games POST to {_calls_below(prefixes)}; see also /__emulator/.",
    )


def _calls_below(prefixes: Iterable[str]) -> str:
    return ", ".join(f"{each}<api>" for each in prefixes)


def read_target(platforms: Served, path: str, headers: CallHeaders, host: str) -> CallTarget:
    """The target of the call in a request to `host`, whose path is one of these platforms'.

    Raises `NotFound` for an unknown API, and `BadRequest` for a header that cannot be read.
    """
    platform, name = platforms.at(path), name_in(path)
    if not name or "/" in name:
        raise NotFound(*nothing_there(platforms.prefixes))
    catalog, script = platform.catalog, platform.global_name
    api = catalog.apis.get(name)
    if api is None:
        raise NotFound(f"The emulator knows no API {name[:80]!r}.", _known(catalog))
    if api.endpoint is not None:
        raise NotFound(
            f"{name} is called by the game's own backend, not by games.",
            f"Send {api.endpoint.method} to {api.endpoint.paths[0]}.",
        )
    if not api.of_kind.called:
        raise NotFound(
            f"{script}.{name} is answered in the page, by {script}.js.",
            f"See GET {platform.prefix}state.",
        )
    domain = headers.domain or "main"
    if domain not in ("main", "open"):
        raise BadRequest(f"X-Emulator-Domain is {domain[:80]!r}.", "It is main or open.")
    world, player = world_name(headers.world), player_name(headers.player)
    url, name = base_url(host), platform.identity.name
    return CallTarget(api, world, player, domain, url, headers.proxy, name)


def read_call(target: CallTarget, call_id: str | None, body: bytes) -> Call:
    """The call that a request makes; `call_id` is the header's, `None` where absent.

    Raises `TooLarge`, and `BadRequest` for a body or an id that cannot be read.
    """
    if len(body) > MAX_BODY_BYTES:
        raise too_large()
    if call_id is not None:
        call_id = read_call_id(call_id)
    options = strict_json.read_object(body)
    return Call(
        target.api,
        options,
        target.world,
        target.player,
        target.domain,
        call_id,
        body,
        target.base_url,
        target.proxy,
        target.platform,
    )


def read_call_id(sent: str) -> str:
    """The id that a header names. Raises `BadRequest`."""
    return _bounded("X-Emulator-Call", text("Call", sent))


def too_large() -> TooLarge:
    """The refusal of a body over the limit."""
    return TooLarge(f"The body is larger than {MAX_BODY_BYTES} bytes.", "Send less in one call.")


def body(send: Send) -> bytes:
    """The object that the game's callback receives, as JSON; half of the text if it is cut."""
    return send.text[: len(send.text) // 2] if send.cut else send.text


def headers(send: Send, accept_language: str | None) -> list[tuple[str, str]]:
    """The headers about the reply, their texts in the language that Accept-Language prefers."""
    fields = [("X-Emulator-Request-Id", str(send.exchange))]
    if send.fault is not None:
        fields.append(("X-Emulator-Fault", send.fault))
    if send.client is not None:
        fields.append(("X-Emulator-Client-Fault", send.client))
    if send.reply.refused_host:
        fields.append(("X-Emulator-Refused-Host", quote(send.reply.refused_host, safe=_READABLE)))
    if send.reply.task:
        fields.append(("X-Emulator-Task", quote(send.reply.task, safe=_READABLE)))
    if send.reply.reason:
        language = preferred_language(accept_language)
        reason = translate(send.reply.reason, language)
        fields.append(("X-Emulator-Reason", quote(reason, safe=_READABLE)))
        fields.append((CONTENT_LANGUAGE, language))
    return fields


def options_of(api: Api, query: Mapping[str, str]) -> dict[str, Any]:
    """The options of a call of the API from a query, where everything is text."""
    options: dict[str, Any] = dict(query)
    for param in api.params:
        for value in param.values:
            if options.get(param.name) == str(value):
                options[param.name] = value
    return options


def text(name: str, sent: str) -> str:
    """A percent-encoded header value as text. Raises `BadRequest`, for a long one unread."""
    if len(sent) > _MAX_SENT:
        return _bounded(f"X-Emulator-{name}", sent)
    if "%" not in sent and sent.isascii():
        return sent
    try:
        if not sent.isascii():
            raise ValueError("a character that is not ASCII")
        if _BAD_ESCAPE.search(sent):
            raise ValueError("a % without two hexadecimal digits")
        return unquote_to_bytes(sent).decode("utf-8")
    except ValueError as error:
        raise BadRequest(f"X-Emulator-{name} cannot be read: {error}.", _ENCODE) from error


def world_name(sent: str | None) -> str:
    """The world that a header names, `None` for none. Raises `BadRequest`."""
    return DEFAULT_WORLD if sent is None else text("World", sent)


def player_name(sent: str | None) -> str:
    """The openid that a header names, `None` for none. Raises `BadRequest`."""
    return DEFAULT_PLAYER if sent is None else openid(text("Player", sent))


def openid(name: str) -> str:
    """`name` if it can be a player's. Raises `BadRequest`."""
    return _bounded("A player's openid", name)


def _bounded(what: str, value: str) -> str:
    if not is_id(value):
        raise BadRequest(
            f"{what} must be 1 to {MAX_ID_BYTES} bytes without control characters.", _ENCODE
        )
    return value


_ENCODE = "Percent-encode header values as UTF-8: encodeURIComponent does."


def _known(catalog: Catalog) -> str:
    return f"Known: {', '.join(catalog.called)}."
