"""A server put together: its worlds, the two entry points to them, and how it starts and ends."""

from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from time import monotonic
from typing import TYPE_CHECKING

from tt_emulator import announcement, seeding
from tt_emulator.config import DEFAULT_PLATFORM, DEFAULT_WORLD, Settings
from tt_emulator.domain.clock import SystemClock
from tt_emulator.domain.store import Storage
from tt_emulator.engine import Engine
from tt_emulator.language.logs import Elsewhere, logger
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.platform import Platform
from tt_emulator.server import facts
from tt_emulator.server.call_log import CallLog, on_stderr
from tt_emulator.server.lifetime import Server, configured
from tt_emulator.server.rereading import Rereading, sources
from tt_emulator.server.sweeping import Sweeping
from tt_emulator.server.teams_file import TeamsFile
from tt_emulator.wire.access import Access, Accesses, alone, shared
from tt_emulator.wire.bridge import Bridge, WsgiApp
from tt_emulator.wire.connection.receiving import guarded_protocol
from tt_emulator.wire.forward import Forwarding
from tt_emulator.wire.guard import Guard
from tt_emulator.wire.health import Health
from tt_emulator.wire.hot.protocol import game_protocol
from tt_emulator.wire.outgoing.outside import Outside
from tt_emulator.world import Worlds

if TYPE_CHECKING:
    from tt_emulator.server.game import Game
    from tt_emulator.wire.play.pages import Playing

log = logger(__name__)

HOT = True
"""Whether game calls are answered on the connection itself, which alone can break; else by Flask,
as all other requests are.
"""


def assembled(  # noqa: PLR0913  # parts of one server, each by its name
    settings: Settings,
    storage: Storage,
    port: int,
    platform: Platform | None = None,
    *,
    game: "Game | None" = None,
    teams: TeamsFile | None = None,
    forwarding: Forwarding | None = None,
) -> Server:
    """The server of these settings, which is to be run on sockets of that port, and plays `game`.

    It emulates `platform` alone if that is given, and is shared by `teams`. What is about worlds
    that other servers have, it passes on to those of which `forwarding` tells.
    """
    teams = teams or TeamsFile()
    call_log = on_stderr(settings.lang) if settings.log else None
    worlds = _worlds(settings, storage, platform, game, call_log, teams)
    engine = Engine(worlds)
    is_open = settings.loopback and not teams.teams
    token = settings.token or (None if is_open else token_urlsafe(32))
    guard = Guard(settings, token, teams.hashes)
    accesses = shared(engine, worlds, guard) if teams.teams else alone(engine, guard)
    own = facts.of(settings, port, token, game.url if game else None)
    health = partial(facts.health, settings, storage, monotonic(), announcement.instance(own))
    urls = partial(facts.urls, settings, port)
    playing = game.playing if game else None
    outside = playing.outside if playing else Outside()
    make_app = partial(_make_app, accesses, guard, health, urls, playing)
    hot = partial(game_protocol, outside=outside)
    make_protocol = hot if HOT else guarded_protocol
    protocol = make_protocol(engine, guard, accesses=accesses, forwarding=forwarding)
    initialize = partial(seeding.initialize, settings, worlds)
    server = Server(configured(Bridge(make_app), protocol), settings, own, initialize, worlds.close)
    server.add_release(outside.close)
    _add_beside(server, settings, worlds, call_log)
    if game is not None:
        _warn_of_another_platform(worlds, game.playing.platform)
        make_site = partial(_make_site, engine, guard, game.playing, port)
        config = configured(Bridge(make_site), protocol)
        server.add_game(
            config, game.sockets, game.playing.close, game.playing.package.seen_as.summary
        )
    return server


def _add_beside(
    server: Server,
    settings: Settings,
    worlds: Worlds,
    call_log: CallLog | None,
) -> None:
    """What goes on beside the calls."""
    if call_log is not None:
        warnings = Elsewhere(call_log.add_text)
        server.add_beside(warnings.take, warnings.give_back)
        server.add_beside(call_log.start, call_log.stop)
    if settings.watch and (files := sources(settings, worlds)):
        rereading = Rereading(files, settings.lang)
        server.add_beside(rereading.start, rereading.stop)
    sweeping = Sweeping(worlds)
    server.add_beside(sweeping.start, sweeping.stop)


def _worlds(
    settings: Settings,
    storage: Storage,
    platform: Platform | None,
    game: "Game | None",
    call_log: CallLog | None,
    teams: TeamsFile,
) -> Worlds:
    played = game.playing.platform if game else DEFAULT_PLATFORM
    return Worlds(
        storage,
        platform or load(PLATFORMS[settings.platform or played]),
        SystemClock(),
        others=PLATFORMS.values() if platform is None else (),
        seed=settings.random_seed,
        on_socket=HOT,
        ready=settings.seed_world is None,
        ttl_s=settings.world_ttl,
        answered=None if call_log is None else call_log.add,
        teams=teams.teams,
    )


def _warn_of_another_platform(worlds: Worlds, played: str) -> None:
    if not worlds.takes(DEFAULT_WORLD, played):
        log.warning(
            "The world %r is not of the platform %s: the game's calls there are refused. Use"
            " another --data, or name another world in the game's address: ?tt-world=NAME",
            DEFAULT_WORLD,
            played,
        )


def _make_app(
    accesses: Accesses,
    guard: Guard,
    health: Callable[[], Health],
    urls: Callable[[], list[str]],
    playing: "Playing | None",
) -> WsgiApp:
    # here, because Flask takes half of a start and the hot route needs none of it
    from tt_emulator.wire.app import create_app

    if not accesses.has_teams:
        engine = accesses.administrator.engine
        return create_app(engine, guard, health, urls=urls, playing=playing)
    from tt_emulator.wire.team_apps import TeamApps

    def make(access: Access) -> WsgiApp:
        shown = health if access is accesses.administrator else lambda: health().without_findings()
        return create_app(access.engine, guard, shown, urls=urls)

    return TeamApps(accesses, make)


def _make_site(engine: Engine, guard: Guard, playing: "Playing", port: int) -> WsgiApp:
    from tt_emulator.wire.play.site import create_game_app

    return create_game_app(engine, guard, playing, port)
