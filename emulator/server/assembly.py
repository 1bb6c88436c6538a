"""A server put together: its worlds, the two doors to them, and how it begins and lets go."""

from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from time import monotonic
from typing import Any

from emulator import announcement, seeding
from emulator.catalog import Catalog, load
from emulator.config import Settings
from emulator.domain.clock import SystemClock
from emulator.engine import Engine
from emulator.server import facts
from emulator.server.lifetime import Server, configured
from emulator.storage.base import Storage
from emulator.wire.bridge import Bridge, WsgiApp
from emulator.wire.guard import Guard
from emulator.wire.protocol import game_protocol
from emulator.world import Worlds


def assembled(settings: Settings, storage: Storage, port: int) -> Server:
    """The server of these settings, which is to be run on sockets of that port."""
    catalog = load()
    worlds = _worlds(settings, storage, catalog)
    engine = Engine(catalog, worlds)
    token = settings.token or (None if settings.loopback else token_urlsafe(32))
    guard = Guard(settings, token)
    own = facts.of(settings, port, token)
    health = partial(facts.health, settings, storage, monotonic(), announcement.instance(own))
    urls = partial(facts.urls, settings, port)
    make_app = partial(_make_app, engine, guard, health, urls)
    config = configured(Bridge(make_app), game_protocol(engine, guard))
    begin = partial(seeding.begin, settings, worlds)
    return Server(config, settings, own, begin, worlds.close)


def _worlds(settings: Settings, storage: Storage, catalog: Catalog) -> Worlds:
    return Worlds(
        storage,
        catalog,
        SystemClock(),
        seed=settings.random_seed,
        on_socket=True,
        ready=settings.seed_world is None,
    )


def _make_app(
    engine: Engine,
    guard: Guard,
    health: Callable[[], dict[str, Any]],
    urls: Callable[[], list[str]],
) -> WsgiApp:
    # here, because Flask takes half of a start and the hot route needs none of it
    from emulator.wire.app import create_app

    return create_app(engine, guard, health, urls=urls)
