"""A package, read once at the start: where it lies, what it is, and what it needs."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from tt_emulator.errors import PackageError
from tt_emulator.package import names
from tt_emulator.package.engine import engine_of
from tt_emulator.package.files import Files
from tt_emulator.package.game_json import GameJson, NamedPlugin, parsed
from tt_emulator.package.names import NAMES, Chosen

ENTRY = "game.js"


class Package(Struct, frozen=True, kw_only=True):
    """A package. `root` is where game.json lies, `plugins` are the folders that stand in for those
    that the platform would deliver, by name.
    """

    root: Path
    game: GameJson
    seen_as: Chosen
    engine: str | None
    files: Files
    plugins: Mapping[str, Files]

    @property
    def orientation(self) -> str:
        """`portrait` or `landscape`, or what else game.json says."""
        return self.game.orientation or NAMES[self.seen_as.names[0]].orientation

    def missing(self) -> Iterator[NamedPlugin]:
        """The plugins that nobody gave a folder for."""
        return (plugin for plugin in self.game.plugins if plugin.name not in self.plugins)

    def require_plugins(self) -> None:
        """Raises `PackageError` if one is missing."""
        for plugin in self.missing():
            version = f", version {plugin.version}" if plugin.version else ""
            raise PackageError(
                f"The package needs the plugin {plugin.name!r}{version}, which is not in it: the"
                " platform delivers it.",
                f"Say where a copy lies: --plugin {plugin.name}=DIR",
            )


def read(
    folder: Path, as_: str | None = None, plugins: Mapping[str, Path] | None = None
) -> Package:
    """The package in the folder; `as_` is tt, wx or both, None for what it tells itself.

    Raises `PackageError` for what is no package that can be played.
    """
    project = _project(folder)
    root = _root(folder, project)
    files = Files(root)
    text = files.find("game.json")
    if text is None:
        raise PackageError(
            f"There is no game.json in {root}: it is no mini-game package.",
            "Give the folder that the engine built for the platform.",
        )
    game = parsed(_bytes(text))
    if files.find(ENTRY) is None:
        raise PackageError(f"There is no {ENTRY} in {root}.", "Build the package again.")
    appid = project.get("appid")
    folders = dict.fromkeys([root.resolve().name, folder.resolve().name])
    listed = files.sizes()
    scripts = (text for _, text in files.scripts(listed))
    return Package(
        root=root,
        game=game,
        seen_as=names.wanted(as_)
        if as_
        else names.chosen(appid if isinstance(appid, str) else "", game, folders, scripts),
        engine=engine_of(listed),
        files=files,
        plugins={name: Files(_folder(name, place)) for name, place in (plugins or {}).items()},
    )


def _project(folder: Path) -> dict[str, Any]:
    """project.config.json, which is the tools': what cannot be read of it tells nothing."""
    place = folder / "project.config.json"
    try:
        found = json.loads(place.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _root(folder: Path, project: dict[str, Any]) -> Path:
    if not folder.is_dir():
        raise PackageError(f"{folder} is no folder.", "Give the folder that the engine built.")
    named = project.get("miniprogramRoot")
    if not isinstance(named, str) or (folder / "game.json").is_file():
        return folder
    root = (folder / named).resolve()
    if not root.is_relative_to(folder.resolve()):
        raise PackageError(
            f"project.config.json names {named!r} as the package, which is not in {folder}.",
            "Give the package's own folder.",
        )
    return root


def _folder(name: str, place: Path) -> Path:
    if not place.is_dir():
        raise PackageError(f"The plugin {name!r} should be in {place}, which is no folder.")
    return place


def _bytes(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise PackageError(f"The file {place} cannot be read: {error.strerror}.") from error
