"""A request of a game's own backend becomes a Call."""

from typing import Any
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

from tt_emulator.catalog import Api
from tt_emulator.catalog.model import Endpoint
from tt_emulator.config import DEFAULT_WORLD
from tt_emulator.domain.model import Call, is_id
from tt_emulator.errors import BadRequest
from tt_emulator.wire import game_api, strict_json
from tt_emulator.wire.game_api import CallHeaders
from tt_emulator.world import Reachable

METHODS = ("GET", "POST")
DOMAIN = "server"


class BackendTarget(Struct, frozen=True, gc=False):
    """What a request is about, as far as its head tells: `world` and `player` are those of headers,
    or else the first ones; `is_named` tells whether a header names the world. What of its `query`
    the API has there tells the rest, or its body.
    """

    worlds: Reachable
    api: Api
    endpoint: Endpoint
    query: dict[str, str]
    world: str
    player: str
    base_url: str
    proxy: str | None
    platform: str
    is_named: bool
    domain: str = DOMAIN


def read_target(
    worlds: Reachable, method: str, path: str, query: bytes, headers: CallHeaders, host: str
) -> BackendTarget:
    """The target of a request to `host`, whose path begins as those of endpoints do.

    Raises `NotFound` if there is no such endpoint, and `BadRequest` for what cannot be read.
    """
    platform, api = worlds.platforms.endpoint_at(method, path)
    assert api.endpoint is not None
    return BackendTarget(
        worlds,
        api,
        api.endpoint,
        _read_query(query),
        game_api.world_name(headers.world),
        game_api.player_name(headers.player),
        game_api.base_url(host),
        headers.proxy,
        platform.identity.name,
        headers.world is not None,
    )


def read_call(target: BackendTarget, call_id: str | None, body: bytes) -> Call:
    """The call that a request makes; `call_id` is the header's, `None` where absent.

    A code or an access token tells its world, else a header, else the ending of an appid, if there
    is such a world: what a page can have a browser send makes none. An openid tells the player, or
    else the player who was given the code. Raises as `game_api.read_call`.
    """
    if len(body) > game_api.MAX_BODY_BYTES:
        raise game_api.too_large()
    if call_id is not None:
        call_id = game_api.read_call_id(call_id)
    sent = strict_json.read_object(body) if body and target.endpoint.method == "POST" else {}
    options = _options(target.api, target.query, sent)
    world = _world(target, options)
    return Call(
        target.api,
        options,
        world,
        _player(target, options, world),
        DOMAIN,
        call_id,
        msgspec.json.encode(options),
        target.base_url,
        target.proxy,
        target.platform,
        body,
    )


def _read_query(query: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise BadRequest(
            f"The query of the address cannot be read: {error}.", "Percent-encode it as UTF-8."
        ) from error
    first = {name: value for name, value in reversed(pairs)}  # of two of a name the first counts
    return {name: first[name] for name, _ in pairs}


def _options(api: Api, query: dict[str, str], sent: dict[str, Any]) -> dict[str, Any]:
    """What stands where the API has it, and what it does not know."""
    places = {param.name: param.where for param in api.params}
    of_query = {name: text for name, text in query.items() if places.get(name) != "body"}
    return of_query | {name: value for name, value in sent.items() if places.get(name) != "query"}


def _world(target: BackendTarget, options: dict[str, Any]) -> str:
    texts = (options.get(name) for name in target.endpoint.told_by)
    told = (target.worlds.told_by(text) for text in texts if isinstance(text, str))
    for name in told:
        if name is not None:
            return name
    appid = options.get("appid")
    if target.is_named or not isinstance(appid, str):
        return target.world
    return target.worlds.told_by(appid) or DEFAULT_WORLD


def _player(target: BackendTarget, options: dict[str, Any], world: str) -> str:
    openid = options.get("openid")
    if isinstance(openid, str) and is_id(openid):
        return openid
    for name in target.endpoint.told_by:
        code = options.get(name)
        if isinstance(code, str) and target.worlds.told_by(code) == world:
            issued = target.worlds.find(world).codes.find(code)
            if issued is not None:
                return issued.openid
    return target.player
