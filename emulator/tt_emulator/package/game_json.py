"""What game.json says, of the fields that matter to whoever plays the package."""

import json
from typing import Any

from msgspec import Struct

from tt_emulator.errors import PackageError

DEFAULT_TIMEOUT_MS = 60_000
"""Of each kind of request, unless `networkTimeout` says otherwise; documented."""

_TIMEOUTS = ("request", "connectSocket", "uploadFile", "downloadFile")


class Subpackage(Struct, frozen=True):
    """A part that `loadSubpackage` brings: `root` is a folder, or the .js file it begins with."""

    name: str
    root: str


class NamedPlugin(Struct, frozen=True):
    """A plugin that the platform delivers; `version` is empty where game.json has none."""

    name: str
    version: str


class GameJson(Struct, frozen=True, kw_only=True):
    """The fields that matter. `orientation` is None if it is not said, `open_data` the folder of
    the open data domain without a slash at the end, `timeouts_ms` are by API, `fields` all names.
    """

    orientation: str | None
    open_data: str | None
    subpackages: tuple[Subpackage, ...]
    plugins: tuple[NamedPlugin, ...]
    timeouts_ms: dict[str, int]
    fields: frozenset[str]


def parsed(text: bytes) -> GameJson:
    """What the text says; fields that nobody knows are normal. Raises `PackageError`."""
    try:
        game = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _broken(f"it is no JSON: {error}") from error
    if not isinstance(game, dict):
        raise _broken("it is no object")
    orientation = _text(game, "deviceOrientation")
    folder = _text(game, "openDataContext")
    listed = "subpackages" if "subpackages" in game else "subPackages"
    return GameJson(
        orientation=orientation,
        open_data=plain_path(folder) if folder else None,
        subpackages=tuple(_subpackage(listed, entry) for entry in _list(game, listed)),
        plugins=tuple(_plugin(name, entry) for name, entry in _object(game, "plugins").items()),
        timeouts_ms={name: _timeout(game, name) for name in _TIMEOUTS},
        fields=frozenset(game),
    )


def plain_path(path: str) -> str:
    """A path from the root of the package without what leads nowhere: `./a//b/` is `a/b`."""
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def _subpackage(listed: str, entry: Any) -> Subpackage:
    root = entry.get("root") if isinstance(entry, dict) else None
    name = entry.get("name", root) if isinstance(entry, dict) else None
    if not isinstance(root, str) or not isinstance(name, str):
        raise _broken(f"an entry of {listed} has no root, or no text as its name")
    return Subpackage(name, plain_path(root))


def _plugin(name: str, entry: Any) -> NamedPlugin:
    version = entry.get("version") if isinstance(entry, dict) else None
    return NamedPlugin(name, version if isinstance(version, str) else "")


def _timeout(game: dict[str, Any], name: str) -> int:
    timeout_ms = _object(game, "networkTimeout").get(name, DEFAULT_TIMEOUT_MS)
    if type(timeout_ms) is not int or timeout_ms <= 0:
        raise _broken(f"networkTimeout.{name} is no number of milliseconds")
    return timeout_ms


def _text(game: dict[str, Any], name: str) -> str | None:
    value: str | None = _of_type(game, name, str, "text")
    return value


def _list(game: dict[str, Any], name: str) -> list[Any]:
    return _of_type(game, name, list, "list") or []


def _object(game: dict[str, Any], name: str) -> dict[str, Any]:
    return _of_type(game, name, dict, "object") or {}


def _of_type(game: dict[str, Any], name: str, kind: type, word: str) -> Any:
    value = game.get(name)
    if value is not None and not isinstance(value, kind):
        raise _broken(f"{name} is no {word}")
    return value


def _broken(why: str) -> PackageError:
    return PackageError(f"game.json cannot be used: {why}.", "Build the package again, or mend it.")
