"""`fault …`: the switch."""

from typing import TYPE_CHECKING, Any

import click

from emulator.cli.flags import Verbs, as_json, flag, flags, with_client
from emulator.cli.output import cell, show_json, show_table

if TYPE_CHECKING:
    from emulator.client import Client

_HEAD = ("ID", "WHAT", "API", "PLAYER", "KEY", "MOMENT", "SKIP", "HITS", "LEFT", "LABEL")

_match = flags(
    flag("--api", multiple=True, help="Only calls of this API (repeatable)."),
    flag("--player", help="Only calls of this player."),
    flag("--key", help="Only calls with a key that fits this pattern, such as 'score*'."),
    flag("--skip", type=int, help="Let this many matching calls pass first."),
    flag("--times", type=int, help="Strike this often, then stop [default: until disarmed]."),
)
_effect = flags(
    flag("--moment", type=click.Choice(["before", "after"]), help="Fail before or after it acted."),
    flag("--delay-ms", type=int, help="Wait this long before the answer."),
    flag("--detail", help="Text of 108002, or the option that 999999 names."),
    flag("--label", help="Note for people."),
)


@click.group(cls=Verbs)
def fault() -> None:
    """Arm, list and disarm failures."""


@fault.command()
@click.argument("error", required=False)
@_match
@_effect
@as_json
@with_client
def add(client: "Client", error: str | None, as_json: bool, **fields: Any) -> None:
    """Arm ERROR, given by name or code.

    `tt-emulator errors` lists what is documented. Without ERROR, --delay-ms alone only delays.
    """
    spec = {name: value for name, value in fields.items() if value not in (None, ())}
    if "api" in spec:
        spec["api"] = spec["api"][0] if len(spec["api"]) == 1 else list(spec["api"])
    if error is not None:
        spec["error"] = int(error) if error.isdecimal() else error
    armed = client.arm(spec)
    if as_json:
        show_json(armed)
    else:
        click.echo(f"armed {armed['id']}: {_what(armed)}")


@fault.command("list")
@as_json
@with_client
def list_(client: "Client", as_json: bool) -> None:
    """Show what is armed, in the order in which it is tried."""
    armed = client.faults()
    if as_json:
        show_json({"faults": armed})
    else:
        show_table(_HEAD, map(_row, armed), empty="nothing is armed")


@fault.command()
@click.argument("fault_id", metavar="ID")
@with_client
def rm(client: "Client", fault_id: str) -> None:
    """Disarm the fault ID."""
    client.disarm(fault_id)
    click.echo(f"disarmed {cell(fault_id)}")


@fault.command()
@with_client
def clear(client: "Client") -> None:
    """Disarm everything."""
    client.disarm_all()
    click.echo(f"nothing is armed in world {cell(client.world)}")


def _row(armed: dict[str, Any]) -> list[object]:
    api = armed.get("api")
    remaining = armed.get("remaining")
    return [
        armed["id"],
        _what(armed),
        ",".join(api) if isinstance(api, list) else api or "any",
        armed.get("player") or "any",
        armed.get("key") or "any",
        armed.get("moment"),
        armed.get("skip"),
        armed.get("hits"),
        "unlimited" if remaining is None else remaining,
        armed.get("label"),
    ]


def _what(armed: dict[str, Any]) -> str:
    deed = armed.get("error") or armed.get("wire") or armed.get("client") or armed.get("sequence")
    delay = f"delay {armed['delay_ms']} ms" if armed.get("delay_ms") else ""
    return cell(" + ".join(str(part) for part in (delay, deed) if part))
