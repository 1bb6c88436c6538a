"""The data directory: whose it is, who uses it, which worlds lie in it.

tt-emulator.json                  the manifest: what this directory is, in which schema
lock                              held by the one server that uses it
.gitignore                        of a directory that was made here: git is to pass over all of it
worlds/<world>/log.jsonl          the log; log.<number>.jsonl are older parts of it
worlds/<world>/seed.jsonl         all players as an import or a restore left them
worlds/<world>/players/*.json     one file a player, newer than the seed
worlds/<world>/snapshots/*.json   the world as it was when somebody kept it
worlds/<world>/scenarios/*.json   the faults that somebody saved under a name
worlds/<world>/files/*/           the files that a game keeps for a player, see directory_files.py
worlds/.draft-<number>            a seed that is being written; what a crash left goes at a start
worlds/<world>/world.json         the platform, if it is not the default, and the exact name, if a
                                  disk could not bear it as a directory's
*.set-aside                       what was damaged, or changed while the server ran
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.errors import StorageError
from tt_emulator.storage.disk import manifest, world_name
from tt_emulator.storage.disk.files import (
    OWNER_ONLY,
    OWNER_ONLY_DIRECTORY,
    make_directory,
    remove_file,
    retry_on_windows,
    sync_directory,
    what_to_do,
    write_new_file,
)
from tt_emulator.storage.disk.judging import NO_RULES, Judge
from tt_emulator.storage.disk.names import world_directory
from tt_emulator.storage.disk.open_logs import OpenLogs
from tt_emulator.storage.disk.ownership import LOCK, Home, Ownership
from tt_emulator.storage.disk.quarantine import Quarantine

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_WAIT_S = 2.0
GITIGNORE = ".gitignore"
DROPPED = ".dropped-"
DRAFT = ".draft-"


class DataDirectory:
    """A directory claimed for this process from construction until `release`.

    `judge_of` gives for a platform who knows what a stored record may hold. Raises `StorageError`
    if the directory cannot be used: foreign, of a newer schema, in use, not writable.
    """

    def __init__(
        self, root: Path, *, sync: bool, judge_of: Callable[[str], Judge] = lambda _: NO_RULES
    ) -> None:
        self.root = root
        self.sync = sync
        self._judge_of = judge_of
        self.quarantine = Quarantine(root)
        self.open_logs = OpenLogs()
        self._worlds = root / "worlds"
        self._dropped: list[Path] = []
        with self.storage_errors():
            is_new = not root.exists()
            root.mkdir(mode=OWNER_ONLY_DIRECTORY, parents=True, exist_ok=True)
            manifest.refuse_foreign(root, ours={LOCK, GITIGNORE})
            self._lock = self._locked()
        with ExitStack() as undo, self.storage_errors():
            undo.callback(self._lock.release)
            self._ownership = Ownership(root)
            undo.callback(self._ownership.release)
            if is_new:
                with suppress(FileExistsError):  # of a server that came at the same time and left
                    write_new_file(root / GITIGNORE, b"*\n")
            manifest.settle(root, self.quarantine)
            make_directory(self._worlds)
            undo.pop_all()

    def release(self) -> None:
        """Let another server have the directory."""
        self._ownership.release()
        self._lock.release()

    def trouble(self) -> str | None:
        """Why it cannot be used any more, if so."""
        try:
            with self.storage_errors():
                self._ownership.check()
        except StorageError as error:
            return error.detail
        return None

    def worlds(self) -> Iterator[str]:
        """The exact names of the worlds on disk."""
        for path in sorted(self._worlds.iterdir()):
            if path.name.startswith(DROPPED):
                self._dropped.append(path)
            elif path.name.startswith(DRAFT):
                with suppress(OSError):  # it is tried again at the next start
                    remove_file(path)
            elif path.is_dir() and (world := world_name.read(path, self.quarantine)) is not None:
                yield world

    def make_world(self, world: str, platform: str = DEFAULT_PLATFORM) -> Home:
        """The directory of the world, made for that platform if need be, with a directory `players`
        in it. Raises `StorageError` if it is of a platform that is not known.
        """
        self._ownership.check()
        path = self._worlds / world_directory(world)
        make_directory(path)
        make_directory(path / "players")
        if self.sync:
            sync_directory(self._worlds)
            sync_directory(path)
        platform = world_name.settle(path, world, platform, self.quarantine, sync=self.sync)
        home = Home(path, self._ownership, platform, self._judge_of(platform))
        home.check()
        return home

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A name for a file that is to be moved into a world once it is whole.

        It lies outside the world, which can be dropped meanwhile also where open files stay.
        """
        with self.storage_errors():
            self._ownership.check()
        path = self._worlds / f"{DRAFT}{uuid4().hex}"
        try:
            yield path
        finally:
            with suppress(OSError):
                remove_file(path)

    def drop_world(self, home: Home) -> None:
        """Make the world's directory vanish in one step; `sweep` gives back the space."""
        home.check()
        self.discard(home.path)

    def discard(self, directory: Path) -> None:
        """The same of a directory within a world's that is known to be ours."""
        with self.discarding(directory):
            pass

    @contextmanager
    def discarding(self, directory: Path) -> Iterator[None]:
        """The same, but the directory comes back if the body raises."""
        gone = self._worlds / f"{DROPPED}{uuid4().hex}"
        retry_on_windows(lambda: directory.rename(gone))
        try:
            if self.sync:
                sync_directory(directory.parent)
                sync_directory(self._worlds)
            yield
        except BaseException:
            retry_on_windows(lambda: gone.rename(directory))
            raise
        self._dropped.append(gone)

    def sweep(self) -> None:
        """Remove what was dropped. What resists is tried again at the next start."""
        while self._dropped:
            shutil.rmtree(self._dropped.pop(), ignore_errors=True)

    @contextmanager
    def storage_errors(self) -> Iterator[None]:
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

        lock = FileLock(self.root / LOCK, timeout=LOCK_WAIT_S, mode=OWNER_ONLY, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise StorageError(
                f"Another tt-emulator server uses the data directory {self.root}.",
                "Stop that server, or give this one a directory of its own.",
            ) from None
        return lock
