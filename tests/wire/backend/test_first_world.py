"""A code of the first world tells it also a server that does not have that world."""

from urllib.parse import urlencode

from entry_points import Answer
from process import Emulator, emulator
from rawhttp import Wire, request
from redis_server import RedisServer

NOT_THE_FIRST = "X-Emulator-World: other"


def ask(server: Emulator, sent: bytes) -> Answer:
    with Wire(server.port) as wire:
        wire.send(sent)
        return wire.answer()


def a_code(server: Emulator) -> str:
    sent = request("POST", "/tt/login", b"{}", "X-Emulator-Player: alice")
    return str(ask(server, sent).json["code"])


def openid_for(server: Emulator, code: str) -> str:
    query = urlencode({"appid": "tt1", "secret": "s", "code": code})
    sent = request("GET", f"/api/apps/jscode2session?{query}", None, NOT_THE_FIRST)
    return str(ask(server, sent).json.get("openid"))


def test_a_backend_may_ask_any_server_what_a_code_of_the_first_world_is_worth(
    redis: RedisServer,
) -> None:
    shared = "--shared", redis.url
    with emulator(*shared) as owner, emulator(*shared) as other:
        assert openid_for(other, a_code(owner)) == "alice"
