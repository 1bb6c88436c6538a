"""What the directory of a world cannot say by its own name: the exact one of a world for which no
disk has it, and the platform where it is not the default.
"""

from pathlib import Path

from msgspec import Struct
from msgspec.json import decode, encode

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, Damaged, damage_of
from tt_emulator.storage.disk.files import replace_file
from tt_emulator.storage.disk.names import world_directory
from tt_emulator.storage.disk.quarantine import Quarantine

FILE = "world.json"


class _World(Struct, forbid_unknown_fields=True, omit_defaults=True):
    world: str
    platform: str = DEFAULT_PLATFORM


def read(path: Path, quarantine: Quarantine) -> str | None:
    """The name of the world whose directory this is; `None` if it is no world's, or lost."""
    if "~" not in path.name:
        return path.name if world_directory(path.name) == path.name else None
    try:
        world = _read(path).world
    except FileNotFoundError:
        if (path / "players").is_dir():
            quarantine.leave(path, Damage(None, _LOST))
        return None
    except _Unreadable as error:
        quarantine.move(path / FILE, Damage(None, f"{error}; {_LOST}"))
        return None
    if world_directory(world) != path.name:
        quarantine.move(path / FILE, Damage(None, _ANOTHERS))
        return None
    return world


def platform(path: Path, quarantine: Quarantine) -> str:
    """The platform of the world whose directory this is."""
    try:
        return _read(path).platform
    except FileNotFoundError:
        return DEFAULT_PLATFORM
    except _Unreadable as error:
        quarantine.move(path / FILE, Damage(None, f"{error}; {_TAKEN}"))
        return DEFAULT_PLATFORM


def write(path: Path, world: str, platform: str, *, sync: bool) -> None:
    """Put name and platform of the world into its directory, if it needs that and has it not."""
    needed = path.name != world or platform != DEFAULT_PLATFORM
    if needed and not (path / FILE).exists():
        replace_file(path / FILE, text(world, platform), sync=sync)


def text(world: str, platform: str = DEFAULT_PLATFORM) -> bytes:
    """What the file says."""
    return sealed(encode(_World(world, platform))) + b"\n"


class _Unreadable(Exception):
    pass


def _read(path: Path) -> _World:
    """What the file says. Raises `_Unreadable`, and `FileNotFoundError` where there is none."""
    data = b""
    try:
        data = (path / FILE).read_bytes()
        found = decode(unsealed(data.removesuffix(b"\n")), type=_World)
        if text(found.world, found.platform) != data:
            raise Damaged("it says more than it should")
    except FileNotFoundError:
        raise
    except UNREADABLE as error:
        raise _Unreadable(damage_of(error, data).reason) from error
    return found


_LOST = "the world's name is lost: open it by its name, and its data are there again"
_TAKEN = "the world's platform is lost: it is taken for the default one"
_ANOTHERS = f"it is not the name of this directory; {_LOST}"
