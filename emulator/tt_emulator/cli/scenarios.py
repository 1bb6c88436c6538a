"""Scenarios on the command line: of a file, of those that come with us, and saved in a world."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tt_emulator import shipped
from tt_emulator.cli.flags import as_json, with_client
from tt_emulator.cli.output import say, show_json
from tt_emulator.errors import Flaw, NotReached, Refused
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client
    from tt_emulator.faults.scenario import Scenario


def scenario_of(client: "Client", file: str) -> "Scenario":
    """The scenario in the file, or the shipped one or the world's own of that name.

    Raises `SettingsError` if there is none, it is damaged or for worlds of another platform.
    """
    from tt_emulator.faults import scenario

    if not shipped.located("scenarios", Path(file)).exists():
        saved = _saved(client, file)
        if saved is not None:
            return saved
    return scenario.fitting(Path(file), client.platform.name)


def _saved(client: "Client", name: str) -> "Scenario | None":
    from tt_emulator.faults import scenario

    try:
        found = scenario.read(client.scenario(name), client.platform.name)
    except (Refused, NotReached):
        return None
    return None if isinstance(found, Flaw) else found


@click.command()
@click.argument("name")
@as_json
@with_client
def save(client: "Client", name: str, as_json: bool) -> None:
    """Save what is armed as the scenario NAME of the world, in the place of an older one.

    `fault load NAME` arms it again. --json prints it as a file that FILE can be.
    """
    saved = client.save_scenario(name)
    if as_json:
        show_json(saved)
    else:
        say(_told(len(saved["faults"]), cell(name)))


def _told(count: int, name: str) -> str:
    return f"saved 1 fault as {name}" if count == 1 else f"saved {count} faults as {name}"
