"""Says the script of a life to servers, and gives the replies without what is time or chance."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import islice
from typing import Any

from life_script import Ask, Listen, Step, Watch
from tt_emulator.language.quoting import hinted

PATIENCE_S = 5
"""An event that is missing is missed for so long."""
DURATIONS = {"time", "wait", "duration_ms", "gaps_ms"}
HEADERS = ("content-type", "content-language", "etag")

_TOKEN = re.compile(r"\b[0-9a-f]{64}\b")
_ABOUT_NOW = re.compile(r"\b20(?!20-02)\d\d-\d\d-\d\dT[\d:.]+Z")
_LATE = re.compile(r"[\d.]+ s before the call")


class Conversation:
    """One who asks, through all lives of a server; remembers what came at random."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._etag = ""

    def reply(self, port: int, step: Step) -> str:
        """What a step gave."""
        match step:
            case Listen(world, after, events):
                ask = Ask(
                    "GET", "/__emulator/v1/events", world, None, {"Last-Event-ID": f"{after}"}
                )
                return self._with(port, ask, lambda got: self._events(got, events))
            case Watch(player, change):
                headers = {"X-Emulator-Player": player}
                ask = Ask("GET", "/tt/events", change.world, None, headers)
                return self._with(port, ask, lambda got: self._watched(port, got, change))
            case _:
                return self._with(port, step, self._whole)

    def _with(self, port: int, ask: Ask, read: Callable[[HTTPResponse], str]) -> str:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        headers = {"Host": "localhost", "X-Emulator-World": ask.world, **ask.headers}
        body = None
        if ask.body is not None:
            body = self._known(json.dumps(ask.body)).encode()
            headers["Content-Type"] = "application/json"
        try:
            sent = {name: self._known(value) for name, value in headers.items()}
            connection.request(ask.method, ask.path, body, sent)
            return read(connection.getresponse())
        except (OSError, HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()

    def _whole(self, got: HTTPResponse) -> str:
        self._etag = got.getheader("etag") or self._etag
        shown = {
            name.lower(): value
            for name, value in got.getheaders()
            if name.lower().startswith("x-emulator-") or name.lower() in HEADERS
        }
        return f"{got.status} {shown} {self._stripped(got.read().decode(errors='replace'))}"

    def _watched(self, port: int, got: HTTPResponse, change: Ask) -> str:
        got.readline()  # it listens
        return self.reply(port, change) + self._events(got, 1)

    def _events(self, got: HTTPResponse, wanted: int) -> str:
        """The first events; fewer, if no more come."""
        read: list[str] = []
        with suppress(TimeoutError):
            lines = (line.decode() for line in iter(got.readline, b"") if line.strip(b": \n"))
            fields = (line.partition(": ") for line in lines if not line.startswith(":"))
            read.extend(
                self._stripped(value) if name == "data" else f"{name} {value}"
                for name, _, value in islice(fields, 3 * wanted)
            )
        return f"{got.status} {''.join(read)}"

    def _stripped(self, text: str) -> str:
        """Without times; each code as the n-th that came."""
        with suppress(ValueError):
            text = json.dumps(_timeless(json.loads(text)), ensure_ascii=False) + "\n"
        for code in _TOKEN.findall(text):
            text = text.replace(
                code, self._codes.setdefault(code, f"<code {len(self._codes) + 1}>")
            )
        for code, name in self._codes.items():
            text = text.replace(f"'{hinted(code)}'", f"'{name}'")
        return _LATE.sub("(late)", _ABOUT_NOW.sub("(now)", text))

    def _known(self, text: str) -> str:
        """With the codes and the version that were given."""
        for code, name in self._codes.items():
            text = text.replace(name, code)
        return text.replace("<etag>", self._etag)


def _timeless(value: Any) -> Any:
    """JSON without durations, which are told as numbers that have a fraction."""
    if isinstance(value, list):
        return [_timeless(held) for held in value]
    if isinstance(value, dict):
        return {
            name: "(time)" if name in DURATIONS and held is not None else _timeless(held)
            for name, held in value.items()
        }
    return value
