"""What concerns all worlds is asked of all servers that share them."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from flask import request
from msgspec.json import decode

from tt_emulator.engine import Engine
from tt_emulator.language.logs import logger
from tt_emulator.wire.original import FORWARDED

log = logger(__name__)

TIMEOUT_S = 5.0
_HEADERS = ("Host", "Authorization")


def everywhere(engine: Engine, method: str, path: str) -> list[Any]:
    """What the other servers answer to the same, as JSON; nobody is asked for one who has asked."""
    others = [] if FORWARDED.decode() in request.headers else engine.worlds.others()
    if not others:
        return []
    headers = {name: request.headers[name] for name in _HEADERS if name in request.headers}
    headers[FORWARDED.decode()] = request.host
    with ThreadPoolExecutor(len(others)) as threads:
        answers = threads.map(lambda url: _answer(url, method, path, headers), others)
        return [answer for answer in answers if answer is not None]


def _answer(url: str, method: str, path: str, headers: dict[str, str]) -> Any:
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT_S)
    try:
        connection.request(method, f"/__emulator{path}", headers=headers)
        response = connection.getresponse()
        text = response.read()
        return decode(text) if response.status == 200 else None
    except (OSError, HTTPException) as error:
        log.warning("The server %s does not tell of its worlds: %s", url, error)
        return None
    finally:
        connection.close()
