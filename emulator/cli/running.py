"""`exec`: a command with an emulator of its own, which ends with it."""

import os
import sys
from typing import Any

import click

from emulator.cli.occupant import naming_the_occupant
from emulator.cli.serving import naming_the_seed, server_flags, settings_from
from emulator.errors import EmulatorError

_CONTEXT = {"default_map": {"port": 0}, "allow_interspersed_args": False}


@click.command("exec", context_settings=_CONTEXT)
@server_flags
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- CMD...")
@click.pass_context
def exec_(context: click.Context, /, command: tuple[str, ...], **given: Any) -> int:
    """Run CMD with an emulator of its own, and end as CMD ends.

    CMD finds it at TT_EMULATOR_URL. It takes a free port and keeps nothing, unless the flags say
    otherwise. The exit code is CMD's, or 128 + n if signal n ended it; nothing that CMD has started
    outlives it.
    """
    given["ephemeral"] = given["ephemeral"] or given["data"] is None
    settings = settings_from(context, given)
    from emulator.client import Client
    from emulator.server import serving

    if sys.platform == "win32":
        from emulator.cli.job import run
    else:
        from emulator.cli.group import run
    with naming_the_seed(context), naming_the_occupant(settings), serving(settings) as facts:
        with Client(facts["url"], token=facts["token"]) as client:
            client.ready()
        told = {"TT_EMULATOR_URL": facts["url"], "TT_EMULATOR_TOKEN": facts["token"]}
        env = os.environ | {name: value for name, value in told.items() if value is not None}
        try:
            return run(list(command), env)
        except OSError as error:
            raise _NotRun(command[0], error) from error


class _NotRun(EmulatorError):
    """CMD cannot be started; the exit codes are a shell's."""

    exit_code = 127

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(
            f"{name!r} cannot be run: {error.strerror}.",
            "Is it installed, and on the PATH? CMD is a program with its arguments, no shell line.",
        )
