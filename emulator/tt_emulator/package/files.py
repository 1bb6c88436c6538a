"""The files of a folder that may be served: what is in it, and nothing that leads out of it."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

_FOREIGN = frozenset('\\:*?"<>|\0')
"""What some system reads as more than a part of a name."""


class Files:
    """Below `root`, by paths with `/` from there. No links, no hidden files, no other spelling."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # of a system that takes GAME.JSON for game.json each name is compared with what is there
        self._exact = not _is_case_sensitive(root)

    def find(self, path: str) -> Path | None:
        """The regular file at `path`, None if there is none that may be served."""
        parts = path.split("/")
        if not all(map(_is_plain, parts)):
            return None
        place = self.root
        kinds = [*[stat.S_ISDIR] * (len(parts) - 1), stat.S_ISREG]
        for part, is_kind in zip(parts, kinds, strict=True):
            if self._exact and part not in _names(place):
                return None
            place = place / part
            if not _is_kind(place, is_kind):
                return None
        return place

    def sizes(self) -> dict[str, int]:
        """Size in bytes of every file, by path, in order."""
        return dict(sorted(_sizes(self.root, PurePosixPath())))

    def scripts(self, listed: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Path and text of every .js file of those listed; what cannot be read is left out."""
        for path in listed:
            if path.endswith(".js"):
                try:
                    yield path, (self.root / path).read_bytes()
                except OSError:
                    continue


def _sizes(folder: Path, path: PurePosixPath) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        if not _is_plain(entry.name):
            continue
        try:
            kind = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISDIR(kind.st_mode) and not _is_link(kind):
            yield from _sizes(folder / entry.name, path / entry.name)
        elif stat.S_ISREG(kind.st_mode):
            yield str(path / entry.name), kind.st_size


def _is_plain(name: str) -> bool:
    return bool(name) and name[0] != "." and name[-1] not in ". " and not _FOREIGN & set(name)


def _is_kind(place: Path, is_kind: Callable[[int], bool]) -> bool:
    try:
        found = place.lstat()
    except (OSError, ValueError):
        return False
    return is_kind(found.st_mode) and not _is_link(found)


def _is_link(found: os.stat_result) -> bool:
    """Whether it leads elsewhere: a link, or one of those that Windows has beside them."""
    tag = getattr(found, "st_reparse_tag", 0)
    return stat.S_ISLNK(found.st_mode) or tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(entry.name for entry in folder.iterdir())
    except OSError:
        return frozenset()


def _is_case_sensitive(folder: Path) -> bool:
    names = _names(folder)
    for name in names:
        if name.swapcase() not in names | {name}:
            return not (folder / name.swapcase()).exists()
    return False
