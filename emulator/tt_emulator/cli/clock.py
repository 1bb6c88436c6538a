"""`clock`: what time it is in a world, by which writes are stamped and boards are cut."""

from typing import TYPE_CHECKING, Any

import click

from tt_emulator.cli.flags import as_json, flag, number, with_maker
from tt_emulator.cli.output import say, show_json
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client


@click.command()
@flag("--set", metavar="TIME", help="Make it this: ISO 8601 with its zone, or Unix milliseconds.")
@flag("--advance-s", type=number, help="Move it on by so many seconds, or back.")
@flag("--freeze/--go-on", default=None, help="Let it stand, or run again.")
@as_json
@with_maker
def clock(client: "Client", as_json: bool, **move: Any) -> None:
    """Show what time it is in a world, or change it.

    Writes are stamped, boards cut and login codes expire by it; faults and waiting go by real time.
    """
    given = {name: value for name, value in move.items() if value is not None}
    if given.get("set", "").isdecimal():
        given["set"] = int(given["set"])
    now = client.move_clock(**given) if given else client.clock()
    if as_json:
        show_json(now)
    elif now["frozen"]:
        say(f"it is {now['now']} in world {cell(client.world)}, and stays so")
    else:
        say(f"it is {now['now']} in world {cell(client.world)}")
