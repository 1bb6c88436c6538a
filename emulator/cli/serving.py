"""Verbs for the server's process: start it, stop it, ask whether it is ready."""

import gc
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from emulator.cli.flags import flag, flags, with_client
from emulator.cli.occupant import naming_the_occupant
from emulator.cli.output import say
from emulator.cli.speech import language
from emulator.config import DEFAULT_DATA, DEFAULT_HOST, DEFAULT_PORT, DEFAULT_SEED, Settings
from emulator.errors import EmulatorError, NotReached, SeedError

if TYPE_CHECKING:
    from emulator.client import Client

READY_NAME = "ready.json"
_STOP_S = 10
_POLL_S = 0.02

_data = flag("--data", metavar="DIR", help=f"Data directory.  [default: {DEFAULT_DATA}]")

server_flags = flags(
    flag("--port", type=int, default=DEFAULT_PORT, show_default=True, help="0 takes a free port."),
    flag("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on."),
    _data,
    flag("--ephemeral", is_flag=True, help="Keep everything in memory, nothing on disk."),
    flag("--seed-world", metavar="FILE", help="Begin with this world, if --data has none yet."),
    flag("--scenario", metavar="FILE", help="Arm this scenario's faults before the first call."),
    flag("--random-seed", type=int, default=DEFAULT_SEED, show_default=True, help="Seed of luck."),
    flag(
        "--ready-file",
        metavar="PATH",
        help=f"Announce URL and pid there.  [default: {READY_NAME} in --data]",
    ),
    flag("--allowed-host", multiple=True, help="Host name to answer to as well (repeatable)."),
    flag("--allow-origin", multiple=True, help="Web origin to answer to as well (repeatable)."),
    flag("--token", help="Token that the control plane asks for beyond this machine."),
    flag("--sync", is_flag=True, help="Have each write on the disk before it is answered."),
)


@click.command()
@server_flags
@click.pass_context
def start(context: click.Context, /, **given: Any) -> None:
    """Run the emulator until Ctrl-C or SIGTERM."""
    settings = settings_from(context, given)
    with _kept():
        from emulator.server import serve
    with naming_the_seed(context), naming_the_occupant(settings):
        serve(settings)


@click.command()
@flag("--ready-file", metavar="PATH", help=f"Its ready file.  [default: {READY_NAME} in --data]")
@_data
def stop(ready_file: str | None, data: str | None) -> None:
    """End a running emulator, found by its ready file."""
    path = Path(ready_file) if ready_file else Path(data or DEFAULT_DATA) / READY_NAME
    ready = _read(path)
    from emulator.client import Client

    with Client(ready["url"], language=language()) as client:
        client.health()
        _terminate(ready["pid"])
        _wait_until_gone(client)
    path.unlink(missing_ok=True)
    say(f"stopped {ready['url']}")


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
def _kept() -> Iterator[None]:
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
    """The settings that `server_flags` made; of a flag and a variable in conflict the flag wins."""
    data, ephemeral = given.pop("data"), given.pop("ephemeral")
    if ephemeral and data is not None:
        origins = {name: context.get_parameter_source(name) for name in ("data", "ephemeral")}
        if origins["data"] is origins["ephemeral"]:
            raise click.UsageError("--data and --ephemeral exclude each other.", context)
        ephemeral = origins["ephemeral"] is ParameterSource.COMMANDLINE
    folder = None if ephemeral else Path(data or DEFAULT_DATA)
    ready_file = given.pop("ready_file") or (folder and folder / READY_NAME)
    scenario, seed_world = given.pop("scenario"), given.pop("seed_world")
    return Settings(
        **given,
        lang=language(),
        data=folder,
        ready_file=ready_file and Path(ready_file),
        scenario=scenario and Path(scenario),
        seed_world=seed_world and Path(seed_world),
    )


@contextmanager
def naming_the_seed(context: click.Context) -> Iterator[None]:
    """A seed that cannot be used is told with the flag or variable that named it."""
    try:
        yield
    except SeedError as error:
        param = next(param for param in context.command.params if param.name == "seed_world")
        raise click.BadParameter(error.detail, context, param) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        ready = json.loads(path.read_text(encoding="utf-8"))
        return {"url": str(ready["url"]), "pid": int(ready["pid"])}
    except FileNotFoundError:
        raise NotReached(
            f"There is no ready file {path}, so no emulator that was started with it is running.",
            "Was it started with --data DIR or --ready-file PATH? Give `stop` the same.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EmulatorError(
            f"{path} cannot be read as a ready file: {error!r}.",
            "Name the file that `start --ready-file` was given.",
        ) from error


def _terminate(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGTERM)
    except OSError as error:
        raise EmulatorError(
            f"Process {pid} of the ready file cannot be ended: {error}.",
            "Is the ready file an old one? Stop the emulator in its own terminal.",
        ) from error


def _wait_until_gone(client: "Client") -> None:
    deadline = time.monotonic() + _STOP_S
    while time.monotonic() < deadline:
        client.close()
        try:
            client.health()
        except NotReached:
            return
        time.sleep(_POLL_S)
    raise EmulatorError(
        f"{client.url} still answers {_STOP_S} s after it was asked to end.",
        "Look at its terminal; a second Ctrl-C there ends it at once.",
    )
