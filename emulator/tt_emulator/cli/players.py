"""Verbs for the state behind natural failures: players and the settings of a world."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tt_emulator.cli import completion
from tt_emulator.cli.fields import as_text, dotted, flat, patch
from tt_emulator.cli.flags import Verbs, as_json, flag, with_client, with_maker
from tt_emulator.cli.output import show_json, show_line, show_table
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client

_HEAD = ("OPENID", "NICKNAME", "SESSION", "NETWORK", "KEYS", "ELSE")
_SHOWN = ("/session", "/network")
_SESSIONS = click.Choice(["valid", "expired", "none"])
_ACCOUNTS = click.Choice(["in", "out", "declines"])
_NETWORKS = click.Choice(["online", "offline"])


@click.group(cls=Verbs)
def player() -> None:
    """Show players, expire a session, take one offline."""


@player.command("list")
@as_json
@with_client
def list_(client: "Client", as_json: bool) -> None:
    """Show the players of whom something is stored.

    ELSE has what else is set of a player or makes calls fail.
    """
    found = client.players()
    if as_json:
        show_json({"players": found})
    else:
        fields = client.player_fields() if found else []
        rows = (_row(one, fields) for one in found)
        show_table(_HEAD, rows, empty="nothing is stored of any player")


@player.command("set")
@click.argument("openid")
@click.argument(
    "changes", nargs=-1, metavar="[FIELD=VALUE]...", shell_complete=completion.player_fields
)
@flag("--session", type=_SESSIONS, help="Login state; a login of the game makes it valid again.")
@flag("--network", type=_NETWORKS, help="Offline, every call that needs it fails.")
@flag("--nickname", help="What others see.")
@flag("--friends", metavar="A,B,…", help="Their openids, in place of those before; '' is nobody.")
@flag("--account", type=_ACCOUNTS, help="Of tt: at the host app; declines dismisses the dialog.")
@flag("--group", help="Of tt: the group that its boards are of; '' is none.")
@as_json
@with_maker
def set_(
    client: "Client", openid: str, changes: tuple[str, ...], as_json: bool, **flags: str | None
) -> None:
    """Change the player OPENID, who is made if need be.

    The fields are those of the world's platform, with a dot for a field in a field; a list has
    commas between its items: launched_from=G1 groups=G1,G2
    """
    typed = [f"{name}={text}" for name, text in flags.items() if text is not None]
    if not (typed or changes):
        raise click.UsageError(
            "Say what to change: FIELD=VALUE, --session, --network, --nickname, --friends,"
            " --account or --group."
        )
    given = _given(client, openid, (*typed, *changes))
    now = client.put_player(openid, **given)
    if as_json:
        show_json(now)
    else:
        show_line(f"{now['openid']}: {', '.join(_told(now, given))}")


def _given(client: "Client", openid: str, changes: tuple[str, ...]) -> dict[str, Any]:
    """The patch, for whose reading the world is made if need be, and no player."""
    client.put_settings()
    texts = [dotted(one["pointer"]) for one in client.player_fields() if one["kind"] == "text"]
    return patch(changes, client.player(openid), nullable=texts)


def _told(now: dict[str, Any], given: dict[str, Any]) -> Iterator[str]:
    """The state of the player, and of what was given how it is now."""
    wanted = dict.fromkeys(("nickname", "session", "network", *given))
    for field in flat({name: now[name] for name in wanted}):
        if len(field.path) == 1 or field.path in {each.path for each in flat(given)}:
            yield f"{field.name} {cell(as_text(field.value))}"


@click.command()
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]...")
@as_json
@with_maker
def settings(client: "Client", changes: tuple[str, ...], as_json: bool) -> None:
    """Show the settings of a world, or change some.

    A field in a field is named with a dot, a list has commas between its items:
    host.unsupported=login,checkSession
    """
    if changes:
        now = client.put_settings(**patch(changes, client.put_settings()))
    else:
        now = client.settings()
    if as_json:
        show_json(now)
    else:
        rows = ((field.name, as_text(field.value)) for field in flat(now))
        show_table(("FIELD", "VALUE"), rows, empty="there are no settings")


def _row(one: dict[str, Any], fields: list[dict[str, Any]]) -> list[object]:
    state = [one[name] for name in ("openid", "nickname", "session", "network")]
    return [*state, len(one["KVDataList"]), " ".join(_otherwise(one, fields))]


def _otherwise(one: dict[str, Any], fields: list[dict[str, Any]]) -> Iterator[str]:
    """What can be set of a player and is not as of a new one, which is as it was typed."""
    for field in fields:
        if field["pointer"] in _SHOWN or field["kind"] == "json":
            continue
        value = _at(one, field["pointer"])
        if value not in (None, []) and value not in _usual(field):
            yield f"{dotted(field['pointer'])}={as_text(value)}"


def _usual(field: dict[str, Any]) -> list[Any]:
    """The states in which no call fails."""
    return [state["value"] for state in field["states"] if not state["fails"]]


def _at(one: dict[str, Any], pointer: str) -> Any:
    value: Any = one
    for name in pointer.split("/")[1:]:
        value = value.get(name) if isinstance(value, dict) else None
    return value
