"""Verbs for the state behind natural failures: players and the settings of a world."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tt_emulator.cli.flags import Verbs, as_json, flag, with_client
from tt_emulator.cli.output import show_json, show_line, show_table
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client

_HEAD = ("OPENID", "NICKNAME", "SESSION", "NETWORK", "KEYS")
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
    """Show the players of whom something is stored."""
    found = client.players()
    if as_json:
        show_json({"players": found})
    else:
        show_table(_HEAD, map(_row, found), empty="nothing is stored of any player")


@player.command("set")
@click.argument("openid")
@flag("--session", type=_SESSIONS, help="tt.login makes it valid again.")
@flag("--network", type=_NETWORKS, help="Offline, every call that needs it fails.")
@flag("--nickname", help="What others see.")
@flag("--friends", metavar="A,B,…", help="Their openids, in place of those before; '' is nobody.")
@flag("--account", type=_ACCOUNTS, help="At the host app; declines dismisses the login dialog.")
@flag("--group", help="The group that its boards are of; '' is none.")
@as_json
@with_client
def set_(client: "Client", openid: str, as_json: bool, **fields: Any) -> None:
    """Change the player OPENID, who is made if need be."""
    given = {name: value for name, value in fields.items() if value is not None}
    if not given:
        raise click.UsageError(
            "Say what to change: --session, --network, --nickname, --friends, --account or --group."
        )
    if "friends" in given:
        given["friends"] = [each.strip() for each in given["friends"].split(",") if each.strip()]
    if given.get("group") == "":
        given["group"] = None
    now = client.put_player(openid, **given)
    if as_json:
        show_json(now)
    else:
        names = dict.fromkeys(("nickname", "session", "network", *given))
        shown = ", ".join(f"{name} {cell(_as_text(now[name]))}" for name in names)
        show_line(f"{now['openid']}: {shown}")


@click.command()
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]...")
@as_json
@with_client
def settings(client: "Client", changes: tuple[str, ...], as_json: bool) -> None:
    """Show the settings of a world, or change some.

    A field in a field is named with a dot, a list has commas between its items:
    host.unsupported=login,checkSession
    """
    now = client.put_settings(**_patch(client, changes)) if changes else client.settings()
    if as_json:
        show_json(now)
    else:
        rows = ((name, _as_text(value)) for name, value in _flat(now))
        show_table(("FIELD", "VALUE"), rows, empty="there are no settings")


def _patch(client: "Client", changes: tuple[str, ...]) -> dict[str, Any]:
    known = dict(_flat(client.put_settings()))
    patch: dict[str, Any] = {}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise click.UsageError(f"{change!r} is not FIELD=VALUE.")
        *groups, field = name.split(".")
        inner = patch
        for group in groups:
            if not isinstance(inner.get(group), dict):
                inner[group] = {}
            inner = inner[group]
        inner[field] = _read(text, known.get(name))
    return patch


def _read(text: str, before: Any) -> Any:
    """The text as what stood there before; what cannot be, the server refuses."""
    if isinstance(before, list):
        return text.split(",") if text else []
    if isinstance(before, bool):
        return {"true": True, "false": False}.get(text, text)
    if before is None or isinstance(before, int | float):
        return _number(text)
    return text


def _number(text: str) -> Any:
    """A number, or nothing for `null`; the text if it is neither."""
    if text == "null":
        return None
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _flat(fields: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(value)
    return "" if value is None else str(value)


def _row(one: dict[str, Any]) -> list[object]:
    state = [one[name] for name in ("openid", "nickname", "session", "network")]
    return [*state, len(one["KVDataList"])]
