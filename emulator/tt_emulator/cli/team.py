"""Verbs for teams that share a server."""

import click

from tt_emulator.cli.flags import Verbs, as_json
from tt_emulator.cli.output import say, show_json, show_line
from tt_emulator.config import check


@click.group(cls=Verbs)
def team() -> None:
    """Share a server among teams."""


@team.command()
@click.argument("name")
@as_json
def token(name: str, as_json: bool) -> None:
    """Make a token for the team NAME.

    It is printed on stderr and kept nowhere; stdout is what the file of --teams has of the team.
    """
    from hashlib import sha256
    from secrets import token_urlsafe

    check("team", name)
    made = f"{name}.{token_urlsafe(32)}"
    hashed = sha256(made.encode()).hexdigest()
    if as_json:
        show_json({"name": name, "token": made, "token_sha256": hashed})
        return
    say("The team's token, which is kept nowhere:", err=True)
    show_line(made, err=True)
    for line in ("[[team]]", f'name = "{name}"', f'token_sha256 = "{hashed}"', ""):
        show_line(line)
