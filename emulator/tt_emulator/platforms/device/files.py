"""FileSystemManager: what changes the user folder. The page answers what only reads."""

from collections.abc import Mapping
from typing import Any

from tt_emulator.domain.turn import Turn
from tt_emulator.domain.user_files import Entry
from tt_emulator.errors import ApiError
from tt_emulator.platforms.device.file_data import uploaded, written
from tt_emulator.platforms.device.file_paths import (
    TEMPORARY,
    USER,
    below,
    ending,
    is_below,
    parent,
    refuse,
    user_path,
)

Entries = Mapping[str, Entry]

_TEMP = "tempFilePath"
_FOLDER = "it is a folder"
_NOTHING = "there is nothing of that name"


def write_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.writeFile`."""
    path, entries = user_path(turn, "filePath"), _entries(turn)
    if _is_folder(entries, path):
        refuse(turn, "permission-denied", turn.options["filePath"], _FOLDER)
    _require_parent(turn, "filePath", path, entries)
    _put(turn, path, written(turn), entries)
    return {}


def append_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.appendFile`; it makes a file that is not there."""
    path, entries = user_path(turn, "filePath"), _entries(turn)
    if _is_folder(entries, path):
        refuse(turn, "operation-not-permitted", turn.options["filePath"], _FOLDER)
    _require_parent(turn, "filePath", path, entries)
    before = turn.store.files.read(turn.player, path) or b""
    saved = path in entries and entries[path].saved
    _put(turn, path, before + written(turn), entries, saved=saved)
    return {}


def mkdir(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.mkdir`."""
    path, entries = user_path(turn, "dirPath"), _entries(turn)
    recursive = turn.options.get("recursive") is True
    if (entry := entries.get(path)) is not None:
        if recursive and entry.is_folder:
            return {}
        refuse(turn, "file-exists", turn.options["dirPath"], "there is one of that name")
    made = [path]
    while (above := parent(made[-1])) and above not in entries and recursive:
        made.append(above)
    _require_parent(turn, "dirPath", made[-1], entries)
    turn.store.files.make_folders(turn.player, reversed(made), turn.now_ms)
    return {}


def rmdir(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.rmdir`."""
    path, entries = user_path(turn, "dirPath"), _entries(turn)
    entry = _existing(turn, "dirPath", path, entries)
    if not entry.is_folder:
        refuse(turn, "operation-not-permitted", turn.options["dirPath"], "it is a file")
    inside = [each for each in entries if is_below(each, path)]
    if inside and turn.options.get("recursive") is not True:
        raise ApiError("folder-not-empty", None, "recursive is not true")
    turn.store.files.remove(turn.player, [*inside, path])
    return {}


def unlink(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.unlink`, and `removeSavedFile`."""
    path = user_path(turn, "filePath")
    if _existing(turn, "filePath", path, _entries(turn)).is_folder:
        refuse(turn, "operation-not-permitted", turn.options["filePath"], _FOLDER)
    turn.store.files.remove(turn.player, [path])
    return {}


def rename(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.rename`, of a file or a folder."""
    old, new = user_path(turn, "oldPath"), user_path(turn, "newPath")
    entries = _entries(turn)
    entry = _existing(turn, "oldPath", old, entries)
    _require_parent(turn, "newPath", new, entries)
    if old == new:
        return {}
    if is_below(new, old) or (new in entries and (entry.is_folder or entries[new].is_folder)):
        refuse(turn, "operation-not-permitted", turn.options["oldPath"], "newPath is in its way")
    inside = [each for each in entries if is_below(each, old)]
    paths = {each: new + each.removeprefix(old) for each in [old, *inside]}
    turn.store.files.move(turn.player, paths)
    return {}


def copy_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.copyFile`; what is a temporary file's comes as an upload."""
    source, entries = turn.options["srcPath"], _entries(turn)
    target = user_path(turn, "destPath")
    path = "" if below(TEMPORARY, source) else user_path(turn, "srcPath")
    if path and _existing(turn, "srcPath", path, entries).is_folder:
        refuse(turn, "operation-not-permitted", source, _FOLDER)
    if _is_folder(entries, target):
        refuse(turn, "operation-not-permitted", source, "destPath is a folder")
    _require_parent(turn, "destPath", target, entries)
    own = turn.store.files.read(turn.player, path) if path else _temporary(turn, source)
    _put(turn, target, own or b"", entries)
    return {}


def save_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.saveFile`: the page forgets the temporary file, which it has sent."""
    source, entries = turn.options["tempFilePath"], _entries(turn)
    if not below(TEMPORARY, source):
        name = "permission-denied" if below(USER, source) is None else "operation-not-permitted"
        refuse(turn, name, source, f"{_TEMP} is not below {TEMPORARY}")
    if "filePath" in turn.options:
        path = user_path(turn, "filePath")
        if _is_folder(entries, path):
            refuse(turn, "operation-not-permitted", turn.options["filePath"], _FOLDER)
        _require_parent(turn, "filePath", path, entries)
    else:
        path = f"saved-{turn.token()[:16]}{ending(source)}"
    _put(turn, path, _temporary(turn, source), entries, saved=True)
    return {"savedFilePath": f"{USER}/{path}"}


def _put(turn: Turn, path: str, data: bytes, entries: Entries, *, saved: bool = False) -> None:
    limit = turn.api.limit("user_folder")
    others = sum(entry.size or 0 for each, entry in entries.items() if each != path)
    if others + len(data) > limit.max:
        raise ApiError(
            "user-folder-full", None, f"the user folder would be larger than {limit.max} bytes"
        )
    turn.store.files.write(turn.player, path, data, turn.now_ms, saved=saved)


def _entries(turn: Turn) -> Entries:
    return turn.store.files.entries(turn.player)


def _is_folder(entries: Entries, path: str) -> bool:
    return path in entries and entries[path].is_folder


def _existing(turn: Turn, option: str, path: str, entries: Entries) -> Entry:
    if path not in entries:
        refuse(turn, "no-such-file", turn.options[option], _NOTHING)
    return entries[path]


def _require_parent(turn: Turn, option: str, path: str, entries: Entries) -> None:
    folder = parent(path)
    if folder and not _is_folder(entries, folder):
        refuse(turn, "no-such-file", turn.options[option], f"there is no folder {USER}/{folder}")


def _temporary(turn: Turn, path: str) -> bytes:
    if "upload" not in turn.options:
        refuse(turn, "no-such-file", path, _NOTHING)
    return uploaded(turn, turn.options)
