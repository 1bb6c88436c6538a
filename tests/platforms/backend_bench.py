"""A game's own backend as a test has it: what it knows, and requests in one line."""

import json
from collections.abc import Mapping
from typing import Any

from harness import Bench
from tt_emulator.domain.model import Reply
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.signature import signature

TT, WX = (load(PLATFORMS[name]) for name in ("tt", "wx"))
APP = {"appid": "app", "secret": "s3cret"}
OPENID = "player-1"

PAIR = {"key": "score", "value": "1"}
BODIES: dict[str, dict[str, Any]] = {
    "set_user_storage": {"kv_list": [PAIR]},
    "remove_user_storage": {"key": ["score"]},
    "setUserStorage": {"kv_list": [PAIR]},
    "removeUserStorage": {"key": ["score"]},
    "setUserInteractiveData": {"kv_list": [{"key": "1", "value": 7}]},
}
"""What stands in the body, and is signed, of a call that succeeds."""


class Backend:
    """Of a game of the platform whose one player has logged in, and been exchanged."""

    def __init__(self, platform: Platform) -> None:
        self.bench = Bench(platform=platform)
        self.platform = platform
        self.is_tt = platform is TT
        self.token, self.key = "any", ""
        if self.is_tt:
            self.token = self.new_token()
        self.refresh()

    def refresh(self) -> None:
        """Log in, and take the key of the session."""
        self.key = self.call("code2Session", self.session())["session_key"]

    @property
    def world(self) -> Any:
        return self.bench.world

    def new_token(self, **options: Any) -> str:
        token: str = self.call("getAccessToken", self.app(**options))["data"]["access_token"]
        return token

    def app(self, **options: Any) -> dict[str, Any]:
        return APP | {"grant_type": "client_credential"} | options

    def code(self, name: str = "code", player: str = OPENID) -> str:
        code: str = self.bench.call("login", {}, player=player)[name]
        return code

    def session(self, **options: Any) -> dict[str, Any]:
        given = {"code": self.code()} if self.is_tt else {"js_code": self.code()}
        grant = {} if self.is_tt else {"grant_type": "authorization_code"}
        return APP | given | grant | options

    def signed(self, body: bytes, **query: Any) -> dict[str, Any]:
        """The query of a request with that body."""
        return {
            "access_token": self.token,
            "openid": OPENID,
            "signature": signature(self.key, body),
            "sig_method": "hmac_sha256",
        } | query

    def example(self, api: str) -> tuple[dict[str, Any], bytes]:
        """Options and body with which the API succeeds."""
        if api in BODIES:
            body = json.dumps(BODIES[api]).encode()
            return self.signed(body) | BODIES[api], body
        if api in ("checkSessionKey", "resetSessionKey"):
            return self.signed(b""), b""
        if api.startswith("code2Session"):
            return self.session(), b""
        return self.app(), b""

    def reply(self, api: str, options: Mapping[str, Any], body: bytes = b"", **more: Any) -> Reply:
        return self.bench.reply(api, dict(options), body=body, **({"player": OPENID} | more))

    def call(self, api: str, options: Mapping[str, Any], body: bytes = b"", **more: Any) -> Any:
        return self.reply(api, options, body, **more).body

    def send(self, api: str, value: Any, **query: Any) -> Reply:
        """Call it with that value as the body, signed."""
        body = json.dumps(value, ensure_ascii=False).encode()
        return self.reply(api, self.signed(body) | value | query, body)

    def advance(self, seconds: float) -> None:
        self.bench.clock.ms += round(seconds * 1000)
