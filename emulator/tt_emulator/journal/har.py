"""Exchanges as a HAR file, which browsers' developer tools and others open."""

import json
from collections.abc import Sequence
from typing import Any

from tt_emulator import __version__
from tt_emulator.journal import views
from tt_emulator.journal.exchange import Exchange


def har(exchanges: Sequence[Exchange], url: str, came: int = 0) -> dict[str, Any]:
    """HAR 1.2 of the exchanges; `url` is what their APIs' names come after. If more `came` than
    these, its comment tells it.
    """
    shown = len(exchanges)
    part = {"comment": f"the last {shown} of {came} calls"} if came > shown else {}
    return {
        "log": {
            "version": "1.2",
            **part,
            "creator": {"name": "tt-emulator", "version": __version__},
            "entries": [
                _entry(exchange.view(), *_address(exchange, url)) for exchange in exchanges
            ],
        }
    }


def _address(exchange: Exchange, url: str) -> tuple[str, str]:
    """The method and the URL of the call; of an endpoint the first of its paths."""
    call = exchange.call
    if call.api.endpoint is None:
        return "POST", f"{url}{call.api.name}"
    return call.api.endpoint.method, f"{call.base_url}{call.api.endpoint.paths[0]}"


def _entry(view: views.Exchange, method: str, url: str) -> dict[str, Any]:
    sent = bytes(view.options).decode()
    body = "" if view.reply is None else json.dumps(view.reply, ensure_ascii=False)
    took_ms = view.duration_ms or 0
    fields = ("id", "call_id", "player", "domain", "fault", "reason")
    return {
        "startedDateTime": view.received_at,
        "time": took_ms,
        "request": {
            **_message(sent, "postData", {"mimeType": "application/json", "text": sent}),
            "method": method,
            "url": url,
            "queryString": [],
        },
        "response": {
            **_message(body, "content", _content(body)),
            "status": 200 if body else 0,
            "statusText": "OK" if body else "",
            "redirectURL": "",
        },
        "cache": {},
        "timings": {"send": 0, "wait": took_ms, "receive": 0},
        "_emulator": {name: getattr(view, name) for name in fields},
    }


def _message(text: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "headersSize": -1,
        "bodySize": len(text.encode()),
        name: body,
    }


def _content(text: str) -> dict[str, Any]:
    return {"size": len(text.encode()), "mimeType": "application/json", "text": text}
