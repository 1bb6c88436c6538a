"""Verbs that need no server: what the platform documents, and which emulator this is."""

import sys
from platform import python_version
from typing import TYPE_CHECKING, Any

import click

from tt_emulator import __version__
from tt_emulator.cli import completion
from tt_emulator.cli.flags import address, as_json, connected, flag
from tt_emulator.cli.language import language
from tt_emulator.cli.output import show_json, show_line, show_table
from tt_emulator.config import DEFAULT_PLATFORM, PLATFORM_NAMES
from tt_emulator.errors import SettingsError
from tt_emulator.language import CHINESE
from tt_emulator.language.quoting import cut
from tt_emulator.platforms import PLATFORMS, Identity

if TYPE_CHECKING:
    from tt_emulator.catalog import Catalog

_HEAD = ("API", "ERROR", "CODE", "TYPE", "EVIDENCE", "MESSAGE", "MEANING")
_SHOWN = ("api", "name", "code", "type", "evidence", "message")


@click.command()
@click.argument("word", default="")
@flag("--api", shell_complete=completion.apis, help="Only those of this API.")
@flag(
    "--platform",
    type=click.Choice(PLATFORM_NAMES),
    help="Platform whose errors they are.  [default: the world's, without --url tt]",
)
@as_json
@address
def errors(  # noqa: PLR0913  # each is a flag
    word: str,
    api: str | None,
    platform: str | None,
    *,
    as_json: bool,
    url: str | None,
    world: str,
    token: str | None,
) -> None:
    """Search the documented errors.

    WORD is a part of an API, name, code or text, English or Chinese. Without --url no server is
    asked.
    """
    from msgspec import to_builtins

    if not url:
        catalog = catalog_of(PLATFORMS[platform or DEFAULT_PLATFORM])
        _show(to_builtins(catalog.rows()), catalog, word, api, as_json)
        return
    with connected(url, world, token, platform) as client:
        _show(client.errors(), catalog_of(client.platform), word, api, as_json)


@click.command()
@as_json
def version(as_json: bool) -> None:
    """Print the version."""
    if as_json:
        show_json({"version": __version__, "python": python_version()})
    else:
        show_line(f"tt-emulator {__version__} (Python {python_version()}, {sys.platform})")


def catalog_of(platform: Identity) -> "Catalog":
    """What is known of the platform, which a server may have told. Raises `SettingsError`."""
    from tt_emulator.platforms import load

    known = PLATFORMS.get(platform.name)
    if known is None:
        raise SettingsError(
            f"The world is of the platform {cut(platform.name)!r}, which this version does not"
            " know.",
            "Use the version of tt-emulator that the server has.",
        )
    return load(known).catalog


def of_api(rows: list[dict[str, Any]], api: str | None, catalog: "Catalog") -> list[dict[str, Any]]:
    """The rows of that API, of all if none is named. Raises `BadParameter` for one there is not."""
    from tt_emulator.domain.reading import unknown_api

    found = [row for row in rows if api in (None, row["api"])]
    if not found and (unknown := unknown_api(api, catalog.apis)):
        raise click.BadParameter(unknown)
    return found


def _show(
    rows: list[dict[str, Any]], catalog: "Catalog", word: str, api: str | None, as_json: bool
) -> None:
    of = of_api(rows, api, catalog)
    found = [row for row in of if word.casefold() in _text(row, catalog)]
    if as_json:
        show_json({"errors": found})
        return
    cells = ([*(row[name] for name in _SHOWN), _meaning(row["name"], catalog)] for row in found)
    show_table(_HEAD, cells, empty=_nothing(word))


def _nothing(word: str) -> str:
    return f"no documented error matches {word!r}" if word else "no error is documented of it"


def _meaning(name: str, catalog: "Catalog") -> str:
    label = catalog.names.get(name)
    return "" if label is None else label.zh if language() == CHINESE else label.en


def _text(row: dict[str, Any], catalog: "Catalog") -> str:
    label = catalog.names.get(row["name"])
    words = [*row.values(), *((label.en, label.zh) if label else ())]
    return " ".join(map(str, words)).casefold()
