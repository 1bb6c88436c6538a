"""A running server, found by its ready file. The file is a claim: what answers must own to it."""

import json
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tt_emulator.announcement import instance
from tt_emulator.cli.language import language
from tt_emulator.config import DEFAULT_DATA, Settings
from tt_emulator.errors import EmulatorError, NotReached

NAME = "ready.json"
_PATIENCE_S = 1

Health = dict[str, Any]


class Ready(NamedTuple):
    """What a ready file says, as far as a client has use for it."""

    path: Path
    url: str
    port: int
    pid: int
    token: str | None
    instance: str

    def token_for(self, given: str | None) -> str | None:
        """What to show it: `given` goes to no other machine on the word of a file."""
        host = urlsplit(self.url).hostname or ""
        return given if given and Settings(host=host).loopback else self.token


def read(path: Path) -> Ready:
    """The ready file. Raises NotReached if there is none, EmulatorError if it is something else."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        token = facts.get("token")
        url = str(facts["url"])
        port = urlsplit(url).port or 80
        return Ready(path, url, port, int(facts["pid"]), token and str(token), instance(facts))
    except FileNotFoundError:
        raise NotReached(
            f"There is no ready file {path}, so no emulator that was started with it is running.",
            "Was it started with --data DIR or --ready-file PATH? Give `stop` the same.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EmulatorError(
            f"{path} cannot be read as a ready file: {error!r}.",
            "Name the file that `start --ready-file` was given.",
        ) from error


def health(url: str, timeout_s: float = _PATIENCE_S) -> Health:
    """What the emulator there says of itself. Raises NotReached if it is none."""
    from tt_emulator.client import Client

    with Client(url, timeout_s=timeout_s, language=language()) as client:
        found = client.health()
        if "uptime_s" not in found:
            raise client.stranger()
        return found


def here() -> Ready | None:
    """The server that keeps its data in `.tt-emulator` of this folder, if it runs."""
    try:
        ready = read(DEFAULT_DATA / NAME)
        return ready if health(ready.url).get("instance") == ready.instance else None
    except (EmulatorError, ValueError, TypeError):
        return None
