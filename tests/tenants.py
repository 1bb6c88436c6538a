"""A server of two teams, behind Flask and behind its sockets; each request says whose it is."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from werkzeug.test import Client as WerkzeugClient

from entry_points import Answer
from harness import ScriptedClock
from process import emulator
from shared_servers import ephemeral
from tt_emulator.config import Settings
from tt_emulator.engine import Engine
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.wire.access import shared
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.team_apps import TeamApps
from tt_emulator.world import Worlds
from tt_emulator.world.teams import Limits, Team

TOKENS = {name: f"{name}.{name}-secret" for name in ("alpha", "beta")}
ROOT = "root-secret"
HASHES = {name: sha256(token.encode()).hexdigest() for name, token in TOKENS.items()}

Ask = Callable[..., Answer]
"""`ask(method, path, value, token=…, world=…, **headers)`."""


def teams(**limits: Limits) -> list[Team]:
    return [Team(name, limits.get(name, Limits())) for name in TOKENS]


def team_worlds(*given: Team) -> Worlds:
    return Worlds(
        MemoryStorage(),
        load(),
        ScriptedClock(),
        others=PLATFORMS.values(),
        on_socket=True,
        teams=given or teams(),
    )


def app_of(worlds: Worlds) -> TeamApps:
    guard = Guard(Settings(), ROOT, HASHES)
    accesses = shared(Engine(worlds), worlds, guard)
    return TeamApps(accesses, lambda access: create_app(access.engine, guard, dict, lambda _: None))


def sent(
    value: Any, token: str | None, world: str | None, headers: Mapping[str, str]
) -> tuple[bytes | None, dict[str, str]]:
    """The body and the headers of a request."""
    said = {name.replace("_", "-"): each for name, each in headers.items()}
    if token is not None:
        said["Authorization"] = f"Bearer {token}"
    if world is not None:
        said["X-Emulator-World"] = world
    if value is None:
        return None, said
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return body, {"Content-Type": "application/json"} | said


def through_flask(worlds: Worlds) -> Ask:
    """Asks the apps themselves; of an answer without end it gives the beginning."""
    client = WerkzeugClient(app_of(worlds))

    def ask(
        method: str,
        path: str,
        value: Any = None,
        *,
        token: str | None = None,
        world: str | None = None,
        **headers: str,
    ) -> Answer:
        body, said = sent(value, token, world, headers)
        got = client.open(path, method=method, data=body, headers=said, buffered=False)
        endless = got.mimetype == "text/event-stream"
        read = next(iter(got.response), b"") if endless else got.get_data()
        answer = Answer(got.status_code, dict(got.headers), bytes(read))
        got.close()
        return answer

    return ask


def through_sockets(port: int) -> Ask:
    """Asks over a connection for each request."""

    def ask(
        method: str,
        path: str,
        value: Any = None,
        *,
        token: str | None = None,
        world: str | None = None,
        **headers: str,
    ) -> Answer:
        body, said = sent(value, token, world, headers)
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(method, path, body, said)
            got = connection.getresponse()
            endless = got.headers.get_content_type() == "text/event-stream"
            return Answer(got.status, dict(got.getheaders()), b"" if endless else got.read())
        finally:
            connection.close()

    return ask


def written(folder: Path, **more: str) -> Path:
    """The file of both teams; `more` are lines for one of them."""
    path = folder / "teams.toml"
    path.write_text("\n".join(_tables(more)), encoding="utf-8")
    return path


def _tables(more: Mapping[str, str]) -> Iterable[str]:
    for name, token_hash in HASHES.items():
        yield f'[[team]]\nname = "{name}"\ntoken_sha256 = "{token_hash}"\n{more.get(name, "")}\n'


@contextmanager
def team_server(folder: Path, *flags: str, **more: str) -> Iterator[Any]:
    """A real server of both teams; with flags or limits it is one, whatever `--servers` says: its
    files, its log, and what it has counted are its own.
    """
    teams = ("--teams", str(written(folder, **more)), "--token", ROOT)
    where = () if "--data" in flags else ("--ephemeral",)
    of_its_own = emulator(*where, *teams, *flags, stderr=None)
    with of_its_own if flags or more else ephemeral(*teams) as running:
        yield running
