"""connectSocket: where the page may open the WebSocket that a game wants."""

import json
from typing import Any

from tt_emulator.domain.outgoing import Located, Outcome, Request
from tt_emulator.domain.turn import Turn
from tt_emulator.platforms.device.request import bad, checked_url, is_token, no_answer, timeout_of


def ask(turn: Turn) -> Request:
    """What the options ask for. Raises `ApiError`."""
    options = turn.options
    url = checked_url(options["url"], ("ws", "wss"))
    protocols = options.get("protocols") or []
    if len({*protocols}) != len(protocols) or not all(map(is_token, protocols)):
        raise bad("protocols", "each must be a token, and none may come twice")
    return Request(method="GET", url=url, timeout_ms=timeout_of(options), opens=True)


def answer(turn: Turn, outcome: Outcome) -> dict[str, Any]:
    """What `success` receives: the page numbers its tasks. Raises `ApiError` if nobody is there."""
    if not isinstance(outcome, Located):
        raise no_answer(outcome, "URL")
    return {}


def tell(turn: Turn, located: Located) -> str:
    """Where, and within how many milliseconds, the page opens it."""
    return json.dumps({"address": located.address, "timeout_ms": located.timeout_ms})
