"""`play`: a mini-game package in a browser, with an emulator of its own."""

from typing import Any

import click

from tt_emulator.cli.flags import Decorator, Several, flag, flags
from tt_emulator.cli.serving import run, server_flags, settings_from
from tt_emulator.config import DEFAULT_PORT, PLAY_AS


def game_flags() -> Decorator:
    """How a package is played."""
    return flags(
        flag("--game-port", type=int, default=0, help="Port of the game.  [default: a free one]"),
        flag(
            "--as",
            "play_as",
            type=click.Choice(PLAY_AS),
            help="Names that the package sees.  [default: what it tells itself]",
        ),
        flag(
            "--plugin",
            metavar="NAME=DIR",
            multiple=True,
            type=Several(),
            help="Folder of a plugin that the platform would deliver (repeatable).",
        ),
        flag(
            "--map",
            metavar="HOST=DIR|URL",
            multiple=True,
            type=Several(),
            help="What answers for a host of the internet (repeatable).",
        ),
        flag("--lenient", is_flag=True, help="Leave the game what a browser has."),
    )


@click.command()
@click.argument("folder", metavar="DIR")
@server_flags(DEFAULT_PORT)
@game_flags()
@flag("--open", "opens", is_flag=True, help="Open the game in a browser once it is ready.")
@click.pass_context
def play(context: click.Context, /, folder: str, opens: bool, **given: Any) -> None:
    """Play the mini-game package in DIR, as it was built, until Ctrl-C or SIGTERM.

    DIR is what an engine builds for the platform: game.json and game.js. It is never written to.
    """
    run(context, settings_from(context, {**given, "play": folder}), opens=opens)
