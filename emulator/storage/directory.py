"""The data directory: whose it is, who uses it, which worlds lie in it.

tt-emulator.json                  the manifest: what this directory is, in which schema
lock                              held by the one server that uses it
worlds/<world>/log.jsonl          the log
worlds/<world>/seed.jsonl         all players as an import or a restore left them
worlds/<world>/players/*.json     one file a player, newer than the seed
worlds/<world>/snapshots/*.json   the world as it was when somebody kept it
worlds/.draft-<number>            a seed that is being written; what a crash left goes at a start
worlds/<world>/world.json         the exact name, if a disk could not bear it as a directory's
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from msgspec import Struct
from msgspec.json import decode, encode

from emulator.errors import StorageError
from emulator.storage import manifest
from emulator.storage.files import (
    TEMPORARY,
    name_aside,
    patiently,
    remove_file,
    replace_file,
    sync_directory,
    what_to_do,
)
from emulator.storage.image import UNREADABLE, Mark, check
from emulator.storage.names import IMAGE, player_file, world_directory

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = "lock"
LOCK_WAIT_S = 2.0
DROPPED = ".dropped-"
DRAFT = ".draft-"
WORLD = "world.json"


class _World(Struct):
    world: str


class DataDirectory:
    """A directory claimed for this process from construction until `release`.

    Raises `StorageError` if it cannot be used: foreign, of a newer schema, in use, not writable.
    """

    def __init__(self, root: Path, *, sync: bool) -> None:
        self.root = root
        self.aside: list[str] = []
        self._worlds = root / "worlds"
        self.sync = sync
        self._dropped: list[Path] = []
        with self.explained():
            root.mkdir(parents=True, exist_ok=True)
            manifest.refuse_foreign(root, ours={LOCK})
            self._lock = self._locked()
        try:
            with self.explained():
                manifest.settle(root, self.set_aside_copy)
                self._worlds.mkdir(exist_ok=True)
        except StorageError:
            self.release()
            raise

    def release(self) -> None:
        """Let another server have the directory."""
        self._lock.release()

    def worlds(self) -> Iterator[str]:
        """The exact names of the worlds on disk."""
        for path in sorted(self._worlds.iterdir()):
            if path.name.startswith(DROPPED):
                self._dropped.append(path)
            elif path.name.startswith(DRAFT):
                with suppress(OSError):  # it is tried again at the next start
                    remove_file(path)
            elif path.is_dir() and (world := self._name_of(path)) is not None:
                yield world

    def make_world(self, world: str) -> Path:
        """The directory of the world, made if need be, with a directory `players` in it."""
        path = self._worlds / world_directory(world)
        (path / "players").mkdir(parents=True, exist_ok=True)
        if self.sync:
            sync_directory(self._worlds)
            sync_directory(path)
        if path.name != world and not (path / WORLD).exists():
            replace_file(path / WORLD, encode(_World(world)) + b"\n", sync=self.sync)
        return path

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A name for a file that is to be moved into a world once it is whole.

        It lies outside the world, which can be dropped meanwhile also where open files stay.
        """
        path = self._worlds / f"{DRAFT}{uuid4().hex}"
        try:
            yield path
        finally:
            with suppress(OSError):
                remove_file(path)

    def players(self, path: Path) -> dict[str, Mark]:
        """The players who have a file in the world's directory."""
        found: dict[str, Mark] = {}
        for file in sorted((path / "players").iterdir()):
            if file.suffix == TEMPORARY:
                remove_file(file)
            elif file.suffix == IMAGE:
                try:
                    mark = check(file.read_bytes())
                except (*UNREADABLE, PermissionError, IsADirectoryError):
                    self.set_aside(file)
                    continue
                if file.name == player_file(mark.openid):
                    found[mark.openid] = mark
                else:  # a copy under another name: the next write would go to the right one
                    self.set_aside(file)
        return found

    def drop_world(self, path: Path) -> None:
        """Make the world's directory vanish in one step; `sweep` gives back the space."""
        gone = self._worlds / f"{DROPPED}{uuid4().hex}"
        patiently(lambda: path.rename(gone))
        if self.sync:
            sync_directory(self._worlds)
        self._dropped.append(gone)

    def sweep(self) -> None:
        """Remove what was dropped. What resists is tried again at the next start."""
        while self._dropped:
            shutil.rmtree(self._dropped.pop(), ignore_errors=True)

    def set_aside(self, path: Path) -> None:
        """Move a damaged file out of the way, and remember it."""
        aside = name_aside(path)
        patiently(lambda: path.rename(aside))
        self.aside.append(str(aside))

    def set_aside_copy(self, path: Path) -> None:
        """Keep a copy of a damaged file that is about to be mended, and remember it."""
        aside = name_aside(path)
        shutil.copyfile(path, aside)
        self.aside.append(str(aside))

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what the operating system says into a `StorageError` for people."""
        try:
            yield
        except (OSError, ValueError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or error
            place = getattr(error, "filename", None) or self.root
            raise StorageError(
                f"The data directory {self.root} cannot be used: {place}: {reason}.",
                what_to_do(error)
                or "Name a directory below existing directories that you may write to.",
            ) from error

    def _locked(self) -> "BaseFileLock":
        from filelock import FileLock, Timeout  # 40 ms, which a server in memory need not pay

        lock = FileLock(self.root / LOCK, timeout=LOCK_WAIT_S, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise StorageError(
                f"Another tt-emulator server uses the data directory {self.root}.",
                "Stop that server, or give this one a directory of its own.",
            ) from None
        return lock

    def _name_of(self, path: Path) -> str | None:
        if "~" not in path.name:
            return path.name if world_directory(path.name) == path.name else None
        try:
            world = decode((path / WORLD).read_bytes(), type=_World).world
        except FileNotFoundError:
            return None
        except UNREADABLE:
            self.set_aside(path / WORLD)
            return None
        return world if world_directory(world) == path.name else None
