"""Verbs that need no server: what the platform documents, and which emulator this is."""

import platform
import sys
from typing import Any

import click

from tt_emulator import __version__
from tt_emulator.cli.flags import address, as_json, connected, flag
from tt_emulator.cli.language import language
from tt_emulator.cli.output import show_json, show_line, show_table
from tt_emulator.language import CHINESE

_HEAD = ("API", "ERROR", "CODE", "TYPE", "EVIDENCE", "MESSAGE", "MEANING")
_SHOWN = ("api", "name", "code", "type", "evidence", "message")


@click.command()
@click.argument("word", default="")
@flag("--api", help="Only those of this API.")
@as_json
@address
def errors(
    word: str, api: str | None, as_json: bool, url: str | None, world: str, token: str | None
) -> None:
    """Search the documented errors.

    WORD is a part of an API, name, code or text, English or Chinese. Without --url no server is
    asked.
    """
    from msgspec import to_builtins

    from tt_emulator.platforms import load

    if not url:
        _show(to_builtins(load().catalog.rows()), word, api, as_json)
        return
    with connected(url, world, token) as client:
        _show(client.errors(), word, api, as_json)


@click.command()
@as_json
def version(as_json: bool) -> None:
    """Print the version."""
    if as_json:
        show_json({"version": __version__, "python": platform.python_version()})
    else:
        show_line(f"tt-emulator {__version__} (Python {platform.python_version()}, {sys.platform})")


def of_api(rows: list[dict[str, Any]], api: str | None) -> list[dict[str, Any]]:
    """The rows of that API, of all if none is named. Raises `BadParameter` for one there is not."""
    from tt_emulator.domain.reading import unknown_api
    from tt_emulator.platforms import load

    found = [row for row in rows if api in (None, row["api"])]
    if not found and (unknown := unknown_api(api, load().catalog.apis)):
        raise click.BadParameter(unknown)
    return found


def _show(rows: list[dict[str, Any]], word: str, api: str | None, as_json: bool) -> None:
    found = [row for row in of_api(rows, api) if word.casefold() in _text(row)]
    if as_json:
        show_json({"errors": found})
        return
    cells = ([*(row[name] for name in _SHOWN), _meaning(row["name"])] for row in found)
    show_table(_HEAD, cells, empty=_nothing(word))


def _nothing(word: str) -> str:
    return f"no documented error matches {word!r}" if word else "no error is documented of it"


def _meaning(name: str) -> str:
    from tt_emulator.platforms import load

    label = load().catalog.names.get(name)
    return "" if label is None else label.zh if language() == CHINESE else label.en


def _text(row: dict[str, Any]) -> str:
    from tt_emulator.platforms import load

    label = load().catalog.names.get(row["name"])
    words = [*row.values(), *((label.en, label.zh) if label else ())]
    return " ".join(map(str, words)).casefold()
