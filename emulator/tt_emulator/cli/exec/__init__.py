"""`exec`: a command with an emulator of its own, which ends with it."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import click
from click.core import ParameterSource

from tt_emulator.cli.flags import flag
from tt_emulator.cli.output import say, show_line
from tt_emulator.cli.play import game_flags
from tt_emulator.cli.port_conflict import naming_port_owner
from tt_emulator.cli.serving import naming_the_seed, server_flags, settings_from
from tt_emulator.errors import EmulatorError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

_OWN = {"port": 0, "data": None, "shared": None, "game_port": 0, "ready_file": None}
"""Whatever tt-emulator.toml says of a tester's server: one beside it has none of that."""


@click.command("exec", context_settings={"allow_interspersed_args": False})
@server_flags(0, "Keep the data there.  [default: nothing is kept]")
@flag("--play", metavar="DIR", help="Play the mini-game package in DIR beside it.")
@game_flags()
@flag(
    "--allow-game-errors",
    is_flag=True,
    help="End with CMD's exit code although the game did not catch an error.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- CMD...")
@click.pass_context
def exec_(
    context: click.Context, /, command: tuple[str, ...], allow_game_errors: bool, **given: Any
) -> int:
    """Run CMD with an emulator of its own, and end as CMD ends.

    CMD finds it at TT_EMULATOR_URL, and the game of --play at TT_EMULATOR_GAME_URL. It takes a free
    port and keeps nothing, unless the flags say otherwise. The exit code is CMD's, or 128 + n if
    signal n ended it; nothing that CMD has started outlives it. If CMD succeeded and the game did
    not catch an error, the exit code is 1.
    """
    for name, value in _OWN.items():
        if context.get_parameter_source(name) is ParameterSource.DEFAULT_MAP:
            given[name] = value
    given["ephemeral"] = given["ephemeral"] or given["data"] is None
    settings = settings_from(context, given)
    from tt_emulator.client import Client
    from tt_emulator.server import serving

    if sys.platform == "win32":
        from tt_emulator.cli.exec.windows_job import run
    else:
        from tt_emulator.cli.exec.posix_process_group import run
    with naming_the_seed(context), naming_port_owner(settings), serving(settings) as facts:
        with Client(facts["url"], token=facts["token"]) as client:
            client.ready()
        try:
            code = run(list(command), _environment(facts))
        except OSError as error:
            raise _NotRun(command[0], error) from error
        has_failed = settings.play is not None and _tell_game_errors(facts)
        return 1 if has_failed and code == 0 and not allow_game_errors else code


def _tell_game_errors(facts: dict[str, Any]) -> bool:
    """Print what the game did not catch in worlds that nobody has dropped; whether there is any."""
    from tt_emulator.client import Client

    with Client(facts["url"], token=facts["token"]) as client:
        pages = client.control("GET", "/v1/play")["pages"]
    errors = [error for page in pages for error in page["errors"]]
    if errors:
        say("The game did not catch:", err=True)
    for error in errors:
        where = "" if error["file"] is None else f"{error['file']}:{error['line']}: "
        show_line(f"  {where}{error['message']}", err=True)
    return bool(errors)


def _environment(facts: dict[str, Any]) -> dict[str, str]:
    """Ours, with where the emulator is, and that no proxy leads there."""
    ours = {
        "TT_EMULATOR_URL": facts["url"],
        "TT_EMULATOR_TOKEN": facts["token"],
        "TT_EMULATOR_GAME_URL": facts.get("game"),
    }
    given = {name: value for name, value in ours.items() if value is not None}
    return {**os.environ, **_no_proxy(os.environ), **given}


def _no_proxy(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables by which programs know hosts that are reached directly, with this machine.

    Programs differ in which of the two they read; one that is not set says what the other does.
    """
    names = ("NO_PROXY",) if sys.platform == "win32" else ("NO_PROXY", "no_proxy")
    current = {name: environment[name] for name in names if name in environment}
    direct = {}
    for name in names:
        hosts = current.get(name, next(iter(current.values()), "")).split(",")
        here = [] if hosts == ["*"] else [host for host in _LOOPBACK if host not in hosts]
        direct[name] = ",".join(filter(None, [*hosts, *here]))
    return direct


class _NotRun(EmulatorError):
    """CMD cannot be started; the exit codes are a shell's."""

    exit_code = 127

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(
            f"{name!r} cannot be run: {error.strerror}.",
            "Is it installed, and on the PATH? CMD is a program with its arguments, no shell line.",
        )
