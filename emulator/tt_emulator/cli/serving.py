"""Verbs for the server's process: start it, stop it, ask whether it is ready."""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer, current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tt_emulator.cli.browser import open_page
from tt_emulator.cli.flags import Decorator, Several, flag, flags, number, with_client
from tt_emulator.cli.language import language
from tt_emulator.cli.output import say
from tt_emulator.cli.port_conflict import naming_port_owner
from tt_emulator.cli.ready import NAME as READY_NAME
from tt_emulator.config import (
    DEFAULT_DATA,
    DEFAULT_HOST,
    DEFAULT_PORT,
    DEFAULT_SEED,
    PLATFORM_NAMES,
    Settings,
)
from tt_emulator.errors import SeedError

if TYPE_CHECKING:
    from tt_emulator.client import Client

_DATA = "Data directory.  [default: .tt-emulator]"
_ORIGINS = (
    ParameterSource.COMMANDLINE,
    ParameterSource.ENVIRONMENT,
    ParameterSource.DEFAULT_MAP,
    ParameterSource.DEFAULT,
)
"""From where a value can come, the first that has one."""

_WHERE = ("data", "ephemeral", "shared")
"""Where worlds are: one of these."""

_NO_SYNC = "--shared and --sync exclude each other: what Redis keeps is for its appendfsync to say."


_WHO_MAY_CALL = flags(
    flag(
        "--allowed-host",
        multiple=True,
        type=Several(),
        help="Host to answer to as well, .example.com for all below it (repeatable).",
    ),
    flag(
        "--allow-origin",
        multiple=True,
        type=Several(),
        help="Web origin to answer to as well (repeatable).",
    ),
    flag(
        "--token",
        help="Token that the control plane asks for beyond this machine. Others see it here in the"
        " list of processes: TT_EMULATOR_TOKEN hides it.",
    ),
)


def data_flag(help: str = _DATA) -> Decorator:
    """Where the data is."""
    return flag("--data", metavar="DIR", help=help)


def server_flags(port: int, data_help: str = _DATA) -> Decorator:
    """The flags of everything that is a server, by itself on that port."""
    return flags(
        flag("--port", type=int, default=port, show_default=True, help="0 takes a free port."),
        flag("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on."),
        data_flag(data_help),
        flag("--ephemeral", is_flag=True, help="Keep everything in memory, nothing on disk."),
        flag(
            "--shared",
            metavar="URL",
            help="Share all worlds with the other servers of this Redis (6.2 or newer).",
        ),
        flag("--seed-world", metavar="FILE", help="Begin with this world, if --data has none yet."),
        flag(
            "--scenario", metavar="FILE", help="Arm this scenario's faults before the first call."
        ),
        flag(
            "--random-seed", type=int, default=DEFAULT_SEED, show_default=True, help="Seed of luck."
        ),
        flag(
            "--ready-file",
            metavar="PATH",
            help="Announce URL and pid there.  [default: ready.json in --data]",
        ),
        _WHO_MAY_CALL,
        flag(
            "--platform",
            type=click.Choice(PLATFORM_NAMES),
            help="Platform of worlds that do not say theirs.  [default: the package's, tt]",
        ),
        flag(
            "--world-ttl",
            type=number,
            metavar="S",
            help="Drop worlds that nobody has used for so many seconds, but for the default one.",
        ),
        flag("--sync", is_flag=True, help="Have each write on the disk before it is answered."),
        flag("--log", is_flag=True, help="Print each call on stderr."),
        flag(
            "--no-watch",
            is_flag=True,
            help="Do not read files again that change: --scenario, --seed-world, the game's.",
        ),
    )


@click.command()
@server_flags(DEFAULT_PORT)
@flag("--teams", metavar="FILE", help="Share the server among the teams of this file.")
@flag("--open", "opens", is_flag=True, help="Open the tester's page in a browser once it is ready.")
@click.pass_context
def start(context: click.Context, /, opens: bool, **given: Any) -> None:
    """Run the emulator until Ctrl-C or SIGTERM."""
    run(context, settings_from(context, given), opens=opens)


def run(context: click.Context, settings: Settings, *, opens: bool) -> None:
    """Serve until Ctrl-C or SIGTERM; `opens` its page in a browser once it is ready."""
    with ended_by_sigterm(), naming_the_seed(context), naming_port_owner(settings):
        with kept():
            from tt_emulator.server import serve
        more = {"when_ready": open_page} if opens else {}
        serve(settings, **more)


@click.command()
@with_client
def healthcheck(client: "Client") -> int:
    """Tell by the exit code whether an emulator is ready.

    0: it is ready, 1: not yet, 6: there is none.
    """
    ready = client.ready()
    say(f"{client.url} is {'ready' if ready else 'not ready yet'}")
    return 0 if ready else 1


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Have SIGTERM end a start as it ends a server: the first process of a container is not ended
    by a signal for which it has no handler.
    """
    if current_thread() is not main_thread():  # where there is no handler to be had
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(name: int, frame: FrameType | None) -> None:
    """Exit; where Python would ignore that, as it forgets the lock of an import, a moment later."""
    code = None if frame is None else frame.f_code
    if code and (code.co_filename, code.co_name) == ("<frozen importlib._bootstrap>", "cb"):
        Timer(0.01, os.kill, (os.getpid(), name)).start()
    else:
        sys.exit(0)


@contextmanager
def kept() -> Iterator[None]:
    """Keep what is made now out of the garbage collection, a tenth of a start, and let it be rare:
    one that goes through 100,000 players stops all calls for 0.2 s, and little of ours needs it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 50)
        gc.enable()


def settings_from(context: click.Context, given: dict[str, Any]) -> Settings:
    """The settings that `server_flags` made; of a flag, a variable and the file the first wins."""
    where = {name: given.pop(name) for name in _WHERE}
    chosen = _chosen(context, [name for name, value in where.items() if value])
    folder = None
    if chosen in ("data", None):
        folder = Path(where["data"] or DEFAULT_DATA)
    if chosen == "shared":
        given["shared"] = where["shared"]
        if given["sync"]:
            raise click.UsageError(_NO_SYNC, context)
    ready_file = given.pop("ready_file") or (folder and folder / READY_NAME)
    scenario, seed_world = given.pop("scenario"), given.pop("seed_world")
    played, teams = given.pop("play", None), given.pop("teams", None)
    given["watch"] = not given.pop("no_watch")
    return Settings(
        **given,
        lang=language(),
        data=folder,
        ready_file=ready_file and Path(ready_file),
        scenario=scenario and Path(scenario),
        seed_world=seed_world and Path(seed_world),
        play=played and Path(played),
        teams=teams and Path(teams),
    )


def _chosen(context: click.Context, names: list[str]) -> str | None:
    """Which of these flags, all of which are given, comes from the first origin; `None` if there
    are none. Raises `UsageError` if two do.
    """
    origins = {name: _ORIGINS.index(context.get_parameter_source(name)) for name in names}
    first = [name for name in names if origins[name] == min(origins.values())]
    if len(first) > 1:
        raise click.UsageError(f"--{first[0]} and --{first[1]} exclude each other.", context)
    return first[0] if first else None


@contextmanager
def naming_the_seed(context: click.Context) -> Iterator[None]:
    """A seed that cannot be used is reported with the flag or variable that named it."""
    try:
        yield
    except SeedError as error:
        param = next(param for param in context.command.params if param.name == "seed_world")
        raise click.BadParameter(error.detail, context, param) from error
