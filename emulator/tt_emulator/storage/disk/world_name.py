"""The exact name of a world whose directory cannot have it as its own."""

from pathlib import Path

from msgspec import Struct
from msgspec.json import decode, encode

from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, Damaged, damage_of
from tt_emulator.storage.disk.files import replace_file
from tt_emulator.storage.disk.names import world_directory
from tt_emulator.storage.disk.quarantine import Quarantine

FILE = "world.json"


class _World(Struct, forbid_unknown_fields=True):
    world: str


def read(path: Path, quarantine: Quarantine) -> str | None:
    """The name of the world whose directory this is; `None` if it is no world's, or lost."""
    if "~" not in path.name:
        return path.name if world_directory(path.name) == path.name else None
    data = b""
    try:
        data = (path / FILE).read_bytes()
        world = decode(unsealed(data.removesuffix(b"\n")), type=_World).world
        if text(world) != data or world_directory(world) != path.name:
            raise Damaged("it is not the name of this directory")
    except FileNotFoundError:
        if (path / "players").is_dir():
            quarantine.leave(path, Damage(None, _LOST))
        return None
    except UNREADABLE as error:
        reason = f"{damage_of(error, data).reason}; {_LOST}"
        quarantine.move(path / FILE, Damage(None, reason))
        return None
    return world


def write(path: Path, world: str, *, sync: bool) -> None:
    """Put the name of the world into its directory, if that needs it and has it not yet."""
    if path.name != world and not (path / FILE).exists():
        replace_file(path / FILE, text(world), sync=sync)


def text(world: str) -> bytes:
    """What the file says."""
    return sealed(encode(_World(world))) + b"\n"


_LOST = "the world's name is lost: open it by its name, and its data are there again"
