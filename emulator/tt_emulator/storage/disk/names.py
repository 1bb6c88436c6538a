"""File names for ids of any shape: safe on Windows, distinct on disks that ignore case."""

import re
from hashlib import blake2b

SAFE_WORLD = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SAFE_BLOB = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
UNSAFE_CHARACTERS = re.compile(r"[^a-z0-9._-]+")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file, also with any extension
DEVICES = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}
READABLE_LENGTH = 40
JSON_SUFFIX = ".json"
META = ""
"""In files and logs the openid, which no player has, of what is stored of the world itself."""


def player_filename(openid: str) -> str:
    """The name of the file that holds the player: a readable part and a hash of the exact id."""
    unreadable = "world" if openid == META else "player"
    return f"{_readable(openid) or unreadable}-{_short_hash(openid)}{JSON_SUFFIX}"


def world_directory(world: str) -> str:
    """The name of the world's directory: the world's own name where every disk can bear it."""
    if SAFE_WORLD.fullmatch(world) and not world.endswith(".") and not _is_device(world):
        return world
    return f"{_readable(world) or 'world'}~{_short_hash(world)}"


def blob_filename(prefix: str, noun: str, name: str) -> str:
    """The name of the file of a snapshot, or of another `noun`, which its `prefix` keeps from being
    a device's. `Mine` and `mine` are two on every disk.
    """
    if SAFE_BLOB.fullmatch(name):
        shown = re.sub(r"[A-Z]", lambda letter: "=" + letter[0].lower(), name)
    else:
        shown = f"{_readable(name) or noun}~{_short_hash(name)}"
    return f"{prefix}-{shown}{JSON_SUFFIX}"


def _readable(text: str) -> str:
    # 1,000 characters are enough to find 40 that can stay, and 10,000 would take longer.
    part = UNSAFE_CHARACTERS.sub("_", text[:1000].lower())[:READABLE_LENGTH].strip("._-")
    return f"_{part}" if _is_device(part) else part


def _is_device(name: str) -> bool:
    return name.partition(".")[0] in DEVICES


def _short_hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
