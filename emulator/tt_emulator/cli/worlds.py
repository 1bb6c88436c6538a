"""Verbs for whole worlds: write one to a file, read one from a file, keep and restore snapshots."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tt_emulator import shipped
from tt_emulator.cli.files import delivered, name_of, read
from tt_emulator.cli.flags import Verbs, as_json, with_client, with_maker
from tt_emulator.cli.output import say, show_json, show_line
from tt_emulator.errors import Refused, SettingsError
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client


@click.command("export")
@click.argument("file")
@as_json
@with_client
def export_(client: "Client", file: str, as_json: bool) -> None:
    """Write a world to FILE; - is stdout.

    FILE is replaced in one step, once the whole world has come. --json tells what was written.
    """
    text = client.export_text()
    if not delivered(file, text):
        return
    if as_json:
        show_json({"world": client.world, "file": file, "bytes": len(text)})
    else:
        say(f"exported world {cell(client.world)} to {cell(file)} (bytes: {len(text):,})")


@click.command("import")
@click.argument("file")
@with_client
def import_(client: "Client", file: str) -> None:
    """Read a world from FILE, in the place of what was; - is stdin.

    All or nothing: a FILE with a flaw is refused, with the place of the flaw. The name of a world
    that comes with the emulator will do, such as thirty-friends.
    """
    text = _read(file)
    try:
        world = client.import_text(text)
    except Refused as refused:
        detail = f"The world in {name_of(file)} is refused: {refused.detail}"
        raise Refused(detail, refused.hint, refused.status, refused.problem) from refused
    count = len(world["players"])
    say(f"imported {cell(file)} into world {cell(client.world)} (players: {count:,})")


@click.group(cls=Verbs)
def snapshot() -> None:
    """Keep a world under a name, and bring it back."""


@snapshot.command()
@click.argument("name")
@with_maker
def save(client: "Client", name: str) -> None:
    """Keep the world as NAME, in the place of an older snapshot."""
    client.snapshot(name)
    say(f"kept world {cell(client.world)} as {cell(name)}")


@snapshot.command()
@click.argument("name")
@with_client
def load(client: "Client", name: str) -> None:
    """Make the world what it was at the snapshot NAME."""
    client.restore(name)
    say(f"world {cell(client.world)} is as it was at {cell(name)}")


@snapshot.command("list")
@as_json
@with_client
def list_(client: "Client", as_json: bool) -> None:
    """Show the names of the world's snapshots."""
    names = client.snapshots()
    if as_json:
        show_json({"snapshots": names})
    elif not names:
        say(f"nothing was kept of world {cell(client.world)}")
    else:
        for each in names:
            show_line(each)


@snapshot.command()
@click.argument("name")
@with_client
def rm(client: "Client", name: str) -> None:
    """Forget the snapshot NAME."""
    client.delete_snapshot(name)
    say(f"forgot {cell(name)}")


def _read(file: str) -> bytes:
    try:
        return read(file, shipped.located("worlds", Path(file)))
    except FileNotFoundError as error:
        raise SettingsError(
            f"{file} cannot be read: {error.strerror}.", shipped.offer("worlds")
        ) from error
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be read: {error.strerror}.", "Name a file that `export` wrote."
        ) from error
