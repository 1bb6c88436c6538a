"""The server of a run: one beside this process, or one that runs already."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tt_emulator import __version__
from tt_emulator.config import DEFAULT_PLATFORM, settings_of
from tt_emulator.errors import EmulatorError, Refused
from tt_emulator.pytest_plugin.child import Child

if TYPE_CHECKING:
    from tt_emulator.client import Client


@dataclass(frozen=True, slots=True)
class Server:
    """A running emulator.

    `token` is what its control plane asks for, None if for nothing; `child` its process, None if
    somebody else started it; `game_url` the origin of the package that it plays, None if of none;
    `platform` that of worlds that do not say, None for the default one.
    """

    url: str
    token: str | None = None
    child: Child | None = None
    game_url: str | None = None
    platform: str | None = None


@contextmanager
def started(child: Child, settings: Mapping[str, Any]) -> Iterator[Server]:
    """The child serves, by default on a free port and without files, and ends with the block.

    Raises as `tt_emulator.server.serving`.
    """
    given = {"port": 0, "data": None, "watch": False, **settings}
    writes = False
    try:
        read = settings_of(given)  # here, where a wrong one is easy to trace
        writes = read.data is not None or read.ready_file is not None
        facts = child.serve(given)
        url, token = facts["url"], facts["token"]
        may_differ = read.platform is not None or read.play is not None
        platform = _platform(url, token) if may_differ else None
        yield Server(url, token, child, facts.get("game"), platform)
    finally:
        child.end(at_once=not writes)


def attached(url: str, token: str | None) -> Server:
    """The server at `url`. Raises NotReached, and EmulatorError if it is of another version."""
    from tt_emulator.client import Client

    with Client(url, token=token) as client:
        version = client.health()["version"]
        if version != __version__:
            raise EmulatorError(
                f"The emulator at {url} is version {version}, this pytest plugin {__version__}.",
                "Install the same version on both sides.",
            )
        game_url = _game_url(client)
        platform = _unless_default(client)
    return Server(client.url, token, game_url=game_url, platform=platform)


def _platform(url: str, token: str | None) -> str | None:
    from tt_emulator.client import Client

    with Client(url, token=token) as client:
        return _unless_default(client)


def _unless_default(client: "Client") -> str | None:
    """The platform of a world that is not there yet."""
    name = client.platform.name
    return None if name == DEFAULT_PLATFORM else name


def _game_url(client: "Client") -> str | None:
    try:
        return str(client.control("GET", "/v1/play")["game_url"])
    except Refused as refused:
        if refused.status != 404:
            raise
        return None
