"""Verbs that change a world as a whole."""

from typing import TYPE_CHECKING

import click

from tt_emulator.cli.flags import flag, with_maker
from tt_emulator.cli.output import say
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client

_SCOPES = ("data", "faults", "journal", "clock")


@click.command()
@flag("--scope", multiple=True, type=click.Choice(_SCOPES), help="Only this (repeatable).")
@with_maker
def reset(client: "Client", scope: tuple[str, ...]) -> None:
    """Put a world back to its beginning."""
    client.reset(scope or None)
    say(f"reset {', '.join(scope) or 'everything'} in world {cell(client.world)}")
