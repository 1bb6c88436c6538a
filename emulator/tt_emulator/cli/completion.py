"""What shells offer where a name of the catalog is typed: those of the world's platform."""

from typing import TYPE_CHECKING

import click

from tt_emulator.cli.fields import dotted
from tt_emulator.cli.flags import found_server
from tt_emulator.config import DEFAULT_PLATFORM, DEFAULT_WORLD
from tt_emulator.errors import EmulatorError

if TYPE_CHECKING:
    from tt_emulator.catalog import Catalog
    from tt_emulator.platforms.platform import Platform

_PATIENCE_S = 1.0
"""Somebody has pressed Tab and waits."""


def apis(context: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The APIs that begin as is typed."""
    return [name for name in _catalog(context).struck if name.startswith(typed)]


def errors(context: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The names of errors that begin as is typed."""
    names = sorted({row.name for row in _catalog(context).rows()})
    return [name for name in names if name.startswith(typed)]


def player_fields(context: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """The fields of a player that begin as is typed, but for those with fields of their own."""
    platform = _platform(context)
    told = [dotted(field.pointer) for field in platform.player_fields]
    within = {name.partition(".")[0] for name in told if "." in name}
    names = dict.fromkeys([*told, *platform.players.PlayerPatch.__struct_fields__])
    return [f"{name}=" for name in names if name not in within and name.startswith(typed)]


def _catalog(context: click.Context) -> "Catalog":
    return _platform(context).catalog


def _platform(context: click.Context) -> "Platform":
    """That which is named, else the world's, as the server there says it."""
    from tt_emulator.platforms import PLATFORMS, load

    return load(PLATFORMS[context.params.get("platform") or _name(context)])


def _name(context: click.Context) -> str:
    from tt_emulator.client import Client

    given = context.params.get
    url, token = str(given("url") or ""), given("token")
    try:
        if not url:
            url, token = found_server(token)
        world = given("world") or DEFAULT_WORLD
        with Client(url, world, token, timeout_s=_PATIENCE_S) as client:
            return client.platform.name
    except (EmulatorError, LookupError, TypeError):  # there is none, or it is something else
        return DEFAULT_PLATFORM
