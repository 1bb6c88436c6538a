"""What the directory of a world cannot say by its own name: the exact one of a world for which no
disk has it, and the platform where it is not the default.
"""

import sys
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.json import decode, encode

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.storage.disk.checksum import sealed, unsealed
from tt_emulator.storage.disk.damage import UNREADABLE, Damage, Damaged, damage_of
from tt_emulator.storage.disk.files import replace_file
from tt_emulator.storage.disk.log_line import read_header
from tt_emulator.storage.disk.names import world_directory
from tt_emulator.storage.disk.quarantine import Quarantine

FILE = "world.json"
MAX_HEADER_BYTES = 4096


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


def settle(path: Path, world: str, platform: str, quarantine: Quarantine, *, sync: bool) -> str:
    """Have the directory of the world, which is new or is there, say what it must; the platform.

    A world that is there is of the platform that its file names. Where that is gone or damaged, its
    log knows.
    """
    try:
        return _read(path).platform
    except FileNotFoundError:
        logged = _logged_platform(path)
        if logged not in (None, DEFAULT_PLATFORM):
            quarantine.take_edit(path / FILE, "it was missing, and is made again from the log")
    except _Unreadable as error:
        logged = _logged_platform(path)
        quarantine.move(path / FILE, Damage(None, f"{error}; it is made again from the log"))
    found = platform if logged is None else logged
    if path.name != world or found != DEFAULT_PLATFORM:
        replace_file(path / FILE, text(world, found), sync=sync)
    return found


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


def _logged_platform(path: Path) -> str | None:
    """That which the newest header of the world's logs names, `None` if none can be read."""
    for log in sorted(path.glob("log*.jsonl"), key=_age):
        with suppress(*UNREADABLE), log.open("rb") as file:
            return read_header(file.readline(MAX_HEADER_BYTES).removesuffix(b"\n")).platform
    return None


def _age(log: Path) -> int:
    """Of a log, by its name: the one without a number is the newest."""
    number = log.name.split(".")[1]
    return -int(number) if number.isdigit() else -sys.maxsize


_LOST = "the world's name is lost: open it by its name, and its data are there again"
_ANOTHERS = f"it is not the name of this directory; {_LOST}"
