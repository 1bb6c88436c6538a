"""What concerns all worlds is asked of all servers that share them."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from flask import request
from msgspec.json import decode

from tt_emulator.engine import Engine
from tt_emulator.errors import Elsewhere, StorageAway
from tt_emulator.language.logs import logger
from tt_emulator.wire.original import FORWARDED

log = logger(__name__)

TIMEOUT_S = 5.0
_HEADERS = ("Host", "Authorization")


def everywhere(engine: Engine, method: str, path: str) -> list[Any]:
    """What the other servers answer to the same, as JSON; nobody is asked for one who has asked.
    The worlds of one who does not answer are to be had here afterwards. Raises `StorageAway` if one
    refuses.
    """
    if FORWARDED.decode() in request.headers:
        return []
    theirs = _elsewhere(engine)
    if not theirs:
        return []
    headers = {name: request.headers[name] for name in _HEADERS if name in request.headers}
    headers[FORWARDED.decode()] = request.host
    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(lambda url: _answer(url, method, path, headers), theirs))
    for url, answer in zip(theirs, answers, strict=True):
        for error in theirs[url] if answer is None else ():
            engine.worlds.lost(error)
    return [answer for answer in answers if answer is not None]


def _elsewhere(engine: Engine) -> dict[str, list[Elsewhere]]:
    """What the other servers have, by where they are."""
    found: dict[str, list[Elsewhere]] = {}
    for error in engine.worlds.survey().elsewhere:
        found.setdefault(error.url, []).append(error)
    return found


def _answer(url: str, method: str, path: str, headers: dict[str, str]) -> Any:
    """The answer, an empty object where it has no body, `None` if nobody answers."""
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT_S)
    try:
        connection.request(method, f"/__emulator{path}", headers=headers)
        response = connection.getresponse()
        text = response.read()
        if response.status >= HTTPStatus.BAD_REQUEST:
            raise StorageAway(
                f"The server {url}, which has worlds, answered {response.status}.",
                "All servers need the same --token and --teams; else try again in a moment.",
            )
        return decode(text) if text else {}
    except (OSError, HTTPException) as error:
        log.warning("The server %s, which has worlds, does not answer: %s", url, error)
        return None
    finally:
        connection.close()
