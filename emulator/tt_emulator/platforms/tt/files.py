"""FileSystemManager: what changes the user folder. The page answers what only reads."""

from typing import Any

from tt_emulator.domain.turn import Turn
from tt_emulator.domain.user_files import Entry
from tt_emulator.errors import ApiError
from tt_emulator.platforms.tt.file_data import uploaded, written
from tt_emulator.platforms.tt.file_paths import (
    TEMPORARY,
    USER,
    below,
    is_below,
    parent,
    refuse,
    user_path,
)

_TEMP = "tempFilePath"
_FOLDER = "it is a folder"
_NOTHING = "there is nothing of that name"


def write_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.writeFile`."""
    path = user_path(turn, "filePath")
    if (entry := _entries(turn).get(path)) is not None and entry.is_folder:
        refuse(turn, "permission-denied", turn.options["filePath"], _FOLDER)
    _require_parent(turn, "filePath", path)
    _put(turn, path, written(turn))
    return {}


def append_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.appendFile`; it makes a file that is not there."""
    path = user_path(turn, "filePath")
    if (entry := _entries(turn).get(path)) is not None and entry.is_folder:
        refuse(turn, "operation-not-permitted", turn.options["filePath"], _FOLDER)
    _require_parent(turn, "filePath", path)
    before = turn.store.files.read(turn.player, path) or b""
    saved = entry is not None and entry.saved
    _put(turn, path, before + written(turn), saved=saved)
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
    _require_parent(turn, "dirPath", made[-1])
    turn.store.files.make_folders(turn.player, reversed(made), turn.now_ms)
    return {}


def rmdir(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.rmdir`."""
    path, entries = user_path(turn, "dirPath"), _entries(turn)
    entry = _existing(turn, "dirPath", path)
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
    if _existing(turn, "filePath", path).is_folder:
        refuse(turn, "operation-not-permitted", turn.options["filePath"], _FOLDER)
    turn.store.files.remove(turn.player, [path])
    return {}


def rename(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.rename`, of a file or a folder."""
    old, new = user_path(turn, "oldPath"), user_path(turn, "newPath")
    entry, entries = _existing(turn, "oldPath", old), _entries(turn)
    _require_parent(turn, "newPath", new)
    there = entries.get(new)
    if old == new:
        return {}
    if is_below(new, old) or (there is not None and (entry.is_folder or there.is_folder)):
        refuse(turn, "operation-not-permitted", turn.options["oldPath"], "newPath is in its way")
    inside = [each for each in entries if is_below(each, old)]
    paths = {each: new + each.removeprefix(old) for each in [old, *inside]}
    turn.store.files.move(turn.player, paths)
    return {}


def copy_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.copyFile`; what is a temporary file's comes as an upload."""
    source = turn.options["srcPath"]
    target = user_path(turn, "destPath")
    path = "" if below(TEMPORARY, source) else user_path(turn, "srcPath")
    if path and _existing(turn, "srcPath", path).is_folder:
        refuse(turn, "operation-not-permitted", source, _FOLDER)
    if (there := _entries(turn).get(target)) is not None and there.is_folder:
        refuse(turn, "operation-not-permitted", source, "destPath is a folder")
    _require_parent(turn, "destPath", target)
    own = turn.store.files.read(turn.player, path) if path else _temporary(turn, source)
    _put(turn, target, own or b"")
    return {}


def save_file(turn: Turn) -> dict[str, Any]:
    """`FileSystemManager.saveFile`: the page forgets the temporary file, which it has sent."""
    source = turn.options["tempFilePath"]
    if not below(TEMPORARY, source):
        name = "permission-denied" if below(USER, source) is None else "operation-not-permitted"
        refuse(turn, name, source, f"{_TEMP} is not below {TEMPORARY}")
    if "filePath" in turn.options:
        path = user_path(turn, "filePath")
        if (there := _entries(turn).get(path)) is not None and there.is_folder:
            refuse(turn, "operation-not-permitted", turn.options["filePath"], _FOLDER)
        _require_parent(turn, "filePath", path)
    else:
        path = f"saved-{turn.token()[:16]}{_extension(source)}"
    _put(turn, path, _temporary(turn, source), saved=True)
    return {"savedFilePath": f"{USER}/{path}"}


def _put(turn: Turn, path: str, data: bytes, *, saved: bool = False) -> None:
    entries, limit = _entries(turn), turn.api.limit("user_folder")
    others = sum(entry.size or 0 for each, entry in entries.items() if each != path)
    if others + len(data) > limit.max:
        raise ApiError(
            "user-folder-full", None, f"the user folder would be larger than {limit.max} bytes"
        )
    turn.store.files.write(turn.player, path, data, turn.now_ms, saved=saved)


def _entries(turn: Turn) -> dict[str, Entry]:
    return dict(turn.store.files.entries(turn.player))


def _existing(turn: Turn, option: str, path: str) -> Entry:
    entry = _entries(turn).get(path)
    if entry is None:
        refuse(turn, "no-such-file", turn.options[option], _NOTHING)
    return entry


def _require_parent(turn: Turn, option: str, path: str) -> None:
    folder = parent(path)
    entry = _entries(turn).get(folder)
    if folder and (entry is None or not entry.is_folder):
        refuse(turn, "no-such-file", turn.options[option], f"there is no folder {USER}/{folder}")


def _temporary(turn: Turn, path: str) -> bytes:
    if "upload" not in turn.options:
        refuse(turn, "no-such-file", path, _NOTHING)
    return uploaded(turn, turn.options)


def _extension(path: str) -> str:
    name = path.rpartition("/")[2]
    return name[name.rindex(".") :] if "." in name else ""
