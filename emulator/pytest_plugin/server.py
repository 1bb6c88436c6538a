"""The server of a run: one in this process, or one that runs already."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator import __version__
from emulator.config import Settings
from emulator.errors import EmulatorError

_PATHS = ("data", "scenario", "seed_world", "ready_file")


@dataclass(frozen=True, slots=True)
class Server:
    """A running emulator; `token` is what its control plane asks for, None if for nothing."""

    url: str
    token: str | None = None


@contextmanager
def started(settings: Mapping[str, Any]) -> Iterator[Server]:
    """A server in a thread, by default on a free port and without files. Raises as `serving`."""
    from emulator.server import serving

    given = {"port": 0, "data": None, **settings}
    paths = {name: Path(given[name]) for name in _PATHS if given.get(name) is not None}
    with serving(Settings(**{**given, **paths})) as facts:
        yield Server(facts["url"], facts["token"])


def attached(url: str, token: str | None) -> Server:
    """The server at `url`. Raises NotReached, and EmulatorError if it is of another version."""
    from emulator.client import Client

    with Client(url, token=token) as client:
        version = client.health()["version"]
    if version != __version__:
        raise EmulatorError(
            f"The emulator at {url} is version {version}, this pytest plugin {__version__}.",
            "Install the same version on both sides.",
        )
    return Server(client.url, token)
